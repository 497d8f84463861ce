//! Turns how two runs differ into an alluvial chart: themes of the first run at the left, of the second at the right, and the papers
//! between them as ribbons. Does not match themes: a theme at the right has the colour of its match, and is grey without one.

use super::Drawing;
use super::labels::spread;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, At, Ink, Label, Mark, Tone};
use super::sheet::{Sheet, sheet};
use super::view::View;
use crate::comparison::{Compared, headline};
use crate::format::{count, counted};
use crate::largest::largest_first;
use crate::{ReportError, story};
use model::{Analysis, Flow};
use polars::prelude::{DataFrame, df};

/// Themes named on either side; the others share a block.
const MOST: usize = 14;
const NAME: f64 = 25.0;
/// Pixels for a name beside its block.
const ROOM: f64 = 470.0;
const BLOCK: f64 = 26.0;
const GAP: f64 = 9.0;
/// Corners of a ribbon's edge.
const STEPS: usize = 24;

/// One block of a side: a theme, the other themes, or the papers in none.
struct Node {
    name: String,
    ink: Ink,
    papers: usize,
    /// Of these, in both runs.
    shared: usize,
}

/// The blocks of one side from top to bottom, and the block of each theme (the last entry: of none).
struct Side {
    nodes: Vec<Node>,
    of_theme: Vec<usize>,
}

impl Side {
    fn node(&self, theme: Option<usize>) -> usize {
        theme.map_or(self.of_theme[self.of_theme.len() - 1], |theme| self.of_theme[theme])
    }

    fn papers(&self) -> usize {
        self.nodes.iter().map(|node| node.papers).sum()
    }
}

/// `None` where neither run has a theme.
pub fn draw(compared: &Compared<'_>) -> Result<Option<Drawing>, ReportError> {
    let Compared { first, second, comparison } = compared;
    if first.themes.themes.is_empty() && second.themes.themes.is_empty() {
        return Ok(None);
    }
    let flows = &comparison.themes.flows;
    let colour = |at: usize| Ink::solid(first.themes.themes[at].colour);
    let left = side(first, &(0..first.themes.themes.len()).collect::<Vec<_>>(), flows, |f| f.first, colour);
    let of_match =
        |at: usize| comparison.themes.partner_of_second(at).map_or(Ink::of(Tone::Others), |pair| colour(pair.first));
    let right = side(second, &right_order(compared, &left), flows, |f| f.second, of_match);
    let view = View::whole(second);
    let title = headline(compared);
    let lead = "Papers of the first run at the left, of the second at the right; a ribbon is papers in both. \
                At the right: the colour of the match, grey without one. Pale ends: papers in one run only";
    let run =
        |analysis: &Analysis| format!("run {}: {}", analysis.run_id, counted(analysis.papers.len(), "paper", "papers"));
    let what = format!(
        "{} in both  \u{b7}  {}  \u{b7}  {}",
        counted(comparison.papers.both.len(), "paper", "papers"),
        run(first),
        run(second)
    );
    let Sheet { mut marks, body } = sheet(&view, &title, lead, &what);
    let plot =
        Area { left: body.left + ROOM, right: body.right - ROOM, top: body.top + 8.0, bottom: body.bottom - 4.0 };
    let scale = scale(&left, &right, &plot);
    let tops = (tops(&left, scale, &plot), tops(&right, scale, &plot));
    marks.extend(ribbons(&left, &right, flows, scale, (&tops.0, &tops.1), &plot));
    marks.extend(blocks(&left, &tops.0, scale, &plot, Align::Right));
    marks.extend(blocks(&right, &tops.1, scale, &plot, Align::Left));
    let numbers = numbers(compared)?;
    Ok(Some(Drawing { name: "alluvial", title, description: lead.to_owned(), size: view.sheet, marks, numbers }))
}

