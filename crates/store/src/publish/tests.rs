//! Runs folders through `publish` and holds what lies on the disk against what should. Nothing outside a temporary folder.

use super::*;
use std::collections::BTreeMap;

fn bundle(files: &[(&str, &str)]) -> Bundle {
    Bundle { files: files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect() }
}

fn run(text: &str) -> Bundle {
    bundle(&[("run.json", r#"{"run_id": "0"}"#), ("report.html", ""), ("charts/share.svg", text)])
}

/// Every file below `folder` with its content.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}

#[test]
fn a_new_run_replaces_the_old_one_whole() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("reports/2025-W45");
    let first = bundle(&[("run.json", "{\"run_id\": 1}"), ("report.html", ""), ("gone.txt", "x")]);
    publish(&first, &folder).unwrap();
    publish(&run("new"), &folder).unwrap();
    let expected: Vec<&str> = vec!["charts/share.svg", "report.html", "run.json"];
    assert_eq!(tree(&folder).keys().collect::<Vec<_>>(), expected);
    assert_eq!(fs::read_dir(home.path().join("reports")).unwrap().count(), 1, "nothing of the staging is left");
}

#[test]
fn folders_that_are_not_ours_are_refused_and_stay() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("thesis");
    fs::create_dir(&folder).unwrap();
    publish(&run("into an empty folder"), &folder).unwrap();
    fs::write(folder.join("run.json"), "{\"another\": \"program\"}").unwrap();
    let before = tree(&folder);
    let error = publish(&run("x"), &folder).unwrap_err();
    assert!(matches!(error, StoreError::NotOurs(_)), "{error}");
    assert_eq!(tree(&folder), before);
    let file = home.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert!(matches!(publish(&run("x"), &file).unwrap_err(), StoreError::FileInTheWay(_)));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn paths_that_lead_out_are_refused_before_anything_is_written() {
    let home = tempfile::tempdir().unwrap();
    for path in ["../x", "/x", "a/../../x", ""] {
        let error = publish(&bundle(&[(path, "x")]), &home.path().join("new/run")).unwrap_err();
        assert!(matches!(error, StoreError::OutsideBundle(_)), "{path}: {error}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

/// What a run leaves that is killed while it writes: its lock file is there, and nobody holds the lock.
fn leftover(parent: &Path, name: &str) -> PathBuf {
    let folder = parent.join(name);
    fs::create_dir_all(folder.join("fresh")).unwrap();
    fs::write(folder.join("in-use"), "").unwrap();
    folder
}

#[test]
fn leftovers_of_killed_runs_are_swept_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let dead = leftover(home.path(), ".papertide-staging-other-a1B2c3");
    let foreign = home.path().join(".papertide-staging-notes");
    fs::create_dir(&foreign).unwrap();
    let alive = Staging::new(home.path(), "run".as_ref()).unwrap();
    publish(&run("x"), &home.path().join("run")).unwrap();
    assert!(!dead.exists());
    assert!(foreign.exists());
    assert!(alive.old().parent().unwrap().exists(), "a run at work keeps its staging folder");
}

#[test]
fn a_report_that_a_killed_run_had_moved_away_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let dead = leftover(home.path(), ".papertide-staging-2025-W44-a1B2c3");
    fs::create_dir(dead.join(staging::OLD)).unwrap();
    fs::write(dead.join(staging::OLD).join("run.json"), "old").unwrap();
    publish(&run("x"), &home.path().join("2025-W45")).unwrap();
    assert_eq!(fs::read_to_string(home.path().join("2025-W44/run.json")).unwrap(), "old");
}

#[test]
fn write_file_replaces_files_only() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("new/papers.csv");
    write_file(&path, b"one").unwrap();
    write_file(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert!(matches!(write_file(home.path(), b"x").unwrap_err(), StoreError::NotAFile(_)));
    assert_eq!(fs::read_dir(home.path().join("new")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_linked_target_is_replaced_where_it_lies_and_modes_follow_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    publish(&run("old"), &home.path().join("real")).unwrap();
    std::os::unix::fs::symlink(home.path().join("real"), home.path().join("link")).unwrap();
    publish(&run("new"), &home.path().join("link")).unwrap();
    assert_eq!(tree(&home.path().join("real"))["charts/share.svg"], "new");
    assert!(home.path().join("link").is_symlink());
    fs::create_dir(home.path().join("plain")).unwrap();
    let mode = |name: &str| fs::metadata(home.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("real"), mode("plain"));
}
