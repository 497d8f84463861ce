//! docs/compare.md and docs/sweep.md against real comparisons and sweeps, both ways: every file, column, type and key.

use crate::{
    documented::{Rows, assert_keys, columns_of_csv, columns_of_parquet, document},
    program::{demo_pages, demo_run, done, text, tree},
    tables,
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn files(folder: &Path) -> BTreeSet<String> {
    tree(folder).into_keys().map(|path| path.display().to_string()).collect()
}

/// Sweeps of one page: with themes that fall apart and merge, and with a single seed, for which some measures are not known.
fn sweeps() -> &'static [PathBuf] {
    static SWEEPS: LazyLock<(tempfile::TempDir, Vec<PathBuf>)> = LazyLock::new(|| {
        let home = tempfile::tempdir().unwrap();
        let page = demo_pages().join("demo-page-1.txt");
        let sweep = ["sweep", text(&page), "--quiet", "--set", "themes=3,4,6,10"];
        done(home.path(), &[&sweep[..], &["--set", "min-papers=2,3", "--seeds", "2", "-o", "seeds"]].concat());
        done(home.path(), &[&sweep[..], &["-o", "single"]].concat());
        let folders = ["seeds", "single"].map(|name| home.path().join(name)).to_vec();
        (home, folders)
    });
    &SWEEPS.1
}

/// The columns of the document with those of the axes of a sweep in their place, and three for a measure with its range.
fn with_axes(rows: &Rows, axes: &[&str]) -> Rows {
    let columns = |(name, kind): &(String, String)| -> Rows {
        if name == "AXIS" {
            return axes.iter().map(|axis| ((*axis).to_owned(), kind.clone())).collect();
        }
        match kind.strip_suffix(" x 3") {
            Some(kind) => ["", "_low", "_high"].map(|end| (format!("{name}{end}"), kind.to_owned())).to_vec(),
            None => vec![(name.clone(), kind.clone())],
        }
    };
    rows.iter().flat_map(columns).collect()
}

#[test]
fn every_column_of_a_sweep_is_documented_with_its_type_and_no_other() {
    let document = document("sweep.md");
    let axes: [&[&str]; 2] = [&["themes_asked", "min_papers"], &["themes_asked"]];
    for (folder, axes) in sweeps().iter().zip(axes) {
        for name in ["tables/settings", "tables/runs", "tables/themes"] {
            let expected = with_axes(&document[name], axes);
            assert_eq!(columns_of_parquet(&folder.join(format!("{name}.parquet"))), expected, "{name}");
            let names: Vec<String> = expected.into_iter().map(|(name, _)| name).collect();
            assert_eq!(columns_of_csv(&folder.join(format!("{name}.csv"))), names, "{name}");
        }
        let settings = fs::read(folder.join("tables/settings.csv")).unwrap();
        for chart in ["charts/quality", "charts/settings"] {
            assert!(fs::read(folder.join(format!("{chart}.csv"))).unwrap() == settings, "{chart}");
        }
    }
}

#[test]
fn every_key_of_the_files_of_a_sweep_is_documented_with_its_type_and_no_other() {
    let document = document("sweep.md");
    let of = |name: &str| sweeps().iter().map(|folder| json(&folder.join(name))).collect::<Vec<_>>();
    let open = ["fixed", "settings[].values", "settings[].measures"];
    assert_keys(&of("sweep.json"), &open, &document["sweep.json"]);
    assert_keys(&of("plan.json"), &[], &document["plan.json"]);
    let runs: Vec<Value> = sweeps()
        .iter()
        .flat_map(|folder| tree(&folder.join("runs")))
        .map(|(_, bytes)| serde_json::from_slice(&bytes).unwrap())
        .collect();
    assert_eq!(runs.len(), 16 + 4);
    assert_keys(&runs, &[], &document["runs"]);
}

#[test]
fn every_file_of_a_sweep_is_documented_and_every_documented_file_is_there() {
    let document = document("sweep.md");
    let named = |name: &String| !name.contains("NAME") && !name.contains("NNNN");
    let mut expected: BTreeSet<String> = document["Files"].iter().map(|(name, _)| name.clone()).filter(named).collect();
    let endings = |heading: &str| -> &[&str] {
        match heading.split_once('/') {
            Some(("tables", _)) => &["csv", "parquet"],
            Some(("charts", _)) => &["svg", "png", "csv"],
            _ => &[],
        }
    };
    for heading in document.keys() {
        expected.extend(endings(heading).iter().map(|ending| format!("{heading}.{ending}")));
    }
    let runs = (1..=4).map(|setting| format!("runs/{setting:04}-seed-0.json"));
    expected.extend(runs);
    assert_eq!(files(&sweeps()[1]), expected);
}

