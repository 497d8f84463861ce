//! Turns an analysis into the one file of a run folder that charts, slides and mails are made from again, and back.
//! Keeps what these show and no more: abstracts, centroids and the groups of single refits are empty when it is read.

use crate::ReportError;
use flate2::{Compression, GzBuilder, read::GzDecoder};
use model::papers::{day_to_epoch, schema};
use model::{Acronym, Analysis, Continuity, Day, InputFile, Notice, Papers, PapersError, SettingValue, Themes, Trends};
use polars::prelude::*;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// Where the file lies in a run folder.
pub const KEPT_FILE: &str = "analysis.json.gz";
/// Grows with every change after which older files would be misread.
const FORMAT: u32 = 1;

/// Why a file is no analysis of ours.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    #[error("it is damaged: {0}")]
    Damaged(String),
    #[error("it has format {found}, this version of Papertide reads format {FORMAT}")]
    OtherFormat { found: u32 },
}

/// Read first, so that a file of another format is told as such and not as damaged.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    format: u32,
    run_id: String,
    version: String,
    settings: Vec<SettingValue>,
    inputs: Vec<InputFile>,
    papers: Vec<KeptPaper>,
    merged: usize,
    n_terms: usize,
    acronyms: Vec<Acronym>,
    themes: Themes,
    /// Absent in files of runs from before there was any.
    #[serde(default)]
    continuity: Option<Continuity>,
    trends: Trends,
    notices: Vec<Notice>,
}

/// What is shown of a paper; columns of `Papers` that are not here are null, or empty, when it is read.
#[derive(Serialize, Deserialize)]
struct KeptPaper {
    id: String,
    title: String,
    published: Option<Day>,
    seen: Option<Day>,
    upvotes: Option<u32>,
    link: Option<String>,
    sources: Vec<String>,
}

/// The analysis as compressed JSON, without name and time in its header: the same bytes for the same analysis.
///
/// # Errors
/// Where the analysis holds a number that JSON has no word for.
pub fn keep(analysis: &Analysis) -> Result<Vec<u8>, ReportError> {
    let kept = Kept {
        format: FORMAT,
        run_id: analysis.run_id.clone(),
        version: analysis.version.clone(),
        settings: analysis.settings.clone(),
        inputs: analysis.inputs.clone(),
        papers: papers(&analysis.papers)?,
        merged: analysis.merged,
        n_terms: analysis.n_terms,
        acronyms: analysis.acronyms.clone(),
        themes: slim(&analysis.themes),
        continuity: analysis.continuity.clone(),
        trends: analysis.trends.clone(),
        notices: analysis.notices.clone(),
    };
    let json = serde_json::to_vec(&kept)?;
    let mut packed = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::fast());
    packed.write_all(&json).and_then(|()| packed.finish()).map_err(|error| ReportError::Kept(error.to_string()))
}

fn slim(themes: &Themes) -> Themes {
    let mut slim = Themes { refits: Vec::new(), likeness: Vec::new(), ..themes.clone() };
    slim.themes.iter_mut().for_each(|theme| theme.centroid.clear());
    slim
}

fn papers(papers: &Papers) -> Result<Vec<KeptPaper>, ReportError> {
    let lists = papers.frame().column("sources")?.as_materialized_series().list()?.clone();
    let sources = |row: usize| -> Result<Vec<String>, PolarsError> {
        let Some(list) = lists.get_as_series(row) else { return Ok(Vec::new()) };
        Ok(list.str()?.iter().flatten().map(str::to_owned).collect())
    };
    let titles = papers.documents().titles;
    let (published, seen, upvotes) = (papers.published(), papers.seen(), papers.upvotes());
    let texts = papers.ids().into_iter().zip(titles).zip(papers.links());
    let paper = |(row, ((id, title), link)): (usize, ((&str, &str), Option<&str>))| {
        Ok(KeptPaper {
            id: id.to_owned(),
            title: title.to_owned(),
            published: published[row],
            seen: seen[row],
            upvotes: upvotes[row],
            link: link.map(str::to_owned),
            sources: sources(row)?,
        })
    };
    texts.enumerate().map(paper).collect()
}

