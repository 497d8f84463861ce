//! Themes made of numbers, held against previous runs made of numbers.

use super::*;
use crate::colours::{DIFFERENT, colour};
use model::{Assignment, BorderPaper, Coherence, Membership, Merge, Quality, ThemeCoherence, ThemeCount, ThemeTerm};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::collections::{BTreeMap, BTreeSet};

/// Themes of papers by their groups below `k`, named `n0`, `n1`, ...; a chain of merges, borders and refits that point at them.
fn found(groups: &[Option<usize>], k: usize) -> Themes {
    let theme = |at: usize| Theme {
        id: ThemeId(at as u32 + 1),
        name: format!("n{at}"),
        terms: vec![ThemeTerm { display: format!("t{at}"), term: at as u32, weight: 1.0 }],
        representative: Vec::new(),
        border: vec![BorderPaper { paper: 0, other: (at + 1) % k }],
        size: groups.iter().filter(|group| **group == Some(at)).count(),
        centroid: vec![at as f32],
        survival: None,
        colour: colour(at),
    };
    let coherence = |at: usize| ThemeCoherence { words: vec![format!("t{at}")], ..ThemeCoherence::default() };
    let merge = |at: usize| Merge { left: at + 1, right: if at == 0 { 0 } else { k + at - 1 }, distance: at as f64 };
    let sorted =
        |merge: Merge| Merge { left: merge.left.min(merge.right), right: merge.left.max(merge.right), ..merge };
    Themes {
        themes: (0..k).map(theme).collect(),
        assignment: Assignment {
            theme: groups.to_vec(),
            nearest: groups.iter().map(|group| group.or(Some(0))).collect(),
            next: groups.iter().map(|group| group.map(|group| (group + 1) % k)).collect(),
            strength: vec![0.5; groups.len()],
            memberships: vec![Membership { paper: 0, theme: k - 1, probability: 0.5 }],
        },
        likeness: Vec::new(),
        least_likeness: None,
        map: vec![[0.0; 2]; groups.len()],
        count: ThemeCount::default(),
        refits: vec![groups.to_vec(); 2],
        dimensions: 2,
        quality: Quality {
            coherence: Coherence { themes: (0..k).map(coherence).collect(), ..Coherence::default() },
            ..Quality::default()
        },
        parents: (0..k.saturating_sub(1)).map(merge).map(sorted).collect(),
        notices: Vec::new(),
    }
}

fn ids(papers: usize) -> Vec<String> {
    (0..papers).map(|paper| format!("p{paper}")).collect()
}

/// A run with these numbers: the theme `i` is called `old i` and has the colour at `i + 3`.
fn previous(groups: &[Option<usize>], numbers: &[u32]) -> PreviousRun {
    let theme = |(at, &number): (usize, &u32)| PreviousTheme {
        id: ThemeId(number),
        name: format!("old {at}"),
        colour: colour(at + 3),
        size: groups.iter().filter(|group| **group == Some(at)).count(),
    };
    PreviousRun {
        run_id: "before".to_owned(),
        themes: numbers.iter().enumerate().map(theme).collect(),
        papers: ids(groups.len()).into_iter().zip(groups.iter().copied()).collect(),
        last_number: numbers.iter().copied().max().unwrap_or(0),
    }
}

fn went_on(found: Themes, previous: &PreviousRun, seeds: &[&str]) -> (Themes, Continuity) {
    let ids = ids(found.assignment.theme.len());
    let (themes, continuity) = continued(found, &ids.iter().map(String::as_str).collect::<Vec<_>>(), previous, seeds);
    (themes, continuity.unwrap())
}

/// What the next run would read of this one.
fn as_previous(themes: &Themes, continuity: &Continuity) -> PreviousRun {
    let theme = |theme: &Theme| PreviousTheme {
        id: theme.id,
        name: theme.name.clone(),
        colour: theme.colour,
        size: theme.size,
    };
    PreviousRun {
        run_id: "between".to_owned(),
        themes: themes.themes.iter().map(theme).collect(),
        papers: ids(themes.assignment.theme.len()).into_iter().zip(themes.assignment.theme.clone()).collect(),
        last_number: continuity.last_number,
    }
}

fn all(groups: &[usize]) -> Vec<Option<usize>> {
    groups.iter().map(|&group| Some(group)).collect()
}

fn facts(themes: &Themes) -> Vec<(u32, &str, [u8; 3])> {
    themes.themes.iter().map(|theme| (theme.id.0, theme.name.as_str(), theme.colour)).collect()
}

