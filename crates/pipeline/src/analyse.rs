//! A reading becomes an analysis: terms, themes, trends, in this order, and what is worth a notice on the way.
//! No stage's work is done here, and nothing is read, written or printed.

use crate::{SeedTheme, Settings, Stage, VERSION, run_id::run_id, seed_themes::seeds};
use model::{Analysis, Continuity, Papers, TermMatrix, Themes, Trends};
use papers::Reading;
use themes::ThemesError;
use trends::TrendInput;

/// Why there is no analysis although the papers were read.
#[derive(Debug, thiserror::Error)]
pub enum AnalyseError {
    #[error(transparent)]
    Themes(#[from] ThemesError),
}

impl AnalyseError {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Themes(ThemesError::TooManyThemes { .. } | ThemesError::NoThemes) => {
                "ask for another number of themes, or leave --themes to `auto`"
            }
            Self::Themes(_) => "this is a mistake in the program; please report it",
        }
    }
}

/// Whether so many papers can have so many themes.
///
/// # Errors
/// Where they are more.
pub(crate) fn check_themes(asked: Option<usize>, papers: usize) -> Result<(), AnalyseError> {
    let more = asked.filter(|asked| *asked > papers);
    more.map_or(Ok(()), |asked| Err(ThemesError::TooManyThemes { asked, papers }.into()))
}

/// Runs the stages on what was read. `progress` is told each stage as it begins.
///
/// # Errors
/// Where the settings ask for what these papers cannot give, such as more themes than papers.
pub fn analyse(
    reading: Reading,
    settings: &Settings,
    progress: &mut dyn FnMut(Stage),
) -> Result<Analysis, AnalyseError> {
    let Reading { papers, sources, merged, mut notices } = reading;
    check_themes(settings.themes.themes, papers.len())?;
    progress(Stage::Text);
    let matrix = text::term_matrix(&papers.documents(), &settings.text);
    progress(Stage::Themes);
    let (mut themes, continuity) = found(&papers, &matrix, settings)?;
    notices.extend_from_slice(&themes.notices);
    progress(Stage::Trends);
    // Much of the trends is one thread's work; coherence, which asks for nothing of them, is left the others.
    let (trends, coherence) = rayon::join(
        || measure(&papers, &matrix, &themes, settings),
        || themes::coherence(&papers.documents(), &matrix, &themes),
    );
    themes.quality.coherence = coherence;
    let settings = settings.values();
    Ok(Analysis {
        run_id: run_id(VERSION, &settings, &sources),
        version: VERSION.to_owned(),
        settings,
        inputs: sources,
        merged,
        n_terms: matrix.n_terms(),
        acronyms: matrix.vocabulary.acronyms,
        papers,
        themes,
        continuity,
        trends,
        notices,
    })
}

/// The themes, with those of the previous run going on in them where there was one.
pub(crate) fn found(
    papers: &Papers,
    matrix: &TermMatrix,
    settings: &Settings,
) -> Result<(Themes, Option<Continuity>), ThemesError> {
    let themes = themes::find_seeded(matrix, &seeds(&settings.seed_themes, matrix), &settings.themes)?;
    let Some(previous) = &settings.previous else { return Ok((themes, None)) };
    let named: Vec<&str> = settings.seed_themes.iter().map(|SeedTheme { name, .. }| name.as_str()).collect();
    Ok(themes::continued(themes, &papers.ids(), previous, &named))
}

fn measure(papers: &Papers, matrix: &TermMatrix, themes: &Themes, settings: &Settings) -> Trends {
    let ids: Vec<_> = themes.themes.iter().map(|theme| theme.id).collect();
    let input = TrendInput {
        published: &papers.published(),
        seen: &papers.seen(),
        upvotes: &papers.upvotes(),
        theme: &themes.assignment.theme,
        themes: &ids,
        terms: Some(matrix),
        refits: &themes.refits,
    };
    trends::measure(&input, &settings.trends)
}
