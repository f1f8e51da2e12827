//! English words, without context: inflection both ways, agreement, abbreviations, numbers, word classes.
//!
//! Everything here answers for a single word or phrase and knows nothing of the sentence around it. What a word *could*
//! be is a set ([`PosSet`], [`lists::WordClasses`]); what it *is* in a sentence is for the caller to decide.
//!
//! ```
//! use unspin_english::{Form, Pos, agree, inflect, lemma_as};
//!
//! // "officials supplied" was spun to "officials provided": the replacement takes the form of what it replaces.
//! assert_eq!(lemma_as("provided", Pos::Verb, Form::Past).as_deref(), Some("provide"));
//! assert_eq!(inflect("supply", Pos::Verb, Form::Past), "supplied");
//! assert_eq!(agree::article_for("hour"), "an");
//! ```
//!
//! # Map
//!
//! - this module: [`inflect()`], [`inflect_phrase`], [`all_forms`] from a lemma; [`lemmas()`], [`lemma_as`] to it
//! - [`dictionary`]: which parts of speech a word can be, and whether a noun names a person, an organisation, …
//! - [`lists`]: the closed classes (determiners, prepositions, pronouns, auxiliaries, …)
//! - [`agree`]: case and a/an
//! - [`abbreviations`]: which tokens keep their dot
//! - [`numbers`]: numerals in words and figures
//!
//! # Case
//!
//! Lookups ignore case ("Supplies" is analysed as "supplies"); what is returned is lower case, except that [`inflect()`]
//! keeps the capitals of its lemma.

#![warn(missing_docs)]

pub mod abbreviations;
pub mod agree;
mod by_letter;
pub mod dictionary;
mod inflect;
mod irregular;
mod lemmas;
pub mod lists;
mod lowercase;
pub mod numbers;
mod phrase;
mod prefix;
mod spelling;

pub use dictionary::{
    PosSet, common_pos, is_body_noun, is_document_noun, is_known, is_person_noun, is_place_noun, possible_pos,
};
pub use inflect::inflect;
pub use lemmas::{Analysis, for_each_lemma, lemma_as, lemmas};
pub use lists::{WordClasses, class_of};
pub use phrase::{all_forms, inflect_phrase};

/// An open word class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pos {
    /// "supply", "carry out".
    Verb,
    /// "supply", "head of state". Names are not in the dictionary; unknown words are analysed as nouns.
    Noun,
    /// "happy", "well-known".
    Adjective,
    /// "quickly", "soon".
    Adverb,
}

/// A grammatical form. Which make sense depends on the [`Pos`]; see [`Form::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The verb's lemma ("supply", also its present other than the third person: "they supply", "are"), the noun's
    /// singular, the adjective's or adverb's positive.
    Base,
    /// "supplies", "is".
    ThirdPerson,
    /// "supplied", "wrote", "was", "were".
    Past,
    /// "supplied", "written", "been".
    PastParticiple,
    /// "supplying".
    Gerund,
    /// "supplies", "analyses".
    Plural,
    /// "happier", "more careful".
    Comparative,
    /// "happiest", "most careful".
    Superlative,
}

impl Form {
    /// The forms a part of speech has, [`Form::Base`] first.
    pub const fn of(pos: Pos) -> &'static [Form] {
        match pos {
            Pos::Verb => &[Form::Base, Form::ThirdPerson, Form::Past, Form::PastParticiple, Form::Gerund],
            Pos::Noun => &[Form::Base, Form::Plural],
            Pos::Adjective | Pos::Adverb => &[Form::Base, Form::Comparative, Form::Superlative],
        }
    }
}
