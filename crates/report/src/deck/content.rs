//! Turns an analysis into the slides of a deck: what stands on each, and the numbers in its notes.
//! Does not write markup; words and numbers are those of the report.

use super::{Body, Picture, Slide};
use crate::charts::{self, Drawing, Ground, View};
use crate::citation::Shelf;
use crate::format::{self, counted, percent, sentence_start};
use crate::story::{self, MovedTheme, Story};
use crate::windows::{Window, windows};
use crate::{ReportError, clean, continuity, extent, table_bytes};
use model::{Analysis, VerdictKind};
use rayon::prelude::*;

/// Sheet of a chart below a slide's title: as wide as the slide, letters as large as on a chart of 1920 x 1080.
const CHART: (f64, f64) = (1920.0, 890.0);
/// Sheet of the chart of one theme.
const COURSE: (f64, f64) = (1180.0, 850.0);
/// So many themes get a slide of their own.
const MOVERS: usize = 6;
/// So many points stand on a slide, terms and papers beside a chart, rows of numbers in the notes.
const POINTS: usize = 9;
const TERMS: usize = 6;
const PAPERS: usize = 3;
const ROWS: usize = 40;

pub fn slides(analysis: &Analysis) -> Result<Vec<Slide>, ReportError> {
    let story = story::story(analysis);
    let mut slides = vec![opening(analysis, &story), moved(analysis, &story)];
    let view = View { sheet: CHART, headline: false, ..View::whole(analysis) };
    let drawings = charts::drawings(&view, None)?;
    slides.extend(drawings.par_iter().map(chart).collect::<Result<Vec<_>, _>>()?);
    let movers = movers(analysis, &story);
    slides.extend(
        movers.par_iter().map(|(window, moved)| mover(analysis, window, moved)).collect::<Result<Vec<_>, _>>()?,
    );
    slides.push(caveats(analysis, &story));
    Ok(slides)
}

fn opening(analysis: &Analysis, story: &Story) -> Slide {
    let mut lines = vec![format!(
        "{} in {}",
        counted(analysis.papers.len(), "paper", "papers"),
        counted(analysis.themes.themes.len(), "theme", "themes")
    )];
    let unit = analysis.trends.timeline.as_ref().map(|timeline| timeline.unit);
    if let Some((period, unit)) = extent::whole_period(analysis).zip(unit) {
        lines.push(format!("{period}, by {}", format::unit(unit)));
    }
    lines.push(format!("Papertide {}, run {}", analysis.version, analysis.run_id));
    let notes = std::iter::once(format!("{}.", story.headline)).chain(continuity::sentences(analysis)).collect();
    Slide { title: story.headline.clone(), body: Body::Opening(lines), notes }
}

/// What moved in the window that moved, else that nothing did; the notes hold all of it.
fn moved(analysis: &Analysis, story: &Story) -> Slide {
    let line = |window: &Window<'_>, moved: &MovedTheme| {
        let sign = if moved.kind == VerdictKind::Rising { '\u{25b2}' } else { '\u{25bc}' };
        let numbers = moved.numbers.replace(&format!(" over {}", window.length), "");
        format!("{sign} {}: {}", story::name(&analysis.themes.themes[moved.position]), short(&numbers))
    };
    let mut points = Vec::new();
    let windows = windows(analysis);
    let part = story.parts.iter().zip(&windows).find(|(part, _)| !part.moved.is_empty());
    if let Some((part, window)) = part {
        let (listed, _) = part.listed();
        let shown = listed.len().min(POINTS - 1);
        points.extend(listed.iter().take(shown).map(|moved| line(window, moved)));
        let more = part.moved.len() - shown;
        points.extend((more > 0).then(|| format!("And {more} more in the report")));
    }
    points.extend(story.beside.iter().take(POINTS.saturating_sub(points.len())).cloned());
    points.extend(story.unsaid.iter().take(POINTS.saturating_sub(points.len()).min(2)).cloned());
    let title = match part {
        Some((part, _)) => {
            format!("{}, {} moved beyond chance", part.title, counted(part.moved.len(), "theme", "themes"))
        }
        None => sentence_start(&story.headline),
    };
    let mut notes = Vec::new();
    for part in &story.parts {
        let name = |moved: &MovedTheme| story::name(&analysis.themes.themes[moved.position]);
        notes.extend(part.moved.iter().map(|m| format!("{}: {}. {}", name(m), m.numbers, m.care.join(" "))));
        notes.extend(part.still.as_ref().map(|still| format!("{}: {still}", part.title)));
    }
    notes.extend(story.beside.iter().chain(&story.unsaid).cloned());
    Slide { title, body: Body::Points(points), notes }
}

/// The shares and the change: what can be read from the back of a room.
fn short(numbers: &str) -> String {
    numbers.split(", ").take(2).collect::<Vec<_>>().join(", ")
}

