//! Tokens.

use unspin_text::{Markup, TokenKind, parse};

#[test]
fn text_is_cut_into_words_numbers_and_marks() {
    for line in include_str!("data/tokens.txt").lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let (text, expected) = line.split_once(" => ").expect("a text and its tokens");
        assert_eq!(tokens(text), expected, "{text}");
    }
}

#[test]
fn what_nobody_sees_is_no_token_and_hides_no_word() {
    assert_eq!(tokens("\u{feff}a\u{200b}b \u{200f}c\u{200f} \0 d\u{ad}e"), "w:a\u{200b}b w:c w:d\u{ad}e");
}

fn tokens(text: &str) -> String {
    let document = parse(text, Markup::Plain);
    let mut tokens = Vec::new();
    for block in &document.blocks {
        for token in &block.tokens {
            let kind = match token.kind {
                TokenKind::Word => 'w',
                TokenKind::Number => 'n',
                TokenKind::Punctuation => 'p',
                TokenKind::Symbol => 's',
                TokenKind::Opaque => 'o',
            };
            tokens.push(format!("{kind}:{}", block.text(token)));
        }
    }
    tokens.join(" ")
}
