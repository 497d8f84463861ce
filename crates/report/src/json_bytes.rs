//! Turns a JSON value into the bytes of a file. What stands in it is decided by whoever made it.

use crate::ReportError;
use serde_json::Value;

/// Pretty JSON with keys in alphabetical order, a newline at the end.
pub fn json_bytes(value: &Value) -> Result<Vec<u8>, ReportError> {
    let mut out = serde_json::to_vec_pretty(value)?;
    out.push(b'\n');
    Ok(out)
}
