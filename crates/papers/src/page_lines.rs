//! The text of a saved page into what its lines are: the page's own date, text lines and bylines, each with its number.
//! It does not decide which text line is a title and which an abstract.

use crate::dates::{Reading, WrittenDay, strip_prefix_ignoring_case, written_day};
use crate::entry::{error, quoted, remark};
use crate::wording::trim;
use model::{Notice, Severity};

/// A line that says something, trimmed, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    pub text: &'a str,
    /// 1-based.
    pub number: u64,
    /// Whether an empty line stands before it.
    pub after_blank: bool,
}

/// What stands under an abstract.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Byline {
    pub line: u64,
    pub authors: Option<u32>,
    pub organisation: Option<String>,
    pub date: Option<(WrittenDay, u64)>,
    pub comments: Option<u32>,
}

/// A line of text or a whole byline.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<'a> {
    Text(Line<'a>),
    Byline(Byline),
}

/// A page taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageLines<'a> {
    pub date: Option<(WrittenDay, u64)>,
    pub pieces: Vec<Piece<'a>>,
    pub notices: Vec<Notice>,
}

const EXPECTED_DATE: &str = "a day of the calendar such as `Oct 17, 2024`";

/// Splits a page into header, text lines and bylines.
pub fn split(text: &str) -> PageLines<'_> {
    let lines = said_lines(text);
    let mut page = PageLines::default();
    let rest = read_header(&lines, &mut page);
    read_body(&rest, &mut page);
    page
}

/// Lines (ended by LF, CR LF or CR) that hold more than white space.
fn said_lines(text: &str) -> Vec<Line<'_>> {
    let end_mark = if text.contains('\n') { '\n' } else { '\r' };
    let mut lines = Vec::new();
    let mut after_blank = false;
    for (index, line) in text.split(end_mark).enumerate() {
        let said = trim(line);
        if said.is_empty() {
            after_blank = true;
        } else {
            lines.push(Line { text: said, number: index as u64 + 1, after_blank });
            after_blank = false;
        }
    }
    lines
}

/// From this length on a line can only be an abstract.
const SURELY_ABSTRACT: usize = 250;

fn length(line: Option<&Line<'_>>) -> usize {
    line.map_or(0, |line| line.text.chars().count())
}

/// Takes the header lines off, keeps the page's date, and returns what follows.
fn read_header<'a>(lines: &[Line<'a>], page: &mut PageLines<'a>) -> Vec<Line<'a>> {
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let text = without_header_phrases(line.text);
        // A date above an abstract is a title that looks like a date.
        let titles_follow = length(lines.get(index + 1)) < SURELY_ABSTRACT;
        match written_day(text) {
            _ if text.is_empty() => {}
            (Reading::Is(day), "") if page.date.is_none() && titles_follow => page.date = Some((day, line.number)),
            (Reading::Impossible, "") if page.date.is_none() && titles_follow => {
                page.notices.push(impossible_date(line.number, text));
            }
            _ => {
                let mut rest = vec![Line { text, ..*line }];
                rest.extend(without_inner_headers(&lines[index + 1..], page));
                return rest;
            }
        }
        index += 1;
    }
    Vec::new()
}

/// The lines of the body without header lines. A date directly under one is the head of another page: the papers below
/// it would get the wrong date.
fn without_inner_headers<'a>(lines: &[Line<'a>], page: &mut PageLines<'a>) -> Vec<Line<'a>> {
    let is_header = |line: &Line<'_>| without_header_phrases(line.text).is_empty();
    let mut rest = Vec::new();
    let mut under_header = false;
    for line in lines {
        let header = is_header(line);
        match written_day(line.text) {
            _ if header => {}
            (Reading::Is(day), "") if under_header => {
                if page.date.is_none_or(|(first, _)| first != day) {
                    page.notices.push(another_page(line.number, line.text));
                }
            }
            _ => rest.push(*line),
        }
        under_header = header;
    }
    rest
}

fn another_page(line: u64, date: &str) -> Notice {
    error(
        Some(line),
        format!("the header of another page, of {date}, inside the page"),
        "one page a file",
        "split the file above the header of the second page",
    )
}

fn impossible_date(line: u64, text: &str) -> Notice {
    error(
        Some(line),
        format!("the date {}, which no calendar has", quoted(text)),
        EXPECTED_DATE,
        "correct the date in the file, or delete its line so that the paper counts as undated",
    )
}

/// What is left of a line when the phrases of the page's header, which may be glued to it, are taken off its front.
fn without_header_phrases(line: &str) -> &str {
    let mut text = line;
    while let Some(rest) = after_header_phrase(text) {
        text = rest.trim_start();
    }
    if text.eq_ignore_ascii_case("new") || text.eq_ignore_ascii_case("Daily Papers") { "" } else { text }
}

