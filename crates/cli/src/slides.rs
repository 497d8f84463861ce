//! `papertide slides`: the slides of a finished run, made again from what the run keeps. Nothing is clustered.

use crate::{
    checked_run, json,
    outcome::{self, Failure},
    run_args::SlidesOptions,
};
use std::io::{self, Write};

pub fn run(options: &SlidesOptions) -> Result<(), Failure> {
    outcome::of(&options.run.manner, || slides(options))
}

fn slides(options: &SlidesOptions) -> Result<(), Failure> {
    let analysis = checked_run::analysis(&options.run.run)?;
    let bytes = pipeline::deck(&analysis).map_err(|error| checked_run::mistake(&error.to_string()))?;
    store::write_file(&options.output, &bytes)?;
    let file = options.output.display().to_string();
    let mut out = io::stdout().lock();
    if options.run.manner.json {
        writeln!(out, "{}", json::written("slides", &analysis, &[file]))?;
    } else if !options.run.manner.quiet {
        writeln!(out, "written: {file}")?;
    }
    Ok(())
}
