//! Turns numbers, days and bins into the text that people read, the same in every output.
//! Does not compute: rounding for display is all that happens to a number here.

use model::{Bin, BinUnit, Clock, Day, VerdictKind};

/// `0.0314` as `3.1%`.
pub fn percent(share: f64) -> String {
    format!("{:.1}%", tidy(share * 100.0))
}

/// `0.35` as `35%`, for shares of a few dozen cases. Rounded down, so that no share below one half reads as one half.
pub fn whole_percent(share: f64) -> String {
    format!("{:.0}%", (share * 100.0 + 1e-4).floor())
}

/// A change in shares as percentage points with its sign: `0.033` as `+3.3`.
pub fn points(change: f64) -> String {
    let value = tidy(change * 100.0);
    match value {
        v if v > 0.0 => format!("+{v:.1}"),
        v if v < 0.0 => format!("\u{2212}{:.1}", -v),
        _ => "0.0".to_owned(),
    }
}

/// The same to a hundredth, for a change from bin to bin: `0.0033` as `+0.33`.
pub fn fine_points(change: f64) -> String {
    let value = (change * 1e4).round() / 100.0;
    let sign = if value > 0.0 {
        "+"
    } else if value < 0.0 {
        "\u{2212}"
    } else {
        ""
    };
    format!("{sign}{:.2}", value.abs())
}

/// A ratio: `2.1`, `0.08`, `340`.
pub fn times(ratio: f64) -> String {
    match ratio {
        r if r < 0.1 => format!("{r:.2}"),
        r if r < 100.0 => format!("{r:.1}"),
        r => count(r.round() as usize),
    }
}

/// What would be shown as `-0.0` is zero.
fn tidy(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// `12345` as `12,345`.
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 paper`, `1,234 papers`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// A p or q value: three decimals, and never a bare zero.
pub fn probability(p: f64) -> String {
    if p < 0.001 { "below 0.001".to_owned() } else { format!("{p:.3}") }
}

/// `5 Nov 2025`.
pub fn day(day: Day) -> String {
    format!("{} {} {}", day.day(), month_name(day), day.year())
}

/// `5 Nov`.
pub fn day_short(day: Day) -> String {
    format!("{} {}", day.day(), month_name(day))
}

/// As days are written.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month_name(day: Day) -> &'static str {
    MONTHS[usize::try_from(day.month()).map_or(0, |m| m - 1)]
}

/// First and last day of a half-open stretch: `4 Aug to 26 Oct 2025`.
pub fn day_range(start: Day, end: Day) -> String {
    let last = end.yesterday().unwrap_or(end);
    if last <= start {
        day(start)
    } else if start.year() == last.year() {
        format!("{} to {}", day_short(start), day(last))
    } else {
        format!("{} to {}", day(start), day(last))
    }
}

/// A bin as a reader calls it: `week of 3 Nov 2025`, `Nov 2025`, `Q4 2025`, `2025`.
pub fn bin(bin: &Bin, unit: BinUnit) -> String {
    match unit {
        BinUnit::Week => format!("week of {}", day(bin.start)),
        _ => bin_tick(bin, unit),
    }
}

/// A bin after `in`: `the week of 3 Nov 2025`, `Nov 2025`.
pub fn bin_in_sentence(which: &Bin, unit: BinUnit) -> String {
    match unit {
        BinUnit::Week => format!("the {}", bin(which, unit)),
        _ => bin_tick(which, unit),
    }
}

/// A bin as an axis calls it; weeks by their Monday.
pub fn bin_tick(bin: &Bin, unit: BinUnit) -> String {
    let start = bin.start;
    match unit {
        BinUnit::Week => day(start),
        BinUnit::Month => format!("{} {}", month_name(start), start.year()),
        BinUnit::Quarter => format!("Q{} {}", (start.month() + 2) / 3, start.year()),
        BinUnit::Year => start.year().to_string(),
    }
}

pub fn unit(unit: BinUnit) -> &'static str {
    match unit {
        BinUnit::Week => "week",
        BinUnit::Month => "month",
        BinUnit::Quarter => "quarter",
        BinUnit::Year => "year",
    }
}

/// Which date counts, as columns and sentences name it.
pub fn clock(clock: Clock) -> &'static str {
    match clock {
        Clock::Published => "published",
        Clock::Seen => "seen",
    }
}

/// `12 weeks`.
pub fn units(n: usize, of: BinUnit) -> String {
    let one = unit(of);
    counted(n, one, &format!("{one}s"))
}

/// The word for a verdict in every column and sentence.
pub fn verdict(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Rising => "rising",
        VerdictKind::Falling => "falling",
        VerdictKind::Flat => "flat",
        VerdictKind::TooFewPapers => "too few papers",
    }
}

/// sRGB as `#rrggbb`.
pub fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The first letter as a capital where a sentence begins; `KV cache` and `iPhone` stay as they are.
pub fn sentence_start(text: &str) -> String {
    let first_word = text.split_whitespace().next().unwrap_or_default();
    if first_word.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_grouped() {
        assert_eq!(percent(0.0314), "3.1%");
        assert_eq!(percent(-0.0001), "0.0%");
        assert_eq!(
            (whole_percent(0.29), whole_percent(0.499), whole_percent(1.0)),
            ("29%".into(), "49%".into(), "100%".into())
        );
        assert_eq!(points(0.0333), "+3.3");
        assert_eq!(points(-0.0333), "\u{2212}3.3");
        assert_eq!(points(-0.0001), "0.0");
        assert_eq!((count(7), count(1234), count(1_234_567)), ("7".into(), "1,234".into(), "1,234,567".into()));
        assert_eq!(probability(0.000_01), "below 0.001");
    }

    #[test]
    fn half_open_ranges_name_their_last_day() {
        assert_eq!(day_range(Day::constant(2025, 8, 4), Day::constant(2025, 10, 27)), "4 Aug to 26 Oct 2025");
        assert_eq!(day_range(Day::constant(2024, 12, 30), Day::constant(2025, 1, 6)), "30 Dec 2024 to 5 Jan 2025");
        assert_eq!(day_range(Day::constant(2025, 1, 1), Day::constant(2025, 1, 2)), "1 Jan 2025");
    }

    #[test]
    fn bins_are_called_by_their_unit() {
        let bin_from =
            |m, d| Bin { start: Day::constant(2025, m, d), end: Day::constant(2025, 12, 31), finished: true };
        assert_eq!(bin(&bin_from(11, 3), BinUnit::Week), "week of 3 Nov 2025");
        assert_eq!(bin(&bin_from(10, 1), BinUnit::Quarter), "Q4 2025");
        assert_eq!(bin_tick(&bin_from(7, 1), BinUnit::Quarter), "Q3 2025");
    }

    #[test]
    fn sentences_start_with_a_capital_but_acronyms_keep_their_case() {
        assert_eq!(sentence_start("speculative decoding"), "Speculative decoding");
        assert_eq!(sentence_start("vLLM serving"), "vLLM serving");
        assert_eq!(sentence_start(""), "");
    }
}
