//! A small transformer encoder that reads a sentence and says of each word whether a substitution put it there (the *replaced* head,
//! the question of ELECTRA: Clark, Luong, Le, Manning 2020), and which word stood there before (the *original* head).
//!
//! One sentence at a time, never a batch: the activations are quantised by the largest of them, so a neighbour would change the result.

mod embedding;
mod pieces;

use std::fmt;

use rten::{Model, ModelOptions, OpRegistry, RunOptions, ThreadPool, op_registry};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use std::sync::Arc;

use embedding::Embedding;
use pieces::Pieces;

/// The longest window the network reads at once, in word pieces; a longer sentence is read in several.
pub const WINDOW_PIECES_MAX: usize = 96;

/// The encoder.
pub struct Encoder {
    network: Model,
    pool: Arc<ThreadPool>,
    embedding: Embedding,
    pieces: Pieces,
    replaced: rten::NodeId,
    state: rten::NodeId,
    input: rten::NodeId,
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").field("pieces", &self.embedding.rows()).finish_non_exhaustive()
    }
}

/// The files of an encoder as they lie in memory.
#[derive(Debug, Clone, Copy)]
pub struct EncoderFiles {
    /// The network without its word embedding (ONNX, int8).
    pub network: &'static [u8],
    /// The word embedding, int8 with one scale a row, and the bias of the output.
    pub embedding: &'static [u8],
    /// One word piece a line.
    pub vocabulary: &'static str,
}

/// The files are no encoder, or do not belong together.
#[derive(Debug)]
pub struct EncoderError(String);

impl fmt::Display for EncoderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot use the encoder: {}", self.0)
    }
}

impl std::error::Error for EncoderError {}

/// What the encoder says of a sentence.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// For each word: the log-odds that it was put there by a substitution, in 1/1024 nats; `None` for a word without pieces.
    pub replaced: Vec<Option<i32>>,
    /// For each word: what the *original* head sees at its first piece.
    states: Vec<Option<Vec<f32>>>,
}

impl Encoder {
    /// Takes the files. The embedding is not copied; the network's weights are laid out for the machine, which takes some milliseconds.
    ///
    /// # Errors
    /// One of the files is not what it should be.
    pub fn load(files: EncoderFiles) -> Result<Encoder, EncoderError> {
        let fail = |error: &dyn fmt::Display| EncoderError(error.to_string());
        let network = ModelOptions::with_ops(operators())
            .prepack_weights(true)
            .load_static_slice(files.network)
            .map_err(|error| fail(&error))?;
        let node = |name: &str| network.node_id(name).map_err(|error| fail(&error));
        let (input, replaced, state) = (node("embeddings")?, node("replaced")?, node("state")?);
        let embedding = Embedding::load(files.embedding).map_err(|error| fail(&error))?;
        let pieces = Pieces::new(files.vocabulary).map_err(|error| fail(&error))?;
        if pieces.len() != embedding.rows() {
            return Err(EncoderError(format!("{} word pieces and {} rows", pieces.len(), embedding.rows())));
        }
        // One thread: sentences are what runs side by side, and whoever calls decides how many.
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        Ok(Encoder { network, pool, embedding, pieces, replaced, state, input })
    }

    /// How many word pieces these words are, for measuring.
    #[must_use]
    pub fn count_pieces(&self, words: &[&str]) -> usize {
        words.iter().map(|word| self.pieces.cut(word).len()).sum()
    }

    /// Reads one sentence, given as its words and marks in order.
    #[must_use]
    pub fn read(&self, words: &[&str]) -> Reading {
        let mut reading = Reading { replaced: vec![None; words.len()], states: vec![None; words.len()] };
        let cut: Vec<_> = words.iter().map(|word| self.pieces.cut(word)).collect();
        let mut from = 0;
        while from < words.len() {
            let mut size = 0;
            let mut to = from;
            while to < words.len() && (to == from || size + cut[to].len() <= WINDOW_PIECES_MAX - 2) {
                size += cut[to].len();
                to += 1;
            }
            self.read_window(&cut[from..to], from, &mut reading);
            from = to;
        }
        reading
    }

