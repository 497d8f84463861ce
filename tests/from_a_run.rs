//! What is made from a finished run: charts as they are asked for, slides, the same bytes each time, and nothing half-written.

use crate::program::{demo_run, done, run, text, tree};
use std::{fs, path::Path};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn report() -> String {
    text(&demo_run()).to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().map(|path| path.display().to_string()).collect()
}

#[test]
fn charts_of_a_run_are_those_of_its_report() {
    let home = home();
    done(home.path(), &["charts", &report(), "--only", "share,map", "-o", "out"]);
    let out = home.path().join("out");
    assert_eq!(names(&out), ["map.csv", "map.png", "map.svg", "share.csv", "share.png", "share.svg"]);
    for (path, bytes) in tree(&out) {
        assert!(fs::read(demo_run().join("charts").join(&path)).unwrap() == bytes, "{}", path.display());
    }
}

#[test]
fn the_same_request_gives_the_same_files_and_leaves_others_alone() {
    let home = home();
    fs::create_dir(home.path().join("out")).unwrap();
    fs::write(home.path().join("out/notes.txt"), "mine").unwrap();
    let wanted = ["--only", "movers", "--size", "square", "--scale", "2", "--theme", "transparent"];
    let run = report();
    let args = [&["charts", &run, "-o", "out", "--format", "svg,png,pdf", "--top", "5"][..], &wanted].concat();
    done(home.path(), &[&args[..], &["--threads", "1"]].concat());
    let first = tree(&home.path().join("out"));
    assert_eq!(names(&home.path().join("out")), ["movers.csv", "movers.pdf", "movers.png", "movers.svg", "notes.txt"]);
    done(home.path(), &[&args[..], &["--threads", "2"]].concat());
    assert!(tree(&home.path().join("out")) == first);
}

#[test]
fn slides_of_a_run_are_those_of_its_report() {
    let home = home();
    done(home.path(), &["slides", &report(), "-o", "talk.pptx"]);
    let deck = fs::read(home.path().join("talk.pptx")).unwrap();
    assert!(deck == fs::read(demo_run().join("deck.pptx")).unwrap());
    assert!(deck.starts_with(b"PK"));
}

#[test]
fn names_that_are_not_known_are_told_with_the_nearest_and_nothing_is_written() {
    let home = home();
    let said = run(home.path(), &["charts", &report(), "--only", "shares", "--themes", "speculative decodin"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(
        said.err.contains("error: --only shares: no chart has this name, expected the name of a chart"),
        "{}",
        said.err
    );
    assert!(said.err.contains("hint: did you mean: share, "), "{}", said.err);
    assert!(said.err.contains("error: --themes speculative decodin: no theme has this name"), "{}", said.err);
    assert!(names(home.path()).is_empty());
    let far = run(home.path(), &["charts", &report(), "--from", "2031-01-01"]);
    assert!(far.code == Some(1) && far.err.contains("hint: the run speaks of 20"), "{}", far.err);
    let json = run(home.path(), &["charts", &report(), "--only", "nothing", "--json"]);
    assert!(json.out.contains("\"status\":\"refused\""), "{}", json.out);
}

#[test]
fn a_run_that_was_cut_short_is_refused() {
    let home = home();
    fs::create_dir(home.path().join("run")).unwrap();
    fs::copy(demo_run().join("run.json"), home.path().join("run/run.json")).unwrap();
    let kept = fs::read(demo_run().join("analysis.json.gz")).unwrap();
    fs::write(home.path().join("run/analysis.json.gz"), &kept[..kept.len() / 2]).unwrap();
    for verb in ["charts", "slides"] {
        let said = run(home.path(), &[verb, "run"]);
        assert!(said.code == Some(1) && said.err.contains("analysis.json.gz: it is damaged"), "{}", said.err);
        assert!(said.err.contains("\nhint: "), "{}", said.err);
    }
    assert_eq!(names(home.path()), ["run/analysis.json.gz", "run/run.json"]);
}

#[test]
fn charts_that_cannot_leave_themes_out_say_so() {
    let home = home();
    let said =
        done(home.path(), &["charts", &report(), "--only", "share,dendrogram", "--themes", "1,2", "--format", "svg"]);
    assert!(said.out.contains("note: dendrogram shows all themes, whatever --themes says"), "{}", said.out);
    assert!(!said.out.contains("theme_count"), "{}", said.out);
}
