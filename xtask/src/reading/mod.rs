//! `cargo xtask reading-eval`: what a reader gets of the same twenty pages from vasta and from Material
//! for MkDocs, in one run: weight, Lighthouse, axe, the keyboard, and what is left without JavaScript
//! or without a server. It prints a Markdown table, which `--write` also puts into
//! `docs/benchmarks.md`. Everything it makes is below `target/reading-eval`.

mod pages;
mod report;

use crate::bench::{self, layout, machine, peers};
use crate::program::{Program, root, vasta};
use crate::{browser, document};
use report::Measures;
use std::net::TcpListener;
use std::path::Path;

const MKDOCS: peers::Wheel = peers::Wheel {
    name: "mkdocs-material",
    package: "mkdocs-material",
    version: "9.8.2",
    program: "bin/mkdocs",
};

/// Whether the report is to be written; `None` when the options ask for help.
pub(crate) fn parse(options: &[String]) -> Result<Option<bool>, String> {
    match options {
        [] => Ok(Some(false)),
        [option] if option == "--write" => Ok(Some(true)),
        [option] if matches!(option.as_str(), "-h" | "--help") => Ok(None),
        [other] | [_, other, ..] => Err(format!("unexpected `{other}`")),
    }
}

pub(crate) fn run(writes: bool) -> Result<(), String> {
    let place = root().join("target/reading-eval");
    let folder = bench::new_run(&place)?;
    let chromium = browser::ready()?;
    let mkdocs = peers::wheel(&MKDOCS, &bench::tools())?;
    let ports = [free_port()?, free_port()?];
    build_vasta(&folder, ports[0])?;
    build_mkdocs(&folder, &mkdocs, ports[1])?;
    let ports = format!("{{ \"vasta\": {}, \"mkdocs\": {} }}\n", ports[0], ports[1]);
    layout::write(&folder.join("ports.json"), &ports)?;
    let addresses: Vec<String> = pages::PAGES.into_iter().map(pages::address).collect();
    layout::write(&folder.join("pages.txt"), &addresses.join("\n"))?;

    let said = Program::new("node")
        .argument(&browser::suite().join("reading.mjs").to_string_lossy())
        .argument(&folder.to_string_lossy())
        .environment("VASTA_SITE", folder.join("vasta"))
        .environment("VASTA_CHROMIUM", chromium)
        .printed()?;
    let mut lines = machine::description(&folder);
    lines.push(format!("programs: {}; mkdocs-material {}", machine::vasta(), MKDOCS.version));
    let report = report::report(&lines, &Measures::read(&said));
    println!("\n{report}");
    if writes {
        document::write("reading", &report)?;
    }
    bench::remove_runs(&place)
}

fn build_vasta(folder: &Path, port: u16) -> Result<(), String> {
    let source = folder.join("sources/vasta");
    let settings = format!(
        "title: \"Province & Comuni\"\nlanguage: it\nbase_url: \"http://127.0.0.1:{port}/\"\n"
    );
    layout::write(&source.join("vasta.yaml"), &settings)?;
    pages::lay_out(&source.join("content"))?;
    Program::new(&vasta()?.to_string_lossy())
        .arguments(&["build", "--lang", "en", "--site", &source.to_string_lossy()])
        .arguments(&["--out", &folder.join("vasta").to_string_lossy()])
        .run()?;
    Ok(())
}

/// Builds the pages twice: as the documentation of the theme says for a server and for the disk.
fn build_mkdocs(folder: &Path, mkdocs: &Path, port: u16) -> Result<(), String> {
    let source = folder.join("sources/mkdocs");
    pages::lay_out(&source.join("docs"))?;
    for (name, plugins) in [("mkdocs", ""), ("mkdocs-offline", "  - offline\n")] {
        let settings = include_str!("mkdocs.yml").replace("PORT", &port.to_string()) + plugins;
        let file = source.join(format!("{name}.yml"));
        layout::write(&file, &settings)?;
        Program::new(&mkdocs.to_string_lossy())
            .arguments(&["build", "--quiet", "--config-file", &file.to_string_lossy()])
            .arguments(&["--site-dir", &folder.join(name).to_string_lossy()])
            .environment("NO_MKDOCS_2_WARNING", "1")
            .run()?;
    }
    Ok(())
}

fn free_port() -> Result<u16, String> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.map(|address| address.port()).map_err(|error| format!("no port is free: {error}"))
}