    fn read_window(&self, words: &[Vec<(u32, u8)>], offset: usize, reading: &mut Reading) {
        let mut pieces = vec![self.pieces.start()];
        let mut firsts = Vec::with_capacity(words.len());
        for word in words {
            firsts.push((!word.is_empty()).then_some(pieces.len()));
            // A word longer than the whole window is no word: its head is enough.
            pieces.extend(word.iter().take(WINDOW_PIECES_MAX - 2));
        }
        pieces.push(self.pieces.end());
        let width = self.embedding.width();
        let mut rows = vec![0.0; pieces.len() * width];
        for (row, &(piece, case)) in rows.chunks_exact_mut(width).zip(&pieces) {
            self.embedding.read(piece, case, row);
        }
        let input = NdTensor::from_data([1, pieces.len(), width], rows);
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let Ok([replaced, state]) =
            self.network.run_n([(self.input, input.into())].into(), [self.replaced, self.state], Some(options))
        else {
            debug_assert!(false, "a network that was loaded can be run");
            return;
        };
        let (Ok(replaced), Ok(state)) = (NdTensor::<f32, 2>::try_from(replaced), NdTensor::<f32, 3>::try_from(state))
        else {
            debug_assert!(false, "the outputs have the shapes of the contract");
            return;
        };
        let state: NdTensorView<'_, f32, 3> = state.view();
        for (word, first) in firsts.into_iter().enumerate() {
            let Some(first) = first else { continue };
            reading.replaced[offset + word] = Some(nats_1024(replaced[[0, first]]));
            reading.states[offset + word] = Some((0..width).map(|column| state[[0, first, column]]).collect());
        }
    }

    /// How much likelier it is that `natural` stood at a word than that `written` did, in 1/1024 nats, by their first pieces.
    ///
    /// `None` for a word that the encoder could not read. An empty `natural` asks whether nothing stood there.
    #[must_use]
    pub fn original_odds(&self, reading: &Reading, word: usize, written: &str, natural: &str) -> Option<i32> {
        let state = reading.states.get(word)?.as_deref()?;
        let first = |word: &str| self.pieces.first(word).unwrap_or(self.pieces.nothing());
        let (natural, written) = (first(natural), first(written));
        Some(nats_1024(self.embedding.output(state, natural) - self.embedding.output(state, written)))
    }

    /// The words that most likely stood at a place, as one whole piece each, with how much likelier each is than what is written, in
    /// 1/1024 nats; best first.
    #[must_use]
    pub fn originals(&self, reading: &Reading, word: usize, written: &str, at_most: usize) -> Vec<(&str, i32)> {
        let Some(state) = reading.states.get(word).and_then(Option::as_deref).filter(|_| at_most > 0) else {
            return Vec::new();
        };
        // Rounding may exchange neighbours: a few more are kept and looked at exactly.
        const SPARE: usize = 8;
        let kept = at_most + SPARE;
        let rounded = self.embedding.rounded_outputs(state);
        let mut best: Vec<(i32, u32)> = (0..self.embedding.rows() as u32)
            .filter(|&piece| self.pieces.is_word(piece))
            .map(|piece| (nats_1024(rounded[piece as usize]), piece))
            .collect();
        let by_odds = |a: &(i32, u32), b: &(i32, u32)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if (1..best.len()).contains(&kept) {
            best.select_nth_unstable_by(kept - 1, by_odds);
        }
        best.truncate(kept);
        let here = self.pieces.first(written).map_or(0.0, |piece| self.embedding.output(state, piece));
        for (odds, piece) in &mut best {
            *odds = nats_1024(self.embedding.output(state, *piece) - here);
        }
        best.sort_by(by_odds);
        best.truncate(at_most);
        best.into_iter().map(|(odds, piece)| (self.pieces.text(piece), odds)).collect()
    }
}

/// The operators that the training side's export writes (`operators` in the manifest). A binary that knows all of them is megabytes larger.
fn operators() -> OpRegistry {
    op_registry!(
        Add,
        Cast,
        Concat,
        Div,
        DynamicQuantizeLinear,
        Erf,
        Gather,
        LayerNormalization,
        MatMul,
        MatMulInteger,
        Mul,
        Reshape,
        Shape,
        Slice,
        Softmax,
        Squeeze,
        Transpose,
        Unsqueeze
    )
}

fn nats_1024(nats: f32) -> i32 {
    (nats * 1024.0).round() as i32
}
