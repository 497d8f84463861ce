//! Turns verdicts into sentences: what moved, what stayed, and what cannot be said, each with its numbers.
//! Does not judge: the words rising, falling, flat and too few papers come from the trends stage.

use crate::clean;
use crate::format::{self, counted, fine_points, percent, points, sentence_start, times};
use crate::headline;
use crate::upvotes;
use crate::windows::{Window, is_robust, windows};
use model::trends::{Drift, DriftTerm};
use model::{Analysis, Notice, Severity, Theme, Timeline, Trend, Verdict, VerdictKind};

/// So many risers, and so many fallers, are listed for each window; the table of themes holds all.
const LISTED: usize = 5;
/// So many themes are named in a sentence on what stands out besides.
const NAMED_BESIDE: usize = 3;

/// What the first screen of a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// One sentence without a full stop: the finding.
    pub headline: String,
    /// The recent window, then the whole span where that is another; empty where nothing could be tested.
    pub parts: Vec<Part>,
    /// Sentences on movements that most refits do not share, bursts, and new or vanished themes.
    pub beside: Vec<String>,
    /// Sentences on what the papers do not allow to say.
    pub unsaid: Vec<String>,
}

/// What the verdicts over one window say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `Over 12 weeks`, `Over the whole span (83 weeks)`.
    pub title: String,
    /// Themes that rise or fall, the largest change first.
    pub moved: Vec<MovedTheme>,
    /// Where none does, in a sentence: how large a change would have been seen.
    pub still: Option<String>,
    /// Names of the themes that are flat, in the order of the themes.
    pub flat: Vec<String>,
}

/// A theme with a verdict that passed the test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedTheme {
    /// Position in `Themes::themes`.
    pub position: usize,
    pub kind: VerdictKind,
    /// Why to take it with care, in sentences: most refits have no such theme.
    pub care: Vec<String>,
    /// Everything after the name: `3.1% to 6.4% of papers over 12 weeks, ...`.
    pub numbers: String,
}

pub fn story(analysis: &Analysis) -> Story {
    let windows = windows(analysis);
    Story {
        headline: headline::page(analysis),
        parts: windows.iter().enumerate().map(|(i, window)| part(analysis, i, window)).collect(),
        beside: (windows.iter().filter_map(|window| not_robust(analysis, window)))
            .chain(beside(analysis))
            .chain(upvotes::sentences(analysis, &windows))
            .collect(),
        unsaid: unsaid(analysis, &windows),
    }
}

fn part(analysis: &Analysis, i: usize, window: &Window<'_>) -> Part {
    let moved = |position: usize| {
        let verdict = window.verdict(position)?;
        let care = care(&analysis.themes.themes[position]).into_iter().collect();
        Some(MovedTheme { position, kind: verdict.kind, care, numbers: numbers(window, verdict) })
    };
    Part {
        title: if i == 0 {
            format!("Over {}", window.length)
        } else {
            format!("Over the whole span ({})", window.length)
        },
        moved: window.moved().into_iter().filter_map(moved).collect(),
        still: window.moved().is_empty().then(|| still(window)),
        flat: names(analysis, &window.with(VerdictKind::Flat)),
    }
}

fn still(window: &Window<'_>) -> String {
    let mut rises: Vec<f64> = window.verdicts.iter().flatten().map(|v| v.detectable.unwrap_or(f64::INFINITY)).collect();
    rises.sort_by(f64::total_cmp);
    let middle = rises.get(rises.len().saturating_sub(1) / 2);
    let nothing = if window.moved_in_few_refits().is_empty() {
        "Nothing beyond chance"
    } else {
        "Nothing that most refits of the themes share"
    };
    match middle.filter(|rise| rise.is_finite()) {
        Some(rise) => format!(
            "{nothing}: half of the themes would have had to rise by {} points or more to be found in four of \
             five cases.",
            points(*rise).trim_start_matches('+')
        ),
        None => format!("{nothing}: in most themes no rise, however large, could have been told from chance."),
    }
}

fn care(theme: &Theme) -> Option<String> {
    survival(theme).filter(|_| !theme.survival.is_some_and(survives)).map(|s| format!("It {s}."))
}

