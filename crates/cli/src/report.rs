//! `papertide report`: papers in, a report folder out. Everything is rendered before anything is written.

use crate::{
    args::ReportOptions,
    console, effective, json,
    outcome::{self, Failure},
    progress::Progress,
    reading, summary,
};
use model::{Analysis, Severity};
use pipeline::Stage;
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
        store::check_target(folder)?;
    }
    let progress = Progress::new(options.input.manner.quiet);
    progress.begin(Stage::Papers);
    let reading = reading::read(&options.input.inputs, &settings.read)?;
    let folder = options.output.clone().unwrap_or_else(|| default_folder(&pipeline::report_week(&reading.papers)));
    store::check_target(&folder)?;
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
