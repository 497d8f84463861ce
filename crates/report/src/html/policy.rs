//! Turns the style sheet and the script of the page into its Content-Security-Policy: these two by their hash, nothing else.
//! Does not escape: it is the second wall behind the template engine.

use crate::base64::base64;
use sha2::{Digest, Sha256};

/// Nothing may be fetched, framed or sent; of scripts and styles only those with these contents apply.
pub fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(style)),
        base64(&Sha256::digest(script))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_content() {
        // printf '' | openssl dgst -sha256 -binary | base64
        assert!(policy("", "x").contains("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
    }
}
