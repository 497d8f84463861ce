//! Two analyses to the trends of the second with one kind of difference to the first undone and the others left. Groups no paper;
//! measuring is the trends stage's work.

use crate::Settings;
use model::{Analysis, Cause, Day, PapersCompared, ThemeId, ThemeMatching, Trends};
use trends::{TrendInput, TrendSettings};

/// What the trends stage reads of papers.
struct Rows {
    published: Vec<Option<Day>>,
    seen: Vec<Option<Day>>,
    upvotes: Vec<Option<u32>>,
    theme: Vec<Option<usize>>,
}

/// The trends of the second run as they would be without this cause, by its own positions of themes (themes of the first run without a
/// match follow). `None` where that cannot be made: another program, or settings that this version does not know.
pub(crate) fn undone(
    cause: Cause,
    (first, second): (&Analysis, &Analysis),
    papers: &PapersCompared,
    matching: &ThemeMatching,
) -> Option<Trends> {
    let known = second.themes.themes.len();
    let unmatched: Vec<usize> =
        (0..first.themes.themes.len()).filter(|&theme| matching.partner(theme).is_none()).collect();
    let in_second = |theme: usize| {
        let other = || Some(known + unmatched.iter().position(|&other| other == theme)?);
        matching.partner(theme).map(|pair| pair.second).or_else(other)
    };
    let first_theme = |row: usize| first.themes.assignment.theme[row].and_then(in_second);
    let mut rows = rows(second);
    let settings = match cause {
        Cause::Settings => settings(first)?,
        Cause::Clustering => {
            papers.both.iter().for_each(|&(a, b)| rows.theme[b] = first_theme(a));
            settings(second)?
        }
        Cause::Data => {
            let mut before = self::rows(first);
            before.theme = (0..before.theme.len()).map(first_theme).collect();
            papers.both.iter().for_each(|&(a, b)| before.theme[a] = rows.theme[b]);
            rows = before;
            settings(second)?
        }
        Cause::Program => return None,
    };
    let themes: Vec<ThemeId> = (1..).take(known + unmatched.len()).map(ThemeId).collect();
    Some(trends::measure(
        &TrendInput {
            published: &rows.published,
            seen: &rows.seen,
            upvotes: &rows.upvotes,
            theme: &rows.theme,
            themes: &themes,
            terms: None,
            refits: &[],
        },
        &settings,
    ))
}

fn rows(analysis: &Analysis) -> Rows {
    let papers = &analysis.papers;
    let theme = analysis.themes.assignment.theme.clone();
    Rows { published: papers.published(), seen: papers.seen(), upvotes: papers.upvotes(), theme }
}

/// Without the shuffles, which are for bursts.
fn settings(analysis: &Analysis) -> Option<TrendSettings> {
    let settings = Settings::of_values(&analysis.settings).ok()?;
    Some(TrendSettings { shuffles: 0, ..settings.trends })
}
