//! Rows of a table, whatever format it had, into entries; odd rows are counted and told once a file.
//! It knows cells and fields, not how a format stores them.

use crate::columns::Field;
use crate::dates::{Doubt, Precision, Reading, doubt, number_day, table_day, years};
use crate::entry::{Entry, error, quoted, remark};
use crate::markup::plain;
use crate::wording::{arxiv_id, arxiv_link, clean};
use model::{Day, Notice, Severity};
use std::borrow::Cow;

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Whole(i64),
    Fraction(f64),
    Day(Day),
    /// A list of so many items.
    Items(usize),
}

impl Cell<'_> {
    /// Clean text; numbers as they are written, empty for what is no text.
    fn text(&self) -> String {
        match self {
            Self::Text(text) => clean(text),
            Self::Whole(number) => number.to_string(),
            Self::Fraction(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Empty | Self::Items(_) => String::new(),
        }
    }

    /// As [`Self::text`], without markup.
    fn prose(&self) -> String {
        match self {
            Self::Text(text) => plain(text),
            other => other.text(),
        }
    }

    fn count(&self) -> Option<u32> {
        match self {
            Self::Whole(number) => u32::try_from(*number).ok(),
            Self::Fraction(number) => (*number >= 0.0 && number.fract() == 0.0).then_some(*number as u32),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Items(items) => u32::try_from(*items).ok(),
            Self::Empty | Self::Day(_) => None,
        }
    }
}

/// The entries of a table with what was odd in its rows.
#[derive(Debug, Default)]
pub struct Rows {
    pub entries: Vec<Entry>,
    errors: Vec<Notice>,
    untitled: Vec<u64>,
    without_abstract: Vec<u64>,
    without_text: Vec<u64>,
    /// Rows whose date is not understood and that are dated by their year.
    dated_by_year: Vec<u64>,
    dated: usize,
    years_only: usize,
    months_only: usize,
    first_of_january: usize,
}

impl Rows {
    /// Adds the row that starts on `line`; `cell` gives the value of a field, [`Cell::Empty`] if the table has none.
    pub fn add<'a>(&mut self, line: u64, cell: impl Fn(Field) -> Cell<'a>) {
        let title = cell(Field::Title).prose();
        let abstract_text = cell(Field::Abstract).prose();
        match (title.is_empty(), abstract_text.is_empty()) {
            (true, true) => return self.without_text.push(line),
            (true, false) => self.untitled.push(line),
            (false, true) => self.without_abstract.push(line),
            (false, false) => {}
        }
        let published = self.published(line, &cell(Field::Date), &cell(Field::Year));
        let seen = self.day(line, &cell(Field::Seen));
        self.tally(published);
        let address = web_address(&cell(Field::Link));
        let arxiv = arxiv_of(&cell(Field::Id)).or_else(|| address.as_deref().and_then(arxiv_id));
        self.entries.push(Entry {
            title,
            abstract_text,
            published: published.map(|(day, _)| day),
            seen: seen.map(|(day, _)| day),
            authors: authors(&cell(Field::Authors)),
            organisation: Some(cell(Field::Organisation).text()).filter(|text| !text.is_empty()),
            comments: cell(Field::Comments).count(),
            upvotes: cell(Field::Upvotes).count(),
            link: address.or_else(|| arxiv.as_deref().map(arxiv_link)),
            arxiv,
            line,
        });
    }

    /// Adds the rows after these.
    pub fn append(&mut self, mut after: Self) {
        self.entries.append(&mut after.entries);
        self.errors.append(&mut after.errors);
        self.untitled.append(&mut after.untitled);
        self.without_abstract.append(&mut after.without_abstract);
        self.without_text.append(&mut after.without_text);
        self.dated_by_year.append(&mut after.dated_by_year);
        self.dated += after.dated;
        self.years_only += after.years_only;
        self.months_only += after.months_only;
        self.first_of_january += after.first_of_january;
    }

    /// Adds an entry that was read by other means, with the same checks of its texts.
    pub fn add_entry(&mut self, entry: Entry) {
        match (entry.title.is_empty(), entry.abstract_text.is_empty()) {
            (true, true) => return self.without_text.push(entry.line),
            (true, false) => self.untitled.push(entry.line),
            (false, true) => self.without_abstract.push(entry.line),
            (false, false) => {}
        }
        self.entries.push(entry);
    }

    /// Files an error beside the rows.
    pub fn add_error(&mut self, notice: Notice) {
        self.errors.push(notice);
    }

    /// The row's day, or its year where its date is missing or is none.
    fn published(&mut self, line: u64, date: &Cell<'_>, year: &Cell<'_>) -> Option<(Day, Precision)> {
        match day_in(date) {
            None => self.day(line, year),
            Some(Reading::No) => match day_in(year) {
                Some(Reading::Is(by_year)) => {
                    self.dated_by_year.push(line);
                    Some(by_year)
                }
                _ => self.day(line, date),
            },
            Some(_) => self.day(line, date),
        }
    }

    /// The day in a cell; a value that is no day is filed as an error.
    pub fn day(&mut self, line: u64, cell: &Cell<'_>) -> Option<(Day, Precision)> {
        let text = || cell.text();
        match day_in(cell)? {
            Reading::Is(day) => return Some(day),
            Reading::Impossible => self.errors.push(error(
                Some(line),
                format!("the date {}, which no calendar has", quoted(&text())),
                "a day of the calendar such as 2024-10-17",
                "correct the date, or leave the field empty so that the paper counts as undated",
            )),
            Reading::No => self.errors.push(no_day(line, &text())),
        }
        None
    }

    fn tally(&mut self, published: Option<(Day, Precision)>) {
        let Some((day, precision)) = published else { return };
        self.dated += 1;
        self.years_only += usize::from(precision == Precision::Year);
        self.months_only += usize::from(precision == Precision::Month);
        self.first_of_january += usize::from(day.month() == 1 && day.day() == 1);
    }

    /// What was odd, each kind told once with its first line; errors one by one.
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = self.errors.clone();
        let mut tell = |lines: &[u64], what: &str, expected: &str, hint: &str| {
            if let Some(&line) = lines.first() {
                notices.push(remark(
                    Severity::Warning,
                    Some(line),
                    format!("{} {what}", counted(lines.len())),
                    expected,
                    hint,
                ));
            }
        };
        tell(
            &self.without_text,
            "with neither title nor abstract: left out",
            "a title or an abstract in every entry",
            "fill them in or delete them",
        );
        tell(
            &self.without_abstract,
            "without an abstract: only the title counts",
            "an abstract in every entry",
            "fill it in where it is known",
        );
        tell(
            &self.dated_by_year,
            "with a date that is not understood: dated by the year beside it",
            "a date such as 2024-10-17, 2024-10-17T09:30:00Z, 2024-10 or 2024",
            "write dates as year-month-day where they are known",
        );
        if self.untitled.len() < self.entries.len() {
            tell(
                &self.untitled,
                "without a title: only the abstract counts",
                "a title in every entry",
                "fill it in where it is known",
            );
        } else if !self.untitled.is_empty() {
            notices.push(remark(
                Severity::Note,
                None,
                "no entry has a title: papers are known by their abstracts",
                "",
                "",
            ));
        }
        notices.extend(self.coarse_dates());
        notices
    }

    /// A note where the dates are coarser than they look.
    fn coarse_dates(&self) -> Option<Notice> {
        let (what, bin) = if self.years_only > 0 {
            (format!("{} of {} dates are bare years, taken as 1 January", self.years_only, self.dated), "years")
        } else if self.dated >= 20 && self.first_of_january * 10 >= self.dated * 9 {
            (
                format!(
                    "{} of {} dates are 1 January, so they probably stand for years",
                    self.first_of_january, self.dated
                ),
                "years",
            )
        } else if self.months_only > 0 {
            (
                format!("{} of {} dates are bare months, taken as their first day", self.months_only, self.dated),
                "months",
            )
        } else {
            return None;
        };
        let found = format!("{what}; bins finer than {bin} mean nothing for them");
        Some(remark(Severity::Note, None, found, "", ""))
    }
}

