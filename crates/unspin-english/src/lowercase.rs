//! Lower case without an allocation where the word has none to lose, and one apostrophe.

use std::borrow::Cow;

/// The word as the tables spell it: lower case, with a straight apostrophe.
pub(crate) fn lowercase(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}
