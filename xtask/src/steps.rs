//! The steps of `cargo xtask test`: their list, and the loop that runs them under a heading with
//! the time each takes. What a step does is here when it is one command, else in its own module.

use crate::program::{Program, cargo, find};
use crate::selection::Selection;
use crate::{browser, install, site};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How a step ended when it did not fail.
pub(crate) enum Verdict {
    Passed,
    /// It could not run here, and may be left out; with the reason.
    Skipped(String),
}

/// A failed step says why in one sentence; the failed program has said the rest.
pub(crate) type Outcome = Result<Verdict, String>;

struct Step {
    name: &'static str,
    purpose: &'static str,
    run: fn() -> Outcome,
}

const STEPS: [Step; 8] = [
    Step { name: "fmt", purpose: "the code is formatted", run: fmt },
    Step { name: "clippy", purpose: "no lint has anything to say", run: clippy },
    Step { name: "test", purpose: "unit, golden, property and documentation tests", run: test },
    Step { name: "doc", purpose: "the documentation builds without warnings", run: doc },
    Step { name: "site", purpose: "public/ is built, and its sources are sound", run: site::build },
    Step {
        name: "determinism",
        purpose: "a copy of the site gives the same bytes",
        run: site::build_twice,
    },
    Step { name: "browser", purpose: "the site in browsers: tests/browser", run: browser::test },
    Step { name: "deny", purpose: "licences and advisories of the dependencies", run: deny },
];

pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// One line for each step, for the help text.
pub(crate) fn list() -> String {
    STEPS.iter().map(|step| format!("  {:<12} {}\n", step.name, step.purpose)).collect()
}

pub(crate) fn run(selection: &Selection) -> ExitCode {
    let beginning = Instant::now();
    let mut passed = 0;
    let mut failed = 0;
    for step in STEPS.iter().filter(|step| selection.includes(step.name)) {
        println!("\n━━ {}: {}", step.name, step.purpose);
        let start = Instant::now();
        let outcome = (step.run)();
        let time = seconds(start.elapsed());
        match outcome {
            Ok(Verdict::Passed) => {
                passed += 1;
                println!("── {}: passed, {time}", step.name);
            }
            Ok(Verdict::Skipped(reason)) => println!("── {}: skipped, {reason}", step.name),
            Err(reason) => {
                failed += 1;
                println!("── {}: FAILED, {time}: {reason}", step.name);
                break;
            }
        }
    }
    println!("\nsteps, {}:", seconds(beginning.elapsed()));
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn fmt() -> Outcome {
    install::rust_component("rustfmt", "fmt")?;
    cargo().arguments(&["fmt", "--all", "--check"]).run()
}

fn clippy() -> Outcome {
    install::rust_component("clippy", "clippy")?;
    cargo().arguments(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).run()
}

fn test() -> Outcome {
    // Where it cannot be installed, the test that opens office files says so and is left out.
    if find("soffice").is_none()
        && let Err(reason) = install::debian_packages(&["libreoffice-writer-nogui"])
    {
        println!("{reason}");
    }
    cargo().arguments(&["test", "--workspace"]).run()
}

fn doc() -> Outcome {
    cargo()
        .arguments(&["doc", "--workspace", "--no-deps", "--document-private-items"])
        .environment("RUSTDOCFLAGS", "-Dwarnings")
        .run()
}

fn deny() -> Outcome {
    if !Program::new("cargo-deny").argument("--version").answers() {
        return Ok(Verdict::Skipped(
            "cargo-deny is not installed (cargo install cargo-deny)".into(),
        ));
    }
    cargo().arguments(&["deny", "check"]).run()
}
