//! The README's first command on the demo pages, held against the truth that was planted in them.

use crate::{
    measures::{adjusted_rand, majority},
    program::{TOP, done, text},
    tables::{self, Row},
};
use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};
use tempfile::TempDir;

/// One report of the demo folder, made as the README says, for all tests of this file.
static REPORT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    done(Path::new(TOP), &["report", "data/", "-o", text(&folder.path().join("run"))]);
    folder
});

fn table(name: &str) -> Vec<Row> {
    tables::read(&REPORT.path().join("run/tables").join(name))
}

fn truth() -> BTreeMap<String, String> {
    let rows = tables::read(&Path::new(TOP).join("data/truth.csv"));
    rows.into_iter().map(|row| (row["title"].clone(), row["theme"].clone())).collect()
}

/// (theme number, true theme) of every paper that has both.
fn found_and_true() -> Vec<(String, String)> {
    let truth = truth();
    let both = |row: Row| Some((row["theme"].clone(), truth.get(&row["title"])?.clone()));
    table("papers.csv")
        .into_iter()
        .filter_map(both)
        .filter(|(found, truth)| !found.is_empty() && truth != "none")
        .collect()
}

#[test]
fn every_paper_is_read_once() {
    let titles: Vec<String> = table("papers.csv").into_iter().map(|row| row["title"].clone()).collect();
    let truth = truth();
    assert_eq!(titles.len(), truth.len());
    let missing: Vec<&String> = truth.keys().filter(|title| !titles.contains(title)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn dates_are_those_of_the_truth() {
    let rows = tables::read(&Path::new(TOP).join("data/truth.csv"));
    let dates: BTreeMap<String, String> =
        rows.into_iter().map(|row| (row["title"].clone(), row["date"].clone())).collect();
    for row in table("papers.csv") {
        assert_eq!(row["published"], dates[&row["title"]], "{}", row["title"]);
    }
}

#[test]
fn themes_agree_with_the_truth() {
    let pairs = found_and_true();
    assert!(pairs.len() >= 320, "only {} of 336 papers are in a theme", pairs.len());
    let agreement = adjusted_rand(&pairs);
    assert!(agreement >= 0.75, "adjusted Rand {agreement:.3}");
}

/// Verdicts of the theme that holds most papers of `truth`.
fn verdicts_of(truth: &str) -> Vec<String> {
    let pairs = found_and_true();
    let own = pairs.iter().filter(|(_, t)| t == truth).map(|(found, _)| found.as_str());
    let (theme, _) = majority(own).unwrap();
    table("verdicts.csv").into_iter().filter(|row| row["theme"] == theme).map(|row| row["verdict"].clone()).collect()
}

#[test]
fn planted_courses_are_found() {
    for row in tables::read(&Path::new(TOP).join("data/shapes.csv")) {
        let verdicts = verdicts_of(&row["theme"]);
        let (wanted, opposite) = match row["shape"].as_str() {
            "emerging" => ("rising", "falling"),
            "fading" => ("falling", "rising"),
            _ => continue,
        };
        assert!(verdicts.iter().any(|v| v == wanted), "{} is {}: {verdicts:?}", row["theme"], row["shape"]);
        assert!(verdicts.iter().all(|v| v != opposite), "{} is {}: {verdicts:?}", row["theme"], row["shape"]);
    }
}

#[test]
fn the_run_folder_holds_what_the_readme_promises() {
    let run = REPORT.path().join("run");
    for name in
        ["report.html", "report.md", "run.json", "tables/papers.parquet", "tables/trends.csv", "tables/themes.csv"]
    {
        assert!(fs::metadata(run.join(name)).is_ok_and(|file| file.len() > 0), "{name}");
    }
    let charts = |extension: &str| {
        fs::read_dir(run.join("charts"))
            .unwrap()
            .flatten()
            .filter(|f| f.path().extension().is_some_and(|e| e == extension))
            .count()
    };
    assert!(charts("svg") >= 4, "{} charts", charts("svg"));
    assert_eq!(charts("svg"), charts("png"));
    let html = fs::read_to_string(run.join("report.html")).unwrap();
    for address in ["src=\"http", "href=\"http://", "@import", "url(http"] {
        assert!(!html.contains(address), "the report fetches something: {address}");
    }
}

#[test]
fn themes_have_names_and_not_numbers() {
    let names: Vec<String> = table("themes.csv").into_iter().map(|row| row["name"].clone()).collect();
    let mut distinct = names.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(names.len(), distinct.len(), "{names:?}");
    for name in names {
        assert!((1..=4).contains(&name.split(' ').count()) && name.chars().any(char::is_alphabetic), "{name}");
    }
}
