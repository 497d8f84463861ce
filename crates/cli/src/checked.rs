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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Args, Verb};
    use clap::Parser as _;

    fn settings_of(typed: &[&str]) -> Settings {
        let args = Args::try_parse_from([&["papertide", "report", "page.txt"], typed].concat()).unwrap();
        let Verb::Report(options) = args.verb else { panic!("not a report") };
        settings(&options)
    }

    #[test]
    fn nothing_typed_means_the_defaults_of_the_stages() {
        assert_eq!(settings_of(&[]).values(), Settings::default().values());
        assert_eq!(Settings::default().themes.outliers, Outliers::Drop, "as the help text says");
    }

    #[test]
    fn what_is_typed_takes_effect() {
        let typed = ["--themes", "7", "--bin", "month", "--seed", "3", "--outliers", "keep", "--page-year", "2024"];
        let settings = settings_of(&[&typed[..], &["--columns", "title=Name"]].concat());
        assert_eq!(settings.themes.themes, Some(7));
        assert_eq!(settings.trends.bin, Some(BinUnit::Month));
        assert_eq!((settings.themes.seed, settings.trends.seed), (3, 3));
        assert_eq!(settings.themes.outliers, Outliers::Keep);
        assert_eq!(settings.read.page_year, Some(2024));
        assert_eq!(settings.read.columns.to_string(), "title=Name");
    }
}
