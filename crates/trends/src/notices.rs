//! Turns what the timeline and the counts look like into notices: holes in the feed, and what could not be computed.
//! Repairs nothing.

use crate::calendar::{is_weekend, name, plural, shift};
use crate::clock::Dated;
use crate::counts::{Counts, finished_bins};
use crate::precision::Precision;
use crate::{TrendInput, TrendSettings};
use model::{Clock, Day, Notice, Severity, Timeline};
use std::collections::BTreeSet;

/// A bin is thin where it has less than this share of the median of its neighbours ...
const THIN: f64 = 1.0 / 3.0;
/// ... if that median is at least this: small numbers are often a third of each other.
const ENOUGH_NEIGHBOURS: f64 = 15.0;
/// Weekdays without a listing are holes in a daily feed up to this share of all weekdays; beyond it the feed is none.
const MOST_HOLES: f64 = 0.2;
/// Empty bins in a row that are worth a word: fewer happen at every turn of the year.
const GAP: usize = 4;
/// Days or bins named in one notice.
const NAMED: usize = 8;

/// All notices about time, in a fixed order.
pub(crate) fn notices(
    input: &TrendInput<'_>,
    dated: &Dated,
    timeline: &Timeline,
    precision: &Precision,
    counts: &Counts,
    settings: &TrendSettings,
) -> Vec<Notice> {
    let all = [
        left_out(dated),
        unit_taken(timeline, settings),
        finer_than_the_dates(timeline, precision),
        unfinished(timeline),
        few_bins(timeline, precision, counts, settings),
        holes(input, dated, timeline),
        thin_bins(timeline, counts),
        gaps(timeline, counts),
        lone_papers(input, counts),
    ];
    all.into_iter().flatten().collect()
}

fn notice(severity: Severity, found: String, expected: &str, hint: &str) -> Notice {
    Notice { severity, file: None, line: None, found, expected: expected.to_owned(), hint: hint.to_owned() }
}

/// Papers that were left out because of the days that were asked for.
pub(crate) fn left_out(dated: &Dated) -> Option<Notice> {
    let parts =
        [(dated.later, format!("after {}", dated.limit)), (dated.outside, "outside of --from and --to".to_owned())];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{} {why}", papers(n))).collect();
    (!parts.is_empty()).then(|| notice(Severity::Note, format!("left out of the trends: {}", parts.join(", ")), "", ""))
}

/// Papers so long before all others that the timeline begins after them.
pub(crate) fn strays(count: usize, timeline: &Timeline) -> Option<Notice> {
    let first = timeline.bins.first()?.start;
    let found = format!("left out of the trends: {} before {first}, in bins that are almost empty", papers(count));
    (count > 0).then(|| notice(Severity::Warning, found, "", "--from with an earlier day reads them"))
}

fn papers(count: usize) -> String {
    if count == 1 { "1 paper".to_owned() } else { format!("{count} papers") }
}

fn unit_taken(timeline: &Timeline, settings: &TrendSettings) -> Option<Notice> {
    let asked = settings.bin?;
    (asked != timeline.unit).then(|| notice(Severity::Warning, timeline.reason.clone(), "", "check for a wrong date"))
}

/// Bins that were asked for, though the dates cannot tell them apart.
fn finer_than_the_dates(timeline: &Timeline, precision: &Precision) -> Option<Notice> {
    let why = precision.reason.as_ref().filter(|_| timeline.unit < precision.finest)?;
    let (unit, finest) = (plural(timeline.unit), plural(precision.finest));
    let found =
        format!("{why}; they lie in the first {unit} of their {finest}, and what stands out there may be no news");
    Some(notice(
        Severity::Warning,
        found,
        "",
        &format!("--bin {} and --bin auto have no such bins", name(precision.finest)),
    ))
}

fn unfinished(timeline: &Timeline) -> Option<Notice> {
    let open: Vec<Day> = timeline.bins.iter().filter(|b| !b.finished).map(|b| b.start).collect();
    let found = format!("not finished on {}, and so in no test: bins from {}", timeline.as_of, list(&open));
    (!open.is_empty()).then(|| notice(Severity::Note, found, "", ""))
}

fn list(days: &[Day]) -> String {
    let named: Vec<String> = days.iter().take(NAMED).map(ToString::to_string).collect();
    let more = days.len().saturating_sub(NAMED);
    if more > 0 { format!("{} and {more} more", named.join(", ")) } else { named.join(", ") }
}

fn few_bins(timeline: &Timeline, precision: &Precision, counts: &Counts, settings: &TrendSettings) -> Option<Notice> {
    let finished = finished_bins(timeline);
    let filled = counts.totals[..finished].iter().filter(|&&n| n > 0).count();
    if filled < 4 {
        let found = if filled == 1 {
            "1 finished bin has papers".to_owned()
        } else {
            format!("{filled} finished bins have papers")
        };
        // Weeks are the finest bins there are, and finer bins than the dates hold no more of them.
        let finer = timeline.unit > precision.finest;
        let hint = if finer { "choose a finer --bin or add older papers" } else { "add older papers" };
        return Some(notice(Severity::Warning, found, "4 or more for a trend", hint));
    }
    (finished < settings.window).then(|| {
        let found = format!("the window of {} bins is longer than the {finished} finished ones", settings.window);
        notice(Severity::Note, found, "", "")
    })
}