/// The themes of the second run beside those of the first that their papers come from; what comes from none stands last.
fn right_order(compared: &Compared<'_>, left: &Side) -> Vec<usize> {
    let weighed = |theme: usize| {
        let from = compared.comparison.themes.flows.iter().filter(|f| f.second == Some(theme) && f.first.is_some());
        let (sum, papers) =
            from.fold((0, 0), |(sum, papers), f| (sum + f.papers * left.node(f.first), papers + f.papers));
        if papers == 0 { f64::INFINITY } else { sum as f64 / papers as f64 }
    };
    let mut order: Vec<(f64, usize)> =
        (0..compared.second.themes.themes.len()).map(|theme| (weighed(theme), theme)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, theme)| theme).collect()
}

/// The blocks of a run: its largest themes in this order, the other themes, the papers in none.
fn side(
    analysis: &Analysis,
    order: &[usize],
    flows: &[Flow],
    end: fn(&Flow) -> Option<usize>,
    ink: impl Fn(usize) -> Ink,
) -> Side {
    let themes = &analysis.themes.themes;
    let shared =
        |of: &dyn Fn(Option<usize>) -> bool| flows.iter().filter(|f| of(end(f))).map(|f| f.papers).sum::<usize>();
    let mut of_theme = vec![0; themes.len() + 1];
    let mut nodes = Vec::new();
    let largest = largest_first(analysis);
    let (named, others) = largest.split_at(largest.len().min(MOST));
    for &theme in order.iter().filter(|theme| named.contains(theme)) {
        of_theme[theme] = nodes.len();
        let name = story::name(&themes[theme]);
        let shared = shared(&|at| at == Some(theme));
        nodes.push(Node { name, ink: ink(theme), papers: themes[theme].size, shared });
    }
    if !others.is_empty() {
        for &theme in others {
            of_theme[theme] = nodes.len();
        }
        let papers = others.iter().map(|&theme| themes[theme].size).sum();
        let name = counted(others.len(), "other theme", "other themes");
        nodes.push(Node {
            name,
            ink: Ink::of(Tone::Others),
            papers,
            shared: shared(&|at| at.is_some_and(|at| others.contains(&at))),
        });
    }
    of_theme[themes.len()] = nodes.len();
    let papers = analysis.themes.assignment.theme.iter().filter(|theme| theme.is_none()).count();
    if papers > 0 {
        nodes.push(Node { name: "in no theme".to_owned(), ink: Ink::PALE, papers, shared: shared(&|at| at.is_none()) });
    }
    Side { nodes, of_theme }
}

/// Pixels for a paper, the same on both sides.
fn scale(left: &Side, right: &Side, plot: &Area) -> f64 {
    let fits = |side: &Side| (plot.height() - GAP * side.nodes.len() as f64) / side.papers().max(1) as f64;
    fits(left).min(fits(right))
}

/// Upper edges of the blocks; the shorter side stands in the middle.
fn tops(side: &Side, scale: f64, plot: &Area) -> Vec<f64> {
    let height = side.papers() as f64 * scale + GAP * side.nodes.len().saturating_sub(1) as f64;
    let mut y = plot.top + (plot.height() - height) / 2.0;
    let mut tops = Vec::new();
    for node in &side.nodes {
        tops.push(y);
        y += node.papers as f64 * scale + GAP;
    }
    tops
}

/// Large ribbons first, so that small ones lie upon them; each begins and ends where the one above it does.
fn ribbons(left: &Side, right: &Side, flows: &[Flow], scale: f64, tops: (&[f64], &[f64]), plot: &Area) -> Vec<Mark> {
    let mut ways: Vec<(usize, usize, usize)> = Vec::new();
    let mut ends: Vec<(usize, usize, usize)> =
        flows.iter().map(|f| (left.node(f.first), right.node(f.second), f.papers)).collect();
    ends.sort_unstable();
    for (a, b, papers) in ends {
        match ways.last_mut() {
            Some(last) if (last.0, last.1) == (a, b) => last.2 += papers,
            _ => ways.push((a, b, papers)),
        }
    }
    let (mut from, mut to) = (tops.0.to_vec(), tops.1.to_vec());
    let mut ribbons: Vec<(usize, Mark)> = Vec::new();
    for (a, b, papers) in ways {
        let thick = papers as f64 * scale;
        let shape = ribbon((plot.left + BLOCK, from[a]), (plot.right - BLOCK, to[b]), thick);
        (from[a], to[b]) = (from[a] + thick, to[b] + thick);
        ribbons.push((papers, Mark::Shape { points: shape, ink: left.nodes[a].ink.faded(0.45) }));
    }
    ribbons.sort_by_key(|(papers, _)| std::cmp::Reverse(*papers));
    ribbons.into_iter().map(|(_, mark)| mark).collect()
}

