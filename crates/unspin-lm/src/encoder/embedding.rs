//! The word embedding: the input of the network and, turned round, its output.
//!
//! Little endian: magic (8 bytes), rows and width (u32), a scale for each row (f32), the rows (i8), a bias for each row (f32), and one
//! vector for each of the four cases (f32).

const MAGIC: &[u8; 8] = b"UNSPEMB1";
const CASES: usize = 4;

pub(super) struct Embedding {
    width: usize,
    scales: Vec<f32>,
    rows: &'static [u8],
    bias: Vec<f32>,
    cases: Vec<f32>,
}

impl Embedding {
    pub(super) fn load(bytes: &'static [u8]) -> Result<Embedding, &'static str> {
        let number = |at: usize| {
            bytes.get(at..at + 4).map(|four| u32::from_le_bytes(four.try_into().expect("four bytes")) as usize)
        };
        if bytes.get(..8) != Some(MAGIC) {
            return Err("the embedding does not begin as one");
        }
        let (Some(rows), Some(width)) = (number(8), number(12)) else { return Err("the embedding is cut off") };
        let mut rest = &bytes[16..];
        let mut take = |length: usize| {
            let (head, tail) = rest.split_at_checked(length).ok_or("the embedding is cut off")?;
            rest = tail;
            Ok::<_, &'static str>(head)
        };
        let scales = floats(take(rows * 4)?);
        let values = take(rows * width)?;
        let bias = floats(take(rows * 4)?);
        let cases = floats(take(CASES * width * 4)?);
        if !rest.is_empty() {
            return Err("the embedding is longer than it says");
        }
        Ok(Embedding { width, scales, rows: values, bias, cases })
    }

    pub(super) fn rows(&self) -> usize {
        self.scales.len()
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The vector of a piece and its case.
    pub(super) fn read(&self, piece: u32, case: u8, into: &mut [f32]) {
        let scale = self.scales[piece as usize];
        let case = &self.cases[usize::from(case) * self.width..][..self.width];
        for ((value, &quantised), case) in into.iter_mut().zip(self.row(piece)).zip(case) {
            *value = f32::from(quantised as i8) * scale + case;
        }
    }

    /// How well a piece fits a state, as logit.
    pub(super) fn output(&self, state: &[f32], piece: u32) -> f32 {
        let sum: f32 =
            state.iter().zip(self.row(piece)).map(|(state, &quantised)| state * f32::from(quantised as i8)).sum();
        sum * self.scales[piece as usize] + self.bias[piece as usize]
    }

    /// How well each piece fits a state, a little rounded: whole numbers are added up several times faster, and in any order alike.
    pub(super) fn rounded_outputs(&self, state: &[f32]) -> Vec<f32> {
        const STEPS: f32 = 2047.0;
        let most = state.iter().fold(f32::MIN_POSITIVE, |most, value| most.max(value.abs()));
        let rounded: Vec<i16> = state.iter().map(|value| (value / most * STEPS).round() as i16).collect();
        let rows = self.rows.chunks_exact(self.width).zip(&self.scales).zip(&self.bias);
        rows.map(|((row, scale), bias)| {
            let sum: i32 =
                rounded.iter().zip(row).map(|(&state, &quantised)| i32::from(state) * i32::from(quantised as i8)).sum();
            sum as f32 * (most / STEPS * scale) + bias
        })
        .collect()
    }

    fn row(&self, piece: u32) -> &[u8] {
        &self.rows[piece as usize * self.width..][..self.width]
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().expect("four bytes"))).collect()
}
