//! Entries into groups of the same paper: equal arXiv id, equal title, or abstracts that are nearly the same.
//! It does not decide what of a group is kept.

use crate::entry::Entry;
use crate::shingles::{in_both, near_pairs, shingles, words};
use rayon::prelude::*;

/// For every entry the smallest entry of its group; `keys` are the title keys of the entries.
pub fn groups(entries: &[&Entry], keys: &[String]) -> Vec<usize> {
    let mut groups = Groups((0..entries.len()).collect());
    join_by_arxiv(entries, &mut groups);
    join_by_title(entries, keys, &mut groups);
    let sets: Vec<_> = entries.par_iter().map(|entry| shingles(&entry.abstract_text)).collect();
    for (a, b) in near_pairs(&sets) {
        groups.join(a as usize, b as usize);
    }
    (0..entries.len()).map(|entry| groups.first_of(entry)).collect()
}

/// Union-find: every entry points towards the smallest of its group.
struct Groups(Vec<usize>);

impl Groups {
    fn first_of(&mut self, entry: usize) -> usize {
        let mut at = entry;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first_of(a), self.first_of(b));
        self.0[a.max(b)] = a.min(b);
    }
}

fn join_by_arxiv(entries: &[&Entry], groups: &mut Groups) {
    let mut ids: Vec<(&str, usize)> =
        entries.iter().enumerate().filter_map(|(i, entry)| Some((entry.arxiv.as_deref()?, i))).collect();
    ids.sort_unstable();
    for pair in ids.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        groups.join(pair[0].1, pair[1].1);
    }
}

/// Entries of one title are compared with so many of its earlier papers at most; a title that more papers share is a
/// heading ("Editorial"), and copies among them are found by their abstracts.
const MOST_HEADS: usize = 32;

fn join_by_title(entries: &[&Entry], keys: &[String], groups: &mut Groups) {
    let mut order: Vec<usize> = (0..entries.len()).filter(|&entry| !keys[entry].is_empty()).collect();
    order.par_sort_unstable_by(|&a, &b| keys[a].cmp(&keys[b]).then(a.cmp(&b)));
    for run in order.chunk_by(|&a, &b| keys[a] == keys[b]).filter(|run| run.len() > 1) {
        let mut heads: Vec<usize> = Vec::new();
        for &entry in run {
            match heads.iter().rev().take(MOST_HEADS).find(|&&head| is_same_work(entries[head], entries[entry])) {
                Some(&head) => groups.join(head, entry),
                None => heads.push(entry),
            }
        }
    }
}

/// A title of fewer words than this may be a heading that many papers have.
const TELLING_TITLE: usize = 5;

/// Least share of the words of the shorter abstract that the other has too. Of 6,000 pairs of different papers of one
/// arXiv category half have at most 0.21, one in a hundred more than 0.34; versions of one abstract have most words in common.
const SHARED_UNDER_HEADING: f64 = 0.5;
const SHARED_UNDER_TITLE: f64 = 0.3;

/// An abstract of fewer distinct words ("No abstract.") says nothing against a telling title.
const TELLING_WORDS: usize = 10;

/// Whether two entries with equal titles are the same paper.
fn is_same_work(a: &Entry, b: &Entry) -> bool {
    let heading = a.title.split_whitespace().count() < TELLING_TITLE;
    if a.abstract_text.is_empty() || b.abstract_text.is_empty() {
        return !(heading && a.arxiv.is_some() && b.arxiv.is_some() && a.arxiv != b.arxiv);
    }
    let (a, b) = (distinct_words(&a.abstract_text), distinct_words(&b.abstract_text));
    let shorter = a.len().min(b.len());
    let share = in_both(&a, &b) as f64 / shorter.max(1) as f64;
    if heading { share >= SHARED_UNDER_HEADING } else { shorter < TELLING_WORDS || share >= SHARED_UNDER_TITLE }
}

fn distinct_words(text: &str) -> Vec<u64> {
    let mut words = words(text);
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::title_key;

    fn entry(title: &str, abstract_text: &str) -> Entry {
        Entry { title: title.to_owned(), abstract_text: abstract_text.to_owned(), ..Entry::default() }
    }

    fn grouped(entries: &[Entry]) -> Vec<usize> {
        let keys: Vec<String> = entries.iter().map(|entry| title_key(&entry.title)).collect();
        groups(&entries.iter().collect::<Vec<_>>(), &keys)
    }

    const LONG: &str = "We study how graph neural networks squash messages from far away nodes into vectors of fixed size, \
        show by the Jacobian why this happens at narrow places, and propose a rewiring that keeps the rest of the graph.";

    #[test]
    fn equal_titles_are_one_paper_unless_they_are_headings() {
        let papers = [
            entry("Over-Squashing in Graphs: Why and How", LONG),
            entry("Over squashing in graphs — why and how", "We study how graph networks squash messages."),
            entry("Editorial", "This issue holds six papers on robots in kitchens and what they broke there."),
            entry("Editorial", "Welcome to a new volume; our board says farewell to its founding secretary."),
            entry("Editorial.", "Welcome to a new volume; our board says farewell to its founding secretary."),
        ];
        assert_eq!(grouped(&papers), [0, 0, 2, 3, 3]);
    }

    #[test]
    fn nearly_equal_abstracts_are_one_paper() {
        let papers = [
            entry("A first name", LONG),
            entry("Renamed", &LONG.replace("far away", "distant")),
            entry("Another", &LONG.replace(' ', " x ")),
        ];
        assert_eq!(grouped(&papers), [0, 0, 2]);
    }

    #[test]
    fn equal_arxiv_ids_are_one_paper() {
        let with_id = |title: &str| Entry { arxiv: Some("2405.15738".to_owned()), ..entry(title, "Some text.") };
        assert_eq!(grouped(&[with_id("One"), entry("Two", "Other."), with_id("Three")]), [0, 1, 0]);
    }
}
