//! A run that is killed, or cannot write, leaves the report before it as it was; the next run clears up.

use crate::program::{assert_same_tree, command, demo_pages, done, run, text, tree};
use std::{
    fs,
    path::Path,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

fn leftovers(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".papertide-staging-")).count()
}

/// Starts a report and kills it (no handler can run) once `now` says so.
fn kill_when(folder: &Path, args: &[&str], now: impl Fn(Duration) -> bool) {
    let mut command = command(folder, args);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while !now(begun.elapsed()) && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_killed_run_leaves_the_previous_report_whole() {
    let home = tempfile::tempdir().unwrap();
    let (target, before, after) = (home.path().join("run"), home.path().join("before"), home.path().join("after"));
    let page = |number: u8| demo_pages().join(format!("demo-page-{number}.txt"));
    let (one, two) = (page(1), page(2));
    let args = |page, output| ["report", text(page), "--themes", "4", "--quiet", "-o", text(output)];
    done(home.path(), &args(&one, &before));
    done(home.path(), &args(&one, &target));
    done(home.path(), &args(&two, &after));

    kill_when(home.path(), &args(&two, &target), |elapsed| elapsed > Duration::from_millis(50));
    assert_same_tree(&target, &before);
    kill_when(home.path(), &args(&two, &target), |_| leftovers(home.path()) > 0);
    // The kill may come a moment before the swap or a moment after it: one whole report or the other, never a mixture.
    let whole = if tree(&target) == tree(&before) { &before } else { &after };
    assert_same_tree(&target, whole);

    done(home.path(), &args(&two, &target));
    assert_same_tree(&target, &after);
    assert_eq!(leftovers(home.path()), 0);
}

#[test]
fn a_refused_run_leaves_the_previous_report_whole() {
    let home = tempfile::tempdir().unwrap();
    let page = demo_pages().join("demo-page-1.txt");
    let (target, before) = (home.path().join("run"), home.path().join("before"));
    for output in [&target, &before] {
        done(home.path(), &["report", text(&page), "--themes", "4", "--quiet", "-o", text(output)]);
    }
    assert_eq!(run(home.path(), &["report", "nowhere.txt", "-o", "run"]).code, Some(1));
    assert_same_tree(&target, &before);
}

#[test]
fn a_folder_that_is_not_ours_is_never_replaced() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("thesis")).unwrap();
    fs::write(home.path().join("thesis/chapter.txt"), "years of work").unwrap();
    let said = run(home.path(), &["report", text(&demo_pages()), "-o", "thesis"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("thesis") && said.err.contains("hint: "), "{}", said.err);
    assert_eq!(tree(&home.path().join("thesis")).len(), 1);
}
