//! The week a report is about, from the newest day the papers speak of. It names a folder and makes none.

use model::{Day, Papers};

/// ISO week of the newest paper (`2025-W45`): by the papers' own dates or, where none is known, by the day they were
/// listed; `undated` where neither is.
#[must_use]
pub fn report_week(papers: &Papers) -> String {
    let newest = |days: Vec<Option<Day>>| days.into_iter().flatten().max();
    newest(papers.published()).or_else(|| newest(papers.seen())).map_or_else(|| "undated".to_owned(), iso_week)
}

fn iso_week(day: Day) -> String {
    let week = day.iso_week_date();
    format!("{}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_follow_iso_at_the_turn_of_the_year() {
        assert_eq!(iso_week(Day::constant(2025, 11, 4)), "2025-W45");
        assert_eq!(iso_week(Day::constant(2024, 12, 30)), "2025-W01");
        assert_eq!(iso_week(Day::constant(2027, 1, 3)), "2026-W53");
    }
}
