//! The compiled table, read in place.
//!
//! Layout: four lengths as u32 (files, entries, bytes of the file list, bytes of postings), the file list, the postings,
//! an offset (u32) for each entry, the entries. Numbers inside are LEB128, texts have their length in front.
//! It is only ever read from what [`crate::compile`] wrote; bytes that end early read as zeros and empty texts.

use std::borrow::Cow;

use unspin_english::Form;

use crate::entry::{Class, Kind, Neighbour, Surety};

/// Where one entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub(crate) u32);

/// A file that entries came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u8);

#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) is_terms: bool,
}

#[derive(Debug)]
pub(crate) struct Table {
    bytes: Cow<'static, [u8]>,
    pub(crate) files: Vec<File>,
    pub(crate) n_entries: u32,
    postings_at: usize,
    offsets_at: usize,
    records_at: usize,
}

impl Table {
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Self {
        let length = |idx: usize| u32_at(&bytes, idx * 4);
        let (n_files, n_entries, names_len, postings_len) = (length(0), length(1), length(2), length(3));
        let names_at = 16;
        let postings_at = names_at + names_len as usize;
        let offsets_at = postings_at + postings_len as usize;
        let records_at = offsets_at + n_entries as usize * 4;
        let mut reader = Reader(bytes.get(names_at..).unwrap_or_default());
        let files = (0..n_files)
            .map(|_| {
                let is_terms = reader.byte() == 1;
                let kind = match reader.byte() {
                    1 => Kind::TortureTerm,
                    2 => Kind::SpunName,
                    _ => Kind::SpunPhrase,
                };
                File { name: reader.text().to_owned(), kind, is_terms }
            })
            .collect();
        Self { bytes, files, n_entries, postings_at, offsets_at, records_at }
    }

    /// The entries of a surface, each with the forms that it can be (one bit a [`Form`]).
    pub(crate) fn postings(&self, offset: u64) -> impl Iterator<Item = (EntryId, u8)> {
        let mut reader = Reader(self.bytes.get(self.postings_at + offset as usize..).unwrap_or_default());
        let n_hits = reader.number();
        (0..n_hits).map(move |_| (EntryId(reader.number() as u32), reader.byte()))
    }

    pub(crate) fn record(&self, id: EntryId) -> Record<'_> {
        let offset = u32_at(&self.bytes, self.offsets_at + id.0 as usize * 4) as usize;
        let mut reader = Reader(self.bytes.get(self.records_at + offset..).unwrap_or_default());
        let file = FileId(reader.number() as u8);
        let line = reader.number() as u32;
        let surety = match reader.byte() {
            0 => Surety::Weak,
            1 => Surety::Medium,
            2 => Surety::Strong,
            _ => Surety::Certain,
        };
        let class = match reader.byte() {
            0 => Class::Verb,
            1 => Class::Noun,
            2 => Class::Adjective,
            3 => Class::Adverb,
            _ => Class::Phrase,
        };
        let flags = reader.byte();
        let spun = reader.text();
        Record {
            file,
            line,
            surety,
            class,
            title: flags & 1 != 0,
            keep: flags & 2 != 0,
            guarded: flags & 4 != 0,
            spun,
            rest: reader,
        }
    }
}

/// The fixed part of an entry; guards (if `guarded`) and forms follow in `rest`.
pub(crate) struct Record<'a> {
    pub(crate) file: FileId,
    pub(crate) line: u32,
    pub(crate) surety: Surety,
    pub(crate) class: Class,
    pub(crate) title: bool,
    pub(crate) keep: bool,
    pub(crate) guarded: bool,
    pub(crate) spun: &'a str,
    pub(crate) rest: Reader<'a>,
}

/// One step of a guard, read in place.
pub(crate) enum StepView<'a> {
    Word(&'a str),
    /// This many words follow, any of them will do.
    AnyOf(u64),
    Class(Neighbour),
}

/// Reads from the front of bytes that [`crate::compile`] wrote.
#[derive(Clone)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    pub(crate) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    pub(crate) fn text(&mut self) -> &'a str {
        let length = (self.number() as usize).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }

    pub(crate) fn step(&mut self) -> StepView<'a> {
        match self.byte() {
            0 => StepView::Word(self.text()),
            1 => StepView::AnyOf(self.number()),
            _ => {
                let idx = usize::from(self.byte());
                StepView::Class(Neighbour::ALL[idx.min(Neighbour::ALL.len() - 1)].0)
            }
        }
    }

    /// The naturals of each form.
    pub(crate) fn forms(mut self) -> impl Iterator<Item = (Form, Vec<&'a str>)> {
        let n_forms = self.number();
        (0..n_forms).map(move |_| {
            let form = form(self.byte());
            let n_naturals = self.number();
            (form, (0..n_naturals).map(|_| self.text()).collect())
        })
    }
}

const FORMS: [Form; 8] = [
    Form::Base,
    Form::ThirdPerson,
    Form::Past,
    Form::PastParticiple,
    Form::Gerund,
    Form::Plural,
    Form::Comparative,
    Form::Superlative,
];

fn form(number: u8) -> Form {
    FORMS.into_iter().find(|form| *form as u8 == number).unwrap_or(Form::Base)
}

/// The forms in a mask, in the order of [`Form`].
pub(crate) fn forms_of_mask(mask: u8) -> impl Iterator<Item = Form> {
    FORMS.into_iter().filter(move |form| mask & (1 << *form as u8) != 0)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}
