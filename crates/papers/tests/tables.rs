//! Tables and listings in every layout give the same papers, whatever the format, the order or the packing.
//! Broken ones are in `bad_input`.
#![expect(clippy::unwrap_used, reason = "a test may")]

use flate2::{Compression, write::GzEncoder};
use model::Severity;
use papers::{ReadSettings, Reading, Source, read};
use proptest::prelude::*;
use std::io::Write;

fn source(name: &str, bytes: &[u8]) -> Source {
    Source { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn read_one(name: &str, text: &str) -> Reading {
    read(vec![source(name, text.as_bytes())], &ReadSettings::default()).unwrap()
}

/// `title | abstract | published | link | sources` of every paper.
fn rows(reading: &Reading) -> Vec<String> {
    let texts = reading.papers.documents();
    let sources = reading.papers.frame().column("sources").unwrap().list().unwrap().clone();
    (0..reading.papers.len())
        .map(|row| {
            let places = sources.get_as_series(row).unwrap();
            let places: Vec<&str> = places.str().unwrap().iter().flatten().collect();
            let day = reading.papers.published()[row].map(|day| day.to_string()).unwrap_or_default();
            let link = reading.papers.links()[row].unwrap_or_default().to_owned();
            format!("{} | {} | {day} | {link} | {}", texts.titles[row], texts.abstracts[row], places.join(" "))
        })
        .collect()
}

const CSV: &str = "id,Title,Summary,Published\n\
    2405.15738,\"One, \"\"quoted\"\"\",\"A first\nabstract.\",2024-05-24\n\
    \n\
    x2,Two,Another abstract.,2024-06-01T23:00:00Z\r\n\
    x3,Three,A third one.,\n";

#[test]
fn every_layout_gives_the_same_papers() {
    let expected = |file: &str, lines: [u64; 3]| {
        [
            format!(
                "One, \"quoted\" | A first abstract. | 2024-05-24 | https://arxiv.org/abs/2405.15738 | {file}:{}",
                lines[0]
            ),
            format!("Two | Another abstract. | 2024-06-01 |  | {file}:{}", lines[1]),
            format!("Three | A third one. |  |  | {file}:{}", lines[2]),
        ]
    };
    assert_eq!(rows(&read_one("a.csv", CSV)), expected("a.csv", [2, 5, 6]));
    assert_eq!(rows(&read_one("standard input", CSV)), expected("standard input", [2, 5, 6]));
    let semicolons = "ID;TITLE;ABSTRACT;DATE\n2405.15738;\"One, \"\"quoted\"\"\";A first abstract.;2024-05-24\nx2;Two;Another abstract.;2024-06-01\nx3;Three;A third one.;\n";
    assert_eq!(rows(&read_one("a.csv", semicolons)), expected("a.csv", [2, 3, 4]));
    let objects = [
        r#"{"arxiv_id": "2405.15738v2", "title": "One, \"quoted\"", "abstract": "A first\nabstract.", "date": "2024-05-24"}"#,
        r#"{"title": "Two", "abstract": "Another abstract.", "date": "2024-06-01", "authors": ["A", "B"]}"#,
        r#"{"title": "Three", "abstract": "A third one.", "date": null, "odd": [1, {"x": "]"}]}"#,
    ];
    assert_eq!(rows(&read_one("a.jsonl", &objects.join("\n"))), expected("a.jsonl", [1, 2, 3]));
    assert_eq!(rows(&read_one("a", &format!("[\n{}\n]", objects.join(",\n")))), expected("a", [2, 3, 4]));
    let inside = format!("{{\"count\": 3,\n\"papers\": [{}]}}", objects.join(",\n"));
    assert_eq!(rows(&read_one("a.json", &inside)), expected("a.json", [2, 3, 4]));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(CSV.as_bytes()).unwrap();
    let packed = read(vec![source("a.csv.gz", &encoder.finish().unwrap())], &ReadSettings::default()).unwrap();
    assert_eq!(rows(&packed), expected("a.csv.gz", [2, 5, 6]));
}

#[test]
fn an_export_of_web_of_science_with_tabs_is_a_table_whatever_its_name() {
    let lines = "PT\tAU\tTI\tSO\tAB\tPY\tUT\t\n\
        J\tA; B\tOne\tLAW REV\tA \"first\" abstract.\t2021\tWOS:1\t\n\
        J\tC\t\"Two\" of them\tLAW REV\tAnother abstract, in 24\" print.\t2022\tWOS:2\t\n";
    let expected = |file: &str| {
        [
            format!("One | A \"first\" abstract. | 2021-01-01 |  | {file}:2"),
            format!("\"Two\" of them | Another abstract, in 24\" print. | 2022-01-01 |  | {file}:3"),
        ]
    };
    for name in ["savedrecs.txt", "savedrecs"] {
        let reading = read_one(name, &format!("\u{feff}{lines}"));
        assert_eq!(rows(&reading), expected(name));
        assert_eq!(reading.sources[0].format, "csv");
        assert_eq!(reading.papers.frame().column("authors").unwrap().u32().unwrap().get(0), Some(2));
    }
    let quoted = "\"TI\"\t\"AB\"\t\"PY\"\n\"One\"\t\"A \"\"first\"\" abstract.\"\t\"2021\"\n";
    assert_eq!(rows(&read_one("savedrecs.txt", quoted)), expected("savedrecs.txt")[..1]);
}

#[test]
fn named_columns_are_used() {
    let settings =
        ReadSettings { columns: "title=Headline,abstract=Text,date=Day".parse().unwrap(), ..ReadSettings::default() };
    let text = "Text,Headline,Day,title\nIts abstract.,The title,2024-02-03,no\n";
    let reading = read(vec![source("a.csv", text.as_bytes())], &settings).unwrap();
    assert_eq!(rows(&reading), ["The title | Its abstract. | 2024-02-03 |  | a.csv:2"]);
}

#[test]
fn what_is_missing_or_coarse_is_told_once_a_file() {
    let text = "title,abstract,year\nOne,Abstract one.,2021\nTwo,,2022\n,Abstract three.,2023\n,,2024\n , ,2024\n";
    let reading = read_one("a.csv", text);
    assert_eq!(reading.papers.len(), 3);
    let told: Vec<_> = reading.notices.iter().map(|n| (n.severity, n.line, n.found.as_str())).collect();
    let expected = [
        (
            Severity::Note,
            None,
            "3 of 3 dates are bare years, taken as 1 January; bins finer than years mean nothing for them",
        ),
        (Severity::Warning, Some(3), "1 entry without an abstract: only the title counts"),
        (Severity::Warning, Some(4), "1 entry without a title: only the abstract counts"),
        (Severity::Warning, Some(5), "2 entries with neither title nor abstract: left out"),
    ];
    assert_eq!(told, expected);
    assert_eq!((reading.sources[0].papers, reading.sources[0].dated, reading.sources[0].problems), (3, 3, 3));
}

#[test]
fn words_that_stand_for_no_date_leave_a_paper_undated() {
    let text = "title,abstract,date\nOne,Abstract one.,n.d.\nTwo,Abstract two.,In press\nThree,Abstract three.,forthcoming\nFour,Abstract four.,0000-00-00\nFive,Abstract five.,28.11.2022\n";
    let reading = read_one("a.csv", text);
    assert_eq!((reading.sources[0].papers, reading.sources[0].dated), (5, 1));
    assert_eq!(reading.notices, []);
}

#[test]
fn a_year_dates_the_rows_that_have_no_other_date() {
    let expected = |file: &str, lines: [u64; 3]| {
        [
            format!("One | Abstract one. | 2021-04-05 |  | {file}:{}", lines[0]),
            format!("Two | Abstract two. | 2022-01-01 |  | {file}:{}", lines[1]),
            format!("Three | Abstract three. |  |  | {file}:{}", lines[2]),
        ]
    };
    let csv = "Title,Abstract,Date,Year\nOne,Abstract one.,2021-04-05,2020\nTwo,Abstract two.,,2022\nThree,Abstract three.,,\n";
    let reading = read_one("a.csv", csv);
    assert_eq!(rows(&reading), expected("a.csv", [2, 3, 4]));
    assert_eq!(reading.notices.len(), 1);
    assert!(reading.notices[0].found.starts_with("1 of 2 dates are bare years"), "{:?}", reading.notices);
    let json = r#"{"title": "One", "abstract": "Abstract one.", "publicationDate": "2021-04-05", "year": 2020}
        {"title": "Two", "abstract": "Abstract two.", "publicationDate": null, "year": 2022}
        {"title": "Three", "abstract": "Abstract three."}"#;
    assert_eq!(rows(&read_one("a.jsonl", json)), expected("a.jsonl", [1, 2, 3]));
}

#[test]
fn a_date_that_is_none_gives_way_to_the_year_beside_it() {
    let text = "Article Title,Abstract,Publication Date,Publication Year\nOne,Abstract one.,APR 21,2021\nTwo,Abstract two.,FAL,2022\n";
    let reading = read_one("wos.csv", text);
    let days: Vec<_> = reading.papers.published().iter().map(|day| day.unwrap().to_string()).collect();
    assert_eq!(days, ["2021-01-01", "2022-01-01"]);
    let told: Vec<_> = reading.notices.iter().map(|n| (n.severity, n.line, n.found.as_str())).collect();
    let coarse = "2 of 2 dates are bare years, taken as 1 January; bins finer than years mean nothing for them";
    let by_year = "2 entries with a date that is not understood: dated by the year beside it";
    assert_eq!(told, [(Severity::Note, None, coarse), (Severity::Warning, Some(2), by_year)]);
}

#[test]
fn titles_that_differ_by_markup_only_are_one_paper() {
    let text = "title,abstract\nTau &amp;amp; <i>E. coli</i>,\"<p>Where p &lt; 0.05.</p>\"\n\"Tau & E. coli\",Where p < 0.05.\n";
    let reading = read_one("a.csv", text);
    assert_eq!((reading.papers.len(), reading.merged), (1, 1));
    assert_eq!(reading.papers.documents().titles[0], "Tau & E. coli");
    let listing = ENTRY.replace("Reasoning\\nmodels.", "R&amp;D of <b>models</b>.");
    assert_eq!(read_one("2025-01-10.json", &format!("[{listing}]")).papers.documents().abstracts[0], "R&D of models.");
}

const ENTRY: &str = r#"{"paper": {"id": "2501.05366", "authors": [{"name": "A"}, {"name": "B"}], "publishedAt": "2025-01-09T23:30:00.000Z", "title": "Agentic\n  Search", "summary": "Reasoning\nmodels.", "upvotes": 9}, "publishedAt": "2025-01-10T01:00:00.000Z", "title": "Agentic Search", "numComments": 2, "organization": {"name": "lab", "fullname": "The Lab"}}"#;

#[test]
fn listings_in_every_layout() {
    let python = r#"{'paper': {'id': '2501.05366', 'authors': [{'name': 'A', 'hidden': False}, {'name': None}], 'publishedAt': '2025-01-09T23:30:00.000Z', 'title': 'Agentic\n  Search', 'summary': 'Reasoning\nmodels.', 'upvotes': 9}, 'publishedAt': '2025-01-10T01:00:00.000Z', 'title': "Agentic Search", 'numComments': 2, 'organization': {'name': 'lab', 'fullname': 'The Lab'}}"#;
    let string = serde_json::to_string(python).unwrap();
    let day = |text: &str, name: &str| {
        let reading = read_one(name, text);
        let frame = reading.papers.frame();
        let count = |column: &str| frame.column(column).unwrap().u32().unwrap().get(0);
        assert_eq!((count("authors"), count("comments"), count("upvotes")), (Some(2), Some(2), Some(9)));
        assert_eq!(frame.column("organisation").unwrap().str().unwrap().get(0), Some("The Lab"));
        assert_eq!(reading.sources[0].format, "daily listing");
        assert_eq!(reading.notices, []);
        let row = rows(&reading).remove(0);
        assert!(
            row.starts_with("Agentic Search | Reasoning models. | 2025-01-09 | https://arxiv.org/abs/2501.05366"),
            "{row}"
        );
        reading.papers.seen()[0].unwrap().to_string()
    };
    assert_eq!(day(&format!("[{ENTRY}]"), "2025-01-11.json"), "2025-01-11");
    assert_eq!(day(&format!("[{ENTRY}]"), "listing"), "2025-01-10");
    assert_eq!(day(&format!("[{string}]"), "2025-01-12.json"), "2025-01-12");
    let object = format!("{{\"status\": \"success\", \"date\": \"2025-01-13\", \"count\": 1, \"data\": [{string}]}}");
    assert_eq!(day(&object, "answer"), "2025-01-13");
}

#[test]
fn a_listing_may_miss_summaries_and_list_a_paper_twice() {
    let without =
        ENTRY.replace("Reasoning\\nmodels.", "").replace("2501.05366", "2501.00001").replace("Agentic", "Other");
    let files = vec![
        source("2025-01-10.json", format!("[{ENTRY},\n{without}]").as_bytes()),
        source("2025-01-13.json", format!("[{ENTRY}]").as_bytes()),
        source("2025-01-14.json", b"[]"),
    ];
    let reading = read(files, &ReadSettings::default()).unwrap();
    assert_eq!((reading.papers.len(), reading.merged), (2, 1));
    assert!(reading.papers.seen().iter().all(|day| day.unwrap().to_string() == "2025-01-10"));
    let told: Vec<_> = reading.notices.iter().map(|n| (n.severity, n.line, n.found.as_str())).collect();
    let expected = [
        (Severity::Warning, Some(2), "1 entry without an abstract: only the title counts"),
        (Severity::Warning, None, "a list without entries"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn ids_are_distinct_and_stay_when_more_is_read() {
    let first = "title,abstract,date\nEditorial,This issue holds six papers on robots in kitchens.,2024-01-01\n";
    let second = "title,abstract,date\nEditorial,Welcome to a new volume; our board says farewell.,2024-02-01\n";
    let alone = read_one("b.csv", first);
    let both =
        read(vec![source("a.csv", second.as_bytes()), source("b.csv", first.as_bytes())], &ReadSettings::default())
            .unwrap();
    assert_eq!(both.papers.len(), 2);
    assert_eq!(both.papers.ids()[0], alone.papers.ids()[0]);
    assert_ne!(both.papers.ids()[0], both.papers.ids()[1]);
    assert_eq!(alone.papers.ids()[0], &blake3::hash(b"editorial").to_hex()[..16]);
}

#[test]
fn the_same_bytes_count_once() {
    let reading =
        read(vec![source("b.csv", CSV.as_bytes()), source("a.csv", CSV.as_bytes())], &ReadSettings::default()).unwrap();
    assert_eq!((reading.sources.len(), reading.papers.len(), reading.merged), (1, 3, 0));
    assert_eq!(reading.notices[0].found, "the same bytes as a.csv: read once");
    assert_eq!(reading.sources[0].blake3, blake3::hash(CSV.as_bytes()).to_hex().as_str());
}

/// Small files with shared titles, dates and near-equal abstracts.
fn files() -> impl Strategy<Value = Vec<Source>> {
    let row = (0..6_u8, 0..4_u8, prop::option::of(1..28_u8), prop::bool::ANY).prop_map(|(title, text, day, edited)| {
        let words: Vec<String> = (0..40).map(|word| format!("w{}", word * (u32::from(text) + 1))).collect();
        let end = if edited { "edited" } else { "" };
        let day = day.map(|day| format!("2024-02-{day:02}")).unwrap_or_default();
        format!("Title {title},{} {end},{day}\n", words.join(" "))
    });
    let file = prop::collection::vec(row, 1..8).prop_map(|rows| format!("title,abstract,date\n{}", rows.concat()));
    prop::collection::vec(file, 1..5).prop_map(|texts| {
        texts.iter().enumerate().map(|(n, text)| source(&format!("{n}.csv"), text.as_bytes())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_inputs_changes_nothing((files, shuffled) in files().prop_flat_map(|files| (Just(files.clone()), Just(files).prop_shuffle()))) {
        let a = read(files, &ReadSettings::default()).unwrap();
        let b = read(shuffled, &ReadSettings::default()).unwrap();
        prop_assert!(a.papers.frame().equals_missing(b.papers.frame()));
        prop_assert_eq!(a.sources, b.sources);
        prop_assert_eq!(a.notices, b.notices);
    }
}
