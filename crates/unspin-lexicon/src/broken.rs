//! Slips of spinning that no list can hold: doubled words, articles that no longer fit, numbers cut in pieces.
//!
//! A spinner replaces "even" by "good" and leaves the article ("a good bigger"), spells out half a number ("eight.6"), puts
//! "the year" behind a "the" that it kept. People slip so as well, but seldom, and the fix is right in either case.

use std::ops::Range;

use unspin_english::agree::article_for;
use unspin_english::numbers::{is_number_word, parse};
use unspin_english::{Form, Pos, WordClasses, class_of, is_known, lemmas};

use crate::casing::capitalised;
use crate::entry::{Kind, Surety};
use crate::lexicon::{Match, Source};
use crate::sentence::{Sentence, is_acronym, is_capitalised};

/// Finds all of them in one sentence, in no order.
pub(crate) fn find(sentence: &Sentence<'_>, found: &mut Vec<Match>) {
    for idx in 0..sentence.len() {
        // Most tokens begin nothing: the cheap questions come first.
        doubled_word(sentence, idx, found);
        doubled_pair(sentence, idx, found);
        if sentence.key(idx).starts_with(|first: char| first.is_ascii_digit()) || is_number_start(sentence.key(idx)) {
            cut_number(sentence, idx, found);
        }
        match sentence.key(idx) {
            "a" | "an" => {
                two_determiners(sentence, idx, found);
                wrong_article(sentence, idx, found);
            }
            "the" => two_determiners(sentence, idx, found),
            "good" | "more" | "most" => degree(sentence, idx, found),
            "t" => cut_contraction(sentence, idx, found),
            "p.c" | "p" => per_cent(sentence, idx, found),
            _ => {}
        }
    }
}

fn push(found: &mut Vec<Match>, pattern: &'static str, tokens: Range<usize>, naturals: Vec<String>, surety: Surety) {
    let (form, source, kind) = (Form::Base, Source::Pattern(pattern), Kind::SpunPhrase);
    found.push(Match { tokens, entry: None, form, naturals, surety, source, kind });
}

/// Words that may stand twice: by grammar ("had had", "that that"), or for effect ("very very", "no no").
const MAY_DOUBLE: [&str; 40] = [
    "had", "that", "is", "was", "do", "her", "you", "it", "who", "very", "so", "really", "many", "much", "more", "far",
    "long", "ever", "never", "no", "yes", "yeah", "ha", "ho", "hey", "bye", "blah", "knock", "hear", "there", "now",
    "never", "well", "oh", "la", "please", "big", "in", "on", "night",
];

fn doubled_word(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    let next = idx + 1;
    if next == sentence.len() || sentence.touches_next(idx) {
        return;
    }
    let word = sentence.key(idx);
    let again = sentence.text(next);
    // "Duran Duran", "Baden Baden": the second capital says that it is a name.
    let is_word =
        word.chars().all(|letter| letter.is_alphabetic() || letter == '\'') && (1 < word.len() || word == "a");
    if !is_word || word != sentence.key(next) || is_capitalised(again) || MAY_DOUBLE.contains(&word) {
        return;
    }
    let surety = match class_of(word) {
        classes if classes.has(WordClasses::ARTICLE | WordClasses::POSSESSIVE | WordClasses::CONJUNCTION) => {
            Surety::Certain
        }
        classes if classes.is_closed() => Surety::Strong,
        // Three in a row are a song, a chant, an onomatopoeia.
        _ if next + 1 < sentence.len() && sentence.key(next + 1) == word => return,
        _ => Surety::Medium,
    };
    push(found, "doubled word", idx..next + 1, vec![sentence.text(idx).to_owned()], surety);
}

/// "of the of the", "in a in a".
fn doubled_pair(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    if sentence.len() < idx + 4 {
        return;
    }
    let [first, second] = [sentence.key(idx), sentence.key(idx + 1)];
    let is_double = first == sentence.key(idx + 2) && second == sentence.key(idx + 3) && first != second;
    if !is_double || is_capitalised(sentence.text(idx + 2)) || is_capitalised(sentence.text(idx + 3)) {
        return;
    }
    // "and more and more" goes on as long as it likes.
    let (leads, closes) = (class_of(first), class_of(second));
    if leads.has(WordClasses::PREPOSITION) && closes.has(WordClasses::DETERMINER) {
        let once = format!("{} {}", sentence.text(idx), sentence.text(idx + 1));
        push(found, "doubled words", idx..idx + 4, vec![once], Surety::Strong);
    }
}

