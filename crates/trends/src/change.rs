//! What differs between two runs to what made a verdict another one. Judges no theme again: whether a verdict comes back is asked.

use model::{Cause, Differences};

/// The kinds of difference that there are between the runs, as far as they can move a verdict on this theme; the program where
/// there is none.
fn differing(differences: &Differences) -> Vec<Cause> {
    let Differences { left, joined, removed, added, other_papers, settings, other_themes } = differences;
    let kinds = [
        (left + joined > 0 || *other_themes, Cause::Clustering),
        (removed + added > 0 || *other_papers, Cause::Data),
        (!settings.is_empty(), Cause::Settings),
    ];
    let there: Vec<Cause> = kinds.into_iter().filter(|(is_there, _)| *is_there).map(|(_, cause)| cause).collect();
    if there.is_empty() { vec![Cause::Program] } else { there }
}

/// What made the verdict on a theme another one, and whether only together. The only kind of difference there is did it. Of several
/// each did it without which the earlier verdict is back (`restores`), the others being left; where none is such, all did it together.
#[must_use]
pub fn causes(differences: &Differences, restores: impl Fn(Cause) -> bool) -> (Vec<Cause>, bool) {
    let there = differing(differences);
    if there.len() == 1 {
        return (there, false);
    }
    let alone: Vec<Cause> = there.iter().copied().filter(|&cause| restores(cause)).collect();
    if alone.is_empty() { (there, true) } else { (alone, false) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Cause::{Clustering, Data, Program, Settings};

    #[test]
    fn the_only_difference_did_it_and_of_several_those_without_which_the_verdict_is_back() {
        let settings = vec!["window".to_owned()];
        let none = Differences::default;
        let moved = Differences { left: 1, settings: settings.clone(), ..none() };
        let all = Differences { joined: 1, added: 1, settings: settings.clone(), ..none() };
        let cases = [
            (none(), vec![], (vec![Program], false)),
            (Differences { other_themes: true, ..none() }, vec![], (vec![Clustering], false)),
            (Differences { other_papers: true, ..none() }, vec![], (vec![Data], false)),
            (Differences { settings, ..none() }, vec![], (vec![Settings], false)),
            (moved.clone(), vec![Settings], (vec![Settings], false)),
            (moved, vec![Data], (vec![Clustering, Settings], true)),
            (all.clone(), vec![Data, Clustering], (vec![Clustering, Data], false)),
            (all, vec![], (vec![Clustering, Data, Settings], true)),
        ];
        for (differences, restoring, expected) in cases {
            assert_eq!(
                causes(&differences, |cause| restoring.contains(&cause)),
                expected,
                "{differences:?} {restoring:?}"
            );
        }
    }
}
