//! The same papers and settings give the same bytes: at any number of threads, in any order, from any folder.

use crate::program::{assert_same_tree, command, demo_pages, demo_run, done, text, tree};
use std::{
    fs,
    path::{Path, PathBuf},
};

fn pages() -> Vec<PathBuf> {
    tree(&demo_pages()).into_keys().map(|page| demo_pages().join(page)).collect()
}

/// Every verb that writes; PAGES are the inputs, ONE is one of them, DEMO is a run of them all.
const VERBS: [&str; 9] = [
    "report -o run --weight upvotes PAGES",
    "report -o mixture --algorithm gaussian-mixture --level 4 --themes 7 ONE",
    "papers -o papers.parquet PAGES",
    "papers -o papers.csv --json PAGES",
    "sweep -o sweep --set themes=3,9 --set algorithm=k-means,hierarchical --seeds 2 PAGES",
    "compare run DEMO -o comparison",
    "charts run -o charts --format svg,png,pdf --size 4:3 --theme dark",
    "slides run -o deck.pptx",
    "mail run -o digest.eml --to a@b",
];

/// Runs them with so many threads for our work and for that of tables, in a folder of its own. Inputs come in another order for each
/// number. Returns what was said.
fn everything(home: &Path, threads: usize) -> String {
    let (folder, number) = (home.join(threads.to_string()), threads.to_string());
    let (demo, one) = (demo_run(), demo_pages().join("demo-page-3.txt"));
    fs::create_dir(&folder).unwrap();
    let mut pages = pages();
    pages.rotate_left(threads % 5);
    let word = |word: &'static str| match word {
        "PAGES" => pages.iter().map(|page| text(page)).collect(),
        "ONE" => vec![text(&one)],
        "DEMO" => vec![text(&demo)],
        word => vec![word],
    };
    let said = VERBS.map(|verb| {
        let mut args: Vec<&str> = verb.split(' ').flat_map(word).collect();
        args.extend(["--threads", &number]);
        let output = command(&folder, &args).env("POLARS_MAX_THREADS", &number).output().unwrap();
        assert!(output.status.success(), "{verb}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    });
    said.concat()
}

#[test]
fn threads_and_order_change_no_byte_that_any_verb_writes_or_says() {
    let home = tempfile::tempdir().unwrap();
    let [one, two, eight] = [1, 2, 8].map(|threads| everything(home.path(), threads));
    let folder = |threads: &str| home.path().join(threads);
    let written = tree(&folder("1"));
    for ending in ["pptx", "xlsx", "eml", "html", "md", "json", "gz", "csv", "parquet", "svg", "png", "pdf"] {
        assert!(written.keys().any(|path| path.extension().is_some_and(|e| e == ending)), "{ending}");
    }
    assert_same_tree(&folder("1"), &folder("2"));
    assert_same_tree(&folder("1"), &folder("8"));
    assert_eq!(one, two);
    assert_eq!(one, eight);
}

#[test]
fn the_folder_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let copy = home.path().join("elsewhere/deeper");
    fs::create_dir_all(&copy).unwrap();
    for page in pages() {
        fs::copy(&page, copy.join(page.file_name().unwrap())).unwrap();
    }
    done(home.path(), &["report", "--quiet", "-o", "run", "elsewhere/deeper"]);
    assert_same_tree(&home.path().join("run"), &demo_run());
}

#[test]
fn a_setting_that_matters_changes_the_run_id() {
    let home = tempfile::tempdir().unwrap();
    let page = demo_pages().join("demo-page-1.txt");
    let id = |name: &str, more: &[&str]| {
        let output = home.path().join(name);
        done(home.path(), &[&["report", text(&page), "--quiet", "-o", text(&output)], more].concat());
        let run: serde_json::Value = serde_json::from_slice(&fs::read(output.join("run.json")).unwrap()).unwrap();
        run["run_id"].as_str().unwrap().to_owned()
    };
    let first = id("1", &["--themes", "4"]);
    assert_eq!(first.len(), 12);
    assert_ne!(first, id("2", &["--themes", "5"]));
    assert_ne!(first, id("3", &["--themes", "4", "--seed", "1"]));
    assert_eq!(first, id("4", &["--themes", "4", "--threads", "2"]));
}
