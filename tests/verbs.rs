//! Exit codes, `--json`, `--quiet`, pipes, standard input, compressed files, and the table of `papers`.

use crate::{
    program::{TOP, command, demo_pages, done, run, run_with_input, text},
    tables,
};
use serde_json::Value;
use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    process::Stdio,
};

fn page() -> String {
    text(&demo_pages().join("demo-page-1.txt")).to_owned()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn exit_codes_tell_input_from_usage() {
    let home = tempfile::tempdir().unwrap();
    let code = |args: &[&str]| run(home.path(), args).code;
    assert_eq!(code(&["papers", &page()]), Some(0));
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["papers", "nowhere.txt"]), Some(1));
    for usage in [
        &["report"] as &[&str],
        &["forecast"],
        &["report", "x", "--themes", "0"],
        &["report", "x", "--bin", "day"],
        &["report", "x", "--algorithm", "magic"],
        &["report", "x", "--algorithm", "dbscan", "--eps", "0"],
        &["report", "x", "--algorithm", "optics", "--min-points", "1"],
        &["report", "x", "--threads", "0"],
        &["papers", "x", "--page-year", "20255"],
        &["papers", "x", "--columns", "colour=title"],
        &["papers", &page(), "-o", "papers.docx"],
    ] {
        assert_eq!(code(usage), Some(2), "{usage:?}");
    }
}

/// Told before anything is read: the input is not there.
#[test]
fn options_that_do_not_fit_together_are_told_before_any_work() {
    let home = tempfile::tempdir().unwrap();
    for (typed, option) in [
        (["--algorithm", "dbscan", "--themes", "5"], "--themes"),
        (["--algorithm", "k-means", "--eps", "0.5"], "--eps"),
        (["--algorithm", "hierarchical", "--min-points", "5"], "--min-points"),
        (["--algorithm", "optics", "--linkage", "ward"], "--linkage"),
        (["--themes", "5", "--level", "6"], "--level"),
    ] {
        let said = run(home.path(), &[&["report", "nowhere.txt"], &typed[..]].concat());
        assert_eq!(said.code, Some(2), "{typed:?}");
        let [error, hint] = said.err.lines().collect::<Vec<_>>()[..] else { panic!("{}", said.err) };
        assert!(error.starts_with("error: ") && error.contains(option) && error.contains(typed[1]), "{error}");
        assert!(hint.starts_with("hint: "), "{hint}");
    }
}

#[test]
fn json_is_one_object_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let said = json(&done(home.path(), &["report", &page(), "--themes", "4", "--json", "-o", "out"]).out);
    assert_eq!(said["status"], "done");
    assert_eq!(said["papers"], 65);
    assert_eq!(said["themes"].as_array().unwrap().len(), 4);
    let run_json = json(&fs::read_to_string(home.path().join("out/run.json")).unwrap());
    assert_eq!(said["run_id"], run_json["run_id"]);
    let papers = json(&done(home.path(), &["papers", &page(), "--json"]).out);
    assert_eq!(papers["sources"][0]["papers"], 65);
    let refused = run(home.path(), &["papers", "nowhere.txt", "--json"]);
    assert_eq!(json(&refused.out)["status"], "refused");
    assert!(refused.err.starts_with("error: nowhere.txt"), "{}", refused.err);
}

#[test]
fn the_summary_says_where_how_many_and_which_year() {
    let home = tempfile::tempdir().unwrap();
    let said = done(home.path(), &["report", &page()]);
    let folder = fs::read_dir(home.path().join("reports")).unwrap().flatten().next().unwrap().file_name();
    let folder = folder.to_str().unwrap();
    assert!(folder.starts_with("2025-W"), "{folder}");
    for part in [&format!("reports/{folder}/report.html"), "65 from 65 entries", "undated", "2025", "themes: "] {
        assert!(said.out.contains(part), "{part} in\n{}", said.out);
    }
    assert_eq!(said.err, "", "silence in a pipe");
    assert_eq!(done(home.path(), &["papers", &page(), "--quiet"]).out, "");
}

#[test]
fn a_page_year_that_is_given_is_taken() {
    let home = tempfile::tempdir().unwrap();
    let in_year = |year: &str, more: &[&str]| {
        let page = page();
        done(home.path(), &[&["papers", &page, "-o", "papers.csv"], more].concat());
        tables::read(&home.path().join("papers.csv")).iter().filter(|row| row["published"].starts_with(year)).count()
    };
    let (inferred, given) = (in_year("2025", &[]), in_year("2023", &["--page-year", "2023"]));
    assert!(inferred > 0);
    assert_eq!(inferred, given, "the dates without a year, all of them, move to the year that was given");
    assert_eq!(in_year("2025", &["--page-year", "2023"]), 0);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let home = tempfile::tempdir().unwrap();
    for args in [["papers", &page()], ["papers", "--json"]] {
        let mut command = command(home.path(), &args);
        if args[1] == "--json" {
            command.arg(page());
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
        assert_eq!(err, "");
    }
}

/// Columns of `papers` that do not depend on what a source is called.
fn papers_of(folder: &Path, args: &[&str], input: &[u8]) -> Vec<(String, String)> {
    let mut all = vec!["papers", "-o", "papers.csv"];
    all.extend(args);
    let said = run_with_input(folder, &all, input);
    assert_eq!(said.code, Some(0), "{}", said.err);
    tables::read(&folder.join("papers.csv"))
        .into_iter()
        .map(|row| (row["title"].clone(), row["published"].clone()))
        .collect()
}

#[test]
fn standard_input_and_compressed_files_are_read_like_files() {
    let home = tempfile::tempdir().unwrap();
    let bytes = fs::read(page()).unwrap();
    let plain = papers_of(home.path(), &[&page()], b"");
    assert_eq!(plain.len(), 65);
    assert_eq!(papers_of(home.path(), &["-"], &bytes), plain);
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(&bytes).unwrap();
    let packed = writer.finish().unwrap();
    fs::write(home.path().join("page.gz"), &packed).unwrap();
    assert_eq!(papers_of(home.path(), &["page.gz"], b""), plain);
    assert_eq!(papers_of(home.path(), &["-"], &packed), plain);
}

#[test]
fn papers_written_as_a_table_read_back_as_the_same_papers() {
    let home = tempfile::tempdir().unwrap();
    let plain = papers_of(home.path(), &[&page()], b"");
    for name in ["written.csv", "written.parquet"] {
        done(home.path(), &["papers", &page(), "-o", name]);
        let again = papers_of(home.path(), &[name, "--columns", "date=published"], b"");
        assert_eq!(again, plain, "{name}");
    }
}

#[test]
fn the_table_of_sources_adds_up() {
    let said = done(Path::new(TOP), &["papers", "data/pages"]).out;
    let rows: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0][..6], ["source", "format", "papers", "dated", "undated", "duplicates"]);
    let all = rows.iter().find(|row| row.first() == Some(&"all")).unwrap();
    assert_eq!(all[1..5], ["390", "384", "6", "30"], "{said}");
    assert!(said.contains("papers: 360 from 390 entries of 6 sources, 30 merged"), "{said}");
}