/// `rising`, `rising, not robust`.
pub fn verdict(verdict: &Verdict) -> String {
    format!("{}{}", format::verdict(verdict.kind), mark(verdict))
}

/// What is said after a verdict that most refits do not share.
pub fn mark(verdict: &Verdict) -> &'static str {
    let moved = matches!(verdict.kind, VerdictKind::Rising | VerdictKind::Falling);
    if moved && !is_robust(verdict) { ", not robust" } else { "" }
}

/// `Over 12 weeks not robust, because most refits of the themes do not share it: A rising (0.2% to 3.8% of papers) and 2 more.`
fn not_robust(analysis: &Analysis, window: &Window<'_>) -> Option<String> {
    let moved = window.moved_in_few_refits();
    let one = |&position: &usize| {
        let verdict = window.verdict(position)?;
        let shares = from_to(verdict).map_or_else(String::new, |shares| format!(" ({shares})"));
        Some(format!("{} {}{shares}", name(&analysis.themes.themes[position]), format::verdict(verdict.kind)))
    };
    let sentences: Vec<String> = moved.iter().filter_map(one).collect();
    (!sentences.is_empty()).then(|| {
        let listed = some_of(&sentences);
        format!("Over {} not robust, because most refits of the themes do not share it: {listed}.", window.length)
    })
}

impl Part {
    /// What a page lists: risers, then fallers, the largest of each, and how many are left to the table.
    pub(crate) fn listed(&self) -> (Vec<&MovedTheme>, usize) {
        let side = |kind| self.moved.iter().filter(move |m| m.kind == kind).take(LISTED);
        let listed: Vec<&MovedTheme> = side(VerdictKind::Rising).chain(side(VerdictKind::Falling)).collect();
        let more = self.moved.len() - listed.len();
        (listed, more)
    }
}

fn names(analysis: &Analysis, positions: &[usize]) -> Vec<String> {
    positions.iter().map(|&p| name(&analysis.themes.themes[p])).collect()
}

/// A theme's name, fit to be shown.
pub fn name(theme: &Theme) -> String {
    let name = clean::line(&theme.name);
    if name.is_empty() { format!("theme {}", theme.id.0) } else { name }
}

/// A theme's name at the start of a sentence.
pub fn sentence_name(theme: &Theme) -> String {
    sentence_start(&name(theme))
}

/// `3.1% to 6.4%`, fitted; `None` where nothing could be fitted.
pub fn from_to(verdict: &Verdict) -> Option<String> {
    Some(format!("{} to {}", percent(verdict.share_first?), percent(verdict.share_last?)))
}

/// `3.1% to 6.4% of papers over 12 weeks, +3.3 points (95% interval +1.2 to +5.4), 41 of 640 papers, q 0.003`.
pub fn numbers(window: &Window<'_>, verdict: &Verdict) -> String {
    let over = format!("over {}", window.length);
    let mut parts = vec![match from_to(verdict) {
        Some(shares) => format!("{shares} of papers {over}"),
        None => over,
    }];
    parts.extend(change_in_points(verdict));
    parts.push(format!("{} of {}", format::count(verdict.papers as usize), papers(verdict.total as usize)));
    parts.extend(verdict.q.map(|q| format!("q {}", format::probability(q))));
    parts.join(", ")
}

