//! How long one sentence takes. The bound is 5 µs for 25 tokens: the channel is asked about every sentence of an article.

use unspin_lexicon::thesaurus::thesaurus;
use unspin_lexicon::{Match, curated, key_tokens};

const CLEAN: &str = "The minister told reporters on Tuesday that the government would give more money to schools in the north, where \
                     many of the roofs had begun to leak.";
const SPUN: &str = "The clergyman advised journalists on Tuesday that the administration will supply extra cash to colleges within the \
                    north, the place lots of the rooftops had commenced to leak.";

fn main() {
    // Reading the table's head happens once a process.
    println!("{} entries", curated().len());
    divan::main();
}

#[divan::bench(args = [CLEAN, SPUN])]
fn sentence(bencher: divan::Bencher<'_, '_>, text: &str) {
    let tokens = key_tokens(text);
    let mut found: Vec<Match> = Vec::new();
    bencher.bench_local(|| {
        found.clear();
        curated().matches(divan::black_box(&tokens), &mut found);
        found.len()
    });
}

/// A common word has hundreds of neighbours; the context model ranks the first few.
#[divan::bench(args = ["help", "supplied", "palpitation"])]
fn candidates(surface: &str) -> usize {
    thesaurus().candidates(divan::black_box(surface), None, 24).len()
}
