//! Tortured terms that no list has.

use unspin_lexicon::{Kind, Surety, composed_terms, key_tokens};

/// The phrases that are found, each with its first natural.
fn composed(sentence: &str) -> Vec<(String, String)> {
    let tokens = key_tokens(sentence);
    let mut found = Vec::new();
    composed_terms(&tokens, &mut found);
    found
        .iter()
        .map(|hit| {
            assert_eq!(hit.kind, Kind::TortureTerm);
            assert!(hit.surety < Surety::Certain, "composition alone is never certain");
            let (start, end) = (tokens[hit.tokens.start].range.start, tokens[hit.tokens.end - 1].range.end);
            (sentence[start..end].to_owned(), hit.naturals[0].clone())
        })
        .collect()
}

#[track_caller]
fn finds(sentence: &str, spun: &str, natural: &str) {
    let found = composed(sentence);
    assert!(found.contains(&(spun.to_owned(), natural.to_owned())), "{sentence}: {found:?}");
}

#[test]
fn word_by_word_to_an_established_term() {
    finds("He had a brain tumour after a bosom malignancy.", "bosom malignancy", "breast cancer");
    finds("An ailment expectation was made.", "ailment expectation", "disease prediction");
}

#[test]
fn number_and_capital_follow_the_surface() {
    finds("The doctors saw mind growths in mice.", "mind growths", "brain cancers");
    finds("Bosom malignancy is common.", "Bosom malignancy", "Breast cancer");
}

#[test]
fn established_terms_and_names_are_left_alone() {
    for sentence in [
        "Breast cancer and heart disease.",
        "The search engine found it.",
        "He met Bosom Malignancy.",
        "The bosom, malignancy.",
    ] {
        assert_eq!(composed(sentence), [], "{sentence}");
    }
}
