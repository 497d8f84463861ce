//! A finished analysis to what the next run goes on from: themes, and which paper is in which.

use model::{Analysis, PreviousRun, PreviousTheme};

/// What a run that goes on from this one reads of it. Papers are known by their ids, as in a comparison.
#[must_use]
pub fn previous(analysis: &Analysis) -> PreviousRun {
    let theme = |theme: &model::Theme| PreviousTheme {
        id: theme.id,
        name: theme.name.clone(),
        colour: theme.colour,
        size: theme.size,
    };
    let themes: Vec<PreviousTheme> = analysis.themes.themes.iter().map(theme).collect();
    let before = analysis.continuity.as_ref().map_or(0, |continuity| continuity.last_number);
    PreviousRun {
        run_id: analysis.run_id.clone(),
        last_number: themes.iter().map(|theme| theme.id.0).fold(before, u32::max),
        papers: (analysis.papers.ids().into_iter().map(str::to_owned))
            .zip(analysis.themes.assignment.theme.iter().copied())
            .collect(),
        themes,
    }
}
