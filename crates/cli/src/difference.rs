//! A finished run, held against this program, its inputs and the files that are made of them again, becomes the list of what differs
//! and why. Looks for the inputs, and for the run before, where it is told to; makes, writes and prints nothing.

use crate::{
    checked_run,
    outcome::{Failure, problem},
};
use model::{Bundle, Notice, PreviousRun};
use pipeline::{Record, Sought, Source};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// What a run says of itself.
pub const RECORD: &str = "run.json";

/// Why something is not as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Another version of the program made the run.
    Version,
    /// A setting was edited in the record.
    Settings,
    /// The record contradicts itself in another way.
    Record,
    /// An input was changed, or is not there.
    Input,
    /// The run that it went on from is not there, or is another one now.
    Previous,
    /// A file of the run was changed, added or removed.
    Changed,
    Added,
    Removed,
}

impl Why {
    pub fn word(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Settings => "settings",
            Self::Record => "record",
            Self::Input => "input",
            Self::Previous => "previous",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }

    /// Whether it was found by making the run again; the others keep it from being made again.
    pub fn is_of_a_file(self) -> bool {
        matches!(self, Self::Changed | Self::Added | Self::Removed)
    }
}

/// One thing that is not as it was.
#[derive(Debug)]
pub struct Difference {
    pub why: Why,
    /// File of the run, by its path in the run folder; of an input, its name in the record.
    pub name: String,
    /// The same for people, with the path where it lies now.
    pub notice: Notice,
}

/// A thing called `name` that lies at `path` and differs, in words: found, expected, hint.
fn difference(why: Why, name: &str, path: &Path, said: (String, &str, &str)) -> Difference {
    let (found, expected, hint) = said;
    let notice = problem(Some(path.display().to_string()), found, expected, hint);
    Difference { why, name: name.to_owned(), notice }
}

/// What the record says of version and settings, where that cannot be made again.
pub fn of_record(record: &Record, folder: &Path, there: &Bundle) -> Vec<Difference> {
    let file = folder.join(RECORD);
    if !record.is_of_this_version() {
        let found = format!("the run was made by version {}", record.version);
        let expected = format!("version {}, which this program is", pipeline::VERSION);
        let hint = "verify it with the version that made it; other versions may give other bytes";
        return vec![difference(Why::Version, RECORD, &file, (found, &expected, hint))];
    }
    if record.follows() { Vec::new() } else { edited(record, &file, there) }
}

/// Which settings were changed after the run, as far as the analysis beside the record still knows.
fn edited(record: &Record, file: &Path, there: &Bundle) -> Vec<Difference> {
    let kept = there.files.get(pipeline::KEPT_FILE).and_then(|bytes| pipeline::kept(bytes).ok());
    let now = record.settings();
    let mut changed: Vec<Difference> = kept
        .iter()
        .flat_map(|kept| &kept.settings)
        .filter(|then| !now.contains(then))
        .map(|then| {
            let value = now.iter().find(|now| now.name == then.name).map_or("nothing", |now| &now.value);
            let found = format!("the setting {} was edited after the run: {value}", then.name);
            difference(Why::Settings, RECORD, file, (found, &then.value, "put it back, or make the run again"))
        })
        .collect();
    if changed.is_empty() {
        let found = format!("the run id {} does not follow from its version, settings and inputs", record.run_id);
        let hint = "it was edited after the run: put it back, or make the run again";
        changed.push(difference(Why::Record, RECORD, file, (found, "the run id that they give", hint)));
    }
    changed
}

/// The inputs of the run, found by their content below `places`, and those that are not there.
pub fn of_inputs(record: &Record, places: &[PathBuf]) -> (Vec<Source>, Vec<Difference>) {
    let (mut inputs, mut differences) = (Vec::new(), Vec::new());
    let wanted = record.wanted();
    for (wanted, sought) in wanted.iter().zip(pipeline::find(places, &wanted)) {
        let hash = wanted.blake3.get(..12).unwrap_or(&wanted.blake3);
        let expected = format!("{} bytes with the BLAKE3 hash {hash}...", wanted.bytes);
        match sought {
            Sought::Found(source) => inputs.push(source),
            Sought::Changed(path) => {
                let found = format!("the input {} was changed after the run", wanted.name);
                let hint = "put the file back as it was";
                differences.push(difference(Why::Input, &wanted.name, &path, (found, &expected, hint)));
            }
            Sought::Missing => {
                let found = "this input of the run is missing".to_owned();
                let hint = "name the files or folders where the inputs lie: `papertide verify RUN INPUT...`";
                differences.push(difference(
                    Why::Input,
                    &wanted.name,
                    Path::new(&wanted.name),
                    (found, &expected, hint),
                ));
            }
        }
    }
    (inputs, differences)
}

/// The run that this one went on from, known by its id, where there was one. Where its folder is not named it is looked for beside
/// that of the run.
///
/// # Errors
/// Where what was named or found is no run that can be read.
pub fn of_previous(
    record: &Record,
    folder: &Path,
    named: Option<&Path>,
) -> Result<(Option<PreviousRun>, Option<Difference>), Failure> {
    let Some(id) = record.previous() else { return Ok((None, None)) };
    let expected = format!("run {id}, which this run went on from");
    let hint = "name its folder: `papertide verify RUN INPUT... --previous FOLDER`; no other run gives the same";
    let differs = |path: &Path, found: String| Some(difference(Why::Previous, id, path, (found, &expected, hint)));
    let is_it = |bytes: &[u8]| pipeline::record(bytes).is_ok_and(|other| other.run_id == id);
    let there = named.map(Path::to_owned).or_else(|| store::find_run_beside(folder, RECORD, &is_it));
    let Some(there) = there else {
        let found = "the previous run is missing: no folder beside this one holds it".to_owned();
        return Ok((None, differs(folder, found)));
    };
    let run = checked_run::analysis(&there)?;
    if run.run_id != id {
        return Ok((None, differs(&there, format!("this folder holds another run now: {}", run.run_id))));
    }
    Ok((Some(pipeline::previous(&run)), None))
}

/// Every file that is not as the same inputs, settings and version give it.
pub fn of_files(folder: &Path, there: &Bundle, again: &Bundle) -> Vec<Difference> {
    let names: BTreeSet<&String> = there.files.keys().chain(again.files.keys()).collect();
    let differs = |name: &String| match (there.files.get(name), again.files.get(name)) {
        (Some(there), Some(again)) if there == again => None,
        (Some(there), Some(again)) => {
            let first = there.iter().zip(again).take_while(|(a, b)| a == b).count();
            let found = format!("it differs from byte {} on", first + 1);
            let hint = "it was changed after the run, or another build of this version made the run";
            Some(difference(Why::Changed, name, &folder.join(name), (found, "what the run makes again", hint)))
        }
        (Some(_), None) => {
            let hint = "it was added after the run: move it elsewhere";
            Some(difference(Why::Added, name, &folder.join(name), ("the run makes no such file".to_owned(), "", hint)))
        }
        (None, _) => {
            let hint = "it was removed after the run";
            Some(difference(
                Why::Removed,
                name,
                &folder.join(name),
                ("it is not there".to_owned(), "a file of the run", hint),
            ))
        }
    };
    names.into_iter().filter_map(differs).collect()
}
