//! `papertide charts`: charts of a finished run, drawn again as they are asked for. Nothing is clustered; all are drawn before
//! the first is written.

use crate::{
    checked_run, json,
    outcome::{self, Failure},
    run_args::ChartsOptions,
};
use std::io::{self, Write};

/// Charts of how the themes lie to each other, or of how many there are: none can be left out of them.
const OF_ALL_THEMES: [&str; 2] = ["dendrogram", "theme_count"];

pub fn run(options: &ChartsOptions) -> Result<(), Failure> {
    outcome::of(&options.run.manner, || charts(options))
}

fn charts(options: &ChartsOptions) -> Result<(), Failure> {
    let request = checked_run::request(options)?;
    let analysis = checked_run::analysis(&options.run.run)?;
    let bundle = pipeline::chart_files(&analysis, &request).map_err(checked_run::refused_request)?;
    store::write_files(&bundle, &options.output)?;
    let files: Vec<String> = bundle.files.keys().map(|name| options.output.join(name).display().to_string()).collect();
    let mut out = io::stdout().lock();
    if options.run.manner.json {
        writeln!(out, "{}", json::written("charts", &analysis, &files))?;
    } else if !options.run.manner.quiet {
        files.iter().try_for_each(|file| writeln!(out, "written: {file}"))?;
        let whole =
            |name: &&str| bundle.files.keys().any(|file| file.split_once('.').is_some_and(|(stem, _)| stem == *name));
        for name in OF_ALL_THEMES.iter().filter(|name| !options.themes.is_empty() && whole(name)) {
            writeln!(out, "note: {name} shows all themes, whatever --themes says")?;
        }
    }
    Ok(())
}