/// The analysis in the bytes of a file that [`keep`] made, checked as any other.
///
/// # Errors
/// Where the bytes are no such file, are damaged, or have another format.
pub fn kept(bytes: &[u8]) -> Result<Analysis, KeptError> {
    let damaged = |error: &dyn std::fmt::Display| KeptError::Damaged(error.to_string());
    let mut json = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut json).map_err(|error| damaged(&error))?;
    let Head { format } = serde_json::from_slice(&json).map_err(|error| damaged(&error))?;
    if format != FORMAT {
        return Err(KeptError::OtherFormat { found: format });
    }
    let kept: Kept = serde_json::from_slice(&json).map_err(|error| damaged(&error))?;
    let analysis = Analysis {
        papers: frame(&kept.papers).map_err(|error| damaged(&error))?,
        run_id: kept.run_id,
        version: kept.version,
        settings: kept.settings,
        inputs: kept.inputs,
        merged: kept.merged,
        n_terms: kept.n_terms,
        acronyms: kept.acronyms,
        themes: kept.themes,
        continuity: kept.continuity,
        trends: kept.trends,
        notices: kept.notices,
    };
    crate::check(&analysis).map_err(|error| damaged(&error))?;
    Ok(analysis)
}

fn frame(papers: &[KeptPaper]) -> Result<Papers, PapersError> {
    let days = |of: fn(&KeptPaper) -> Option<Day>| papers.iter().map(|p| of(p).map(day_to_epoch)).collect::<Vec<_>>();
    let sources: ListChunked = papers.iter().map(|p| Series::new(PlSmallStr::EMPTY, p.sources.as_slice())).collect();
    let column = |(name, kind): (&'static str, DataType)| -> PolarsResult<Column> {
        let plain = PlSmallStr::from_static(name);
        match name {
            "id" => Ok(Column::new(plain, papers.iter().map(|p| p.id.as_str()).collect::<Vec<_>>())),
            "title" => Ok(Column::new(plain, papers.iter().map(|p| p.title.as_str()).collect::<Vec<_>>())),
            "abstract" => Ok(Column::new(plain, vec![""; papers.len()])),
            "published" => Column::new(plain, days(|p| p.published)).cast(&kind),
            "seen" => Column::new(plain, days(|p| p.seen)).cast(&kind),
            "upvotes" => Ok(Column::new(plain, papers.iter().map(|p| p.upvotes).collect::<Vec<_>>())),
            "link" => Ok(Column::new(plain, papers.iter().map(|p| p.link.as_deref()).collect::<Vec<_>>())),
            "sources" => sources.clone().into_series().with_name(plain).cast(&kind).map(Column::from),
            _ => Ok(Column::full_null(plain, papers.len(), &kind)),
        }
    };
    let columns = schema().into_iter().map(column).collect::<PolarsResult<Vec<_>>>()?;
    Papers::new(DataFrame::new(papers.len(), columns)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{self, Ground, View, tests::cases};

    #[test]
    fn every_chart_of_a_kept_analysis_is_that_of_the_analysis() {
        for (case, fake) in cases() {
            let analysis = fake.build();
            let bytes = keep(&analysis).unwrap();
            let back = kept(&bytes).unwrap();
            assert!(keep(&back).unwrap() == bytes, "{case}: other bytes the second time");
            let pictures = |analysis: &Analysis| -> Vec<String> {
                let drawings = charts::drawings(&View::whole(analysis), None).unwrap();
                drawings.iter().map(|drawing| charts::svg(drawing, Ground::Light, 1.0).unwrap()).collect()
            };
            assert!(pictures(&analysis) == pictures(&back), "{case}");
        }
    }

    #[test]
    fn what_is_no_kept_analysis_is_refused_with_the_reason() {
        let good = keep(&crate::fake::REALISTIC.build()).unwrap();
        let mut flipped = good.clone();
        flipped[good.len() / 2] ^= 0xff;
        for bad in [&b""[..], b"{}", &good[..good.len() / 2], &flipped] {
            assert!(matches!(kept(bad), Err(KeptError::Damaged(_))));
        }
        let packed = |text: &str| {
            let mut packed = GzBuilder::new().write(Vec::new(), Compression::default());
            packed.write_all(text.as_bytes()).unwrap();
            packed.finish().unwrap()
        };
        let other = kept(&packed("{\"format\":99,\"papers\":7}")).unwrap_err();
        assert_eq!(other.to_string(), "it has format 99, this version of Papertide reads format 1");
        assert!(matches!(kept(&packed("{\"format\":1}")), Err(KeptError::Damaged(_))));
    }

    #[test]
    fn a_large_analysis_takes_little_room() {
        let analysis = crate::fake::Fake { papers: 10_000, bins: 52, ..crate::fake::REALISTIC }.build();
        let bytes = keep(&analysis).unwrap().len();
        assert!(bytes < 2_000_000, "{bytes} bytes");
    }
}