/// What docs/sweep.md says of numbers: they begin at 1 everywhere, and groupings are in the order of a report's papers.
#[test]
fn the_numbers_of_a_sweep_mean_the_same_in_all_its_files() {
    let folder = &sweeps()[0];
    let sweep = json(&folder.join("sweep.json"));
    let rows = tables::read(&folder.join("tables/settings.csv"));
    let row = rows.iter().find(|row| row["recommended"] == "true").unwrap();
    assert_eq!(sweep["recommended"].to_string(), row["setting"]);
    let number = sweep["recommended"].as_u64().unwrap() as usize;
    let setting = &sweep["settings"][number - 1];
    assert_eq!(setting["setting"], number);
    assert_eq!(setting["values"]["themes"].as_str().unwrap(), row["themes_asked"]);
    let run = json(&folder.join(format!("runs/{number:04}-seed-0.json")));
    assert_eq!((&run["setting"], &run["seed"]), (&setting["setting"], &setting["runs"][0]["seed"]));
    let home = tempfile::tempdir().unwrap();
    let page = demo_pages().join("demo-page-1.txt");
    let settings = ["--themes", &row["themes_asked"], "--min-papers", &row["min_papers"]];
    done(home.path(), &[&["report", text(&page), "--quiet", "-o", "run"][..], &settings].concat());
    let papers = tables::read(&home.path().join("run/tables/papers.csv"));
    let themes: Vec<String> = papers.into_iter().map(|row| row["theme"].clone()).collect();
    let none_or_number = |theme: &Value| theme.as_u64().map_or_else(String::new, |number| number.to_string());
    assert_eq!(run["theme"].as_array().unwrap().iter().map(none_or_number).collect::<Vec<_>>(), themes);
}

/// Comparisons in which everything that can be told occurs: other themes both ways, other bins, other papers.
fn comparisons() -> &'static [PathBuf] {
    static COMPARISONS: LazyLock<(tempfile::TempDir, Vec<PathBuf>)> = LazyLock::new(|| {
        let home = tempfile::tempdir().unwrap();
        let demo = text(&demo_run()).to_owned();
        let pages: Vec<PathBuf> = (1..=6).map(|n| demo_pages().join(format!("demo-page-{n}.txt"))).collect();
        let report = |output: &str, pages: &[PathBuf], more: &[&str]| {
            let pages: Vec<&str> = pages.iter().map(|page| text(page)).collect();
            done(home.path(), &[&["report", "--quiet", "-o", output][..], &pages, more].concat());
        };
        report("years", &pages[..4], &["--bin", "year", "--themes", "6"]);
        report("late", &pages[3..], &["--themes", "20"]);
        let pairs = [(demo.as_str(), "years"), ("years", &demo), ("years", "late"), ("late", "years")];
        for (at, (first, second)) in pairs.iter().enumerate() {
            done(home.path(), &["compare", first, second, "--quiet", "-o", &format!("comparison-{at}")]);
        }
        let folders = (0..pairs.len()).map(|at| home.path().join(format!("comparison-{at}"))).collect();
        (home, folders)
    });
    &COMPARISONS.1
}

#[test]
fn every_file_column_and_key_of_a_comparison_is_documented_and_no_other() {
    let document = document("compare.md");
    let read: Vec<Value> = comparisons().iter().map(|folder| json(&folder.join("comparison.json"))).collect();
    assert_keys(&read, &[], &document["comparison.json"]);
    let named = document["Files"].iter().flat_map(|(name, _)| name.split("`, `")).map(str::to_owned).collect();
    for folder in comparisons() {
        assert_eq!(files(folder), named);
        let columns: Vec<String> = document["alluvial.csv"].iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(columns_of_csv(&folder.join("alluvial.csv")), columns);
    }
    let rows = tables::read(&comparisons()[2].join("alluvial.csv"));
    let flows = read[2]["flows"].as_array().unwrap();
    let papers = |flow: &Value| flow["papers"].to_string();
    assert_eq!(
        flows.iter().map(papers).collect::<Vec<_>>(),
        rows.iter().map(|r| r["papers"].clone()).collect::<Vec<_>>()
    );
}
