//! Text into calendar days: dates as pages write them (a year may be missing) and dates as tables write them.
//! It guesses no year and reads no clock.

use jiff::civil::Weekday;
use model::Day;

/// A month and a day as written, with what else stands beside it. The day exists in some year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDay {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
    pub weekday: Option<Weekday>,
}

impl WrittenDay {
    /// The day in `year`; `None` for 29 February of a common year.
    pub fn in_year(self, year: i16) -> Option<Day> {
        Day::new(year, self.month, self.day).ok()
    }
}

/// What a line says when it is read as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<T> {
    /// Not a date at all.
    No,
    /// It has the form of a date, but no calendar has that day.
    Impossible,
    Is(T),
}

/// Years that a paper can be dated to; anything else is a number or a slip.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

/// `Oct 17`, `Oct 17, 2024`, `17 October 2024`, `Tue, Nov 4`, `2025-11-04`, after an optional `Published on`;
/// with whatever follows the date, trimmed.
pub fn written_day(text: &str) -> (Reading<WrittenDay>, &str) {
    let text = without_lead(text.trim());
    let (weekday, text) = leading_weekday(text);
    match iso_day(text).or_else(|| month_first(text)).or_else(|| day_first(text)) {
        None => (Reading::No, text),
        Some((year, month, day, rest)) => {
            let written = WrittenDay { year, month, day, weekday };
            // A leap year stands in for an unknown one.
            match written.in_year(year.unwrap_or(2024)) {
                Some(_) => (Reading::Is(written), rest.trim()),
                None => (Reading::Impossible, rest.trim()),
            }
        }
    }
}

type Parts<'a> = (Option<i16>, i8, i8, &'a str);

fn without_lead(text: &str) -> &str {
    ["published on ", "published ", "submitted on ", "submitted ", "on "]
        .iter()
        .find_map(|lead| strip_prefix_ignoring_case(text, lead))
        .unwrap_or(text)
        .trim_start()
}

/// `text` after `prefix` (ASCII), whatever the case of its letters.
pub fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

fn leading_weekday(text: &str) -> (Option<Weekday>, &str) {
    let (word, rest) = leading_word(text);
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_ascii_lowercase();
    let weekday = (lower.len() >= 3)
        .then(|| names.iter().position(|name| name.starts_with(&lower)))
        .flatten()
        .and_then(|index| Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok());
    match weekday {
        Some(_) => (weekday, rest.trim_start_matches([',', '.']).trim_start()),
        None => (None, text),
    }
}

fn leading_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    text.split_at(end)
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_ascii_lowercase();
    let known = lower.len() >= 3 && (lower.len() == 3 || lower == "sept" || MONTHS.contains(&lower.as_str()));
    let index = MONTHS.iter().position(|month| known && month.starts_with(&lower))?;
    i8::try_from(index + 1).ok()
}

/// One or two digits, perhaps with `st`, `nd`, `rd`, `th`.
fn leading_day(text: &str) -> Option<(i8, &str)> {
    let (digits, rest) = leading_digits(text);
    let day = (digits.len() <= 2).then(|| digits.parse().ok()).flatten()?;
    let (word, after) = leading_word(rest);
    match word {
        "" => Some((day, rest)),
        "st" | "nd" | "rd" | "th" => Some((day, after)),
        _ => None,
    }
}

/// A four-digit year after an optional comma, if one follows.
fn following_year(text: &str) -> (Option<i16>, &str) {
    let after = text.trim_start().trim_start_matches(',').trim_start();
    let (digits, rest) = leading_digits(after);
    match digits.parse::<i16>() {
        Ok(year) if digits.len() == 4 && YEARS.contains(&year) => (Some(year), rest),
        _ => (None, text),
    }
}

fn month_first(text: &str) -> Option<Parts<'_>> {
    let (word, rest) = leading_word(text);
    let month = month_number(word)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let (day, rest) = leading_day(rest.strip_prefix(char::is_whitespace)?.trim_start())?;
    let (year, rest) = following_year(rest);
    Some((year, month, day, rest))
}

fn day_first(text: &str) -> Option<Parts<'_>> {
    let (day, rest) = leading_day(text)?;
    let (word, rest) = leading_word(rest.strip_prefix(char::is_whitespace)?.trim_start());
    let month = month_number(word)?;
    let (year, rest) = following_year(rest.strip_prefix('.').unwrap_or(rest));
    Some((year, month, day, rest))
}

