//! Turns the end of a run into one JSON object for machines. Whatever else a program wants to know stands in the run
//! folder, whose path is given; nothing is computed here.

use crate::{
    difference::Difference,
    effective::{Effective, Origin},
};
use model::{
    Analysis, LikePaper, Membership, Notice, Severity, SharedTerm, SharedWithTheme, SourceSummary, Sweep, SweptTheme,
    Theme, Verdict, VerdictKind,
};
use pipeline::{Compared, Explained, Line, Reading};
use serde_json::{Map, Value, json};
use std::path::Path;

pub fn report(analysis: &Analysis, folder: &Path) -> Value {
    json!({
        "status": "done",
        "verb": "report",
        "version": analysis.version,
        "run_id": analysis.run_id,
        "folder": folder.display().to_string(),
        "report": folder.join("report.html").display().to_string(),
        "papers": analysis.papers.len(),
        "merged": analysis.merged,
        "dated": analysis.trends.dated,
        "undated": analysis.trends.undated,
        "sources": sources(&analysis.inputs),
        "themes": themes(analysis),
        "trends_absent_because": analysis.trends.absent_because,
        "notices": notices(analysis.notices.iter().chain(&analysis.trends.notices)),
    })
}

pub fn papers(reading: &Reading, output: Option<&Path>) -> Value {
    let dated = reading.papers.published().iter().flatten().count();
    json!({
        "status": "done",
        "verb": "papers",
        "version": pipeline::VERSION,
        "output": output.map(|path| path.display().to_string()),
        "papers": reading.papers.len(),
        "merged": reading.merged,
        "dated": dated,
        "undated": reading.papers.len() - dated,
        "sources": sources(&reading.sources),
        "notices": notices(&reading.notices),
    })
}

/// Why a paper is where it is; `theme` is null for a paper in no theme, whose `nearest` theme stands beside it.
pub fn explain(explained: &Explained) -> Value {
    let Explained { papers, themes, explanation } = explained;
    let (ids, titles) = (papers.ids(), papers.documents().titles);
    let row = explanation.paper;
    let theme =
        |position: usize| json!({ "theme": themes.themes[position].id.0, "name": themes.themes[position].name });
    let membership = |of: &Membership| {
        let Theme { id, name, .. } = &themes.themes[of.theme];
        json!({ "theme": id.0, "name": name, "probability": of.probability })
    };
    let term =
        |t: &SharedTerm| json!({ "term": t.display, "in_paper": t.in_paper, "in_theme": t.in_theme, "part": t.part });
    let shared = |s: &SharedWithTheme| {
        json!({
            "theme": themes.themes[s.theme].id.0, "name": themes.themes[s.theme].name,
            "terms": s.terms.iter().map(term).collect::<Vec<_>>(), "terms_shared": s.shared, "terms_of_paper": s.of,
        })
    };
    let like = |l: &LikePaper| {
        let theme = themes.assignment.theme[l.paper].map(theme);
        json!({ "id": ids[l.paper], "title": titles[l.paper], "cosine": l.cosine, "theme": theme })
    };
    json!({
        "status": "done",
        "verb": "explain",
        "version": pipeline::VERSION,
        "paper": { "id": ids[row], "title": titles[row], "published": papers.published()[row].map(|d| d.to_string()) },
        "theme": themes.assignment.theme[row].map(theme),
        "strength": themes.assignment.strength[row],
        "memberships": themes.assignment.memberships_of(row).map(membership).collect::<Vec<_>>(),
        "left_out_because": explanation.left_out_because,
        "nearest": explanation.nearest.as_ref().map(shared),
        "next": explanation.next.as_ref().map(shared),
        "like": explanation.like.iter().map(like).collect::<Vec<_>>(),
    })
}

/// What a verb on a finished run wrote.
pub fn written(verb: &str, analysis: &Analysis, files: &[String]) -> Value {
    json!({
        "status": "done", "verb": verb, "version": pipeline::VERSION, "run_id": analysis.run_id,
        "run_version": analysis.version, "files": files,
    })
}

/// What a sweep came to; everything else is in `sweep.json` of its folder.
pub fn sweep(sweep: &Sweep, folder: &Path, resumed: usize) -> Value {
    let theme =
        |theme: &SweptTheme| json!({ "name": theme.name, "papers": theme.papers, "comes_back": theme.comes_back });
    let values = |at: usize| -> Map<String, Value> {
        let values = sweep.settings[at].values.iter().map(|value| Value::from(value.as_str()));
        sweep.axes.iter().map(|axis| axis.name.clone()).zip(values).collect()
    };
    json!({
        "status": "done", "verb": "sweep", "version": sweep.version, "sweep_id": sweep.id,
        "folder": folder.display().to_string(), "settings": sweep.settings.len(), "seeds": sweep.seeds.len(),
        "resumed": resumed, "recommended": sweep.recommended.map(values),
        "reason": sweep.reason, "themes": sweep.themes.iter().map(theme).collect::<Vec<_>>(),
    })
}

