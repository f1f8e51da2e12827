//! The table of counts: buckets of four 16-bit cells, each n-gram in one of two buckets (a cuckoo filter with a value; Fan, Andersen,
//! Kaminsky, Mitzenmacher 2014, "Cuckoo Filter: Practically Better Than Bloom").
//!
//! Little endian: magic (8 bytes), words counted (u64), buckets (u64), then the cells.

use super::{LoadError, WordKey, mix};

const MAGIC: &[u8; 8] = b"UNSPNGR1";
const HEADER_BYTES: usize = 24;
const CELLS_A_BUCKET: usize = 4;
const BUCKET_BYTES: usize = CELLS_A_BUCKET * 2;

/// One step of a count's code, in 1/1024 nats: fifteen steps reach from 1 to about ten million.
pub(super) const CODE_NATS_1024: i32 = 1100;

/// How many words an n-gram has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    One = 1,
    Two = 2,
    Three = 3,
}

#[derive(Clone)]
pub(super) struct Table<'d> {
    cells: &'d [u8],
    buckets: u64,
}

impl<'d> Table<'d> {
    pub(super) fn load(bytes: &'d [u8]) -> Result<(Table<'d>, u64), LoadError> {
        let number =
            |at: usize| bytes.get(at..at + 8).map(|eight| u64::from_le_bytes(eight.try_into().expect("eight bytes")));
        if bytes.get(..8) != Some(MAGIC) {
            return Err(LoadError("it does not begin as one"));
        }
        let (Some(words), Some(buckets)) = (number(8), number(16)) else { return Err(LoadError("it is cut off")) };
        let cells = &bytes[HEADER_BYTES..];
        if buckets == 0 || buckets.checked_mul(BUCKET_BYTES as u64) != Some(cells.len() as u64) {
            return Err(LoadError("it is cut off"));
        }
        Ok((Table { cells, buckets }, words))
    }

    pub(super) fn cells(&self) -> u64 {
        self.buckets * CELLS_A_BUCKET as u64
    }

    /// The logarithm of the count, in 1/1024 nats.
    pub(super) fn get(&self, order: Order, words: &[WordKey]) -> Option<i32> {
        let hash = ngram_hash(order, words);
        let fingerprint = fingerprint(hash);
        let first = bucket(hash, self.buckets);
        for bucket in [first, other_bucket(first, fingerprint, self.buckets)] {
            let start = bucket as usize * BUCKET_BYTES;
            for cell in self.cells[start..start + BUCKET_BYTES].chunks_exact(2) {
                let cell = u16::from_le_bytes([cell[0], cell[1]]);
                if cell != 0 && cell >> 4 == fingerprint {
                    return Some(i32::from(cell & 15) * CODE_NATS_1024);
                }
            }
        }
        None
    }
}

/// The nearest code of a count, 0 to 15.
pub(super) fn code(count: u64) -> u8 {
    ((count as f64).ln() * 1024.0 / f64::from(CODE_NATS_1024)).round().clamp(0.0, 15.0) as u8
}

pub(super) fn ngram_hash(order: Order, words: &[WordKey]) -> u64 {
    words.iter().fold(order as u64, |state, word| mix(state.rotate_left(17) ^ word.0))
}

/// Twelve bits, never zero, so that a cell that holds something is never all zero.
fn fingerprint(hash: u64) -> u16 {
    ((hash >> 52) as u16).max(1)
}

fn bucket(hash: u64, buckets: u64) -> u64 {
    // The high bits go into the fingerprint; these are the middle ones, scaled without a division.
    (((hash << 12) as u128 * buckets as u128) >> 64) as u64
}

/// The partner of a bucket; the partner of the partner is the bucket itself.
fn other_bucket(bucket: u64, fingerprint: u16, buckets: u64) -> u64 {
    let offset = mix(u64::from(fingerprint)) % buckets;
    (offset + buckets - bucket) % buckets
}

/// Lays the entries out. Later entries with the hash of an earlier one are kept beside it.
pub(super) fn write(entries: &[(u64, u8)], words: u64) -> Vec<u8> {
    const LOAD: f64 = 0.94;
    let mut buckets = ((entries.len() as f64 / LOAD / CELLS_A_BUCKET as f64).ceil() as u64).max(2);
    let cells = loop {
        if let Some(cells) = place(entries, buckets) {
            break cells;
        }
        buckets += buckets / 50 + 1;
    };
    let mut bytes = Vec::with_capacity(HEADER_BYTES + cells.len() * 2);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&words.to_le_bytes());
    bytes.extend_from_slice(&buckets.to_le_bytes());
    bytes.extend(cells.iter().flat_map(|cell| cell.to_le_bytes()));
    bytes
}

fn place(entries: &[(u64, u8)], buckets: u64) -> Option<Vec<u16>> {
    const MOVES_MAX: usize = 2000;
    let mut cells = vec![0_u16; buckets as usize * CELLS_A_BUCKET];
    for &(hash, code) in entries {
        let mut cell = fingerprint(hash) << 4 | u16::from(code);
        let mut at = bucket(hash, buckets);
        let mut placed = false;
        for round in 0..MOVES_MAX {
            let partner = other_bucket(at, cell >> 4, buckets);
            if let Some(free) = [at, partner].into_iter().find_map(|bucket| free_cell(&cells, bucket)) {
                cells[free] = cell;
                placed = true;
                break;
            }
            // Both are full: somebody moves to their other bucket. Which one varies, so that no two chase each other for ever.
            let victim =
                at as usize * CELLS_A_BUCKET + (mix(round as u64 ^ u64::from(cell)) % CELLS_A_BUCKET as u64) as usize;
            std::mem::swap(&mut cells[victim], &mut cell);
            at = other_bucket(at, cell >> 4, buckets);
        }
        if !placed {
            return None;
        }
    }
    Some(cells)
}

fn free_cell(cells: &[u16], bucket: u64) -> Option<usize> {
    let start = bucket as usize * CELLS_A_BUCKET;
    (start..start + CELLS_A_BUCKET).find(|&idx| cells[idx] == 0)
}
