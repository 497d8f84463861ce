//! x
use crate::charts::Chart; use model::Analysis;
pub fn page(_a:&Analysis,_c:&[Chart])->String{String::new()}
