//! Themes and what they go on from to their numbers, names and colours. `kept` holds, theme by theme, the theme of the previous run
//! that it is; which one that is, is decided elsewhere.

use crate::colours::{DIFFERENT, colour};
use model::{PreviousRun, PreviousTheme, Theme, ThemeId};
use std::collections::BTreeSet;

/// The highest number that was ever given.
pub(super) fn last_number(previous: &PreviousRun) -> u32 {
    previous.themes.iter().map(|theme| theme.id.0).fold(previous.last_number, u32::max)
}

/// New themes go on counting: a number is never given twice, however many runs lie between.
pub(super) fn numbers(themes: &mut [Theme], kept: &[Option<&PreviousTheme>], previous: &PreviousRun) {
    let mut last = last_number(previous);
    for (theme, old) in themes.iter_mut().zip(kept) {
        theme.id = old.map_or_else(
            || {
                last = last.saturating_add(1);
                ThemeId(last)
            },
            |old| old.id,
        );
    }
}

/// Names that the user gave come first, then those of the previous run, then those that were found now; a new theme that is called
/// as one of these, or as any theme of the previous run, is called by its best other term.
pub(super) fn names(themes: &mut [Theme], kept: &[Option<&PreviousTheme>], previous: &PreviousRun, seeds: &[&str]) {
    let given = |theme: &Theme| seeds.contains(&theme.name.as_str());
    let mut taken: BTreeSet<String> = themes.iter().filter(|theme| given(theme)).map(|t| lower(&t.name)).collect();
    let mut named: Vec<bool> = themes.iter().map(given).collect();
    for (at, old) in kept.iter().enumerate() {
        if let Some(old) = old.filter(|old| !named[at] && !taken.contains(&lower(&old.name))) {
            themes[at].name.clone_from(&old.name);
            named[at] = true;
            taken.insert(lower(&old.name));
        }
    }
    taken.extend(previous.themes.iter().map(|theme| lower(&theme.name)));
    for theme in themes.iter_mut().zip(named).filter(|(_, named)| !named).map(|(theme, _)| theme) {
        let terms = theme.terms.iter().map(|term| &term.display);
        let free = std::iter::once(&theme.name).chain(terms).find(|name| !taken.contains(&lower(name)));
        // The number is this theme's alone.
        theme.name = free.cloned().unwrap_or_else(|| format!("{} ({})", theme.name, theme.id.0));
        taken.insert(lower(&theme.name));
    }
}

fn lower(name: &str) -> String {
    name.to_lowercase()
}

/// New themes take the first colours that nothing had in the previous run, then those that are free again, then any.
pub(super) fn colours(themes: &mut [Theme], kept: &[Option<&PreviousTheme>], previous: &PreviousRun) {
    let held: BTreeSet<[u8; 3]> = previous.themes.iter().map(|theme| theme.colour).collect();
    let kept_colours: BTreeSet<[u8; 3]> = kept.iter().flatten().map(|old| old.colour).collect();
    let all = || (0..DIFFERENT).map(colour);
    let never_seen = all().filter(|colour| !held.contains(colour));
    let free_again = all().filter(|colour| held.contains(colour) && !kept_colours.contains(colour));
    let mut free = never_seen.chain(free_again).chain(all().cycle());
    for (theme, old) in themes.iter_mut().zip(kept) {
        if let Some(colour) = old.map(|old| old.colour).or_else(|| free.next()) {
            theme.colour = colour;
        }
    }
}
