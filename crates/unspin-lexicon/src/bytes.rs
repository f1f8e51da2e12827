//! Reading of generated data in place; bytes that end early read as zeros.

/// LEB128 off the front of `list`.
pub(crate) fn number(list: &mut &[u8]) -> usize {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let Some((&byte, rest)) = list.split_first() else { break };
        *list = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// The place of `wanted` among sorted words.
pub(crate) fn find<'a>(n_words: usize, word: impl Fn(usize) -> &'a str, wanted: &str) -> Option<usize> {
    let (mut low, mut high) = (0, n_words);
    while low < high {
        let middle = low.midpoint(high);
        match word(middle).cmp(wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(middle),
        }
    }
    None
}
