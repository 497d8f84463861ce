//! Turns what became of the themes of the previous run into sentences and words, the same in page, Markdown, mail and table.
//! Does not match themes: the themes stage does.

use crate::format::{counted, whole_percent};
use crate::{clean, story};
use model::{Analysis, Continuity, GoneTheme, Origin, Theme, ThemeId};

/// So many themes are named in a sentence.
const NAMED: usize = 6;

/// What went on, what is new, what is gone, and where that was not clear-cut; nothing without a previous run.
pub fn sentences(analysis: &Analysis) -> Vec<String> {
    let Some(continuity) = &analysis.continuity else { return Vec::new() };
    let themes = || analysis.themes.themes.iter().zip(&continuity.origins);
    let new = themes().filter(|(_, origin)| matches!(origin, Origin::New { .. }));
    let new: Vec<String> = new.map(|(theme, origin)| newcomer(theme, origin, analysis, continuity)).collect();
    let gone: Vec<String> = continuity.gone.iter().map(|gone| lost(gone, analysis)).collect();
    let unclear = themes().filter(|(_, origin)| matches!(origin, Origin::Kept { ambiguous: true, .. }));
    let unclear: Vec<String> = unclear.map(|(theme, _)| story::name(theme)).collect();
    let renamed: Vec<String> = themes().filter_map(|(theme, origin)| renamed(theme, origin)).collect();
    let lists = [
        ("New", new),
        ("Gone", gone),
        ("Goes on, though another theme would have matched nearly as well", unclear),
        ("Called otherwise now", renamed),
    ];
    let listed = lists.into_iter().filter(|(_, names)| !names.is_empty());
    std::iter::once(summary(analysis, continuity))
        .chain(listed.map(|(what, names)| format!("{what}: {}.", some_of(&names))))
        .collect()
}

/// `Of 14 themes, 12 go on from run 0a1b2c3d4e5f (320 papers in both runs) with number, name and colour, 2 are new; 1 theme of that run
/// is gone.`
fn summary(analysis: &Analysis, continuity: &Continuity) -> String {
    let (all, kept, gone) = (analysis.themes.themes.len(), continuity.kept(), continuity.gone.len());
    let themes = counted(all, "theme", "themes");
    let go_on = |n: usize| if n == 1 { "goes on" } else { "go on" };
    let (on, new) = match all - kept {
        0 => (format!("All of {themes} go on"), String::new()),
        1 => (format!("Of {themes}, {kept} {}", go_on(kept)), ", 1 is new".to_owned()),
        new => (format!("Of {themes}, {kept} {}", go_on(kept)), format!(", {new} are new")),
    };
    let gone = match gone {
        0 => "no theme of that run is gone".to_owned(),
        1 => "1 theme of that run is gone".to_owned(),
        gone => format!("{gone} themes of that run are gone"),
    };
    let (run, shared) = (&continuity.run_id, counted(continuity.shared_papers, "paper", "papers"));
    format!("{on} from run {run} ({shared} in both runs) with number, name and colour{new}; {gone}.")
}

fn newcomer(theme: &Theme, origin: &Origin, analysis: &Analysis, continuity: &Continuity) -> String {
    let name = story::name(theme);
    match origin {
        Origin::New { part_of: Some(whole) } => {
            format!("{name} (was a part of {})", was_called(*whole, analysis, continuity))
        }
        _ => name,
    }
}

/// The name in the previous run of a theme with this number, which may be gone.
fn was_called(id: ThemeId, analysis: &Analysis, continuity: &Continuity) -> String {
    let gone = continuity.gone.iter().find(|gone| gone.id == id).map(|gone| clean::line(&gone.name));
    gone.or_else(|| now_called(id, analysis)).unwrap_or_else(|| format!("theme {}", id.0))
}

fn now_called(id: ThemeId, analysis: &Analysis) -> Option<String> {
    analysis.themes.themes.iter().find(|theme| theme.id == id).map(story::name)
}

fn lost(gone: &GoneTheme, analysis: &Analysis) -> String {
    let name = clean::line(&gone.name);
    match gone.merged_into.and_then(|id| now_called(id, analysis)) {
        Some(into) => format!("{name} (now in {into})"),
        None => format!("{name} (had {})", counted(gone.papers, "paper", "papers")),
    }
}

fn renamed(theme: &Theme, origin: &Origin) -> Option<String> {
    match origin {
        Origin::Kept { renamed_from: Some(before), .. } => {
            Some(format!("{} (before: {})", story::name(theme), clean::line(before)))
        }
        _ => None,
    }
}

/// `A, B and 3 more`.
fn some_of(names: &[String]) -> String {
    match names.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..NAMED].join(", ")),
    }
}

/// Where the theme at a position comes from, `None` without a previous run.
pub fn origin(analysis: &Analysis, position: usize) -> Option<&Origin> {
    analysis.continuity.as_ref()?.origins.get(position)
}

