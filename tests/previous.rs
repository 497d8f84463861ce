//! Runs that go on from a run before, through the program: numbers, names and colours of themes, in tables and in charts, and what is
//! said of those that are new or gone.

use crate::program::{assert_same_tree, command, demo_pages, done, run, text, tree};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// A folder with three runs, each of which goes on from the one before: `1`, `2` with fewer themes, so that some are gone, and `3` with
/// more, so that some are new.
fn home() -> &'static Path {
    static HOME: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let home = tempfile::tempdir().unwrap();
        for more in [
            &["-o", "1", "--as-of", "2025-08-31", "--themes", "12"][..],
            &["-o", "2", "--as-of", "2025-09-30", "--themes", "9", "--previous", "1"],
            &["-o", "3", "--themes", "13", "--previous", "2"],
        ] {
            report(home.path(), more);
        }
        home
    });
    HOME.path()
}

fn report(home: &Path, more: &[&str]) {
    done(home, &[&["report", "--quiet", text(&demo_pages())], more].concat());
}

/// A copy of a run elsewhere.
fn copy(run: &str, to: &Path) {
    for (path, bytes) in tree(&home().join(run)) {
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::write(to.join(path), bytes).unwrap();
    }
}

fn record(run: &str) -> Value {
    serde_json::from_slice(&fs::read(home().join(run).join("run.json")).unwrap()).unwrap()
}

/// Name and colour of every theme by its number.
fn themes(record: &Value) -> BTreeMap<u64, (String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let theme = |t: &Value| (t["theme"].as_u64().unwrap(), (text(&t["name"]), text(&t["colour"])));
    record["themes"].as_array().unwrap().iter().map(theme).collect()
}

fn numbers(list: &Value) -> BTreeSet<u64> {
    list.as_array().unwrap().iter().map(|theme| theme["theme"].as_u64().unwrap()).collect()
}

/// Names with the colours of the dots beside them, from top to bottom.
fn rows_of_the_heat_map(run: &str) -> Vec<(String, String)> {
    let svg = fs::read_to_string(home().join(run).join("charts/heatmap.svg")).unwrap();
    let between = |line: &str, a: &str, b: &str| line.split_once(a).unwrap().1.split_once(b).unwrap().0.to_owned();
    let dots = svg.lines().filter(|line| line.starts_with("<circle ") && line.contains(" r=\"9\" "));
    let names = svg.lines().filter(|line| line.starts_with("<text x=\"104\" "));
    names.zip(dots).map(|(name, dot)| (between(name, ">", "<"), between(dot, "fill=\"", "\""))).collect()
}

#[test]
fn themes_that_go_on_keep_number_name_and_colour_over_three_runs() {
    let records = ["1", "2", "3"].map(record);
    let all = records.each_ref().map(themes);
    for (before, after) in [(0, 1), (1, 2), (0, 2)] {
        let both: Vec<&u64> = all[before].keys().filter(|number| all[after].contains_key(number)).collect();
        assert!(both.len() >= 6, "{both:?}");
        assert!(both.iter().all(|number| all[before][number] == all[after][number]), "{before} {after}");
    }
    for (at, record) in records.iter().enumerate().skip(1) {
        let previous = &record["previous"];
        assert_eq!(previous["run_id"], records[at - 1]["run_id"]);
        assert_eq!(record["settings"]["previous"], records[at - 1]["run_id"]);
        let (kept, new, gone) = (numbers(&previous["kept"]), numbers(&previous["new"]), numbers(&previous["gone"]));
        let now: BTreeSet<u64> = all[at].keys().copied().collect();
        let then: BTreeSet<u64> = all[at - 1].keys().copied().collect();
        assert_eq!(kept, &now & &then);
        assert_eq!((new.clone(), gone), (&now - &then, &then - &now));
        let ever = all[..at].iter().flat_map(|themes| themes.keys()).max().unwrap();
        assert!(new.iter().all(|number| number > ever), "{new:?} after {ever}");
        let different: BTreeSet<&(String, String)> = all[at].values().collect();
        assert_eq!(different.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len(), now.len());
        assert_eq!(different.iter().map(|(_, colour)| colour).collect::<BTreeSet<_>>().len(), now.len());
    }
    assert!(
        !numbers(&records[1]["previous"]["gone"]).is_empty() && !numbers(&records[2]["previous"]["new"]).is_empty()
    );
}

