//! Runs a program once and says how long it took and how much memory it held at its peak. Knows
//! nothing of what is measured.
//!
//! The peak is what the kernel counted for the process: GNU `time` (Debian package `time`) asks
//! for it when the process ends. Without that program `/proc` is read every few milliseconds, which
//! can miss what a process grows by in its last moments.

use crate::program::{Program, find};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// One run of a program.
pub(crate) struct Run {
    pub(crate) seconds: f64,
    /// In bytes, where the system tells it.
    pub(super) peak: Option<f64>,
    pub(crate) printed: String,
}

/// Runs programs one at a time.
pub(crate) struct Stopwatch {
    /// GNU `time`, if it is installed.
    gnu_time: Option<PathBuf>,
    /// Where what the programs say goes.
    folder: PathBuf,
}

impl Stopwatch {
    pub(crate) fn new(folder: &Path) -> Self {
        let is_gnu = |program: &PathBuf| {
            let version = Program::new(&program.to_string_lossy()).argument("--version").output();
            version.is_some_and(|version| version.contains("GNU"))
        };
        Self { gnu_time: find("time").filter(is_gnu), folder: folder.to_owned() }
    }

    /// How the peak of memory is found, for the report.
    pub(super) fn method(&self) -> &'static str {
        if self.gnu_time.is_some() { "GNU time" } else { "/proc, read every 2 ms" }
    }

    /// Runs a program to its end. What was written before is first brought to the disk, so that no
    /// run pays for the one before it.
    pub(crate) fn run(&self, program: &Path, arguments: &[&str]) -> Result<Run, String> {
        Program::new("sync").answers();
        let (output, errors) = (self.folder.join("stdout"), self.folder.join("stderr"));
        let peak_file = self.folder.join("peak");
        let mut command = match &self.gnu_time {
            Some(time) => {
                let mut command = Command::new(time);
                command.args(["--quiet", "--format=%M", "--output"]).arg(&peak_file).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.args(arguments).stdin(Stdio::null()).stdout(file(&output)?).stderr(file(&errors)?);
        let start = Instant::now();
        let mut child = command.spawn().map_err(|error| does_not_start(program, &error))?;
        let polled = if self.gnu_time.is_some() { None } else { polled_peak(&mut child) };
        let status = child.wait().map_err(|error| does_not_start(program, &error))?;
        let seconds = start.elapsed().as_secs_f64();
        if !status.success() {
            return Err(format!("`{}` ended with {status}: {}", name(program), said(&errors)));
        }
        let counted = fs::read_to_string(&peak_file).ok().and_then(|text| kibibytes(&text));
        let printed = fs::read_to_string(&output).unwrap_or_default();
        Ok(Run { seconds, peak: polled.or(counted), printed })
    }
}

/// The peak of memory of a process that lives, in bytes.
pub(super) fn peak_of(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    kibibytes(line.trim_end_matches("kB"))
}

fn polled_peak(child: &mut Child) -> Option<f64> {
    let mut peak = None;
    while let Ok(None) = child.try_wait() {
        peak = peak_of(child.id()).or(peak);
        sleep(Duration::from_millis(2));
    }
    peak
}

fn kibibytes(text: &str) -> Option<f64> {
    text.trim().parse().ok().map(|kibibytes: f64| kibibytes * 1024.0)
}

fn file(path: &Path) -> Result<File, String> {
    File::create(path).map_err(|error| format!("`{}` cannot be written: {error}", path.display()))
}

fn does_not_start(program: &Path, error: &std::io::Error) -> String {
    format!("`{}` does not start: {error}", name(program))
}

fn name(program: &Path) -> String {
    program.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The last words of a program.
fn said(errors: &Path) -> String {
    let text = fs::read_to_string(errors).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::kibibytes;

    #[test]
    fn a_peak_is_told_in_kibibytes() {
        assert_eq!(kibibytes("2048\n"), Some(2_097_152.0));
        assert_eq!(kibibytes("?"), None);
    }
}