/// "the a", "a the", "the his": only one can stay, and no pattern knows which.
fn two_determiners(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    let next = idx + 1;
    if next == sentence.len() || sentence.touches_next(idx) || is_capitalised(sentence.text(next)) {
        return;
    }
    // Foreign phrases: "the a cappella group", "the la".
    let after = if next + 1 < sentence.len() { sentence.key(next + 1) } else { return };
    let is_foreign = matches!(after, "cappella" | "capella" | "priori" | "posteriori" | "la" | "fortiori");
    let follows = sentence.key(next);
    let (first, second) = (sentence.text(idx), follows.to_owned());
    let second = if is_capitalised(first) { capitalised(&second) } else { second };
    let both = match (sentence.key(idx), follows) {
        ("the", "a" | "an") | ("a" | "an", "the") => true,
        ("a", "an") | ("an", "a") => false,
        (_, "my" | "your" | "his" | "its" | "our" | "their")
            if !sentence.is_punctuation(next + 1) && after != "and" =>
        {
            true
        }
        _ => return,
    };
    if !is_foreign && !sentence.is_punctuation(next + 1) {
        let naturals = if both {
            vec![second, first.to_owned()]
        } else {
            vec![cased_like(article_for(sentence.text(next + 1)), first)]
        };
        push(found, "two determiners", idx..next + 1, naturals, Surety::Strong);
    }
}

/// "a identical", "an similar": the article fits the word that was there before.
fn wrong_article(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    let (article, next) = (sentence.text(idx), idx + 1);
    if next == sentence.len() || sentence.touches_next(idx) || article == "A" && !sentence.starts_clause(idx) {
        return;
    }
    let (word, key) = (sentence.text(next), sentence.key(next));
    let letters = key.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < 3 || key.chars().any(|letter| !letter.is_alphabetic() && letter != ' ') || is_acronym(word) {
        return;
    }
    let classes = class_of(key);
    // "a of" is another slip; "vitamin a is", "an and" talk about the letter or the word.
    if classes.is_closed() && !matches!(key, "other" | "own" | "each" | "every" | "all") {
        return;
    }
    // "an historic" is a matter of taste, and a name's sound is not in its letters.
    let right = article_for(word);
    let is_taste = sentence.key(idx) == "an" && key.starts_with('h');
    let is_name = is_capitalised(word) && (!is_known(key) || matches!(key.as_bytes()[0], b'u' | b'e' | b'o'));
    if right == sentence.key(idx) || is_taste || is_name {
        return;
    }
    if key == "other" {
        push(found, "article", idx..next + 1, vec![cased_like("another", article)], Surety::Strong);
        return;
    }
    let surety = if is_known(key) { Surety::Strong } else { Surety::Medium };
    push(found, "article", idx..next, vec![cased_like(right, article)], surety);
}

/// "a good bigger", "more bigger": the word before a comparative was put there without looking at it.
fn degree(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    let next = idx + 1;
    if next == sentence.len() || idx == 0 || is_capitalised(sentence.text(next)) {
        return;
    }
    let (word, key, before) = (sentence.key(idx), sentence.key(next), sentence.key(idx - 1));
    let has_form = |form: Form| {
        let readings = lemmas(key);
        readings.iter().any(|reading| reading.pos == Pos::Adjective && reading.form == form)
            && !readings.iter().any(|reading| reading.pos == Pos::Noun && reading.form == Form::Base)
    };
    let before_classes = class_of(before);
    match word {
        // "a good older car" is English.
        "good"
            if matches!(before, "a" | "an" | "the" | "even")
                && has_form(Form::Comparative)
                && !matches!(key, "older" | "younger" | "smaller" | "cheaper") =>
        {
            let naturals =
                if before == "even" { vec!["even".to_owned()] } else { vec!["even".to_owned(), "much".to_owned()] };
            let tokens = if before == "even" { idx - 1..next } else { idx..next };
            push(found, "comparative", tokens, naturals, Surety::Strong);
        }
        // "more older people" counts people; after an article or "is" it can only be a degree.
        "more"
            if (before == "a" || before == "much" || before_classes.has(WordClasses::BE))
                && has_form(Form::Comparative) =>
        {
            push(found, "comparative", idx..next + 1, vec![sentence.text(next).to_owned()], Surety::Strong);
        }
        "most" if matches!(before, "the" | "its" | "his" | "her" | "their") && has_form(Form::Superlative) => {
            push(found, "superlative", idx..next + 1, vec![sentence.text(next).to_owned()], Surety::Strong);
        }
        _ => {}
    }
}

