//! Documents to one stream of numbered words: every distinct surface is kept once, every occurrence is a number.
//!
//! Surfaces are numbered by first occurrence, in paper order, at any thread count. What a word means is not known here.

use crate::tokens::{Token, scan};
use model::Documents;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

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

/// The tokens of all papers. Paper `i` is `tokens[offsets[i]..offsets[i + 1]]`, of which the title ends at `title_ends[i]`.
#[derive(Debug, Default)]
pub struct TokenStream {
    /// Distinct words as written, in order of first occurrence.
    pub surfaces: Vec<String>,
    pub tokens: Vec<StreamToken>,
    pub offsets: Vec<usize>,
    /// Positions in `tokens`.
    pub title_ends: Vec<usize>,
}

/// Papers a chunk: fixed, so that the result does not depend on the number of threads.
pub const CHUNK: usize = 512;

/// A chunk of papers with surfaces of its own numbering.
struct Chunk<'a> {
    surfaces: Vec<&'a str>,
    tokens: Vec<StreamToken>,
    /// (end of title, end of paper) in `tokens`.
    ends: Vec<(usize, usize)>,
}

/// Scans titles and abstracts.
#[must_use]
pub fn token_stream(documents: &Documents<'_>) -> TokenStream {
    let texts: Vec<(&str, &str)> = documents.titles.iter().copied().zip(documents.abstracts.iter().copied()).collect();
    let chunks: Vec<Chunk<'_>> = texts.par_chunks(CHUNK).map(scan_chunk).collect();
    join(&chunks)
}

fn scan_chunk<'a>(texts: &[(&'a str, &'a str)]) -> Chunk<'a> {
    let mut numbers: FxHashMap<&'a str, u32> = FxHashMap::default();
    let mut chunk = Chunk { surfaces: Vec::new(), tokens: Vec::new(), ends: Vec::with_capacity(texts.len()) };
    for &(title, abstract_) in texts {
        scan_text(title, &mut chunk, &mut numbers);
        let title_end = chunk.tokens.len();
        scan_text(abstract_, &mut chunk, &mut numbers);
        chunk.ends.push((title_end, chunk.tokens.len()));
    }
    chunk
}

/// Appends the tokens of one text and a break.
fn scan_text<'a>(text: &'a str, chunk: &mut Chunk<'a>, numbers: &mut FxHashMap<&'a str, u32>) {
    scan(text, |token| {
        let token = match token {
            Token::Break => StreamToken::BREAK,
            Token::Word { surface, hyphen, bracketed } => {
                let number = *numbers.entry(surface).or_insert_with(|| {
                    chunk.surfaces.push(surface);
                    (chunk.surfaces.len() - 1) as u32
                });
                StreamToken::word(number, hyphen, bracketed)
            }
        };
        chunk.tokens.push(token);
    });
    chunk.tokens.push(StreamToken::BREAK);
}

/// Chunks in order, renumbered to common surfaces.
fn join(chunks: &[Chunk<'_>]) -> TokenStream {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut stream = TokenStream { offsets: vec![0], ..TokenStream::default() };
    stream.tokens.reserve(chunks.iter().map(|c| c.tokens.len()).sum());
    for chunk in chunks {
        let start = stream.tokens.len();
        let renumber: Vec<u32> = chunk
            .surfaces
            .iter()
            .map(|&surface| {
                *numbers.entry(surface).or_insert_with(|| {
                    stream.surfaces.push(surface.to_owned());
                    (stream.surfaces.len() - 1) as u32
                })
            })
            .collect();
        stream.tokens.extend(chunk.tokens.iter().map(|t| t.surface().map_or(*t, |s| t.renumbered(renumber[s]))));
        stream.title_ends.extend(chunk.ends.iter().map(|(title, _)| start + title));
        stream.offsets.extend(chunk.ends.iter().map(|(_, end)| start + end));
    }
    stream
}

#[cfg(test)]
mod tests {
    use super::token_stream;
    use model::Documents;

    #[test]
    fn surfaces_are_numbered_by_first_occurrence_and_papers_keep_their_place() {
        let documents = Documents { titles: vec!["A b", "b"], abstracts: vec!["b c.", "d a-b"] };
        let stream = token_stream(&documents);
        assert_eq!(stream.surfaces, ["A", "b", "c", "d", "a"]);
        let second = &stream.tokens[stream.offsets[1]..stream.offsets[2]];
        let numbers: Vec<Option<usize>> = second.iter().map(|t| t.surface()).collect();
        assert_eq!(numbers, [Some(1), None, Some(3), Some(4), Some(1), None]);
        assert!(second[4].hyphen());
        assert_eq!(stream.title_ends, [3, 9]);
    }
}
