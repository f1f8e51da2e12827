//! The lexicon at run time: all places of a sentence that some entry knows.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use fst::Map;
use fst::raw::Node;
use unspin_english::Form;

use crate::broken;
use crate::casing::{Casing, cased, casing, title};
use crate::compile::compile;
use crate::consistency;
use crate::entry::{Class, Entry, Kind, Mistake, SourceFile, Surety};
use crate::guards;
use crate::key::Word;
use crate::reading::{agreed_be, form_here};
use crate::sentence::{Sentence, is_capitalised};
use crate::source;
use crate::table::{EntryId, FileId, Table};

/// A place that the channel knows as another phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Tokens of the sentence that change together.
    pub tokens: Range<usize>,
    /// The entry that knows it; `None` for a pattern, which has no entry.
    pub entry: Option<EntryId>,
    /// The form of the surface, and so of the naturals.
    pub form: Form,
    /// What should stand there, best first: inflected, with the capitals of the surface. Never empty.
    pub naturals: Vec<String>,
    /// How sure the entry is alone.
    pub surety: Surety,
    /// Where this knowledge comes from.
    pub source: Source,
    /// The family of marks it belongs to.
    pub kind: Kind,
}

/// Where a match's knowledge comes from, for the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A line that a person wrote; [`Lexicon::file_name`] names the file.
    Curated(FileId),
    /// The list of tortured terms.
    Term(FileId),
    /// The list of everyday words: too common to say anything alone, the context must point at the place first.
    Everyday(FileId),
    /// A thesaurus joins the two.
    Thesaurus,
    /// A pattern that no list can hold; its name.
    Pattern(&'static str),
}

/// The channel of a set of source files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Lexicon {
    data: Arc<Data>,
    /// One bit a [`FileId`].
    left_out: u64,
}

#[derive(Debug)]
struct Data {
    /// Nothing is found without it.
    surfaces: Option<Map<Cow<'static, [u8]>>>,
    table: Table,
}

/// The bit of what [`crate::broken`] finds; files have those below it.
const PATTERNS: u64 = 1 << 63;

/// Longer surfaces are not in any source, so a walk never goes further.
const SURFACE_TOKENS_MAX: usize = 16;

/// The lexicon that is compiled in: all files of `sources/`.
#[must_use]
pub fn curated() -> &'static Lexicon {
    static CURATED: LazyLock<Lexicon> = LazyLock::new(|| {
        let fst = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.fst"));
        let table = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.table"));
        Lexicon::from_bytes(Cow::Borrowed(fst), Cow::Borrowed(table))
    });
    &CURATED
}

impl Lexicon {
    /// Compiles sources at run time: to check them, or for a lexicon of one's own.
    ///
    /// # Errors
    /// Every mistake of every file, in the order of files and lines; [`check`](crate::check()) finds those in sentences too.
    pub fn compile(files: &[SourceFile<'_>]) -> Result<Self, Vec<Mistake>> {
        let (lexicon, _, mistakes) = Self::compile_lenient(files);
        if mistakes.is_empty() { Ok(lexicon) } else { Err(mistakes) }
    }

    /// Compiles what can be compiled: the lexicon, its entries in the order of their [`EntryId`], all mistakes.
    pub(crate) fn compile_lenient(files: &[SourceFile<'_>]) -> (Self, Vec<Entry>, Vec<Mistake>) {
        let (entries, mut mistakes) = source::parse(files);
        mistakes.extend(consistency::check(files, &entries));
        let (compiled, more) = compile(files, &vec![false; files.len()], &entries);
        mistakes.extend(more);
        mistakes.sort();
        (Self::from_bytes(Cow::Owned(compiled.fst), Cow::Owned(compiled.table)), entries, mistakes)
    }

    fn from_bytes(fst: Cow<'static, [u8]>, table: Cow<'static, [u8]>) -> Self {
        // Bytes that are no FST cannot come out of the build; and an empty lexicon has none.
        let surfaces = Map::new(fst).ok();
        Self { data: Arc::new(Data { surfaces, table: Table::new(table) }), left_out: 0 }
    }

    /// The same lexicon without some source files, named without extension ("wild"). Unknown names leave out nothing;
    /// "patterns" leaves out doubled words, wrong articles and cut numbers, which no file has.
    #[must_use]
    pub fn without(&self, files: &[&str]) -> Self {
        let mut left_out = self.left_out;
        if files.contains(&"patterns") {
            left_out |= PATTERNS;
        }
        for (idx, file) in self.data.table.files.iter().enumerate() {
            let stem = SourceFile { name: &file.name, text: "" };
            if files.contains(&stem.stem()) {
                left_out |= 1 << idx;
            }
        }
        Self { data: Arc::clone(&self.data), left_out }
    }

    /// How many entries there are, those of files that are left out included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.data.table.n_entries as usize
    }

    /// There are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of a source file, as in "wild.txt".
    #[must_use]
    pub fn file_name(&self, file: FileId) -> &str {
        self.data.table.files.get(usize::from(file.0)).map_or("", |file| &file.name)
    }

    /// An entry's spun phrase in its dictionary form, its file and line: what the evidence quotes.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> (&str, FileId, u32) {
        let record = self.data.table.record(id);
        (record.spun, record.file, record.line)
    }

