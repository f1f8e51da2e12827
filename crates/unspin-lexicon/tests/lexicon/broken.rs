//! Doubled words, wrong articles, cut numbers.

use unspin_lexicon::{Lexicon, key_tokens, replacement};

/// Every finding of the patterns, with its first fix applied.
#[track_caller]
fn check(sentence: &str, fixed: &[&str]) {
    let lexicon = Lexicon::compile(&[]).unwrap();
    let tokens = key_tokens(sentence);
    let mut found = Vec::new();
    lexicon.matches(&tokens, &mut found);
    let fixes: Vec<String> = found
        .iter()
        .map(|hit| {
            let fix = replacement(&tokens, hit, 0).unwrap();
            let (start, end) = (tokens[fix.tokens.start].range.start, tokens[fix.tokens.end - 1].range.end);
            [&sentence[..start], &fix.text, &sentence[end..]].concat()
        })
        .collect();
    assert_eq!(fixes, fixed, "{sentence}");
}

#[test]
fn doubled_words() {
    check("He left the the room.", &["He left the room."]);
    check("The the room.", &["The room."]);
    check("He was told to to wait.", &["He was told to wait."]);
    check("A report report came.", &["A report came."]);
    check("At the end of the of the year.", &["At the end of the year."]);
}

#[test]
fn doubles_that_are_english() {
    for sentence in [
        "He had had enough.",
        "I know that that is so.",
        "What it is is a mess.",
        "A very very long time.",
        "Duran Duran sang in New York, New York.",
        "The numbers were 2 2 3.",
        "More and more and more came.",
        "They sang la la la.",
        "He said no, no.",
        "It was turned in in May.",
        "Again and again it rained.",
        "A no-no.",
    ] {
        check(sentence, &[]);
    }
}

#[test]
fn articles_that_do_not_fit() {
    check("It was a identical case.", &["It was an identical case."]);
    check("It was an similar case.", &["It was a similar case."]);
    check("An unique case.", &["A unique case."]);
    check("He took a other road.", &["He took another road."]);
    check("He took the a road.", &["He took a road."]);
    check("He took a the road.", &["He took the road."]);
    check("He took the his car.", &["He took his car."]);
}

#[test]
fn articles_that_fit() {
    for sentence in [
        "An hour and a year at a university.",
        "An historic day for a European.",
        "An MP and a US envoy met an FBI man.",
        "A Ugandan met an Eskimo.",
        "Vitamin A is there, and plan A or B.",
        "From a to z.",
        "A one-off, a once-great club, an 8-year-old.",
        "The a cappella group.",
        "An X-ray of a ewe.",
    ] {
        check(sentence, &[]);
    }
}

#[test]
fn degrees_of_comparison() {
    check("It had a good bigger effect.", &["It had an even bigger effect."]);
    check("It is more bigger now.", &["It is bigger now."]);
    check("It is the most biggest one.", &["It is the biggest one."]);
    check("A good older car and more older people.", &[]);
    check("A good deal bigger, and a more proper way.", &[]);
}

#[test]
fn numbers_and_tokens_cut_in_pieces() {
    check("It cost eight.6 million.", &["It cost 8.6 million."]);
    check("It grew 2 . 5 percent.", &["It grew 2.5 percent."]);
    check("It grew 2. 5 percent.", &["It grew 2.5 percent."]);
    check("There were 1, 000 of them.", &["There were 1,000 of them."]);
    check("It grew by 5 p.c in May.", &["It grew by 5 percent in May."]);
    check("It grew by 5 p.c.", &["It grew by 5 percent."]);
    check("They don t know.", &["They don't know."]);
}

#[test]
fn numbers_in_one_piece() {
    for sentence in [
        "It has 2.5 and 1,000.",
        "In rooms 1, 2, 300.",
        "There were eight. 6 left.",
        "He is a p.c. man.",
        "On page 2. 5 others came.",
    ] {
        check(sentence, &[]);
    }
}
