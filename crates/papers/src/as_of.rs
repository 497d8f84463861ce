//! All entries to those that were there on a day: nothing published or listed later reaches merging, words or themes.
//! It does not cut a timeline: `--from` and `--to` do that, much later.

use crate::entry::{Entry, FileContent, remark};
use model::{Day, Notice, Severity};

/// Entries that were left out, and the earliest day of any entry that has one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct LeftOut {
    later: usize,
    undated: usize,
    earliest: Option<Day>,
}

/// Keeps the entries that were there on `as_of`, and says what was left out; a warning where nothing is left.
///
/// A listing's day, and a table's `seen`, is the day on which a paper came up: later ones go. A page is different: its
/// day is the one on which somebody saved it, so a paper on it that is dated earlier stays, and its page counts as not yet
/// seen. What has no date at all cannot be shown to have been there, and goes. Comments and upvotes stay as they are.
pub fn keep(files: &mut [FileContent], as_of: Day) -> Option<Notice> {
    let mut left = LeftOut::default();
    for file in files.iter_mut() {
        let saved_page = file.page.is_some();
        file.entries.retain_mut(|entry| is_kept(entry, saved_page, as_of, &mut left));
    }
    let none_left = files.iter().all(|file| file.entries.is_empty());
    (left.later + left.undated > 0).then(|| tell(left, as_of, none_left))
}

fn is_kept(entry: &mut Entry, saved_page: bool, as_of: Day, left: &mut LeftOut) -> bool {
    let own = entry.published.or(entry.seen);
    left.earliest = [left.earliest, own].into_iter().flatten().min();
    let seen_later = entry.seen.is_some_and(|day| day > as_of);
    if seen_later && saved_page && entry.published.is_some_and(|day| day <= as_of) {
        entry.seen = None;
        return true;
    }
    let later = seen_later || entry.published.is_some_and(|day| day > as_of);
    left.later += usize::from(later);
    left.undated += usize::from(own.is_none());
    !later && own.is_some()
}

fn tell(left: LeftOut, as_of: Day, none_left: bool) -> Notice {
    let counts = [(left.later, "published or listed later"), (left.undated, "without a date")];
    let parts: Vec<String> =
        counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let found = format!("entries left out by --as-of {as_of}: {}", parts.join(", "));
    if !none_left {
        return remark(Severity::Note, None, found, "", "");
    }
    let first = left.earliest.map_or_else(|| "no paper has a date".to_owned(), |day| format!("the first is of {day}"));
    let expected = format!("a paper of that day or earlier ({first})");
    remark(Severity::Warning, None, format!("{found}; no paper is left"), expected, "give a later --as-of")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::PageDates;

    const DAYS: [Day; 3] = [Day::constant(2025, 1, 1), Day::constant(2025, 2, 1), Day::constant(2025, 3, 1)];

    fn file(page: bool, dates: &[(Option<usize>, Option<usize>)]) -> FileContent {
        let day = |index: Option<usize>| index.map(|i| DAYS[i]);
        let entry = |(p, s): &(_, _)| Entry { published: day(*p), seen: day(*s), ..Entry::default() };
        let entries = dates.iter().map(entry).collect();
        FileContent { entries, page: page.then(PageDates::default), ..FileContent::default() }
    }

    #[test]
    fn what_was_listed_later_goes_whenever_it_was_published() {
        let mut files = [file(false, &[(Some(0), Some(1)), (Some(0), Some(2)), (Some(2), None), (None, Some(0))])];
        let told = keep(&mut files, DAYS[1]).unwrap();
        assert_eq!(files[0].entries, file(false, &[(Some(0), Some(1)), (None, Some(0))]).entries);
        assert_eq!(told.found, "entries left out by --as-of 2025-02-01: 2 published or listed later");
        assert_eq!(keep(&mut files, DAYS[1]), None);
    }

    #[test]
    fn a_page_saved_later_tells_what_was_published_before_but_was_not_there_yet() {
        let mut files = [file(true, &[(Some(0), Some(2)), (Some(2), Some(2)), (None, Some(2))])];
        keep(&mut files, DAYS[1]).unwrap();
        assert_eq!(files[0].entries, file(true, &[(Some(0), None)]).entries);
    }

    #[test]
    fn nothing_left_is_a_warning_that_names_the_first_day() {
        let mut files = [file(false, &[(Some(1), Some(2)), (None, None)])];
        let told = keep(&mut files, DAYS[0]).unwrap();
        assert_eq!(told.severity, Severity::Warning);
        assert!(told.found.contains("1 published or listed later, 1 without a date"), "{}", told.found);
        assert!(told.expected.contains("2025-02-01"), "{}", told.expected);
    }
}
