//! Hyphenated, joined and open spellings of a compound to one: `over-squashing`, `oversquashing`, `over squashing`.
//!
//! The corpus decides: a joined word is taken apart where the corpus also writes it with a hyphen, so that its parts and the
//! compound are the same terms in every spelling. Where nearly everybody writes it joined ("dataset"), the hyphen goes.

use crate::pair_table::{PairTable, key};
use crate::stream::{PARTS, StreamToken, TokenChunk, TokenStream};
use crate::words::{Lexeme, Lexicon, WordClass};
use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// How the compounds of a corpus are to be read.
#[derive(Debug, Default)]
pub struct Compounds {
    /// Stem of a joined word to the surfaces of its two parts.
    pub apart: FxHashMap<u32, [usize; 2]>,
    /// Stems of two parts to a surface that writes them as one word.
    pub together: FxHashMap<[u32; 2], usize>,
    /// Stems of two parts of which the first may be a small word, and whether they belong together even where they stand open
    /// ("over squashing").
    pub tied: FxHashMap<[u32; 2], bool>,
}

/// A joined word that is this many times as frequent as its other spellings is left joined.
const JOINED_LEADS: u32 = 10;

/// A pair of words that a hyphen joins.
struct Pair {
    stems: [u32; 2],
    /// Surfaces of the first hyphenated occurrence.
    parts: [usize; 2],
    hyphenated: u32,
}

/// The word that writes a pair without the hyphen: stem, most frequent surface, and occurrences.
type Joined = (u32, usize, u32);

/// Reads the spellings of all compounds off the corpus.
#[must_use]
pub fn compounds(stream: &TokenStream<'_>, lexicon: &Lexicon) -> Compounds {
    let joined = JoinedWords::of(stream, lexicon);
    let small = small_stems(lexicon);
    let begins_small = |pair: &Pair| small[pair.stems[0] as usize];
    let english = || Stemmer::create(Algorithm::English);
    let joined_by = |stemmer: &mut Stemmer, pair: Pair| (joined.get(&pair, stemmer, stream, lexicon), pair);
    let pairs = hyphenated_pairs(stream, lexicon).into_par_iter().map_init(english, joined_by);
    // How often the others stand open changes nothing.
    let pairs = pairs.filter(|(joined_by, pair)| joined_by.is_some() || begins_small(pair));
    let (joined_by, pairs): (Vec<Option<Joined>>, Vec<Pair>) = pairs.unzip();
    let open = open_spellings(&pairs, stream, lexicon);
    let mut out = Compounds::default();
    // By stems: where two compounds spell the same joined word, the first keeps it.
    for ((pair, joined_by), open) in pairs.iter().zip(joined_by).zip(open) {
        if let Some((_, surface, count)) = joined_by
            && count >= JOINED_LEADS * (pair.hyphenated + open)
        {
            out.together.insert(pair.stems, surface);
            continue;
        }
        if let Some((stem, ..)) = joined_by {
            out.apart.entry(stem).or_insert(pair.parts);
        }
        if begins_small(pair) {
            let joined = joined_by.map_or(0, |(_, _, count)| count);
            out.tied.insert(pair.stems, pair.hyphenated + joined >= open);
        }
    }
    out
}

/// Whether a stem is that of any small word.
fn small_stems(lexicon: &Lexicon) -> Vec<bool> {
    let mut small = vec![false; lexicon.stems.len()];
    for lexeme in lexicon.lexemes.iter().filter(|lexeme| lexeme.class.is_small()) {
        small[lexeme.stem as usize] = true;
    }
    small
}

/// The tokens at `at - 1` and `at` as stems and surfaces, where both are words.
fn pair_at(tokens: &[StreamToken], at: usize, lexicon: &Lexicon) -> Option<([u32; 2], [usize; 2])> {
    let parts = [tokens[at - 1].surface()?, tokens[at].surface()?];
    let plain = parts.iter().all(|&s| lexicon.lexemes[s].class != WordClass::Residue);
    plain.then_some((parts.map(|s| lexicon.lexemes[s].stem), parts))
}

/// Pairs of words that a hyphen joins, sorted by stems.
fn hyphenated_pairs(stream: &TokenStream<'_>, lexicon: &Lexicon) -> Vec<Pair> {
    let of_papers = stream.chunks.par_chunks(stream.chunks.len().div_ceil(PARTS).max(1)).map(|chunks| {
        let found = chunks.iter().flat_map(|TokenChunk { tokens, .. }| {
            let alone = |&at: &usize| {
                tokens[at].hyphen() && !tokens[at - 1].hyphen() && tokens.get(at + 1).is_none_or(|next| !next.hyphen())
            };
            (1..tokens.len()).filter(alone).filter_map(|at| pair_at(tokens, at, lexicon))
        });
        counted(found)
    });
    let mut pairs: Vec<Pair> = of_papers.collect::<Vec<_>>().into_iter().flatten().collect();
    pairs.extend(counted(
        two_words(&stream.listed).filter_map(|[at, _]| pair_at(&stream.listed.tokens, at + 1, lexicon)),
    ));
    // Stable, so that the first occurrence leads its group.
    pairs.sort_by_key(|pair| pair.stems);
    pairs.dedup_by(|next, first| {
        let same = next.stems == first.stems;
        first.hyphenated += if same { next.hyphenated } else { 0 };
        same
    });
    pairs
}