fn after_header_phrase(text: &str) -> Option<&str> {
    let strip = |phrase| strip_prefix_ignoring_case(text, phrase);
    if let Some(rest) = strip("Get trending papers in your").and_then(after_invitation) {
        return Some(rest);
    }
    if let Some(rest) = strip("by").and_then(after_community) {
        return Some(rest);
    }
    if let Some(rest) = strip("newGet trending papers") {
        return Some(&text[text.len() - rest.len() - "Get trending papers".len()..]);
    }
    if let Some(rest) = strip("Daily Papersby").or_else(|| strip("Daily Papers by")) {
        return Some(&text[text.len() - rest.len() - "by".len()..]).filter(|rest| after_header_phrase(rest).is_some());
    }
    text.strip_prefix("Subscribe").filter(|rest| !continues_word(rest))
}

/// What stands behind ` email inbox once a day!`; the words change from page to page, the mark at the end does not.
fn after_invitation(rest: &str) -> Option<&str> {
    let end = rest.find('!').filter(|&end| end <= 60).map(|end| end + 1);
    let end = end.or_else(|| strip_prefix_ignoring_case(rest, " email inbox").map(|after| rest.len() - after.len()))?;
    Some(&rest[end..])
}

/// What stands behind `AK and the research community`, whatever white space parts the words.
fn after_community(rest: &str) -> Option<&str> {
    ["AK", "and", "the", "research", "community"]
        .iter()
        .try_fold(rest, |rest, word| strip_prefix_ignoring_case(rest.trim_start(), word))
}

/// Whether `Subscribe` was only the front of a word or of a sentence (`Subscribers`, `Subscribe to`).
fn continues_word(rest: &str) -> bool {
    rest.starts_with(' ') || ["r ", "rs ", "d ", "s ", "r-", "rs'"].iter().any(|ending| rest.starts_with(ending))
}

fn is_dot(character: char) -> bool {
    matches!(character, '·' | '•' | '‧' | '∙' | '⋅' | '・')
}

/// A line that only parts the author count from the date.
fn is_separator(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| is_dot(c) || matches!(c, '|' | '-' | '–' | '—')) && characters.next().is_none()
}

/// `• 5 authors`: the count, and whether the line starts with a bullet.
fn author_count(text: &str) -> Option<(u32, bool)> {
    let bare = text.trim_start_matches(|c: char| is_dot(c) || matches!(c, '*' | '-' | '–' | '+') || c.is_whitespace());
    let (count, word) = bare.split_once(char::is_whitespace)?;
    matches!(word.trim(), "author" | "authors" | "Authors" | "Author").then_some(())?;
    Some((count.replace(',', "").parse().ok()?, bare.len() < text.len()))
}

/// What stands behind a date: nothing, a number of comments (`2`, `1.2k`, `3 comments`), or something else.
fn comment_count(text: &str) -> Reading<Option<u32>> {
    let text = text.trim_start_matches(|c: char| is_dot(c) || c.is_whitespace());
    let text = text.trim_end_matches("comments").trim_end_matches("comment").trim_end();
    if text.is_empty() {
        return Reading::Is(None);
    }
    let count = match text.strip_suffix(['k', 'K']) {
        Some(thousands) => {
            thousands.parse::<f64>().ok().filter(|n| (0.0..1e6).contains(n)).map(|n| (n * 1000.0) as u32)
        }
        None => text.replace(',', "").parse().ok(),
    };
    count.map_or(Reading::No, |count| Reading::Is(Some(count)))
}

/// A whole line as the date of a byline, with the number of comments behind it.
fn date_line(text: &str) -> Reading<(WrittenDay, Option<u32>)> {
    if text.len() > 60 {
        return Reading::No;
    }
    let (day, rest) = written_day(text);
    match (day, comment_count(rest)) {
        (Reading::Is(day), Reading::Is(comments)) => Reading::Is((day, comments)),
        (Reading::Impossible, Reading::Is(_)) => Reading::Impossible,
        _ => Reading::No,
    }
}

/// `3 days ago`, `about 9 hours ago`, `yesterday`.
fn is_relative_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    lower.len() < 40 && (stem.ends_with(" ago") || stem == "yesterday" || stem == "today")
}

fn read_body<'a>(lines: &[Line<'a>], page: &mut PageLines<'a>) {
    let mut index = 0;
    while index < lines.len() {
        index = byline_at(lines, index, page).unwrap_or_else(|| {
            page.pieces.push(Piece::Text(lines[index]));
            index + 1
        });
    }
}

/// Reads the byline that starts at `index`, if one does, and returns the index behind it.
fn byline_at<'a>(lines: &[Line<'a>], index: usize, page: &mut PageLines<'a>) -> Option<usize> {
    let line = lines[index];
    let mut byline = Byline { line: line.number, ..Byline::default() };
    if let Some(date) = whole_byline(line.text, &mut byline) {
        return Some(take_date(lines, index, date, byline, page));
    }
    let text_at = |i: usize| lines.get(i).map_or("", |line| line.text);
    let date_at = |i: usize| date_line(text_at(i)) != Reading::No || is_relative_date(text_at(i));
    if let Some((count, bullet)) = author_count(line.text) {
        let separated = is_separator(text_at(index + 1));
        if bullet || separated || date_at(index + 1) {
            byline.authors = Some(count);
            let date = index + 1 + usize::from(separated);
            return Some(take_date(lines, date, text_at(date), byline, page));
        }
    }
    if is_separator(line.text) && (date_at(index + 1) || is_unread_date(lines, index + 1)) {
        take_organisation(&mut byline, page);
        return Some(take_date(lines, index + 1, text_at(index + 1), byline, page));
    }
    let published = strip_prefix_ignoring_case(line.text, "published").is_some();
    if date_at(index) && (published || stands_under_abstract(lines, index, page)) {
        return Some(take_date(lines, index, line.text, byline, page));
    }
    None
}