fn is_number_start(key: &str) -> bool {
    let word = key.split('.').next().unwrap_or(key);
    word.starts_with(['o', 't', 'f', 's', 'e', 'n', 'z']) && is_number_word(word)
}

/// "eight.6", "2 . 5", "1, 000".
fn cut_number(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    let key = sentence.key(idx);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // "eight.6" in one token or in three.
    if let Some((word, decimals)) = key.split_once('.')
        && is_digits(decimals)
        && let Some(figure) = figure_of(word)
    {
        push(found, "cut number", idx..idx + 1, vec![format!("{figure}.{decimals}")], Surety::Certain);
        return;
    }
    if sentence.len() < idx + 3 {
        return;
    }
    let (mark, last) = (sentence.text(idx + 1), sentence.key(idx + 2));
    let (touches_mark, mark_touches) = (sentence.touches_next(idx), sentence.touches_next(idx + 1));
    let digits_after = last.chars().take_while(char::is_ascii_digit).count();
    if let Some(figure) = figure_of(key)
        && mark == "."
        && touches_mark
        && mark_touches
        && 0 < digits_after
    {
        push(found, "cut number", idx..idx + 3, vec![format!("{figure}.{last}")], Surety::Certain);
        return;
    }
    if !is_digits(key) || !is_digits(last) {
        return;
    }
    let unit = if idx + 3 < sentence.len() { sentence.key(idx + 3) } else { "" };
    let has_unit = matches!(
        unit,
        "percent"
            | "per"
            | "%"
            | "million"
            | "billion"
            | "trillion"
            | "m"
            | "bn"
            | "p.c"
            | "times"
            | "points"
            | "km"
            | "kg"
    );
    let whole = || vec![format!("{key}{mark}{last}")];
    match mark {
        // A full stop has no space before it, so "2 . 5" is none; "2. 5" may be.
        "." if !touches_mark || has_unit && !mark_touches => {
            push(found, "cut number", idx..idx + 3, whole(), Surety::Strong)
        }
        "," if last == "000" && key.len() <= 3 && !(touches_mark && mark_touches) => {
            push(found, "cut number", idx..idx + 3, whole(), Surety::Strong);
        }
        _ => {}
    }
}

/// A numeral word below a hundred as a figure.
fn figure_of(word: &str) -> Option<u64> {
    if !is_number_word(word) {
        return None;
    }
    parse(word).map(|number| number.value).filter(|value| *value < 100.0).map(|value| value as u64)
}

/// "5 p.c", "10 p.c.": percent, cut short.
fn per_cent(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    let is_number = |idx: usize| {
        sentence.key(idx).starts_with(|first: char| first.is_ascii_digit()) || is_number_word(sentence.key(idx))
    };
    if idx == 0 || !is_number(idx - 1) {
        return;
    }
    let n_tokens = match sentence.key(idx) {
        "p.c" => 1,
        "p" if idx + 2 < sentence.len() && sentence.text(idx + 1) == "." && sentence.key(idx + 2) == "c" => 3,
        _ => return,
    };
    let last = idx + n_tokens - 1;
    // At the end of a sentence the last dot is its full stop.
    let stop = if sentence.text(last).ends_with("c.") && last + 1 == sentence.len() { "." } else { "" };
    push(found, "percent", idx..last + 1, vec![format!("percent{stop}"), format!("per cent{stop}")], Surety::Certain);
}

/// "don t", "isn t": the apostrophe is gone.
fn cut_contraction(sentence: &Sentence<'_>, idx: usize, found: &mut Vec<Match>) {
    let Some(before) = idx.checked_sub(1) else { return };
    let verb = sentence.key(before);
    let is_cut = matches!(
        verb,
        "don"
            | "doesn"
            | "didn"
            | "isn"
            | "aren"
            | "wasn"
            | "weren"
            | "hasn"
            | "haven"
            | "hadn"
            | "won"
            | "wouldn"
            | "couldn"
            | "shouldn"
            | "can"
    );
    if is_cut && sentence.text(idx) == "t" {
        push(found, "contraction", before..idx + 1, vec![format!("{}'t", sentence.text(before))], Surety::Certain);
    }
}

fn cased_like(word: &str, model: &str) -> String {
    match model {
        "AN" => word.to_uppercase(),
        _ if is_capitalised(model) => capitalised(word),
        _ => word.to_owned(),
    }
}
