//! What differs between two runs to what made a verdict another one. Judges no theme again.

use model::{Cause, Differences};

/// What made the verdict on a theme another one, the nearest cause first: the theme holds other papers of those that both runs
/// read; else the runs read other papers or dates, which make the theme's count or the total it is held against; else the
/// trends were measured by other settings; else other themes changed, which the control over all themes takes into account;
/// else nothing is left but the program.
#[must_use]
pub fn cause(differences: &Differences) -> Cause {
    let Differences { left, joined, removed, added, other_papers, settings, other_themes } = differences;
    let holds = [
        (left + joined > 0, Cause::Clustering),
        (removed + added > 0 || *other_papers, Cause::Data),
        (!settings.is_empty(), Cause::Settings),
        (*other_themes, Cause::Clustering),
    ];
    holds.into_iter().find(|(holds, _)| *holds).map_or(Cause::Program, |(_, cause)| cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_cause_is_named() {
        let settings = vec!["window".to_owned()];
        let cases = [
            (Differences { left: 1, other_papers: true, settings: settings.clone(), ..none() }, Cause::Clustering),
            (Differences { joined: 1, other_themes: true, ..none() }, Cause::Clustering),
            (Differences { added: 1, other_papers: true, settings: settings.clone(), ..none() }, Cause::Data),
            (Differences { other_papers: true, other_themes: true, ..none() }, Cause::Data),
            (Differences { settings, other_themes: true, ..none() }, Cause::Settings),
            (Differences { other_themes: true, ..none() }, Cause::Clustering),
            (none(), Cause::Program),
        ];
        for (differences, expected) in cases {
            assert_eq!(cause(&differences), expected, "{differences:?}");
        }
    }

    fn none() -> Differences {
        Differences::default()
    }
}
