//! `--stop-words` and `--synonyms` through the binary: they change terms, and their content is part of the run id.

use crate::program::{TOP, run};
use std::{fs, path::Path};

/// Terms of all themes, and the run's settings and id, of a report on the demo pages.
fn report(stop_words: &str, synonyms: &str) -> (String, String) {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("stop.txt"), stop_words).unwrap();
    fs::write(home.path().join("same.txt"), synonyms).unwrap();
    let data = Path::new(TOP).join("data");
    let lists = ["--stop-words", "stop.txt", "--synonyms", "same.txt", "--themes", "12"];
    let said = run(home.path(), &[&["report", data.to_str().unwrap(), "-o", "out"], &lists[..]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    let read = |name: &str| fs::read_to_string(home.path().join("out").join(name)).unwrap();
    (read("tables/themes.csv"), read("run.json"))
}

fn run_id(run: &str) -> String {
    let run: serde_json::Value = serde_json::from_str(run).unwrap();
    run["run_id"].as_str().unwrap_or_else(|| panic!("no run_id in {run}")).to_owned()
}

#[test]
fn word_lists_change_the_terms_and_the_run() {
    let (before, plain) = report("# nothing\n", "");
    let word = "rewiring";
    assert!(before.to_lowercase().contains(word), "the demo pages are about {word}: {before}");
    let (after, stopped) = report("rewiring\n", "");
    assert!(!after.to_lowercase().contains(word), "{after}");
    assert!(stopped.contains("stop-words"), "{stopped}");
    assert_ne!(run_id(&plain), run_id(&stopped));
    let (renamed, same) = report("", "laying-anew = rewiring\n");
    assert!(renamed.contains("laying-anew"), "{renamed}");
    assert_ne!(run_id(&same), run_id(&plain));
}
