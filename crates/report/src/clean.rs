//! Turns text from outside into text that is safe to show: control and direction characters go, Markdown is escaped.
//! Does not escape for HTML or SVG: the template engine and the SVG writer do that where the text lands.

/// One line of plain text: runs of white space become one blank; control characters, invisible characters and
/// characters that change the direction of what follows are dropped.
pub fn line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|&c| keeps(c)).collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn keeps(c: char) -> bool {
    let invisible = matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
        | '\u{E0000}'..='\u{E007F}');
    !c.is_control() && !invisible
}

/// Text as Markdown that renders as that text: what could begin a construct, a mention or a link by itself is escaped,
/// angle brackets and ampersands as entities, so that nothing is taken for HTML either.
pub fn markdown(text: &str) -> String {
    let text = line(text);
    let mut out = String::new();
    for (i, c) in text.char_indices() {
        let address = c == ':' && text[i..].starts_with("://");
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => {
                if address || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '@') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    escape_line_start(out)
}

/// A dash, a plus, an equals sign or a number with a dot would begin a list or a heading at the start of a line.
fn escape_line_start(text: String) -> String {
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = &text[digits..];
    if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    text
}

/// A web address that may stand in a link, or nothing: only `http` and `https`, no white space, quotes or brackets.
pub fn address(link: &str) -> Option<&str> {
    let link = link.trim();
    let web = link.starts_with("https://") || link.starts_with("http://");
    let plain = link.chars().all(|c| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '\\' | '|')
    });
    (web && plain).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_direction_characters_go() {
        assert_eq!(line("a\u{0}b\u{202E}c\u{200B}d\n\te "), "abcd e");
        assert_eq!(line("\u{7}\u{FEFF}"), "");
    }

    #[test]
    fn markdown_renders_as_the_text() {
        assert_eq!(
            markdown("[x](javascript:1) <b> & `c` *d* | e"),
            "\\[x\\](javascript:1) &lt;b&gt; &amp; \\`c\\` \\*d\\* \\| e"
        );
        assert_eq!(markdown("1. not a list"), "1\\. not a list");
        assert_eq!(markdown("15.1% (of 3)"), "15.1% (of 3)");
        assert_eq!(markdown("see http://x"), "see http\\://x");
        assert_eq!(markdown("- not a list"), "\\- not a list");
        assert_eq!(markdown("# not a heading"), "\\# not a heading");
    }

    #[test]
    fn only_plain_web_addresses_are_linked() {
        assert_eq!(address("https://arxiv.org/abs/2401.00001"), Some("https://arxiv.org/abs/2401.00001"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "https://a b", "https://a\"onload=", "//evil", ""] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }
}
