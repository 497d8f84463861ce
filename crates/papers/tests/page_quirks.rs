//! What saved pages do, one small page a quirk, and the real pages altered in ways that must not matter.
//! Nothing here looks at the figures of the real pages; `shared_pages` does.
#![expect(clippy::unwrap_used, reason = "a test may")]

use model::{Notice, Severity};
use papers::{ReadSettings, Reading, Source, read};
use std::fmt::Write;

const ABSTRACT: &str = "Long abstracts say what was done and why it matters to those who read them. We measure this on three \
    tasks and find that it holds on two of them. The third one is left for others, who have more time than we had this year.";

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn try_page(text: &str) -> Result<Reading, Vec<Notice>> {
    read(vec![source("page.txt", text)], &ReadSettings::default())
}

/// One line a paper, in the order of the page: `title | date | authors or organisation | comments | line`.
fn listing(reading: &Reading) -> Vec<String> {
    let frame = reading.papers.frame();
    let texts = reading.papers.documents();
    let mut rows: Vec<(u64, String)> = (0..reading.papers.len())
        .map(|row| {
            let date = reading.papers.published()[row].map_or_else(|| "-".to_owned(), |day| day.to_string());
            let authors = frame.column("authors").unwrap().u32().unwrap().get(row);
            let organisation = frame.column("organisation").unwrap().str().unwrap().get(row);
            let who = authors.map_or_else(|| organisation.unwrap_or("-").to_owned(), |n| n.to_string());
            let comments = frame.column("comments").unwrap().u32().unwrap().get(row);
            let comments = comments.map_or_else(|| "-".to_owned(), |n| n.to_string());
            let sources = frame.column("sources").unwrap().list().unwrap().get_as_series(row).unwrap();
            let line = sources.str().unwrap().get(0).unwrap().rsplit(':').next().unwrap().parse().unwrap();
            (line, format!("{} | {date} | {who} | {comments} | {line}", texts.titles[row]))
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A page of papers whose abstracts differ; `{A}` stands for an abstract.
fn fill(pattern: &str) -> String {
    let mut text = String::new();
    for (count, part) in pattern.split("{A}").enumerate() {
        if count > 0 {
            let words: Vec<&str> = ABSTRACT.split(' ').collect();
            let turned: Vec<&str> =
                words.iter().cycle().skip(count * 7).step_by(count % 5 + 1).take(60).copied().collect();
            write!(text, "Number {count} is this. {} The end.", turned.join(" ")).unwrap();
        }
        text.push_str(part);
    }
    text
}

#[track_caller]
fn check(pattern: &str, expected: &[&str]) {
    let reading = try_page(&fill(pattern)).unwrap();
    assert_eq!(listing(&reading), expected, "{:?}", reading.notices);
    let abstracts = reading.papers.documents().abstracts;
    assert!(abstracts.iter().all(|text| text.starts_with("Number") && text.ends_with("The end.")), "{abstracts:?}");
}

#[test]
fn header_lines_in_any_subset_and_glued() {
    for header in [
        "",
        "new\n\n",
        "new\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\n",
        "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe",
        "Daily Papers\nby AK and the research community\n",
        "byAK and the research communityDaily Papers\n",
        "Daily PapersbyAK and the research community\n",
        "newGet trending papers in your email inbox!Subscribe",
        "Subscribe\nnew\n",
        "new\nGet trending papers in your inbox once a week!\nDaily Papers\nby\u{a0}AK and\u{a0}the research community\n",
        "Get trending papers in your email inbox\nbyAK and the\u{a0}research community\n",
    ] {
        let text = fill(&format!("{header}A Title of Its Own\n{{A}}\nAnother Title\n{{A}}\n"));
        let titles = listing(&try_page(&text).unwrap());
        let titles: Vec<&str> = titles.iter().map(|row| row.split(" | ").next().unwrap()).collect();
        assert_eq!(titles, ["A Title of Its Own", "Another Title"], "{header}");
    }
}

#[test]
fn two_pages_in_one_file_are_refused_at_the_second_header() {
    let second = "Daily Papers\n\nbyAK and the research community\n\nOct 3\n\nTwo\n\n{A}\n";
    let first = "Nov 4\n\nOne\n\n{A}\n\n";
    refused(&format!("{first}{second}"), Some(11), "the header of another page, of Oct 3");
    refused(&format!("{first}• 2 authors\n·\nMay 4, 2024\n{second}"), Some(14), "the header of another page");
    check(&format!("{first}{}", second.replace("Oct 3", "Nov 4")), &["One | - | - | - | 3", "Two | - | - | - | 13"]);
}

#[test]
fn long_names_of_organisations_written_twice() {
    let name = "Faculty of Mathematics, Computer Science and Statistics, University of Somewhere";
    check(
        &format!("Nov 4\nOne\n{{A}}\n{name} {name}\n·\nOct 17, 2024\nTwo\n{{A}}\n"),
        &[&format!("One | 2024-10-17 | {name} {name} | - | 2"), "Two | - | - | - | 7"],
    );
}

#[test]
fn words_that_begin_like_the_header_stay() {
    check(
        "Subscribers of Newsletters and What They Read\n{A}\nNew Subscribe Buttons\n{A}\n",
        &["Subscribers of Newsletters and What They Read | - | - | - | 1", "New Subscribe Buttons | - | - | - | 3"],
    );
}

#[test]
fn bylines_of_every_kind() {
    check(
        "Nov 4\n\nOne\n\n{A}\n\n  • 5 authors\n·\nOct 17, 2024 2\n\nTwo\n\n{A}\n\nTIGER-Lab TIGER-Lab\n·\nSep 16\n\n\
         Three\n\n{A}\n\nFour\n\n{A}\n\n  • 1 author\n·\nFeb 3 12\n\nFive\n\n{A}\n\n·\nMar 1\n\nSix\n\n{A}\n\n• 3 authors\n",
        &[
            "One | 2024-10-17 | 5 | 2 | 3",
            "Two | 2025-09-16 | TIGER-Lab TIGER-Lab | - | 11",
            "Three | - | - | - | 19",
            "Four | 2025-02-03 | 1 | 12 | 23",
            "Five | 2025-03-01 | - | - | 31",
            "Six | - | 3 | - | 38",
        ],
    );
}

#[test]
fn the_same_without_empty_lines() {
    check(
        "One\n{A}\n  • 5 authors\n·\nOct 17, 2024 2\nTwo\n{A}\nTIGER-Lab TIGER-Lab\n·\nSep 16\nThree\n{A}\nFour\n{A}\n• 1 author\n·\nFeb 3 12\nFive\n{A}\n·\nMar 1\nSix\n{A}",
        &[
            "One | 2024-10-17 | 5 | 2 | 1",
            "Two | 2025-09-16 | TIGER-Lab TIGER-Lab | - | 6",
            "Three | - | - | - | 11",
            "Four | 2025-02-03 | 1 | 12 | 13",
            "Five | 2025-03-01 | - | - | 18",
            "Six | - | - | - | 22",
        ],
    );
}

#[test]
fn bylines_on_one_line_and_with_every_line_parted() {
    check(
        "One\n{A}\n• 5 authors · Oct 17, 2024 2\n\nTwo\n{A}\nSome Lab · Published on Sep 16\n\nThree\n\n{A}\n\n• 2 authors\n\n·\n\nMay 5, 2024\n",
        &["One | 2024-10-17 | 5 | 2 | 1", "Two | 2025-09-16 | Some Lab | - | 5", "Three | 2024-05-05 | 2 | - | 9"],
    );
}

#[test]
fn titles_that_look_like_something_else() {
    check(
        "May 4\n{A}\n• 2 authors\n·\nJan 2, 2024\n5 Authors\n{A}\n• 2 authors\n·\nJan 2, 2024\n2048\n{A}\nA · B\n{A}\n\
         A Year Ago\n{A}\nJune 5\n{A}\n",
        &[
            "May 4 | 2024-01-02 | 2 | - | 1",
            "5 Authors | 2024-01-02 | 2 | - | 6",
            "2048 | - | - | - | 11",
            "A · B | - | - | - | 13",
            "A Year Ago | - | - | - | 15",
            "June 5 | - | - | - | 17",
        ],
    );
}

#[test]
fn abstracts_with_dots_bullets_and_dates() {
    let abstract_text = format!("We list • 5 authors · Oct 17, 2024 among others. {ABSTRACT} Written on · May 4");
    let text = fill(&format!("One\n{abstract_text}\nTwo\n{{A}}\n"));
    let reading = try_page(&text).unwrap();
    assert_eq!(listing(&reading), ["One | - | - | - | 1", "Two | - | - | - | 3"]);
}

#[test]
fn line_ends_marks_and_spaces_of_other_systems() {
    let text = fill(
        "\u{feff}Nov 4\n\n\u{a0}One\u{a0}two\n\n{A}\n\n\u{a0}\u{a0}• 5\u{a0}authors\n·\nOct 17, 2024\u{a0}2\n\n\u{200b}Three\n\n{A}\n",
    );
    let expected = ["One two | 2024-10-17 | 5 | 2 | 3", "Three | - | - | - | 11"];
    assert_eq!(listing(&try_page(&text).unwrap()), expected);
    assert_eq!(listing(&try_page(&text.replace('\n', "\r\n")).unwrap()), expected);
    assert_eq!(listing(&try_page(&text.replace('\n', "\r")).unwrap()), expected);
}

#[test]
fn abstracts_in_paragraphs_and_wrapped_lines() {
    let second = "The second part of it is longer than any title would ever be, for it goes on and on. It has sentences. \
        They say that code and data are at https://example.org/code. Nothing else is known of it to this day.";
    let wrapped: String =
        ABSTRACT.split(' ').collect::<Vec<_>>().chunks(12).map(|line| line.join(" ") + "\n").collect();
    let text = format!("One\n\n{ABSTRACT}\n\n{second}\n\nTwo\n\n{wrapped}\nThree and\nmore of it\n\n{second}\n");
    let reading = try_page(&text).unwrap();
    assert_eq!(listing(&reading).len(), 3, "{:?}", listing(&reading));
    let titles = listing(&reading).join("\n");
    assert!(
        titles.starts_with("One |") && titles.contains("\nTwo |") && titles.contains("\nThree and more of it |"),
        "{titles}"
    );
    assert!(reading.papers.documents().abstracts.contains(&ABSTRACT));
}

#[test]
fn small_examples_have_short_abstracts() {
    for text in
        ["A title\nThe abstract of it\n", "A title\n\nWe do it.\n", "One\nAn abstract.\n\nTwo\nAnother abstract.\n"]
    {
        let reading = try_page(text).unwrap();
        assert_eq!(reading.papers.len(), text.matches("bstract").count().max(1), "{text}");
    }
}

#[track_caller]
fn refused(pattern: &str, line: Option<u64>, found: &str) {
    let problems = try_page(&fill(pattern)).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let problem = &problems[0];
    assert_eq!((problem.severity, problem.line, problem.file.as_deref()), (Severity::Error, line, Some("page.txt")));
    assert!(problem.found.contains(found), "{problem:?}");
    assert!(!problem.expected.is_empty() && !problem.hint.is_empty());
}

#[test]
fn what_is_missing_is_an_error_with_its_line() {
    refused("One\n\n{A}\n\nTwo\n\nThree\n\n{A}\n", Some(5), "the title `Two` without an abstract");
    refused("One\n{A}\nTwo\nThree\n{A}\n", Some(3), "the title `Two` without an abstract");
    refused("One\n{A}\nTwo\n", Some(3), "the title `Two` without an abstract");
    refused("One\n{A}\n• 2 authors\n·\nMay 4, 2024\nTwo\n• 2 authors\n·\nMay 4, 2024\n", Some(6), "the title `Two`");
    refused("{A}\nTwo\n{A}\n", Some(1), "an abstract without a title");
    refused("new\n\nSubscribe\n\nDaily Papers\n\nNov 4\n", None, "nothing but header lines");
}

#[test]
fn impossible_dates_are_errors() {
    refused("One\n{A}\n• 2 authors\n·\nFeb 30\n", Some(5), "`Feb 30`");
    refused("One\n{A}\n• 2 authors\n·\nFeb 29, 2023 4\n", Some(5), "`Feb 29, 2023 4`");
    refused("One\n{A}\n• 2 authors\n·\nOctember 5, 2024\n", Some(5), "Octember");
    refused("Nov 31\n\nOne\n\n{A}\n", Some(1), "`Nov 31`");
}

fn year_of(pattern: &str) -> (String, usize) {
    let reading = try_page(&fill(pattern)).unwrap();
    (reading.sources[0].page_year.clone().unwrap(), reading.notices.len())
}

#[test]
fn the_year_is_inferred_from_what_the_page_tells() {
    let (year, notices) = year_of("Nov 4\nOne\n{A}\n• 2 authors\n·\nMay 4\nTwo\n{A}\n• 2 authors\n·\nDec 4, 2023\n");
    assert_eq!((year.as_str(), notices), ("2024 (the latest year written on the page is 2023)", 0));
    assert_eq!(
        year_of("Nov 4, 2022\nOne\n{A}\n• 2 authors\n·\nMay 4\n"),
        ("2022 (written in the page's own date)".to_owned(), 0)
    );
    let (year, notices) = year_of("One\n{A}\n• 2 authors\n·\nMay 4\n");
    assert_eq!((year.as_str(), notices), ("unknown (nothing on the page tells the year)", 1));
    assert_eq!(year_of("One\n{A}\n").0, "unknown (no date on the page needs it)");
    let leap = "One\n{A}\n• 2 authors\n·\nFeb 29\nTwo\n{A}\n• 2 authors\n·\nDec 4, 2022\n";
    assert!(year_of(leap).0.starts_with("2024 ("), "{}", year_of(leap).0);
    let weekday = "Tue, Nov 4\nOne\n{A}\n• 2 authors\n·\nDec 4, 2022\n";
    assert!(year_of(weekday).0.starts_with("2025 ("), "{}", year_of(weekday).0);
}

#[test]
fn a_given_year_wins() {
    let text = fill("Nov 4\nOne\n{A}\n• 2 authors\n·\nMay 4\n");
    let settings = ReadSettings { page_year: Some(2021), ..ReadSettings::default() };
    let reading = read(vec![source("page.txt", &text)], &settings).unwrap();
    assert_eq!(reading.papers.published()[0].unwrap().to_string(), "2021-05-04");
    assert_eq!(reading.papers.seen()[0].unwrap().to_string(), "2021-11-04");
    assert_eq!(reading.sources[0].page_year.as_deref(), Some("2021 (given by --page-year)"));
}

#[test]
fn pages_tell_each_other_the_year() {
    let first =
        "Nov 4\n\nA Shared Title of Five Words\n\nThe same abstract, of which there is one.\n\n• 2 authors\n·\nMay 4\n";
    let second =
        "A Shared Title of Five Words\n\nThe same abstract, of which there is one.\n\n• 2 authors\n·\nMay 4, 2023\n";
    let reading = read(vec![source("a", first), source("b", second)], &ReadSettings::default()).unwrap();
    assert_eq!(reading.sources[0].page_year.as_deref(), Some("2023 (1 of its dates stand elsewhere with the year)"));
    assert_eq!((reading.papers.len(), reading.merged), (1, 1));
    assert_eq!(reading.papers.published()[0].unwrap().to_string(), "2023-05-04");
}

#[test]
fn a_paper_is_not_younger_than_its_page() {
    let text = fill(
        "Nov 4\nOne\n{A}\n• 2 authors\n·\nDec 11\nTwo\n{A}\n• 2 authors\n·\nNov 6\nThree\n{A}\n• 2 authors\n·\nDec 4, 2023\n",
    );
    let reading = try_page(&text).unwrap();
    let dates: Vec<String> = listing(&reading).iter().map(|row| row.split(" | ").nth(1).unwrap().to_owned()).collect();
    assert_eq!(dates, ["-", "2024-11-06", "2023-12-04"]);
    let lines: Vec<_> = reading.notices.iter().map(|notice| (notice.severity, notice.line)).collect();
    assert_eq!(lines, [(Severity::Warning, Some(6)), (Severity::Warning, Some(11))]);
}

#[test]
fn a_paper_on_two_pages_keeps_its_date_and_both_places() {
    let dated =
        "Over-Squashing, Explained Once More\n\nIt squashes. It is explained here.\n\n• 2 authors\n·\nMay 4, 2024 3\n";
    let undated =
        "x\n\nAn abstract of x.\n\nOver-squashing: explained once more\n\nIt squashes. It is explained here.\n";
    let reading = read(vec![source("b.txt", undated), source("a.txt", dated)], &ReadSettings::default()).unwrap();
    assert_eq!((reading.papers.len(), reading.merged), (2, 1));
    let row = reading.papers.published().iter().position(Option::is_some).unwrap();
    let places = reading.papers.frame().column("sources").unwrap().list().unwrap().get_as_series(row).unwrap();
    let places: Vec<&str> = places.str().unwrap().iter().flatten().collect();
    assert_eq!(places, ["a.txt:1", "b.txt:5"]);
    assert_eq!(reading.sources.iter().map(|source| source.duplicates).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_very_long_title_is_a_paper_of_its_own() {
    let long = "On the Convergence of Decentralised Stochastic Gradient Descent with Compressed Communication, Heterogeneous \
        Data, Time-Varying Topologies and Adversarial Participants: A Unified Analysis with Applications to Federated \
        Learning of Large Language Models and Beyond";
    for gap in ["\n", "\n\n"] {
        let entries = ["Short Titles Come First", long, "And Short Ones Follow"];
        let mut page = String::from("Daily Papers\n");
        for (at, title) in entries.iter().enumerate() {
            let words: Vec<String> = (0..60).map(|word| format!("word{at}{word}")).collect();
            write!(page, "{title}{gap}{}. It ends here.{gap}", words.join(" ")).unwrap();
        }
        let reading = try_page(&page).unwrap();
        assert_eq!(reading.papers.len() + reading.merged, 3);
        assert!(reading.papers.documents().titles.contains(&long));
    }
}
