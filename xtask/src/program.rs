//! Running programs. A [`Program`] starts in the root of the repository, shows what it prints, and
//! fails with one sentence that names it.

use crate::steps::{Outcome, Verdict};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) struct Program {
    command: Command,
    name: String,
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask is a folder of the repository").to_owned()
}

/// The cargo that runs this program, so that a toolchain asked for with `cargo +…` stays the same.
pub(crate) fn cargo() -> Program {
    Program::new(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
}

/// The release build of vasta, brought up to date.
pub(crate) fn vasta() -> Result<PathBuf, String> {
    cargo().arguments(&["build", "--quiet", "--release", "--package", "vasta"]).run()?;
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    Ok(root().join(target).join("release").join(format!("vasta{}", std::env::consts::EXE_SUFFIX)))
}

/// Where a program is on the search path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

impl Program {
    pub(crate) fn new(program: &str) -> Self {
        let mut command = Command::new(program);
        command.current_dir(root());
        let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy();
        Self { command, name: name.into_owned() }
    }

    pub(crate) fn argument(mut self, argument: &str) -> Self {
        self.command.arg(argument);
        self
    }

    pub(crate) fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    pub(crate) fn environment(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs the program to its end, with its output on ours.
    pub(crate) fn run(mut self) -> Outcome {
        println!("$ {}", self.line());
        match self.command.status() {
            Ok(status) if status.success() => Ok(Verdict::Passed),
            Ok(status) => Err(format!("`{}` ended with {status}", self.line())),
            Err(error) => Err(format!("`{}` does not start: {error}", self.name)),
        }
    }

    /// Whether the program is there and ends well, without showing what it prints.
    pub(crate) fn answers(mut self) -> bool {
        self.command.stdout(Stdio::null()).stderr(Stdio::null());
        self.command.status().is_ok_and(|status| status.success())
    }

    /// What the program prints; `None` when it does not start or fails.
    pub(crate) fn output(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs the program to its end and gives what it prints; its errors go to ours.
    pub(crate) fn printed(mut self) -> Result<String, String> {
        println!("$ {}", self.line());
        let output = self.command.stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| format!("`{}` does not start: {error}", self.name))?;
        if !output.status.success() {
            return Err(format!("`{}` ended with {}", self.line(), output.status));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn line(&self) -> String {
        let arguments = self.command.get_args().map(|argument| argument.to_string_lossy());
        [self.name.as_str().into()].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
    }
}
