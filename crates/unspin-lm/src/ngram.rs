//! How often one, two and three words stand in a row in clean English.
//!
//! Probabilities are those of "stupid backoff" (Brants, Popat, Xu, Och, Dean 2007, "Large Language Models in Machine Translation"):
//! the relative frequency of the longest n-gram that was seen, times 0.4 for each word that had to be dropped. They do not sum to one,
//! which does not matter here: they are only compared with each other at the same place.
//!
//! Counts stand in a table of 16-bit cells (12 bits of a fingerprint, 4 bits of a logarithm), so an n-gram costs two bytes, and one
//! that was never seen is taken for another one about twice in a thousand questions.

mod table;

use std::fmt;

use table::{CODE_NATS_1024, Order, Table};

/// A word as the model knows it: lower case, with numbers and years as classes of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordKey(pub u64);

/// The edge of a sentence.
const EDGE: WordKey = WordKey(0x9d39_247e_3377_6d41);

/// The key of a word as it stands in the text; capitals and the shape of apostrophes make no difference.
#[must_use]
pub fn word_key(word: &str) -> WordKey {
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        let is_year = word.len() == 4
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(&word[..2], "17" | "18" | "19" | "20");
        return if is_year { hash("<year>".chars()) } else { hash("<number>".chars()) };
    }
    hash(word.chars().flat_map(char::to_lowercase).map(|letter| if letter == '’' { '\'' } else { letter }))
}

/// FNV-1a over the characters, mixed once at the end; stable for ever, since tables on disk are made with it.
fn hash(letters: impl Iterator<Item = char>) -> WordKey {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for letter in letters {
        state = (state ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    WordKey(mix(state))
}

/// The finaliser of MurmurHash3: every bit of the input reaches every bit of the output.
fn mix(mut state: u64) -> u64 {
    state ^= state >> 33;
    state = state.wrapping_mul(0xff51_afd7_ed55_8ccd);
    state ^= state >> 33;
    state = state.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^ (state >> 33)
}

/// The model.
#[derive(Clone)]
pub struct Ngram<'d> {
    table: Table<'d>,
    /// Words that were counted, as a code of the table.
    total_nats_1024: i32,
}

impl fmt::Debug for Ngram<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ngram").field("cells", &self.table.cells()).finish()
    }
}

/// The bytes are no n-gram model, or one of another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError(pub(crate) &'static str);

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot use the n-gram model: {}", self.0)
    }
}

impl std::error::Error for LoadError {}

/// What dropping a word costs: ln 0.4, in 1/1024 nats.
const BACKOFF_NATS_1024: i32 = -938;
/// A word that was never seen is taken to have been seen this often: half a time.
const UNSEEN_NATS_1024: i32 = -710;

impl<'d> Ngram<'d> {
    /// Takes a model as it lies in memory; nothing is copied.
    ///
    /// # Errors
    /// The bytes are no such model.
    pub fn load(bytes: &'d [u8]) -> Result<Ngram<'d>, LoadError> {
        let (table, words) = Table::load(bytes)?;
        Ok(Ngram { table, total_nats_1024: nats_1024(words as f64) })
    }

    /// How much likelier the sentence is with `natural` in the place of `written`, in 1/1024 nats. Positive favours `natural`.
    ///
    /// `before` and `after` are the rest of the sentence, or as much of it as is known: two words each side count, and where there are
    /// fewer the sentence begins or ends. A phrase of more words has more factors and so pays for its length.
    #[must_use]
    pub fn odds_nats_1024(
        &self,
        before: &[WordKey],
        written: &[WordKey],
        natural: &[WordKey],
        after: &[WordKey],
    ) -> i32 {
        self.window_nats_1024(before, natural, after) - self.window_nats_1024(before, written, after)
    }

    /// How likely these words and the two that follow are after the two that stand before them, as logarithm in 1/1024 nats.
    #[must_use]
    pub fn window_nats_1024(&self, before: &[WordKey], words: &[WordKey], after: &[WordKey]) -> i32 {
        let last = |back: usize| before.len().checked_sub(back).map_or(EDGE, |idx| before[idx]);
        let following = [after.first().copied().unwrap_or(EDGE), after.get(1).copied().unwrap_or(EDGE)];
        let following = if after.is_empty() { &following[..1] } else { &following[..] };
        let (mut second_last, mut previous) = (last(2), last(1));
        let mut sum = 0;
        for &word in words.iter().chain(following) {
            sum += self.word_nats_1024(second_last, previous, word);
            (second_last, previous) = (previous, word);
        }
        sum
    }

    /// How likely a word is after two others, as logarithm in 1/1024 nats.
    #[must_use]
    pub fn word_nats_1024(&self, second_last: WordKey, previous: WordKey, word: WordKey) -> i32 {
        if let (Some(three), Some(two)) = (
            self.table.get(Order::Three, &[second_last, previous, word]),
            self.table.get(Order::Two, &[second_last, previous]),
        ) {
            return (three - two).min(0);
        }
        if let (Some(two), Some(one)) =
            (self.table.get(Order::Two, &[previous, word]), self.table.get(Order::One, &[previous]))
        {
            return BACKOFF_NATS_1024 + (two - one).min(0);
        }
        2 * BACKOFF_NATS_1024 + self.table.get(Order::One, &[word]).unwrap_or(UNSEEN_NATS_1024) - self.total_nats_1024
    }

    /// How often a word stands in clean English, as logarithm of its share of all words in 1/1024 nats; `None` for one never seen.
    #[must_use]
    pub fn frequency_nats_1024(&self, word: WordKey) -> Option<i32> {
        self.table.get(Order::One, &[word]).map(|one| one - self.total_nats_1024)
    }

    /// About how often two or three words stood in a row, as natural logarithm of the count in 1/1024 nats; `None` for never or hardly ever.
    #[must_use]
    pub fn count_nats_1024(&self, words: &[WordKey]) -> Option<i32> {
        match words {
            [_] => self.table.get(Order::One, words),
            [_, _] => self.table.get(Order::Two, words),
            [_, _, _] => self.table.get(Order::Three, words),
            _ => None,
        }
    }
}

fn nats_1024(count: f64) -> i32 {
    (count.ln() * 1024.0).round() as i32
}

/// Makes a model from counts.
#[derive(Debug, Default)]
pub struct NgramBuilder {
    entries: Vec<(u64, u8)>,
    words: u64,
}

impl NgramBuilder {
    /// `words` is how many words were counted in all.
    #[must_use]
    pub fn new(words: u64) -> NgramBuilder {
        NgramBuilder { entries: Vec::new(), words }
    }

