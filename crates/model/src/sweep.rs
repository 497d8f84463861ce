//! The same papers under many settings: what each run found, how the settings compare, and which themes come back.

use crate::{InputFile, SettingValue};
use serde::{Deserialize, Serialize};

/// A setting that varies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// Name of the setting.
    pub name: String,
    /// As typed, in the order typed.
    pub values: Vec<String>,
}

/// How good the themes of one run are. `None` where a measure is undefined (one theme, no pairs of words).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SweepMeasures {
    pub themes: usize,
    /// -1 to 1, in the embedding of this run.
    pub silhouette: Option<f64>,
    /// Coherence, see [`crate::Coherence`].
    pub npmi: Option<f64>,
    pub c_v: Option<f64>,
    /// Distinct words over all words of the themes.
    pub diversity: Option<f64>,
    /// Share of papers in no theme.
    pub left_out: f64,
}

/// One run of a sweep: one setting with one seed.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepRun {
    /// Position in [`Sweep::settings`].
    pub setting: usize,
    pub seed: u64,
    pub measures: SweepMeasures,
    /// Names of the themes, largest first.
    pub names: Vec<String>,
    /// Position of the theme of every paper, or none; `n_papers` entries.
    pub theme: Vec<Option<usize>>,
}

/// A measure over the seeds of a setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// One setting of a sweep, over all its seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepSetting {
    /// In the order of [`Sweep::axes`].
    pub values: Vec<String>,
    /// One a seed, in the order of [`Sweep::seeds`].
    pub runs: Vec<SweepMeasures>,
    pub themes: Spread,
    /// `None` where a measure is undefined for one of the seeds.
    pub silhouette: Option<Spread>,
    pub npmi: Option<Spread>,
    pub c_v: Option<Spread>,
    pub diversity: Option<Spread>,
    pub left_out: Spread,
    /// Adjusted Rand index between the groupings of any two seeds, papers in no theme as one group; `None` for one seed.
    pub agreement: Option<Spread>,
}

/// Themes of the recommended run that lie together in one theme elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedWith {
    /// Position of the other theme in [`Sweep::themes`].
    pub theme: usize,
    /// Runs in which both lie in one theme.
    pub runs: usize,
}

/// A theme of the recommended run, and what becomes of it in all other runs of the sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweptTheme {
    pub name: String,
    pub papers: usize,
    /// Mean over the settings of the share of their runs in which the theme comes back; `None` where there is no other run.
    pub comes_back: Option<f64>,
    /// The same as a number of runs, of `of_runs`.
    pub runs_back: usize,
    pub of_runs: usize,
    /// Runs in which it falls into several themes; and the first of these: its setting, its seed and the names of the parts, the
    /// largest first.
    pub split_runs: usize,
    pub split: Option<SplitExample>,
    /// Runs in which it lies in one theme with others; and these others, the most frequent first.
    pub merged_runs: usize,
    pub merged_with: Vec<MergedWith>,
}

/// A run in which a theme falls into several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitExample {
    /// Position in [`Sweep::settings`].
    pub setting: usize,
    pub seed: u64,
    pub parts: Vec<String>,
}

/// A finished sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// Hash of version, settings, axes, seeds and inputs: 12 hex digits.
    pub id: String,
    pub version: String,
    /// Sorted by name.
    pub inputs: Vec<InputFile>,
    pub papers: usize,
    /// Settings that do not vary, effective, sorted by name.
    pub fixed: Vec<SettingValue>,
    /// Those of them that are not as by default, as options; `FILE` is the value of one that takes a file.
    pub given: Vec<SettingValue>,
    pub axes: Vec<Axis>,
    pub seeds: Vec<u64>,
    pub settings: Vec<SweepSetting>,
    /// Position in `settings`; `None` where no setting found two themes in every run.
    pub recommended: Option<usize>,
    /// Why it is recommended, or why none is.
    pub reason: String,
    /// The themes of the recommended setting's first seed, largest first; empty where none is recommended.
    pub themes: Vec<SweptTheme>,
}