/// Every setting with the value that takes effect; `from` says where it comes from.
pub fn settings(effective: &[Effective]) -> Value {
    let setting = |Effective { setting, typed, origin }: &Effective| {
        let (from, file, line) = match origin {
            Origin::Default => ("default", None, None),
            Origin::File { path, line } => ("file", Some(path.display().to_string()), Some(*line)),
            Origin::Environment => ("environment", None, None),
            Origin::Option => ("option", None, None),
        };
        json!({
            "name": setting.name, "value": typed, "from": from, "file": file, "line": line, "default": setting.default(),
            "takes": setting.expected(), "about": setting.about, "variable": setting.variable(),
        })
    };
    let settings: Vec<Value> = effective.iter().map(setting).collect();
    json!({ "status": "done", "verb": "settings", "version": pipeline::VERSION, "settings": settings })
}

/// How two runs differ, in sentences; the numbers stand in the files.
pub fn compared(compared: &Compared<'_>, lines: &[Line], files: &[String]) -> Value {
    let line = |line: &Line| json!({ "about": line.about, "text": line.text });
    json!({
        "status": "done", "verb": "compare", "version": pipeline::VERSION, "first": compared.first.run_id,
        "second": compared.second.run_id, "summary": lines.iter().map(line).collect::<Vec<_>>(), "files": files,
    })
}

/// Whether a run is the same when it is made again, and all that differs, with `why`.
pub fn verified(run_id: &str, files: usize, differences: &[Difference]) -> Value {
    let difference = |Difference { why, name, notice }: &Difference| {
        json!({
            "file": name, "why": why.word(), "found": notice.found, "expected": notice.expected, "hint": notice.hint,
        })
    };
    json!({
        "status": "done", "verb": "verify", "version": pipeline::VERSION, "same": differences.is_empty(),
        "run_id": run_id, "files": files, "differences": differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

pub fn refused(problems: &[Notice]) -> Value {
    json!({ "status": "refused", "version": pipeline::VERSION, "notices": notices(problems) })
}

fn sources(sources: &[SourceSummary]) -> Vec<Value> {
    let source = |source: &SourceSummary| {
        json!({
            "name": source.name, "format": source.format, "bytes": source.bytes, "blake3": source.blake3,
            "papers": source.papers, "dated": source.dated, "undated": source.papers - source.dated,
            "duplicates": source.duplicates, "problems": source.problems, "page_year": source.page_year,
        })
    };
    sources.iter().map(source).collect()
}

fn themes(analysis: &Analysis) -> Vec<Value> {
    let trends = analysis.trends.trends.iter().map(Some).chain(std::iter::repeat(None));
    let theme = |(theme, trend): (&model::Theme, Option<&model::Trend>)| {
        json!({
            "theme": theme.id.0, "name": theme.name, "papers": theme.size,
            "recent": trend.and_then(|trend| trend.recent.as_ref()).map(verdict),
            "overall": trend.and_then(|trend| trend.overall.as_ref()).map(verdict),
        })
    };
    analysis.themes.themes.iter().zip(trends).map(theme).collect()
}

fn verdict(verdict: &Verdict) -> Value {
    let kind = match verdict.kind {
        VerdictKind::Rising => "rising",
        VerdictKind::Falling => "falling",
        VerdictKind::Flat => "flat",
        VerdictKind::TooFewPapers => "too few papers",
    };
    json!({
        "verdict": kind, "window_start": verdict.window_start.to_string(), "window_end": verdict.window_end.to_string(),
        "change": verdict.change, "change_low": verdict.change_low, "change_high": verdict.change_high,
        "p": verdict.p, "q": verdict.q,
    })
}

fn notices<'a>(notices: impl IntoIterator<Item = &'a Notice>) -> Vec<Value> {
    let severity = |severity| match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let notice = |notice: &Notice| {
        json!({
            "severity": severity(notice.severity), "file": notice.file, "line": notice.line,
            "found": notice.found, "expected": notice.expected, "hint": notice.hint,
        })
    };
    notices.into_iter().map(notice).collect()
}
