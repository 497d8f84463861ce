//! Themes in one order to the same themes in another: every position that anything speaks of is renamed. Changes nothing else.

use model::{Assignment, BorderPaper, Coherence, Membership, Merge, Quality, Theme, Themes};

/// `order`: every position once, that of the theme that comes first before all others. A field of positions that is forgotten here
/// would point at other themes, so that the whole of [`Themes`] is named.
#[must_use]
pub fn reordered(found: Themes, order: &[usize]) -> Themes {
    let mut to = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &from)| to[from] = at);
    let Themes {
        themes,
        assignment: Assignment { theme, nearest, next, strength, memberships },
        likeness,
        least_likeness,
        map,
        count,
        refits,
        dimensions,
        quality: Quality { coherence: Coherence { themes: coherent, npmi, c_v, diversity }, .. },
        parents,
        notices,
    } = found;
    let renamed = |places: Vec<Option<usize>>| places.into_iter().map(|place| place.map(|p| to[p])).collect();
    let quality =
        Quality { coherence: Coherence { themes: picked(coherent, order), npmi, c_v, diversity }, ..found.quality };
    Themes {
        themes: picked(themes, order).into_iter().map(|theme| bordered(theme, &to)).collect(),
        assignment: Assignment {
            theme: renamed(theme),
            nearest: renamed(nearest),
            next: renamed(next),
            strength,
            memberships: memberships.into_iter().map(|of| Membership { theme: to[of.theme], ..of }).collect(),
        },
        likeness,
        least_likeness,
        map,
        count,
        refits: refits.into_iter().map(renamed).collect(),
        dimensions,
        quality,
        parents: parents.into_iter().map(|merge| joined(merge, &to)).collect(),
        notices,
    }
}

/// The entries in another order; as they are where there are not as many.
fn picked<T: Clone>(all: Vec<T>, order: &[usize]) -> Vec<T> {
    if all.len() == order.len() { order.iter().map(|&from| all[from].clone()).collect() } else { all }
}

fn bordered(theme: Theme, to: &[usize]) -> Theme {
    let border = theme.border.iter().map(|border| BorderPaper { other: to[border.other], ..*border }).collect();
    Theme { border, ..theme }
}

/// Merges keep their order, which is that of their distances.
fn joined(merge: Merge, to: &[usize]) -> Merge {
    let node = |node: usize| to.get(node).copied().unwrap_or(node);
    let (a, b) = (node(merge.left), node(merge.right));
    Merge { left: a.min(b), right: a.max(b), distance: merge.distance }
}
