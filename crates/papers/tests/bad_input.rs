//! Bad files, one a test: each is refused with its place, what was found, what was expected and what to do.
//! All problems of all files come at once, and no bytes make the reader panic.
#![expect(clippy::unwrap_used, reason = "a test may")]

use flate2::{Compression, write::GzEncoder};
use model::{Notice, Severity};
use papers::{ReadSettings, Source, gather, read};
use proptest::prelude::*;
use std::io::Write;

fn refuse(files: &[(&str, &[u8])]) -> Vec<Notice> {
    let sources = files.iter().map(|(name, bytes)| Source { name: (*name).to_owned(), bytes: bytes.to_vec() });
    let problems = read(sources.collect(), &ReadSettings::default()).unwrap_err();
    for problem in &problems {
        assert_eq!(problem.severity, Severity::Error);
        assert!(!problem.found.is_empty() && !problem.expected.is_empty() && !problem.hint.is_empty(), "{problem:?}");
    }
    problems
}

#[track_caller]
fn check(name: &str, bytes: &[u8], line: Option<u64>, found: &str) {
    let problems = refuse(&[(name, bytes)]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((problems[0].file.as_deref(), problems[0].line), (Some(name), line), "{problems:?}");
    assert!(problems[0].found.contains(found), "{problems:?}");
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn files_that_are_no_text() {
    check("a.txt", b"", None, "an empty file");
    check("a.txt", b" \n\xef\xbb\xbf\n", None, "white space");
    check("a.txt", b"One\nTwo \xff\n", Some(2), "byte 0xff at byte offset 8");
    check("a.txt", b"\xff\xfeO\0n\0e\0", None, "UTF-16");
    check("a.png", b"\x89PNG\r\n\x1a\n\0\0\0", None, "binary data");
    check(
        "a.json.gz",
        &gzipped(b"[{\"title\": \"t\", \"abstract\": \"a\"}]")[..20],
        None,
        "gzip file that cannot be unpacked",
    );
    check("a.txt.gz", &gzipped(b""), None, "an empty file");
    check("a.html", b"<!DOCTYPE html>\n<html><body>\nOne\n</body>", Some(1), "the source of a web page");
    check("a.txt", b"\n<html lang=en>\n", Some(1), "the source of a web page");
    check("a.parquet", b"PAR1 and then nothing", None, "a Parquet file that cannot be read");
    assert_eq!(refuse(&[])[0].found, "no input");
}

#[test]
fn broken_json() {
    check(
        "a.json",
        b"[\n{\"title\": \"t\", \"abstract\": \"a\"},\n{\"title\": \"t\" \"abstract\"}\n]",
        Some(3),
        "broken JSON",
    );
    check("a.json", b"[\n{\"title\": \"t\",\n \"abstract\": \"cut", Some(3), "the end of the file");
    check("a.json", b"[{\"title\": \"\\ud800\", \"abstract\": \"a\"}]", Some(1), "broken JSON");
    check("a.jsonl", b"{\"title\": \"t\", \"abstract\": \"a\"}\n{\"title\": \n", Some(2), "broken JSON");
    check("a.json", b"{\"error\": \"not found\"}", Some(1), "without a column for the title; its columns are `error`");
    check("a.json", b"{\n\"error\": \"not found\"\n}", Some(1), "its columns are `error`");
    check("a.json", b"[{\"title\": \"t\"}]", Some(1), "without a column for the abstract; its columns are `title`");
    check("a.json", b"[\n\"{'paper': {'id': 1} \"\n]", Some(2), "no Python dict: at its byte");
    check("a.json", b"[{\"title\": \"t\", \"abstract\": \"a\"},\n 17]", Some(2), "no entry: `17`");
}

#[test]
fn broken_csv() {
    check("a.csv", b"title,abstract\nt,a\nt,a,b\n", Some(3), "a record of 3 fields");
    check("a.csv", b"title,abstract\nt,\"a\nb\n", Some(2), "never closed");
    check("a.csv", b"title,abstract\nt,a \"b\" c\n", Some(2), "a quote inside a field");
    check("a.csv", b"title,abstract\n", Some(1), "a table without rows");
    check("a.csv", b"title,theme,date\nt,x,2024-01-01\n", Some(1), "its columns are `title`, `theme`, `date`");
    check("a.csv", b"title,abstract,date\nt,a,2025-02-30\n", Some(2), "`2025-02-30`, which no calendar has");
    check(
        "a.csv",
        b"title,abstract,date\n\"t\nu\",a,\nt,a,03/04/2024\n",
        Some(4),
        "`03/04/2024`, which is not understood",
    );
}

#[test]
fn dates_without_a_usable_year_beside_them() {
    check("a.csv", b"title,abstract,date,year\nt,a,APR 21,\n", Some(2), "`APR 21`, which is not understood");
    check("a.csv", b"title,abstract,date,year\nt,a,2025-02-30,2025\n", Some(2), "which no calendar has");
    check("a.csv", b"title,abstract,date,year\nt,a,,soon\n", Some(2), "`soon`, which is not understood");
}

#[test]
fn dates_that_could_be_two_or_none() {
    let problems = refuse(&[("a.csv", b"title,abstract,date\nt,a,03/04/2022\nu,b,2204-05-01\n")]);
    let told: Vec<_> = problems.iter().map(|p| (p.line, p.found.as_str(), p.hint.as_str())).collect();
    let ambiguous = "the date `03/04/2022`, which is not understood: either of its first numbers may be the month";
    let outside = "the date `2204-05-01`, which is outside the years 1600 to 2199";
    let correct = "correct the date, or leave the field empty so that the paper counts as undated";
    assert_eq!(told, [(Some(2), ambiguous, "write dates as year-month-day"), (Some(3), outside, correct)]);
}

#[test]
fn references_and_workbooks_are_named_once() {
    let bibtex = "% of Zotero\n\n@article{smith_0,\n\ttitle = {One},\n\tabstract = {An abstract.}\n}\n@book{x,\n}\n";
    check("a.bib", bibtex.as_bytes(), Some(1), "references in BibTeX");
    check("a.txt", b"\xef\xbb\xbf\nTY  - JOUR\nTI  - One\nAB  - An abstract.\nER  - \n", Some(2), "references in RIS");
    check("a.nbib", b"PMID- 3000\nOWN - NLM\nTI  - One\n", Some(1), "PubMed");
    let plain = b"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI One\nER\n\nEF\n";
    check("a.txt", plain, Some(1), "the plain text of Web of Science");
    check("a.txt.gz", &gzipped(plain), Some(1), "the plain text of Web of Science");
    check("a.pdf", b"%PDF-1.5\n%\xe2\xe3\0", None, "a PDF file");
    check("a.xlsx", b"PK\x03\x04\x14\0\0\0", None, "an Excel workbook or zip archive");
    assert!(refuse(&[("a.ris", b"TY  - JOUR\n")])[0].hint.contains("export the papers as CSV"));
}

#[test]
fn what_only_looks_like_references_is_a_page() {
    for title in ["@home: robots in kitchens", "TYPE - a checker", "FN and FP", "PMIDs of papers"] {
        let text = format!("{title}\nAn abstract of the paper, which says what it is about.\n");
        let page = Source { name: "a.txt".to_owned(), bytes: text.into_bytes() };
        assert_eq!(read(vec![page], &ReadSettings::default()).unwrap().papers.len(), 1, "{title}");
    }
}

#[test]
fn a_table_with_tabs_is_never_read_as_a_page() {
    let text = b"Kind\tHeadline\tWords\nJ\tOne\tAn abstract of it.\nJ\tTwo\tAnother abstract.\n";
    check("a.txt", text, Some(1), "without a column for the title; its columns are `Kind`, `Headline`, `Words`");
    check("a.txt", b"PT\tTI\tAB\nJ\tt\ta \"b\" c\nJ\tt\n", Some(2), "a quote inside a field");
}

#[test]
fn all_problems_of_all_files_come_at_once_in_order() {
    let problems = refuse(&[
        ("b.csv", b"title,abstract,date\nt,a,2025-02-30\nu,b,2025-02-31\n"),
        ("c.txt", b""),
        ("a.txt", b"One\nAn abstract of it.\n\n\xc2\xb7\nFeb 30\n\nTwo"),
    ]);
    let places: Vec<_> = problems.iter().map(|problem| (problem.file.as_deref().unwrap(), problem.line)).collect();
    let expected = [("a.txt", Some(5)), ("a.txt", Some(7)), ("b.csv", Some(2)), ("b.csv", Some(3)), ("c.txt", None)];
    assert_eq!(places, expected);
}

#[test]
fn files_without_a_paper_are_named() {
    let problems = refuse(&[("2025-01-10.json", b"[]"), ("a.csv", b"title,abstract\n,\n")]);
    let found: Vec<_> = problems.iter().map(|problem| (problem.file.as_deref(), problem.found.as_str())).collect();
    assert_eq!(
        found,
        [
            (Some("2025-01-10.json"), "a list without entries"),
            (Some("a.csv"), "1 entry with neither title nor abstract: left out"),
            (None, "no paper in any of the inputs"),
        ]
    );
    assert!(problems.iter().all(|problem| problem.severity == Severity::Error));
}

#[test]
#[cfg(unix)]
fn a_socket_in_a_folder_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("page.txt")).unwrap();
    std::fs::write(folder.path().join("a.csv"), "title,abstract\nt,a\n").unwrap();
    let (sources, notices) = gather(&[folder.path().to_string_lossy().into_owned()]);
    assert_eq!(sources.len(), 1);
    assert_eq!(notices.len(), 1);
    assert!(notices[0].severity == Severity::Note && notices[0].found.contains("page.txt"), "{notices:?}");
}

#[test]
fn inputs_that_are_not_there() {
    let (sources, notices) = gather(&["no/such/file.txt".to_owned(), "no/such/*.json".to_owned()]);
    assert_eq!(sources, []);
    let found: Vec<_> = notices.iter().map(|notice| (notice.severity, notice.file.as_deref().unwrap())).collect();
    assert_eq!(found, [(Severity::Error, "no/such/*.json"), (Severity::Error, "no/such/file.txt")]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-c]\\.(txt|csv|json|parquet)") {
        let _ = read(vec![Source { name, bytes }], &ReadSettings::default());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "([A-Za-z ]{0,9}|·|• 5 authors|Oct 17, 2024 2|Feb 30|\\{\"title\":|[\\[\\]{},\"'\\\\\n]|é|\u{a0}|2024-02-30|title,abstract\n){0,60}") {
        for name in ["a.txt", "a.csv", "a.json"] {
            let _ = read(vec![Source { name: name.to_owned(), bytes: text.clone().into_bytes() }], &ReadSettings::default());
        }
        let quoted = serde_json::to_string(&[text]).unwrap();
        let _ = read(vec![Source { name: "a.json".to_owned(), bytes: quoted.into_bytes() }], &ReadSettings::default());
    }
}
