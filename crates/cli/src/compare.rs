//! `papertide compare`: how two finished runs differ, as a page, JSON, a chart and sentences. Nothing is clustered, and all is
//! rendered before the first file is written.

use crate::{
    checked_run, console, json,
    outcome::{self, Failure},
    run_args::CompareOptions,
};
use model::Analysis;
use pipeline::Compared;
use std::{
    io::{self, Write},
    path::Path,
};

pub fn run(options: &CompareOptions) -> Result<(), Failure> {
    outcome::of(&options.run.manner, || compare(options))
}

fn compare(options: &CompareOptions) -> Result<(), Failure> {
    let (first, second) = both(&options.run.run, &options.other)?;
    let comparison = pipeline::compare(&first, &second).map_err(|error| nothing_shared(error.to_string()))?;
    let compared = Compared { first: &first, second: &second, comparison: &comparison };
    let bundle = pipeline::comparison(&compared).map_err(|error| checked_run::mistake(&error.to_string()))?;
    store::write_files(&bundle, &options.output)?;
    let files: Vec<String> = bundle.files.keys().map(|name| options.output.join(name).display().to_string()).collect();
    let lines = pipeline::comparison_words(&compared);
    let mut out = io::stdout().lock();
    if options.run.manner.json {
        writeln!(out, "{}", json::compared(&compared, &lines, &files))?;
    } else if !options.run.manner.quiet {
        for line in &lines {
            writeln!(out, "{:<9} {}", format!("{}:", line.about), console::plain(&line.text))?;
        }
        files.iter().try_for_each(|file| writeln!(out, "written:  {file}"))?;
    }
    Ok(())
}

/// Both analyses; what is wrong with either is told of both.
fn both(first: &Path, second: &Path) -> Result<(Analysis, Analysis), Failure> {
    match (checked_run::analysis(first), checked_run::analysis(second)) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(Failure::Refused(first)), Err(Failure::Refused(second))) => {
            let mut problems = [first, second].concat();
            problems.dedup();
            Err(Failure::Refused(problems))
        }
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

fn nothing_shared(found: String) -> Failure {
    let hint = "compare runs over the same or overlapping inputs; papers are the same where their titles are";
    outcome::refused(None, found, "two runs that share papers", hint)
}