#[test]
fn what_goes_on_keeps_number_name_and_colour_and_what_is_new_takes_what_nobody_had() {
    let before = previous(&all(&[0, 0, 0, 1, 1, 1, 2, 2]), &[7, 2, 4]);
    let now = found(&[Some(2), Some(2), Some(2), Some(1), Some(1), Some(1), None, None, Some(0), Some(0), Some(0)], 3);
    let (themes, continuity) = went_on(now, &before, &[]);
    let expected = [(2, "old 1", colour(4)), (7, "old 0", colour(3)), (8, "n0", colour(0))];
    assert_eq!(facts(&themes), expected);
    let kept = Origin::Kept { shared: 3, jaccard: 1.0, ambiguous: false, renamed_from: None };
    assert_eq!(continuity.origins, [kept.clone(), kept, Origin::New { part_of: None }]);
    let gone = GoneTheme { id: ThemeId(4), name: "old 2".to_owned(), papers: 2, merged_into: None };
    assert_eq!((continuity.gone.as_slice(), continuity.last_number), (&[gone][..], 8));
    assert_eq!((continuity.shared_papers, continuity.kept()), (8, 2));
}

#[test]
fn whatever_speaks_of_a_theme_speaks_of_the_same_theme_afterwards() {
    let groups = all(&[0, 0, 1, 1, 2, 2, 3, 3]);
    let now = found(&groups, 4);
    let (themes, _) = went_on(now.clone(), &previous(&groups, &[4, 2, 1, 3]), &[]);
    let was = |position: usize| themes.themes[position].centroid[0] as usize;
    assert_eq!((0..4).map(was).collect::<Vec<_>>(), [2, 1, 3, 0]);
    let back = |places: &[Option<usize>]| places.iter().map(|place| place.map(was)).collect::<Vec<_>>();
    assert_eq!(back(&themes.assignment.theme), now.assignment.theme);
    assert_eq!(back(&themes.assignment.nearest), now.assignment.nearest);
    assert_eq!(back(&themes.assignment.next), now.assignment.next);
    assert!(themes.refits.iter().all(|refit| back(refit) == groups));
    for (at, theme) in themes.themes.iter().enumerate() {
        assert_eq!(was(theme.border[0].other), now.themes[was(at)].border[0].other);
        assert_eq!(themes.quality.coherence.themes[at].words, [format!("t{}", was(at))]);
    }
    for (merge, then) in themes.parents.iter().zip(&now.parents) {
        let node = |node: usize| if node < 4 { was(node) } else { node };
        assert!(merge.left < merge.right);
        let ends = BTreeSet::from([node(merge.left), node(merge.right)]);
        assert_eq!((ends, merge.distance), (BTreeSet::from([then.left, then.right]), then.distance));
    }
}

#[test]
fn names_that_the_user_gave_stay_and_no_two_themes_share_one() {
    let groups = all(&[0, 0, 1, 1, 2, 2]);
    let mut before = previous(&groups, &[1, 2, 3]);
    before.themes[1].name = "Wanted".to_owned();
    let mut now = found(&[groups, all(&[3, 3])].concat(), 4);
    now.themes[0].name = "wanted".to_owned();
    now.themes[3].name = "OLD 2".to_owned();
    let (themes, continuity) = went_on(now, &before, &["wanted"]);
    // The first is the seed's; the second has lost its name to it; the last is new and was called as another one.
    assert_eq!(facts(&themes).iter().map(|fact| fact.1).collect::<Vec<_>>(), ["wanted", "n1", "old 2", "t3"]);
    let renamed = |origin: &Origin| match origin {
        Origin::Kept { renamed_from, .. } => renamed_from.clone(),
        Origin::New { .. } => None,
    };
    let renamed: Vec<_> = continuity.origins.iter().map(renamed).collect();
    assert_eq!(renamed, [Some("old 0".to_owned()), Some("Wanted".to_owned()), None, None]);
}

#[test]
fn of_a_theme_that_fell_apart_the_larger_part_goes_on_and_the_other_says_where_it_is_from() {
    let before = previous(&all(&[0; 10]), &[5]);
    let (themes, continuity) = went_on(found(&all(&[0, 0, 0, 0, 1, 1, 1, 1, 1, 1]), 2), &before, &[]);
    assert_eq!(themes.assignment.theme[9], Some(0));
    assert!(matches!(continuity.origins[0], Origin::Kept { shared: 6, ambiguous: true, .. }), "{continuity:?}");
    assert_eq!(continuity.origins[1], Origin::New { part_of: Some(ThemeId(5)) });
    let merged = previous(&all(&[0, 0, 0, 0, 1, 1, 1, 1, 1, 1]), &[1, 2]);
    let (themes, continuity) = went_on(found(&all(&[0; 10]), 1), &merged, &[]);
    assert_eq!((themes.themes[0].id, continuity.gone[0].merged_into), (ThemeId(2), Some(ThemeId(2))));
}

