//! Turns the papers into how far they reach in time: the period of the data, and how many of them have a place in it.
//! Does not name bins: the last bin ends where the calendar has it, the data where the newest paper is.

use crate::format::{self, count};
use model::{Analysis, Bin, Clock, Day};

/// `4 Aug 2023 to 31 Dec 2025`: the first and the newest day of the papers in these bins; `None` where there is no such paper.
pub fn period(analysis: &Analysis, bins: &[Bin]) -> Option<String> {
    let timeline = analysis.trends.timeline.as_ref()?;
    let (first, last) = (bins.first()?, bins.last()?);
    let from = from(analysis);
    let read =
        |day: &Day| first.start <= *day && *day < last.end && *day <= timeline.as_of && from.is_none_or(|f| f <= *day);
    let days: Vec<Day> = days(analysis, timeline.clock).into_iter().flatten().filter(read).collect();
    let (oldest, newest) = (days.iter().min().copied()?, days.iter().max().copied()?);
    let end = stands_for(&days, newest).min(timeline.as_of);
    Some(format::day_range(oldest, end.tomorrow().unwrap_or(end)))
}

/// The same of all bins.
pub fn whole_period(analysis: &Analysis) -> Option<String> {
    period(analysis, &analysis.trends.timeline.as_ref()?.bins)
}

/// Where every date is the first of January (of a month), the newest one reaches to the end of its year (month).
fn stands_for(days: &[Day], newest: Day) -> Day {
    if days.iter().all(|day| *day == newest) || days.iter().any(|day| day.day() != 1) {
        newest
    } else if days.iter().all(|day| day.month() == 1) {
        newest.last_of_year()
    } else {
        newest.last_of_month()
    }
}

/// The first day that was asked for: papers of its bin that are older take no part.
fn from(analysis: &Analysis) -> Option<Day> {
    analysis.settings.iter().find(|setting| setting.name == "from")?.value.parse().ok()
}

fn days(analysis: &Analysis, clock: Clock) -> Vec<Option<Day>> {
    match clock {
        Clock::Published => analysis.papers.published(),
        Clock::Seen => analysis.papers.seen(),
    }
}

/// Papers with a date that lie outside of the days that the trends look at.
pub fn outside(analysis: &Analysis) -> usize {
    analysis.papers.len().saturating_sub(analysis.trends.dated + analysis.trends.undated)
}

/// `127 dated (6 outside of the time looked at), 145 undated`: together all papers.
pub fn dated(analysis: &Analysis) -> String {
    let outside = outside(analysis);
    let (dated, undated) = (analysis.trends.dated + outside, analysis.trends.undated);
    let apart = if outside > 0 {
        format!(" ({} outside of the time looked at)", if outside == dated { "all".to_owned() } else { count(outside) })
    } else {
        String::new()
    };
    format!("{} dated{apart}, {} undated", count(dated), count(undated))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Fake, REALISTIC};
    use model::SettingValue;

    #[test]
    fn the_period_ends_with_the_newest_paper_and_not_with_its_bin() {
        let mut analysis = REALISTIC.build();
        let dated = analysis.papers.published();
        let (oldest, newest) = (dated.iter().flatten().min().unwrap(), dated.iter().flatten().max().unwrap());
        let last_bin = *analysis.trends.timeline.as_ref().unwrap().bins.last().unwrap();
        assert!(newest.tomorrow().unwrap() < last_bin.end, "the fake data end within a week");
        let period = |analysis: &Analysis| whole_period(analysis).unwrap();
        assert_eq!(period(&analysis), format::day_range(*oldest, newest.tomorrow().unwrap()));
        // --to and --from within a bin: its other papers take no part.
        let (from, to) = (oldest.tomorrow().unwrap(), newest.yesterday().unwrap());
        analysis.trends.timeline.as_mut().unwrap().as_of = to;
        analysis.settings.push(SettingValue { name: "from".into(), value: from.to_string() });
        assert_eq!(period(&analysis), format::day_range(from, *newest));
    }

    #[test]
    fn bare_years_reach_to_the_end_of_the_newest() {
        let year = |year| Day::constant(year, 1, 1);
        assert_eq!(stands_for(&[year(2020), year(2024)], year(2024)), Day::constant(2024, 12, 31));
        let month = Day::constant(2024, 2, 1);
        assert_eq!(stands_for(&[year(2024), month], month), Day::constant(2024, 2, 29));
        let day = Day::constant(2024, 2, 7);
        assert_eq!(stands_for(&[year(2024), day], day), day);
        assert_eq!(stands_for(&[year(2024)], year(2024)), year(2024));
    }

    #[test]
    fn dated_and_undated_papers_are_all_papers() {
        let mut analysis = Fake { papers: 40, undated_every: 10, ..REALISTIC }.build();
        let (dated, undated) = (analysis.trends.dated, analysis.trends.undated);
        assert_eq!(super::dated(&analysis), format!("{dated} dated, {undated} undated"));
        analysis.trends.dated -= 6;
        let told = format!("{dated} dated (6 outside of the time looked at), {undated} undated");
        assert_eq!(super::dated(&analysis), told);
        analysis.trends.dated = 0;
        let none = format!("{dated} dated (all outside of the time looked at), {undated} undated");
        assert_eq!(super::dated(&analysis), none);
    }
}
