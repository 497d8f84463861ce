//! Turns an analysis into `report.md`: what the HTML page says, in Markdown that code hosts render, charts by link.
//! Does not word the findings anew: sentences and definitions are those of `story` and `method`.

use crate::charts::Chart;
use crate::citation::{Citation, Shelf};
use crate::clean::markdown as text;
use crate::format::{self, count, counted, percent};
use crate::run_json::severity;
use crate::story::Part;
use crate::windows::{Window, windows};
use crate::{continuity, extent, lags, method, quality, story, upvotes};
use model::{Analysis, Notice, ThemeCount, ThemeCountCandidate};

pub fn page(analysis: &Analysis, charts: &[Chart]) -> String {
    let windows = windows(analysis);
    let mut blocks = vec![opening(analysis), moved(analysis), theme_table(analysis)];
    blocks.extend(charts.iter().filter(|c| c.name != CHOICE).map(picture));
    if !analysis.themes.themes.is_empty() {
        blocks.push("## Theme by theme".to_owned());
    }
    let shelf = Shelf::new(&analysis.papers);
    blocks.extend((0..analysis.themes.themes.len()).map(|position| theme(analysis, &shelf, &windows, position)));
    blocks.push(method_page(analysis));
    blocks.extend(charts.iter().filter(|c| c.name == CHOICE).map(picture));
    blocks.extend([data(analysis), settings(analysis)]);
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

/// The chart that belongs to the method and not to what moved.
const CHOICE: &str = "theme_count";

fn picture(chart: &Chart) -> String {
    format!("![{}](charts/{}.svg)", text(&chart.title), chart.name)
}

fn opening(analysis: &Analysis) -> String {
    let facts = format!(
        "{} in {}, run `{}`",
        counted(analysis.papers.len(), "paper", "papers"),
        counted(analysis.themes.themes.len(), "theme", "themes"),
        analysis.run_id
    );
    let since: String = continuity::sentences(analysis).iter().flat_map(|s| ["\n\n".to_owned(), text(s)]).collect();
    format!("# {}\n\n{facts}{since}", text(&story::story(analysis).headline))
}

fn moved(analysis: &Analysis) -> String {
    let story = story::story(analysis);
    let mut lines = vec!["## What moved".to_owned()];
    if story.parts.is_empty() {
        lines.extend([String::new(), format!("{}.", text(&story.headline))]);
    }
    for part in &story.parts {
        if story.parts.len() > 1 {
            lines.extend([String::new(), format!("### {}", text(&part.title))]);
        }
        lines.push(String::new());
        lines.extend(moved_over(analysis, part));
    }
    lines.extend(story.beside.iter().flat_map(|s| [String::new(), text(s)]));
    if !story.unsaid.is_empty() {
        lines.extend([String::new(), "### What cannot be said".to_owned(), String::new()]);
        lines.extend(story.unsaid.iter().map(|s| format!("- {}", text(s))));
    }
    lines.join("\n")
}

fn moved_over(analysis: &Analysis, part: &Part) -> Vec<String> {
    let (listed, more) = part.listed();
    let mut lines = Vec::new();
    for moved in &listed {
        let name = text(&story::name(&analysis.themes.themes[moved.position]));
        let care: String = moved.care.iter().flat_map(|sentence| [" ", sentence]).collect();
        lines.push(format!("- **{name}**: {}: **{}**.{care}", text(&moved.numbers), format::verdict(moved.kind)));
    }
    lines.extend(part.still.as_ref().map(|still| text(still)));
    if more > 0 {
        lines.extend([String::new(), format!("And {more} more in the table.")]);
    }
    if !part.flat.is_empty() {
        lines.extend([String::new(), format!("Flat: {}.", text(&part.flat.join(", ")))]);
    }
    lines
}

fn theme_table(analysis: &Analysis) -> String {
    let windows = windows(analysis);
    let mut lines = vec!["## Themes".to_owned(), String::new()];
    if analysis.themes.themes.is_empty() {
        lines.push("No themes were found.".to_owned());
    } else {
        let mut heading = vec!["Theme".to_owned(), "Papers".to_owned(), "Share".to_owned()];
        heading.extend(windows.iter().map(|w| format!("Verdict, {}", w.length)));
        heading.extend(analysis.continuity.as_ref().map(|_| "Origin".to_owned()));
        heading.extend(["Survival".to_owned(), "Terms".to_owned()]);
        lines.push(format!("| {} |", heading.join(" | ")));
        lines.push(format!("|---|--:|--:|{}", "---|".repeat(heading.len() - 3)));
    }
    lines.extend((0..analysis.themes.themes.len()).map(|position| theme_row(analysis, &windows, position)));
    lines.join("\n")
}

fn theme_row(analysis: &Analysis, windows: &[Window<'_>], position: usize) -> String {
    let theme = &analysis.themes.themes[position];
    let survival = theme.survival.map_or_else(String::new, |s| {
        let share = format::whole_percent(f64::from(s));
        if story::survives(s) { share } else { format!("{share}, does not survive") }
    });
    let terms: Vec<String> = theme.terms.iter().take(6).map(|t| text(&t.display)).collect();
    let mut cells = vec![
        text(&story::name(theme)),
        count(theme.size),
        percent(theme.size as f64 / analysis.papers.len().max(1) as f64),
    ];
    let word = |w: &Window<'_>| {
        let by_count = w.verdict(position).map_or_else(String::new, story::verdict);
        let by_upvotes =
            upvotes::other(analysis, w, position).map(|v| format!("; by upvotes {}", format::verdict(v.kind)));
        format!("{by_count}{}", by_upvotes.unwrap_or_default())
    };
    cells.extend(windows.iter().map(word));
    cells.extend(continuity::origin(analysis, position).map(|origin| continuity::word(origin).to_owned()));
    cells.extend([survival, terms.join(", ")]);
    format!("| {} |", cells.join(" | "))
}

fn theme(analysis: &Analysis, shelf: &Shelf<'_>, windows: &[Window<'_>], position: usize) -> String {
    let theme = &analysis.themes.themes[position];
    let mut lines = vec![format!("### {}", text(&story::name(theme))), String::new()];
    if let Some(survival) = story::survival(theme) {
        lines.extend([format!("It {survival}."), String::new()]);
    }
    lines.extend(continuity::of_theme(analysis, position).into_iter().flat_map(|s| [text(&s), String::new()]));
    for window in windows {
        let Some(v) = window.verdict(position) else { continue };
        lines.push(format!("Verdict: {}; {}.", story::verdict(v), text(&story::numbers(window, v))));
        lines.extend(story::why(v).map(|why| text(&why)));
        lines.extend(story::checks(window, v).map(|checks| text(&checks)));
        lines.extend(upvotes::beside(analysis, window, position).map(|beside| text(&beside)));
        lines.push(String::new());
    }
    if let Some(trend) = analysis.trends.trends.get(position) {
        lines.extend(story::notable(trend).iter().flat_map(|s| [text(s), String::new()]));
    }
    let terms: Vec<String> = theme.terms.iter().map(|t| text(&t.display)).collect();
    lines.extend([format!("Terms: {}", terms.join(", ")), String::new()]);
    lines.extend(shelf.cite(theme.representative.iter().copied()).iter().map(|c| format!("- {}", cited(c))));
    let border = shelf.cite(theme.border.iter().map(|b| b.paper));
    lines.extend(border.iter().zip(&theme.border).map(|(citation, b)| {
        format!("- {}, on the border to {}", cited(citation), text(&story::name(&analysis.themes.themes[b.other])))
    }));
    lines.join("\n")
}

