//! Turns a request for charts of a finished run into their files, or into everything that is wrong with the request.
//! Does not touch the disk and clusters nothing: all numbers are those of the analysis.

use crate::charts::{self, Drawing, Ground, View};
use crate::{ReportError, TableFormat, story, table_bytes};
use model::{Analysis, Bundle, Day, Notice, Severity};
use rayon::prelude::*;

/// So many names are named where one is not known.
const NEAREST: usize = 3;
/// Points of a PDF page in a pixel.
const POINTS: f64 = 0.75;

/// Which charts are wanted, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartRequest {
    /// Names of charts; empty: all that have something to show.
    pub only: Vec<String>,
    /// Names or numbers of themes; empty: all.
    pub themes: Vec<String>,
    /// At most so many themes in a chart.
    pub top: Option<usize>,
    /// First and last day that is shown.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Width and height in pixels; letters are sized for 1080 on the shorter side and grow with it.
    pub size: (u32, u32),
    /// Pixels of a PNG for each of `size`.
    pub scale: u32,
    pub ground: Ground,
    pub formats: Vec<PictureFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    Svg,
    Png,
    Pdf,
}

/// Why there are no charts.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    #[error("the request does not fit the run")]
    Refused(Vec<Notice>),
    #[error(transparent)]
    Render(#[from] ReportError),
}

/// The pictures, and beside each the CSV of its numbers.
///
/// # Errors
/// Where a name is not known, no bin lies between the days, or a chart that was asked for has nothing to show.
pub fn chart_files(analysis: &Analysis, request: &ChartRequest) -> Result<Bundle, RequestError> {
    let view = view(analysis, request).map_err(RequestError::Refused)?;
    let only: Vec<&str> = request.only.iter().map(String::as_str).collect();
    let drawings = charts::drawings(&view, (!only.is_empty()).then_some(&only))?;
    let absent: Vec<Notice> = only
        .iter()
        .filter(|name| !drawings.iter().any(|drawing| drawing.name == **name))
        .map(|name| nothing_to_show(analysis, name))
        .collect();
    if !absent.is_empty() {
        return Err(RequestError::Refused(absent));
    }
    if drawings.is_empty() {
        return Err(RequestError::Refused(vec![nothing_to_show(analysis, "any")]));
    }
    let scale = f64::from(request.size.0) / view.sheet.0;
    let jobs: Vec<(&Drawing, PictureFormat)> =
        drawings.iter().flat_map(|drawing| request.formats.iter().map(move |&format| (drawing, format))).collect();
    let picture = |&(drawing, format): &(&Drawing, PictureFormat)| -> Result<(String, Vec<u8>), ReportError> {
        let (ending, bytes) = match format {
            PictureFormat::Svg => ("svg", charts::svg(drawing, request.ground, scale)?.into_bytes()),
            PictureFormat::Png => ("png", charts::png(drawing, request.ground, scale * f64::from(request.scale))?),
            PictureFormat::Pdf => ("pdf", charts::pdf(drawing, request.ground, scale * POINTS)?),
        };
        Ok((format!("{}.{ending}", drawing.name), bytes))
    };
    let mut files: Vec<(String, Vec<u8>)> = jobs.par_iter().map(picture).collect::<Result<_, ReportError>>()?;
    for drawing in &drawings {
        files.push((format!("{}.csv", drawing.name), table_bytes(&drawing.numbers, TableFormat::Csv)?));
    }
    Ok(Bundle { files: files.into_iter().collect() })
}

/// What the request asks to see, or everything that is wrong with it.
fn view<'a>(analysis: &'a Analysis, request: &ChartRequest) -> Result<View<'a>, Vec<Notice>> {
    let known: Vec<&str> = charts::names().collect();
    let mut problems: Vec<Notice> = request
        .only
        .iter()
        .filter(|name| !known.contains(&name.as_str()))
        .map(|name| {
            let nearest = nearest(name, &known);
            refusal(
                format!("--only {name}: no chart has this name"),
                "the name of a chart",
                format!("did you mean: {nearest}"),
            )
        })
        .collect();
    let whole = View::whole(analysis).sized(request.size);
    let mut view = View { most: request.top.unwrap_or(usize::MAX), ..whole }.between(request.from, request.to);
    if !request.themes.is_empty() {
        view.themes = themes(analysis, &request.themes, &mut problems);
    }
    if analysis.trends.timeline.is_some() && view.bins.is_empty() {
        problems.push(no_bin(analysis, request));
    }
    if problems.is_empty() { Ok(view) } else { Err(problems) }
}

/// Positions in the order of the run, whatever the order of the names: the same in every chart.
fn themes(analysis: &Analysis, names: &[String], problems: &mut Vec<Notice>) -> Vec<usize> {
    let themes = &analysis.themes.themes;
    let all: Vec<String> = themes.iter().map(story::name).collect();
    let mut positions = Vec::new();
    for name in names {
        let same = |i: &usize| {
            all[*i].to_lowercase() == name.trim().to_lowercase() || themes[*i].id.0.to_string() == name.trim()
        };
        if let Some(position) = (0..all.len()).find(same) {
            positions.push(position);
        } else {
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            let hint = match nearest(name, &all) {
                none if none.is_empty() => "this run found no theme".to_owned(),
                nearest => format!("did you mean: {nearest}; tables/themes.csv of the run names them all"),
            };
            problems.push(refusal(
                format!("--themes {name}: no theme has this name"),
                "the name or the number of a theme",
                hint,
            ));
        }
    }
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// The names most like one, best first; ties in their own order.
fn nearest(name: &str, known: &[&str]) -> String {
    let wanted = name.to_lowercase();
    let mut known: Vec<&str> = known.to_vec();
    known.sort_by(|a, b| likeness(&wanted, b).total_cmp(&likeness(&wanted, a)));
    known.truncate(NEAREST);
    known.join(", ")
}

/// Like spellings, or whole words in common.
fn likeness(wanted: &str, known: &str) -> f64 {
    let known = known.to_lowercase();
    let shared = wanted.split_whitespace().filter(|word| known.split_whitespace().any(|other| other == *word)).count();
    strsim::jaro_winkler(wanted, &known) + shared as f64
}

fn no_bin(analysis: &Analysis, request: &ChartRequest) -> Notice {
    let named = [("--from", request.from), ("--to", request.to)];
    let asked: Vec<String> = named.iter().filter_map(|(name, day)| Some(format!("{name} {}", (*day)?))).collect();
    let bins = analysis.trends.timeline.as_ref().map_or(&[][..], |timeline| &timeline.bins);
    let ends = bins.first().zip(bins.last()).map_or_else(String::new, |(first, last)| {
        format!("the run speaks of {} to {}", first.start, last.end.yesterday().unwrap_or(last.end))
    });
    refusal(format!("{}: no bin of the run lies there", asked.join(" ")), "days of the run", ends)
}

fn nothing_to_show(analysis: &Analysis, chart: &str) -> Notice {
    let why = analysis.trends.absent_because.as_ref().map_or_else(String::new, |why| format!(": {why}"));
    refusal(
        format!("--only {chart}: this chart has nothing to show{why}"),
        "a chart with data",
        "leave the chart out, or ask for more themes or days".to_owned(),
    )
}

fn refusal(found: String, expected: &str, hint: String) -> Notice {
    Notice { severity: Severity::Error, file: None, line: None, found, expected: expected.to_owned(), hint }
}

#[cfg(test)]
mod tests;
