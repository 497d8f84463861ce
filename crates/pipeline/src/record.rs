//! The `run.json` of a run to what the run was made of, and that with its inputs to the run's files again.
//! Finds no input and compares no file: both are the caller's.

use crate::{AnalyseError, ReportError, Settings, Source, Stage, VERSION, analyse, render, run_id::run_id};
use model::{Bundle, Notice, PreviousRun, SettingValue, Severity, SourceSummary};
use papers::Wanted;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a run was made of.
#[derive(Debug, Clone, Deserialize)]
pub struct Record {
    pub run_id: String,
    /// Of the program that made it.
    pub version: String,
    settings: BTreeMap<String, String>,
    inputs: Vec<RecordedInput>,
    notices: Vec<RecordedNotice>,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedInput {
    name: String,
    bytes: u64,
    blake3: String,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedNotice {
    file: Option<String>,
    line: Option<u64>,
    found: String,
    expected: String,
    hint: String,
}

/// Why a recorded run could not be made again.
#[derive(Debug, thiserror::Error)]
pub enum AgainError {
    #[error("the inputs or settings are refused")]
    Refused(Vec<Notice>),
    #[error(transparent)]
    Analyse(#[from] AnalyseError),
    #[error(transparent)]
    Report(#[from] ReportError),
}

/// Reads a `run.json`.
///
/// # Errors
/// What is wrong with it, in words.
pub fn record(bytes: &[u8]) -> Result<Record, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

impl Record {
    /// Whether this program is the version that made the run.
    #[must_use]
    pub fn is_of_this_version(&self) -> bool {
        self.version == VERSION
    }

    /// Whether the run id is that of the version, the settings and the inputs; where it is not, one of them was changed.
    #[must_use]
    pub fn follows(&self) -> bool {
        let source = |input: &RecordedInput| SourceSummary {
            name: input.name.clone(),
            blake3: input.blake3.clone(),
            ..SourceSummary::default()
        };
        let sources: Vec<SourceSummary> = self.inputs.iter().map(source).collect();
        self.run_id == run_id(&self.version, &self.settings(), &sources)
    }

    /// Every setting as it took effect, sorted by name.
    #[must_use]
    pub fn settings(&self) -> Vec<SettingValue> {
        let setting = |(name, value): (&String, &String)| SettingValue { name: name.clone(), value: value.clone() };
        self.settings.iter().map(setting).collect()
    }

    /// The inputs, to be found again.
    #[must_use]
    pub fn wanted(&self) -> Vec<Wanted> {
        let wanted = |input: &RecordedInput| Wanted {
            name: input.name.clone(),
            bytes: input.bytes,
            blake3: input.blake3.clone(),
        };
        self.inputs.iter().map(wanted).collect()
    }

    /// Notes on files that the run did not read, which its inputs cannot tell.
    fn notes(&self) -> Vec<Notice> {
        let note = |n: &RecordedNotice| Notice {
            severity: Severity::Note,
            file: n.file.clone(),
            line: n.line,
            found: n.found.clone(),
            expected: n.expected.clone(),
            hint: n.hint.clone(),
        };
        self.notices.iter().map(note).filter(papers::is_of_a_file_not_read).collect()
    }

    /// Id of the run that it went on from, where there was one.
    #[must_use]
    pub fn previous(&self) -> Option<&str> {
        let setting = Settings::all().find(|setting| setting.takes.is_run())?;
        self.settings.get(setting.name).map(String::as_str).filter(|value| setting.unset != Some(value))
    }

    /// Makes the run again from its inputs and the run that it went on from. `progress` is told each stage as it begins.
    ///
    /// # Errors
    /// Where the recorded settings are none of this version, or the inputs cannot be read or analysed with them.
    pub fn again(
        &self,
        inputs: Vec<Source>,
        previous: Option<PreviousRun>,
        progress: &mut dyn FnMut(Stage),
    ) -> Result<Bundle, AgainError> {
        let settings = Settings::of_values(&self.settings()).map_err(AgainError::Refused)?;
        let settings = Settings { previous, ..settings };
        progress(Stage::Papers);
        let mut reading = papers::read(inputs, &settings.read).map_err(AgainError::Refused)?;
        reading.notices.extend(self.notes());
        reading.notices.sort();
        let analysis = analyse(reading, &settings, progress)?;
        progress(Stage::Report);
        Ok(render(&analysis)?)
    }
}
