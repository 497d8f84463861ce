//! Turns what was read into the data section of the page: sources, notices, acronyms, settings.
//! Does not read anything.

use crate::clean::line;
use crate::extent;
use crate::format::{count, counted};
use crate::lags;
use crate::run_json::severity;
use maud::{Markup, html};
use model::{Analysis, LagTable, Notice, SourceSummary};

pub fn section(analysis: &Analysis) -> Markup {
    html! {
        section #data {
            h2 { "Data read" }
            p {
                (counted(analysis.papers.len(), "paper", "papers")) " from "
                (counted(analysis.inputs.len(), "source", "sources")) ": "
                (extent::dated(analysis)) ", "
                (counted(analysis.merged, "duplicate", "duplicates")) " merged."
            }
            @if let Some(timeline) = &analysis.trends.timeline {
                p {
                    "Bins: " (line(&timeline.reason)) ". "
                    @if !timeline.clock_reason.is_empty() { "Clock: " (line(&timeline.clock_reason)) "." }
                }
            }
            (sources(&analysis.inputs))
            @if let Some(lags) = &analysis.trends.lags { (lag_table(lags)) }
            (notices(analysis))
            @if !analysis.acronyms.is_empty() {
                h3 { "Acronyms the papers explain" }
                p {
                    @for (i, found) in analysis.acronyms.iter().enumerate() {
                        @if i > 0 { "; " } (line(&found.acronym)) " = " (line(&found.long_form))
                    }
                }
            }
        }
        section #settings {
            h2 { "Settings" }
            table.facts {
                tbody {
                    @for s in &analysis.settings { tr { th scope="row" { code { (s.name) } } td { code { (line(&s.value)) } } } }
                    tr { th scope="row" { "Version" } td { (analysis.version) } }
                    tr { th scope="row" { "Run" } td { code { (analysis.run_id) } } }
                }
            }
        }
    }
}

fn lag_table(lags: &LagTable) -> Markup {
    html! {
        h3 { "From a paper\u{2019}s own date to its listing" }
        p { (lags::sentence(lags)) }
        table.facts {
            thead { tr { th scope="col" { "Listed within" } th.number scope="col" { "Papers" } } }
            tbody { @for (within, share) in lags::rows(lags) { tr { th scope="row" { (within) } td.number { (share) } } } }
        }
    }
}

fn sources(inputs: &[SourceSummary]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Table of sources" {
            table {
                thead {
                    tr {
                        th scope="col" { "Source" }
                        th scope="col" { "Format" }
                        th.number scope="col" { "Papers" }
                        th.number scope="col" { "Dated" }
                        th.number scope="col" { "Undated" }
                        th.number scope="col" { "Duplicates" }
                        th.number scope="col" { "Problems" }
                        th scope="col" { "Year taken" }
                    }
                }
                tbody {
                    @for s in inputs {
                        tr {
                            th scope="row" { (line(&s.name)) }
                            td { (s.format) }
                            td.number { (count(s.papers)) }
                            td.number { (count(s.dated)) }
                            td.number { (count(s.papers.saturating_sub(s.dated))) }
                            td.number { (count(s.duplicates)) }
                            td.number { (count(s.problems)) }
                            td { @if let Some(year) = &s.page_year { (line(year)) } }
                        }
                    }
                }
            }
        }
    }
}

fn notices(analysis: &Analysis) -> Markup {
    let all: Vec<&Notice> = analysis.notices.iter().chain(&analysis.trends.notices).collect();
    html! {
        @if !all.is_empty() {
            h3 { "Notices" }
            ul.notices { @for notice in all { li { (one(notice)) } } }
        }
    }
}

fn one(notice: &Notice) -> Markup {
    html! {
        strong { (severity(notice.severity)) }
        @if let Some(file) = &notice.file {
            " " code { (line(file)) @if let Some(n) = notice.line { ":" (n) } }
        }
        ": " (line(&notice.found))
        @if !notice.expected.is_empty() { ", expected " (line(&notice.expected)) }
        "."
        @if !notice.hint.is_empty() { " Hint: " (line(&notice.hint)) "." }
    }
}