/// `2025-11-04`, `2025/11/04` or `2025.11.04`, not followed by another digit.
fn iso_day(text: &str) -> Option<Parts<'_>> {
    let (year, rest) = leading_digits(text);
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = leading_digits(&rest[1..]);
    let (day, rest) = leading_digits(rest.strip_prefix(mark)?);
    let widths = year.len() == 4 && matches!(month.len(), 1 | 2) && matches!(day.len(), 1 | 2);
    let year = year.parse().ok().filter(|year| widths && YEARS.contains(year))?;
    Some((Some(year), month.parse().ok()?, day.parse().ok()?, rest))
}

/// How much of a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    Year,
    Month,
    Day,
}

/// A date of a table: ISO day or timestamp (its day in UTC), year-month, year, or as pages write it with the year; also year first
/// (`2022 Nov 28`), a named month with its year, and figures with the year last where they say which is the month.
/// A bare year or month is its first day.
pub fn table_day(text: &str) -> Reading<(Day, Precision)> {
    let text = text.trim();
    if let Some(part) = bare_year(text).or_else(|| year_month(text)) {
        return part;
    }
    if let Some(part) = figures(text).or_else(|| month_and_year(text)).or_else(|| year_then_month(text)) {
        return part;
    }
    if let Some(day) = zoned_day(text) {
        return Reading::Is((day, Precision::Day));
    }
    match written_day(text) {
        (Reading::Is(written), rest) if is_time(rest) => match written.year.and_then(|year| written.in_year(year)) {
            Some(day) => Reading::Is((day, Precision::Day)),
            None => Reading::No,
        },
        (Reading::Impossible, _) => Reading::Impossible,
        _ => Reading::No,
    }
}

/// A number as a date: a year, or seconds or milliseconds since 1970 (at least 1973 in seconds).
pub fn number_day(number: i64) -> Option<(Day, Precision)> {
    let year = i16::try_from(number).ok().filter(|year| YEARS.contains(year));
    if let Some(year) = year {
        return Some((Day::new(year, 1, 1).ok()?, Precision::Year));
    }
    if let Some(day) = compact_day(number) {
        return Some((day, Precision::Day));
    }
    let seconds = match number {
        100_000_000..=99_999_999_999 => number,
        100_000_000_000..=9_999_999_999_999 => number / 1000,
        _ => return None,
    };
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some((jiff::tz::Offset::UTC.to_datetime(moment).date(), Precision::Day))
}

/// `20251104`.
fn compact_day(number: i64) -> Option<Day> {
    let year = i16::try_from(number / 10_000).ok().filter(|year| (1900..=2199).contains(year))?;
    Day::new(year, i8::try_from(number / 100 % 100).ok()?, i8::try_from(number % 100).ok()?).ok()
}

fn bare_year(text: &str) -> Option<Reading<(Day, Precision)>> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let number = text.parse::<i64>().ok()?;
    Some(number_day(number).map_or(Reading::No, Reading::Is))
}

fn year_month(text: &str) -> Option<Reading<(Day, Precision)>> {
    let (year, month) = text.split_once(['-', '/'])?;
    let shape = year.len() == 4 && matches!(month.len(), 1 | 2);
    let (year, month): (i16, i8) = shape.then(|| Some((year.parse().ok()?, month.parse().ok()?))).flatten()?;
    YEARS.contains(&year).then(|| month_of(year, month))
}

fn month_of(year: i16, month: i8) -> Reading<(Day, Precision)> {
    Day::new(year, month, 1).map_or(Reading::Impossible, |day| Reading::Is((day, Precision::Month)))
}

fn day_of(year: i16, month: i8, day: i8) -> Reading<(Day, Precision)> {
    Day::new(year, month, day).map_or(Reading::Impossible, |day| Reading::Is((day, Precision::Day)))
}

/// A year of four digits at the start of `text`, and what follows.
fn leading_year(text: &str) -> Option<(i16, &str)> {
    let (digits, rest) = leading_digits(text);
    let year = digits.parse().ok().filter(|year| digits.len() == 4 && YEARS.contains(year))?;
    Some((year, rest))
}

/// Numbers parted by the same mark (`.`, `/` or `-`; spaces may follow a dot) at the start of `text`, three at most, and what follows.
fn numbers(text: &str) -> (Vec<&str>, Option<char>, &str) {
    let (first, mut rest) = leading_digits(text);
    let mark = rest.chars().next().filter(|mark| matches!(mark, '.' | '/' | '-'));
    let mut found = vec![first];
    while let Some(mark) = mark.filter(|_| found.len() < 3) {
        let Some(after) = rest.strip_prefix(mark) else { break };
        let after = if mark == '.' { after.trim_start() } else { after };
        let (digits, behind) = leading_digits(after);
        if digits.is_empty() {
            break;
        }
        found.push(digits);
        rest = behind;
    }
    (found, mark, rest)
}

