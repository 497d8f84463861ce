//! Turns options as they were typed into checked settings, and what the stages refuse into the option to change.
//! Defaults are not made here: an option that was not given leaves the stage's own default alone.

use crate::{
    args::{BinChoice, InputOptions, OutlierChoice, ReportOptions, ThemeCountChoice},
    outcome::Failure,
};
use model::{BinUnit, Notice, Severity};
use pipeline::{AnalyseError, ColumnNames, ReadSettings, Settings};
