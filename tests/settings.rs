//! `papertide.toml`, the environment and options: which of them counts, what `init` writes, what `settings` says.

use crate::program::{Said, command, demo_pages, done, run, text, tree};
use serde_json::Value;
use std::{fs, path::Path};

/// Runs with variables of the environment.
fn with(folder: &Path, variables: &[(&str, &str)], args: &[&str]) -> Said {
    let output = command(folder, args).envs(variables.iter().copied()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// Value of a setting and where it comes from.
fn effective(said: &Said, name: &str) -> (String, String) {
    let all: Value =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.err));
    let setting = all["settings"].as_array().unwrap().iter().find(|setting| setting["name"] == name).unwrap();
    (setting["value"].as_str().unwrap().to_owned(), setting["from"].as_str().unwrap().to_owned())
}

#[test]
fn an_option_counts_before_the_environment_before_the_file_before_the_default() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("papertide.toml"), "version = 1\nthemes = 11\nbin = \"month\"\nseed = 3\n").unwrap();
    let variables = [("PAPERTIDE_THEMES", "12"), ("PAPERTIDE_BIN", "year"), ("PAPERTIDE_WINDOW", "")];
    let said = with(home.path(), &variables, &["settings", "--json", "--themes", "13"]);
    let expected = [
        ("themes", "13", "option"),
        ("bin", "year", "environment"),
        ("seed", "3", "file"),
        ("window", "12", "default"),
    ];
    for (name, value, from) in expected {
        assert_eq!(effective(&said, name), (value.to_owned(), from.to_owned()), "{name}");
    }
    let lines = with(home.path(), &variables, &["settings"]).out;
    for (name, place) in [("seed", "papertide.toml:4"), ("bin", "PAPERTIDE_BIN"), ("window", "default")] {
        assert!(lines.lines().any(|line| line.starts_with(name) && line.ends_with(place)), "{name} in\n{lines}");
    }
}

/// The run itself takes what `settings` says: its `run.json` holds the values.
#[test]
fn a_run_takes_its_settings_from_everywhere() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("team")).unwrap();
    fs::write(home.path().join("team/words.txt"), "widget\n").unwrap();
    fs::write(home.path().join("team/own.toml"), "version = 1\nrefits = 2\nstop-words = \"words.txt\"\n").unwrap();
    let page = demo_pages().join("demo-page-1.txt");
    let args = ["report", text(&page), "--settings", "team/own.toml", "--themes", "4", "--quiet", "-o", "run"];
    let said = with(home.path(), &[("PAPERTIDE_SEED", "9")], &args);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let run: Value = serde_json::from_slice(&fs::read(home.path().join("run/run.json")).unwrap()).unwrap();
    for (name, value) in [("refits", "2"), ("stop-words", "widget"), ("themes", "4"), ("seed", "9"), ("ngram", "3")] {
        assert_eq!(run["settings"][name], value, "{name}");
    }
}

#[test]
fn init_writes_a_file_that_changes_nothing_and_never_replaces_one() {
    let home = tempfile::tempdir().unwrap();
    let before = done(home.path(), &["settings"]).out;
    done(home.path(), &["init"]);
    let file = home.path().join("papertide.toml");
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(done(home.path(), &["settings"]).out, before);
    for name in before.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(written.contains(&format!("\n#{name} = ")), "{name}");
    }
    fs::write(&file, "version = 1\nseed = 5\n").unwrap();
    let refused = run(home.path(), &["init"]);
    assert_eq!(
        (refused.code, tree(home.path())[Path::new("papertide.toml")].as_slice()),
        (Some(2), &b"version = 1\nseed = 5\n"[..])
    );
    assert!(refused.err.contains("papertide.toml") && refused.err.contains("--force"), "{}", refused.err);
    done(home.path(), &["init", "--force"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), written);
}

#[test]
fn a_variable_that_is_out_of_range_is_told_before_any_work() {
    let home = tempfile::tempdir().unwrap();
    let said = with(home.path(), &[("PAPERTIDE_WINDOW", "3")], &["report", "nowhere.txt"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.starts_with("error: PAPERTIDE_WINDOW=3, expected a whole number from 4 to 2000\n"),
        "{}",
        said.err
    );
    let said = with(home.path(), &[("PAPERTIDE_LEVEL", "9")], &["report", "nowhere.txt", "--themes", "8"]);
    assert!(said.code == Some(2) && said.err.starts_with("error: PAPERTIDE_LEVEL: "), "{}", said.err);
    let said = with(home.path(), &[("PAPERTIDE_ALGORITM", "k-means")], &["report", "nowhere.txt"]);
    assert!(said.code == Some(2) && said.err.contains("PAPERTIDE_ALGORITHM"), "{}", said.err);
}

/// `papers` shows what is read: what is set for later stages stands in its way no more than it helps.
#[test]
fn settings_of_later_stages_do_not_disturb_papers() {
    let home = tempfile::tempdir().unwrap();
    let file = "version = 1\nalgorithm = \"dbscan\"\nthemes = 5\nstop-words = \"nowhere.txt\"\npage-year = 2023\n";
    fs::write(home.path().join("papertide.toml"), file).unwrap();
    let said = done(home.path(), &["papers", text(&demo_pages().join("demo-page-1.txt"))]).out;
    assert!(said.contains("2023"), "{said}");
}
