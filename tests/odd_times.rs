//! Dates of which little can be said: a window longer than they reach, all in one bin, gaps of years, themes with one dated
//! paper (`as_of` has the day before the first). A report comes out with finite numbers, and says what could not be computed and why.

use crate::{
    program::{TOP, demo_pages, done, text},
    tables::{self, Row},
    thin_input::assert_finite,
};
use serde_json::json;
use std::{fmt::Write as _, fs, path::Path};
use tempfile::TempDir;

/// A report of the demo papers with other dates, by row number.
fn report(date: impl Fn(usize) -> String, more: &[&str]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    done(home.path(), &["papers", text(&demo_pages()), "-o", "demo.csv"]);
    let truth = tables::read(&Path::new(TOP).join("data/truth.csv"));
    let abstracts = tables::read(&home.path().join("demo.csv"));
    let mut lines = String::new();
    for (number, row) in truth.iter().enumerate() {
        let own = abstracts.iter().find(|paper| paper["title"] == row["title"]).unwrap();
        let paper = json!({ "title": row["title"], "abstract": own["abstract"], "date": date(number) });
        writeln!(lines, "{paper}").unwrap();
    }
    fs::write(home.path().join("papers.jsonl"), lines).unwrap();
    done(home.path(), &[&["report", "papers.jsonl", "-q", "-o", "out"], more].concat());
    assert_finite(&home.path().join("out"));
    home
}

fn page(home: &TempDir) -> String {
    fs::read_to_string(home.path().join("out/report.md")).unwrap().replace('\\', "")
}

fn table(home: &TempDir, name: &str) -> Vec<Row> {
    tables::read(&home.path().join("out/tables").join(name))
}

fn month(number: usize) -> String {
    format!("2024-{:02}-15", number % 12 + 1)
}

#[test]
fn a_window_longer_than_the_timeline_is_shortened_and_told() {
    let home = report(month, &["--window", "500", "--bin", "month", "--themes", "12"]);
    assert!(page(&home).contains("the window of 500 bins is longer than the 11 finished ones"), "{}", page(&home));
    assert_eq!(table(&home, "verdicts.csv").len(), 12, "one window, that of all finished bins");
}

#[test]
fn all_papers_in_one_bin_have_shares_and_no_verdict() {
    let home = report(|_| "2025-03-05".to_owned(), &["--themes", "12"]);
    let page = page(&home);
    assert!(page.contains("finished bins have papers, expected 4 or more for a trend"), "{page}");
    let trends = table(&home, "trends.csv");
    assert_eq!(trends.len(), 12);
    assert!(trends.iter().all(|row| row["total"] == "360" && !row["share"].is_empty()));
    assert!(table(&home, "verdicts.csv").iter().all(|row| row["verdict"] == "too few papers"));
    assert!(table(&home, "themes.csv").len() == 12, "the rest of the report stands");
}

#[test]
fn a_gap_of_ten_years_is_kept_empty_and_told() {
    let date = |number: usize| format!("{}-{:02}-15", 2010 + 11 * (number % 2), number / 2 % 12 + 1);
    let home = report(date, &["--bin", "month", "--themes", "12"]);
    let page = page(&home);
    let told = "120 of 144 bins hold no dated paper, and so no share: it is undefined, not zero; \
        none is dated from 2011-01-01 to before 2021-01-01 (120 bins).";
    let first_screen = page.split("## Themes").next().unwrap();
    assert!(first_screen.contains(told), "{first_screen}");
    let empty: Vec<Row> = table(&home, "trends.csv").into_iter().filter(|row| row["total"] == "0").collect();
    assert_eq!(empty.len(), 12 * 120);
    assert!(empty.iter().all(|row| row["share"].is_empty() && row["low"].is_empty() && row["high"].is_empty()));
}

const HERALDIC_WORDS: [&str; 23] = [
    "blazon",
    "escutcheon",
    "chevron",
    "gules",
    "azure",
    "sable",
    "ermine",
    "griffin",
    "heraldry",
    "crest",
    "tincture",
    "bend",
    "fess",
    "saltire",
    "pale",
    "quarter",
    "supporter",
    "mantling",
    "herald",
    "vert",
    "argent",
    "charge",
    "helm",
];

/// Ten papers of a field of their own, of which the first alone is dated.
fn heraldic_papers() -> String {
    (1..=10).fold(String::new(), |mut lines, step| {
        let words: Vec<&str> = (0..40).map(|at| HERALDIC_WORDS[(at * at + at * step + step) % 23]).collect();
        let mut paper =
            json!({ "title": format!("{} and {} on shields", words[3], words[9]), "abstract": words.join(" ") });
        if step == 1 {
            paper["date"] = "2024-06-03".into();
        }
        writeln!(lines, "{paper}").unwrap();
        lines
    })
}

#[test]
fn a_theme_with_one_dated_paper_has_too_few() {
    let home = report(month, &["--bin", "month", "--themes", "12"]);
    fs::write(home.path().join("shields.jsonl"), heraldic_papers()).unwrap();
    let args = ["report", "papers.jsonl", "shields.jsonl", "--bin", "month", "--themes", "13", "-q", "-o", "with"];
    done(home.path(), &args);
    assert_finite(&home.path().join("with"));
    let with = |name: &str| tables::read(&home.path().join("with/tables").join(name));
    let papers = with("papers.csv");
    let own: Vec<&Row> = papers.iter().filter(|row| row["title"].ends_with("on shields")).collect();
    let theme = own[0]["theme"].as_str();
    assert!(own.len() > 5 && own.iter().all(|row| row["theme"] == theme), "{own:?}");
    assert_eq!(papers.iter().filter(|row| row["theme"] == theme).count(), own.len());
    let told = fs::read_to_string(home.path().join("with/run.json")).unwrap();
    assert!(told.contains(&format!("too few dated papers for any trend: theme {theme} (1 paper)")), "{told}");
    let verdicts = with("verdicts.csv");
    assert_eq!(verdicts.iter().find(|row| row["theme"] == theme).unwrap()["verdict"], "too few papers");
}
