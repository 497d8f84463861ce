//! Text to tokens: one pass over the characters that finds words, hyphens, brackets and the ends of phrases.
//!
//! Web addresses and residues of mathematics (`N^2d^2{M}`, `$\mathcal{O}(n)$`) end a phrase and give no token.
//! Nothing is lower-cased, stemmed or looked up here.

use crate::word_key::WordKey;

/// One token as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A word. `hyphen`: joined to the word before it by a hyphen. `bracketed`: alone between round brackets.
    Word { surface: &'a str, key: WordKey, hyphen: bool, bracketed: bool },
    /// Punctuation, or something that is no word: no phrase goes across.
    Break,
}

/// Longer "words" are the residue of something else (sequences, keys, text without spaces).
const LONGEST_WORD: usize = 40;

/// What a byte can be; a chunk of text is judged by all that its bytes are.
const LETTER: u8 = 1;
const SPACE: u8 = 1 << 1;
/// Mathematics, source code or an address of mail.
const MARK: u8 = 1 << 2;
/// Punctuation that ends a phrase.
const STOP: u8 = 1 << 3;
/// Part of a character beyond ASCII.
const WIDE: u8 = 1 << 4;
/// Other punctuation.
const SOFT: u8 = 1 << 5;

const KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [STOP; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | b' ' => SPACE,
            b'\\' | b'^' | b'_' | b'{' | b'}' | b'$' | b'=' | b'@' => MARK,
            b'-' | b'\'' | b'"' | b'`' | b'*' | b'#' | b'+' => SOFT,
            0x80.. => WIDE,
            _ => STOP,
        };
        byte += 1;
    }
    kinds
}

/// Calls `emit` for every token of `text`, in order.
pub fn scan<'a>(text: &'a str, mut emit: impl FnMut(Token<'a>)) {
    let mut at = 0;
    while at < text.len() {
        at = match scan_plain_word(text, at, &mut emit) {
            Some(after) => after,
            None => scan_to_space(text, at, &mut emit),
        };
    }
}

/// Most words are up to 14 ASCII letters and digits, then a space, or one mark that ends a phrase and a space: these are read
/// without a look at every byte. Gives back where the next chunk begins; `None` where something else stands at `at`.
#[inline]
fn scan_plain_word<'a>(text: &'a str, at: usize, emit: &mut impl FnMut(Token<'a>)) -> Option<usize> {
    let block = text.as_bytes()[at..].first_chunk::<16>()?;
    let (length, key) = WordKey::leading(*block);
    let kind = |after: usize| block.get(length + after).map_or(0, |&byte| KINDS[usize::from(byte)]);
    let stops = kind(0) == STOP;
    let ends = kind(usize::from(stops)) == SPACE;
    let surface = &text[at..at + length];
    if length == 0 || !ends || stops && surface == "www" {
        return None;
    }
    emit(Token::Word { surface, key, hyphen: false, bracketed: false });
    if stops {
        emit(Token::Break);
    }
    Some(at + length + if stops { 2 } else { 1 })
}

/// Tokens up to the next space; gives back where the next chunk begins.
fn scan_to_space<'a>(text: &'a str, at: usize, emit: &mut impl FnMut(Token<'a>)) -> usize {
    let rest = &text[at..];
    let mut seen = 0;
    let end = rest.bytes().position(|byte| {
        let kind = KINDS[usize::from(byte)];
        let space = kind == SPACE;
        seen |= if space { 0 } else { kind };
        space
    });
    let length = end.unwrap_or(rest.len());
    scan_chunk(&rest[..length], seen, emit);
    at + length + 1
}

/// Tokens of a chunk without ASCII spaces, whose bytes are of the kinds `seen`. Most chunks are a word, or a word and a comma:
/// only the others are read character by character.
fn scan_chunk<'a>(chunk: &'a str, seen: u8, emit: &mut impl FnMut(Token<'a>)) {
    if seen == LETTER {
        emit(word(chunk, false, false));
    } else if seen & WIDE != 0 {
        for piece in chunk.split_whitespace() {
            scan_piece(piece, emit);
        }
    } else if seen == LETTER | STOP && ends_in_stop(chunk) && chunk != "www." {
        emit(word(&chunk[..chunk.len() - 1], false, false));
        emit(Token::Break);
    } else if seen != 0 {
        scan_piece(chunk, emit);
    }
}

/// Whether a chunk of letters and punctuation has its only punctuation at the end.
fn ends_in_stop(chunk: &str) -> bool {
    chunk.bytes().rev().skip(1).all(|byte| KINDS[usize::from(byte)] == LETTER)
}

