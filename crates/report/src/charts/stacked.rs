//! Turns shares into stacked bars: what each bin's papers are made of, the largest themes named, the rest in two greys.
//! Does not smooth: an empty bin stays empty, an unfinished one is drawn pale.

use super::Drawing;
use super::labels::spread;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark, Tone};
use super::names as theme_names;
use super::scale::place;
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::{Subject, share_said};
use super::view::View;
use crate::{ReportError, format, headline, tables};
use model::{Share, Theme, Timeline};

const MOST: usize = 10;
const NAME: f64 = 26.0;
/// Pixels for a name.
const ROOM: f64 = 600.0;

/// One layer of the stack: a theme, the other themes, or the papers in none.
struct Layer<'a> {
    /// With the number of its papers in a bin; `None` for the others and for the papers in none.
    theme: Option<(&'a Theme, &'a [Share])>,
    name: String,
    ink: Ink,
    /// Share in each bin; `None` in an empty one.
    shares: Vec<Option<f64>>,
}

impl Layer<'_> {
    fn subject(&self) -> Subject {
        self.theme.map_or_else(Subject::rest, |(theme, _)| Subject::theme(theme.id))
    }

    fn said(&self, bin: usize, share: f64) -> String {
        match self.theme {
            Some((_, shares)) => share_said(&shares[bin]),
            None => format!("{}: {}", self.name, format::percent(share)),
        }
    }
}

/// `None` where no paper is dated or there is no theme.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let Some(timeline) = &view.timeline() else { return Ok(None) };
    let shown = &view.shown(MOST);
    if shown.is_empty() {
        return Ok(None);
    }
    let layers = layers(view, shown);
    let Some(named) = named_bin(timeline, &layers) else { return Ok(None) };
    let title = title(view, timeline, shown);
    let description = lead(timeline);
    let what = view.count_by_size(shown.len());
    let Sheet { mut marks, body } = sheet(view, &title, &description, &caption(view, &what));
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
    let numbers = tables::named_trends(view, shown)?;
    Ok(Some(Drawing { name: "stacked", title, description, size: view.sheet, marks, numbers }))
}

fn layers<'a>(view: &View<'a>, shown: &[usize]) -> Vec<Layer<'a>> {
    let (themes, bins) = (&view.analysis.themes.themes, view.bins.len());
    let room = ROOM.min(view.sheet.0 * 0.36);
    let mut layers: Vec<Layer<'a>> = shown
        .iter()
        .map(|&position| Layer {
            theme: Some((&themes[position], view.shares(position))),
            name: theme_names::label(&themes[position], NAME, Weight::Bold, room),
            ink: Ink::solid(themes[position].colour),
            shares: view.shares(position).iter().map(|s| s.share).collect(),
        })
        .collect();
    let sum = |i: usize, of: &dyn Fn(&usize) -> bool| {
        let mut others = (0..themes.len()).filter(of);
        others.try_fold(0.0, |sum, p| Some(sum + view.shares(p)[i].share?))
    };
    let others = themes.len() - shown.len();
    if others > 0 {
        let shares = (0..bins).map(|i| sum(i, &|p| !shown.contains(p))).collect();
        let name = format::counted(others, "other theme", "other themes");
        layers.push(Layer { theme: None, name, ink: Ink::of(Tone::Others), shares });
    }
    let rest: Vec<Option<f64>> = (0..bins).map(|i| sum(i, &|_| true).map(|s| (1.0 - s).max(0.0))).collect();
    if rest.iter().flatten().any(|&share| share > 1e-9) {
        layers.push(Layer { theme: None, name: "in no theme".to_owned(), ink: Ink::of(Tone::Rest), shares: rest });
    }
    layers
}

/// The last finished bin with papers, else the last one with papers.
fn named_bin(timeline: &Timeline, layers: &[Layer<'_>]) -> Option<usize> {
    let shares = &layers.first()?.shares;
    let full = |i: &usize| shares[*i].is_some();
    (0..shares.len())
        .rev()
        .filter(full)
        .find(|&i| timeline.bins[i].finished)
        .or_else(|| (0..shares.len()).rev().find(full))
}

/// Which of the named layers moved, else how much of a bin they hold.
fn title(view: &View<'_>, timeline: &Timeline, shown: &[usize]) -> String {
    let (analysis, which) = (view.analysis, view.which(shown.len()));
    view.whole_span()
        .and_then(|window| headline::moved_by_name(analysis, &window, shown, &which))
        .unwrap_or_else(|| headline::held(analysis, timeline, |p| view.shares(p), shown, &which))
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

fn bar(timeline: &Timeline, layers: &[Layer<'_>], i: usize, plot: &Area) -> Vec<Mark> {
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
            marks.extend(
                layer
                    .subject()
                    .bin(i)
                    .said(layer.said(i, share))
                    .of([Mark::Block { area, ink: layer.ink.faded(opacity) }]),
            );
        }
        below += share;
    }
    marks
}

/// Names at the right, beside the layers of the last bar, with a thin line where a name had to move.
fn names(layers: &[Layer<'_>], bin: usize, plot: &Area) -> Vec<Mark> {
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
    let line = |((layer, y), wish): ((&Layer<'_>, &f64), &f64)| {
        let marks = [
            Mark::line((plot.right + 2.0, *wish), (plot.right + 34.0, *y), 3.0, layer.ink),
            Mark::Text(Label::new((plot.right + 42.0, y + NAME * 0.36), layer.name.as_str(), NAME).bold()),
        ];
        layer.subject().of(marks)
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
