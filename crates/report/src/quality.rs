//! Turns the quality measures into rows of a table: name, value, what it means.
//! Does not rate them: what is good depends on the corpus.

use crate::format::percent;
use model::Quality;

pub fn rows(quality: &Quality) -> [(&'static str, String, &'static str); 4] {
    let number = |value: Option<f64>| value.map_or_else(|| "undefined".to_owned(), |v| format!("{v:.3}"));
    [
        (
            "Silhouette",
            number(quality.silhouette),
            "How much nearer papers lie to their own theme than to the next, -1 to 1.",
        ),
        ("NPMI coherence", number(quality.npmi), "How often the terms of a theme occur in the same papers, -1 to 1."),
        ("Diversity", number(quality.diversity), "Share of terms that stand in one theme\u{2019}s list only."),
        ("Left out", percent(quality.left_out), "Share of papers in no theme."),
    ]
}
