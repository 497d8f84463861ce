//! Turns an analysis into a mail: text and HTML of what moved, with the key charts inside it and nothing to be fetched.
//! Does not send. Date, boundaries and identifiers come from the run, so that the same run gives the same bytes.

use crate::charts::{self, Drawing, Ground, View};
use crate::format::counted;
use crate::story::{self, MovedTheme, Story};
use crate::{ReportError, clean, continuity, extent};
use mail_builder::MessageBuilder;
use mail_builder::headers::{address::Address, content_type::ContentType};
use mail_builder::mime::MimePart;
use maud::{DOCTYPE, Markup, html};
use model::papers::day_to_epoch;
use model::{Analysis, VerdictKind};

/// The charts a mail holds, as far as the run has something to show in them.
const KEY_CHARTS: [&str; 2] = ["movers", "share"];
/// Pixels of a picture for each of its sheet: sharp at the 640 pixels that it is shown with, on fine screens too.
const SCALE: f64 = 2.0 / 3.0;
const SHOWN_WIDTH: u32 = 640;
const SECONDS_A_DAY: i64 = 86_400;
/// A subject is cut behind so many letters.
const SUBJECT: usize = 150;

/// Who the mail is from and for: addresses that have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    pub from: String,
    pub to: Vec<String>,
}

/// A chart with its identifier inside the mail.
struct Inline {
    id: String,
    drawing: Drawing,
    png: Vec<u8>,
}

/// The whole message as RFC 5322 has it, lines ending in CR LF. Its date is the newest day that the run speaks of (1 January
/// 1970 where no paper is dated).
///
/// # Errors
/// Where a chart cannot be drawn.
pub fn mail(analysis: &Analysis, addresses: &Addresses) -> Result<Vec<u8>, ReportError> {
    let story = story::story(analysis);
    let charts = charts(analysis)?;
    let id = &analysis.run_id;
    let kind = |kind: &'static str, boundary: String| ContentType::new(kind).attribute("boundary", boundary);
    let page = MimePart::new("text/html", page(analysis, &story, &charts));
    let pictures = charts.iter().map(|chart| {
        let name = format!("{}.png", chart.drawing.name);
        MimePart::new(ContentType::new("image/png").attribute("name", name), chart.png.as_slice())
            .inline()
            .cid(chart.id.as_str())
    });
    let related = kind("multipart/related", format!("papertide-{id}-related"));
    let related = MimePart::new(related, std::iter::once(page).chain(pictures).collect::<Vec<_>>());
    let plain = MimePart::new("text/plain", text(analysis, &story));
    let alternative = kind("multipart/alternative", format!("papertide-{id}-alternative"));
    let day = analysis.trends.timeline.as_ref().map_or(0, |timeline| i64::from(day_to_epoch(timeline.as_of)));
    let to = addresses.to.iter().map(|address| Address::new_address(None::<&str>, address.as_str())).collect();
    let message = MessageBuilder::new()
        .from(Address::new_address(Some("Papertide"), addresses.from.as_str()))
        .to(Address::new_list(to))
        .subject(subject(&story))
        .date(day * SECONDS_A_DAY)
        .message_id(format!("{id}@papertide.invalid"))
        .body(MimePart::new(alternative, vec![plain, related]));
    message.write_to_vec().map_err(|error| ReportError::Mail(error.to_string()))
}

fn subject(story: &Story) -> String {
    let headline = clean::line(&story.headline);
    let short: String = headline.chars().take(SUBJECT).collect();
    if short.len() < headline.len() { format!("{short}\u{2026}") } else { short }
}

fn charts(analysis: &Analysis) -> Result<Vec<Inline>, ReportError> {
    let drawings = charts::drawings(&View::whole(analysis), Some(&KEY_CHARTS))?;
    let inline = |drawing: Drawing| {
        let png = charts::png(&drawing, Ground::Light, SCALE)?;
        Ok(Inline { id: format!("{}.{}@papertide.invalid", drawing.name, analysis.run_id), drawing, png })
    };
    drawings.into_iter().map(inline).collect()
}

/// `2,000 papers in 30 themes, 4 Aug to 9 Nov 2025, run 0a1b2c3d4e5f`.
fn facts(analysis: &Analysis) -> String {
    let papers = counted(analysis.papers.len(), "paper", "papers");
    let themes = counted(analysis.themes.themes.len(), "theme", "themes");
    let dates = extent::whole_period(analysis).map(|period| format!(", {period}"));
    format!("{papers} in {themes}{}, run {}", dates.unwrap_or_default(), analysis.run_id)
}

fn moved(analysis: &Analysis, moved: &MovedTheme) -> String {
    let how = if moved.kind == VerdictKind::Rising { "rising" } else { "falling" };
    let name = story::name(&analysis.themes.themes[moved.position]);
    let sentences: Vec<String> =
        std::iter::once(format!("{name}, {how}: {}.", moved.numbers)).chain(moved.care.iter().cloned()).collect();
    sentences.join(" ")
}

fn text(analysis: &Analysis, story: &Story) -> String {
    let mut lines = vec![format!("{}.", story.headline), String::new()];
    for part in &story.parts {
        let (listed, more) = part.listed();
        lines.push(format!("{}:", part.title));
        lines.extend(part.still.iter().map(|still| format!("- {still}")));
        lines.extend(listed.iter().map(|theme| format!("- {}", moved(analysis, theme))));
        lines.extend((more > 0).then(|| format!("- and {more} more in the report")));
        lines.push(String::new());
    }
    for (title, sentences) in [("Besides", &story.beside), ("What cannot be said", &story.unsaid)] {
        if !sentences.is_empty() {
            lines.push(format!("{title}:"));
            lines.extend(sentences.iter().map(|sentence| format!("- {sentence}")));
            lines.push(String::new());
        }
    }
    lines.extend(continuity::sentences(analysis).into_iter().take(1));
    lines.push(facts(analysis));
    lines.join("\n")
}

