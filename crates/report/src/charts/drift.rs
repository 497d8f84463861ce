//! Turns drifting terms into a before-and-after chart: the share of a theme's papers that use a term, earlier and later.
//! Does not test terms: those that the analysis holds have passed.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark, ring};
use super::names;
use super::scale::{place, share_tick, ticks};
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::Subject;
use super::view::View;
use crate::{ReportError, clean, format, story, tables};
use model::Analysis;
use model::trends::{Drift, DriftTerm};

const MOST: usize = 14;
const MOST_A_THEME: usize = 3;
const NAME: f64 = 25.0;

/// One term of one theme.
#[derive(Clone, Copy)]
struct Row<'a> {
    position: usize,
    drift: &'a Drift,
    term: &'a DriftTerm,
}

impl Row<'_> {
    fn before(&self) -> f64 {
        f64::from(self.term.earlier) / f64::from(self.drift.earlier.max(1))
    }

    fn after(&self) -> f64 {
        f64::from(self.term.later) / f64::from(self.drift.later.max(1))
    }

    fn papers(&self) -> String {
        format!("{} of {} to {} of {}", self.term.earlier, self.drift.earlier, self.term.later, self.drift.later)
    }
}

/// Widths of the columns beside the plot; without papers where there is no room for them.
struct Widths {
    themes: f64,
    terms: f64,
    papers: f64,
}

/// `None` where no term drifts.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let analysis = view.analysis;
    let (rows, all) = rows(view);
    let Some(title) = title(analysis, &rows) else { return Ok(None) };
    let lead = "Share of the theme\u{2019}s papers that use a term, before (hollow) and after (filled) the middle of its papers";
    let terms = format::counted(all, "drifting term", "drifting terms");
    let what = if rows.len() == all { terms } else { format!("the strongest {} of {terms}", rows.len()) };
    let Sheet { mut marks, body } = sheet(view, &title, lead, &caption(view, &what));
    let room = (view.sheet.0 * 0.23).min(430.0);
    let label = |row: &Row<'_>| names::label(&analysis.themes.themes[row.position], NAME, Weight::Regular, room);
    let Widths { themes, terms, papers } = widths(view, &rows, label);
    let height = ((body.height() - 84.0) / rows.len() as f64).min(104.0);
    let plot = Area {
        left: body.left + 34.0 + themes + 40.0 + terms + 50.0,
        top: body.top + 42.0,
        right: body.right - papers - 50.0,
        bottom: body.top + 42.0 + height * rows.len() as f64,
    };
    let range = ticks(rows.iter().map(|r| r.before().max(r.after())).fold(0.0, f64::max));
    marks.extend(axis(&range, &plot));
    if papers > 0.0 {
        let heading = Label::new((body.right - papers, body.top + SMALL), "papers", SMALL);
        marks.push(Mark::Text(heading.ink(Ink::MUTED)));
    }
    for (i, row) in rows.iter().enumerate() {
        let theme = &analysis.themes.themes[row.position];
        let y = plot.top + (i as f64 + 0.5) * height;
        if i == 0 || rows[i - 1].position != row.position {
            let named = [
                Mark::Disc { centre: (body.left + 10.0, y), radius: 10.0, ink: Ink::solid(theme.colour) },
                Mark::Text(Label::new((body.left + 34.0, y + NAME * 0.36), label(row), NAME)),
            ];
            marks.extend(Subject::theme(theme.id).of(named));
        }
        let name = lettering::shorten(&term(row), NAME, Weight::Bold, terms);
        let at = (plot.left - 50.0, y + NAME * 0.36);
        let mut line = vec![Mark::Text(Label::new(at, name, NAME).bold().align(Align::Right))];
        line.extend(dumbbell(analysis, row, range.last().copied().unwrap_or(1.0), y, &plot));
        if papers > 0.0 {
            line.push(Mark::Text(Label::new((body.right - papers, y + NAME * 0.36), row.papers(), NAME)));
        }
        let whole = Area { top: y - height / 2.0, bottom: y + height / 2.0, ..plot };
        let said = format!("\u{201c}{}\u{201d}: {} papers", term(row), row.papers());
        marks.extend(Subject::theme(theme.id).said(said).within(whole).of(line));
    }
    let numbers = tables::of_shown(tables::moves::drift(analysis)?, view)?;
    Ok(Some(Drawing { name: "drift", title, description: lead.to_owned(), size: view.sheet, marks, numbers }))
}

