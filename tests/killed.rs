//! A run that is killed, or cannot write, leaves the report before it as it was; the next run clears up.

use crate::program::{assert_same_tree, command, demo_pages, done, run, text, tree};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::LazyLock,
    thread::sleep,
    time::{Duration, Instant},
};

const STAGING: &str = ".papertide-staging-";

fn leftovers(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name());
    names.filter(|name| name.to_string_lossy().starts_with(STAGING)).count()
}

/// Starts the program and kills it (no handler can run) once `now` says so.
pub fn kill_when(folder: &Path, args: &[&str], now: impl Fn(Duration) -> bool) {
    let mut command = command(folder, args);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while !now(begun.elapsed()) && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// What is made of a finished run, with settings that give one thing and settings that give another; ONE and OTHER are runs.
const VERBS: [[&str; 2]; 4] = [
    ["charts ONE -o out --only share,map", "charts OTHER -o out --only share,map --theme dark"],
    ["slides ONE -o out", "slides OTHER -o out"],
    ["mail ONE -o out --to a@b", "mail OTHER -o out --to c@d"],
    ["compare ONE OTHER -o out", "compare OTHER ONE -o out"],
];

/// Two small runs, which all tests only read.
fn runs() -> &'static Path {
    static HOME: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let home = tempfile::tempdir().unwrap();
        let pages = [1, 2].map(|number| demo_pages().join(format!("demo-page-{number}.txt")));
        done(home.path(), &["report", "--quiet", "-o", "one", "--themes", "4", text(&pages[0])]);
        done(home.path(), &["report", "--quiet", "-o", "other", "--themes", "5", text(&pages[0]), text(&pages[1])]);
        home
    });
    HOME.path()
}

/// The words of a command, with the runs in their places.
fn words(typed: &str) -> Vec<String> {
    let run = |name| text(&runs().join(name)).to_owned();
    let word = |word: &str| match word {
        "ONE" => run("one"),
        "OTHER" => run("other"),
        word => word.to_owned(),
    };
    typed.split(' ').map(word).collect()
}

fn borrowed(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// What `typed` gives in a folder where nothing was before.
fn fresh(typed: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let home = tempfile::tempdir().unwrap();
    done(home.path(), &borrowed(&words(typed)));
    tree(home.path())
}

/// Killed at moments spread over the whole of its time, and the moment it begins to write.
#[test]
fn whatever_is_killed_every_file_is_the_old_one_or_the_new_one_and_the_runs_stay() {
    let before = tree(runs());
    for [first, second] in VERBS {
        let (old, new) = (fresh(first), fresh(second));
        let home = tempfile::tempdir().unwrap();
        let (first, second) = (words(first), words(second));
        let begun = Instant::now();
        done(home.path(), &borrowed(&second));
        let whole = begun.elapsed();
        for moment in 0..=6 {
            if tree(home.path()) != old {
                done(home.path(), &borrowed(&first));
            }
            let writes = || leftovers(home.path()) > 0;
            let late = |elapsed| elapsed > whole * moment / 6;
            kill_when(home.path(), &borrowed(&second), |elapsed| if moment == 0 { writes() } else { late(elapsed) });
            let staged = |path: &Path| path.to_string_lossy().starts_with(STAGING);
            let found: BTreeMap<_, _> = tree(home.path()).into_iter().filter(|(path, _)| !staged(path)).collect();
            assert_eq!(found.keys().collect::<Vec<_>>(), old.keys().collect::<Vec<_>>(), "{second:?}");
            let torn = found.iter().find(|(path, bytes)| *bytes != &old[*path] && *bytes != &new[*path]);
            assert!(torn.is_none(), "{second:?}: {:?}", torn.unwrap().0);
        }
        done(home.path(), &borrowed(&second));
        assert!(tree(home.path()) == new, "{second:?}: the next one is whole, and nothing lies beside it");
    }
    assert!(tree(runs()) == before, "verbs on a run write nothing into it");
}

/// A disk that takes no more: no file may be larger than 8 KB.
#[test]
#[cfg(unix)]
fn whatever_meets_a_full_disk_leaves_everything_before_it_whole() {
    for [first, second] in VERBS {
        let home = tempfile::tempdir().unwrap();
        done(home.path(), &borrowed(&words(first)));
        let before = tree(home.path());
        let said = on_a_full_disk(home.path(), &borrowed(&words(second)));
        let err = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.status.code() == Some(2) && err.starts_with("error: ") && err.contains("\nhint: "), "{err}");
        assert!(tree(home.path()) == before, "{second}: what was there is whole and nothing lies beside it");
    }
}

/// Runs the program where files end at 8 KB: a single run of a sweep fits, a page or a picture does not.
#[cfg(unix)]
pub fn on_a_full_disk(folder: &Path, args: &[&str]) -> std::process::Output {
    let limited = "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"";
    let mut all = vec!["-c", limited, env!("CARGO_BIN_EXE_papertide")];
    all.extend(args);
    std::process::Command::new("sh").args(all).current_dir(folder).output().unwrap()
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

    let begun = Instant::now();
    done(home.path(), &args(&two, &target));
    let whole = begun.elapsed();
    for moment in 0..=6 {
        if tree(&target) != tree(&before) {
            done(home.path(), &args(&one, &target));
        }
        let writes = || leftovers(home.path()) > 0;
        let late = |elapsed| elapsed > whole * moment / 6;
        kill_when(home.path(), &args(&two, &target), |elapsed| if moment == 0 { writes() } else { late(elapsed) });
        // The kill may come a moment before the swap or a moment after it: one whole report or the other, never a mixture.
        let found = if tree(&target) == tree(&before) { &before } else { &after };
        assert_same_tree(&target, found);
    }
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