fn chart(drawing: &Drawing) -> Result<Slide, ReportError> {
    let notes = [vec![format!("{}.", drawing.description)], rows(drawing)?].concat();
    Ok(Slide { title: drawing.title.clone(), body: Body::Picture(picture(drawing, "")?), notes })
}

fn picture(drawing: &Drawing, of: &str) -> Result<Picture, ReportError> {
    Ok(Picture {
        name: format!("{}{of}", drawing.name),
        alternative: format!("{}. {}.", drawing.title, drawing.description),
        svg: charts::svg(drawing, Ground::Light, 1.0)?,
        png: charts::png(drawing, Ground::Light, 1.0)?,
        size: drawing.size,
    })
}

/// The first rows of a chart's numbers, as its CSV has them.
fn rows(drawing: &Drawing) -> Result<Vec<String>, ReportError> {
    let csv = table_bytes(&drawing.numbers.head(Some(ROWS)), crate::TableFormat::Csv)?;
    let mut lines: Vec<String> = String::from_utf8_lossy(&csv).lines().map(clean::line).collect();
    let more = drawing.numbers.height().saturating_sub(ROWS);
    lines.extend((more > 0).then(|| format!("... and {more} more rows in charts/{}.csv", drawing.name)));
    Ok(lines)
}

/// The themes that moved most, each with the first window in which something moved.
fn movers<'a>(analysis: &'a Analysis, story: &Story) -> Vec<(Window<'a>, MovedTheme)> {
    let parts = windows(analysis).into_iter().zip(&story.parts);
    let Some((window, part)) = parts.into_iter().find(|(_, part)| !part.moved.is_empty()) else { return Vec::new() };
    part.moved.iter().take(MOVERS).map(|moved| (window.clone(), moved.clone())).collect()
}

fn mover(analysis: &Analysis, window: &Window<'_>, moved: &MovedTheme) -> Result<Slide, ReportError> {
    let theme = &analysis.themes.themes[moved.position];
    let view = View { themes: vec![moved.position], sheet: COURSE, headline: false, ..View::whole(analysis) };
    let course = charts::drawings(&view, Some(&["share"]))?;
    let how = if moved.kind == VerdictKind::Rising { "rose" } else { "fell" };
    let shares = window.verdict(moved.position).and_then(story::from_to);
    let from = shares.map_or_else(String::new, |shares| format!(" from {shares} of papers"));
    let title = format!("{} {how}{from} over {}", story::sentence_name(theme), window.length);
    let terms: Vec<String> = theme.terms.iter().take(TERMS).map(|term| clean::line(&term.display)).collect();
    let change = window.verdict(moved.position).and_then(story::change_in_points);
    let mut points: Vec<String> = change.map(|change| sentence_start(&change)).into_iter().collect();
    points.push(format!("{} in all", counted(theme.size, "paper", "papers")));
    points.push(format!("Terms: {}", terms.join(", ")));
    points.extend(moved.care.iter().cloned());
    let papers = Shelf::new(&analysis.papers).cite(theme.representative.iter().take(PAPERS).copied());
    points.extend(papers.iter().map(|paper| format!("\u{201c}{}\u{201d}", paper.title)));
    let mut notes = vec![format!("{}: {}.", story::name(theme), moved.numbers)];
    notes.extend(window.verdict(moved.position).and_then(story::why));
    notes.extend(story::survival(theme).map(|survival| format!("The theme {survival}.")));
    notes.extend(papers.into_iter().map(|paper| {
        let link = paper.link.map(|link| format!(" {link}")).unwrap_or_default();
        format!("{}{link}", paper.title)
    }));
    let body = match course.first() {
        Some(drawing) => Body::Both(picture(drawing, &format!("-{}", theme.id.0))?, points),
        None => Body::Points(points),
    };
    Ok(Slide { title, body, notes })
}

fn caveats(analysis: &Analysis, story: &Story) -> Slide {
    let papers = counted(analysis.papers.len(), "paper", "papers");
    let sources = counted(analysis.inputs.len(), "source", "sources");
    let mut points = vec![
        format!(
            "{papers} from {sources}; near-duplicates are merged. A share is a share of these papers, not of the field"
        ),
        "Themes are groups of papers with like words; a paper is in one theme or in none".to_owned(),
    ];
    if analysis.trends.timeline.is_some() {
        let rate = percent(analysis.trends.q);
        points.push(format!(
            "Rising and falling: a test over finished bins only, with false discoveries held to {rate} over all themes"
        ));
    }
    points.extend(story.unsaid.iter().take(POINTS - points.len()).cloned());
    let mut notes = story.unsaid.clone();
    notes.extend(crate::method::definitions(analysis).into_iter().map(|(word, meaning)| format!("{word}: {meaning}")));
    Slide { title: "Method, and what these papers do not allow to say".to_owned(), body: Body::Points(points), notes }
}
