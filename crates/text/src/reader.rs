//! The tokens of papers to units: spellings of compounds made one, acronyms as their long forms, research prose struck out.
//!
//! What each surface is read as is worked out once, before the first token is read.

use crate::acronyms::Acronyms;
use crate::boilerplate::Boilerplate;
use crate::compounds::Compounds;
use crate::pair_table::{PairTable, key};
use crate::rewriting::Rewriting;
use crate::shape::Traits;
use crate::stream::{StreamToken, TokenChunk, TokenStream};
use crate::units::{NO_STEM, PaperUnits, Unit, UnitChunk, Word};
use crate::words::{Lexeme, Lexicon, WordClass};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// Everything that says how tokens are read.
#[derive(Debug)]
pub struct Reader<'a> {
    pub lexicon: &'a Lexicon,
    pub compounds: &'a Compounds,
    pub acronyms: &'a Acronyms,
    pub boilerplate: &'a Boilerplate,
    pub rewriting: &'a Rewriting,
}

/// The word table, and where in it each surface begins.
struct Words {
    /// The break, then a word a surface, then the parts of surfaces that stand for several words.
    table: Vec<Word>,
    /// Surface that each word is written as.
    surfaces: Vec<u32>,
    /// Word of each surface, or the first of its parts.
    read_as: Vec<u32>,
    /// First word of each canonical form of the user's.
    canonical: Vec<u32>,
    /// [`Compounds::tied`].
    tied: PairTable,
}

/// The units of each entry of the user's word lists, which are read as papers are.
#[must_use]
pub fn read_listed(
    listed: &TokenChunk,
    lexicon: &Lexicon,
    compounds: &Compounds,
    acronyms: &Acronyms,
) -> Vec<Vec<Unit>> {
    if listed.ends.is_empty() {
        return Vec::new();
    }
    let (boilerplate, rewriting) = (&Boilerplate::default(), &Rewriting::default());
    let reader = Reader { lexicon, compounds, acronyms, boilerplate, rewriting };
    let words = reader.words();
    let starts = std::iter::once(0).chain(listed.ends.iter().map(|(_, end)| *end));
    let entries = starts.zip(&listed.ends).map(|(start, &(_, end))| {
        let mut units = Vec::new();
        reader.read_text(&listed.tokens[start..end], &words, &mut units);
        units.retain(|unit| unit.stem != NO_STEM);
        units
    });
    entries.collect()
}

