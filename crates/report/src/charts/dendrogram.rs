//! Turns the tree of themes into a dendrogram: themes on the left, their merges to the right, the further the less alike.
//! Does not merge: the tree is that of the analysis.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark};
use super::scale::{place, ticks};
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::Subject;
use super::view::View;
use crate::{ReportError, format, parents, story};
use model::Analysis;

/// Fewest and most pixels between two names.
const LINE: (f64, f64) = (29.0, 80.0);
/// Widest part of the sheet that names take, and height of the axis below them.
const NAMES: f64 = 760.0;
const AXIS: f64 = 60.0;
const STROKE: f64 = 4.0;
const LEAD: &str = "The nearest are joined first. Distance: mean of 1 \u{2212} cosine between the centres of the themes on one \
                    side and on the other. In brackets: papers";

/// A theme, or several near ones that are drawn as one because there is no room for all.
struct Leaf {
    node: usize,
    /// Positions, largest theme first.
    themes: Vec<usize>,
}

/// Where a node is drawn: its distance on the axis, and its height.
#[derive(Clone, Copy)]
struct Spot {
    distance: f64,
    y: f64,
}

/// `None` where there are fewer than two themes.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let analysis = view.analysis;
    let themes = &analysis.themes;
    let (Some(nearest), Some(last)) = (themes.parents.first(), themes.parents.last()) else { return Ok(None) };
    let name = |node: usize| themes.themes.get(node).map(story::name).unwrap_or_default();
    let title = format!(
        "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} lie nearest to each other of all {} themes",
        name(nearest.left),
        name(nearest.right),
        themes.themes.len()
    );
    let what = format!("{} themes, near ones together", themes.themes.len());
    let Sheet { mut marks, body } = sheet(view, &title, LEAD, &caption(view, &what));
    let leaves = leaves(analysis, ((body.height() - AXIS) / LINE.0) as usize);
    let line = ((body.height() - AXIS) / leaves.len() as f64).min(LINE.1);
    let names: Vec<String> = leaves.iter().map(|leaf| label(analysis, leaf)).collect();
    let width = names
        .iter()
        .map(|n| lettering::width(n, SMALL, Weight::Regular))
        .fold(0.0, f64::max)
        .min(NAMES.min(view.sheet.0 * 0.45));
    let bottom = body.top + line * leaves.len() as f64;
    let plot = Area { left: body.left + width + 36.0, top: body.top, right: body.right - 30.0, bottom };
    let steps = ticks(last.distance);
    let range = (0.0, steps.iter().copied().fold(last.distance, f64::max));
    marks.extend(axis(&plot, &steps, range));
    marks.extend(branches(analysis, &leaves, &plot, range, line));
    for (row, (leaf, name)) in leaves.iter().zip(&names).enumerate() {
        let y = plot.top + (row as f64 + 0.5) * line;
        let first = &themes.themes[leaf.themes[0]];
        let text = lettering::shorten(name, SMALL, Weight::Regular, width);
        let heading = [
            Mark::Disc { centre: (plot.left, y), radius: 9.0, ink: Ink::solid(first.colour) },
            Mark::Text(Label::new((plot.left - 20.0, y + SMALL * 0.36), text, SMALL).align(Align::Right)),
        ];
        marks.extend(Subject::theme(first.id).of(heading));
    }
    let numbers = parents::parents(analysis)?;
    Ok(Some(Drawing { name: "dendrogram", title, description: LEAD.to_owned(), size: view.sheet, marks, numbers }))
}

/// At most `most` leaves in the order of the tree, which crosses no branches: where there are more themes, the nearest are one leaf.
fn leaves(analysis: &Analysis, most: usize) -> Vec<Leaf> {
    let (merges, k) = (&analysis.themes.parents, analysis.themes.themes.len());
    let drawn_as_one = k.saturating_sub(most.max(1));
    let mut open = vec![k + merges.len() - 1];
    let mut leaves = Vec::new();
    while let Some(node) = open.pop() {
        if node < k + drawn_as_one {
            leaves.push(Leaf { node, themes: parents::themes_below(analysis, node) });
        } else {
            open.extend([merges[node - k].right, merges[node - k].left]);
        }
    }
    leaves
}

fn label(analysis: &Analysis, leaf: &Leaf) -> String {
    let of = |position: &usize| &analysis.themes.themes[*position];
    let papers: usize = leaf.themes.iter().map(|position| of(position).size).sum();
    let name = leaf.themes.first().map(|position| story::name(of(position))).unwrap_or_default();
    match leaf.themes.len() - 1 {
        0 => format!("{name} ({})", format::count(papers)),
        more => format!("{name} and {more} near it ({})", format::count(papers)),
    }
}

fn axis(plot: &Area, steps: &[f64], range: (f64, f64)) -> Vec<Mark> {
    let decimals = if steps.get(1).is_some_and(|step| (step * 10.0).fract().abs() > 1e-9) { 2 } else { 1 };
    let at = |step: f64| place(step, range, (plot.left, plot.right));
    let tick = |&step: &f64| {
        let text = Label::new((at(step), plot.bottom + SMALL * 1.5), format!("{step:.decimals$}"), SMALL);
        [
            Mark::line((at(step), plot.top), (at(step), plot.bottom), 1.0, Ink::GRID),
            Mark::Text(text.align(Align::Centre).ink(Ink::MUTED)),
        ]
    };
    steps.iter().flat_map(tick).collect()
}

/// Every merge as a bracket: from both sides to its distance, and down between them.
fn branches(analysis: &Analysis, leaves: &[Leaf], plot: &Area, range: (f64, f64), line: f64) -> Vec<Mark> {
    let (merges, k) = (&analysis.themes.parents, analysis.themes.themes.len());
    let mut spots: Vec<Option<Spot>> = vec![None; k + merges.len()];
    let mut inks = vec![Ink::MUTED; k + merges.len()];
    for (row, leaf) in leaves.iter().enumerate() {
        spots[leaf.node] = Some(Spot { distance: 0.0, y: plot.top + (row as f64 + 0.5) * line });
        inks[leaf.node] = Ink::solid(analysis.themes.themes[leaf.themes[0]].colour);
    }
    let x = |distance: f64| place(distance, range, (plot.left, plot.right));
    let mut marks = Vec::new();
    for (at, merge) in merges.iter().enumerate() {
        let (Some(left), Some(right)) = (spots[merge.left], spots[merge.right]) else { continue };
        let end = x(merge.distance);
        marks.push(Mark::line((end, left.y), (end, right.y), STROKE, Ink::MUTED));
        for (spot, ink) in [(left, inks[merge.left]), (right, inks[merge.right])] {
            marks.push(Mark::line((x(spot.distance), spot.y), (end, spot.y), STROKE, ink));
        }
        spots[k + at] = Some(Spot { distance: merge.distance, y: f64::midpoint(left.y, right.y) });
    }
    marks
}
