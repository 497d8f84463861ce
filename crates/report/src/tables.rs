//! Turns an analysis into the frames of the run folder: papers, themes, trends and verdicts, columns as the contract
//! says, and what else charts are drawn from. Does not write them: `table_bytes` does.

pub mod moves;

use crate::charts::View;
use crate::{ReportError, continuity, format, lags, parents};
use model::papers::day_to_epoch;
use model::{Analysis, Day, Trend, UpvoteShare, Verdict};
use polars::prelude::*;

/// The tables of a run folder by name, in name order.
pub fn all(analysis: &Analysis) -> Result<[(&'static str, DataFrame); 15], ReportError> {
    Ok([
        ("acronyms", acronyms(analysis)?),
        ("appearances", moves::appearances(analysis)?),
        ("bursts", moves::bursts(analysis)?),
        ("drift", moves::drift(analysis)?),
        ("lags", lags::frame(analysis)?),
        ("latest", moves::latest(analysis)?),
        ("memberships", memberships(analysis)?),
        ("papers", papers(analysis)?),
        ("parents", parents::parents(analysis)?),
        ("quality", quality(analysis)?),
        ("ranks", moves::ranks(analysis)?),
        ("theme_count", moves::theme_count(analysis)?),
        ("themes", themes(analysis)?),
        ("trends", trends(analysis)?),
        ("verdicts", verdicts(analysis)?),
    ])
}

/// One row an acronym that the papers explain: `acronym`, `long_form`, `explained` and `used` (papers where it is explained
/// so, and where it stands at all).
fn acronyms(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let found = || analysis.acronyms.iter();
    Ok(df!(
        "acronym" => found().map(|a| a.acronym.as_str()).collect::<Vec<_>>(),
        "long_form" => found().map(|a| a.long_form.as_str()).collect::<Vec<_>>(),
        "explained" => found().map(|a| a.explained).collect::<Vec<_>>(),
        "used" => found().map(|a| a.used).collect::<Vec<_>>(),
    )?)
}

/// One row a paper: `id`, `title`, `published`, `seen`, `theme`, `theme_name`, `strength`, `sources`,
/// `nearest`, `nearest_name`. `strength` is that of the nearest theme, also where `theme` is empty.
fn papers(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let frame = analysis.papers.frame();
    let of = &analysis.themes.assignment;
    let ids = |of: &[Option<usize>]| -> Vec<Option<u32>> {
        of.iter().map(|p| p.map(|p| analysis.themes.themes[p].id.0)).collect()
    };
    let names = |of: &[Option<usize>]| -> Vec<Option<&str>> {
        of.iter().map(|p| p.map(|p| analysis.themes.themes[p].name.as_str())).collect()
    };
    let strength: Vec<Option<f32>> = of.nearest.iter().zip(&of.strength).map(|(n, &s)| n.map(|_| s)).collect();
    let columns = vec![
        frame.column("id")?.clone(),
        frame.column("title")?.clone(),
        frame.column("published")?.clone(),
        frame.column("seen")?.clone(),
        Column::new("theme".into(), ids(&of.theme)),
        Column::new("theme_name".into(), names(&of.theme)),
        Column::new("strength".into(), strength),
        frame.column("sources")?.clone(),
        Column::new("nearest".into(), ids(&of.nearest)),
        Column::new("nearest_name".into(), names(&of.nearest)),
    ];
    Ok(DataFrame::new(frame.height(), columns)?)
}

/// One row a paper and theme that it may belong to, where the algorithm gives probabilities: `paper` (id), `theme`, `theme_name`,
/// `probability`.
fn memberships(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let (of, ids) = (&analysis.themes.assignment.memberships, analysis.papers.ids());
    let theme = |at: usize| &analysis.themes.themes[at];
    Ok(df!(
        "paper" => of.iter().map(|m| ids[m.paper]).collect::<Vec<_>>(),
        "theme" => of.iter().map(|m| theme(m.theme).id.0).collect::<Vec<_>>(),
        "theme_name" => of.iter().map(|m| theme(m.theme).name.as_str()).collect::<Vec<_>>(),
        "probability" => of.iter().map(|m| m.probability).collect::<Vec<_>>(),
    )?)
}

/// One row a measure: `measure`, `value` (null where undefined), `meaning`.
fn quality(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let measures = crate::quality::measures(&analysis.themes.quality);
    Ok(df!(
        "measure" => measures.iter().map(|m| m.key).collect::<Vec<_>>(),
        "value" => measures.iter().map(|m| m.value).collect::<Vec<_>>(),
        "meaning" => measures.iter().map(|m| m.meaning).collect::<Vec<_>>(),
    )?)
}

/// One row a theme: `theme`, `name`, `papers`, `share` (of all papers, dated or not), `survival`, `terms`,
/// `representative`, then `words` (the ten words that a theme is known by, on which coherence is measured), `npmi`, `c_v`,
/// `origin` and `origin_jaccard` (null without a previous run).
fn themes(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let themes = &analysis.themes.themes;
    let coherence = |theme: usize| analysis.themes.quality.coherence.themes.get(theme);
    let origin = |theme: usize| continuity::origin(analysis, theme);
    let ids = analysis.papers.ids();
    let all = analysis.papers.len().max(1) as f64;
    let terms: Vec<String> = themes
        .iter()
        .map(|t| t.terms.iter().map(|term| term.display.replace(';', ",")).collect::<Vec<_>>().join(";"))
        .collect();
    let representative: Vec<String> =
        themes.iter().map(|t| t.representative.iter().map(|&row| ids[row]).collect::<Vec<_>>().join(";")).collect();
    Ok(df!(
        "theme" => themes.iter().map(|t| t.id.0).collect::<Vec<_>>(),
        "name" => themes.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(),
        "papers" => themes.iter().map(|t| t.size as u64).collect::<Vec<_>>(),
        "share" => themes.iter().map(|t| t.size as f64 / all).collect::<Vec<_>>(),
        "survival" => themes.iter().map(|t| t.survival).collect::<Vec<_>>(),
        "terms" => terms,
        "representative" => representative,
        "words" => (0..themes.len()).map(|t| coherence(t).map(|c| c.words.join(";"))).collect::<Vec<_>>(),
        "npmi" => (0..themes.len()).map(|t| coherence(t)?.npmi).collect::<Vec<_>>(),
        "c_v" => (0..themes.len()).map(|t| coherence(t)?.c_v).collect::<Vec<_>>(),
        "origin" => (0..themes.len()).map(|t| origin(t).map(continuity::word)).collect::<Vec<_>>(),
        "origin_jaccard" => (0..themes.len()).map(|t| origin(t).and_then(continuity::jaccard)).collect::<Vec<_>>(),
    )?)
}

/// One row a theme and bin: `theme`, `bin_start`, `bin_end`, `finished`, `count`, `total`, `share`, `low`, `high`,
/// `refit_low`, `refit_high` (5th and 95th percentile of the share over refits of the clustering); where papers are weighed
/// also `upvotes`, `upvotes_total`, `upvote_share`, `upvote_low`, `upvote_high`.
fn trends(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let mut frame = named_trends(&View::whole(analysis), &(0..analysis.themes.themes.len()).collect::<Vec<_>>())?;
    frame.drop_in_place("theme_name")?;
    let shares: Vec<&UpvoteShare> = analysis.trends.by_upvotes.iter().flat_map(|course| &course.shares).collect();
    if !shares.is_empty() {
        frame.hstack_mut(&[
            Column::new("upvotes".into(), shares.iter().map(|s| s.upvotes).collect::<Vec<_>>()),
            Column::new("upvotes_total".into(), shares.iter().map(|s| s.total).collect::<Vec<_>>()),
            Column::new("upvote_share".into(), shares.iter().map(|s| s.share).collect::<Vec<_>>()),
            Column::new("upvote_low".into(), shares.iter().map(|s| s.low).collect::<Vec<_>>()),
            Column::new("upvote_high".into(), shares.iter().map(|s| s.high).collect::<Vec<_>>()),
        ])?;
    }
    Ok(frame)
}

/// The trends of some themes over the bins of the view, with `theme_name` after `theme`.
pub fn named_trends(view: &View<'_>, shown: &[usize]) -> Result<DataFrame, ReportError> {
    let timeline = view.timeline();
    let bins = timeline.as_ref().map_or(&[][..], |t| &t.bins);
    let rows: Vec<_> = shown
        .iter()
        .flat_map(|&position| {
            let theme = &view.analysis.themes.themes[position];
            let refits = view.refit_bands(position).iter().copied().chain(std::iter::repeat(None));
            view.shares(position)
                .iter()
                .zip(bins)
                .zip(refits)
                .map(move |((share, bin), refits)| (theme, bin, share, refits))
        })
        .collect();
    Ok(DataFrame::new(
        rows.len(),
        vec![
            Column::new("theme".into(), rows.iter().map(|r| r.0.id.0).collect::<Vec<_>>()),
            Column::new("theme_name".into(), rows.iter().map(|r| r.0.name.as_str()).collect::<Vec<_>>()),
            dates("bin_start", rows.iter().map(|r| r.1.start))?,
            dates("bin_end", rows.iter().map(|r| r.1.end))?,
            Column::new("finished".into(), rows.iter().map(|r| r.1.finished).collect::<Vec<_>>()),
            Column::new("count".into(), rows.iter().map(|r| r.2.count).collect::<Vec<_>>()),
            Column::new("total".into(), rows.iter().map(|r| r.2.total).collect::<Vec<_>>()),
            Column::new("share".into(), rows.iter().map(|r| r.2.share).collect::<Vec<_>>()),
            Column::new("low".into(), rows.iter().map(|r| r.2.low).collect::<Vec<_>>()),
            Column::new("high".into(), rows.iter().map(|r| r.2.high).collect::<Vec<_>>()),
            Column::new("refit_low".into(), rows.iter().map(|r| r.3.map(|band| band.low)).collect::<Vec<_>>()),
            Column::new("refit_high".into(), rows.iter().map(|r| r.3.map(|band| band.high)).collect::<Vec<_>>()),
        ],
    )?)
}

/// One row a theme and window: `theme`, `window_start`, `window_end`, `verdict`, `change`, `change_low`,
/// `change_high`, `p`, `q`, then what the verdict rests on. The recent window first; the whole span only where it is another window.
fn verdicts(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let rows: Vec<(u32, &Verdict)> =
        analysis.trends.trends.iter().flat_map(|t| windows(t).into_iter().map(|v| (t.theme.0, v))).collect();
    let number = |name: &str, of: fn(&Verdict) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(|r| of(r.1)).collect::<Vec<_>>())
    };
    let frame = DataFrame::new(
        rows.len(),
        vec![
            Column::new("theme".into(), rows.iter().map(|r| r.0).collect::<Vec<_>>()),
            dates("window_start", rows.iter().map(|r| r.1.window_start))?,
            dates("window_end", rows.iter().map(|r| r.1.window_end))?,
            Column::new("verdict".into(), rows.iter().map(|r| format::verdict(r.1.kind)).collect::<Vec<_>>()),
            number("change", |v| v.change),
            number("change_low", |v| v.change_low),
            number("change_high", |v| v.change_high),
            number("p", |v| v.p),
            number("q", |v| v.q),
            number("share_first", |v| v.share_first),
            number("share_last", |v| v.share_last),
            Column::new("papers".into(), rows.iter().map(|r| r.1.papers).collect::<Vec<_>>()),
            Column::new("total".into(), rows.iter().map(|r| r.1.total).collect::<Vec<_>>()),
            number("detectable", |v| v.detectable),
            number("dispersion", |v| v.dispersion),
            number("robustness", |v| v.robustness),
            number("ratio", |v| v.ratio),
            number("ratio_low", |v| v.ratio_low),
            number("ratio_high", |v| v.ratio_high),
            number("margin", |v| Some(v.margin)),
            number("theil_sen", |v| v.theil_sen),
            number("mann_kendall_p", |v| v.mann_kendall_p),
            Column::new("reason".into(), rows.iter().map(|r| r.1.reason.as_str()).collect::<Vec<_>>()),
        ],
    )?;
    with_upvotes(frame, analysis)
}

