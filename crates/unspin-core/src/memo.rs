//! Sentences that were read a while ago: what is typed and taken back, cut and pasted elsewhere, is not read again.

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use unspin_text::{Block, Token};

use crate::spin::SpinFacts;

/// How many sentences are kept that are no longer in the document.
const SENTENCES_MAX: usize = 1024;

/// Facts of sentences under their words; the newest of [`SENTENCES_MAX`], once [`Memo::shrink`] was called.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    facts: FxHashMap<Arc<str>, Remembered>,
    /// Oldest first. A sentence that was kept twice stands here twice.
    order: VecDeque<Arc<str>>,
}

#[derive(Debug)]
struct Remembered {
    /// The same words can be cut into other tokens where an apostrophe is a mark of quotation.
    tokens: Vec<Token>,
    facts: Arc<SpinFacts>,
}

impl Memo {
    /// The facts of a sentence, given as an excerpt.
    pub(crate) fn find(&self, excerpt: &Block) -> Option<Arc<SpinFacts>> {
        let found = self.facts.get(excerpt.prose.as_str())?;
        (found.tokens == excerpt.tokens).then(|| Arc::clone(&found.facts))
    }

    pub(crate) fn keep(&mut self, excerpt: Block, facts: Arc<SpinFacts>) {
        let words: Arc<str> = excerpt.prose.into();
        self.order.push_back(Arc::clone(&words));
        self.facts.insert(words, Remembered { tokens: excerpt.tokens, facts });
    }

    /// Forgets the oldest.
    pub(crate) fn shrink(&mut self) {
        while SENTENCES_MAX < self.order.len() {
            let Some(oldest) = self.order.pop_front() else { return };
            if !self.order.contains(&oldest) {
                self.facts.remove(&oldest);
            }
        }
    }
}
