//! Turns options as they were typed into the settings of the stages, and what a stage refuses into the option to change.
//! Defaults are not made here: an option that was not given leaves the stage's own default alone.

use crate::{
    args::{BinChoice, InputOptions, OutlierChoice, ReportOptions, ThemeCountChoice},
    outcome::Failure,
};
use model::{BinUnit, Notice, Severity};
use pipeline::{AnalyseError, Outliers, ReadSettings, Settings};

pub fn read_settings(options: &InputOptions) -> ReadSettings {
    ReadSettings { page_year: options.page_year, columns: options.columns.clone().unwrap_or_default() }
}

pub fn settings(options: &ReportOptions) -> Settings {
    let mut settings = Settings { read: read_settings(&options.input), ..Settings::default() };
    settings.themes.themes = match options.themes {
        ThemeCountChoice::Auto => None,
        ThemeCountChoice::Given(k) => Some(k),
    };
    if let Some(outliers) = options.outliers {
        settings.themes.outliers = match outliers {
            OutlierChoice::Keep => Outliers::Keep,
            OutlierChoice::Drop => Outliers::Drop,
        };
    }
    settings.trends.bin = match options.bin {
        BinChoice::Auto => None,
        BinChoice::Week => Some(BinUnit::Week),
        BinChoice::Month => Some(BinUnit::Month),
        BinChoice::Quarter => Some(BinUnit::Quarter),
        BinChoice::Year => Some(BinUnit::Year),
    };
    // One seed for everything random: stages draw from generators of their own.
    settings.themes.seed = options.seed;
    settings.trends.seed = options.seed;
    settings
}

/// What a stage said when it refused the settings for these papers.
pub fn refused(error: &AnalyseError) -> Failure {
    Failure::Refused(vec![Notice {
        severity: Severity::Error,
        file: None,
        line: None,
        found: error.to_string(),
        expected: String::new(),
        hint: error.hint().to_owned(),
    }])
}