/// What a cell says as a date; `None` where it says nothing.
fn day_in(cell: &Cell<'_>) -> Option<Reading<(Day, Precision)>> {
    match cell {
        Cell::Empty => None,
        Cell::Day(day) => Some(Reading::Is((*day, Precision::Day))),
        Cell::Text(text) if says_nothing(text) => None,
        Cell::Text(text) => Some(table_day(text)),
        Cell::Fraction(number) if number.is_nan() => None,
        Cell::Fraction(number) => Some(number_day(*number as i64).map_or(Reading::No, Reading::Is)),
        Cell::Whole(number) => Some(number_day(*number).map_or(Reading::No, Reading::Is)),
        Cell::Items(_) => Some(Reading::No),
    }
}

fn no_day(line: u64, text: &str) -> Notice {
    const DATES: &str = "a date such as 2024-10-17, 2024-10-17T09:30:00Z, 2024-10 or 2024";
    let date = quoted(text);
    let (found, expected, hint) = match doubt(text) {
        Doubt::Unknown => (
            format!("the date {date}, which is not understood"),
            DATES.to_owned(),
            "write dates as year-month-day, or name another column: --columns date=NAME",
        ),
        Doubt::Ambiguous => (
            format!("the date {date}, which is not understood: either of its first numbers may be the month"),
            DATES.to_owned(),
            "write dates as year-month-day",
        ),
        Doubt::OutsideYears => (
            format!("the date {date}, which is outside the years {}", years()),
            format!("a date in the years {}", years()),
            "correct the date, or leave the field empty so that the paper counts as undated",
        ),
    };
    error(Some(line), found, expected, hint)
}

fn counted(entries: usize) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") }
}

/// Whether a text is one of the ways in which programs write that nothing is known.
fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "" | "null" | "NULL" | "None" | "nan" | "NaN" | "NaT" | "NA" | "N/A" | "n/a" | "-" | "0000-00-00")
        || ["n.d.", "in press", "forthcoming"].iter().any(|words| text.eq_ignore_ascii_case(words))
}

fn web_address(cell: &Cell<'_>) -> Option<String> {
    let text = cell.text();
    let plain = (text.starts_with("https://") || text.starts_with("http://")) && !text.contains([' ', '"', '<', '>']);
    plain.then_some(text)
}

/// A number is no id: `2405.1570` and `2405.157` are the same number.
fn arxiv_of(cell: &Cell<'_>) -> Option<String> {
    match cell {
        Cell::Text(text) => arxiv_id(text),
        _ => None,
    }
}

/// The number of authors: of a list, of names in a text (`A; B`, `A and B`, `A, B`), or a number as it is.
fn authors(cell: &Cell<'_>) -> Option<u32> {
    let Cell::Text(text) = cell else { return cell.count() };
    let text = text.trim();
    if text.is_empty() || text.bytes().all(|b| b.is_ascii_digit()) {
        return cell.count();
    }
    let separator = [";", " and ", ","].into_iter().find(|separator| text.contains(separator)).unwrap_or(";");
    u32::try_from(text.split(separator).filter(|name| !name.trim().is_empty()).count()).ok()
}
