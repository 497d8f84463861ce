//! `papertide report`: papers in, a report folder out. Everything is rendered before anything is written.

use crate::{
    args::ReportOptions,
    console, effective, json,
    outcome::{self, Failure},
    progress::Progress,
    reading, summary,
};
use model::{Analysis, Severity};
use pipeline::{Settings, Stage};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

pub fn run(options: &ReportOptions) -> Result<(), Failure> {
    outcome::of(&options.input.manner, || report(options))
}

fn report(options: &ReportOptions) -> Result<(), Failure> {
    let settings = effective::settings(&options.settings)?;
    if let Some(folder) = &options.output {
        check_target(folder, &settings)?;
    }
    let progress = Progress::new(options.input.manner.quiet);
    progress.begin(Stage::Papers);
    let reading = reading::read(&options.input.inputs, &settings.read)?;
    let folder = options.output.clone().unwrap_or_else(|| default_folder(&pipeline::report_week(&reading.papers)));
    check_target(&folder, &settings)?;
    let analysis = pipeline::analyse(reading, &settings, &mut |stage| progress.begin(stage))
        .map_err(|error| effective::refused(&error))?;
    progress.begin(Stage::Report);
    let bundle = pipeline::render(&analysis).map_err(|error| Failure::Environment {
        what: error.to_string(),
        hint: "this is a mistake in the program; please report it".to_owned(),
    })?;
    store::publish(&bundle, &folder)?;
    drop(progress);
    let notices = [analysis.notices.as_slice(), &analysis.trends.notices].concat();
    console::write_notices(&mut anstream::stderr(), &notices, Severity::Warning)?;
    tell(options, &analysis, &folder)
}

/// Whether the report may go there: not over what is no report of ours, and not over the run that it goes on from, without which it
/// could not be made again.
fn check_target(folder: &Path, settings: &Settings) -> Result<(), Failure> {
    store::check_target(folder)?;
    let Some(previous) = &settings.previous else { return Ok(()) };
    let there = store::read_from_run(folder, "run.json").ok().and_then(|bytes| pipeline::record(&bytes).ok());
    match there.filter(|there| there.run_id == previous.run_id) {
        None => Ok(()),
        Some(there) => Err(Failure::Environment {
            what: format!(
                "{}: the report would replace run {}, which it goes on from, expected another folder",
                folder.display(),
                there.run_id
            ),
            hint: "name another folder with -o: without the previous run, this one could not be made again".to_owned(),
        }),
    }
}

fn default_folder(week: &str) -> PathBuf {
    Path::new("reports").join(week)
}

fn tell(options: &ReportOptions, analysis: &Analysis, folder: &Path) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if options.input.manner.json {
        writeln!(out, "{}", json::report(analysis, folder))?;
    } else if !options.input.manner.quiet {
        summary::write(&mut out, analysis, folder)?;
    }
    Ok(())
}
