//! Turns verdicts by upvotes that differ from those by count into sentences that show both side by side.
//! Where the two agree it says nothing.

use crate::format::{self, percent, points};
use crate::story;
use crate::windows::Window;
use model::{Analysis, Verdict, VerdictKind};

/// So many themes are shown for each window; the table of verdicts holds all.
const SHOWN: usize = 5;

/// One sentence a window in which a theme moves by upvotes and not by count, or the other way round.
pub fn sentences(analysis: &Analysis, windows: &[Window<'_>]) -> Vec<String> {
    windows.iter().filter_map(|window| sentence(analysis, window)).collect()
}

fn sentence(analysis: &Analysis, window: &Window<'_>) -> Option<String> {
    let different: Vec<String> = (0..analysis.trends.by_upvotes.len())
        .filter_map(|position| {
            let name = story::name(&analysis.themes.themes[position]);
            let by_upvotes = other(analysis, window, position)?;
            Some(format!("{name} is {}", both(window.verdict(position)?, by_upvotes)))
        })
        .collect();
    let more = different.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!("; and {more} more in the table of verdicts") } else { String::new() };
    let shown = different.get(..different.len().min(SHOWN))?.join("; ");
    (!different.is_empty()).then(|| format!("By upvotes, over {}: {shown}{rest}.", window.length))
}

/// The verdict by upvotes over the window, where it differs from that by count.
pub fn other<'a>(analysis: &'a Analysis, window: &Window<'_>, position: usize) -> Option<&'a Verdict> {
    let course = analysis.trends.by_upvotes.get(position)?;
    let within = |v: &&Verdict| (v.window_start, v.window_end) == (window.start, window.end);
    let by_upvotes = course.recent.iter().chain(&course.overall).find(within)?;
    differs(window.verdict(position)?, by_upvotes).then_some(by_upvotes)
}

/// `By upvotes it is rising (2.0% to 6.1% of upvotes, +4.1 points).`, where that differs from the verdict by count.
pub fn beside(analysis: &Analysis, window: &Window<'_>, position: usize) -> Option<String> {
    other(analysis, window, position).map(|verdict| format!("By upvotes it is {}.", with_numbers(verdict, "upvotes")))
}

/// Whether one of the two moves, and the other does not or in the other direction.
fn differs(by_count: &Verdict, by_upvotes: &Verdict) -> bool {
    let moves = |v: &Verdict| matches!(v.kind, VerdictKind::Rising | VerdictKind::Falling);
    by_count.kind != by_upvotes.kind && (moves(by_count) || moves(by_upvotes))
}

/// `rising (2.0% to 6.1% of upvotes, +4.1 points), by count flat (3.0% to 3.2% of papers, +0.2 points)`.
fn both(by_count: &Verdict, by_upvotes: &Verdict) -> String {
    format!("{}, by count {}", with_numbers(by_upvotes, "upvotes"), with_numbers(by_count, "papers"))
}

fn with_numbers(verdict: &Verdict, what: &str) -> String {
    let numbers = verdict.share_first.zip(verdict.share_last).zip(verdict.change);
    let numbers = numbers.map(|((first, last), change)| {
        format!(" ({} to {} of {what}, {} points)", percent(first), percent(last), points(change))
    });
    format!("{}{}", format::verdict(verdict.kind), numbers.unwrap_or_default())
}
