//! Titles and abstracts as exports write them (HTML entities, inline tags) into the text that they show.
//! It knows only the tags and entities that such texts carry; any other `<`, `>` or `&` is text.

use crate::wording::clean;
use std::borrow::Cow;

/// Clean text without markup: `H<sub>2</sub>O &amp;lt; 5 &#8211; 7` is `H2O < 5 – 7`.
pub fn plain(text: &str) -> String {
    // Most texts have neither mark; looking for a byte takes next to no time.
    let has = |mark: u8| text.as_bytes().contains(&mark);
    if !has(b'&') && !has(b'<') {
        return clean(text);
    }
    clean(&without_tags(&decoded(text)))
}

/// The text with its entities as characters, however often they were escaped.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let mut inside = &rest[at + 1..];
        while let Some(unescaped) = inside.strip_prefix("amp;") {
            inside = unescaped;
        }
        rest = inside;
        match entity(inside) {
            Some((said, after)) => {
                said.write(&mut out);
                rest = after;
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What an entity stands for: a character, perhaps with a combining accent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said(char, Option<char>);

impl Said {
    fn write(self, out: &mut String) {
        out.push(self.0);
        out.extend(self.1);
    }
}

/// Longer names and numbers are no entities.
const LONGEST: usize = 8;

/// The entity at the start of `text`, which stands behind `&`, and what follows its `;`.
fn entity(text: &str) -> Option<(Said, &str)> {
    let end = text.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let (name, after) = (&text[..end], &text[end + 1..]);
    let said = match name.strip_prefix('#') {
        Some(number) => Said(numbered(number)?, None),
        None => named(name).map(|character| Said(character, None)).or_else(|| accented(name))?,
    };
    Some((said, after))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

fn named(name: &str) -> Option<char> {
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}

/// `eacute` and the like: a letter and its accent.
fn accented(name: &str) -> Option<Said> {
    const ACCENTS: [(&str, char); 8] = [
        ("grave", '\u{300}'),
        ("acute", '\u{301}'),
        ("circ", '\u{302}'),
        ("tilde", '\u{303}'),
        ("uml", '\u{308}'),
        ("ring", '\u{30a}'),
        ("caron", '\u{30c}'),
        ("cedil", '\u{327}'),
    ];
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let (_, accent) = ACCENTS.iter().find(|(accent, _)| *accent == &name[1..])?;
    Some(Said(letter, Some(*accent)))
}

const NAMED: &[(&str, char)] = &[
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("minus", '−'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("euro", '€'),
    ("pound", '£'),
    ("deg", '°'),
    ("prime", '′'),
    ("Prime", '″'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("asymp", '≈'),
    ("sim", '∼'),
    ("infin", '∞'),
    ("radic", '√'),
    ("rarr", '→'),
    ("larr", '←'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("micro", 'µ'),
    ("szlig", 'ß'),
    ("oslash", 'ø'),
    ("Oslash", 'Ø'),
    ("aelig", 'æ'),
    ("AElig", 'Æ'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("pi", 'π'),
    ("rho", 'ρ'),
    ("sigma", 'σ'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Theta", 'Θ'),
    ("Lambda", 'Λ'),
    ("Xi", 'Ξ'),
    ("Pi", 'Π'),
    ("Sigma", 'Σ'),
    ("Phi", 'Φ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
    ("Alpha", 'Α'),
];

/// Tags that stand inside a word or a sentence, and those that part sentences. All names in [`NAMESPACES`] are tags.
const INLINE: [&str; 8] = ["i", "b", "em", "strong", "sub", "sup", "inf", "u"];
const PARTING: [&str; 2] = ["p", "br"];
const NAMESPACES: [&str; 2] = ["jats:", "mml:"];

/// A tag in a text: `<name attributes>`, `</name>` or `<name/>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    bytes: usize,
}

fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let closed = closed_names(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // `a<b>c` compares; only what is closed somewhere was opened.
        let known =
            tag(rest).filter(|tag| tag.closing || !is_one_of(&INLINE, tag.name) || is_one_of(&closed, tag.name));
        let taken = known.map_or(1, |tag| tag.bytes);
        match known {
            None => out.push('<'),
            Some(tag) if is_one_of(&INLINE, tag.name) || has_namespace(tag.name, "mml:") => {}
            Some(tag) => part(&mut out, tag.name),
        }
        rest = &rest[taken..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A space where the tag parts words; `jats:italic` and its like stand inside them.
fn part(out: &mut String, name: &str) {
    let inside = ["jats:italic", "jats:bold", "jats:sub", "jats:sup", "jats:sc", "jats:monospace", "jats:underline"];
    if !is_one_of(&inside, name) {
        out.push(' ');
    }
}

/// The inline tags that the text closes.
fn closed_names(text: &str) -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices("</") {
        let name = tag(&text[at..]).and_then(|tag| INLINE.into_iter().find(|name| name.eq_ignore_ascii_case(tag.name)));
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn has_namespace(name: &str, namespace: &str) -> bool {
    name.len() > namespace.len() && name.get(..namespace.len()).is_some_and(|head| head.eq_ignore_ascii_case(namespace))
}

/// The known tag at the start of `text`, which is a `<`.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inside = &text[1..];
    let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-')))?;
    let (name, rest) = inside.split_at(end);
    let known = is_one_of(&INLINE, name)
        || is_one_of(&PARTING, name)
        || NAMESPACES.iter().any(|namespace| has_namespace(name, namespace));
    let rest = without_attributes(rest).trim_start();
    let after = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
    known.then_some(Tag { name, closing, bytes: text.len() - after.len() })
}

/// What follows the attributes (`key="value"`, as many as there are) at the start of `text`.
fn without_attributes(text: &str) -> &str {
    let mut rest = text;
    while let Some(after) = attribute(rest) {
        rest = after;
    }
    rest
}

fn attribute(text: &str) -> Option<&str> {
    let key = text.strip_prefix(|c: char| c.is_ascii_whitespace())?.trim_start();
    let end = key.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')))?;
    let value = key[end..].strip_prefix('=').filter(|_| end > 0)?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let close = value[1..].find(quote)?;
    Some(&value[close + 2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_become_characters() {
        for (text, shown) in [
            ("&beta;-amyloid &amp; tau", "β-amyloid & tau"),
            ("2010&ndash;2020&#8211;30 &#x2013; on", "2010–2020–30 – on"),
            ("p &lt; 0.05, q &amp;lt; 1, r &amp;amp;gt; 2", "p < 0.05, q < 1, r > 2"),
            ("&quot;a&quot; &apos;b&apos;&nbsp;c", "\"a\" 'b' c"),
            ("Caf&eacute; Bj&ouml;rk &Ccedil;a &Aring;", "Café Björk Ça Å"),
            (
                "R&amp;D, AT&T; A & B &unknown; &#; &#xd800; &#99999999;",
                "R&D, AT&T; A & B &unknown; &#; &#xd800; &#99999999;",
            ),
        ] {
            assert_eq!(plain(text), shown, "{text}");
        }
    }

    #[test]
    fn markup_goes_and_comparisons_stay() {
        for (text, shown) in [
            ("H<sub>2</sub>O<SUB>2</SUB> in <i>E. coli</i>", "H2O2 in E. coli"),
            ("<p class=\"a > b\" id='x'>One.</p><p>Two.<br/>Three.<br />", "One. Two. Three."),
            (
                "<jats:title>Background</jats:title><jats:p>We <jats:italic>do</jats:italic>n't.</jats:p>",
                "Background We don't.",
            ),
            ("<mml:math xmlns:mml=\"http://x\"><mml:mi>x</mml:mi></mml:math>", "x"),
            ("&lt;i&gt;Mus&lt;/i&gt; at 5 &amp;lt; 6", "Mus at 5 < 6"),
            ("p < 0.05 and a<b, b>a", "p < 0.05 and a<b, b>a"),
            ("a<b>c and n<p = 3 or x<i and y> 2", "a<b>c and n<p = 3 or x<i and y> 2"),
            ("Vec<T>, <unk> and <s> stay; <", "Vec<T>, <unk> and <s> stay; <"),
        ] {
            assert_eq!(plain(text), shown, "{text}");
        }
    }
}