fn cited(paper: &Citation) -> String {
    let title = text(&paper.title);
    let title = paper.link.as_ref().map_or(title.clone(), |link| format!("[{title}]({link})"));
    let day = paper.day.map_or_else(|| "undated".to_owned(), format::day);
    format!("{title}, {day} ({})", text(&paper.sources.join(", ")))
}

fn method_page(analysis: &Analysis) -> String {
    let mut lines = vec!["## Method".to_owned(), String::new()];
    lines
        .extend(method::definitions(analysis).iter().map(|(word, meaning)| format!("- **{word}**: {}", text(meaning))));
    lines.extend([String::new(), "| Quality | Value | Meaning |\n|---|--:|---|".to_owned()]);
    let measures = quality::measures(&analysis.themes.quality);
    lines.extend(measures.iter().map(|m| format!("| {} | {} | {} |", m.name, m.shown, text(m.meaning))));
    lines.extend(candidates(&analysis.themes.count));
    lines.join("\n")
}

fn candidates(count: &ThemeCount) -> Vec<String> {
    if count.candidates.is_empty() {
        return Vec::new();
    }
    let heading = "\n| Themes tried | Agreement of refits | Separation | |\n|--:|--:|--:|---|".to_owned();
    let row = |c: &ThemeCountCandidate| {
        let chosen = if c.k == count.k { "chosen" } else { "" };
        format!("| {} | {:.3} | {:.3} | {chosen} |", c.k, c.agreement, c.separation)
    };
    std::iter::once(heading).chain(count.candidates.iter().map(row)).collect()
}