#[test]
fn a_number_that_was_given_up_is_never_given_again() {
    let (a, b) = (all(&[0, 0, 1, 1]), [Some(0), Some(0), None, None, Some(1), Some(1)]);
    let (second, told) = went_on(found(&b, 2), &previous(&a, &[1, 2]), &[]);
    assert_eq!(facts(&second).iter().map(|fact| fact.0).collect::<Vec<_>>(), [1, 3]);
    let c = [Some(0), Some(0), None, None, None, None, Some(1), Some(1)];
    let (third, told) = went_on(found(&c, 2), &as_previous(&second, &told), &[]);
    assert_eq!(facts(&third).iter().map(|fact| fact.0).collect::<Vec<_>>(), [1, 4]);
    assert_eq!((third.themes[0].name.as_str(), third.themes[0].colour), ("old 0", colour(3)));
    let (fourth, _) = went_on(found(&a[..2], 1), &as_previous(&third, &told), &[]);
    assert_eq!(facts(&fourth), [(1, "old 0", colour(3))]);
}

#[test]
fn nothing_is_changed_where_no_paper_is_in_both_runs() {
    let mut before = previous(&all(&[0, 0]), &[9]);
    before.papers = BTreeMap::from([("another".to_owned(), Some(0))]);
    let now = found(&all(&[0, 1]), 2);
    let (themes, continuity) = continued(now.clone(), &["p0", "p1"], &before, &[]);
    assert_eq!((themes.themes, themes.assignment, continuity), (now.themes, now.assignment, None));
    assert!(themes.notices[0].found.contains("before"), "{:?}", themes.notices);
}

#[test]
fn colours_are_taken_from_the_previous_run_only_when_there_are_no_others() {
    let groups: Vec<Option<usize>> = (0..DIFFERENT).flat_map(|at| [Some(at); 2]).collect();
    let mut before = previous(&groups, &(1..=DIFFERENT as u32).collect::<Vec<_>>());
    before.themes.iter_mut().enumerate().for_each(|(at, theme)| theme.colour = colour(at));
    let late = |at: usize| groups.iter().map(move |group| group.filter(|theme| *theme > at));
    // All but the first two themes go on, and two are new.
    let now: Vec<Option<usize>> =
        late(1).map(|group| group.map(|at| at - 2)).chain([DIFFERENT - 2, DIFFERENT - 1].map(Some)).collect();
    let (themes, _) = went_on(found(&now, DIFFERENT), &before, &[]);
    let different: BTreeSet<[u8; 3]> = themes.themes.iter().map(|theme| theme.colour).collect();
    assert_eq!(different.len(), DIFFERENT);
    assert_eq!(facts(&themes)[DIFFERENT - 2..].iter().map(|fact| fact.2).collect::<Vec<_>>(), [colour(0), colour(1)]);
}

/// What is said of every paper: not the position of its theme but what the theme is called.
fn of_papers(themes: &Themes) -> Vec<Option<(String, [u8; 3])>> {
    let of = |theme: &Option<usize>| theme.map(|at| (themes.themes[at].name.clone(), themes.themes[at].colour));
    themes.assignment.theme.iter().map(of).collect()
}

#[test]
fn numbers_names_and_colours_are_unique_whatever_the_previous_numbers_and_their_order() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
    for round in 0..60 {
        let (old_k, new_k) = (random.gen_range(0..9), random.gen_range(1..9));
        let mut papers = |k: usize| (0..40).map(|_| Some(random.gen_range(0..=k)).filter(|&at| at < k)).collect();
        let (old, new): (Vec<Option<usize>>, Vec<Option<usize>>) = (papers(old_k), papers(new_k));
        // Half of the papers as they were, so that some themes go on.
        let new: Vec<Option<usize>> =
            new.iter().zip(&old).enumerate().map(|(at, (new, old))| if at % 3 > 0 { *old } else { *new }).collect();
        let k = new_k.max(old_k);
        let mut numbers: Vec<u32> = (1..=old_k as u32).collect();
        let before = previous(&old, &numbers);
        let (themes, continuity) = went_on(found(&new, k), &before, &[]);
        let distinct = facts(&themes);
        assert!(distinct.is_sorted_by(|a, b| a.0 < b.0), "{round}: {distinct:?}");
        assert_eq!(distinct.iter().map(|fact| fact.1.to_lowercase()).collect::<BTreeSet<_>>().len(), k);
        assert_eq!(distinct.iter().map(|fact| fact.2).collect::<BTreeSet<_>>().len(), k);
        assert_eq!(continuity.kept() + continuity.gone.len(), old_k);
        numbers.shuffle(&mut random);
        let (renumbered, _) = went_on(found(&new, k), &previous(&old, &numbers), &[]);
        let kept = |at: &Option<(String, [u8; 3])>| at.clone().filter(|(name, _)| name.starts_with("old"));
        let pairs = |themes: &Themes| of_papers(themes).iter().map(kept).collect::<Vec<_>>();
        assert_eq!(pairs(&renumbered), pairs(&themes), "{round}");
        let mut turned = before.clone();
        turned.themes.reverse();
        turned.papers.values_mut().flatten().for_each(|at| *at = old_k - 1 - *at);
        assert_eq!(went_on(found(&new, k), &turned, &[]), (themes, continuity), "{round}");
    }
}
