//! What the rest of Unspin relies on, word by word, and the properties that hold for every word.

#[path = "english/agreement.rs"]
mod agreement;
#[path = "english/dictionary.rs"]
mod dictionary;
#[path = "english/inflection.rs"]
mod inflection;
#[path = "english/round_trip.rs"]
mod round_trip;
#[path = "english/tokens.rs"]
mod tokens;
