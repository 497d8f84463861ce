//! `papertide verify`: a finished run is made again from its `run.json` and held against its folder, byte by byte. Writes nothing.

use crate::{
    effective,
    outcome::{self, Failure},
    progress::Progress,
    run_args::VerifyOptions,
};
use model::{Bundle, Notice, Severity};
use pipeline::{AgainError, Record, Sought, Source};
use serde_json::json;
use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::{Path, PathBuf},
};

const RECORD: &str = "run.json";

pub fn run(options: &VerifyOptions) -> Result<(), Failure> {
    outcome::of(&options.run.manner, || verify(options))
}

fn verify(options: &VerifyOptions) -> Result<(), Failure> {
    let folder = &options.run.run;
    let there = store::read_run(folder).map_err(|error| match error {
        store::StoreError::Io { .. } => Failure::from(error),
        other => Failure::Refused(vec![problem(None, other.to_string(), "a finished run", &other.hint())]),
    })?;
    let record = recorded(folder, &there)?;
    let inputs = inputs(&record, &options.inputs)?;
    let progress = Progress::new(options.run.manner.quiet);
    let again = record.again(inputs, &mut |stage| progress.begin(stage)).map_err(|error| refused(folder, error))?;
    drop(progress);
    let differences = differences(folder, &there, &again);
    if !differences.is_empty() {
        return Err(Failure::Refused(differences));
    }
    let mut out = io::stdout().lock();
    if options.run.manner.json {
        let files = there.files.len();
        let version = pipeline::VERSION;
        let same = json!({ "status": "done", "verb": "verify", "version": version, "same": true, "run_id": record.run_id, "files": files });
        writeln!(out, "{same}")?;
    } else if !options.run.manner.quiet {
        writeln!(out, "same: run {}, {} files, every byte", record.run_id, there.files.len())?;
    }
    Ok(())
}

/// The record, of this version and with an id that follows from what it says.
fn recorded(folder: &Path, there: &Bundle) -> Result<Record, Failure> {
    let file = || Some(folder.join(RECORD).display().to_string());
    let bytes = there.files.get(RECORD).map_or(&[][..], Vec::as_slice);
    let record = pipeline::record(bytes).map_err(|error| {
        let hint = "make the run again: `papertide report ...`";
        Failure::Refused(vec![problem(file(), format!("it is damaged: {error}"), "the record of a run", hint)])
    })?;
    if !record.is_of_this_version() {
        let found = format!("the run was made by version {}", record.version);
        let expected = format!("version {}, which this program is", pipeline::VERSION);
        let hint = "verify it with the version that made it; other versions may give other bytes";
        return Err(Failure::Refused(vec![problem(file(), found, &expected, hint)]));
    }
    if !record.follows() {
        return Err(Failure::Refused(edited(file(), &record, there)));
    }
    Ok(record)
}

/// Which settings were changed after the run, as far as the analysis beside the record still knows.
fn edited(file: Option<String>, record: &Record, there: &Bundle) -> Vec<Notice> {
    let kept = there.files.get(pipeline::KEPT_FILE).and_then(|bytes| pipeline::kept(bytes).ok());
    let now = record.settings();
    let mut changed: Vec<Notice> = kept
        .iter()
        .flat_map(|kept| &kept.settings)
        .filter(|then| !now.contains(then))
        .map(|then| {
            let value = now.iter().find(|now| now.name == then.name).map_or("nothing", |now| &now.value);
            let found = format!("the setting {} was edited after the run: {value}", then.name);
            problem(file.clone(), found, &then.value, "put it back, or make the run again")
        })
        .collect();
    if changed.is_empty() {
        let found = format!("the run id {} does not follow from its version, settings and inputs", record.run_id);
        let hint = "it was edited after the run: put it back, or make the run again";
        changed.push(problem(file, found, "the run id that they give", hint));
    }
    changed
}

/// The inputs of the run, found by their content.
fn inputs(record: &Record, places: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let absent = places.iter().filter(|place| !place.exists());
    let mut problems: Vec<Notice> = absent
        .map(|place| {
            problem(Some(place.display().to_string()), "no such file or folder".to_owned(), "", "check the path")
        })
        .collect();
    let wanted = record.wanted();
    let mut inputs = Vec::new();
    for (wanted, sought) in wanted.iter().zip(pipeline::find(places, &wanted)) {
        let hash = wanted.blake3.get(..12).unwrap_or(&wanted.blake3);
        let expected = format!("{} bytes with the BLAKE3 hash {hash}...", wanted.bytes);
        match sought {
            Sought::Found(source) => inputs.push(source),
            Sought::Changed(path) => problems.push(problem(
                Some(path.display().to_string()),
                format!("the input {} was changed after the run", wanted.name),
                &expected,
                "put the file back as it was",
            )),
            Sought::Missing => problems.push(problem(
                Some(wanted.name.clone()),
                "this input of the run is missing".to_owned(),
                &expected,
                "name the files or folders where the inputs lie: `papertide verify RUN INPUT...`",
            )),
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(Failure::Refused(problems)) }
}

fn refused(folder: &Path, error: AgainError) -> Failure {
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

/// Every file that is not as the same inputs, settings and version give it.
fn differences(folder: &Path, there: &Bundle, again: &Bundle) -> Vec<Notice> {
    let names: BTreeSet<&String> = there.files.keys().chain(again.files.keys()).collect();
    let differs = |name: &String| {
        let file = Some(folder.join(name).display().to_string());
        match (there.files.get(name), again.files.get(name)) {
            (Some(there), Some(again)) if there == again => None,
            (Some(there), Some(again)) => {
                let first = there.iter().zip(again).take_while(|(a, b)| a == b).count();
                let found = format!("it differs from byte {} on", first + 1);
                Some(problem(
                    file,
                    found,
                    "what the run makes again",
                    "it was changed after the run, or another build of this version made the run",
                ))
            }
            (Some(_), None) => Some(problem(
                file,
                "the run makes no such file".to_owned(),
                "",
                "it was added after the run: move it elsewhere",
            )),
            (None, _) => {
                Some(problem(file, "it is not there".to_owned(), "a file of the run", "it was removed after the run"))
            }
        }
    };
    names.into_iter().filter_map(differs).collect()
}

fn problem(file: Option<String>, found: String, expected: &str, hint: &str) -> Notice {
    let (expected, hint) = (expected.to_owned(), hint.to_owned());
    Notice { severity: Severity::Error, file, line: None, found, expected, hint }
}
