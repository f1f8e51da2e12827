//! The language models: is this word natural here? Inference only; nothing here reads a file.
//!
//! - [`Ngram`]: counts of one to three words in a row in clean English, a few megabytes, microseconds a question. It ranks fixes
//!   best, and its thresholds carry over best from one newsroom to the next.
//!
//! The bytes of a model are given by whoever has them: the binary embeds them, an experiment reads a file.

mod encoder;
mod ngram;

pub use encoder::{Encoder, EncoderError, EncoderFiles, Reading, WINDOW_PIECES_MAX};
pub use ngram::{COUNT_STEP_NATS_1024, LoadError, Ngram, NgramBuilder, WordKey, word_key};
