//! Turns options as they were typed into the settings of the stages, and what a stage refuses into the option to change.
//! Defaults are not made here: an option that was not given leaves the stage's own default alone.

use crate::{
    args::{
        AlgorithmChoice, BinChoice, ClockChoice, ExplainOptions, InputOptions, LinkageChoice, OutlierChoice,
        ReportOptions, ThemeCountChoice, ThemeOptions, TrendOptions, WeightChoice,
    },
    outcome::Failure,
};
use model::{BinUnit, Clock, Notice, Severity};
use pipeline::{Algorithm, AnalyseError, Linkage, Outliers, ReadSettings, SeedTheme, Settings, TrendSettings, Weight};
use std::path::Path;

pub fn read_settings(options: &InputOptions) -> ReadSettings {
    let columns = options.columns.clone().unwrap_or_default();
    ReadSettings { page_year: options.page_year, columns, as_of: options.as_of }
}

/// The settings of a report.
///
/// # Errors
/// Where options do not fit together, days leave no day between them, or the file of seed themes cannot be used.
pub fn settings(options: &ReportOptions) -> Result<Settings, Failure> {
    let mut settings = Settings { read: read_settings(&options.input), ..Settings::default() };
    theme_settings(&options.themes, &mut settings)?;
    trend_settings(&options.trends, &mut settings.trends);
    // One seed for everything random: stages draw from generators of their own.
    settings.trends.seed = options.themes.seed;
    // The day that counts as today is the same for all stages.
    settings.trends.as_of = options.input.as_of;
    days_in_order(&settings)?;
    Ok(settings)
}

/// The settings that find the same themes as `report` does with the same options.
///
/// # Errors
/// As [`settings`].
pub fn explain_settings(options: &ExplainOptions) -> Result<Settings, Failure> {
    let mut settings = Settings { read: read_settings(&options.input), ..Settings::default() };
    theme_settings(&options.themes, &mut settings)?;
    Ok(settings)
}

fn theme_settings(options: &ThemeOptions, all: &mut Settings) -> Result<(), Failure> {
    all.seed_themes = options.seed_themes.as_deref().map(seed_themes).transpose()?.unwrap_or_default();
    let settings = &mut all.themes;
    settings.seed = options.seed;
    settings.themes = match options.themes {
        ThemeCountChoice::Auto => None,
        ThemeCountChoice::Given(k) => Some(k),
    };
    settings.level = options.level.map(|level| level as usize);
    settings.algorithm = algorithm(options.algorithm);
    settings.density.eps = options.eps;
    settings.density.min_points = options.min_points.map(|points| points as usize);
    settings.linkage = options.linkage.map(linkage);
    if let Some(outliers) = options.outliers {
        settings.outliers = match outliers {
            OutlierChoice::Keep => Outliers::Keep,
            OutlierChoice::Drop => Outliers::Drop,
        };
    }
    all.check().map_err(|error| Failure::Environment {
        what: error.to_string(),
        hint: "leave the option out, or choose another --algorithm".to_owned(),
    })
}

fn trend_settings(options: &TrendOptions, settings: &mut TrendSettings) {
    (settings.from, settings.to) = (options.from, options.to);
    settings.window = options.window.map_or(settings.window, usize::from);
    settings.weight = match options.weight {
        WeightChoice::Count => Weight::Count,
        WeightChoice::Upvotes => Weight::Upvotes,
    };
    settings.bin = match options.bin {
        BinChoice::Auto => None,
        BinChoice::Week => Some(BinUnit::Week),
        BinChoice::Month => Some(BinUnit::Month),
        BinChoice::Quarter => Some(BinUnit::Quarter),
        BinChoice::Year => Some(BinUnit::Year),
    };
    settings.clock = match options.clock {
        ClockChoice::Auto => None,
        ClockChoice::Published => Some(Clock::Published),
        ClockChoice::Seen => Some(Clock::Seen),
    };
}

fn days_in_order(settings: &Settings) -> Result<(), Failure> {
    let Some(from) = settings.trends.from else { return Ok(()) };
    let ends = [("--to", settings.trends.to), ("--as-of", settings.read.as_of)];
    match ends.into_iter().find_map(|(name, end)| Some((name, end.filter(|end| *end < from)?))) {
        None => Ok(()),
        Some((name, end)) => Err(Failure::Environment {
            what: format!("--from {from} is later than {name} {end}, expected {end} or earlier"),
            hint: format!("give an earlier --from or a later {name}"),
        }),
    }
}

/// Reads a file of seed themes.
fn seed_themes(path: &Path) -> Result<Vec<SeedTheme>, Failure> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        Failure::Refused(vec![Notice {
            severity: Severity::Error,
            file: Some(name.clone()),
            line: None,
            found: format!("the file cannot be read: {error}"),
            expected: "a TOML file of seed themes".to_owned(),
            hint: "look at the path after --seed-themes".to_owned(),
        }])
    };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    pipeline::seed_themes(&name, &text).map_err(Failure::Refused)
}

fn algorithm(choice: AlgorithmChoice) -> Algorithm {
    match choice {
        AlgorithmChoice::KMeans => Algorithm::KMeans,
        AlgorithmChoice::GaussianMixture => Algorithm::GaussianMixture,
        AlgorithmChoice::Dbscan => Algorithm::Dbscan,
        AlgorithmChoice::Optics => Algorithm::Optics,
        AlgorithmChoice::Hierarchical => Algorithm::Hierarchical,
    }
}

fn linkage(choice: LinkageChoice) -> Linkage {
    match choice {
        LinkageChoice::Ward => Linkage::Ward,
        LinkageChoice::Average => Linkage::Average,
        LinkageChoice::Complete => Linkage::Complete,
    }
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
        settings(&options).unwrap()
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

    #[test]
    fn what_is_typed_about_time_takes_effect() {
        let typed = ["--as-of", "2025-03-04", "--from", "2024-01-01", "--to", "2025-02-01", "--clock", "seen"];
        let settings = settings_of(&[&typed[..], &["--window", "26"]].concat());
        let day = |y, m, d| Some(model::Day::constant(y, m, d));
        assert_eq!((settings.read.as_of, settings.trends.as_of), (day(2025, 3, 4), day(2025, 3, 4)));
        assert_eq!((settings.trends.from, settings.trends.to), (day(2024, 1, 1), day(2025, 2, 1)));
        assert_eq!((settings.trends.clock, settings.trends.window), (Some(Clock::Seen), 26));
        assert_eq!(settings_of(&["--weight", "upvotes"]).trends.weight, Weight::Upvotes);
    }
}