/// Styles stand on the elements: mail programs drop style sheets.
fn page(analysis: &Analysis, story: &Story, charts: &[Inline]) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (subject(story)) } }
            body style="margin:0;padding:16px;background:#ffffff;color:#202124;font-family:Arial,sans-serif;font-size:16px;line-height:1.45" {
                div style="max-width:680px" {
                    h1 style="font-size:22px;line-height:1.3" { (story.headline) "." }
                    p style="color:#5f6368" { (facts(analysis)) }
                    @for sentence in continuity::sentences(analysis).iter().take(1) { p style="color:#5f6368" { (sentence) } }
                    @for part in &story.parts { (window(analysis, part)) }
                    @for chart in charts { (figure(chart)) }
                    (list("Besides", &story.beside))
                    (list("What cannot be said", &story.unsaid))
                    p style="color:#5f6368;font-size:14px" { "Papertide " (analysis.version) ", run " (analysis.run_id) }
                }
            }
        }
    }
    .into_string()
}

fn window(analysis: &Analysis, part: &story::Part) -> Markup {
    let (listed, more) = part.listed();
    html! {
        h2 style="font-size:18px" { (part.title) }
        @if let Some(still) = &part.still { p { (still) } }
        @if !listed.is_empty() { ul { @for theme in &listed { li { (moved(analysis, theme)) } } } }
        @if more > 0 { p { "And " (more) " more in the report." } }
    }
}

fn figure(chart: &Inline) -> Markup {
    let height = f64::from(SHOWN_WIDTH) * chart.drawing.size.1 / chart.drawing.size.0;
    html! {
        p {
            img src={ "cid:" (chart.id) } alt={ (chart.drawing.title) ". " (chart.drawing.description) "." }
                width=(SHOWN_WIDTH) height=(height.round()) style="width:100%;max-width:680px;height:auto";
        }
    }
}

fn list(title: &str, sentences: &[String]) -> Markup {
    html! {
        @if !sentences.is_empty() {
            h2 style="font-size:18px" { (title) }
            ul { @for sentence in sentences { li { (sentence) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Fake, REALISTIC};

    fn addresses() -> Addresses {
        Addresses {
            from: "papertide@localhost".to_owned(),
            to: vec!["a@example.org".to_owned(), "b@example.org".to_owned()],
        }
    }

    fn text_of(analysis: &Analysis) -> String {
        let mail = String::from_utf8(mail(analysis, &addresses()).unwrap()).unwrap();
        assert!(mail.lines().all(|line| line.len() <= 998), "lines that servers refuse");
        mail
    }

    /// Folded headers and soft line breaks undone.
    fn unfolded(mail: &str) -> String {
        mail.replace("=\r\n", "").replace("=3D", "=").replace("\r\n\t", "").replace("\r\n ", " ")
    }

    #[test]
    fn a_mail_holds_text_page_and_pictures_and_nothing_to_be_fetched() {
        let mail = unfolded(&text_of(&REALISTIC.build()));
        for part in [
            "From: \"Papertide\" <papertide@localhost>\r\n",
            "<a@example.org>, <b@example.org>",
            "Message-ID: <0a1b2c3d4e5f@papertide.invalid>\r\n",
            "Content-Type: multipart/alternative; boundary=\"papertide-0a1b2c3d4e5f-alternative\"",
            "Content-ID: <movers.0a1b2c3d4e5f@papertide.invalid>",
            "src=\"cid:movers.0a1b2c3d4e5f@papertide.invalid\"",
            "Content-ID: <share.0a1b2c3d4e5f@papertide.invalid>",
            "src=\"cid:share.0a1b2c3d4e5f@papertide.invalid\"",
        ] {
            assert!(mail.contains(part), "{part}\n{}", &mail[..900]);
        }
        assert_eq!(mail.matches("Content-Type: image/png").count(), 2);
        assert!(!mail.contains("http"), "nothing remote");
    }

    #[test]
    fn the_same_run_gives_the_same_mail() {
        let analysis = REALISTIC.build();
        let once = mail(&analysis, &addresses()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(once == mail(&analysis, &addresses()).unwrap());
    }

    #[test]
    fn undated_papers_make_a_mail_without_pictures() {
        let mail = text_of(&Fake { bins: 0, ..REALISTIC }.build());
        assert!(mail.contains("No paper has a date") && !mail.contains("image/png"));
        assert!(mail.contains("Date: Thu, 1 Jan 1970") || mail.contains("Date: Thu, 01 Jan 1970"), "{}", &mail[..600]);
    }

    #[test]
    fn text_from_outside_is_never_markup_nor_a_header() {
        fn hostile(i: usize) -> String {
            format!("<img src=http://evil/x>\r\nBcc: evil@example.org\r\n\r\n{i}")
        }
        let mail = text_of(&Fake { name: hostile, ..REALISTIC }.build());
        let headers = mail.split("\r\n\r\n").next().unwrap();
        assert!(headers.contains("Subject: ") && !headers.contains("\r\nBcc:"), "{headers}");
        let whole = unfolded(&mail);
        let page = whole.split("text/html").nth(1).unwrap();
        assert!(page.contains("&lt;img src=http") && !page.contains("<img src=http"));
    }
}
