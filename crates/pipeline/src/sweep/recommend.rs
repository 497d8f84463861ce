//! Settings over all their seeds to the one that is recommended, with the reason. The rule is told in docs/sweep.md.

use model::{Spread, SweepSetting};

/// Agreement that counts as good as the best one: a few seeds do not tell closer ones apart.
const AS_STEADY: f64 = 0.05;
/// Most papers in no theme.
const MOST_LEFT_OUT: f64 = 0.5;

/// Position of the recommended setting and the reason: of the settings on which seeds agree as well as on the best one, the one whose
/// themes are best apart (silhouette) and speak of one thing (NPMI).
pub(super) fn recommend(settings: &[SweepSetting]) -> (Option<usize>, String) {
    let usable: Vec<usize> = (0..settings.len()).filter(|&at| is_usable(&settings[at])).collect();
    let agreement = |at: usize| settings[at].agreement.map_or(1.0, |agreement| agreement.mean);
    let best = usable.iter().map(|&at| agreement(at)).fold(f64::NEG_INFINITY, f64::max);
    let steady: Vec<usize> = usable.iter().copied().filter(|&at| agreement(at) >= best - AS_STEADY).collect();
    let score =
        |at: usize| standing(settings, &usable, at, |s| s.silhouette) + standing(settings, &usable, at, |s| s.npmi);
    let chosen = steady.iter().copied().reduce(|best, at| if score(at) > score(best) { at } else { best });
    let Some(chosen) = chosen else {
        let reason = "no setting finds two or more themes with at least half of the papers in them for every seed";
        return (None, reason.to_owned());
    };
    let number =
        |spread: Option<Spread>| spread.map_or_else(|| "none".to_owned(), |spread| format!("{:.2}", spread.mean));
    let apart = format!(
        "separation and coherence stand highest together (silhouette {}, NPMI {})",
        number(settings[chosen].silhouette),
        number(settings[chosen].npmi)
    );
    let agreed = settings[chosen].agreement.map_or_else(
        || "with one seed a setting, agreement is not known".to_owned(),
        |agreement| format!("its seeds agree to {:.2} (adjusted Rand index)", agreement.mean),
    );
    let beside = match (settings.len(), usable.len(), steady.len()) {
        (1, ..) => "no other setting was run".to_owned(),
        (_, 1, _) => {
            "no other one finds two or more themes with at least half of the papers in them for every seed".to_owned()
        }
        (_, _, 1) => format!("no other one comes within {AS_STEADY} of that"),
        (_, n, _) if settings[chosen].agreement.is_none() => format!("of {n} settings, its {apart}"),
        (.., n) => format!("of the {n} settings within {AS_STEADY} of the highest, {best:.2}, its {apart}"),
    };
    (Some(chosen), format!("{agreed}; {beside}"))
}

fn is_usable(setting: &SweepSetting) -> bool {
    setting.themes.low >= 2.0 && setting.left_out.high <= MOST_LEFT_OUT
}

/// Share of the usable settings that are no better by a measure, in (0, 1]; 0 where it is undefined.
fn standing(
    settings: &[SweepSetting],
    usable: &[usize],
    at: usize,
    measure: impl Fn(&SweepSetting) -> Option<Spread>,
) -> f64 {
    let value = |at: usize| measure(&settings[at]).map_or(f64::NEG_INFINITY, |spread| spread.mean);
    let own = value(at);
    if own == f64::NEG_INFINITY {
        return 0.0;
    }
    usable.iter().filter(|&&other| value(other) <= own).count() as f64 / usable.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(agreement: Option<f64>, silhouette: f64, npmi: f64) -> SweepSetting {
        let spread = |mean: f64| Spread { mean, low: mean, high: mean };
        SweepSetting {
            values: Vec::new(),
            runs: Vec::new(),
            themes: spread(10.0),
            silhouette: Some(spread(silhouette)),
            npmi: Some(spread(npmi)),
            c_v: None,
            diversity: None,
            left_out: spread(0.1),
            agreement: agreement.map(spread),
        }
    }

    #[test]
    fn agreement_comes_first_and_then_separation_with_coherence() {
        let shaky_but_apart = setting(Some(0.6), 0.9, 0.9);
        let steady = setting(Some(0.90), 0.2, 0.1);
        let as_steady_and_better = setting(Some(0.86), 0.3, 0.2);
        let settings = [shaky_but_apart, steady, as_steady_and_better];
        assert_eq!(recommend(&settings).0, Some(2));
        assert_eq!(recommend(&settings[..2]).0, Some(1));
        assert_eq!(recommend(&[setting(None, 0.1, 0.1), setting(None, 0.2, 0.2)]).0, Some(1));
    }

    #[test]
    fn one_theme_and_most_papers_left_out_are_never_recommended() {
        let one = SweepSetting { themes: Spread { mean: 1.5, low: 1.0, high: 2.0 }, ..setting(Some(1.0), 0.9, 0.9) };
        let empty =
            SweepSetting { left_out: Spread { mean: 0.6, low: 0.5, high: 0.7 }, ..setting(Some(1.0), 0.9, 0.9) };
        assert_eq!(recommend(&[one.clone(), setting(Some(0.3), 0.1, 0.1), empty.clone()]).0, Some(1));
        assert_eq!(recommend(&[one, empty]).0, None);
    }

    #[test]
    fn the_reason_says_no_more_than_was_found() {
        let reason = |settings: &[SweepSetting]| recommend(settings).1;
        let shaky = setting(Some(0.2), 0.3, 0.1);
        assert_eq!(
            reason(std::slice::from_ref(&shaky)),
            "its seeds agree to 0.20 (adjusted Rand index); no other setting was run"
        );
        let steady = setting(Some(0.9), 0.2, 0.1);
        assert!(reason(&[shaky, steady.clone()]).ends_with("; no other one comes within 0.05 of that"));
        let close = reason(&[setting(Some(0.88), 0.3, 0.2), steady]);
        assert!(
            close.contains("agree to 0.88") && close.contains("2 settings within 0.05 of the highest, 0.90"),
            "{close}"
        );
        assert!(reason(&[setting(None, 0.1, 0.1), setting(None, 0.2, 0.2)]).contains("not known; of 2 settings, its"));
    }
}