#[test]
fn charts_show_the_same_colours_in_the_same_order() {
    for run in ["1", "2", "3"] {
        let of_run: Vec<(String, String)> = themes(&record(run)).into_values().collect();
        let rows = rows_of_the_heat_map(run);
        assert_eq!(rows.len(), of_run.len());
        for (row, theme) in rows.iter().zip(&of_run) {
            // Behind a name may stand that the theme does not survive.
            assert!(row.0.starts_with(&theme.0) && row.1 == theme.1, "run {run}: {row:?}, expected {theme:?}");
        }
        for chart in ["share", "stacked", "heatmap"] {
            let csv = fs::read_to_string(home().join(run).join(format!("charts/{chart}.csv"))).unwrap();
            let svg = fs::read_to_string(home().join(run).join(format!("charts/{chart}.svg"))).unwrap();
            let mut shown: Vec<u64> =
                csv.lines().skip(1).map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
            assert!(shown.is_sorted(), "{chart} of {run}: {shown:?}");
            shown.dedup();
            let colours = themes(&record(run));
            assert!(shown.iter().all(|number| svg.contains(&colours[number].1)), "{chart} of {run}");
        }
    }
}

#[test]
fn what_went_on_what_is_new_and_what_is_gone_is_said() {
    for run in ["2", "3"] {
        let record = record(run);
        let page = fs::read_to_string(home().join(run).join("report.md")).unwrap();
        let before = record["previous"]["run_id"].as_str().unwrap();
        let summary = page.lines().find(|line| line.contains(&format!("from run {before}"))).unwrap();
        let shared = record["previous"]["shared_papers"].as_u64().unwrap();
        assert!(summary.contains(&format!("({shared} papers in both runs)")), "{summary}");
        let table = fs::read_to_string(home().join(run).join("tables/themes.csv")).unwrap();
        let new = table.lines().filter(|line| line.ends_with(",new,")).count();
        assert_eq!(new, numbers(&record["previous"]["new"]).len());
    }
    assert!(record("1")["previous"].is_null());
    assert!(fs::read_to_string(home().join("1/tables/themes.csv")).unwrap().lines().skip(1).all(|l| l.ends_with(",,")));
}

/// Papers with their numbers of themes, and what else stands in the table of them but numbers and names.
fn papers(run: &Path) -> (Vec<String>, Vec<String>) {
    let table = polars::prelude::CsvReadOptions::default()
        .try_into_reader_with_file_path(Some(run.join("tables/papers.csv")))
        .unwrap();
    let frame = polars::prelude::SerReader::finish(table).unwrap();
    let column = |name: &str| -> Vec<String> {
        let cells = frame.column(name).unwrap();
        (0..cells.len()).map(|row| cells.get(row).unwrap().to_string()).collect()
    };
    let rest = column("id").into_iter().zip(column("strength")).map(|(id, strength)| format!("{id} {strength}"));
    (column("theme"), rest.collect())
}

#[test]
fn the_groups_and_their_measures_are_those_that_are_found_without_a_previous_run() {
    report(home(), &["-o", "plain", "--themes", "13"]);
    let ((with, rest), (without, other)) = (papers(&home().join("3")), papers(&home().join("plain")));
    assert_eq!(rest, other);
    let ways: BTreeSet<(&String, &String)> = with.iter().zip(&without).collect();
    assert_eq!(ways.len(), with.iter().collect::<BTreeSet<_>>().len(), "one to one: {ways:?}");
    assert_ne!(with, without, "the numbers are others");
    let plain: Value = serde_json::from_slice(&fs::read(home().join("plain/run.json")).unwrap()).unwrap();
    assert_eq!(record("3")["quality"], plain["quality"]);
    assert_ne!(record("3")["run_id"], plain["run_id"]);
}

