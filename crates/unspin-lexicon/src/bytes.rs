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

/// Bits from the lowest of the first byte on.
#[derive(Debug)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next bits, at least 57 of them.
    fn window(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let mut eight = [0; 8];
        let kept = rest.len().min(8);
        eight[..kept].copy_from_slice(&rest[..kept]);
        u64::from_le_bytes(eight) >> (self.at % 8)
    }

    /// A number of so many bits, 32 at most.
    pub(crate) fn number(&mut self, width: usize) -> usize {
        let number = self.window() & ((1 << width) - 1);
        self.at += width;
        number as usize
    }

    /// A number in Rice's code: its high part as so many ones and a zero, then `width` low bits.
    pub(crate) fn rice(&mut self, width: usize) -> usize {
        const READ_MAX: u32 = 57;
        let mut high = 0;
        loop {
            let ones = self.window().trailing_ones().min(READ_MAX);
            high += ones as usize;
            self.at += ones as usize;
            if ones < READ_MAX {
                break;
            }
        }
        self.at += 1;
        (high << width) | self.number(width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rice_codes_follow_each_other() {
        // 5 with two low bits is 10 01, lowest first; 0 is 0 00; then 60 ones and the low bit 1.
        let bits = [&[1, 0, 1, 0, 0, 0, 0][..], &[1; 60], &[0, 1]].concat();
        let bytes: Vec<u8> =
            bits.chunks(8).map(|eight| eight.iter().enumerate().map(|(place, bit)| bit << place).sum()).collect();
        let mut read = Bits::new(&bytes);
        assert_eq!([read.rice(2), read.rice(2), read.rice(1)], [5, 0, 121]);
        assert_eq!(read.number(32), 0, "after the end there is nothing");
    }
}
