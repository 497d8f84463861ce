//! Texts to the types of the fields of settings, and back. Ranges are not looked at here.

use model::{BinUnit, Clock, Day};
use papers::ColumnNames;
use themes::{Algorithm, Linkage, Outliers};
use trends::Weight;

/// A field of settings. Absent text stands for an absent value.
pub(super) trait Field: Sized {
    fn written(&self) -> Option<String>;
    fn of(text: Option<&str>) -> Option<Self>;
}

impl<T: Field> Field for Option<T> {
    fn written(&self) -> Option<String> {
        self.as_ref().and_then(T::written)
    }

    fn of(text: Option<&str>) -> Option<Self> {
        match text {
            None => Some(None),
            text => T::of(text).map(Some),
        }
    }
}

macro_rules! parsed {
    ($($type:ty),+) => {$(
        impl Field for $type {
            fn written(&self) -> Option<String> {
                Some(self.to_string())
            }

            fn of(text: Option<&str>) -> Option<Self> {
                text?.parse().ok()
            }
        }
    )+};
}

parsed!(i16, u32, u64, usize, f64);

impl Field for Day {
    fn written(&self) -> Option<String> {
        Some(self.to_string())
    }

    fn of(text: Option<&str>) -> Option<Self> {
        text.filter(|text| is_day(text))?.parse().ok()
    }
}

/// Whether a text is a day and nothing more: the parser of the library takes times and zones too, which would be read as a
/// day nobody asked for.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-') && text.parse::<Day>().is_ok()
}

impl Field for ColumnNames {
    fn written(&self) -> Option<String> {
        Some(self.to_string()).filter(|names| !names.is_empty())
    }

    fn of(text: Option<&str>) -> Option<Self> {
        text.unwrap_or_default().parse().ok()
    }
}

/// A choice among words.
pub(super) trait Word: Copy + PartialEq + 'static {
    const WORDS: &'static [(&'static str, Self)];
}

/// The words of a choice, for [`super::Takes::Words`].
pub(super) fn words<T: Word>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

impl<T: Word> Field for T {
    fn written(&self) -> Option<String> {
        T::WORDS.iter().find(|(_, value)| value == self).map(|(word, _)| (*word).to_owned())
    }

    fn of(text: Option<&str>) -> Option<Self> {
        T::WORDS.iter().find(|(word, _)| Some(*word) == text).map(|(_, value)| *value)
    }
}

impl Word for Algorithm {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("k-means", Self::KMeans),
        ("gaussian-mixture", Self::GaussianMixture),
        ("hierarchical", Self::Hierarchical),
        ("dbscan", Self::Dbscan),
        ("optics", Self::Optics),
    ];
}

impl Word for Linkage {
    const WORDS: &'static [(&'static str, Self)] =
        &[("ward", Self::Ward), ("average", Self::Average), ("complete", Self::Complete)];
}

impl Word for Outliers {
    const WORDS: &'static [(&'static str, Self)] = &[("keep", Self::Keep), ("drop", Self::Drop)];
}

impl Word for BinUnit {
    const WORDS: &'static [(&'static str, Self)] =
        &[("week", Self::Week), ("month", Self::Month), ("quarter", Self::Quarter), ("year", Self::Year)];
}

impl Word for Clock {
    const WORDS: &'static [(&'static str, Self)] = &[("published", Self::Published), ("seen", Self::Seen)];
}

impl Word for Weight {
    const WORDS: &'static [(&'static str, Self)] = &[("count", Self::Count), ("upvotes", Self::Upvotes)];
}

/// The accessor of a field by its path; further paths are written along with the first, which alone is read.
macro_rules! field {
    ($first:ident $(. $rest:ident)+ $(, $also:ident $(. $more:ident)+)*) => {
        crate::settings::setting::Accessor {
            get: |settings| crate::settings::field::Field::written(&settings.$first $(. $rest)+),
            put: crate::settings::setting::Put::Text(|settings, text| {
                settings.$first $(. $rest)+ = crate::settings::field::Field::of(text)?;
                $(settings.$also $(. $more)+ = crate::settings::field::Field::of(text)?;)*
                Some(())
            }),
        }
    };
}
pub(super) use field;
