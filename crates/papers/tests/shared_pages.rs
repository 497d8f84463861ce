//! Real pages and the demo pages, held against the figures that lie beside them.
//! Skipped, loudly, where the shared folder is not there.
#![expect(clippy::unwrap_used, reason = "a test may")]

use papers::{ReadSettings, Reading, gather, read};
use std::path::PathBuf;

fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    if !path.exists() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("SKIPPED: {} is not here", path.display());
        }
        return None;
    }
    Some(path)
}

fn read_path(path: &std::path::Path) -> Reading {
    let (sources, notices) = gather(&[path.to_string_lossy().into_owned()]);
    assert!(notices.iter().all(|notice| notice.severity < model::Severity::Error), "{notices:?}");
    read(sources, &ReadSettings::default()).unwrap()
}

fn dated(reading: &Reading) -> usize {
    reading.papers.published().iter().flatten().count()
}

fn present(reading: &Reading, column: &str) -> u64 {
    let column = reading.papers.frame().column(column).unwrap();
    (column.len() - column.null_count()) as u64
}

#[test]
fn every_page_has_the_figures_of_facts() {
    let Some(folder) = shared("pages") else { return };
    let facts: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("FACTS.json")).unwrap()).unwrap();
    let pages: Vec<_> = facts.as_object().unwrap().iter().filter(|(name, _)| *name != "all").collect();
    assert_eq!(pages.len(), 4);
    for (name, fact) in pages {
        let reading = read_path(&folder.join(name));
        // A page with a date but no bylines cannot tell its year when it is read alone.
        let unknown_year = !fact["page_date"].is_null() && fact["dated"] == 0;
        assert_eq!(reading.notices.len(), usize::from(unknown_year), "{name}: {:?}", reading.notices);
        let summary = &reading.sources[0];
        assert_eq!(summary.papers as u64, fact["papers"], "{name}");
        assert_eq!(summary.dated as u64, fact["dated"], "{name}");
        assert_eq!(summary.duplicates, 0, "{name}");
        assert_eq!(present(&reading, "authors"), fact["authors_byline"], "{name}");
        assert_eq!(present(&reading, "organisation"), fact["organisation_byline"], "{name}");
        assert_eq!(present(&reading, "comments"), fact["with_comments"], "{name}");
    }
}

#[test]
fn page_dates_are_those_of_facts_in_the_year_that_the_pages_tell() {
    let Some(folder) = shared("pages") else { return };
    let facts: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("FACTS.json")).unwrap()).unwrap();
    let reading = read_path(&folder);
    for summary in &reading.sources {
        let expected = facts[&summary.name]["page_date"].as_str();
        let (sources, _) = gather(&[folder.join(&summary.name).to_string_lossy().into_owned()]);
        let settings = ReadSettings { page_year: Some(2025), ..ReadSettings::default() };
        let alone = read(sources, &settings).unwrap();
        let seen = alone.papers.seen()[0].map(|day| day.strftime("%b %-d").to_string());
        assert_eq!(seen.as_deref(), expected, "{}", summary.name);
        let year = summary.page_year.as_deref().unwrap();
        assert!(year.starts_with(if expected.is_some() { "2025 (" } else { "unknown (no date" }), "{year}");
    }
}

#[test]
fn all_pages_together_have_the_figures_of_facts() {
    let Some(folder) = shared("pages") else { return };
    let facts: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("FACTS.json")).unwrap()).unwrap();
    let reading = read_path(&folder);
    let all = &facts["all"];
    assert_eq!(reading.sources.iter().map(|source| source.papers as u64).sum::<u64>(), all["entries"]);
    assert_eq!(reading.papers.len() as u64, all["distinct_papers"]);
    assert_eq!(dated(&reading) as u64, all["distinct_dated"]);
    assert_eq!(reading.merged as u64, all["entries"].as_u64().unwrap() - all["distinct_papers"].as_u64().unwrap());
    let duplicates: usize = reading.sources.iter().map(|source| source.duplicates).sum();
    assert_eq!(duplicates, reading.merged);
}

/// The bundled demo pages, or those of the shared folder before they are bundled.
fn demo() -> Option<PathBuf> {
    let bundled = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"));
    if bundled.join("truth.csv").exists() { Some(bundled) } else { shared("demo") }
}

#[test]
fn demo_pages_give_every_paper_of_the_truth_with_its_date() {
    let Some(folder) = demo() else { return };
    let reading = read_path(&folder);
    assert_eq!(reading.papers.len(), 360);
    assert_eq!(reading.merged, 30);
    let documents = reading.papers.documents();
    let mut found: Vec<(String, String)> = documents
        .titles
        .iter()
        .zip(reading.papers.published())
        .map(|(title, day)| ((*title).to_owned(), day.map(|day| day.to_string()).unwrap_or_default()))
        .collect();
    found.sort();
    let truth = std::fs::read_to_string(folder.join("truth.csv")).unwrap();
    let mut expected: Vec<(String, String)> = truth
        .lines()
        .skip(1)
        .map(|line| {
            let (rest, _byline) = line.rsplit_once(',').unwrap();
            let (rest, date) = rest.rsplit_once(',').unwrap();
            let (title, _theme) = rest.rsplit_once(',').unwrap();
            (title.trim_matches('"').replace("\"\"", "\""), date.to_owned())
        })
        .collect();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_folder_leaves_out_what_is_no_input_and_says_so() {
    let Some(folder) = shared("demo") else { return };
    let (sources, notices) = gather(&[folder.to_string_lossy().into_owned()]);
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let pages: Vec<String> = (1..=6).map(|page| format!("pages/demo-page-{page}.txt")).collect();
    assert_eq!(names, pages);
    assert_eq!(notices.len(), 1);
    assert!(notices[0].found.ends_with("README.md, shapes.csv, truth.csv"), "{}", notices[0].found);
    let (alone, _) = gather(&[folder.join("truth.csv").to_string_lossy().into_owned()]);
    let problems = read(alone, &ReadSettings::default()).unwrap_err();
    assert!(problems[0].found.starts_with("a table without a column for the abstract"), "{problems:?}");
}
