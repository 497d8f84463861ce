//! Turns an analysis into `run.json`: what the run was made of and what came of it, for programs.
//! Does not repeat the tables: papers, shares and verdicts are there.

use crate::{ReportError, format, json_bytes::json_bytes, quality};
use model::{Acronym, Analysis, Continuity, GoneTheme, Notice, Origin, Severity, SourceSummary, Theme, Timeline};
use serde_json::{Map, Value, json};

/// The bytes of the file.
pub fn bytes(analysis: &Analysis) -> Result<Vec<u8>, ReportError> {
    json_bytes(&value(analysis))
}

fn value(analysis: &Analysis) -> Value {
    let settings: Map<String, Value> =
        analysis.settings.iter().map(|s| (s.name.clone(), Value::from(s.value.as_str()))).collect();
    json!({
        "run_id": analysis.run_id,
        "version": analysis.version,
        "settings": settings,
        "inputs": analysis.inputs.iter().map(input).collect::<Vec<_>>(),
        "counts": counts(analysis),
        "quality": quality(analysis),
        "acronyms": analysis.acronyms.iter().map(acronym).collect::<Vec<_>>(),
        "previous": analysis.continuity.as_ref().map(|continuity| previous(continuity, analysis)),
        "theme_count": theme_count(analysis),
        "themes": analysis.themes.themes.iter().map(theme).collect::<Vec<_>>(),
        "timeline": analysis.trends.timeline.as_ref().map(timeline),
        "trends_absent_because": analysis.trends.absent_because,
        "notices": analysis.notices.iter().chain(&analysis.trends.notices).map(notice).collect::<Vec<_>>(),
    })
}

fn acronym(found: &Acronym) -> Value {
    json!({
        "acronym": found.acronym, "long_form": found.long_form, "explained": found.explained, "used": found.used,
    })
}

/// An input as it is told of in every JSON file.
pub fn input(source: &SourceSummary) -> Value {
    json!({
        "name": source.name, "bytes": source.bytes, "blake3": source.blake3, "format": source.format,
        "papers": source.papers, "dated": source.dated, "duplicates": source.duplicates,
        "problems": source.problems, "page_year": source.page_year,
    })
}

fn counts(analysis: &Analysis) -> Value {
    let in_no_theme = analysis.themes.assignment.theme.iter().filter(|t| t.is_none()).count();
    json!({
        "papers": analysis.papers.len(), "merged": analysis.merged,
        "dated": analysis.trends.dated, "undated": analysis.trends.undated,
        "terms": analysis.n_terms, "dimensions": analysis.themes.dimensions,
        "themes": analysis.themes.themes.len(), "papers_in_no_theme": in_no_theme,
    })
}

fn quality(analysis: &Analysis) -> Value {
    quality::measures(&analysis.themes.quality).into_iter().map(|m| (m.key.to_owned(), Value::from(m.value))).collect()
}

fn theme_count(analysis: &Analysis) -> Value {
    let count = &analysis.themes.count;
    let candidates: Vec<Value> = count
        .candidates
        .iter()
        .map(|c| json!({ "k": c.k, "agreement": c.agreement, "separation": c.separation, "score": c.score }))
        .collect();
    json!({ "k": count.k, "reason": count.reason, "candidates": candidates })
}

fn previous(continuity: &Continuity, analysis: &Analysis) -> Value {
    let (mut kept, mut new) = (Vec::new(), Vec::new());
    for (Theme { id, .. }, origin) in analysis.themes.themes.iter().zip(&continuity.origins) {
        match origin {
            Origin::Kept { shared, jaccard, ambiguous, renamed_from } => kept.push(json!({
                "theme": id.0, "shared": shared, "jaccard": jaccard, "ambiguous": ambiguous, "renamed_from": renamed_from,
            })),
            Origin::New { part_of } => new.push(json!({ "theme": id.0, "part_of": part_of.map(|id| id.0) })),
        }
    }
    let gone = |GoneTheme { id, name, papers, merged_into }: &GoneTheme| json!({ "theme": id.0, "name": name, "papers": papers, "merged_into": merged_into.map(|id| id.0) });
    json!({
        "run_id": continuity.run_id, "shared_papers": continuity.shared_papers, "kept": kept, "new": new,
        "gone": continuity.gone.iter().map(gone).collect::<Vec<_>>(), "last_number": continuity.last_number,
    })
}

fn theme(theme: &Theme) -> Value {
    json!({
        "theme": theme.id.0, "name": theme.name, "papers": theme.size, "survival": theme.survival,
        "colour": format::hex(theme.colour),
        "terms": theme.terms.iter().map(|t| json!({ "term": t.display, "weight": t.weight })).collect::<Vec<_>>(),
    })
}

fn timeline(timeline: &Timeline) -> Value {
    json!({
        "unit": format::unit(timeline.unit), "clock": format::clock(timeline.clock),
        "as_of": timeline.as_of.to_string(), "reason": timeline.reason,
        "bins": timeline.bins.len(), "finished": timeline.bins.iter().filter(|b| b.finished).count(),
        "start": timeline.bins.first().map(|b| b.start.to_string()),
        "end": timeline.bins.last().map(|b| b.end.to_string()),
    })
}

fn notice(notice: &Notice) -> Value {
    json!({
        "severity": severity(notice.severity), "file": notice.file, "line": notice.line,
        "found": notice.found, "expected": notice.expected, "hint": notice.hint,
    })
}

/// The word for a severity in every output.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
