//! Documents to one stream of numbered words: every distinct surface is kept once, every occurrence is a number.
//!
//! Surfaces are numbered by first occurrence, in paper order, at any thread count. What a word means is not known here.

use crate::interner::Interner;
use crate::tokens::{Token, scan};
use model::Documents;
use rayon::prelude::*;

/// One token: a surface with what ties it to its neighbours, or a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamToken(u32);

const HYPHEN: u32 = 1 << 31;
const BRACKETED: u32 = 1 << 30;
const SURFACE: u32 = BRACKETED - 1;

impl StreamToken {
    pub const BREAK: Self = Self(SURFACE);

    fn word(surface: u32, hyphen: bool, bracketed: bool) -> Self {
        Self(surface | if hyphen { HYPHEN } else { 0 } | if bracketed { BRACKETED } else { 0 })
    }

    /// Number of the surface; `None` for a break.
    #[must_use]
    pub fn surface(self) -> Option<usize> {
        (self.0 & SURFACE != SURFACE).then_some((self.0 & SURFACE) as usize)
    }

    /// Position in the word table, which begins with the break: 1 + number of the surface, 0 for a break.
    #[must_use]
    pub fn in_table(self) -> u32 {
        (self.0 + 1) & SURFACE
    }

    /// Joined to the word before it by a hyphen.
    #[must_use]
    pub fn hyphen(self) -> bool {
        self.0 & HYPHEN != 0
    }

    /// Alone between round brackets.
    #[must_use]
    pub fn bracketed(self) -> bool {
        self.0 & BRACKETED != 0
    }

    fn renumbered(self, surface: u32) -> Self {
        Self(self.0 & !SURFACE | surface)
    }
}

/// The tokens of all papers, in chunks.
#[derive(Debug, Default)]
pub struct TokenStream<'a> {
    /// Distinct words as written, in order of first occurrence.
    pub surfaces: Vec<&'a str>,
    /// How often each surface occurs.
    pub occurrences: Vec<u32>,
    pub chunks: Vec<TokenChunk>,
    pub n_papers: usize,
    /// The entries of the user's word lists, a paper each. They share the surfaces and count as no occurrence.
    pub listed: TokenChunk,
}

/// The tokens of some papers. Paper `i` of the chunk begins where paper `i - 1` ends.
#[derive(Debug, Default)]
pub struct TokenChunk {
    pub tokens: Vec<StreamToken>,
    /// End of the title and end of the paper, as positions in `tokens`.
    pub ends: Vec<(usize, usize)>,
}

impl TokenChunk {
    /// Appends texts of the given surfaces, a paper without a title each.
    pub fn append(&mut self, texts: &[Vec<usize>]) {
        for text in texts {
            let start = self.tokens.len();
            self.tokens.extend(text.iter().map(|&surface| StreamToken::word(surface as u32, false, false)));
            self.tokens.push(StreamToken::BREAK);
            self.ends.push((start, self.tokens.len()));
        }
    }

    /// The tokens of every paper, title and abstract.
    pub fn papers(&self) -> impl Iterator<Item = &[StreamToken]> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        starts.zip(&self.ends).map(|(start, (_, end))| &self.tokens[start..*end])
    }
}

/// Papers a chunk: fixed, so that the result does not depend on the number of threads.
pub const CHUNK: usize = 512;

/// Groups that chunks are counted in, each with counters of its own; sums of integers do not depend on it.
pub const PARTS: usize = 8;

/// A part of the corpus with surfaces of its own numbering.
struct Scanned<'a> {
    chunks: Vec<TokenChunk>,
    surfaces: Interner<'a>,
    occurrences: Vec<u32>,
}

