//! A document and settings in, diagnostics out.
//!
//! Nothing here reads a file, a clock or the network; the same text and settings always give the same diagnostics.
//!
//! ```
//! use unspin_core::{Analyzer, Settings};
//! use unspin_text::Markup;
//! let analysis = Analyzer::default().analyze("The army help arrived on Monday.", Markup::Plain, &Settings::default(), 0);
//! assert_eq!(analysis.diagnostics[0].rule, "spun-phrase");
//! ```
//!
//! The way through: [`unspin_text::parse`] gives blocks; `facts` what each sentence says by itself; the document's rate is counted
//! from them; verdicts compare the two. [`Session`] keeps all that while a document is edited.

mod analysis;
mod attribution;
mod carry;
mod claims;
mod config;
mod diagnostic;
mod facts;
mod fix;
mod fix_all;
mod measuring;
mod memo;
mod reading;
mod report;
pub mod rules;
pub mod samples;
pub mod session;
mod spin;
mod verdicts;

pub use analysis::{Analysis, Analyzer, Verdict};
pub use attribution::{Attribution, CueKind, Field, Order, Source, SourceKind, Speech};
pub use claims::{AttributedSpan, SourceSummary, read_claims};
pub use config::{RuleLevel, Sensitivity, Settings};
pub use diagnostic::{Confidence, Diagnostic, Evidence, Related, Severity};
pub use fix::{Applicability, Edit, Fix, apply_edits};
pub use fix_all::fix_all;
pub use measuring::Measuring;
pub use report::{Mark, Report};
pub use rules::{Family, Rule};
pub use session::{Answer, Question, Session};