/// A band of this thickness from one upper left corner to the upper right one, level at both ends.
fn ribbon(from: At, to: At, thick: f64) -> Vec<At> {
    let edge = |i: usize| {
        let t = i as f64 / STEPS as f64;
        let eased = t * t * (3.0 - 2.0 * t);
        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * eased)
    };
    let upper = (0..=STEPS).map(edge);
    let lower = (0..=STEPS).rev().map(edge).map(|(x, y)| (x, y + thick));
    upper.chain(lower).collect()
}

/// Blocks with names beside them, and a thin line where a name had to move.
fn blocks(side: &Side, tops: &[f64], scale: f64, plot: &Area, align: Align) -> Vec<Mark> {
    let is_left = align == Align::Right;
    let x = if is_left { plot.left } else { plot.right - BLOCK };
    let outside = |far: f64| if is_left { plot.left - far } else { plot.right + far };
    let mut marks = Vec::new();
    let centre = |i: usize| tops[i] + side.nodes[i].papers as f64 * scale / 2.0;
    let wished: Vec<f64> = (0..side.nodes.len()).map(centre).collect();
    let places = spread(&wished, NAME * 1.3, plot.top + NAME * 0.5, plot.bottom - NAME * 0.5);
    for (i, node) in side.nodes.iter().enumerate() {
        let shared = tops[i] + node.shared as f64 * scale;
        let bottom = tops[i] + node.papers as f64 * scale;
        marks.push(Mark::Block {
            area: Area { left: x, right: x + BLOCK, top: tops[i], bottom: shared },
            ink: node.ink,
        });
        marks.push(Mark::Block {
            area: Area { left: x, right: x + BLOCK, top: shared, bottom },
            ink: node.ink.faded(0.3),
        });
        marks.push(Mark::line((outside(3.0), wished[i]), (outside(30.0), places[i]), 3.0, node.ink));
        let papers = format!("  {}", count(node.papers));
        let room = ROOM - 40.0 - lettering::width(&papers, NAME, Weight::Regular);
        let name = lettering::shorten(&node.name, NAME, Weight::Regular, room);
        let at = (outside(38.0), places[i] + NAME * 0.36);
        marks.push(Mark::Text(Label::new(at, format!("{name}{papers}"), NAME).align(align)));
    }
    marks
}

/// One row a way that papers went: `first_theme`, `first_name`, `second_theme`, `second_name` (empty: in no theme), `papers`,
/// `moved`.
fn numbers(Compared { first, second, comparison }: &Compared<'_>) -> Result<DataFrame, ReportError> {
    let flows = &comparison.themes.flows;
    let id = |analysis: &Analysis, at: Option<usize>| at.map(|at| analysis.themes.themes[at].id.0);
    let name = |analysis: &Analysis, at: Option<usize>| at.map(|at| analysis.themes.themes[at].name.clone());
    Ok(df!(
        "first_theme" => flows.iter().map(|f| id(first, f.first)).collect::<Vec<_>>(),
        "first_name" => flows.iter().map(|f| name(first, f.first)).collect::<Vec<_>>(),
        "second_theme" => flows.iter().map(|f| id(second, f.second)).collect::<Vec<_>>(),
        "second_name" => flows.iter().map(|f| name(second, f.second)).collect::<Vec<_>>(),
        "papers" => flows.iter().map(|f| f.papers as u64).collect::<Vec<_>>(),
        "moved" => flows.iter().map(|f| comparison.themes.is_move(f)).collect::<Vec<_>>(),
    )?)
}
