//! `papertide verify`: a finished run is made again from its `run.json` and held against its folder, byte by byte. Writes nothing.

use crate::{
    console,
    difference::{self, Difference, RECORD},
    effective, json,
    outcome::{self, Failure, problem, refused},
    progress::Progress,
    run_args::VerifyOptions,
};
use model::{Bundle, Notice};
use pipeline::{AgainError, Record};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

pub fn run(options: &VerifyOptions) -> Result<(), Failure> {
    outcome::of(&options.run.manner, || verify(options))
}

fn verify(options: &VerifyOptions) -> Result<(), Failure> {
    let folder = &options.run.run;
    let there = store::read_run(folder).map_err(|error| match error {
        store::StoreError::Io { .. } => Failure::from(error),
        other => refused(None, other.to_string(), "a finished run", &other.hint()),
    })?;
    let record = recorded(folder, &there)?;
    check_places(&options.inputs)?;
    let mut differences = difference::of_record(&record, folder, &there);
    let (inputs, others) = difference::of_inputs(&record, &options.inputs);
    differences.extend(others);
    let (previous, other) = difference::of_previous(&record, folder, options.previous.as_deref())?;
    differences.extend(other);
    if differences.is_empty() {
        let progress = Progress::new(options.run.manner.quiet);
        let again = record
            .again(inputs, previous, &mut |stage| progress.begin(stage))
            .map_err(|error| not_made(folder, error))?;
        drop(progress);
        differences = difference::of_files(folder, &there, &again);
    }
    tell(options, &record, there.files.len(), &differences)?;
    if differences.is_empty() {
        return Ok(());
    }
    Err(Failure::Different(differences.into_iter().map(|difference| difference.notice).collect()))
}

/// What came of it, for standard output. What differs is told to people on standard error, as problems are everywhere.
fn tell(options: &VerifyOptions, record: &Record, files: usize, differences: &[Difference]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let run = &console::plain(&record.run_id);
    if options.run.manner.json {
        writeln!(out, "{}", json::verified(run, files, differences))?;
    } else if !options.run.manner.quiet {
        writeln!(out, "{}", sentence(run, files, differences))?;
    }
    Ok(())
}

fn sentence(run: &str, files: usize, differences: &[Difference]) -> String {
    if differences.is_empty() {
        return format!("same: run {run}, {files} files, every byte");
    }
    if differences.iter().all(|difference| difference.why.is_of_a_file()) {
        return format!("different: run {run}, {} of {files} files", differences.len());
    }
    let mut why: Vec<&str> = differences.iter().map(|difference| difference.why.word()).collect();
    why.dedup();
    format!("not made again: run {run}, because of: {}", why.join(", "))
}

fn recorded(folder: &Path, there: &Bundle) -> Result<Record, Failure> {
    let bytes = there.files.get(RECORD).map_or(&[][..], Vec::as_slice);
    pipeline::record(bytes).map_err(|error| {
        let file = folder.join(RECORD).display().to_string();
        let hint = "make the run again: `papertide report ...`";
        refused(Some(file), format!("it is damaged: {error}"), "the record of a run", hint)
    })
}

/// Whether everything is there that was named as a place of inputs.
fn check_places(places: &[PathBuf]) -> Result<(), Failure> {
    let absent = places.iter().filter(|place| !place.exists()).map(|place| {
        let file = Some(place.display().to_string());
        problem(file, "no such file or folder".to_owned(), "", "check the path")
    });
    let absent: Vec<Notice> = absent.collect();
    if absent.is_empty() { Ok(()) } else { Err(Failure::Refused(absent)) }
}

fn not_made(folder: &Path, error: AgainError) -> Failure {
    match error {
        AgainError::Refused(notices) => {
            let file = folder.join(RECORD).display().to_string();
            let placed = |notice: Notice| Notice { file: notice.file.or_else(|| Some(file.clone())), ..notice };
            Failure::Refused(notices.into_iter().map(placed).collect())
        }
        AgainError::Analyse(error) => effective::refused(&error),
        AgainError::Report(error) => crate::checked_run::mistake(&error.to_string()),
    }
}