impl Reader<'_> {
    /// Units of all papers. The tokens are given up chunk by chunk, so that they are never in memory together with all units.
    #[must_use]
    pub fn read(&self, stream: &mut TokenStream<'_>) -> PaperUnits {
        let words = self.words();
        let mut first_paper = 0;
        let mut numbered: Vec<(usize, TokenChunk)> = Vec::with_capacity(stream.chunks.len());
        for chunk in std::mem::take(&mut stream.chunks) {
            let papers = chunk.ends.len();
            numbered.push((first_paper, chunk));
            first_paper += papers;
        }
        let chunks = numbered.into_par_iter().map(|(first, chunk)| self.read_chunk(first, &chunk, &words)).collect();
        PaperUnits::new(words.table, words.surfaces, chunks)
    }

    fn words(&self) -> Words {
        let lexemes = &self.lexicon.lexemes;
        let mut out = Words {
            table: vec![Word::BREAK],
            surfaces: vec![0],
            read_as: Vec::with_capacity(lexemes.len()),
            canonical: Vec::new(),
            tied: PairTable::of(
                &self.compounds.tied.iter().map(|(s, &tied)| (key(s[0], s[1]), tied.into())).collect::<Vec<_>>(),
            ),
        };
        let tied = self.compounds.tied.keys().map(|[first, second]| (*first, *second)).unzip();
        for (surface, lexeme) in (0..).zip(lexemes) {
            out.read_as.push(surface + 1);
            out.table.push(self.word(*lexeme, &tied));
            out.surfaces.push(surface);
        }
        for (surface, lexeme) in lexemes.iter().enumerate() {
            let long = self.acronyms.long_forms.get(&surface).map(Vec::as_slice);
            let apart = || self.compounds.apart.get(&lexeme.stem).map(<[usize; 2]>::as_slice);
            if let Some(parts) = long.or_else(apart) {
                out.read_as[surface] = out.table.len() as u32;
                let word = &mut out.table[surface + 1];
                word.traits = word.traits | Traits::SEVERAL;
                self.add_parts(&mut out, surface as u32, parts, long.is_none());
            }
        }
        for canonical in &self.rewriting.canonical {
            out.canonical.push(out.table.len() as u32);
            for (unit, Word { stem, traits }) in canonical.units.iter().zip(canonical.words()) {
                let traits = traits.with(Traits::BEGINS, self.boilerplate.begins_with(stem));
                out.table.push(Word { stem, traits });
                out.surfaces.push(out.surfaces[unit.word as usize]);
            }
        }
        out
    }

    /// The words that a surface stands for. `tied`: they are the parts of a joined word and not a long form.
    fn add_parts(&self, out: &mut Words, surface: u32, parts: &[usize], tied: bool) {
        for (index, &part) in parts.iter().enumerate() {
            let Word { stem, traits } = out.table[part + 1];
            let before = index.checked_sub(1).map(|before| self.lexicon.lexemes[parts[before]].stem);
            // In a long form, words are tied as they would be where they stand open.
            let compound = before.and_then(|before| self.compounds.tied.get(&[before, stem]).copied());
            let traits = traits
                .with(Traits::FIRST, index == 0)
                .with(Traits::LAST, index + 1 == parts.len())
                .with(Traits::TIED, index > 0 && (tied || compound == Some(true)))
                .with(Traits::PAIRED, compound.is_some());
            out.table.push(Word { stem, traits });
            out.surfaces.push(surface);
        }
    }

    fn word(&self, lexeme: Lexeme, tied: &(FxHashSet<u32>, FxHashSet<u32>)) -> Word {
        if lexeme.class == WordClass::Residue {
            return Word::BREAK;
        }
        let traits = (Traits::of_class(lexeme.class) | Traits::FIRST | Traits::LAST)
            .with(Traits::TIES, lexeme.class.is_small() && tied.0.contains(&lexeme.stem))
            .with(Traits::ENDS, tied.1.contains(&lexeme.stem))
            .with(Traits::BEGINS, self.boilerplate.begins_with(lexeme.stem));
        Word { stem: lexeme.stem, traits }
    }

    fn read_chunk(&self, first_paper: usize, chunk: &TokenChunk, words: &Words) -> UnitChunk {
        let mut out = UnitChunk::with_capacity(first_paper, chunk.ends.len(), chunk.tokens.len());
        let mut units = Vec::new();
        let mut start = 0;
        for &(title_end, end) in &chunk.ends {
            units.clear();
            self.read_text(&chunk.tokens[start..title_end], words, &mut units);
            let abstract_start = units.len();
            self.read_text(&chunk.tokens[title_end..end], words, &mut units);
            self.boilerplate.strike_out(&mut units);
            out.push(&units, abstract_start);
            start = end;
        }
        out
    }

    /// Appends the units of a text.
    fn read_text(&self, tokens: &[StreamToken], words: &Words, units: &mut Vec<Unit>) {
        let from = units.len();
        self.read_tokens(tokens, words, units);
        self.rewriting.rewrite(units, from, &words.table, &words.canonical);
    }

    fn read_tokens(&self, tokens: &[StreamToken], words: &Words, units: &mut Vec<Unit>) {
        let mut at = 0;
        while let Some(&token) = tokens.get(at) {
            at += 1;
            if let Some(joined) = tokens.get(at).and_then(|next| self.joined(token, *next)) {
                push_word(joined as u32 + 1, token.hyphen(), words, units);
                at += 1;
                continue;
            }
            let number = token.in_table();
            if words.table[number as usize].traits.any(Traits::SEVERAL) {
                self.push_parts(number as usize - 1, token, words, units);
            } else {
                push_word(number, token.hyphen(), words, units);
            }
        }
    }

    /// Surface of the one word that two hyphenated tokens are usually written as.
    fn joined(&self, token: StreamToken, next: StreamToken) -> Option<usize> {
        if !next.hyphen() || self.compounds.together.is_empty() {
            return None;
        }
        let stems = [token.surface()?, next.surface()?].map(|s| self.lexicon.lexemes[s].stem);
        self.compounds.together.get(&stems).copied()
    }

    fn push_parts(&self, surface: usize, token: StreamToken, words: &Words, units: &mut Vec<Unit>) {
        let long = self.acronyms.long_forms.get(&surface);
        // Right after its own long form the acronym says nothing new.
        if token.bracketed() && long.is_some_and(|long| self.follows_long_form(long, units)) {
            return;
        }
        for number in words.read_as[surface].. {
            let Word { stem, traits } = words.table[number as usize];
            let hyphen = traits.any(Traits::FIRST) && token.hyphen();
            let traits = traits.with(Traits::TIED, hyphen || traits.any(Traits::TIED)).with(Traits::HYPHEN, hyphen);
            push(Unit { word: number, stem, traits }, units);
            if traits.any(Traits::LAST) {
                break;
            }
        }
    }

    fn follows_long_form(&self, long: &[usize], units: &[Unit]) -> bool {
        let before = &units[..units.len().saturating_sub(1)];
        before.len() >= long.len()
            && before[before.len() - long.len()..]
                .iter()
                .zip(long)
                .all(|(unit, &surface)| unit.stem == self.lexicon.lexemes[surface].stem)
    }
}

fn push_word(number: u32, hyphen: bool, words: &Words, units: &mut Vec<Unit>) {
    let Word { stem, traits } = words.table[number as usize];
    let compound = words.compound(units.last(), Word { stem, traits });
    let traits = traits
        .with(Traits::TIED, hyphen || compound == Some(true))
        .with(Traits::HYPHEN, hyphen)
        .with(Traits::PAIRED, compound.is_some());
    push(Unit { word: number, stem, traits }, units);
}

impl Words {
    /// Whether the small word right before belongs to this word even where no hyphen ties them, as "over" to "squashing";
    /// `None` where they are no compound.
    #[inline]
    fn compound(&self, before: Option<&Unit>, word: Word) -> Option<bool> {
        let before = before?;
        let (ties, ends) = (before.traits.any(Traits::TIES), word.traits.any(Traits::ENDS));
        if ties & ends { self.tied.get(key(before.stem, word.stem)).map(|tied| tied != 0) } else { None }
    }
}

/// Appends a unit. In compounds of three parts and more ("text-to-image", "state-of-the-art") a small word ties nothing: "text-to"
/// is no term.
#[inline]
fn push(mut unit: Unit, units: &mut Vec<Unit>) {
    if unit.traits.any(Traits::TIED)
        && let Some(before) = units.last_mut()
        && before.traits.any(Traits::TIED)
        && before.traits.is_small()
    {
        before.traits = before.traits.with(Traits::TIED, false);
        unit.traits = unit.traits.with(Traits::TIED, false);
    }
    units.push(unit);
}