/// Why a verdict is what it is, and where the papers were too few, what they could have shown.
pub fn why(verdict: &Verdict) -> Option<String> {
    let reason = clean::line(&verdict.reason);
    let reason = (!reason.is_empty()).then(|| full_stop(&sentence_start(&reason)));
    let detectable = verdict.detectable.filter(|_| verdict.kind == VerdictKind::TooFewPapers).map(|rise| {
        format!(
            "The smallest rise that this many papers would have shown in four of five cases: {} points.",
            points(rise)
        )
    });
    let parts: Vec<String> = reason.into_iter().chain(detectable).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The change as a ratio, and the statistics that assume no model; `None` where nothing could be fitted.
pub fn checks(window: &Window<'_>, verdict: &Verdict) -> Option<String> {
    verdict.change?;
    let ratio = match (verdict.ratio, verdict.ratio_low, verdict.ratio_high) {
        (Some(ratio), Some(low), Some(high)) => {
            Some(format!("{} (95% interval {} to {})", times(ratio), times(low), times(high)))
        }
        (Some(ratio), Some(low), None) => Some(format!("{} (95% interval from {} up)", times(ratio), times(low))),
        (_, Some(low), _) => Some(format!("at least {} (end of the 95% interval)", times(low))),
        _ => None,
    };
    let ratio = ratio.map(|ratio| format!("Last share over first: {ratio}."));
    let slope =
        verdict.theil_sen.map(|s| format!("Theil-Sen slope {} points a {}", fine_points(s), format::unit(window.unit)));
    let rank = verdict.mann_kendall_p.map(|p| format!("Mann-Kendall p {}", format::probability(p)));
    let free: Vec<String> = slope.into_iter().chain(rank).collect();
    let free = (!free.is_empty()).then(|| format!("Without a model: {}.", free.join(", ")));
    let parts: Vec<String> = ratio.into_iter().chain(free).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// `+3.3 points (95% interval +1.2 to +5.4)`; `None` where nothing could be fitted.
pub fn change_in_points(verdict: &Verdict) -> Option<String> {
    let change = points(verdict.change?);
    Some(match (verdict.change_low, verdict.change_high) {
        (Some(low), Some(high)) => format!("{change} points (95% interval {} to {})", points(low), points(high)),
        _ => format!("{change} points"),
    })
}

/// Bursts, latest bins out of range, new and vanished themes: what stands out besides the verdicts.
fn beside(analysis: &Analysis) -> Vec<String> {
    let named = |of: fn(&Trend) -> bool| -> Vec<String> {
        let themes = analysis.themes.themes.iter().zip(&analysis.trends.trends);
        themes.filter(|(_, trend)| of(trend)).map(|(theme, _)| name(theme)).collect()
    };
    [
        (
            "Emerging (silent too long before its first paper for chance)",
            named(|t| t.appearance.as_ref().is_some_and(|a| a.emerging)),
        ),
        (
            "Fading out (silent too long since its last paper for chance)",
            named(|t| t.appearance.as_ref().is_some_and(|a| a.fading)),
        ),
        ("Latest bin out of the expected range", named(|t| t.latest.as_ref().is_some_and(|l| l.outside))),
        ("With a burst", named(|t| !t.bursts.is_empty())),
    ]
    .into_iter()
    .filter(|(_, themes)| !themes.is_empty())
    .map(|(what, themes)| format!("{what}: {}.", some_of(&themes)))
    .collect()
}

/// The first three names and how many more there are.
fn some_of(names: &[String]) -> String {
    match names.len().saturating_sub(NAMED_BESIDE) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..NAMED_BESIDE].join(", ")),
    }
}

/// What else the course of one theme shows: the latest bin, bursts, drifting terms.
pub fn notable(trend: &Trend) -> Vec<String> {
    let latest = trend.latest.as_ref().filter(|l| l.outside).map(|l| {
        format!("Latest finished bin: {}, where {} to {} were to be expected.", papers(l.count as usize), l.low, l.high)
    });
    let bursts = trend.bursts.iter().map(|b| {
        let dates = format::day_range(b.start, b.end);
        format!("Burst {dates}: {} of {}, q {}.", b.papers, papers(b.total as usize), format::probability(b.q))
    });
    latest.into_iter().chain(bursts).chain(trend.drift.as_ref().and_then(drift)).collect()
}

fn drift(drift: &Drift) -> Option<String> {
    let term = |t: &DriftTerm| format!("{} ({} to {} papers)", clean::line(&t.display), t.earlier, t.later);
    let side = |rising: bool| -> Vec<String> {
        drift.terms.iter().filter(|t| (t.z > 0.0) == rising).take(6).map(term).collect()
    };
    let parts: Vec<String> = [("more often", side(true)), ("less often", side(false))]
        .into_iter()
        .filter(|(_, terms)| !terms.is_empty())
        .map(|(how, terms)| format!("{how}: {}", terms.join(", ")))
        .collect();
    let (split, before, after) = (format::day(drift.split), drift.earlier, drift.later);
    (!parts.is_empty()).then(|| {
        format!("Words within the theme since {split} ({before} papers before, {after} after), {}.", parts.join("; "))
    })
}

