//! The channel: what article spinners put for what.
//!
//! A spun surface becomes the natural phrases it may stand for, each with how sure that is and where the knowledge comes
//! from. The sources are plain text that anybody can add to (`sources/README.md`); the build compiles them to an FST.
//!
//! ```
//! use unspin_lexicon::{curated, key_tokens, replacement};
//!
//! let tokens = key_tokens("Rebels in japanese Moldova laid down their arms.");
//! let mut found = Vec::new();
//! curated().matches(&tokens, &mut found);
//! for hit in &found {
//!     let fix = replacement(&tokens, hit, 0).expect("the first natural is always there");
//!     println!("{:?}: {}", fix.tokens, fix.text);
//! }
//! ```
//!
//! # Map
//!
//! - [`Lexicon::matches`]: all places of a sentence that an entry knows; [`replacement()`]: the text of a fix
//! - [`thesaurus`]: the wide channel, all words that WordNet, Moby and MyThes join
//! - [`entry`]: what a line of the sources says; [`source`], [`consistency`]: its mistakes; [`check()`]: all of them
//! - [`key_tokens`]: the tokens of a phrase, by the rule of the text crate

mod broken;
mod bytes;
mod casing;
mod check;
mod compile;
pub mod consistency;
pub mod entry;
mod established;
mod guards;
mod key;
mod lexicon;
mod reading;
mod replacement;
mod sentence;
pub mod source;
mod table;
pub mod thesaurus;

pub use check::check;
pub use entry::{Kind, Mistake, SourceFile, Surety};
pub use established::{COMPOSED, composed_terms};
pub use key::{Word, key, key_tokens};
pub use lexicon::{Lexicon, Match, Source, curated};
pub use replacement::{Replacement, replacement};
pub use table::{EntryId, FileId};