/// `28.11.2022`, `28. 11. 2022`, `2020. 04. 14.`, `06/2022`; `28/11/2022` and `11/28/2022`, where one number is no month. Which of two
/// small numbers is the month is not guessed, except after dots: there the day stands first.
fn figures(text: &str) -> Option<Reading<(Day, Precision)>> {
    let (numbers, mark, rest) = numbers(text);
    let mark = mark.filter(|&mark| is_time(rest.strip_prefix(mark).filter(|_| mark == '.').unwrap_or(rest)))?;
    let small = |digits: &str| digits.parse::<i8>().ok().filter(|_| digits.len() <= 2);
    let year = |digits: &str| leading_year(digits).filter(|(_, rest)| rest.is_empty()).map(|(year, _)| year);
    match *numbers.as_slice() {
        [first, last] if mark == '/' => Some(month_of(year(last)?, small(first)?)),
        [first, second, last] if mark == '.' && year(first).is_some() => {
            Some(day_of(year(first)?, small(second)?, small(last)?))
        }
        [first, second, last] => {
            let (first, second, year) = (small(first)?, small(second)?, year(last)?);
            match (first > 12, second > 12) {
                _ if mark == '.' || first == second => Some(day_of(year, second, first)),
                (false, false) => None,
                (false, true) => Some(day_of(year, first, second)),
                (true, _) => Some(day_of(year, second, first)),
            }
        }
        _ => None,
    }
}

/// `Nov 2022`, `November 2022`, `Nov. 2022`, `Nov, 2022`.
fn month_and_year(text: &str) -> Option<Reading<(Day, Precision)>> {
    let (word, rest) = leading_word(text);
    let month = month_number(word)?;
    let (year, rest) = leading_year(rest.trim_start_matches(['.', ',']).trim_start())?;
    rest.is_empty().then(|| month_of(year, month))
}

/// `2022 Nov 28`, `2022 Nov`, `2022 Nov-Dec`: the first of the months.
fn year_then_month(text: &str) -> Option<Reading<(Day, Precision)>> {
    let (year, rest) = leading_year(text)?;
    let (word, rest) = leading_word(rest.strip_prefix(char::is_whitespace)?.trim_start());
    let month = month_number(word)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
    let until = rest.strip_prefix('-').map(str::trim_start).unwrap_or_default();
    if rest.is_empty() || month_number(until).is_some() {
        return Some(month_of(year, month));
    }
    let (digits, rest) = leading_digits(rest);
    let day = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    is_time(rest).then(|| day_of(year, month, day))
}

/// Why a text of a table is no date, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    Unknown,
    /// `03/04/2022`: either number may be the month.
    Ambiguous,
    /// A date whose year no paper can have.
    OutsideYears,
}

pub fn doubt(text: &str) -> Doubt {
    let (numbers, mark, rest) = numbers(text.trim());
    let years = || numbers.iter().filter(|digits| digits.len() == 4).filter_map(|digits| digits.parse::<i16>().ok());
    let (known, unknown) = (years().any(|year| YEARS.contains(&year)), years().any(|year| !YEARS.contains(&year)));
    let ends = rest.is_empty() || rest.starts_with(['.', ' ', 'T']);
    match (known, unknown) {
        (true, false) if numbers.len() == 3 && mark != Some('.') && ends => Doubt::Ambiguous,
        (false, true) if ends => Doubt::OutsideYears,
        _ => Doubt::Unknown,
    }
}

/// The years that a paper can be dated to, as a message says them.
pub fn years() -> String {
    format!("{} to {}", YEARS.start(), YEARS.end())
}

/// The UTC day of a moment with `Z` or an offset.
fn zoned_day(text: &str) -> Option<Day> {
    let moment: jiff::Timestamp = text.parse().ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(moment).date()).filter(|day| YEARS.contains(&day.year()))
}