fn papers(n: usize) -> String {
    counted(n, "paper", "papers")
}

fn unsaid(analysis: &Analysis, windows: &[Window<'_>]) -> Vec<String> {
    let mut out = Vec::new();
    out.extend(analysis.trends.absent_because.as_ref().map(|reason| full_stop(&sentence_start(&clean::line(reason)))));
    out.extend(too_few(analysis, windows));
    if analysis.trends.undated > 0 {
        let n = analysis.trends.undated;
        let verb = if n == 1 { "has" } else { "have" };
        out.push(format!("{} {verb} no date: counted in the themes, absent from the trends.", papers(n)));
    }
    out.extend(analysis.trends.timeline.as_ref().and_then(unfinished));
    out.extend(analysis.trends.notices.iter().filter(|n| n.severity > Severity::Note).map(told));
    out.extend(outside(analysis));
    out
}

/// A notice as sentences.
fn told(notice: &Notice) -> String {
    let expected = if notice.expected.is_empty() { String::new() } else { format!(", expected {}", notice.expected) };
    let found = full_stop(&clean::line(&format!("{}{expected}", sentence_start(&notice.found))));
    if notice.hint.is_empty() {
        return found;
    }
    format!("{found} {}", full_stop(&clean::line(&sentence_start(&notice.hint))))
}

fn full_stop(sentence: &str) -> String {
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}

/// One sentence a window; one for both where the same themes have too few papers in both.
fn too_few(analysis: &Analysis, windows: &[Window<'_>]) -> Vec<String> {
    let few: Vec<(&str, Vec<usize>)> =
        windows.iter().map(|w| (w.length.as_str(), w.with(VerdictKind::TooFewPapers))).collect();
    let of = counted(analysis.themes.themes.len(), "theme", "themes");
    let alike = few.chunk_by(|a, b| a.1 == b.1).filter(|windows| !windows[0].1.is_empty());
    let sentence = |windows: &[(&str, Vec<usize>)]| {
        let over: Vec<&str> = windows.iter().map(|(length, _)| *length).collect();
        let positions = &windows[0].1;
        format!(
            "Over {}, {} of {of}: too few papers to tell a rise from a fall or from no change ({}).",
            over.join(" and over "),
            positions.len(),
            some_of(&names(analysis, positions)),
        )
    };
    alike.map(sentence).collect()
}

/// Survival in words: `comes back in 80% of refits`, and below one half what that means.
pub fn survival(theme: &Theme) -> Option<String> {
    let survival = theme.survival?;
    let care = if survives(survival) { "" } else { ": take it with care" };
    Some(format!("comes back in {} of refits{care}", format::whole_percent(f64::from(survival))))
}

/// Whether a theme comes back in at least half of the refits.
pub fn survives(survival: f32) -> bool {
    survival >= 0.5
}

fn unfinished(timeline: &Timeline) -> Option<String> {
    let open: Vec<String> =
        timeline.bins.iter().filter(|b| !b.finished).map(|b| format::bin(b, timeline.unit)).collect();
    let (subject, verb) = match open.as_slice() {
        [] => return None,
        [one] => (one.clone(), "is"),
        many => (many.join(", "), "are"),
    };
    Some(format!(
        "{} {verb} not finished (the data ends on {}): drawn hollow and left out of every test.",
        sentence_start(&subject),
        format::day(timeline.as_of)
    ))
}

fn outside(analysis: &Analysis) -> Option<String> {
    let n = analysis.themes.assignment.theme.iter().filter(|t| t.is_none()).count();
    let share = percent(n as f64 / analysis.papers.len().max(1) as f64);
    let verb = if n == 1 { "is" } else { "are" };
    (n > 0).then(|| format!("{} ({share}) {verb} in no theme.", papers(n)))
}
