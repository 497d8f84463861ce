//! The `repr` of a Python value into a JSON value: dicts, lists, tuples, strings, numbers, `None`, `True`, `False`.
//! Strict: anything else is an error with the byte where it stands. It runs nothing.

use serde_json::{Map, Number, Value};

/// Why a text is not a Python literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiteralError {
    /// Byte offset in the text.
    pub at: usize,
    pub expected: &'static str,
}

/// Values nested deeper than this are refused.
const DEEPEST: usize = 100;

/// Parses one literal with nothing but white space around it.
pub fn parse(text: &str) -> Result<Value, LiteralError> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.at < text.len() {
        return Err(reader.fail("the end of the value"));
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn fail(&self, expected: &'static str) -> LiteralError {
        LiteralError { at: self.at, expected }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Skips white space and takes `mark` if it is next.
    fn take(&mut self, mark: char) -> bool {
        self.skip_space();
        let found = self.peek() == Some(mark);
        if found {
            self.at += mark.len_utf8();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Value, LiteralError> {
        if depth > DEEPEST {
            return Err(self.fail("a value that is not nested so deeply"));
        }
        self.skip_space();
        match self.peek() {
            Some('{') => self.dict(depth),
            Some('[') => self.list(']', depth),
            Some('(') => self.list(')', depth),
            Some('\'' | '"') => self.string().map(Value::String),
            Some('-' | '+' | '.' | '0'..='9') => self.number(),
            _ => self.word(),
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Value, LiteralError> {
        self.take('{');
        let mut members = Map::new();
        while !self.take('}') {
            if !matches!(self.peek(), Some('\'' | '"')) {
                return Err(self.fail("a key in quotes"));
            }
            let key = self.string()?;
            if !self.take(':') {
                return Err(self.fail("`:` after a key"));
            }
            let value = self.value(depth + 1)?;
            members.insert(key, value);
            self.comma_before('}')?;
        }
        Ok(Value::Object(members))
    }

    fn list(&mut self, close: char, depth: usize) -> Result<Value, LiteralError> {
        self.next();
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.value(depth + 1)?);
            self.comma_before(close)?;
        }
        Ok(Value::Array(items))
    }

    /// A comma, or the closing bracket (not taken).
    fn comma_before(&mut self, close: char) -> Result<(), LiteralError> {
        if self.take(',') || self.peek() == Some(close) { Ok(()) } else { Err(self.fail("`,` or a closing bracket")) }
    }

    fn string(&mut self) -> Result<String, LiteralError> {
        let quote = self.next();
        let mut out = String::new();
        loop {
            match self.next() {
                None => return Err(self.fail("a closing quote")),
                found if found == quote => return Ok(out),
                Some('\\') => self.escape(&mut out)?,
                Some('\n') => return Err(self.fail("a closing quote before the end of the line")),
                Some(character) => out.push(character),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), LiteralError> {
        let character = match self.next() {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some('a') => '\u{7}',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('v') => '\u{b}',
            Some('x') => self.code_point(2)?,
            Some('u') => self.code_point(4)?,
            Some('U') => self.code_point(8)?,
            Some(digit @ '0'..='7') => self.octal(digit),
            Some(quoted @ ('\\' | '\'' | '"')) => quoted,
            Some('\n') => return Ok(()),
            // Python keeps the backslash of an escape it does not know.
            Some(other) => {
                out.push('\\');
                other
            }
            None => return Err(self.fail("a character after `\\`")),
        };
        out.push(character);
        Ok(())
    }

    fn code_point(&mut self, digits: usize) -> Result<char, LiteralError> {
        let expected = "the hexadecimal digits of a character";
        let code = self.text.get(self.at..self.at + digits).ok_or_else(|| self.fail(expected))?;
        let hexadecimal = code.bytes().all(|b| b.is_ascii_hexdigit());
        let number = u32::from_str_radix(code, 16).ok().filter(|_| hexadecimal).ok_or_else(|| self.fail(expected))?;
        self.at += digits;
        // Half of a surrogate pair is no character.
        Ok(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Up to three octal digits, of which `first` has been taken.
    fn octal(&mut self, first: char) -> char {
        let mut code = first.to_digit(8).unwrap_or_default();
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            self.at += 1;
            code = code * 8 + digit;
        }
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn number(&mut self) -> Result<Value, LiteralError> {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E' | '_');
        let token = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        let plain = token.replace('_', "");
        let number = match plain.parse::<i64>() {
            Ok(whole) => Some(Number::from(whole)),
            Err(_) => plain.parse::<f64>().ok().and_then(Number::from_f64),
        };
        let number = number.ok_or_else(|| self.fail("a number"))?;
        self.at += token.len();
        Ok(Value::Number(number))
    }

    fn word(&mut self) -> Result<Value, LiteralError> {
        let rest = &self.text[self.at..];
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        let value = match word {
            "None" | "nan" | "inf" => Value::Null,
            "True" => Value::Bool(true),
            "False" => Value::Bool(false),
            _ => return Err(self.fail("a Python value")),
        };
        self.at += word.len();
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_value() {
        let text = r#"{'a': [1, -2.5, 1e3, None], 'b': (True, False,), "it's": 'say "x"', 'e': {}, 'n': nan}"#;
        let expected =
            json!({"a": [1, -2.5, 1000.0, null], "b": [true, false], "it's": "say \"x\"", "e": {}, "n": null});
        assert_eq!(parse(text), Ok(expected));
    }

    #[test]
    fn every_kind_of_escape() {
        assert_eq!(parse(r"'\n\'\x41\u00e9\U0001F600\\ \d \101'"), Ok(json!("\n'A\u{e9}\u{1F600}\\ \\d A")));
        assert_eq!(parse(r"'\ud800'"), Ok(json!("\u{fffd}")));
    }

    #[test]
    fn what_is_no_literal_is_refused_where_it_stands() {
        for (text, at) in [("{'a' 1}", 5), ("[1 2]", 3), ("'open", 5), ("datetime(1)", 0), ("{1: 2}", 1), ("1 x", 2)] {
            assert_eq!(parse(text).map_err(|e| e.at), Err(at), "{text}");
        }
        assert!(parse(&"[".repeat(5000)).is_err());
    }
}
