//! Which entries speak in clean text, and how often: the false marks that an entry costs, before any context is looked at.
//!
//!     zstd -dc clean.txt.zst | head -c 20000000 | cargo run -q --release -p unspin-lexicon --example fires -- strong certain
//!
//! With `composed` among the words, it counts terms found by composition instead of entries. Prints for each entry of these sureties: times, times per million words, its place in the sources, a sentence.

use std::collections::BTreeMap;
use std::env;
use std::io::{self, BufRead};

use unspin_lexicon::{Source, Surety, composed_terms, curated, key_tokens};

fn main() -> io::Result<()> {
    let sureties: Vec<String> = env::args().skip(1).collect();
    let composed = sureties.iter().any(|wanted| wanted == "composed");
    let mut fires: BTreeMap<String, (u32, String)> = BTreeMap::new();
    let mut n_words = 0;
    let mut found = Vec::new();
    for line in io::stdin().lock().lines() {
        for sentence in line?.split_inclusive(". ") {
            let tokens = key_tokens(sentence);
            n_words += tokens.iter().filter(|word| word.text.starts_with(char::is_alphabetic)).count();
            found.clear();
            if composed {
                composed_terms(&tokens, &mut found);
            } else {
                curated().matches(&tokens, &mut found);
            }
            for hit in &found {
                let surety = match hit.surety {
                    Surety::Certain => "certain",
                    Surety::Strong => "strong",
                    Surety::Medium => "medium",
                    Surety::Weak => "weak",
                };
                if !sureties.iter().any(|wanted| wanted == surety) {
                    continue;
                }
                let place = match (hit.source, hit.entry) {
                    (Source::Pattern(name), _) => format!("pattern {name}"),
                    (_, Some(id)) => {
                        let (spun, file, line) = curated().entry(id);
                        format!("{}:{line} {spun} => {}", curated().file_name(file), hit.naturals[0].to_lowercase())
                    }
                    (source, None) => format!("{source:?}"),
                };
                let first = tokens[hit.tokens.start.saturating_sub(6)].range.start;
                let last = tokens[(hit.tokens.end + 5).min(tokens.len() - 1)].range.end;
                let (times, _) =
                    fires.entry(format!("{surety} {place}")).or_insert_with(|| (0, sentence[first..last].to_owned()));
                *times += 1;
            }
        }
    }
    let total: u32 = fires.values().map(|(times, _)| times).sum();
    println!("{n_words} words, {total} fires, {:.3} per 1,000 words", f64::from(total) * 1000.0 / n_words as f64);
    let mut ranked: Vec<_> = fires.into_iter().collect();
    ranked.sort_by_key(|(place, (times, _))| (std::cmp::Reverse(*times), place.clone()));
    for (place, (times, context)) in ranked {
        println!("{times:6} {:8.2} {place}   {context}", f64::from(times) * 1e6 / n_words as f64);
    }
    Ok(())
}
