//! Golden cases: a folder of bad input each, and what the program must say about it, word for word.
//!
//! A case is a folder of `bad_input/`: its files, `args` (one argument a line; absent: `report input -o out`), and
//! `expected`, which is the exit code, standard error, and nothing else. `PAPERTIDE_BLESS=1 cargo test -p papertide`
//! writes `expected` anew; read the difference before you commit it.

use crate::program::{TOP, run};
use std::{
    fs,
    path::{Path, PathBuf},
};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(TOP).join("tests/bad_input");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    cases.sort();
    cases
}

fn args(case: &Path) -> Vec<String> {
    let typed = fs::read_to_string(case.join("args")).unwrap_or_else(|_| "report\ninput\n-o\nout\n".to_owned());
    typed.lines().map(str::to_owned).collect()
}

/// Runs a case in a copy of its folder, so that anything it wrote would be seen.
fn outcome(case: &Path) -> String {
    let home = tempfile::tempdir().unwrap();
    copy(case, home.path());
    let before = crate::program::tree(home.path());
    let args = args(case);
    let said = run(home.path(), &args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(crate::program::tree(home.path()), before, "{}: something was written", case.display());
    assert_eq!(said.out, "", "{}", case.display());
    assert!(!said.err.contains("panicked"), "{}", said.err);
    format!("exit {}\n{}", said.code.map_or("by a signal".to_owned(), |code| code.to_string()), said.err)
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else if !["args", "expected"].iter().any(|name| entry.file_name() == *name) {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn every_problem_is_told_as_expected() {
    let bless = std::env::var_os("PAPERTIDE_BLESS").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for case in cases() {
        let (path, found) = (case.join("expected"), outcome(&case));
        if bless {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- found\n{found}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Holds for whatever was blessed: a refusal says what is wrong and what to do.
#[test]
fn every_expected_text_is_a_message_with_a_hint() {
    for case in cases() {
        let expected = fs::read_to_string(case.join("expected")).unwrap();
        assert!(expected.starts_with("exit 1\n"), "{}\n{expected}", case.display());
        assert!(expected.contains("\nerror: ") && expected.contains("\nhint: "), "{}\n{expected}", case.display());
    }
}
