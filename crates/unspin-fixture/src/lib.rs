//! The notation of expected marks, for every test, every rule page and for evaluation.
//!
//! | written | means |
//! |---|---|
//! | `{{japanese=>eastern}}` | flagged, and this is the right fix |
//! | `{{spun=>a\|b}}` | flagged; either fix is right, the first is the best |
//! | `{{Analysts say}}` | flagged; the fix is not asserted |
//! | `{{weasel-source: Analysts say}}` | flagged by this rule |
//! | `{{weasel-source?: some say}}`, `{{?text=>fix}}` | an editor could go either way: neither counts |
//! | `\{{` | the two braces themselves |
//!
//! What is not marked must not be flagged. Taking the marks away gives back the text, byte for byte.
//!
//! ```
//! let fixture = unspin_fixture::parse("in {{japanese=>eastern}} Ukraine")?;
//! assert_eq!(fixture.text, "in japanese Ukraine");
//! assert_eq!(fixture.marks[0].range, 3..11);
//! assert_eq!(fixture.marks[0].naturals, ["eastern"]);
//! # Ok::<(), unspin_fixture::Error>(())
//! ```

mod notation;
mod page;
mod score;

pub use notation::{Error, Fixture, Mark, parse};
pub use page::{Example, Part, examples, parts};
pub use score::{Finding, Outcome, Rank, Score, score};