/// Scans titles and abstracts, and the entries of the user's word lists.
#[must_use]
pub fn token_stream<'a>(documents: &Documents<'a>, listed: &[&'a str]) -> TokenStream<'a> {
    let texts: Vec<(&str, &str)> = documents.titles.iter().copied().zip(documents.abstracts.iter().copied()).collect();
    let part = texts.len().div_ceil(CHUNK).div_ceil(PARTS).max(1) * CHUNK;
    let mut scanned: Vec<Scanned<'_>> = texts.par_chunks(part).map(|texts| scan_papers(texts.chunks(CHUNK))).collect();
    let entries: Vec<(&str, &str)> = listed.iter().map(|entry| ("", *entry)).collect();
    let mut last = scan_papers(std::iter::once(&entries[..]));
    last.occurrences.fill(0);
    scanned.push(last);
    let mut stream = join(scanned);
    stream.listed = stream.chunks.pop().unwrap_or_default();
    stream.n_papers = texts.len();
    stream
}

/// Distinct words that a part is expected to have at least.
const PART_WORDS: usize = 8192;

fn scan_papers<'a, 'b>(chunks: impl Iterator<Item = &'b [(&'a str, &'a str)]>) -> Scanned<'a>
where
    'a: 'b,
{
    let mut surfaces = Interner::with_capacity(PART_WORDS);
    let mut occurrences = Vec::new();
    let chunks = chunks.map(|texts| scan_chunk(texts, &mut surfaces, &mut occurrences)).collect();
    Scanned { chunks, surfaces, occurrences }
}

fn scan_chunk<'a>(texts: &[(&'a str, &'a str)], surfaces: &mut Interner<'a>, occurrences: &mut Vec<u32>) -> TokenChunk {
    let mut tokens = Vec::with_capacity(texts.iter().map(|(title, text)| (title.len() + text.len()) / 5 + 2).sum());
    let mut ends = Vec::with_capacity(texts.len());
    let mut scanned = Vec::new();
    let mut add = |text, tokens: &mut Vec<StreamToken>| {
        // First found, then numbered: the lookups wait for memory, and side by side they wait together.
        scanned.clear();
        scan(text, |token| scanned.push(token));
        tokens.extend(scanned.iter().map(|&token| numbered(token, surfaces, occurrences)));
        tokens.push(StreamToken::BREAK);
    };
    for &(title, text) in texts {
        add(title, &mut tokens);
        let title_end = tokens.len();
        add(text, &mut tokens);
        ends.push((title_end, tokens.len()));
    }
    tokens.shrink_to_fit();
    TokenChunk { tokens, ends }
}

fn numbered<'a>(token: Token<'a>, surfaces: &mut Interner<'a>, occurrences: &mut Vec<u32>) -> StreamToken {
    let Token::Word { surface, key, hyphen, bracketed } = token else { return StreamToken::BREAK };
    let number = surfaces.number_keyed(surface, key);
    match occurrences.get_mut(number as usize) {
        Some(count) => *count += 1,
        None => occurrences.push(1),
    }
    StreamToken::word(number, hyphen, bracketed)
}

/// Parts in order, renumbered to common surfaces.
fn join(scanned: Vec<Scanned<'_>>) -> TokenStream<'_> {
    let mut surfaces = Interner::with_capacity(PART_WORDS);
    let mut occurrences: Vec<u32> = Vec::new();
    let mut chunks: Vec<(TokenChunk, usize)> = Vec::new();
    let mut renumbered = Vec::with_capacity(scanned.len());
    for (number, part) in scanned.into_iter().enumerate() {
        let numbers = surfaces.absorb(&part.surfaces);
        occurrences.resize(surfaces.len(), 0);
        for (&surface, count) in numbers.iter().zip(&part.occurrences) {
            occurrences[surface as usize] += count;
        }
        chunks.extend(part.chunks.into_iter().map(|chunk| (chunk, number)));
        renumbered.push(numbers);
    }
    chunks.par_iter_mut().for_each(|(chunk, part)| {
        let numbers = &renumbered[*part];
        for token in &mut chunk.tokens {
            if let Some(surface) = token.surface() {
                *token = token.renumbered(numbers[surface]);
            }
        }
    });
    let chunks = chunks.into_iter().map(|(chunk, _)| chunk).collect();
    TokenStream { surfaces: surfaces.into_words(), occurrences, chunks, n_papers: 0, listed: TokenChunk::default() }
}

#[cfg(test)]
mod tests {
    use super::token_stream;
    use model::Documents;

    #[test]
    fn surfaces_are_numbered_by_first_occurrence_and_papers_keep_their_place() {
        let documents = Documents { titles: vec!["A b", "b"], abstracts: vec!["b c.", "d a-b"] };
        let stream = token_stream(&documents, &[]);
        assert_eq!(stream.surfaces, ["A", "b", "c", "d", "a"]);
        let chunk = &stream.chunks[0];
        assert_eq!(chunk.ends, [(3, 7), (9, 13)]);
        let second = &chunk.tokens[7..13];
        let numbers: Vec<Option<usize>> = second.iter().map(|t| t.surface()).collect();
        assert_eq!(numbers, [Some(1), None, Some(3), Some(4), Some(1), None]);
        assert!(second[4].hyphen());
        assert_eq!(stream.occurrences, [1, 4, 1, 1, 1]);
    }
}
