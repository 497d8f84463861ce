//! `papertide sweep` through the binary: what it writes, that it goes on after a kill, that it is repeatable, and what it refuses.

use crate::{
    killed::{kill_when, on_a_full_disk},
    program::{Said, assert_same_tree, demo_pages, done, run, text, tree},
    tables,
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// A small sweep of one demo page: three numbers of themes, two lengths of phrases, two seeds.
const GRID: [&str; 6] = ["--set", "themes=3,4,5", "--set", "ngram=1,2", "--seeds", "2"];
const RUNS: usize = 12;

fn args<'a>(page: &'a Path, output: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["sweep", text(page), "--quiet", "-o", output], &GRID[..], more].concat()
}

fn page() -> PathBuf {
    demo_pages().join("demo-page-1.txt")
}

fn swept(folder: &Path, output: &str, more: &[&str]) -> Said {
    done(folder, &args(&page(), output, more))
}

/// Whole runs; a kill may leave a staging folder beside them.
fn runs(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder.join("runs")).into_iter().flatten().flatten().map(|entry| entry.path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect()
}

#[test]
fn a_sweep_writes_its_tables_charts_and_a_recommendation() {
    let (home, page) = (tempfile::tempdir().unwrap(), page());
    let grid =
        ["--set", "themes=3,4,5", "--set", "algorithm=k-means,hierarchical", "--set", "ngram=1,2", "--seeds", "2"];
    let all = [&["sweep", text(&page), "--json", "-o", "s"], &grid[..]].concat();
    let said: Value = serde_json::from_str(&done(home.path(), &all).out).unwrap();
    assert_eq!((said["settings"].as_u64(), said["resumed"].as_u64()), (Some(12), Some(0)));
    let folder = home.path().join("s");
    let settings = tables::read(&folder.join("tables/settings.csv"));
    assert_eq!(settings.len(), 12);
    let recommended: Vec<_> = settings.iter().filter(|row| row["recommended"] == "true").collect();
    assert_eq!(recommended.len(), 1);
    assert_eq!(said["recommended"]["themes"], recommended[0]["themes_asked"].as_str());
    // The rule of docs/sweep.md, held against the table: agreement within 0.05 of the best.
    let number = |row: &std::collections::BTreeMap<String, String>, name: &str| row[name].parse::<f64>().unwrap();
    let best = settings.iter().map(|row| number(row, "agreement")).fold(f64::MIN, f64::max);
    assert!(number(recommended[0], "agreement") >= best - 0.05);
    assert_eq!(tables::read(&folder.join("tables/runs.csv")).len(), 24);
    let themes = tables::read(&folder.join("tables/themes.csv"));
    assert_eq!(themes.len(), said["themes"].as_array().unwrap().len());
    assert!(themes.iter().all(|row| row["of_runs"] == "23" && number(row, "runs_back") <= 23.0));
    for name in ["sweep.html", "sweep.md", "sweep.json", "charts/quality.png", "charts/settings.svg", "plan.json"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    // The recommended run, made by itself as the page says, has the themes that the sweep names.
    let html = fs::read_to_string(folder.join("sweep.md")).unwrap();
    let line = html.lines().find(|line| line.trim().starts_with("papertide report")).unwrap();
    let report: Vec<&str> =
        line.split_whitespace().skip(1).map(|word| if word == "INPUT" { text(&page) } else { word }).collect();
    done(home.path(), &[&report[..], &["--quiet", "-o", "run"]].concat());
    let own: Vec<String> =
        tables::read(&home.path().join("run/tables/themes.csv")).into_iter().map(|row| row["name"].clone()).collect();
    assert_eq!(own, themes.iter().map(|row| row["name"].clone()).collect::<Vec<_>>());
}

#[test]
fn threads_and_memory_change_nothing() {
    let home = tempfile::tempdir().unwrap();
    for (threads, memory) in [("1", "1MB"), ("2", "8GB"), ("8", "8GB")] {
        swept(home.path(), threads, &["--threads", threads, "--memory", memory]);
    }
    assert_same_tree(&home.path().join("1"), &home.path().join("2"));
    assert_same_tree(&home.path().join("1"), &home.path().join("8"));
}

#[test]
fn a_killed_sweep_goes_on_where_it_was() {
    let home = tempfile::tempdir().unwrap();
    swept(home.path(), "whole", &[]);
    let killed = home.path().join("killed");
    kill_when(home.path(), &args(&page(), "killed", &[]), |_| runs(&killed).len() >= 3);
    let there = runs(&killed).len();
    assert!((3..=RUNS).contains(&there), "{there} runs");
    // A run that was damaged, or is of another sweep, is made again.
    fs::write(runs(&killed).first().unwrap(), "{\"sweep_id\":").unwrap();
    let said = done(
        home.path(),
        &args(&page(), "killed", &[])[..].iter().filter(|arg| **arg != "--quiet").copied().collect::<Vec<_>>(),
    );
    assert!(said.out.contains(&format!("{} of them from before", there - 1)), "{there}: {}", said.out);
    assert_same_tree(&killed, &home.path().join("whole"));
    let names: Vec<_> = fs::read_dir(home.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left beside the folders: {names:?}");
}

/// Killed a little later each time, so that kills fall into runs, judging and writing; no run that was kept is lost.
#[test]
fn a_sweep_that_is_killed_again_and_again_comes_to_the_same_end() {
    let home = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    swept(home.path(), "whole", &[]);
    let whole = begun.elapsed();
    let (killed, mut kept) = (home.path().join("killed"), 0);
    for moment in 1..=8 {
        kill_when(home.path(), &args(&page(), "killed", &[]), |elapsed| elapsed > whole * moment / 8);
        let there = runs(&killed).len();
        assert!(there >= kept, "{there} of {kept} runs are left");
        kept = there;
    }
    swept(home.path(), "killed", &[]);
    assert_same_tree(&killed, &home.path().join("whole"));
}

/// Every moment of writing a file, as a kill leaves it: first of the plan, then of the last run.
#[test]
fn a_sweep_that_is_killed_before_its_plan_or_after_its_last_run_goes_on() {
    let home = tempfile::tempdir().unwrap();
    swept(home.path(), "whole", &[]);
    let killed = home.path().join("killed");
    let leave = |folder: PathBuf, moment: usize| {
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in [("in-use", ""), ("fresh", "{")].into_iter().take(moment) {
            fs::write(folder.join(name), bytes).unwrap();
        }
    };
    for moment in 0..=2 {
        leave(killed.join(".papertide-staging-plan.json-aB3dE6"), moment);
        swept(home.path(), "killed", &[]);
        assert_same_tree(&killed, &home.path().join("whole"));
        leave(killed.join(".papertide-staging-plan.json-aB3dE6"), moment);
        leave(killed.join("runs/.papertide-staging-0006-seed-2.json-aB3dE6"), moment);
        swept(home.path(), "killed", &[]);
        assert_same_tree(&killed, &home.path().join("whole"));
        assert_eq!(fs::read_dir(killed.join("runs")).unwrap().count(), RUNS, "an empty folder is one thing too many");
        fs::remove_dir_all(&killed).unwrap();
    }
}

#[test]
fn another_sweep_and_another_folder_are_left_alone() {
    let home = tempfile::tempdir().unwrap();
    swept(home.path(), "s", &[]);
    let before = tree(home.path());
    let other = run(home.path(), &["sweep", text(&page()), "-o", "s", "--set", "themes=3,4"]);
    assert_eq!(other.code, Some(2));
    assert!(
        other.err.starts_with("error: s: this folder holds another sweep") && other.err.contains("\nhint: "),
        "{}",
        other.err
    );
    let pages = demo_pages();
    let other = run(home.path(), &args(&pages, "s", &[]));
    assert_eq!(other.code, Some(2), "other inputs");
    fs::create_dir(home.path().join("thesis")).unwrap();
    fs::write(home.path().join("thesis/chapter.txt"), "years of work").unwrap();
    assert_eq!(run(home.path(), &args(&page(), "thesis", &[])).code, Some(2));
    fs::remove_dir_all(home.path().join("thesis")).unwrap();
    assert_eq!(tree(home.path()), before);
}

/// A disk that takes no more: files end at a size that the runs fit in and the page of the report does not.
#[test]
#[cfg(unix)]
fn where_the_disk_is_full_everything_before_stays_whole() {
    let home = tempfile::tempdir().unwrap();
    let page = page();
    done(home.path(), &["report", text(&page), "--themes", "4", "--quiet", "-o", "run"]);
    let before = tree(home.path());
    let limited = |args: &[&str]| on_a_full_disk(home.path(), args);
    let report = limited(&["report", text(&page), "--themes", "5", "--quiet", "-o", "run"]);
    let err = String::from_utf8_lossy(&report.stderr).into_owned();
    assert!(report.status.code() == Some(2) && err.starts_with("error: ") && err.contains("hint: "), "{err}");
    assert_eq!(tree(home.path()), before, "the report before is whole and nothing lies beside it");
    let sweep = limited(&args(&page, "s", &[]));
    assert_eq!(sweep.status.code(), Some(2), "{}", String::from_utf8_lossy(&sweep.stderr));
    assert!(!home.path().join("s/sweep.html").exists() && runs(&home.path().join("s")).len() == RUNS);
    swept(home.path(), "s", &[]);
    swept(home.path(), "whole", &[]);
    assert_same_tree(&home.path().join("s"), &home.path().join("whole"));
}

#[test]
fn a_drawn_sweep_has_as_many_settings_as_were_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let said = done(
        home.path(),
        &["sweep", text(&page()), "--set", "themes=2,3,4,5,6", "--set", "ngram=1,2,3", "--random", "2", "--json"],
    );
    let said: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(said["settings"], 2);
    let id = said["sweep_id"].as_str().unwrap();
    assert_eq!(said["folder"], format!("sweeps/{id}"));
    assert!(home.path().join("sweeps").join(id).join("sweep.html").is_file());
}