/// Where papers are weighed, the verdicts by upvotes over the same windows.
fn with_upvotes(mut frame: DataFrame, analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let courses = analysis.trends.by_upvotes.iter();
    let verdicts: Vec<&Verdict> = courses.flat_map(|c| different(c.recent.as_ref(), c.overall.as_ref())).collect();
    if !verdicts.is_empty() {
        let number = |name: &str, of: fn(&Verdict) -> Option<f64>| {
            Column::new(name.into(), verdicts.iter().map(|v| of(v)).collect::<Vec<_>>())
        };
        let kinds: Vec<&str> = verdicts.iter().map(|v| format::verdict(v.kind)).collect();
        frame.hstack_mut(&[
            Column::new("upvote_verdict".into(), kinds),
            number("upvote_change", |v| v.change),
            number("upvote_change_low", |v| v.change_low),
            number("upvote_change_high", |v| v.change_high),
            number("upvote_q", |v| v.q),
        ])?;
    }
    Ok(frame)
}

fn windows(trend: &Trend) -> Vec<&Verdict> {
    different(trend.recent.as_ref(), trend.overall.as_ref())
}

/// The verdicts over different windows.
fn different<'a>(recent: Option<&'a Verdict>, overall: Option<&'a Verdict>) -> Vec<&'a Verdict> {
    let mut verdicts: Vec<&Verdict> = recent.into_iter().chain(overall).collect();
    verdicts.dedup_by_key(|v| (v.window_start, v.window_end));
    verdicts
}

/// The rows of a table whose `theme` is one of those shown; the whole table where all are.
pub fn of_shown(frame: DataFrame, view: &View<'_>) -> Result<DataFrame, ReportError> {
    if !view.is_chosen() {
        return Ok(frame);
    }
    let ids: Vec<u32> = view.themes.iter().map(|&p| view.analysis.themes.themes[p].id.0).collect();
    let shown: BooleanChunked =
        frame.column("theme")?.u32()?.iter().map(|id| id.is_some_and(|id| ids.contains(&id))).collect();
    Ok(frame.filter(&shown)?)
}

/// A column of days.
pub fn dates(name: &str, days: impl Iterator<Item = Day>) -> PolarsResult<Column> {
    Column::new(name.into(), days.map(day_to_epoch).collect::<Vec<i32>>()).cast(&DataType::Date)
}
