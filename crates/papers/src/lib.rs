//! Bytes of pages, listings and tables into `Papers`: dated, distinct, with all their sources and every problem listed.
//! The only crate that knows input formats; only [`gather`] and [`find`] touch the disk, and nothing here asks for the time.

mod as_of;
mod columns;
mod csv;
mod daily;
mod dates;
mod duplicates;
mod entry;
mod find;
mod folder;
mod foreign;
mod frame;
mod gather;
mod json;
mod markup;
mod merge;
mod page_entries;
mod page_lines;
mod pages;
mod parquet;
mod python;
mod recognise;
mod records;
mod rows;
mod shingles;
mod table;
mod word_lists;
mod wording;
mod years;

pub use columns::ColumnNames;
pub use find::{Sought, Wanted, find};
pub use gather::{gather, read_file};
pub use word_lists::{stop_words, synonyms};

use entry::{Entry, FileContent, error, remark};
use merge::{Paper, Placed};
use model::{Day, Notice, Papers, Severity, SourceSummary};
use rayon::prelude::*;
use std::collections::BTreeMap;
use years::PageYear;

/// One input: its name as the user knows it and its bytes as they lie in the file, perhaps gzipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What the user says about the inputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSettings {
    /// The year of all pages; inferred page by page where it is not given.
    pub page_year: Option<i16>,
    pub columns: ColumnNames,
    /// Nothing published or listed after this day is read; `None`: everything is.
    pub as_of: Option<Day>,
}

/// What was read.
#[derive(Debug, Clone)]
pub struct Reading {
    pub papers: Papers,
    /// One a source, in the order of their names.
    pub sources: Vec<SourceSummary>,
    /// Entries that were merged into another one.
    pub merged: usize,
    /// Warnings and notes, sorted by file and line.
    pub notices: Vec<Notice>,
}

/// A source that takes part, with the BLAKE3 hash of its bytes in hexadecimal.
struct Hashed {
    source: Source,
    hash: String,
}

/// Reads all sources. The result depends neither on their order nor on the number of threads.
///
/// # Errors
/// All errors of all sources, sorted by file and line; the warnings are left for the next try.
pub fn read(sources: Vec<Source>, settings: &ReadSettings) -> Result<Reading, Vec<Notice>> {
    if sources.is_empty() {
        return Err(vec![no_input()]);
    }
    let (sources, mut notices) = distinct(sources);
    let mut files: Vec<FileContent> = sources.par_iter().map(|hashed| recognised(&hashed.source, settings)).collect();
    let years = years::date_pages(&mut files, settings.page_year);
    for (hashed, file) in sources.iter().zip(&files) {
        let named = |notice: &Notice| Notice { file: Some(hashed.source.name.clone()), ..notice.clone() };
        notices.extend(file.notices.iter().map(named));
    }
    refuse_errors(&notices)?;
    if files.iter().all(|file| file.entries.is_empty()) {
        return Err(no_papers(&notices));
    }
    notices.extend(settings.as_of.and_then(|as_of| as_of::keep(&mut files, as_of)));
    let entries: Vec<(usize, &Entry)> = in_order(&files);
    let (papers, firsts) = merge_entries(&sources, &entries);
    notices.extend(differing_dates(&papers));
    notices.sort_by(by_place);
    let merged = entries.len() - papers.len();
    let summaries = summarise(&sources, &files, &years, &duplicates_by_source(&entries, &firsts));
    let papers = frame::build(papers).map_err(|problem| vec![internal(&problem.to_string())])?;
    Ok(Reading { papers, sources: summaries, merged, notices })
}

/// How the notes on files that were not read begin.
const SAME_BYTES: &str = "the same bytes as ";
const PASSED_OVER: &str = "not read, because they hold no papers: ";

/// Whether the notice is on files that are none of the sources of its reading.
#[must_use]
pub fn is_of_a_file_not_read(notice: &Notice) -> bool {
    [SAME_BYTES, PASSED_OVER].iter().any(|begin| notice.found.starts_with(begin))
}

/// Sources in the order of (name, hash), each content once.
fn distinct(sources: Vec<Source>) -> (Vec<Hashed>, Vec<Notice>) {
    let mut hashed: Vec<Hashed> = sources
        .into_par_iter()
        .map(|source| Hashed { hash: blake3::hash(&source.bytes).to_hex().to_string(), source })
        .collect();
    hashed.sort_by(|a, b| (&a.source.name, &a.hash).cmp(&(&b.source.name, &b.hash)));
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut notices = Vec::new();
    hashed.retain(|file| match first.get(&file.hash) {
        None => {
            first.insert(file.hash.clone(), file.source.name.clone());
            true
        }
        Some(name) => {
            let found = format!("{SAME_BYTES}{name}: read once");
            notices
                .push(Notice { file: Some(file.source.name.clone()), ..remark(Severity::Note, None, found, "", "") });
            false
        }
    });
    (hashed, notices)
}

