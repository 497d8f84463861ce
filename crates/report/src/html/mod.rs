//! Turns an analysis and its charts into one self-contained HTML page that makes no request and is whole without its script.
//! Does not draw the large charts; text from outside is escaped by the template engine wherever it lands.

mod course;
mod data;
mod facts;
pub mod head;
mod method;
mod moved;
mod policy;
pub mod spark;
pub mod swatches;
mod themes;
mod tools;

use crate::charts::Chart;
use crate::continuity;
use crate::extent;
use crate::format::{self, counted};
use crate::story::{self, Story};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::Analysis;

/// The style sheet of every page, without the colours of its charts.
pub const STYLE: &str = include_str!("style.css");
/// Searches, filters, sorts and points; the policy names it by its hash.
pub const SCRIPT: &str = include_str!("page.js");

pub fn page(analysis: &Analysis, charts: &[Chart]) -> String {
    let story = story::story(analysis);
    let style = format!("{STYLE}{}", swatches::rules(&[analysis], charts.iter().map(|chart| &chart.inline)));
    html! {
        (DOCTYPE)
        html lang="en" {
            (head::head(&title(analysis), &style, SCRIPT))
            body {
                a.skip href="#themes" { "Skip to the themes" }
                header { (masthead(analysis, &story)) }
                main {
                    (tools::bar(analysis))
                    (moved::section(analysis, &story))
                    (figure(charts, "movers"))
                    (themes::table(analysis))
                    section #charts {
                        h2 { "Course of the themes" }
                        @for name in ["share", "stacked", "ranks", "heatmap", "bursts", "drift"] { (figure(charts, name)) }
                    }
                    (themes::sections(analysis))
                    section #map {
                        h2 { "Map of papers" }
                        (figure(charts, "map"))
                    }
                    (tools::list())
                    @if charts.iter().any(|chart| chart.name == "dendrogram") {
                        section #tree {
                            h2 { "Tree of themes" }
                            (figure(charts, "dendrogram"))
                        }
                    }
                    (method::section(analysis, &figure(charts, "theme_count")))
                    (data::section(analysis))
                }
                (tools::tip())
                footer { p { "Papertide " (analysis.version) ", run " code { (analysis.run_id) } } }
                (facts::block(analysis))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

fn title(analysis: &Analysis) -> String {
    extent::whole_period(analysis)
        .map_or_else(|| "Papertide report".to_owned(), |dates| format!("Papertide report, {dates}"))
}

fn masthead(analysis: &Analysis, story: &Story) -> Markup {
    html! {
        p.kicker { "Papertide report" }
        h1 { (story.headline) }
        p.facts {
            (counted(analysis.papers.len(), "paper", "papers")) " in "
            (counted(analysis.themes.themes.len(), "theme", "themes"))
            @if let Some(dates) = extent::whole_period(analysis) { " · " (dates) }
            @if let Some(timeline) = &analysis.trends.timeline { " · by " (format::unit(timeline.unit)) }
            " · run " code { (analysis.run_id) }
        }
        @for sentence in continuity::sentences(analysis) { p.facts { (sentence) } }
        nav aria-label="Sections" {
            a href="#moved" { "What moved" }
            a href="#themes" { "Themes" }
            a href="#charts" { "Charts" }
            a href="#theme-pages" { "Theme by theme" }
            a href="#map" { "Map" }
            a href="#method" { "Method" }
            a href="#data" { "Data" }
            a href="#settings" { "Settings" }
        }
    }
}

/// The chart inline. Its SVG is the only markup that is not escaped here: `charts` made and escaped it.
fn figure(charts: &[Chart], name: &str) -> Markup {
    html! {
        @if let Some(chart) = charts.iter().find(|c| c.name == name) {
            figure.chart #{ "chart-" (name) } {
                div.scroll tabindex="0" role="group" aria-label=(chart.title) { (PreEscaped(&chart.inline.svg)) }
            }
        }
    }
}
