//! Turns what a mark speaks of (a theme, a bin, a paper, a point's numbers) into a frame around it in a list of marks, which
//! the page fades, filters and tells. Does not draw: files other than the page pass it over.

use super::marks::{Area, Mark};
use crate::format;
use model::{Share, ThemeId};

/// What marks speak of. Every part may be missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    pub theme: Option<ThemeId>,
    /// What a chart shows beside its themes: the other themes, the papers in none. Fades when one theme is looked at.
    pub rest: bool,
    /// Position in the bins of the run.
    pub bin: Option<usize>,
    /// Row of a paper.
    pub paper: Option<usize>,
    /// The numbers of this point, told when it is pointed at; empty where there are none.
    pub said: String,
    /// Where pointing tells them, if that is more than the marks themselves.
    pub target: Option<Area>,
}

impl Subject {
    pub fn theme(id: ThemeId) -> Self {
        Self { theme: Some(id), ..Self::default() }
    }

    pub fn rest() -> Self {
        Self { rest: true, ..Self::default() }
    }

    pub fn paper(self, row: usize) -> Self {
        Self { paper: Some(row), ..self }
    }

    pub fn bin(self, bin: usize) -> Self {
        Self { bin: Some(bin), ..self }
    }

    pub fn said(self, said: impl Into<String>) -> Self {
        Self { said: said.into(), ..self }
    }

    pub fn within(self, target: Area) -> Self {
        Self { target: Some(target), ..self }
    }

    /// The marks with this subject. Subjects do not nest.
    pub fn of(self, marks: impl IntoIterator<Item = Mark>) -> Vec<Mark> {
        let begins = Mark::Subject(Some(Box::new(self)));
        std::iter::once(begins).chain(marks).chain([Mark::Subject(None)]).collect()
    }
}

/// `12 of 140 papers, 8.6% (95% interval 5.0% to 14.2%)`.
pub fn share_said(share: &Share) -> String {
    let papers = format!("{} of {}", share.count, format::counted(share.total as usize, "paper", "papers"));
    match (share.share, share.low, share.high) {
        (Some(of), Some(low), Some(high)) => {
            let interval = format!("95% interval {} to {}", format::percent(low), format::percent(high));
            format!("{papers}, {} ({interval})", format::percent(of))
        }
        (Some(of), ..) => format!("{papers}, {}", format::percent(of)),
        (None, ..) => "no papers".to_owned(),
    }
}