/// The word for it in every table.
pub fn word(origin: &Origin) -> &'static str {
    match origin {
        Origin::Kept { .. } => "kept",
        Origin::New { .. } => "new",
    }
}

/// Papers of either run, among those in both, that are in the theme in both: in [0, 1]; `None` for a new theme.
pub fn jaccard(origin: &Origin) -> Option<f64> {
    match origin {
        Origin::Kept { jaccard, .. } => Some(*jaccard),
        Origin::New { .. } => None,
    }
}

/// `It goes on from the previous run: 30 papers are in it in both runs, 94% of those that both runs read and either has in it.`
pub fn of_theme(analysis: &Analysis, position: usize) -> Option<String> {
    let continuity = analysis.continuity.as_ref()?;
    Some(match origin(analysis, position)? {
        Origin::New { part_of: None } => "It is new: no theme of the previous run is it.".to_owned(),
        Origin::New { part_of: Some(whole) } => {
            format!("It is new: a part of what was {} in the previous run.", was_called(*whole, analysis, continuity))
        }
        Origin::Kept { shared, jaccard, ambiguous, .. } => {
            let unclear = if *ambiguous { " Another theme would have matched nearly as well." } else { "" };
            format!(
                "It goes on from the previous run: {} in it in both runs, {} of those that both runs read and either has in \
                 it.{unclear}",
                counted(*shared, "paper is", "papers are"),
                whole_percent(*jaccard),
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analysis() -> Analysis {
        let mut analysis = crate::fake::REALISTIC.build();
        let kept = |ambiguous, renamed_from: Option<&str>| Origin::Kept {
            shared: 12,
            jaccard: 0.755,
            ambiguous,
            renamed_from: renamed_from.map(str::to_owned),
        };
        let mut origins = vec![kept(false, None); analysis.themes.themes.len()];
        origins[1] = kept(true, Some("Old name"));
        origins[3] = Origin::New { part_of: Some(ThemeId(1)) };
        origins[4] = Origin::New { part_of: Some(ThemeId(99)) };
        let gone = |id, merged_into: Option<u32>| GoneTheme {
            id: ThemeId(id),
            name: format!("gone {id}"),
            papers: 7,
            merged_into: merged_into.map(ThemeId),
        };
        analysis.continuity = Some(Continuity {
            run_id: "ba9876543210".to_owned(),
            shared_papers: 1500,
            origins,
            gone: vec![gone(98, None), gone(99, Some(2))],
            last_number: 99,
        });
        analysis
    }

    #[test]
    fn the_sentences_tell_what_went_on_what_is_new_and_what_is_gone() {
        let analysis = analysis();
        let name = |at: usize| story::name(&analysis.themes.themes[at]);
        let expected = [
            "Of 30 themes, 28 go on from run ba9876543210 (1,500 papers in both runs) with number, name and colour, 2 are \
             new; 2 themes of that run are gone."
                .to_owned(),
            format!("New: {} (was a part of {}), {} (was a part of gone 99).", name(3), name(0), name(4)),
            format!("Gone: gone 98 (had 7 papers), gone 99 (now in {}).", name(1)),
            format!("Goes on, though another theme would have matched nearly as well: {}.", name(1)),
            format!("Called otherwise now: {} (before: Old name).", name(1)),
        ];
        assert_eq!(sentences(&analysis), expected);
        assert!(sentences(&crate::fake::REALISTIC.build()).is_empty());
        assert!(of_theme(&analysis, 1).unwrap().contains("12 papers are in it in both runs, 75% of those"));
        assert!(of_theme(&analysis, 1).unwrap().ends_with("Another theme would have matched nearly as well."));
        assert!(of_theme(&analysis, 4).unwrap().contains("a part of what was gone 99"));
    }

    #[test]
    fn every_form_of_the_report_says_it() {
        let analysis = analysis();
        let bundle = crate::render(&analysis).unwrap();
        let file = |name: &str| String::from_utf8(bundle.files[name].clone()).unwrap();
        let summary = "28 go on from run ba9876543210";
        for name in ["report.html", "report.md"] {
            assert!(file(name).contains(summary) && file(name).contains("gone 99 (now in"), "{name}");
        }
        assert!(file("tables/themes.csv").lines().nth(4).unwrap().ends_with(",new,"), "{}", file("tables/themes.csv"));
        let run: serde_json::Value = serde_json::from_slice(&bundle.files["run.json"]).unwrap();
        assert_eq!(run["previous"]["kept"].as_array().unwrap().len(), 28);
        assert_eq!(run["previous"]["gone"][1]["merged_into"], 2);
        let addresses = crate::Addresses { from: "a@b".to_owned(), to: vec!["c@d".to_owned()] };
        let mail = String::from_utf8(crate::mail(&analysis, &addresses).unwrap()).unwrap().replace("=\r\n", "");
        assert!(mail.contains(summary), "{mail}");
    }
}