fn recognised(source: &Source, settings: &ReadSettings) -> FileContent {
    recognise::read(&source.name, &source.bytes, &settings.columns)
        .unwrap_or_else(|notices| FileContent { notices, ..FileContent::default() })
}

fn refuse_errors(notices: &[Notice]) -> Result<(), Vec<Notice>> {
    let mut errors: Vec<Notice> = notices.iter().filter(|notice| notice.severity == Severity::Error).cloned().collect();
    errors.sort_by(by_place);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// By file and line, then by weight, then by text.
fn by_place(a: &Notice, b: &Notice) -> std::cmp::Ordering {
    let weight = |notice: &Notice| std::cmp::Reverse(notice.severity);
    (&a.file, a.line, weight(a), &a.found).cmp(&(&b.file, b.line, weight(b), &b.found))
}

/// All entries with the number of their source, in the order of (source, place in the source).
fn in_order(files: &[FileContent]) -> Vec<(usize, &Entry)> {
    files
        .iter()
        .enumerate()
        .flat_map(|(file, content)| content.entries.iter().map(move |entry| (file, entry)))
        .collect()
}

/// The distinct papers, and for every entry the first entry of its paper.
fn merge_entries(sources: &[Hashed], entries: &[(usize, &Entry)]) -> (Vec<Paper>, Vec<usize>) {
    let keys: Vec<String> = entries.par_iter().map(|(_, entry)| wording::title_key(&entry.title)).collect();
    let alone: Vec<&Entry> = entries.iter().map(|(_, entry)| *entry).collect();
    let firsts = duplicates::groups(&alone, &keys);
    let placed: Vec<Placed<'_>> = entries
        .iter()
        .zip(&keys)
        .map(|((file, entry), key)| Placed { entry, file: &sources[*file].source.name, key })
        .collect();
    (merge::merge(&placed, &firsts), firsts)
}

/// For every source how many of its entries were merged into an earlier one.
fn duplicates_by_source(entries: &[(usize, &Entry)], firsts: &[usize]) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for (place, (file, _)) in entries.iter().enumerate() {
        *counts.entry(*file).or_insert(0) += usize::from(firsts[place] != place);
    }
    counts
}

fn summarise(
    sources: &[Hashed],
    files: &[FileContent],
    years: &[Option<PageYear>],
    duplicates: &BTreeMap<usize, usize>,
) -> Vec<SourceSummary> {
    let summary = |(place, hashed): (usize, &Hashed)| {
        let file = &files[place];
        SourceSummary {
            name: hashed.source.name.clone(),
            bytes: hashed.source.bytes.len() as u64,
            blake3: hashed.hash.clone(),
            format: file.format.to_owned(),
            papers: file.entries.len(),
            dated: file.entries.iter().filter(|entry| entry.published.is_some()).count(),
            duplicates: duplicates.get(&place).copied().unwrap_or_default(),
            problems: file.notices.iter().filter(|notice| notice.severity >= Severity::Warning).count(),
            page_year: years[place].as_ref().map(PageYear::display),
        }
    };
    sources.iter().enumerate().map(summary).collect()
}

/// One note for all papers that are dated differently in different places.
fn differing_dates(papers: &[Paper]) -> Option<Notice> {
    let differing: Vec<&Paper> = papers.iter().filter(|paper| paper.dates_differ).collect();
    let first = differing.first()?;
    let day = first.entry.published.map(|day| day.to_string()).unwrap_or_default();
    let found = format!(
        "{} papers have different dates in different places; the earliest counts (the first of them: {}, {day})",
        differing.len(),
        first.sources.join(", "),
    );
    Some(remark(Severity::Note, None, found, "", ""))
}

const SOME_INPUT: &str = "at least one page, listing or table with papers";

fn no_input() -> Notice {
    error(None, "no input", SOME_INPUT, "name files or folders, or - for standard input")
}

/// Where nothing was read, what was only remarkable beside other files is what stands in the way.
fn no_papers(notices: &[Notice]) -> Vec<Notice> {
    let remarkable = notices.iter().filter(|notice| notice.severity == Severity::Warning);
    let mut problems: Vec<Notice> =
        remarkable.map(|notice| Notice { severity: Severity::Error, ..notice.clone() }).collect();
    problems.sort_by(by_place);
    let hint = "see whether these are the files that hold the papers";
    problems.push(error(None, "no paper in any of the inputs", SOME_INPUT, hint));
    problems
}

fn internal(problem: &str) -> Notice {
    error(None, format!("a fault of the program: {problem}"), "a frame of papers", "report it together with the input")
}