fn word(surface: &str, hyphen: bool, bracketed: bool) -> Token<'_> {
    if surface.len() <= LONGEST_WORD {
        Token::Word { surface, key: WordKey::of(surface), hyphen, bracketed }
    } else {
        Token::Break
    }
}

fn scan_piece<'a>(piece: &'a str, emit: &mut impl FnMut(Token<'a>)) {
    if is_residue(piece) {
        emit(Token::Break);
    } else {
        scan_words(piece, emit);
    }
}

/// A chunk of non-space characters that is an address or formula rather than words.
fn is_residue(chunk: &str) -> bool {
    chunk.bytes().any(|byte| KINDS[usize::from(byte)] == MARK)
        || chunk.starts_with("www.")
        || (chunk.contains('/') && ["://", ".com/", ".io/", ".org/"].iter().any(|mark| chunk.contains(mark)))
}

fn scan_words<'a>(chunk: &'a str, emit: &mut impl FnMut(Token<'a>)) {
    let mut rest = chunk;
    // A lone hyphen between two words of a chunk joins them.
    let mut word_before = false;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let skipped = &rest[..start];
        let hyphen = word_before && is_hyphen(skipped);
        if skipped.contains(is_break) {
            emit(Token::Break);
        }
        let (word, after) = split_word(&rest[start..]);
        let bracketed = skipped.ends_with('(') && after.starts_with(')');
        emit(self::word(word, hyphen, bracketed));
        word_before = true;
        rest = after;
    }
    if rest.contains(is_break) {
        emit(Token::Break);
    }
}

/// The leading word of `text` without a possessive ending, and what follows it (the ending swallowed).
fn split_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    let mut chars = after.chars();
    if matches!(chars.next(), Some('\'' | '\u{2019}')) {
        let ending = chars.as_str();
        let ending_len = ending.find(|c: char| !c.is_alphanumeric()).unwrap_or(ending.len());
        if ending_len <= 2 {
            return (word, &ending[ending_len..]);
        }
    }
    (word, after)
}

fn is_hyphen(gap: &str) -> bool {
    matches!(gap, "-" | "\u{2010}" | "\u{2011}")
}

fn is_break(c: char) -> bool {
    !matches!(
        c,
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '"' | '\u{201c}' | '\u{201d}' | '`' | '*' | '#' | '+'
    )
}

#[cfg(test)]
mod tests {
    use super::{Token, scan};

    fn shown(text: &str) -> String {
        let mut out: Vec<String> = Vec::new();
        scan(text, |token| match token {
            Token::Break => out.push("|".to_owned()),
            Token::Word { surface, hyphen, bracketed, .. } => {
                let (open, close) = if bracketed { ("(", ")") } else { ("", "") };
                out.push(format!("{}{open}{surface}{close}", if hyphen { "-" } else { "" }));
            }
        });
        out.join(" ")
    }

    #[test]
    fn hyphens_join_and_punctuation_breaks() {
        assert_eq!(shown("On over-squashing, in GNNs."), "On over -squashing | in GNNs |");
    }

    #[test]
    fn a_bracketed_acronym_is_marked() {
        assert_eq!(shown("graph neural networks (GNNs) are"), "graph neural networks | (GNNs) | are");
    }

    #[test]
    fn formulas_and_addresses_give_no_words() {
        assert_eq!(shown("rank $k$ of N^2d^2{M} at https://a.b/c now"), "rank | of | at | now");
    }

    #[test]
    fn words_beyond_ascii_and_spaces_beyond_ascii_are_read() {
        assert_eq!(
            shown("Schr\u{f6}dinger\u{a0}bridges, na\u{ef}ve\u{2014}again"),
            "Schr\u{f6}dinger bridges | na\u{ef}ve | again"
        );
    }

    #[test]
    fn the_beginning_of_an_address_is_no_word() {
        assert_eq!(shown("see www. here, 3.5 and a/b/"), "see | here | 3 | 5 and a | b |");
    }

    /// The same text is read 16 bytes at a time where enough follows, and otherwise byte by byte.
    #[test]
    fn what_follows_changes_no_token() {
        let words =
            ["a", "fourteenletter", "fifteenlettersx", "sixteenlettersxy", "GNNs,", "(GNN)", "www.", "so?!", "x-y;"];
        for word in words {
            let (alone, followed) = (shown(word), shown(&format!("{word} {}", "z ".repeat(20))));
            assert_eq!(followed.strip_suffix(&" z".repeat(20)), Some(alone.as_str()), "{word}");
        }
    }

    #[test]
    fn possessives_are_dropped() {
        assert_eq!(shown("Transformer's cache isn't"), "Transformer cache isn");
    }
}
