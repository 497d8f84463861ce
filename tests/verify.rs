//! A finished run made again from its own record: the same, or which file is not and why.

use crate::program::{Said, demo_pages, done, run, tree};
use std::{fs, path::Path};

/// A folder with two pages, a copy of one, and a file that is no input, and a run of it with words and themes from files.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let pages = home.path().join("pages");
    fs::create_dir(&pages).unwrap();
    for page in ["demo-page-1.txt", "demo-page-2.txt"] {
        fs::copy(demo_pages().join(page), pages.join(page)).unwrap();
    }
    fs::copy(demo_pages().join("demo-page-1.txt"), pages.join("zz-copy.txt")).unwrap();
    fs::write(pages.join("README.md"), "Nothing to read here.\n").unwrap();
    fs::write(home.path().join("stop.txt"), "benchmark; really\nlatency\n").unwrap();
    fs::write(home.path().join("same.txt"), "RAG = retrieval-augmented generation, rag system\n").unwrap();
    let seeds = "# wanted\n\n[[theme]]\nname = \"Say \\\"caches\\\"\"\nwords = [\"KV cache\"]\n\n\
                 [[theme]]\nname = \"Not there\"\ntitles = [\"Zymurgy, of all things\"]\n";
    fs::write(home.path().join("seeds.toml"), seeds).unwrap();
    let lists = ["--stop-words", "stop.txt", "--synonyms", "same.txt", "--seed-themes", "seeds.toml"];
    let made = ["report", "--quiet", "-o", "run", "--themes", "5", "--bin", "quarter", "--seed", "4", "pages"];
    done(home.path(), &[&made[..], &lists].concat());
    home
}

fn verify(home: &Path) -> Said {
    let before = tree(home);
    let said = run(home, &["verify", "run"]);
    assert!(tree(home) == before, "verify writes nothing");
    said
}

/// What the program says of a run that is another one: on standard error, and in the first words of standard output.
fn assert_different(home: &Path, first: &str, expected: &str) {
    let said = verify(home);
    assert_eq!(said.code, Some(1), "{}", said.err);
    let made = if first.starts_with("because") { "not made again: run " } else { "different: run " };
    assert!(said.out.starts_with(made) && said.out.ends_with(&format!("{first}\n")), "{}", said.out);
    assert!(said.err.contains(expected) && said.err.contains("\nhint: "), "expected {expected}\n{}", said.err);
}

/// The object for programs, with `file` and `why` of everything that differs.
fn told(home: &Path) -> (serde_json::Value, Vec<(String, String)>) {
    let said = run(home, &["verify", "run", "--json"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let of = |difference: &serde_json::Value, key: &str| difference[key].as_str().unwrap().to_owned();
    let differences = json["differences"].as_array().unwrap();
    let pairs = differences.iter().map(|d| (of(d, "file"), of(d, "why"))).collect();
    (json, pairs)
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from} is not in {}", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_run_is_the_same_wherever_its_inputs_lie_now_and_at_any_number_of_threads() {
    let home = home();
    let said = verify(home.path());
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.starts_with("same: run ") && said.out.ends_with(" files, every byte\n"), "{}", said.out);
    fs::create_dir(home.path().join("elsewhere")).unwrap();
    for (n, name) in ["demo-page-2.txt", "demo-page-1.txt"].iter().enumerate() {
        fs::rename(home.path().join("pages").join(name), home.path().join(format!("elsewhere/{n}.txt"))).unwrap();
    }
    fs::remove_dir_all(home.path().join("pages")).unwrap();
    // The words came into the record: their files are not needed.
    fs::remove_file(home.path().join("stop.txt")).unwrap();
    let said = done(home.path(), &["verify", "run", "elsewhere", "--threads", "1", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&json["same"], &json["verb"]), (&true.into(), &"verify".into()));
    assert_eq!(json["differences"], serde_json::json!([]));
}