/// Nothing, or a time of day (and zone) after a date.
fn is_time(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['T', 't', ',']).trim_start();
    rest.is_empty() || (rest.contains(':') && rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 40)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day(text: &str) -> (Option<i16>, i8, i8, &str) {
        match written_day(text) {
            (Reading::Is(d), rest) => (d.year, d.month, d.day, rest),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn dates_as_pages_write_them() {
        assert_eq!(day("Oct 17, 2024 2"), (Some(2024), 10, 17, "2"));
        assert_eq!(day("Feb 11 2"), (None, 2, 11, "2"));
        assert_eq!(day("Published on Oct 3"), (None, 10, 3, ""));
        assert_eq!(day("Sept. 3rd 2023"), (Some(2023), 9, 3, ""));
        assert_eq!(day("17 October 2024"), (Some(2024), 10, 17, ""));
        assert_eq!(day("2024-10-17"), (Some(2024), 10, 17, ""));
        assert_eq!(
            written_day("Tue, Nov 4").0,
            Reading::Is(WrittenDay { year: None, month: 11, day: 4, weekday: Some(Weekday::Tuesday) })
        );
        assert_eq!(written_day("Feb 30").0, Reading::Impossible);
        assert_eq!(written_day("Feb 29, 2023").0, Reading::Impossible);
        for title in ["Marching 3 Steps", "May the Force", "Mars 2", "3D Gaussians", "Market 12"] {
            assert_eq!(written_day(title).0, Reading::No, "{title}");
        }
    }

    #[test]
    fn dates_as_tables_write_them() {
        let is = |text| match table_day(text) {
            Reading::Is(found) => found,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(is("2024-02-29"), (date(2024, 2, 29), Precision::Day));
        assert_eq!(is("2025-11-27T23:52:07.000Z"), (date(2025, 11, 27), Precision::Day));
        assert_eq!(is("2025-11-27T23:52:07-03:00"), (date(2025, 11, 28), Precision::Day));
        assert_eq!(is("2025-11-27 23:52:07"), (date(2025, 11, 27), Precision::Day));
        assert_eq!(is("2025-11"), (date(2025, 11, 1), Precision::Month));
        assert_eq!(is("2021"), (date(2021, 1, 1), Precision::Year));
        assert_eq!(is("2025.11.04"), (date(2025, 11, 4), Precision::Day));
        assert_eq!(is("20251104"), (date(2025, 11, 4), Precision::Day));
        assert_eq!(is("Mon, 2 Apr 2007 19:18:42 GMT"), (date(2007, 4, 2), Precision::Day));
        assert_eq!(is("1762214400000"), (date(2025, 11, 4), Precision::Day));
        for text in [
            "28.11.2022",
            "28. 11. 2022",
            "2022. 11. 28.",
            "28/11/2022",
            "11/28/2022",
            "2022 Nov 28",
            "28.11.2022 14:30",
        ] {
            assert_eq!(is(text), (date(2022, 11, 28), Precision::Day), "{text}");
        }
        for text in ["Nov 2022", "November 2022", "Nov. 2022", "2022 Nov", "2022 Nov-Dec", "11/2022"] {
            assert_eq!(is(text), (date(2022, 11, 1), Precision::Month), "{text}");
        }
        assert_eq!(is("03.04.2022"), (date(2022, 4, 3), Precision::Day));
        assert_eq!(is("4/4/2022"), (date(2022, 4, 4), Precision::Day));
        for never in ["28/13/2022", "31.02.2022", "13/2022", "2022 Feb 30", "2/30/2022"] {
            assert_eq!(table_day(never), Reading::Impossible, "{never}");
        }
        for never in ["03/04/22", "Apr-21", "APR 21", "28.11.", "1.2", "2022 Spring", "28/11.2022", "2022 Nov 28 or so"]
        {
            assert_eq!(table_day(never), Reading::No, "{never}");
        }
        assert_eq!(table_day("2025-02-30"), Reading::Impossible);
        assert_eq!(table_day("2025-13"), Reading::Impossible);
        assert_eq!(table_day("03/04/2024"), Reading::No);
        assert_eq!(table_day("Oct 17"), Reading::No);
        assert_eq!(table_day("soon"), Reading::No);
        let doubts =
            ["03/04/2024", "3-4-2024", "2204-05-01", "0023", "01.02.0201", "soon", "1.2", "03/04/22"].map(doubt);
        let [asked, outside, unknown] = [Doubt::Ambiguous, Doubt::OutsideYears, Doubt::Unknown];
        assert_eq!(doubts, [asked, asked, outside, outside, outside, unknown, unknown, unknown]);
        for never in ["0001-01-01", "0001-01-01T00:00:00Z", "0001-01", "9999-12-31"] {
            assert_eq!(table_day(never), Reading::No, "{never}");
        }
    }
}
