//! What a reader of `unspin-text` gets, checked on data that a stranger can read.

mod hard;
mod ignores;
mod markdown;
mod plain;
mod properties;
mod quotations;
mod sentences;
mod support;
mod tokens;
mod wikitext;