fn widths(view: &View<'_>, rows: &[Row<'_>], label: impl Fn(&Row<'_>) -> String) -> Widths {
    let widest = |texts: Vec<String>, weight: Weight, least: f64, most: f64| {
        texts.iter().map(|t| lettering::width(t, NAME, weight)).fold(least, f64::max).min(most)
    };
    let most = if view.is_narrow() { view.sheet.0 * 0.22 } else { 400.0 };
    Widths {
        themes: widest(rows.iter().map(label).collect(), Weight::Regular, 0.0, 430.0),
        terms: widest(rows.iter().map(term).collect(), Weight::Bold, 0.0, most),
        papers: if view.is_narrow() {
            0.0
        } else {
            widest(rows.iter().map(Row::papers).collect(), Weight::Regular, 90.0, 360.0)
        },
    }
}

fn term(row: &Row<'_>) -> String {
    clean::line(&row.term.display)
}

/// The strongest terms, at most so many a theme, in the order of the themes; and how many terms drift in all.
fn rows<'a>(view: &View<'a>) -> (Vec<Row<'a>>, usize) {
    let trends = &view.analysis.trends.trends;
    let drifts = view.themes.iter().filter_map(|&p| Some((p, trends.get(p)?.drift.as_ref()?)));
    let all = drifts.clone().map(|(_, d)| d.terms.len()).sum();
    let mut rows: Vec<Row<'_>> = drifts
        .flat_map(|(position, drift)| {
            drift.terms.iter().take(MOST_A_THEME).map(move |term| Row { position, drift, term })
        })
        .collect();
    let strength = |row: &Row<'_>| row.term.z.abs();
    rows.sort_by(|a, b| {
        strength(b).total_cmp(&strength(a)).then(a.position.cmp(&b.position)).then(a.term.term.cmp(&b.term.term))
    });
    rows.truncate(MOST.min(view.most));
    rows.sort_by(|a, b| a.position.cmp(&b.position).then(strength(b).total_cmp(&strength(a))));
    (rows, all)
}

/// The strongest term, if there is one that does not stand in the theme's name anyway.
fn title(analysis: &Analysis, rows: &[Row<'_>]) -> Option<String> {
    let name = |row: &Row<'_>| story::name(&analysis.themes.themes[row.position]).to_lowercase();
    let strength = |row: &Row<'_>| (!name(row).contains(&term(row).to_lowercase()), row.term.z.abs());
    let strongest = rows.iter().copied().reduce(|a, b| if strength(&b) > strength(&a) { b } else { a })?;
    let theme = story::name(&analysis.themes.themes[strongest.position]);
    Some(format!(
        "Words within themes: in {theme}, \u{201c}{}\u{201d} went from {} to {} of papers",
        term(&strongest),
        format::percent(strongest.before()),
        format::percent(strongest.after())
    ))
}

fn axis(ticks: &[f64], plot: &Area) -> Vec<Mark> {
    let top = ticks.last().copied().unwrap_or(1.0);
    let step = ticks.get(1).copied().unwrap_or(1.0);
    let tick = |&tick: &f64| {
        let x = place(tick, (0.0, top), (plot.left, plot.right));
        let label = Label::new((x, plot.bottom + SMALL * 1.25), share_tick(tick, step), SMALL);
        [
            Mark::line((x, plot.top), (x, plot.bottom), if tick == 0.0 { 3.0 } else { 1.0 }, Ink::GRID),
            Mark::Text(label.align(Align::Centre).ink(Ink::MUTED)),
        ]
    };
    ticks.iter().flat_map(tick).collect()
}

fn dumbbell(analysis: &Analysis, row: &Row<'_>, top: f64, y: f64, plot: &Area) -> Vec<Mark> {
    let ink = Ink::solid(analysis.themes.themes[row.position].colour);
    let x = |share: f64| place(share, (0.0, top), (plot.left, plot.right));
    let (from, to) = ((x(row.before()), y), (x(row.after()), y));
    let mut marks = vec![Mark::line(from, to, 3.0, ink)];
    marks.extend(ring(from, 11.0, ink));
    marks.push(Mark::Disc { centre: to, radius: 13.0, ink });
    marks
}
