// Shared by the library and build.rs, which includes this file; so no inner docs.

/// The place of a word's first three letters among all. In the order of the words: what is no letter sorts before `a`.
pub(crate) fn prefix_idx(word: &[u8]) -> Option<usize> {
    let first = word.first().filter(|byte| byte.is_ascii_lowercase())?;
    let letter_at = |at: usize| {
        word.get(at).filter(|byte| byte.is_ascii_lowercase()).map_or(0, |byte| usize::from(byte - b'a') + 1)
    };
    let second = letter_at(1);
    // After a missing letter there is none: "e-mail" and "e'er" share a prefix, whatever follows.
    let third = if second == 0 { 0 } else { letter_at(2) };
    Some((usize::from(first - b'a') * 27 + second) * 27 + third)
}
