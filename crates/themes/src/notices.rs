//! What was found to what is worth a notice: themes that could not be made as they were asked for.

use crate::settings::ThemeSettings;
use model::{Notice, Severity, ThemeCount};

/// Notices on a run that found `k` themes, after merging.
#[must_use]
pub fn notices(k: usize, count: &ThemeCount, settings: &ThemeSettings) -> Vec<Notice> {
    let none = (k == 0).then(|| Notice {
        severity: Severity::Warning,
        file: None,
        line: None,
        found: format!("no themes were found by {}: {}", settings.algorithm, count.reason),
        expected: String::new(),
        hint: if settings.algorithm.counts_themes() {
            "try a larger --eps, a smaller --min-points, or --algorithm k-means".to_owned()
        } else {
            "themes need papers with words in common".to_owned()
        },
    });
    let level = settings.level.filter(|level| *level > k && k > 0).map(|level| Notice {
        severity: Severity::Warning,
        file: None,
        line: None,
        found: format!("--level {level}: only {k} themes were found, none were merged"),
        expected: format!("at most {k}"),
        hint: "ask for more with --themes, or for fewer with --level".to_owned(),
    });
    let one = (k == 1 && settings.themes.is_none() && settings.level.is_none()).then(|| Notice {
        severity: Severity::Warning,
        file: None,
        line: None,
        found: format!("all papers are one theme: {}", count.reason),
        expected: String::new(),
        hint: "themes need a few dozen papers that differ".to_owned(),
    });
    none.into_iter().chain(level).chain(one).collect()
}
