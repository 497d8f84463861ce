//! `papertide explain`: why one paper is in its theme, or in none. Finds the themes as `report` does with the same options,
//! and writes nothing.

use crate::{
    args::ExplainOptions,
    console::{plain, write_notices, write_table},
    effective, json,
    outcome::{self, Failure},
    progress::Progress,
    reading,
};
use model::{Notice, Papers, Severity, SharedWithTheme, Theme};
use pipeline::{Explained, Stage, WhichPaper};
use std::io::{self, Write};

/// Titles named in an error.
const NAMED: usize = 10;

pub fn run(options: &ExplainOptions) -> Result<(), Failure> {
    outcome::of(&options.input.manner, || explain(options))
}

fn explain(options: &ExplainOptions) -> Result<(), Failure> {
    let settings = effective::settings(&options.settings)?;
    let progress = Progress::new(options.input.manner.quiet);
    progress.begin(Stage::Papers);
    let reading = reading::read(&options.input.inputs, &settings.read)?;
    let row = pipeline::find_paper(&reading.papers, &options.paper)
        .map_err(|which| Failure::Refused(vec![not_one(&reading.papers, &options.paper, &which)]))?;
    let notices = reading.notices.clone();
    let explained = pipeline::explain(reading, row, &settings, &mut |stage| progress.begin(stage))
        .map_err(|error| effective::refused(&error))?;
    drop(progress);
    write_notices(&mut anstream::stderr(), &notices, Severity::Warning)?;
    let mut out = anstream::stdout().lock();
    if options.input.manner.json {
        writeln!(out, "{}", json::explain(&explained))?;
    } else {
        write(&mut out, &explained)?;
    }
    Ok(())
}

fn not_one(papers: &Papers, asked: &str, which: &WhichPaper) -> Notice {
    let (found, rows) = match which {
        WhichPaper::None(rows) => (format!("--paper {asked}: no title has all these words"), rows),
        WhichPaper::Several(rows) => (format!("--paper {asked}: {} titles have these words", rows.len()), rows),
    };
    let (ids, titles) = (papers.ids(), papers.documents().titles);
    let named: Vec<String> = rows.iter().take(NAMED).map(|&row| format!("{} ({})", titles[row], ids[row])).collect();
    let meant = if named.is_empty() { "there are no papers".to_owned() } else { named.join("; ") };
    let more = rows.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let hint = format!("did you mean: {meant}{more}");
    outcome::problem(None, found, "the id of a paper, or words of its title only", &hint)
}

fn write(out: &mut dyn Write, explained: &Explained) -> io::Result<()> {
    let Explained { papers, themes, explanation } = explained;
    let row = explanation.paper;
    let (ids, titles, published) = (papers.ids(), papers.documents().titles, papers.published());
    let day = published[row].map_or_else(|| "undated".to_owned(), |day| day.to_string());
    writeln!(out, "paper:  {} ({}, {day})", plain(titles[row]), ids[row])?;
    let named = |shared: &SharedWithTheme| name(&themes.themes[shared.theme]);
    match (&explanation.left_out_because, &explanation.nearest) {
        (None, Some(own)) => {
            let strength = themes.assignment.strength[row];
            writeln!(out, "theme:  {}, strength {strength:.2} of 1", named(own))?;
            let others = themes.assignment.memberships_of(row).filter(|of| of.theme != own.theme);
            let others: Vec<String> = others
                .map(|of| format!("{} ({:.0}%)", name(&themes.themes[of.theme]), 100.0 * of.probability))
                .collect();
            if !others.is_empty() {
                writeln!(out, "or:     {}", others.join(", "))?;
            }
        }
        (because, _) => writeln!(out, "theme:  none: {}", plain(because.as_deref().unwrap_or("there is no theme")))?,
    }
    for (what, shared) in [("nearest", &explanation.nearest), ("next", &explanation.next)] {
        let Some(shared) = shared else { continue };
        let what = if what == "nearest" && explanation.left_out_because.is_none() { "its" } else { what };
        writeln!(out, "\n{what} theme, {}: has {} of the paper's {} terms", named(shared), shared.shared, shared.of)?;
        write_table(out, &rows(shared))?;
    }
    if !explanation.like.is_empty() {
        writeln!(out, "\npapers with the most like words, which place it as much as its own words do:")?;
    }
    for like in &explanation.like {
        let theme = themes.assignment.theme[like.paper].map(|theme| name(&themes.themes[theme]));
        let theme = theme.unwrap_or_else(|| "no theme".to_owned());
        writeln!(out, "  {:.2}  {}  [{theme}]", like.cosine, plain(titles[like.paper]))?;
    }
    Ok(())
}

fn name(theme: &Theme) -> String {
    format!("{} {}", theme.id.0, plain(&theme.name))
}

/// Terms with their weights: TF-IDF in the paper, c-TF-IDF in the theme, and the part of the product in the sum of all.
fn rows(shared: &SharedWithTheme) -> Vec<Vec<String>> {
    let heading = ["  term", "in the paper", "in the theme", "part"].map(str::to_owned).to_vec();
    let row = |term: &model::SharedTerm| {
        vec![
            format!("  {}", term.display),
            format!("{:.3}", term.in_paper),
            format!("{:.5}", term.in_theme),
            format!("{:.0}%", 100.0 * term.part),
        ]
    };
    std::iter::once(heading).chain(shared.terms.iter().map(row)).collect()
}
