//! The same papers and settings give the same bytes: at any number of threads, in any order, from any folder.

use crate::program::{assert_same_tree, demo_pages, done, text, tree};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The first pages of the demo, enough for themes and trends to be made.
fn some_pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = tree(&demo_pages()).into_keys().collect();
    pages.truncate(3);
    pages
}

fn report(folder: &Path, inputs: &[&str], output: &Path, more: &[&str]) {
    let mut args = vec!["report", "--quiet", "-o", text(output)];
    args.extend(more);
    args.extend(inputs);
    assert_eq!(done(folder, &args).out, "");
}

#[test]
fn threads_order_and_folder_change_nothing() {
    let home = tempfile::tempdir().unwrap();
    let pages = some_pages();
    let forwards: Vec<&str> = pages.iter().map(|path| text(path)).collect();
    let backwards: Vec<&str> = forwards.iter().rev().copied().collect();
    let copy = home.path().join("elsewhere/deeper");
    fs::create_dir_all(&copy).unwrap();
    for page in &pages {
        fs::copy(demo_pages().join(page), copy.join(page)).unwrap();
    }
    let (one, two, away) = (home.path().join("1"), home.path().join("2"), home.path().join("3"));
    report(&demo_pages(), &forwards, &one, &["--threads", "1"]);
    report(&demo_pages(), &backwards, &two, &["--threads", "2"]);
    report(home.path(), &["elsewhere/deeper"], &away, &[]);
    assert_same_tree(&one, &two);
    assert_same_tree(&one, &away);
}

#[test]
fn a_setting_that_matters_changes_the_run_id() {
    let home = tempfile::tempdir().unwrap();
    let page = text(&some_pages()[0]).to_owned();
    let id = |name: &str, more: &[&str]| {
        let output = home.path().join(name);
        report(&demo_pages(), &[&page], &output, more);
        let run: serde_json::Value = serde_json::from_slice(&fs::read(output.join("run.json")).unwrap()).unwrap();
        run["run_id"].as_str().unwrap().to_owned()
    };
    let first = id("1", &["--themes", "4"]);
    assert_eq!(first.len(), 12);
    assert_ne!(first, id("2", &["--themes", "5"]));
    assert_ne!(first, id("3", &["--themes", "4", "--seed", "1"]));
    assert_eq!(first, id("4", &["--themes", "4", "--threads", "2"]));
}