    /// Adds one to three words in a row, with how often they were seen. Each n-gram once; a count of 0 is left out.
    ///
    /// # Panics
    /// If there are no words or more than three.
    pub fn add(&mut self, words: &[WordKey], count: u64) {
        self.add_hashed(NgramBuilder::hash(words), count);
    }

    /// What stands for one to three words in a row when millions of them are counted.
    ///
    /// # Panics
    /// If there are no words or more than three.
    #[must_use]
    pub fn hash(words: &[WordKey]) -> u64 {
        let order = match words.len() {
            1 => Order::One,
            2 => Order::Two,
            3 => Order::Three,
            other => panic!("an n-gram has one to three words, not {other}"),
        };
        table::ngram_hash(order, words)
    }

    /// [`NgramBuilder::add`] for what [`NgramBuilder::hash`] gave.
    pub fn add_hashed(&mut self, hash: u64, count: u64) {
        if count > 0 {
            self.entries.push((hash, table::code(count)));
        }
    }

    /// The bytes that [`Ngram::load`] takes.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        table::write(&self.entries, self.words)
    }

    /// The key of a sentence's edge, to be counted as a word before the first and after the last.
    #[must_use]
    pub fn edge() -> WordKey {
        EDGE
    }
}

/// The finest difference of two counts that the table can tell, in 1/1024 nats.
pub const COUNT_STEP_NATS_1024: i32 = CODE_NATS_1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<WordKey> {
        text.split(' ').filter(|word| !word.is_empty()).map(word_key).collect()
    }

    fn model(text: &[(&str, u64)]) -> Vec<u8> {
        let mut builder = NgramBuilder::new(100_000);
        for (ngram, count) in text {
            builder.add(&keys(ngram), *count);
        }
        builder.finish()
    }

    #[test]
    fn the_phrase_that_was_seen_is_the_likelier() {
        let bytes = model(&[
            ("military", 300),
            ("aid", 400),
            ("army", 500),
            ("help", 3000),
            ("sent", 900),
            ("military aid", 60),
            ("sent military", 20),
            ("sent military aid", 12),
        ]);
        let ngram = Ngram::load(&bytes).unwrap();
        let odds = ngram.odds_nats_1024(&keys("they sent"), &keys("army help"), &keys("military aid"), &keys("to the"));
        assert!(odds > 4 * 1024, "{odds}");
        let back = ngram.odds_nats_1024(&keys("they sent"), &keys("military aid"), &keys("army help"), &keys("to the"));
        assert_eq!(odds, -back);
    }

    #[test]
    fn counts_come_back_within_a_step() {
        let bytes = model(&[("of", 40_000), ("of the", 9_000), ("one of the", 77)]);
        let ngram = Ngram::load(&bytes).unwrap();
        for (words, count) in [("of", 40_000.0), ("of the", 9_000.0), ("one of the", 77.0)] {
            let got = ngram.count_nats_1024(&keys(words)).unwrap();
            assert!((got - nats_1024(count)).abs() <= COUNT_STEP_NATS_1024, "{words}: {got}");
        }
        assert_eq!(ngram.count_nats_1024(&keys("the of")), None);
    }

    #[test]
    fn a_full_table_keeps_everything() {
        let mut builder = NgramBuilder::new(1_000_000);
        let words: Vec<WordKey> = (0..50_000).map(|idx| word_key(&format!("word{idx}"))).collect();
        for (idx, &word) in words.iter().enumerate() {
            builder.add(&[word], idx as u64 % 1000 + 1);
        }
        let bytes = builder.finish();
        let ngram = Ngram::load(&bytes).unwrap();
        assert!(words.iter().all(|&word| ngram.frequency_nats_1024(word).is_some()));
        let strangers =
            (0..50_000).filter(|idx| ngram.frequency_nats_1024(word_key(&format!("other{idx}"))).is_some()).count();
        assert!(strangers < 200, "{strangers} of 50,000 words that were never seen are taken for one that was");
        assert!(bytes.len() < 50_000 * 2 * 11 / 10 + 1000, "{} bytes", bytes.len());
    }

    #[test]
    fn bytes_of_something_else_are_refused() {
        assert!(Ngram::load(b"").is_err());
        assert!(Ngram::load(&[7; 4096]).is_err());
        let bytes = model(&[("a", 1)]);
        assert!(Ngram::load(&bytes[..bytes.len() - 1]).is_err());
    }

    #[test]
    fn numbers_are_one_word_and_years_another() {
        assert_eq!(word_key("12,000"), word_key("3.5"));
        assert_ne!(word_key("1994"), word_key("300"));
        assert_eq!(word_key("They’re"), word_key("they're"));
    }
}
