//! What a unit may do, and which sequences of units may be a term: by the class of their words and what ties them together.
//! How often they occur is not asked here.

use crate::words::WordClass;
use std::ops::BitOr;

/// What a unit may do, as a set of flags. Of the flags of a class exactly one is set, or none for what ends a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits(u16);

impl Traits {
    pub const NONE: Self = Self(0);
    pub const CONTENT: Self = Self(1);
    pub const RESEARCH: Self = Self(1 << 1);
    pub const FUNCTION: Self = Self(1 << 2);
    pub const CONNECTOR: Self = Self(1 << 3);
    pub const LETTER: Self = Self(1 << 4);
    /// First and last unit of its token: a term covers whole tokens.
    pub const FIRST: Self = Self(1 << 5);
    pub const LAST: Self = Self(1 << 6);
    /// Tied to the unit before it, so that a small word may be part of a term.
    pub const TIED: Self = Self(1 << 7);
    /// Its token is joined to the token before it by a hyphen.
    pub const HYPHEN: Self = Self(1 << 8);
    /// Some compound begins with this small word ("over" of "over-squashing").
    pub const TIES: Self = Self(1 << 9);
    /// Some compound of which the first is a small word ends with it ("squashing").
    pub const ENDS: Self = Self(1 << 10);
    /// Such a compound ends here, be it tied to the small word or not.
    pub const PAIRED: Self = Self(1 << 11);
    /// Some phrase that is struck out begins with it.
    pub const BEGINS: Self = Self(1 << 12);
    pub const GENERAL: Self = Self(1 << 13);
    /// Its surface stands for several words.
    pub const SEVERAL: Self = Self(1 << 14);
    /// Words that are terms by themselves.
    pub const TERM: Self = Self(Self::CONTENT.0 | Self::GENERAL.0);

    const WORD: Self = Self(Self::OPENER.0 | Self::FUNCTION.0 | Self::CONNECTOR.0 | Self::LETTER.0);
    const OPENER: Self = Self(Self::TERM.0 | Self::RESEARCH.0);
    /// Small words of more than one letter.
    const SMALL: Self = Self(Self::FUNCTION.0 | Self::CONNECTOR.0);

    #[must_use]
    pub fn of_class(class: WordClass) -> Self {
        match class {
            WordClass::Content => Self::CONTENT,
            WordClass::Research => Self::RESEARCH,
            WordClass::General => Self::GENERAL,
            WordClass::Function => Self::FUNCTION,
            WordClass::Connector => Self::CONNECTOR,
            WordClass::Letter => Self::LETTER,
            WordClass::Residue => Self::NONE,
        }
    }

    /// Whether any of these flags is set.
    #[must_use]
    pub fn any(self, flags: Self) -> bool {
        self.0 & flags.0 != 0
    }

    #[must_use]
    pub fn with(self, flags: Self, set: bool) -> Self {
        if set { self | flags } else { Self(self.0 & !flags.0) }
    }

    /// The same of a word that carries meaning.
    #[must_use]
    pub fn as_content(self) -> Self {
        self.with(Self::WORD, false) | Self::CONTENT
    }

    #[must_use]
    pub fn is_word(self) -> bool {
        self.any(Self::WORD)
    }

    #[must_use]
    pub fn is_small(self) -> bool {
        self.any(Self::SMALL)
    }
}

impl BitOr for Traits {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What may begin at a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Two units that may be a term, or the first two of three.
    pub opens: bool,
    pub two: bool,
    pub three: bool,
}

/// What may begin at the first unit of `window`, which holds the units up to the fourth as far as there are any ([`Traits::NONE`]
/// beyond). `cut`: the first is a later piece of a compound.
///
/// A term covers whole tokens and is no piece of a hyphenated compound; its first word carries meaning or has the second tied to
/// it; the last one is no research prose, unless tied on; and a small word inside is one that phrases are made with.
#[must_use]
pub fn shape([first, second, third, fourth]: [Traits; 4], cut: bool) -> Shape {
    let tied = second.any(Traits::TIED);
    let joins = first.any(Traits::OPENER) || second.any(Traits::TIED | Traits::PAIRED);
    if !first.is_word() || !second.is_word() || !joins {
        return Shape { opens: false, two: false, three: false };
    }
    let opens = tied || first.any(Traits::FIRST) && !second.any(Traits::FUNCTION | Traits::LETTER);
    let whole = first.any(Traits::FIRST) && !cut && (first.any(Traits::OPENER) || tied);
    let two = whole && closes(second, third) && (first | second).any(Traits::CONTENT);
    let three = whole
        && third.is_word()
        && closes(third, fourth)
        && is_between(first, second, third)
        && (first | second | third).any(Traits::CONTENT);
    Shape { opens, two, three }
}

/// Whether a term may end with `last`, when `next` follows.
fn closes(last: Traits, next: Traits) -> bool {
    last.any(Traits::LAST) && last.any(Traits::CONTENT | Traits::TIED) && !next.any(Traits::TIED)
}

/// A middle word that is no small one, or "of" between two words with meaning ("mixture of experts").
fn is_between(first: Traits, middle: Traits, last: Traits) -> bool {
    if middle.any(Traits::CONNECTOR) {
        return first.any(Traits::CONTENT) && last.any(Traits::CONTENT);
    }
    middle.any(Traits::OPENER | Traits::TIED)
}