fn data(analysis: &Analysis) -> String {
    let mut lines = vec!["## Data read".to_owned(), String::new()];
    lines.push(format!(
        "{}: {}, {} merged.",
        counted(analysis.papers.len(), "paper", "papers"),
        extent::dated(analysis),
        counted(analysis.merged, "duplicate", "duplicates")
    ));
    lines.push("\n| Source | Format | Papers | Dated | Duplicates | Problems |\n|---|---|--:|--:|--:|--:|".to_owned());
    lines.extend(analysis.inputs.iter().map(|s| {
        format!(
            "| {} | {} | {} | {} | {} | {} |",
            text(&s.name),
            text(&s.format),
            count(s.papers),
            count(s.dated),
            count(s.duplicates),
            count(s.problems)
        )
    }));
    lines.extend(lag_table(analysis));
    let notices: Vec<&Notice> = analysis.notices.iter().chain(&analysis.trends.notices).collect();
    if !notices.is_empty() {
        lines.push("\n### Notices\n".to_owned());
    }
    lines.extend(notices.into_iter().map(notice));
    lines.join("\n")
}

fn lag_table(analysis: &Analysis) -> Vec<String> {
    let Some(lags) = &analysis.trends.lags else { return Vec::new() };
    let mut lines = vec![format!("\n{}\n", lags::sentence(lags)), "| Listed within | Papers |\n|---|--:|".to_owned()];
    lines.extend(lags::rows(lags).into_iter().map(|(within, share)| format!("| {within} | {share} |")));
    lines
}

fn notice(notice: &Notice) -> String {
    let place = match (&notice.file, notice.line) {
        (Some(file), Some(line)) => format!(" {}:{line}", text(file)),
        (Some(file), None) => format!(" {}", text(file)),
        (None, _) => String::new(),
    };
    let part =
        |before: &str, what: &str| if what.is_empty() { String::new() } else { format!("{before}{}", text(what)) };
    format!(
        "- **{}**{place}: {}{}.{}",
        severity(notice.severity),
        text(&notice.found),
        part(", expected ", &notice.expected),
        part(" Hint: ", &notice.hint)
    )
}

fn settings(analysis: &Analysis) -> String {
    let rows: Vec<String> =
        analysis.settings.iter().map(|s| format!("| {} | {} |", text(&s.name), text(&s.value))).collect();
    format!(
        "## Settings\n\n| Setting | Value |\n|---|---|\n{}\n\nPapertide {}, run `{}`",
        rows.join("\n"),
        text(&analysis.version),
        analysis.run_id
    )
}
