//! Turns an analysis into its method page: what every word and mark in a report means, as (word, meaning) pairs.
//! Does not describe formulas in full: they stand in the documentation of the types that carry them.

use crate::clean;
use crate::format;
use model::{Analysis, Clock};

/// The definitions in the order of a report.
pub fn definitions(analysis: &Analysis) -> Vec<(&'static str, String)> {
    let mut out = vec![
        ("Paper", "A title with its abstract. Near-duplicates are merged into one paper with all its sources.".to_owned()),
        ("Theme", theme(analysis)),
        ("Terms", "The words and phrases that set a theme apart from the others (c-TF-IDF), best first, as people write them.".to_owned()),
        ("Representative papers", "Those nearest to the centre of the theme that differ from each other.".to_owned()),
        ("On the border", "Papers of a theme that lie nearly as close to another one.".to_owned()),
        ("Papers in no theme", "Papers far from the centre of every theme. They count in every total.".to_owned()),
        ("Survival", "Share of refits of the clustering, on other seeds and samples, in which the theme comes back.".to_owned()),
        ("Map", "The papers laid out on a plane so that papers with like words lie near each other. Directions and distances between groups mean nothing.".to_owned()),
    ];
    if let Some(timeline) = &analysis.trends.timeline {
        out.extend(trend_words(format::unit(timeline.unit), timeline.clock, analysis.trends.q));
    }
    out.push((
        "What the numbers do not say",
        "Result pages of a search and curated listings are no random sample of a field. A share here is a share of the \
         papers that were read; it moves when the field moves, and also when the search, the listing or the people who \
         curate it do."
            .to_owned(),
    ));
    out
}

fn theme(analysis: &Analysis) -> String {
    let reason = clean::line(&analysis.themes.count.reason);
    let why = if reason.is_empty() { String::new() } else { format!(" Number of themes: {reason}.") };
    format!(
        "A group of papers with like words: {} terms weighted by TF-IDF, reduced to {} dimensions, then clustered.{why}",
        format::count(analysis.n_terms),
        format::count(analysis.themes.dimensions)
    )
}

fn trend_words(unit: &str, clock: Clock, q: f64) -> Vec<(&'static str, String)> {
    let which = match clock {
        Clock::Published => "the paper\u{2019}s own date",
        Clock::Seen => "the day the paper was listed",
    };
    let rate = if q > 0.0 { format!(" (at a rate of {})", format::percent(q)) } else { String::new() };
    vec![
        ("Date", format!("Each paper counts in the {unit} of {which}. Papers without that date take part in themes, not in trends.")),
        ("Share", format!("Papers of the theme in a {unit} over all dated papers in that {unit}, in a theme or not. A {unit} without papers has no share.")),
        ("Interval", "The range that holds the true share or change in 95 of 100 such samples, as far as the papers are a sample.".to_owned()),
        ("From, to", format!("The fitted share in the first and the last finished {unit} of the window, not the raw one.")),
        ("q", "The smallest rate of false discoveries, over all themes, at which this theme would pass.".to_owned()),
        ("Rising, falling", format!("The change over the window passes a two-sided test with control of false discoveries over all themes{rate}.")),
        ("Flat", "The interval of the change lies within the stated margin of no change.".to_owned()),
        ("Too few papers", "Anything else could be true: a rise, a fall or no change.".to_owned()),
        ("Not finished", format!("The data ends inside this {unit}. It is drawn hollow and left out of every test.")),
    ]
}