/// Empty bins, and the long stretches of them.
fn gaps(timeline: &Timeline, counts: &Counts) -> Option<Notice> {
    let bins: Vec<usize> = (0..counts.totals.len()).collect();
    let runs = bins.chunk_by(|a, b| counts.totals[*a] == 0 && counts.totals[*b] == 0);
    let empty: Vec<&[usize]> = runs.filter(|run| counts.totals[run[0]] == 0).collect();
    let long: Vec<&[usize]> = empty.iter().filter(|run| run.len() >= GAP).copied().collect();
    let between = |run: &&[usize]| {
        let (start, end) = (timeline.bins[run[0]].start, timeline.bins[run[run.len() - 1]].end);
        format!("from {start} to before {end} ({} bins)", run.len())
    };
    let named: Vec<String> = long.iter().take(NAMED).map(between).collect();
    let more = long.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more such stretches") } else { String::new() };
    let longest = if long.is_empty() { String::new() } else { format!("; none is dated {}{more}", named.join(", ")) };
    let (n, all) = (empty.iter().map(|run| run.len()).sum::<usize>(), bins.len());
    let hold = if n == 1 { "holds" } else { "hold" };
    let found = format!("{n} of {all} bins {hold} no dated paper, and so no share: it is undefined, not zero{longest}");
    (n > 0).then(|| notice(Severity::Warning, found, "", "a coarser --bin has fewer empty bins"))
}

/// Themes without two papers on the timeline.
fn lone_papers(input: &TrendInput<'_>, counts: &Counts) -> Option<Notice> {
    let papers = |theme: usize| counts.themes[theme].iter().sum::<u32>();
    let lone: Vec<String> = (0..counts.themes.len())
        .filter(|&theme| papers(theme) < 2)
        .map(|theme| format!("theme {} ({})", input.themes[theme].0, papers_in_words(papers(theme))))
        .collect();
    let found = format!("too few dated papers for any trend: {}", lone.join(", "));
    (!lone.is_empty()).then(|| notice(Severity::Note, found, "", ""))
}

fn papers_in_words(count: u32) -> String {
    if count == 0 { "none".to_owned() } else { papers(count as usize) }
}

/// Weekdays between the first and the newest listing without one.
fn holes(input: &TrendInput<'_>, dated: &Dated, timeline: &Timeline) -> Option<Notice> {
    if timeline.clock != Clock::Seen || !dated.listing {
        return None;
    }
    let listed: BTreeSet<Day> = input.seen.iter().flatten().copied().collect();
    let read = dated.days.iter().flatten();
    let (mut day, last) = (*read.clone().min()?, *read.max()?);
    let (mut holes, mut weekdays) = (Vec::new(), 0_usize);
    while day < last {
        if !is_weekend(day) {
            weekdays += 1;
            if !listed.contains(&day) {
                holes.push(day);
            }
        }
        day = shift(day, 1);
    }
    let some = !holes.is_empty() && holes.len() as f64 <= MOST_HOLES * weekdays as f64;
    let found = format!(
        "{} of {weekdays} weekdays have no listing ({}): bins from {} may hold too few papers",
        holes.len(),
        list(&holes),
        list(&bins_of(&holes, timeline))
    );
    some.then(|| {
        notice(Severity::Note, found, "", "shares are not affected, as long as the days are missing by chance")
    })
}

/// First days of the bins that the days (ascending) lie in.
fn bins_of(days: &[Day], timeline: &Timeline) -> Vec<Day> {
    let around = |day: &Day| timeline.bins.iter().find(|bin| bin.start <= *day && *day < bin.end).map(|bin| bin.start);
    let mut starts: Vec<Day> = days.iter().filter_map(around).collect();
    starts.dedup();
    starts
}

/// Finished bins with far fewer papers than the two on either side.
fn thin_bins(timeline: &Timeline, counts: &Counts) -> Option<Notice> {
    let finished = &counts.totals[..finished_bins(timeline)];
    let is_thin = |&bin: &usize| {
        let near = bin.saturating_sub(2)..(bin + 3).min(finished.len());
        let mut others: Vec<u32> = near.filter(|&b| b != bin).map(|b| finished[b]).collect();
        others.sort_unstable();
        let usual = f64::from(others.get(others.len() / 2).copied().unwrap_or(0));
        usual >= ENOUGH_NEIGHBOURS && f64::from(finished[bin]) < THIN * usual
    };
    let thin: Vec<Day> = (0..finished.len()).filter(is_thin).map(|bin| timeline.bins[bin].start).collect();
    let found = format!("far fewer papers than in the bins beside them: bins from {}", list(&thin));
    (!thin.is_empty()).then(|| notice(Severity::Warning, found, "", "papers may be missing there; check the input"))
}
