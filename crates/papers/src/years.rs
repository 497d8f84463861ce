//! Dates without a year into days: finds the year of each page from what the pages and their neighbours say.
//! It asks no clock; where nothing tells the year, dates stay unknown and a warning says so.

use crate::dates::WrittenDay;
use crate::entry::{Entry, FileContent, error, remark};
use crate::wording::title_key;
use model::{Day, Notice, Severity};
use rustc_hash::FxHashMap;

/// The year of a page, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageYear {
    pub year: Option<i16>,
    pub reason: String,
}

impl PageYear {
    fn known(year: i16, reason: impl Into<String>) -> Self {
        Self { year: Some(year), reason: reason.into() }
    }

    fn unknown(reason: &str) -> Self {
        Self { year: None, reason: reason.to_owned() }
    }

    /// As a summary prints it: `2025 (why)`.
    pub fn display(&self) -> String {
        match self.year {
            Some(year) => format!("{year} ({})", self.reason),
            None => format!("unknown ({})", self.reason),
        }
    }
}

/// A byline may be this many days ahead of its page's date: the page names the last listing, not the day it was saved.
const LISTING_LAG: i32 = 7;

/// Days on which papers were published, by the key of their title; only from sources that write the year.
type KnownDays = FxHashMap<String, Vec<Day>>;

/// Finds the year of every page, fills in `published` and `seen`, and returns the years (`None` for other formats).
///
/// `files` must be in an order that does not depend on the order of the inputs.
pub fn date_pages(files: &mut [FileContent], page_year: Option<i16>) -> Vec<Option<PageYear>> {
    let known = known_days(files);
    let mut years: Vec<Option<PageYear>> =
        files.iter().map(|file| file.page.is_some().then(|| year_of(file, page_year, &known))).collect();
    take_from_neighbours(&mut years);
    for (file, year) in files.iter_mut().zip(&years) {
        if let Some(year) = year {
            fill_dates(file, year);
        }
    }
    years
}

fn bylines(file: &FileContent) -> impl Iterator<Item = (&Entry, WrittenDay, u64)> {
    let dates = file.page.iter().flat_map(|page| &page.bylines);
    file.entries.iter().zip(dates).filter_map(|(entry, date)| date.map(|(day, line)| (entry, day, line)))
}

fn known_days(files: &[FileContent]) -> KnownDays {
    let mut known = KnownDays::default();
    if files.iter().all(|file| file.page.is_none()) {
        return known;
    }
    let mut add = |title: &str, day: Day| known.entry(title_key(title)).or_default().push(day);
    for file in files {
        for (entry, written, _) in bylines(file) {
            if let Some(day) = written.year.and_then(|year| written.in_year(year)) {
                add(&entry.title, day);
            }
        }
        // Tables are left out: a conference table dates a paper by the conference.
        for entry in file.entries.iter().filter(|_| file.format == "daily listing") {
            if let Some(day) = entry.published {
                add(&entry.title, day);
            }
        }
    }
    known
}

const NO_EVIDENCE: &str = "nothing on the page tells the year";
const NOT_NEEDED: &str = "no date on the page needs it";

fn year_of(file: &FileContent, page_year: Option<i16>, known: &KnownDays) -> PageYear {
    let page_date = file.page.as_ref().and_then(|page| page.page).map(|(day, _)| day);
    if let Some(year) = page_year {
        return PageYear::known(year, "given by --page-year");
    }
    if let Some(year) = page_date.and_then(|day| day.year) {
        return PageYear::known(year, "written in the page's own date");
    }
    if page_date.is_none() && bylines(file).all(|(_, day, _)| day.year.is_some()) {
        return PageYear::unknown(NOT_NEEDED);
    }
    let least = least_year(file, page_date, known);
    if let Some((year, count)) =
        year_of_twins(file, known).filter(|(year, _)| least.as_ref().is_none_or(|l| *year >= l.0))
    {
        return PageYear::known(year, format!("{count} of its dates stand elsewhere with the year"));
    }
    let Some((least, reason)) = least else { return PageYear::unknown(NO_EVIDENCE) };
    match (least..least.saturating_add(40)).find(|&year| fits_calendar(file, page_date, year)) {
        Some(year) if year == least => PageYear::known(year, reason),
        Some(year) => {
            PageYear::known(year, format!("{reason}; {year} is the next year with such a weekday or 29 February"))
        }
        None => PageYear::known(least, reason),
    }
}

/// The smallest year that the page can be of: later than every year written on it, and late enough that none of its
/// papers (dated on another page or listing) is younger than the page.
fn least_year(file: &FileContent, page_date: Option<WrittenDay>, known: &KnownDays) -> Option<(i16, String)> {
    let written = bylines(file).filter_map(|(_, day, _)| day.year).max();
    let own = written.map(|year| (year + 1, format!("the latest year written on the page is {year}")));
    let youngest = file.entries.iter().filter_map(|entry| known.get(&title_key(&entry.title))?.iter().min()).max();
    let twins = youngest.map(|&day| {
        let year = page_date
            .and_then(|page| page.in_year(day.year()))
            .map_or(day.year(), |page| if page < day { day.year() + 1 } else { day.year() });
        (year, format!("a paper on it is dated {day} elsewhere, and no paper is younger than its page"))
    });
    // On equal years the page's own evidence is named.
    match (own, twins) {
        (Some(own), Some(twins)) => Some(if twins.0 > own.0 { twins } else { own }),
        (own, twins) => own.or(twins),
    }
}