#[test]
fn threads_order_and_the_place_of_the_previous_run_change_nothing() {
    let elsewhere = tempfile::tempdir().unwrap();
    copy("2", &elsewhere.path().join("moved"));
    let pages: Vec<PathBuf> = tree(&demo_pages()).into_keys().collect();
    let backwards: Vec<&str> = pages.iter().rev().map(|path| text(path)).collect();
    for threads in ["1", "2", "8"] {
        let output = elsewhere.path().join(threads);
        let previous = elsewhere.path().join("moved");
        let made = ["report", "--quiet", "--themes", "13", "--threads", threads, "-o", text(&output)];
        done(&demo_pages(), &[&made[..], &["--previous", text(&previous)], &backwards].concat());
        assert_same_tree(&elsewhere.path().join("1"), &output);
    }
    // Inputs are called by the folder that was given: with the same names, the run is the same as the one at home.
    let (one, other) = (elsewhere.path().join("1/tables/themes.csv"), home().join("3/tables/themes.csv"));
    assert_eq!(fs::read(one).unwrap(), fs::read(other).unwrap());
}

#[test]
fn a_run_that_goes_on_is_made_again_with_the_run_before_and_not_without() {
    let pages = demo_pages();
    let verify = |home: &Path, more: &[&str]| run(home, &[&["verify", "3", text(&pages)], more].concat());
    assert_eq!(verify(home(), &[]).code, Some(0), "{}", verify(home(), &[]).err);
    let alone = tempfile::tempdir().unwrap();
    copy("3", &alone.path().join("3"));
    let before = record("2")["run_id"].as_str().unwrap().to_owned();
    let missing = verify(alone.path(), &[]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.out.ends_with(", because of: previous\n"), "{}", missing.out);
    let told =
        format!("error: 3: the previous run is missing: no folder beside this one holds it, expected run {before}");
    assert!(missing.err.starts_with(&told) && missing.err.contains("--previous"), "{}", missing.err);
    let (right, wrong) = (home().join("2"), home().join("1"));
    assert_eq!(verify(alone.path(), &["--previous", text(&right)]).code, Some(0));
    let other = verify(alone.path(), &["--previous", text(&wrong)]);
    let now = format!("1: this folder holds another run now: {}", record("1")["run_id"].as_str().unwrap());
    assert!(other.code == Some(1) && other.err.contains(&now), "{}", other.err);
}

#[test]
fn the_previous_run_can_be_named_in_every_way_a_setting_can() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("team/papertide.toml");
    fs::create_dir(folder.path().join("team")).unwrap();
    fs::write(&settings, "version = 1\nprevious = \"last\"\n").unwrap();
    let told = || run(folder.path(), &["settings", "--settings", "team/papertide.toml"]);
    // Paths in a file are meant from its folder.
    copy("1", &folder.path().join("last"));
    assert!(told().err.starts_with("error: team/last: there is no such folder"), "{}", told().err);
    fs::rename(folder.path().join("last"), folder.path().join("team/last")).unwrap();
    let line = told().out.lines().find(|line| line.starts_with("previous ")).unwrap().to_owned();
    assert!(line.ends_with("team/papertide.toml:2"), "{line}");
    let variable = command(folder.path(), &["report", "--quiet", "--themes", "9", "--as-of", "2025-09-30", "-o", "2"])
        .arg(demo_pages())
        .env("PAPERTIDE_PREVIOUS", home().join("1"))
        .output()
        .unwrap();
    assert!(variable.status.success());
    assert_same_tree(&home().join("2"), &folder.path().join("2"));
}

