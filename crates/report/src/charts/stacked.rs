//! Turns shares into stacked bars: what each bin's papers are made of, the largest themes named, the rest in two greys.
//! Does not smooth: an empty bin stays empty, an unfinished one is drawn pale.

use super::Drawing;
use super::labels::spread;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark};
use super::names as theme_names;
use super::scale::place;
use super::sheet::{SMALL, Sheet, caption, sheet, top_of};
use crate::windows::whole_span;
use crate::{ReportError, format, headline, story, tables};
use model::{Analysis, Timeline};

const MOST: usize = 10;
const NAME: f64 = 26.0;
/// Pixels for a name.
const ROOM: f64 = 600.0;
const OTHER_THEMES: [u8; 3] = [0xa8, 0xad, 0xb4];
const NO_THEME: [u8; 3] = [0xde, 0xe1, 0xe5];

/// One layer of the stack: a theme, the other themes, or the papers in none.
struct Layer {
    name: String,
    ink: Ink,
    /// Share in each bin; `None` in an empty one.
    shares: Vec<Option<f64>>,
}

/// `None` where no paper is dated.
pub fn draw(analysis: &Analysis) -> Result<Option<Drawing>, ReportError> {
    let Some(timeline) = &analysis.trends.timeline else { return Ok(None) };
    let layers = layers(analysis);
    let Some(named) = named_bin(timeline, &layers) else { return Ok(None) };
    let shown = analysis.themes.themes.len().min(MOST);
    let title = title(analysis, timeline, named, shown);
    let description = lead(timeline);
    let what = top_of(shown, analysis.themes.themes.len(), "largest first");
    let Sheet { mut marks, body } = sheet(&title, &description, &caption(analysis, &what));
    let widest = layers.iter().map(|l| lettering::width(&l.name, NAME, Weight::Bold)).fold(0.0, f64::max);
    let plot = Area {
        left: body.left + 92.0,
        top: body.top + 10.0,
        right: body.right - widest - 44.0,
        bottom: body.bottom - 40.0,
    };
    marks.extend(grid(&plot));
    for i in 0..timeline.bins.len() {
        marks.extend(bar(timeline, &layers, i, &plot));
    }
    let beside = layers[0].shares.iter().rposition(Option::is_some).unwrap_or(named);
    marks.extend(names(&layers, beside, &plot));
    marks.extend(dates(timeline, &plot));
    let numbers = tables::named_trends(analysis, shown)?;
    Ok(Some(Drawing { name: "stacked", title, description, marks, numbers }))
}

fn layers(analysis: &Analysis) -> Vec<Layer> {
    let (themes, trends) = (&analysis.themes.themes, &analysis.trends.trends);
    let mut layers: Vec<Layer> = themes
        .iter()
        .zip(trends)
        .take(MOST)
        .map(|(theme, trend)| Layer {
            name: theme_names::label(theme, NAME, Weight::Bold, ROOM),
            ink: Ink::solid(theme.colour),
            shares: trend.shares.iter().map(|s| s.share).collect(),
        })
        .collect();
    let bins = trends.first().map_or(0, |t| t.shares.len());
    let sum = |i: usize, from: usize| trends[from..].iter().try_fold(0.0, |sum, t| Some(sum + t.shares[i].share?));
    if themes.len() > MOST {
        let name = format!("{} other themes", themes.len() - MOST);
        layers.push(Layer { name, ink: Ink::solid(OTHER_THEMES), shares: (0..bins).map(|i| sum(i, MOST)).collect() });
    }
    let rest: Vec<Option<f64>> = (0..bins).map(|i| sum(i, 0).map(|s| (1.0 - s).max(0.0))).collect();
    if rest.iter().flatten().any(|&share| share > 1e-9) {
        layers.push(Layer { name: "in no theme".to_owned(), ink: Ink::solid(NO_THEME), shares: rest });
    }
    layers
}

/// The bin that `held` speaks of: the last finished one with papers, else the last one with papers.
fn named_bin(timeline: &Timeline, layers: &[Layer]) -> Option<usize> {
    let shares = &layers.first()?.shares;
    let full = |i: &usize| shares[*i].is_some();
    (0..shares.len())
        .rev()
        .filter(full)
        .find(|&i| timeline.bins[i].finished)
        .or_else(|| (0..shares.len()).rev().find(full))
}