/// The year that most of the page's yearless dates have where the same paper is dated on the same day of a year.
fn year_of_twins(file: &FileContent, known: &KnownDays) -> Option<(i16, usize)> {
    let mut years: Vec<i16> = bylines(file)
        .filter(|(_, written, _)| written.year.is_none())
        .filter_map(|(entry, written, _)| {
            let same = |day: &&Day| (day.month(), day.day()) == (written.month, written.day);
            known.get(&title_key(&entry.title))?.iter().filter(same).map(|day| day.year()).max()
        })
        .collect();
    years.sort_unstable();
    let counts = years.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
    counts.max().map(|(count, year)| (year, count))
}

/// Whether every weekday and every 29 February without a year exists in `year`.
fn fits_calendar(file: &FileContent, page_date: Option<WrittenDay>, year: i16) -> bool {
    let yearless = bylines(file).map(|(_, day, _)| day).chain(page_date).filter(|day| day.year.is_none());
    yearless.into_iter().all(|written| {
        written.in_year(year).is_some_and(|day| written.weekday.is_none_or(|weekday| day.weekday() == weekday))
    })
}

/// Pages that tell nothing take the year of the others, if those agree.
fn take_from_neighbours(years: &mut [Option<PageYear>]) {
    let mut told: Vec<i16> = years.iter().flatten().filter_map(|year| year.year).collect();
    told.sort_unstable();
    told.dedup();
    let &[year] = told.as_slice() else { return };
    for page in years.iter_mut().flatten().filter(|page| page.reason == NO_EVIDENCE) {
        *page = PageYear::known(year, "the year of the other pages; this one does not tell its own");
    }
}

/// Dates that could not be used, or only with doubt; told once a page.
#[derive(Default)]
struct Doubts {
    /// Yearless dates without a known year.
    yearless: Vec<u64>,
    /// Later in the year than the page itself by more than the lag.
    impossible: Vec<u64>,
    /// Later than the page, but kept.
    younger: Vec<u64>,
    /// Written years that are the page's year.
    written: Vec<u64>,
}

fn fill_dates(file: &mut FileContent, year: &PageYear) {
    let Some(page) = file.page.clone() else { return };
    let seen = page.page.and_then(|(day, _)| day.in_year(day.year.or(year.year)?));
    if let (Some((day, line)), None) = (page.page, seen)
        && let Some(year) = day.year.or(year.year)
    {
        file.notices.push(no_such_day(line, day, year));
    }
    let mut doubts = Doubts::default();
    for (entry, date) in file.entries.iter_mut().zip(&page.bylines) {
        entry.seen = seen;
        let Some((written, line)) = *date else { continue };
        entry.published = match written.year.or(year.year).map(|year| (year, written.in_year(year))) {
            None => {
                doubts.yearless.push(line);
                None
            }
            Some((year, None)) => {
                file.notices.push(no_such_day(line, written, year));
                None
            }
            Some((_, Some(day))) => checked_against_page(day, written, line, seen, year, &mut doubts),
        };
    }
    if page.page.is_some() && year.year.is_none() && doubts.yearless.is_empty() {
        doubts.yearless.extend(page.page.map(|(_, line)| line));
    }
    file.notices.extend(tell(&doubts, year, seen));
}

fn checked_against_page(
    day: Day,
    written: WrittenDay,
    line: u64,
    seen: Option<Day>,
    year: &PageYear,
    doubts: &mut Doubts,
) -> Option<Day> {
    if written.year.is_some() && written.year == year.year {
        doubts.written.push(line);
    }
    let ahead = seen.map_or(0, |seen| (day - seen).get_days());
    if ahead > LISTING_LAG && written.year.is_none() {
        doubts.impossible.push(line);
        return None;
    }
    if ahead > 0 {
        doubts.younger.push(line);
    }
    Some(day)
}

fn no_such_day(line: u64, written: WrittenDay, year: i16) -> Notice {
    error(
        Some(line),
        format!("{}-{:02}-{:02}, which no calendar has", year, written.month, written.day),
        "a day of the calendar",
        "check the year of the page: --page-year sets another one",
    )
}

fn tell(doubts: &Doubts, year: &PageYear, seen: Option<Day>) -> Vec<Notice> {
    let page = seen.map_or_else(String::new, |day| format!(" ({day})"));
    let mut notices = Vec::new();
    let mut warn = |lines: &[u64], found: String, expected: &str, hint: &str| {
        if let Some(&line) = lines.first() {
            notices.push(remark(Severity::Warning, Some(line), found, expected, hint));
        }
    };
    warn(
        &doubts.yearless,
        format!("dates without a year, and {}: they stay unknown", year.reason),
        "a year written on the page or on another page with the same paper",
        "give the year with --page-year",
    );
    warn(
        &doubts.impossible,
        format!(
            "{} dates without a year that are later than the page's own date{page}: they stay unknown",
            doubts.impossible.len()
        ),
        "papers that are no younger than their page",
        "if the page is of another year, give it with --page-year; otherwise write the years into the bylines",
    );
    warn(
        &doubts.younger,
        format!("{} dates later than the page's own date{page}: kept as they are", doubts.younger.len()),
        "papers that are no younger than their page",
        "if the page is of another year, give it with --page-year",
    );
    warn(
        &doubts.written,
        format!("{} dates with the page's own year written out ({})", doubts.written.len(), year.display()),
        "a written year only where it is not the page's year",
        "if the page is of another year, give it with --page-year",
    );
    let weak = year.year.is_some() && year.reason.starts_with("the year of the other pages");
    if weak {
        notices.push(remark(
            Severity::Warning,
            None,
            format!("the page does not tell its year; taken: {}", year.display()),
            "a year written on the page",
            "if the page is of another year, give it with --page-year",
        ));
    }
    notices
}