#[test]
fn a_run_does_not_replace_the_run_that_it_goes_on_from() {
    let before = tree(&home().join("2"));
    let pages = demo_pages();
    let said = run(home(), &["report", text(&pages), "-o", "2", "--previous", "2"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.starts_with("error: 2: the report would replace run "), "{}", said.err);
    assert!(tree(&home().join("2")) == before);
}

#[test]
fn without_a_paper_in_both_the_themes_are_those_without_a_previous_run_and_a_notice_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let subjects = [["sand", "dune", "beach"], ["ice", "glacier", "snow"]];
    let row = |at: usize| {
        let [a, b, c] = subjects[at % 2];
        format!(
            "{{\"title\":\"{a} {at}\",\"abstract\":\"On {a} and {b} with {c}, case {at}\",\"date\":\"2025-03-{:02}\"}}\n",
            1 + at % 27
        )
    };
    fs::write(folder.path().join("rows.jsonl"), (0..60).map(row).collect::<String>()).unwrap();
    let made = ["report", "--themes", "2", "rows.jsonl", "-o"];
    done(folder.path(), &[&made[..], &["plain"]].concat());
    let said = done(folder.path(), &[&made[..], &["after", "--previous", text(&home().join("1"))]].concat());
    assert!(said.err.contains("warning: no paper is in this run and in the previous run "), "{}", said.err);
    let table = |run: &str| fs::read(folder.path().join(run).join("tables/themes.csv")).unwrap();
    assert_eq!(table("after"), table("plain"));
    let record: Value = serde_json::from_slice(&fs::read(folder.path().join("after/run.json")).unwrap()).unwrap();
    assert!(record["previous"].is_null());
}

#[test]
fn seed_themes_keep_their_name_and_take_the_number_of_the_theme_that_they_are() {
    let name = |record: &Value, number: u64| themes(record).get(&number).map(|theme| theme.0.clone());
    let (number, found) = themes(&record("1"))
        .into_iter()
        .find_map(|(number, (name, _))| (name == "KV cache").then_some((number, name)))
        .unwrap();
    fs::write(home().join("seeds.toml"), "[[theme]]\nname = \"Caches\"\nwords = [\"KV cache\"]\n").unwrap();
    let made = ["-o", "seeded", "--as-of", "2025-08-31", "--themes", "12", "--previous", "1"];
    report(home(), &[&made[..], &["--seed-themes", "seeds.toml"]].concat());
    let seeded = record("seeded");
    assert_eq!(name(&seeded, number).as_deref(), Some("Caches"));
    assert!(!themes(&seeded).values().any(|theme| theme.0 == found));
    let page = fs::read_to_string(home().join("seeded/report.md")).unwrap();
    assert!(page.contains("Called otherwise now: Caches (before: KV cache)."));
}

#[test]
fn explain_speaks_of_the_themes_of_the_report_and_compare_of_the_same_in_both() {
    let pages = demo_pages();
    let themes = themes(&record("3"));
    let table = fs::read_to_string(home().join("3/tables/papers.csv")).unwrap();
    let paper = table.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let said = done(home(), &["explain", text(&pages), "--paper", &paper, "--themes", "13", "--previous", "2"]);
    let nearest = said.out.lines().find(|line| line.contains(" theme, ")).unwrap();
    assert!(
        themes.iter().any(|(number, (name, _))| nearest.contains(&format!("theme, {number} {name}:"))),
        "{nearest}"
    );
    done(home(), &["compare", "2", "3", "-o", "compared"]);
    let json: Value = serde_json::from_slice(&fs::read(home().join("compared/comparison.json")).unwrap()).unwrap();
    let pairs = json["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), numbers(&record("3")["previous"]["kept"]).len());
    for pair in pairs {
        assert_eq!(pair["first"]["theme"], pair["second"]["theme"]);
        assert_eq!(pair["first"]["name"], pair["second"]["name"]);
    }
}

#[test]
fn a_sweep_goes_on_from_no_run() {
    let pages = demo_pages();
    let sweep = ["sweep", text(&pages), "--set", "themes=4,5", "-o", "swept", "--quiet"];
    let said = run(home(), &[&sweep[..], &["--previous", "1"]].concat());
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("--previous 1: a sweep goes on from no run") && said.err.contains("hint: "),
        "{}",
        said.err
    );
    // What is there for reports does not stand in its way.
    let set = command(home(), &sweep).env("PAPERTIDE_PREVIOUS", "1").output().unwrap();
    assert!(set.status.success(), "{}", String::from_utf8_lossy(&set.stderr));
    let page = fs::read_to_string(home().join("swept/plan.json")).unwrap();
    assert!(!page.contains("previous"), "{page}");
}
