//! Shows what the compiled lexicon knows of a sentence.
//!
//!     cargo run -q -p unspin-lexicon --example find -- "Rebels in japanese Moldova laid down their arms."

use std::env;

use unspin_lexicon::{Source, curated, key_tokens};

fn main() {
    for sentence in env::args().skip(1) {
        let tokens = key_tokens(&sentence);
        let mut found = Vec::new();
        curated().matches(&tokens, &mut found);
        for hit in found {
            let (start, end) = (tokens[hit.tokens.start].range.start, tokens[hit.tokens.end - 1].range.end);
            let place = match (hit.source, hit.entry) {
                (Source::Pattern(name), _) => name.to_owned(),
                (_, Some(id)) => {
                    let (_, file, line) = curated().entry(id);
                    format!("{}:{line}", curated().file_name(file))
                }
                (source, None) => format!("{source:?}"),
            };
            println!("{:?} {} => {} ({place})", hit.surety, &sentence[start..end], hit.naturals.join(" | "));
        }
    }
}
