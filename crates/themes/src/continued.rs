//! Themes and those of the previous run to the same themes with the numbers, names and colours that they had there.
//!
//! Groups nothing anew: which paper is in which theme, and how good the themes are, stays as it was found without a previous run.

mod carried;

use crate::{matching::matching, reorder::reordered};
use model::{
    Continuity, GoneTheme, Notice, Origin, PreviousRun, PreviousTheme, Severity, Theme, ThemeId, ThemeMatching,
    ThemePair, Themes,
};

/// Gives every theme that goes on from the previous run its number, colour and, but for the themes called as one of `seeds`, its
/// name; sorts the themes by number. `ids`: the id of the paper in each row. Nothing but a notice is added where no paper is in both.
///
/// Which theme goes on from which is what the matching of a comparison says of the papers that are in both runs; where a theme fell
/// apart, that is the part with the most of it. A new theme takes what no theme of the previous run holds, so that nothing comes to
/// mean something else from one run to the next: a number that none has had so far, and, as long as there are others, another name
/// and colour.
#[must_use]
pub fn continued(found: Themes, ids: &[&str], previous: &PreviousRun, seeds: &[&str]) -> (Themes, Option<Continuity>) {
    let Some(matched) = matched(&found, ids, previous) else {
        let notices = [found.notices, vec![nothing_shared(previous)]].concat();
        return (Themes { notices, ..found }, None);
    };
    let order = matched.order(found.themes.len());
    let mut themes = reordered(found, &order);
    let kept: Vec<Option<&PreviousTheme>> =
        order.iter().map(|&position| matched.pair(position).map(|(_, old)| old)).collect();
    carried::numbers(&mut themes.themes, &kept, previous);
    carried::names(&mut themes.themes, &kept, previous, seeds);
    carried::colours(&mut themes.themes, &kept, previous);
    let continuity = matched.told(&themes.themes, &order, previous);
    (themes, Some(continuity))
}

fn nothing_shared(previous: &PreviousRun) -> Notice {
    Notice {
        severity: Severity::Warning,
        file: None,
        line: None,
        found: format!("no paper is in this run and in the previous run {}: no theme goes on from it", previous.run_id),
        expected: String::new(),
        hint: "name a run over the same or overlapping papers; papers are the same where their titles are".to_owned(),
    }
}

/// Which theme is which. The `first` of every pair, split and merge is a place in `old`, the `second` a position of the themes found.
struct Matched<'a> {
    /// The previous themes in an order that their numbers have no part in, so that they break no tie: by the first row of theirs.
    old: Vec<&'a PreviousTheme>,
    themes: ThemeMatching,
    /// Papers in both runs.
    shared: usize,
}

/// `None` where no paper is in both runs.
fn matched<'a>(found: &Themes, ids: &[&str], previous: &'a PreviousRun) -> Option<Matched<'a>> {
    let shared: Vec<(usize, Option<usize>)> =
        ids.iter().enumerate().filter_map(|(row, id)| Some((row, *previous.papers.get(*id)?))).collect();
    if shared.is_empty() {
        return None;
    }
    let mut first = vec![usize::MAX; previous.themes.len()];
    for &(row, theme) in shared.iter().rev() {
        if let Some(theme) = theme {
            first[theme] = row;
        }
    }
    let mut order: Vec<usize> = (0..first.len()).collect();
    order.sort_by_key(|&theme| (first[theme], previous.themes[theme].id));
    let place = |theme: usize| order.iter().position(|&other| other == theme);
    let before: Vec<Option<usize>> = shared.iter().map(|&(_, theme)| theme.and_then(place)).collect();
    let after: Vec<Option<usize>> = shared.iter().map(|&(row, _)| found.assignment.theme[row]).collect();
    Some(Matched {
        themes: matching(&before, &after, (order.len(), found.themes.len())),
        old: order.iter().map(|&theme| &previous.themes[theme]).collect(),
        shared: shared.len(),
    })
}

impl<'a> Matched<'a> {
    /// What the theme found at a position goes on from.
    fn pair(&self, position: usize) -> Option<(&ThemePair, &'a PreviousTheme)> {
        let pair = self.themes.partner_of_second(position)?;
        Some((pair, self.old[pair.first]))
    }

    /// Themes that go on by their number, then the new ones as they were found.
    fn order(&self, themes: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..themes).collect();
        order.sort_by_key(|&position| {
            let id = self.pair(position).map(|(_, old)| old.id);
            (id.is_none(), id, position)
        });
        order
    }

    /// What became of the themes. `themes`: those found, numbered and named, in this `order`.
    fn told(&self, themes: &[Theme], order: &[usize], previous: &PreviousRun) -> Continuity {
        let number = |position: usize| Some(themes[order.iter().position(|&at| at == position)?].id);
        let origin = |(theme, &position): (&Theme, &usize)| self.origin(theme, position);
        let gone = |place: &usize| !self.themes.pairs.iter().any(|pair| pair.first == *place);
        let into = |place: usize| {
            let is_part = |merge: &&model::Split| merge.parts.iter().any(|(part, _)| *part == place);
            self.themes.merges.iter().find(is_part).and_then(|merge| number(merge.whole))
        };
        let gone = (0..self.old.len()).filter(gone).map(|place| {
            let PreviousTheme { id, name, size, .. } = self.old[place];
            GoneTheme { id: *id, name: name.clone(), papers: *size, merged_into: into(place) }
        });
        let mut gone: Vec<GoneTheme> = gone.collect();
        gone.sort_by_key(|theme| theme.id);
        Continuity {
            run_id: previous.run_id.clone(),
            shared_papers: self.shared,
            origins: themes.iter().zip(order).map(origin).collect(),
            gone,
            last_number: themes.iter().map(|theme| theme.id.0).fold(carried::last_number(previous), u32::max),
        }
    }

    fn origin(&self, theme: &Theme, position: usize) -> Origin {
        let Some((pair, old)) = self.pair(position) else {
            return Origin::New { part_of: self.whole(position) };
        };
        Origin::Kept {
            shared: pair.shared,
            jaccard: pair.jaccard,
            ambiguous: pair.ambiguous,
            renamed_from: (theme.name != old.name).then(|| old.name.clone()),
        }
    }

    /// The previous theme that fell apart into the one found at a position, and others.
    fn whole(&self, position: usize) -> Option<ThemeId> {
        let is_part = |split: &&model::Split| split.parts.iter().any(|(part, _)| *part == position);
        self.themes.splits.iter().find(is_part).map(|split| self.old[split.whole].id)
    }
}

#[cfg(test)]
mod tests;