/// Every pair once, in any order, with the parts of its first occurrence.
fn counted(found: impl Iterator<Item = ([u32; 2], [usize; 2])>) -> Vec<Pair> {
    let mut pairs: FxHashMap<[u32; 2], Pair> = FxHashMap::default();
    for (stems, parts) in found {
        pairs.entry(stems).or_insert(Pair { stems, parts, hyphenated: 0 }).hyphenated += 1;
    }
    pairs.into_values().collect()
}

/// Positions of the entries of two words: what a user lists counts as joined by a hyphen, however it is written there, so that
/// it is found in all spellings.
fn two_words(listed: &TokenChunk) -> impl Iterator<Item = [usize; 2]> {
    let starts = std::iter::once(0).chain(listed.ends.iter().map(|(_, end)| *end));
    let bounds = starts.zip(&listed.ends).map(|(start, (_, end))| (start, *end));
    bounds.filter_map(|(start, end)| {
        let words: Vec<usize> = (start..end).filter(|&at| listed.tokens[at].surface().is_some()).collect();
        <[usize; 2]>::try_from(words).ok().filter(|[first, second]| first + 1 == *second)
    })
}

/// What a surface may be of a pair that a hyphen joins: most pairs of words are told by it to be none of these.
const STARTS: u8 = 1;
const ENDS: u8 = 2;

fn roles(pairs: &[Pair], lexicon: &Lexicon) -> Vec<u8> {
    let mut of_stems = vec![0; lexicon.stems.len()];
    for pair in pairs {
        of_stems[pair.stems[0] as usize] |= STARTS;
        of_stems[pair.stems[1] as usize] |= ENDS;
    }
    let role = |lexeme: &Lexeme| if lexeme.class == WordClass::Residue { 0 } else { of_stems[lexeme.stem as usize] };
    lexicon.lexemes.iter().map(role).collect()
}

/// How often each pair stands without its hyphen.
fn open_spellings(pairs: &[Pair], stream: &TokenStream<'_>, lexicon: &Lexicon) -> Vec<u32> {
    let numbered: Vec<(u64, u32)> = pairs.iter().map(|pair| key(pair.stems[0], pair.stems[1])).zip(0..).collect();
    let (number, roles) = (PairTable::of(&numbered), roles(pairs, lexicon));
    let stem = |surface: usize| lexicon.lexemes[surface].stem;
    let parts = stream.chunks.par_chunks(stream.chunks.len().div_ceil(PARTS).max(1)).map(|chunks| {
        let mut open = vec![0_u32; pairs.len()];
        for TokenChunk { tokens, .. } in chunks {
            let mut before = None;
            for token in tokens {
                let surface = token.surface();
                if let (Some(first), Some(second)) = (before, surface)
                    && roles[second] & ENDS != 0
                    && !token.hyphen()
                    && let Some(pair) = number.get(key(stem(first), stem(second)))
                {
                    open[pair as usize] += 1;
                }
                before = surface.filter(|&surface| roles[surface] & STARTS != 0);
            }
        }
        open
    });
    parts.reduce(
        || vec![0; pairs.len()],
        |mut a, b| {
            a.iter_mut().zip(b).for_each(|(x, y)| *x += y);
            a
        },
    )
}

/// Every stem with how often it occurs and its most frequent surface.
struct JoinedWords<'a> {
    number: FxHashMap<&'a str, u32>,
    /// Most frequent surface, its occurrences, and those of all surfaces.
    by_stem: Vec<(usize, u32, u32)>,
}

impl<'a> JoinedWords<'a> {
    fn of(stream: &TokenStream<'_>, lexicon: &'a Lexicon) -> Self {
        let mut by_stem = vec![(0, 0, 0); lexicon.stems.len()];
        for (surface, (lexeme, &count)) in lexicon.lexemes.iter().zip(&stream.occurrences).enumerate() {
            let entry = &mut by_stem[lexeme.stem as usize];
            entry.2 += count;
            if count > entry.1 {
                (entry.0, entry.1) = (surface, count);
            }
        }
        Self { number: lexicon.stems.iter().zip(0..).map(|(stem, at)| (stem.as_str(), at)).collect(), by_stem }
    }

    /// The word that a pair is where it is written joined: its stem is most often that of the second word after the first one, and
    /// else that of both ("finetun", "multimod").
    fn get(&self, pair: &Pair, stemmer: &Stemmer, stream: &TokenStream<'_>, lexicon: &Lexicon) -> Option<Joined> {
        let [first, second] = pair.parts.map(|part| stream.surfaces[part].to_lowercase());
        let apart = format!("{first}{}", lexicon.stems[pair.stems[1] as usize]);
        let whole = || self.number.get(stemmer.stem(&format!("{first}{second}")).as_ref());
        let number = *self.number.get(apart.as_str()).or_else(whole)?;
        let (surface, _, count) = self.by_stem[number as usize];
        Some((number, surface, count))
    }
}
