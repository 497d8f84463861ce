//! docs/run-folder.md against real runs, both ways: every file, column, type and key of a run stands in the document, and all
//! that the document names is in a run.

use crate::{
    documented::{Rows, assert_keys, columns_of_csv, columns_of_parquet, document},
    program::{demo_run, done, tree},
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    sync::LazyLock,
};

const PAGE: &str = "run-folder.md";

/// The demo as it is, a run in which what the demo has not is there (upvotes, terms that drift, a file that is no input), and two that go
/// on from it, with a theme that is gone and one that is new.
fn runs() -> &'static [PathBuf] {
    static RUNS: LazyLock<(tempfile::TempDir, Vec<PathBuf>)> = LazyLock::new(|| {
        let home = tempfile::tempdir().unwrap();
        let input = home.path().join("input");
        fs::create_dir(&input).unwrap();
        fs::write(input.join("rows.jsonl"), drifting()).unwrap();
        fs::write(input.join("README.md"), "Nothing to read here.\n").unwrap();
        done(home.path(), &["report", "--quiet", "-o", "weighed", "--weight", "upvotes", "--themes", "2", "input"]);
        for (run, themes, previous) in [("fewer", "1", "weighed"), ("more", "2", "fewer")] {
            done(home.path(), &["report", "--quiet", "-o", run, "--themes", themes, "--previous", previous, "input"]);
        }
        let runs = ["weighed", "fewer", "more"].map(|run| home.path().join(run));
        let runs = std::iter::once(demo_run()).chain(runs).collect();
        (home, runs)
    });
    &RUNS.1
}

/// Papers of two themes over half a year; in the middle of it one theme begins to speak of something else.
fn drifting() -> String {
    let words = [
        ("sand", ["dune", "beach", "grain", "erosion", "wind", "shore", "sediment"]),
        ("ice", ["glacier", "frost", "melt", "snow", "berg", "polar", "crystal"]),
    ];
    let row = |i: usize| {
        let (topic, words) = words[i % 2];
        let (a, b, c) = (words[i % 7], words[i / 2 % 7], words[i / 3 % 7]);
        let of = match (topic, i < 80) {
            ("sand", true) => "quartz lattice",
            ("sand", false) => "garnet vein",
            _ => "cold front",
        };
        format!(
            "{{\"title\":\"On {topic}, {a}: number {i}\",\"abstract\":\"We study {topic} with {a} and {b} and {c}; {of}, case {i}\",\
             \"date\":\"2025-{:02}-{:02}\",\"upvotes\":{}}}\n",
            1 + i / 27,
            1 + i % 27,
            i % 5
        )
    };
    (0..160).map(row).collect()
}

/// The columns that a run with or without upvotes has.
fn plain_or_weighed(rows: &Rows, weighed: bool) -> Rows {
    let plain = |(name, kind): &(String, String)| match kind.strip_suffix(" (weighed)") {
        Some(kind) => weighed.then(|| (name.clone(), kind.to_owned())),
        None => Some((name.clone(), kind.clone())),
    };
    rows.iter().filter_map(plain).collect()
}

#[test]
fn every_column_of_every_table_is_documented_with_its_type_and_no_other() {
    let document = document(PAGE);
    for run in runs() {
        let weighed = run.ends_with("weighed");
        for (heading, rows) in document.iter().filter(|(heading, _)| heading.starts_with("tables/")) {
            let found = columns_of_parquet(&run.join(format!("{heading}.parquet")));
            assert_eq!(found, plain_or_weighed(rows, weighed), "{heading} of {}", run.display());
            let names: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
            assert_eq!(columns_of_csv(&run.join(format!("{heading}.csv"))), names, "{heading}.csv");
        }
    }
}

#[test]
fn every_column_beside_a_chart_is_documented_and_every_documented_chart_is_drawn() {
    let document = document(PAGE);
    let charts = || document.iter().filter(|(heading, _)| heading.starts_with("charts/"));
    for (heading, rows) in charts() {
        let files: Vec<PathBuf> =
            runs().iter().map(|run| run.join(format!("{heading}.csv"))).filter(|path| path.is_file()).collect();
        assert!(!files.is_empty(), "{heading} is in no run");
        for file in files {
            let names: Vec<String> = plain_or_weighed(rows, false).into_iter().map(|(name, _)| name).collect();
            assert_eq!(columns_of_csv(&file), names, "{}", file.display());
        }
    }
    assert_eq!(charts().count(), 10);
}

#[test]
fn every_file_is_documented_and_every_documented_file_is_there() {
    let document = document(PAGE);
    let mut expected: BTreeSet<String> =
        document["Files"].iter().map(|(name, _)| name.clone()).filter(|name| !name.contains("NAME")).collect();
    for heading in document.keys() {
        let endings: &[&str] = match heading.split('/').next() {
            Some("tables") if heading.contains('/') => &["csv", "parquet"],
            Some("charts") => &["svg", "png", "csv"],
            _ => &[],
        };
        expected.extend(endings.iter().map(|ending| format!("{heading}.{ending}")));
    }
    let mut found = BTreeSet::new();
    for run in runs() {
        let files: BTreeSet<String> = tree(run).into_keys().map(|path| path.display().to_string()).collect();
        let missing: Vec<&String> = expected.difference(&files).filter(|file| !file.starts_with("charts/")).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", run.display());
        found.extend(files);
    }
    assert_eq!(found, expected);
}

#[test]
fn every_key_of_run_json_is_documented_with_its_type_and_no_other() {
    let read = |run: &PathBuf| serde_json::from_slice(&fs::read(run.join("run.json")).unwrap()).unwrap();
    let files: Vec<Value> = runs().iter().map(read).collect();
    assert_keys(&files, &["settings", "quality"], &document(PAGE)["run.json"]);
}

/// The text of the parts of a zip file whose name begins so, in name order.
fn parts(path: &Path, begin: &str) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut names: Vec<String> = archive
        .file_names()
        .flatten()
        .filter(|name| name.starts_with(begin))
        .map(std::borrow::Cow::into_owned)
        .collect();
    names.sort();
    let read = |name: &String| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    names.iter().map(read).collect()
}

#[test]
fn every_picture_the_pages_the_slides_and_the_workbook_name_the_run() {
    let run = demo_run();
    let value: Value = serde_json::from_slice(&fs::read(run.join("run.json")).unwrap()).unwrap();
    let id = value["run_id"].as_str().unwrap();
    let charts = tree(&run.join("charts"));
    let pictures = || charts.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "svg"));
    for (path, bytes) in pictures() {
        assert!(String::from_utf8_lossy(bytes).contains(&format!("run {id}")), "{}", path.display());
    }
    for page in ["report.html", "report.md"] {
        assert!(fs::read_to_string(run.join(page)).unwrap().contains(id), "{page}");
    }
    assert!(parts(&run.join("tables/tables.xlsx"), "docProps/core.xml")[0].contains(&format!("Papertide run {id}")));
    let deck = run.join("deck.pptx");
    assert!(parts(&deck, "ppt/slides/slide1.xml")[0].contains(id), "the first slide says it");
    let drawn = parts(&deck, "ppt/media/image").into_iter().filter(|part| part.starts_with("<svg")).collect::<Vec<_>>();
    assert!(drawn.len() >= pictures().count() && drawn.iter().all(|picture| picture.contains(id)));
}
