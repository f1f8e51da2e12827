//! How many tortured terms are found by composition alone.
//!
//!     cut -f1,2 held_out_terms.tsv | cargo run -q --release -p unspin-lexicon --example composed
//!
//! Reads "tortured<TAB>expected" lines, `|` between meanings; prints the misses, then the shares.

use std::io::{self, BufRead};

use unspin_lexicon::{composed_terms, key, key_tokens};

fn main() -> io::Result<()> {
    let (mut n_terms, mut n_found, mut n_first, mut n_any) = (0, 0, 0, 0);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let Some((spun, expected)) = line.split_once('\t') else { continue };
        let sentence = format!("They used the {spun} in the study.");
        let tokens = key_tokens(&sentence);
        let mut found = Vec::new();
        composed_terms(&tokens, &mut found);
        let expected: Vec<String> = expected.split('|').map(key).collect();
        let is_right = |natural: &String| expected.contains(&key(natural));
        n_terms += 1;
        n_found += usize::from(!found.is_empty());
        let first = found.iter().any(|hit| is_right(&hit.naturals[0]));
        n_first += usize::from(first);
        n_any += usize::from(found.iter().any(|hit| hit.naturals.iter().any(is_right)));
        if !first {
            let naturals: Vec<String> = found.iter().map(|hit| hit.naturals.join(" | ")).collect();
            println!("{spun} => {} but {}", expected.join(" | "), naturals.join(" || "));
        }
    }
    let share = |count: usize| count as f64 / f64::from(n_terms.max(1));
    println!("{n_terms} terms: found {:.3}, first {:.3}, any {:.3}", share(n_found), share(n_first), share(n_any));
    Ok(())
}
