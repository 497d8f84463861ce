//! How two runs differ, through the program: the same run twice, other settings, other papers, and nothing in common.

use crate::program::{demo_pages, demo_run, done, run, text, tree};
use std::{fs, path::Path};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn compared(home: &Path, first: &str, second: &str) -> (String, serde_json::Value) {
    let said = done(home, &["compare", first, second, "-o", "out"]);
    let json = serde_json::from_slice(&fs::read(home.join("out/comparison.json")).unwrap()).unwrap();
    (said.out, json)
}

fn report(home: &Path, output: &str, more: &[&str]) {
    done(home, &[&["report", "--quiet", "-o", output, text(&demo_pages())], more].concat());
}

fn count(json: &serde_json::Value, list: &str) -> usize {
    json[list].as_array().unwrap().len()
}

#[test]
fn the_same_run_twice_says_so_and_nothing_differs() {
    let home = home();
    let demo = text(&demo_run()).to_owned();
    let (out, json) = compared(home.path(), &demo, &demo);
    assert!(out.starts_with("differ:   The same run twice: "), "{out}");
    assert_eq!(json["agreement"]["adjusted_rand"], 1.0);
    for list in ["settings", "splits", "merges", "born", "gone", "verdicts"] {
        assert_eq!(count(&json, list), 0, "{list}");
    }
    assert_eq!(count(&json, "pairs"), json["runs"]["first"]["themes"].as_u64().unwrap() as usize);
    assert!(json["papers"]["moved"].as_array().unwrap().is_empty());
}

#[test]
fn other_settings_of_trends_are_what_changed_verdicts() {
    let home = home();
    report(home.path(), "years", &["--bin", "year"]);
    let (out, json) = compared(home.path(), text(&demo_run()), "years");
    assert_eq!(json["settings"], serde_json::json!([{ "name": "bin", "first": "auto", "second": "year" }]));
    assert_eq!(json["agreement"]["adjusted_rand"], 1.0, "the themes are the same");
    assert!(count(&json, "verdicts") > 0, "{out}");
    for verdict in json["verdicts"].as_array().unwrap() {
        assert_eq!(verdict["causes"], serde_json::json!(["settings"]));
        assert_eq!(verdict["because"], "settings: bin");
    }
}

#[test]
fn other_themes_are_matched_and_the_files_are_the_same_each_time() {
    let home = home();
    report(home.path(), "six", &["--themes", "6"]);
    let (out, json) = compared(home.path(), text(&demo_run()), "six");
    assert_eq!(json["runs"]["second"]["themes"], 6);
    // Fewer themes: some of the first run must be merged or gone.
    assert!(count(&json, "merges") + count(&json, "gone") > 0, "{out}");
    let flows = json["flows"].as_array().unwrap();
    let papers = |moved: bool| {
        flows.iter().filter(|f| f["moved"] == moved).map(|f| f["papers"].as_u64().unwrap()).sum::<u64>() as usize
    };
    assert_eq!(papers(true), json["papers"]["moved"].as_array().unwrap().len());
    assert_eq!(papers(true) + papers(false), json["papers"]["in_both"].as_u64().unwrap() as usize);
    let first = tree(&home.path().join("out"));
    let names: Vec<String> = first.keys().map(|path| path.display().to_string()).collect();
    assert_eq!(names, ["alluvial.csv", "alluvial.png", "alluvial.svg", "comparison.html", "comparison.json"]);
    done(home.path(), &["compare", text(&demo_run()), "six", "-o", "out", "--threads", "1"]);
    assert!(tree(&home.path().join("out")) == first);
}

#[test]
fn papers_that_only_one_run_read_are_counted() {
    let home = home();
    let pages: Vec<String> = tree(&demo_pages()).into_keys().map(|p| text(&demo_pages().join(p)).to_owned()).collect();
    let some: Vec<&str> = pages.iter().skip(1).map(String::as_str).collect();
    done(home.path(), &[&["report", "--quiet", "-o", "some"][..], &some].concat());
    let (out, json) = compared(home.path(), "some", text(&demo_run()));
    let of = |list: &str| json["papers"][list].as_array().unwrap().len();
    assert!(of("only_second") > 0 && of("only_first") == 0, "{out}");
    let all = json["runs"]["second"]["papers"].as_u64().unwrap() as usize;
    assert_eq!(json["papers"]["in_both"].as_u64().unwrap() as usize + of("only_second"), all);
}

#[test]
fn runs_without_a_common_paper_are_refused() {
    let home = home();
    for (output, page) in [("one", "demo-page-1.txt"), ("six", "demo-page-6.txt")] {
        done(home.path(), &["report", "--quiet", "-o", output, text(&demo_pages().join(page))]);
    }
    let said = run(home.path(), &["compare", "one", "six"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.err.starts_with("error: no paper is in both runs: 65 in the first, 65 in the second"), "{}", said.err);
    assert!(said.err.contains("\nhint: ") && !home.path().join("comparison").exists(), "{}", said.err);
}

#[test]
fn where_several_things_differ_those_are_named_without_which_the_verdict_is_back() {
    let home = home();
    let pages: Vec<String> = tree(&demo_pages()).into_keys().map(|p| text(&demo_pages().join(p)).to_owned()).collect();
    let some: Vec<&str> = pages.iter().skip(1).map(String::as_str).collect();
    done(home.path(), &[&["report", "--quiet", "-o", "some", "--bin", "year", "--themes", "13"][..], &some].concat());
    let (out, json) = compared(home.path(), text(&demo_run()), "some");
    let verdicts = json["verdicts"].as_array().unwrap();
    assert!(!verdicts.is_empty(), "{out}");
    // Years are too few bins for any verdict, whatever the papers and themes.
    for verdict in
        verdicts.iter().filter(|v| v["verdict_second"] == "too few papers" || v["verdict_second"] == "no verdict")
    {
        let causes = verdict["causes"].as_array().unwrap();
        assert!(causes.contains(&"settings".into()), "{verdict}");
    }
    assert!(verdicts.iter().any(|verdict| verdict["causes"] == serde_json::json!(["settings"])), "{out}");
}
