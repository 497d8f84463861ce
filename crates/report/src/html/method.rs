//! Turns the definitions and the quality of the themes into the method section of the page.
//! Does not word them: `crate::method` does.

use crate::method::definitions;
use crate::quality;
use maud::{Markup, html};
use model::Analysis;

/// `choice`: the chart of the numbers of themes that were tried; empty where there is none.
pub fn section(analysis: &Analysis, choice: &Markup) -> Markup {
    let candidates = &analysis.themes.count.candidates;
    html! {
        section #method {
            h2 { "Method" }
            dl { @for (word, meaning) in definitions(analysis) { dt { (word) } dd { (meaning) } } }
            h3 { "Quality of the themes" }
            table.facts {
                tbody {
                    @for measure in quality::measures(&analysis.themes.quality) {
                        tr { th scope="row" { (measure.name) } td.number { (measure.shown) } td { (measure.meaning) } }
                    }
                }
            }
            @if !candidates.is_empty() {
                h3 { "Numbers of themes that were tried" }
                (choice)
                div.scroll tabindex="0" role="group" aria-label="Numbers of themes tried" {
                    table.facts {
                        thead {
                            tr {
                                th.number scope="col" { "Themes" }
                                th.number scope="col" { "Agreement of refits" }
                                th.number scope="col" { "Separation" }
                                th.number scope="col" { "Score" }
                                th scope="col" { "Choice" }
                            }
                        }
                        tbody {
                            @for c in candidates {
                                tr.chosen[c.k == analysis.themes.count.k] {
                                    td.number { (c.k) }
                                    td.number { (format!("{:.3}", c.agreement)) }
                                    td.number { (format!("{:.3}", c.separation)) }
                                    td.number { (format!("{:.3}", c.score)) }
                                    td { @if c.k == analysis.themes.count.k { "chosen" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
