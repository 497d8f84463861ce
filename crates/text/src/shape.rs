//! What a unit may do, and which sequences of units may be a term: by the class of their words and what ties them together.
//! How often they occur is not asked here.

#![expect(clippy::needless_bitwise_bool, reason = "without branches, several units are worked out at once")]

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
    /// A general word that a term may end with.
    pub const CLOSES: Self = Self(1 << 15);
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
            WordClass::Closing => Self(Self::GENERAL.0 | Self::CLOSES.0),
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

/// What may begin at a unit, as a set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape(u16);

impl Shape {
    /// The two units from here on are no piece of a hyphenated compound.
    pub const FREE: Self = Self(1);
    /// The two units from here on may be a term or the first two of three.
    pub const OPENS: Self = Self(1 << 1);
    /// The three units from here on may be a term.
    pub const THREE: Self = Self(1 << 2);
    /// The two units from here on may be a term.
    pub const TWO: Self = Self(1 << 3);
    /// Its token is joined to the token before it by a hyphen.
    pub const HYPHEN: Self = Self(1 << 4);
    /// A term of several units may begin here.
    pub const PHRASE: Self = Self(Self::TWO.0 | Self::THREE.0);

    /// All flags as bits, the lowest first.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0 as u32
    }

    /// The flag, where it is set.
    #[must_use]
    fn where_set(self, set: bool) -> u16 {
        if set { self.0 } else { 0 }
    }
}

/// Units that are looked at side by side.
pub const BLOCK: usize = 64;

/// What may begin at each of the units of a block, by their traits and those of the three units behind it ([`Traits::NONE`]
/// where there are none).
#[must_use]
pub fn shapes(traits: &[Traits; BLOCK + 3]) -> [Shape; BLOCK] {
    let mut shapes = [Shape(0); BLOCK];
    let windows = traits.iter().zip(&traits[1..]).zip(&traits[2..]).zip(&traits[3..]);
    for (out, (((first, second), third), fourth)) in shapes.iter_mut().zip(windows) {
        *out = shape([*first, *second, *third, *fourth]);
    }
    shapes
}

/// A term covers whole tokens and is no piece of a hyphenated compound; its first word carries meaning or has the second tied to
/// it; the last one is neither research prose nor most of the general words, unless tied on; and a small word inside is one that phrases are made with.
#[inline]
fn shape([first, second, third, fourth]: [Traits; 4]) -> Shape {
    let (starts, speaks, piece) = (first.any(Traits::FIRST), first.any(Traits::OPENER), first.any(Traits::TIED));
    let (tied, paired) = (second.any(Traits::TIED), second.any(Traits::TIED | Traits::PAIRED));
    let (word, next_is_word, last_is_word) = (first.is_word(), second.is_word(), third.is_word());
    let (small, leads_on) = (second.any(Traits::FUNCTION | Traits::LETTER), third.any(Traits::TIED));
    let joined = word & next_is_word & (speaks | paired);
    let whole = joined & starts & !piece & (speaks | tied);
    let (two_close, three_close) = (closes(second, third), closes(third, fourth));
    let (content, more_content) = ((first | second).any(Traits::CONTENT), third.any(Traits::CONTENT));
    let between = is_between(first, second, third);
    let three = whole & last_is_word & three_close & between & (content | more_content);
    Shape(
        Shape::FREE.where_set(!(piece | leads_on))
            | Shape::OPENS.where_set(joined & (tied | (starts & !small)))
            | Shape::TWO.where_set(whole & two_close & content)
            | Shape::THREE.where_set(three)
            | Shape::HYPHEN.where_set(first.any(Traits::HYPHEN)),
    )
}

/// Whether a term may end with `last`, when `next` follows.
fn closes(last: Traits, next: Traits) -> bool {
    let (whole, speaks, cut) =
        (last.any(Traits::LAST), last.any(Traits::CONTENT | Traits::CLOSES | Traits::TIED), next.any(Traits::TIED));
    whole & speaks & !cut
}

/// A middle word that is no small one, or "of" between two words with meaning ("mixture of experts").
fn is_between(first: Traits, middle: Traits, last: Traits) -> bool {
    let (connects, speaks) = (middle.any(Traits::CONNECTOR), middle.any(Traits::OPENER | Traits::TIED));
    let (before, after) = (first.any(Traits::CONTENT), last.any(Traits::CONTENT));
    (connects & before & after) | (!connects & speaks)
}