/// Which of the named layers moved, else how much of a bin they hold.
fn title(analysis: &Analysis, timeline: &Timeline, named: usize, shown: usize) -> String {
    whole_span(analysis)
        .and_then(|window| headline::moved_by_name(analysis, &window, shown))
        .unwrap_or_else(|| held(analysis, timeline, named, shown))
}

fn held(analysis: &Analysis, timeline: &Timeline, named: usize, shown: usize) -> String {
    let total: f64 = analysis.trends.trends[..shown].iter().filter_map(|t| t.shares[named].share).sum();
    let bin = format::bin_in_sentence(&timeline.bins[named], timeline.unit);
    let share = format::percent(total.min(1.0));
    match analysis.themes.themes.as_slice() {
        [only] => format!("{} held {share} of the papers in {bin}", story::sentence_name(only)),
        themes if themes.len() == shown => format!("The {shown} themes held {share} of the papers in {bin}"),
        _ => format!("The {shown} largest themes held {share} of the papers in {bin}"),
    }
}

fn lead(timeline: &Timeline) -> String {
    let unit = format::unit(timeline.unit);
    let open =
        if timeline.bins.iter().any(|b| !b.finished) { format!("; pale: {unit} not finished") } else { String::new() };
    format!("What each {unit}\u{2019}s papers are made of{open}")
}

fn grid(plot: &Area) -> Vec<Mark> {
    [0.0, 0.25, 0.5, 0.75, 1.0]
        .into_iter()
        .flat_map(|share| {
            let y = place(share, (0.0, 1.0), (plot.bottom, plot.top));
            let label = Label::new((plot.left - 14.0, y + SMALL * 0.36), format!("{:.0}%", share * 100.0), SMALL);
            [
                Mark::line((plot.left, y), (plot.right, y), 1.0, Ink::GRID),
                Mark::Text(label.align(Align::Right).ink(Ink::MUTED)),
            ]
        })
        .collect()
}

fn bar(timeline: &Timeline, layers: &[Layer], i: usize, plot: &Area) -> Vec<Mark> {
    let step = plot.width() / timeline.bins.len() as f64;
    let gap = if step > 10.0 { (step * 0.12).min(10.0) } else { 0.0 };
    let opacity = if timeline.bins[i].finished { 1.0 } else { 0.35 };
    let left = plot.left + i as f64 * step + gap / 2.0;
    let mut below = 0.0;
    let mut marks = Vec::new();
    for layer in layers {
        let Some(share) = layer.shares[i] else { continue };
        let y = |value: f64| place(value, (0.0, 1.0), (plot.bottom, plot.top));
        let area = Area { left, right: left + step - gap, top: y(below + share), bottom: y(below) };
        if share > 0.0 {
            marks.push(Mark::Block { area, ink: layer.ink.faded(opacity) });
        }
        below += share;
    }
    marks
}

/// Names at the right, beside the layers of the last bar, with a thin line where a name had to move.
fn names(layers: &[Layer], bin: usize, plot: &Area) -> Vec<Mark> {
    let mut below = 0.0;
    let mut wished: Vec<f64> = Vec::new();
    for layer in layers {
        let share = layer.shares[bin].unwrap_or(0.0);
        wished.push(place(below + share / 2.0, (0.0, 1.0), (plot.bottom, plot.top)));
        below += share;
    }
    // From the top of the sheet downwards: the last layer lies highest.
    wished.reverse();
    let places = spread(&wished, NAME * 1.3, plot.top + 10.0, plot.bottom - 6.0);
    let line = |((layer, y), wish): ((&Layer, &f64), &f64)| {
        [
            Mark::line((plot.right + 2.0, *wish), (plot.right + 34.0, *y), 3.0, layer.ink),
            Mark::Text(Label::new((plot.right + 42.0, y + NAME * 0.36), layer.name.as_str(), NAME).bold()),
        ]
    };
    layers.iter().rev().zip(&places).zip(&wished).flat_map(line).collect()
}

fn dates(timeline: &Timeline, plot: &Area) -> Vec<Mark> {
    let y = plot.bottom + SMALL * 1.3;
    let label = |x: f64, i: usize, align| {
        let text = format::bin_tick(&timeline.bins[i], timeline.unit);
        Mark::Text(Label::new((x, y), text, SMALL).align(align).ink(Ink::MUTED))
    };
    match timeline.bins.len() {
        0 => Vec::new(),
        1 => vec![label(f64::midpoint(plot.left, plot.right), 0, Align::Centre)],
        n => vec![label(plot.left, 0, Align::Left), label(plot.right, n - 1, Align::Right)],
    }
}