#[test]
fn files_that_were_changed_added_or_removed_are_named() {
    let home = home();
    let folder = home.path().join("run");
    edit(&folder.join("tables/themes.csv"), "theme,name", "theme,Name");
    assert_different(
        home.path(),
        " files",
        "error: run/tables/themes.csv: it differs from byte 7 on, expected what the run makes again",
    );
    edit(&folder.join("tables/themes.csv"), "theme,Name", "theme,name");
    fs::write(folder.join("charts/mine.svg"), "<svg/>").unwrap();
    assert_different(home.path(), " files", "error: run/charts/mine.svg: the run makes no such file");
    fs::remove_file(folder.join("charts/mine.svg")).unwrap();
    fs::remove_file(folder.join("report.md")).unwrap();
    assert_different(home.path(), " files", "error: run/report.md: it is not there, expected a file of the run");
    edit(&folder.join("tables/themes.csv"), "theme,name", "theme,Name");
    fs::write(folder.join("charts/mine.svg"), "<svg/>").unwrap();
    let (json, differences) = told(home.path());
    assert_eq!((&json["status"], &json["same"]), (&"done".into(), &false.into()));
    let expected = [("charts/mine.svg", "added"), ("report.md", "removed"), ("tables/themes.csv", "changed")];
    assert_eq!(differences, expected.map(|(file, why)| (file.to_owned(), why.to_owned())));
}

#[test]
fn a_changed_and_a_missing_input_are_both_named() {
    let home = home();
    edit(&home.path().join("pages/demo-page-2.txt"), "the", "teh");
    for name in ["demo-page-1.txt", "zz-copy.txt"] {
        fs::remove_file(home.path().join("pages").join(name)).unwrap();
    }
    assert_different(
        home.path(),
        "because of: input",
        "error: demo-page-1.txt: this input of the run is missing, expected 54502 bytes",
    );
    assert_different(
        home.path(),
        "because of: input",
        "demo-page-2.txt: the input demo-page-2.txt was changed after the run",
    );
    let (json, differences) = told(home.path());
    assert_eq!(json["same"], false);
    let inputs = ["demo-page-1.txt", "demo-page-2.txt"];
    assert_eq!(differences, inputs.map(|file| (file.to_owned(), "input".to_owned())));
    let nowhere = run(home.path(), &["verify", "run", "nowhere"]);
    assert!(nowhere.code == Some(1) && nowhere.err.contains("nowhere: no such file or folder"), "{}", nowhere.err);
}

#[test]
fn another_version_and_edited_settings_are_told() {
    let home = home();
    let record = home.path().join("run/run.json");
    let why = || told(home.path()).1.into_iter().map(|(file, why)| format!("{file}: {why}")).collect::<Vec<_>>();
    edit(&record, "\"seed\": \"4\"", "\"seed\": \"5\"");
    assert_different(
        home.path(),
        "because of: settings",
        "error: run/run.json: the setting seed was edited after the run: 5, expected 4",
    );
    assert_eq!(why(), ["run.json: settings"]);
    edit(&record, "\"seed\": \"5\"", "\"seed\": \"4\"");
    edit(&record, "\"run_id\": \"", "\"run_id\": \"0");
    assert_different(home.path(), "because of: record", "does not follow from its version, settings and inputs");
    assert_eq!(why(), ["run.json: record"]);
    edit(&record, "\"version\": \"", "\"version\": \"9.");
    fs::remove_file(home.path().join("pages/demo-page-2.txt")).unwrap();
    let expected = "error: run/run.json: the run was made by version 9.";
    assert_different(home.path(), "because of: version, input", expected);
    assert_eq!(why(), ["run.json: version", "demo-page-2.txt: input"]);
    fs::write(&record, "{\"run_id\": 7}").unwrap();
    let damaged = run(home.path(), &["verify", "run", "--json"]);
    assert!(damaged.code == Some(1) && damaged.out.starts_with("{\"notices\":"), "{}", damaged.out);
    assert!(damaged.err.contains("error: run/run.json: it is damaged: "), "{}", damaged.err);
}
