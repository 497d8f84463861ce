//! Occurrences of terms to how people write them: the most frequent way in the abstracts.
//! Titles, which capitalise everything, decide only where the abstracts say nothing.

use crate::counting::StemCounts;
use crate::shape::Traits;
use crate::stream::TokenStream;
use crate::units::{Packed, PaperUnits};
use crate::vocabulary::{Occurrence, Terms};
use crate::words::Lexicon;
use rayon::prelude::*;
use std::cmp::Reverse;

/// A way of writing a term: surfaces of its tokens, and where hyphens stand between them.
pub type Writing = ([u32; 3], u8);
/// One occurrence of a phrase: the term, how it is written, whether it stands in a title, and whether it leads on to another word.
pub type Written = (u32, Writing, [bool; 2]);
/// How often phrases are written in a way, in abstracts and in titles, and how often they lead on; sorted by term.
pub type Writings = Vec<(u32, [u32; 3], Writing)>;

/// Ranges of terms by which occurrences are kept apart, so that each is sorted in the cache.
pub const WRITTEN_PARTS: usize = 64;

/// Counts how phrases are written. `written`: by part of the corpus and by range of terms; the same by range of terms comes back.
#[must_use]
pub fn writings(mut written: Vec<Vec<Vec<Written>>>) -> Vec<Writings> {
    let mut range = |at: usize| written.iter_mut().map(|parts| std::mem::take(&mut parts[at])).collect::<Vec<_>>();
    let ranges: Vec<Vec<Vec<Written>>> = (0..WRITTEN_PARTS).map(&mut range).collect();
    let counted = ranges.into_par_iter().map(|parts| {
        let mut occurrences = parts.concat();
        occurrences.sort_unstable();
        let groups = occurrences.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
        let count = |group: &[Written]| {
            let in_titles = group.iter().filter(|(.., [in_title, _])| *in_title).count();
            let leading = group.iter().filter(|(.., [_, leads])| *leads).count();
            (group[0].0, [group.len() - in_titles, in_titles, leading].map(|count| count as u32), group[0].1)
        };
        groups.map(count).collect()
    });
    counted.collect()
}

/// No surface.
const NONE: u32 = u32::MAX;

/// The way in which an occurrence is written.
#[must_use]
pub fn writing(units: &[Packed], all: &PaperUnits, occurrence: Occurrence) -> Writing {
    let mut surfaces = [NONE; 3];
    let mut hyphens = 0_u8;
    let mut tokens = 0;
    for unit in &units[occurrence.start..occurrence.start + occurrence.words] {
        // Several units of one token are written once.
        if all.words[unit.word()].traits.any(Traits::FIRST) {
            surfaces[tokens] = all.surfaces[unit.word()];
            hyphens |= u8::from(tokens > 0 && unit.hyphen()) << tokens;
            tokens += 1;
        }
    }
    (surfaces, hyphens)
}

/// The most frequent way of writing every term; its words one by one where it never stands by itself.
#[must_use]
pub fn displays(
    terms: &Terms,
    all: &PaperUnits,
    stems: &StemCounts,
    phrases: &[Writings],
    stream: &TokenStream<'_>,
    lexicon: &Lexicon,
) -> Vec<String> {
    let single = all.words.iter().zip(&all.surfaces).zip(&stems.words).filter_map(|((word, &surface), &count)| {
        let whole = word.traits.any(Traits::FIRST) && word.traits.any(Traits::LAST);
        let speaks = |term: u32| if terms.general[term as usize] { Traits::GENERAL } else { Traits::CONTENT };
        let stands = |term: &u32| whole && word.traits.any(speaks(*term)) && count != [0, 0];
        Some((terms.single(word.stem).filter(stands)?, count, ([surface, NONE, NONE], 0)))
    });
    let several = phrases.iter().flatten().map(|&(term, [text, title, _], writing)| (term, [text, title], writing));
    let mut ways: Vec<(u32, [u32; 2], Writing)> = single.chain(several).collect();
    ways.par_sort_unstable_by_key(|(term, count, writing)| (*term, Reverse(*count), *writing));
    let shown = ways.par_chunk_by(|a, b| a.0 == b.0).map(|ways| {
        let (term, most, _) = ways[0];
        let leading = ways.iter().take_while(|(_, count, _)| *count == most);
        let text = leading.map(|(_, _, writing)| written(writing, stream)).min().unwrap_or_default();
        (term, if most[0] == 0 { without_title_case(&text) } else { text })
    });
    let mut out = vec![String::new(); terms.names.len()];
    for (term, text) in shown.collect::<Vec<_>>() {
        out[term as usize] = text;
    }
    fill_from_words(&mut out, terms, stream, lexicon);
    out
}

fn written((surfaces, hyphens): &Writing, stream: &TokenStream<'_>) -> String {
    let mut out = String::new();
    for (index, &surface) in surfaces.iter().enumerate().filter(|(_, surface)| **surface != NONE) {
        if index > 0 {
            out.push(if hyphens >> index & 1 == 1 { '-' } else { ' ' });
        }
        out.push_str(stream.surfaces[surface as usize]);
    }
    out
}

/// Lower-cases words of which only the first letter is a capital.
fn without_title_case(text: &str) -> String {
    let lowered = |word: &str| {
        let tail_is_small = word.chars().skip(1).all(|c| !c.is_uppercase());
        if tail_is_small && word.chars().nth(1).is_some() { word.to_lowercase() } else { word.to_owned() }
    };
    text.split(' ').map(lowered).collect::<Vec<_>>().join(" ")
}

/// Terms that stand only inside acronyms and compounds are shown by the words they are made of.
fn fill_from_words(displays: &mut [String], terms: &Terms, stream: &TokenStream<'_>, lexicon: &Lexicon) {
    if displays.iter().all(|d| !d.is_empty()) {
        return;
    }
    let words = stem_displays(stream, lexicon);
    let shown =
        |stem: &str| lexicon.stems.binary_search_by(|other| other.as_str().cmp(stem)).map_or("", |at| words[at].1);
    for (display, name) in displays.iter_mut().zip(&terms.names).filter(|(d, _)| d.is_empty()) {
        *display = name.split(' ').map(shown).collect::<Vec<_>>().join(" ");
    }
}

/// How often the most frequent surface of each stem occurs, and that surface.
fn stem_displays<'a>(stream: &TokenStream<'a>, lexicon: &Lexicon) -> Vec<(u32, &'a str)> {
    let mut best = vec![(0, ""); lexicon.stems.len()];
    for ((lexeme, surface), &count) in lexicon.lexemes.iter().zip(&stream.surfaces).zip(&stream.occurrences) {
        let best = &mut best[lexeme.stem as usize];
        if count > best.0 {
            *best = (count, surface);
        }
    }
    best
}