/// A date without any separator is a byline only between an abstract and a title.
fn stands_under_abstract(lines: &[Line<'_>], index: usize, page: &PageLines<'_>) -> bool {
    let under = matches!(page.pieces.last(), Some(Piece::Text(above)) if length(Some(above)) >= SURELY_ABSTRACT);
    under && length(lines.get(index + 1)) < SURELY_ABSTRACT
}

/// A short line directly under a separator that should have been a date: a word and numbers, and no abstract under it.
fn is_unread_date(lines: &[Line<'_>], index: usize) -> bool {
    let separated = index.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(|line| is_separator(line.text));
    let Some(line) = lines.get(index).filter(|line| separated && !line.after_blank) else { return false };
    let words: Vec<&str> = line.text.split([' ', ',', '/', '-', '.']).filter(|word| !word.is_empty()).collect();
    let numbers = words.iter().filter(|word| word.bytes().all(|b| b.is_ascii_digit())).count();
    numbers >= 1 && words.len() <= 4 && words.len() - numbers <= 1 && length(lines.get(index + 1)) < SURELY_ABSTRACT
}

/// `• 5 authors · Oct 17, 2024 2` on one line: fills who, returns the text of the date.
fn whole_byline<'a>(text: &'a str, byline: &mut Byline) -> Option<&'a str> {
    let short = text.len() <= 160;
    let (at, dot) = short.then(|| text.char_indices().rev().find(|&(_, c)| is_dot(c))).flatten()?;
    let (who, date) = (text[..at].trim(), text[at + dot.len_utf8()..].trim());
    if date_line(date) == Reading::No {
        return None;
    }
    match author_count(who) {
        Some((count, _)) => byline.authors = Some(count),
        None if who.is_empty() => {}
        None => byline.organisation = Some(who.to_owned()),
    }
    Some(date)
}

/// An organisation is written twice (`TIGER-Lab TIGER-Lab`), and some have long names.
const LONGEST_ORGANISATION: usize = 200;

/// The text line above a separator is an organisation if it is short and enough text is left for the entry.
fn take_organisation(byline: &mut Byline, page: &mut PageLines<'_>) {
    let texts = page.pieces.iter().rev().take_while(|piece| matches!(piece, Piece::Text(_))).count();
    let Some(Piece::Text(above)) = page.pieces.last().cloned() else { return };
    let sentence = above.text.ends_with('.') && (above.text.split_whitespace().count() >= 7 || texts == 2);
    if texts < 2 || above.text.chars().count() > LONGEST_ORGANISATION || sentence {
        return;
    }
    page.pieces.pop();
    byline.line = above.number;
    match author_count(above.text) {
        Some((count, _)) => byline.authors = Some(count),
        None => byline.organisation = Some(above.text.to_owned()),
    }
}

/// Reads the date of a byline at `index` (if one is there), files the byline, and returns the index behind it.
fn take_date<'a>(lines: &[Line<'a>], index: usize, text: &str, mut byline: Byline, page: &mut PageLines<'a>) -> usize {
    let line = lines.get(index).map_or(byline.line, |line| line.number);
    let mut next = index + 1;
    match date_line(text) {
        Reading::Is((day, comments)) => {
            byline.date = Some((day, line));
            byline.comments = comments;
            if let Some(count) = lone_count(lines, next).filter(|_| comments.is_none()) {
                byline.comments = Some(count);
                next += 1;
            }
        }
        Reading::Impossible => page.notices.push(impossible_date(line, text)),
        Reading::No if is_relative_date(text) => page.notices.push(relative_date(line, text)),
        Reading::No if is_unread_date(lines, index) => page.notices.push(impossible_date(line, text)),
        Reading::No => {
            page.notices.push(no_date(byline.line));
            next = index;
        }
    }
    page.pieces.push(Piece::Byline(byline));
    next
}

/// A number alone on the line directly under a date: the comments.
fn lone_count(lines: &[Line<'_>], index: usize) -> Option<u32> {
    let line = lines.get(index).filter(|line| !line.after_blank)?;
    line.text.parse().ok().filter(|_| length(lines.get(index + 1)) < SURELY_ABSTRACT)
}

fn relative_date(line: u64, text: &str) -> Notice {
    remark(
        Severity::Warning,
        Some(line),
        format!("the date {} counts from the moment the page was saved; the paper stays undated", quoted(text)),
        EXPECTED_DATE,
        "write the date itself into the file if it matters",
    )
}

fn no_date(line: u64) -> Notice {
    remark(
        Severity::Warning,
        Some(line),
        "a byline without a date; the paper stays undated",
        EXPECTED_DATE,
        "look at the line under it: if it holds a date, write it like the others",
    )
}
