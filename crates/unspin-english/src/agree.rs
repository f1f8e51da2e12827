//! Making a replacement fit where it is put: its case, and a or an before it.

mod article;

pub use article::article_for;

/// How a word or phrase is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// "eastern"; also what has no letters.
    Lower,
    /// "Eastern", "A", "White House", "Eastern Ukraine": a first capital, and no capitals inside a word.
    Capitalised,
    /// "EASTERN", "NATO": two letters or more, all capitals.
    Upper,
    /// Everything else: "iPhone", "McDonald", "eastern Ukraine".
    Mixed,
}

/// How `text` is written. Characters other than letters are passed over.
pub fn case_of(text: &str) -> Case {
    let (mut n_upper, mut n_lower) = (0, 0);
    let mut inner_capital = false;
    let mut first_is_upper = None;
    let mut in_word = false;
    for c in text.chars() {
        if c.is_uppercase() {
            n_upper += 1;
            inner_capital |= in_word;
            first_is_upper.get_or_insert(true);
        } else if c.is_lowercase() {
            n_lower += 1;
            first_is_upper.get_or_insert(false);
        }
        in_word = c.is_alphanumeric() || matches!(c, '\'' | '’');
    }
    match (n_upper, n_lower, first_is_upper) {
        (0, _, _) => Case::Lower,
        (2.., 0, _) => Case::Upper,
        (_, _, Some(true)) if !inner_capital => Case::Capitalised,
        _ => Case::Mixed,
    }
}

/// `replacement` in the case of `model`, the text that it takes the place of.
///
/// - Model in capitals: so is the replacement.
/// - Model with a first capital: so is the replacement, unless its first word has capitals of its own ("iPhone").
/// - Model of several capitalised words (a heading): every word of the replacement but articles, conjunctions and short
///   prepositions.
/// - Otherwise the replacement stays as it is. Its own capitals ("White House", "I") are never lost.
///
/// Whether a first capital of the model means anything (a sentence's start, or only a name: "Japanese") is the caller's
/// knowledge; in the middle of a sentence pass a lower-case model.
///
/// ```
/// use unspin_english::agree::match_case;
/// assert_eq!(match_case("Japanese", "eastern"), "Eastern");
/// assert_eq!(match_case("japanese", "White House"), "White House");
/// assert_eq!(match_case("FACTS", "data"), "DATA");
/// assert_eq!(match_case("Counterfeit Consciousness", "artificial intelligence"), "Artificial Intelligence");
/// ```
pub fn match_case(model: &str, replacement: &str) -> String {
    match case_of(model) {
        Case::Lower => replacement.to_string(),
        Case::Upper => replacement.to_uppercase(),
        Case::Capitalised if is_title_case(model) => title_case(replacement),
        Case::Capitalised => capitalise_first(replacement),
        Case::Mixed if model.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase) => {
            capitalise_first(replacement)
        }
        Case::Mixed => replacement.to_string(),
    }
}

/// `text` with its first letter in upper case; opening quotation marks and brackets are passed over, and a first word
/// with capitals of its own ("iPhone", "eBay") is left alone, as is one that begins with a figure.
pub fn capitalise_first(text: &str) -> String {
    let Some((at, first)) = text.char_indices().find(|(_, c)| c.is_alphanumeric()) else {
        return text.to_string();
    };
    let word = text[at..].split(char::is_whitespace).next().unwrap_or_default();
    if !first.is_lowercase() || word.chars().any(char::is_uppercase) {
        return text.to_string();
    }
    let rest = &text[at + first.len_utf8()..];
    [&text[..at], &first.to_uppercase().to_string(), rest].concat()
}

/// Several words, all capitalised except the small ones.
fn is_title_case(text: &str) -> bool {
    let mut n_words = 0;
    let all = text.split_whitespace().all(|word| {
        let capital = word.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase);
        n_words += usize::from(capital && !is_small(word));
        capital || is_small(word)
    });
    all && n_words >= 2
}

fn title_case(text: &str) -> String {
    let mut titled = String::with_capacity(text.len());
    for (idx, piece) in text.split_inclusive(char::is_whitespace).enumerate() {
        if idx > 0 && is_small(piece.trim_end()) {
            titled.push_str(piece);
        } else {
            titled.push_str(&capitalise_first(piece));
        }
    }
    titled
}

/// The words that headings leave in lower case.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "and"
            | "but"
            | "or"
            | "nor"
            | "of"
            | "in"
            | "on"
            | "at"
            | "to"
            | "by"
            | "for"
            | "from"
            | "as"
            | "with"
            | "into"
            | "over"
            | "vs"
    )
}
