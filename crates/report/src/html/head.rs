//! Turns a title, a style sheet and a script into the head of a page, with the policy that lets only these two apply.
//! The same for every page that the program writes.

use super::policy::policy;
use maud::{Markup, PreEscaped, html};

pub fn head(title: &str, style: &str, script: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(style, script));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            title { (title) }
            style { (PreEscaped(style)) }
        }
    }
}
