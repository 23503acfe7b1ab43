//! What the numbers depend on besides the programs: processor, memory, kernel, file system, day.

use crate::program::{Program, root};
use std::fs;
use std::path::Path;

/// One line for each thing to know, in the order of the report.
pub(crate) fn description(folder: &Path) -> Vec<String> {
    let disk = Program::new("df")
        .arguments(&["--output=fstype", &folder.to_string_lossy()])
        .output()
        .and_then(|table| table.lines().last().map(str::to_owned));
    vec![
        format!("date: {}", command("date", &["+%Y-%m-%d"])),
        format!("processor: {}, {} cores", processor(), cores()),
        format!("memory: {}", memory()),
        format!("system: {}, {}", command("uname", &["-srm"]), disk.unwrap_or_else(unknown)),
    ]
}

/// The commit and the compiler.
pub(crate) fn vasta() -> String {
    let commit = command("git", &["describe", "--always", "--dirty"]);
    format!("vasta {commit}, built with {}", command("rustc", &["--version"]))
}

fn command(program: &str, arguments: &[&str]) -> String {
    Program::new(program).folder(&root()).arguments(arguments).output().unwrap_or_else(unknown)
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    field(&text, "model name").unwrap_or_else(unknown)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

fn memory() -> String {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = field(&text, "MemTotal").unwrap_or_default();
    let kibibytes: Option<f64> = total.trim_end_matches(" kB").parse().ok();
    kibibytes.map_or_else(unknown, |total| format!("{:.1} GiB", total / 1024.0 / 1024.0))
}

fn field(text: &str, name: &str) -> Option<String> {
    let (_, value) =
        text.lines().find_map(|line| line.split_once(':').filter(|(key, _)| key.trim() == name))?;
    Some(value.trim().to_owned())
}

fn unknown() -> String {
    "unknown".to_owned()
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_found_by_its_name() {
        let text = "processor\t: 0\nmodel name\t: A Chip\n";
        assert_eq!(field(text, "model name").as_deref(), Some("A Chip"));
        assert_eq!(field(text, "model"), None);
    }
}