    /// All places of one sentence that an entry knows, overlapping ones included: by start, the longest first, then the
    /// guarded before the unguarded, then the surest.
    ///
    /// `tokens` are those of **one** sentence; guards look no further. Appends to `found`, and sorts only what it appends.
    pub fn matches(&self, tokens: &[Word<'_>], found: &mut Vec<Match>) {
        let sentence = Sentence::new(tokens);
        let found_before = found.len();
        let mut here = Vec::new();
        for start in 0..sentence.len() {
            here.clear();
            self.walk(&sentence, start, &mut here);
            here.sort_by_key(|hit: &Hit| {
                (std::cmp::Reverse(hit.tokens.end), !hit.guarded, std::cmp::Reverse(hit.surety), hit.entry)
            });
            for (idx, hit) in here.iter().enumerate() {
                // "more pretty" is one match of "pretty => nice" as a comparative, not two.
                let inside_own = here[..idx].iter().any(|other| other.entry == hit.entry);
                if !inside_own {
                    found.push(self.resolve(&sentence, hit));
                }
            }
        }
        drop_inner_degrees(found, found_before);
        if self.left_out & PATTERNS == 0 {
            broken::find(&sentence, found);
        }
        // Stable, so that entries of one place keep their order; patterns come after them.
        found[found_before..].sort_by_key(|hit| (hit.tokens.start, std::cmp::Reverse(hit.tokens.end)));
    }

    fn walk(&self, sentence: &Sentence<'_>, start: usize, hits: &mut Vec<Hit>) {
        let Some(fst) = self.data.surfaces.as_ref().map(Map::as_fst) else { return };
        let mut at = (fst.root(), 0);
        let mut idx = start;
        let end_max = (start + SURFACE_TOKENS_MAX).min(sentence.len());
        while idx < end_max {
            // A hyphen that another tokeniser made a token of its own is a space in keys.
            if start < idx
                && matches!(sentence.text(idx), "-" | "‑")
                && sentence.touches_next(idx)
                && sentence.touches_next(idx - 1)
            {
                idx += 1;
                continue;
            }
            if start < idx {
                let Some(next) = step(fst, &at, b" ") else { return };
                at = next;
            }
            let key = sentence.key(idx);
            let owner = key.strip_suffix("'s").or_else(|| key.strip_suffix("s'").map(|_| &key[..key.len() - 1]));
            if let Some(owner) = owner.filter(|owner| !owner.is_empty())
                && let Some(end) = step(fst, &at, owner.as_bytes())
            {
                self.collect(sentence, &end, start..idx + 1, true, hits);
            }
            let Some(next) = step(fst, &at, key.as_bytes()) else { return };
            at = next;
            self.collect(sentence, &at, start..idx + 1, false, hits);
            idx += 1;
        }
    }

    fn collect(
        &self,
        sentence: &Sentence<'_>,
        (node, output): &(Node<'_>, u64),
        tokens: Range<usize>,
        owner: bool,
        hits: &mut Vec<Hit>,
    ) {
        if !node.is_final() {
            return;
        }
        let offset = output + node.final_output().value();
        for (entry, forms) in self.data.table.postings(offset) {
            let mut record = self.data.table.record(entry);
            if self.left_out & (1 << record.file.0) != 0 {
                continue;
            }
            // Only what can own has a possessive: "the White Home's", not "he mentioned's".
            if owner && matches!(record.class, Class::Verb | Class::Adverb | Class::Adjective) {
                continue;
            }
            if !capitals_agree(sentence, &tokens, record.spun, record.keep) {
                continue;
            }
            if record.guarded && !guards::hold(&mut record.rest, sentence, &tokens) {
                continue;
            }
            hits.push(Hit {
                tokens: tokens.clone(),
                entry,
                forms,
                guarded: record.guarded,
                surety: record.surety,
                owner,
            });
        }
    }

    fn resolve(&self, sentence: &Sentence<'_>, hit: &Hit) -> Match {
        let table = &self.data.table;
        let mut record = table.record(hit.entry);
        if record.guarded {
            guards::skip(&mut record.rest);
        }
        let form = form_here(sentence, &hit.tokens, hit.forms);
        let has_own_capitals = record.keep || record.spun.split(' ').any(is_capitalised);
        let casing = casing(sentence, hit.tokens.clone(), has_own_capitals);
        let naturals =
            record.rest.clone().forms().find(|&(of, _)| of == form).map(|(_, naturals)| naturals).unwrap_or_default();
        // The dot of an abbreviation at the very end is the sentence's full stop too ("it fell 5 p.c.").
        let last = hit.tokens.end - 1;
        let ends_sentence = sentence.text(last).len() > 1
            && sentence.text(last).ends_with('.')
            && !record.spun.ends_with('.')
            && (last + 1..sentence.len()).all(|idx| sentence.is_quote(idx));
        let naturals = naturals
            .into_iter()
            .map(|natural| {
                let be = if record.class == Class::Verb {
                    natural.strip_prefix("be").or_else(|| natural.strip_prefix("was"))
                } else {
                    None
                };
                let agreed = be
                    .filter(|rest| rest.is_empty() || rest.starts_with(' '))
                    .and_then(|rest| Some([agreed_be(sentence, hit.tokens.start, form)?, rest].concat()));
                let natural = agreed.as_deref().unwrap_or(natural);
                let mut natural = match casing {
                    Casing::AsWritten | Casing::First if record.title => title(natural),
                    _ => cased(natural, casing),
                };
                if ends_sentence {
                    natural.push('.');
                } else if hit.owner {
                    natural.push_str(if natural.ends_with('s') && form == Form::Plural { "'" } else { "'s" });
                }
                natural
            })
            .collect();
        let file = table.files.get(usize::from(record.file.0));
        Match {
            tokens: hit.tokens.clone(),
            entry: Some(hit.entry),
            form,
            naturals,
            surety: hit.surety,
            source: match file {
                Some(file) if file.name.starts_with("everyday") => Source::Everyday(record.file),
                Some(file) if file.is_terms => Source::Term(record.file),
                _ => Source::Curated(record.file),
            },
            kind: file.map_or(Kind::SpunPhrase, |file| file.kind),
        }
    }
}

/// A surface that was found, before its naturals are made.
struct Hit {
    tokens: Range<usize>,
    entry: EntryId,
    forms: u8,
    guarded: bool,
    surety: Surety,
    /// The surface is a possessive ("the White Home's").
    owner: bool,
}

/// Follows bytes from a node; `None` when no surface goes on so.
fn step<'f>(
    fst: &'f fst::raw::Fst<Cow<'static, [u8]>>,
    &(node, output): &(Node<'f>, u64),
    bytes: &[u8],
) -> Option<(Node<'f>, u64)> {
    let (mut node, mut output) = (node, output);
    for &byte in bytes {
        let transition = node.transition(node.find_input(byte)?);
        output += transition.out.value();
        node = fst.node(transition.addr);
    }
    Some((node, output))
}

/// Capitals of an entry must stand in the text; capitals of the text are free, unless the entry keeps its own exactly.
fn capitals_agree(sentence: &Sentence<'_>, tokens: &Range<usize>, spun: &str, keep: bool) -> bool {
    if !keep && !spun.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return true;
    }
    let mut parts = spun.split([' ', '-']);
    tokens.clone().flat_map(|idx| sentence.text(idx).split(['-', '‑'])).filter(|part| !part.is_empty()).all(|part| {
        let Some(spun) = parts.next() else { return true };
        if keep {
            // An inflected ending may follow, but the capitals are those of the entry.
            part.chars().zip(spun.chars()).all(|(here, wanted)| here.is_uppercase() == wanted.is_uppercase())
        } else {
            !is_capitalised(spun) || is_capitalised(part)
        }
    })
}

/// A match of an entry inside a longer one of the same entry says nothing new ("pretty" in "more pretty").
fn drop_inner_degrees(found: &mut Vec<Match>, from: usize) {
    let degrees: Vec<(Range<usize>, Option<EntryId>)> = found[from..]
        .iter()
        .filter(|hit| matches!(hit.form, Form::Comparative | Form::Superlative) && 1 < hit.tokens.len())
        .map(|hit| (hit.tokens.clone(), hit.entry))
        .collect();
    if degrees.is_empty() {
        return;
    }
    let mut appended = found.split_off(from);
    appended.retain(|hit| {
        !degrees.iter().any(|(tokens, entry)| {
            *entry == hit.entry && tokens.start < hit.tokens.start && hit.tokens.end <= tokens.end
        })
    });
    found.append(&mut appended);
}
