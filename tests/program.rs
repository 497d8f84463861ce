//! Starts the built program and collects what it said. It judges nothing.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

/// Top folder of the project.
pub const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The program with `args`, to be run in `folder`, with nothing on standard input.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papertide"));
    command.args(args).current_dir(folder).stdin(Stdio::null()).env_remove("NO_COLOR");
    command
}

pub fn run(folder: &Path, args: &[&str]) -> Said {
    said(&command(folder, args).output().unwrap())
}

/// Runs with `input` on standard input.
pub fn run_with_input(folder: &Path, args: &[&str], input: &[u8]) -> Said {
    let mut command = command(folder, args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    said(&child.wait_with_output().unwrap())
}

/// Runs and insists on success.
pub fn done(folder: &Path, args: &[&str]) -> Said {
    let said = run(folder, args);
    assert_eq!(said.code, Some(0), "papertide {}\n{}{}", args.join(" "), said.out, said.err);
    said
}

fn said(output: &Output) -> Said {
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Every file below `folder`: relative path to bytes.
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                files.insert(entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// Fails with the name of the first file that differs, instead of two folders of bytes.
pub fn assert_same_tree(one: &Path, other: &Path) {
    let (one_tree, other_tree) = (tree(one), tree(other));
    assert!(!one_tree.is_empty(), "{} holds nothing", one.display());
    let only = |a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>| {
        a.keys().filter(|path| !b.contains_key(*path)).cloned().collect::<Vec<_>>()
    };
    let apart = (only(&one_tree, &other_tree), only(&other_tree, &one_tree));
    assert!(
        apart.0.is_empty() && apart.1.is_empty(),
        "only in {}, only in {}: {apart:?}",
        one.display(),
        other.display()
    );
    for (path, bytes) in one_tree {
        assert!(bytes == other_tree[&path], "{} differs", path.display());
    }
}

pub fn demo_pages() -> PathBuf {
    Path::new(TOP).join("data/pages")
}

/// Paths as arguments.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A run folder of the demo, made once for all tests that only read it.
pub fn demo_run() -> PathBuf {
    static HOME: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let home = tempfile::tempdir().unwrap();
        done(home.path(), &["report", "--quiet", "-o", "run", text(&demo_pages())]);
        home
    });
    HOME.path().join("run")
}
