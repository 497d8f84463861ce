//! Turns failures of the libraries underneath into one error type.
//! Does not describe bad input: by the time an analysis exists, its input has been accepted.

/// Why a bundle could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("chart `{chart}` could not be drawn: {reason}")]
    Chart { chart: &'static str, reason: String },
    #[error("the bundled font could not be read")]
    Font,
    #[error("a table could not be written: {0}")]
    Table(#[from] polars::prelude::PolarsError),
    #[error("run.json could not be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the analysis could not be kept: {0}")]
    Kept(String),
    #[error("the slides could not be packed: {0}")]
    Deck(String),
    #[error("the mail could not be written: {0}")]
    Mail(String),
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("a picture could not be encoded: {0}")]
    Png(#[from] png::EncodingError),
    /// The vectors of an analysis do not have the lengths that their documentation promises.
    #[error("the analysis does not fit together: {0}")]
    Inconsistent(String),
}
