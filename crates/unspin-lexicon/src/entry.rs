//! One entry of the channel, as written in a source file and as kept in the table.

use std::fmt;

/// How sure a match is alone, before its neighbourhood or its document is looked at.
///
/// Of all the times this phrase (with its guards) is met, how often is it a spinner's product?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Surety {
    /// An everyday word, mostly in its right sense: it speaks only in an article that others have betrayed.
    Weak,
    /// Natural now and then.
    Medium,
    /// Hardly ever natural.
    Strong,
    /// Nobody writes this.
    Certain,
}

/// What family of marks a match belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A word or phrase in place of the natural one ("japanese" for "eastern").
    SpunPhrase,
    /// An established term whose words were replaced one by one ("bosom peril" for "breast cancer").
    TortureTerm,
    /// A name that was translated like a phrase ("White Home").
    SpunName,
}

/// The word class of an entry: it says which word inflects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The first word inflects, like a verb.
    Verb,
    /// The last word inflects: singular and plural.
    Noun,
    /// Comparative and superlative.
    Adjective,
    /// Comparative and superlative too ("more carefully").
    Adverb,
    /// Nothing inflects.
    Phrase,
}

/// A class of neighbouring tokens that a guard can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Neighbour {
    /// Capitalised inside a sentence: a name.
    Proper,
    /// A name or a personal pronoun.
    Person,
    /// Digits or a number word.
    Number,
    /// Can be a noun.
    Noun,
    /// Can be a verb.
    Verb,
    /// Can be an adjective.
    Adjective,
    /// Can be an adverb.
    Adverb,
    /// Ends in -ing and comes from a verb.
    Ing,
    /// Past tense or past participle.
    Ed,
    /// A verb in its bare form.
    Base,
    /// An article, a demonstrative, a possessive, a quantifier.
    Determiner,
    /// A preposition.
    Preposition,
    /// A form of "be".
    Be,
    /// A form of "have".
    Have,
    /// A modal verb.
    Modal,
    /// A conjunction.
    Conjunction,
    /// The start of the sentence or of a quotation in it.
    Start,
    /// The end of the sentence, or punctuation.
    End,
    /// A quotation mark.
    Quote,
}

impl Neighbour {
    /// Every class with its name in the sources, without the angle brackets.
    pub const ALL: [(Self, &'static str); 19] = [
        (Self::Proper, "proper"),
        (Self::Person, "person"),
        (Self::Number, "number"),
        (Self::Noun, "noun"),
        (Self::Verb, "verb"),
        (Self::Adjective, "adj"),
        (Self::Adverb, "adv"),
        (Self::Ing, "ing"),
        (Self::Ed, "ed"),
        (Self::Base, "base"),
        (Self::Determiner, "det"),
        (Self::Preposition, "prep"),
        (Self::Be, "be"),
        (Self::Have, "have"),
        (Self::Modal, "modal"),
        (Self::Conjunction, "conj"),
        (Self::Start, "start"),
        (Self::End, "end"),
        (Self::Quote, "quote"),
    ];
}

/// One step of a guard's alternative: it stands for one token.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// This word, in lower case.
    Word(String),
    /// Any form of this verb or noun.
    AnyForm(String),
    /// Any token of this class.
    Class(Neighbour),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::AnyForm(lemma) => write!(f, "~{lemma}"),
            Self::Class(class) => {
                let name = Neighbour::ALL.iter().find(|(known, _)| known == class).map_or("", |&(_, name)| name);
                write!(f, "<{name}>")
            }
        }
    }
}

/// An alternative of a guard: steps in reading order, at least one.
pub type Pattern = Vec<Step>;

/// What must and must not stand beside the phrase. An empty list asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guards {
    /// One of these must end directly before the phrase.
    pub before: Vec<Pattern>,
    /// One of these must start directly after it.
    pub after: Vec<Pattern>,
    /// None of these may end directly before it.
    pub not_before: Vec<Pattern>,
    /// None of these may start directly after it.
    pub not_after: Vec<Pattern>,
}

impl Guards {
    /// Nothing is asked of the neighbourhood.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.not_before.is_empty() && self.not_after.is_empty()
    }
}

/// The sentence an entry is known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence as it was met, without the notation of marks.
    pub spun: String,
    /// The sentence as it should read.
    pub natural: String,
    /// Bytes of `spun` that are marked.
    pub marked: std::ops::Range<usize>,
}

/// One line of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Index of the file in the list that was parsed.
    pub file: usize,
    /// Line of that file, from 1.
    pub line: u32,
    /// The spun phrase in its dictionary form, with the capitals that are part of the finding.
    pub spun: String,
    /// Natural phrases in their dictionary form, best first, one to four.
    pub naturals: Vec<String>,
    /// Which word inflects.
    pub class: Class,
    /// How sure it is alone.
    pub surety: Surety,
    /// The neighbourhood it needs.
    pub guards: Guards,
    /// The fix is a name: its words get capitals.
    pub title: bool,
    /// The surface is matched with exactly its capitals.
    pub keep: bool,
    /// The sentence it is known from; terms that come from a list have none.
    pub example: Option<Example>,
}

/// Something wrong in a source file, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Name of the file, as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// A source file in memory.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// Its name without folders ("wild.txt"). `terms….txt` holds tortured terms, `names….txt` spun names.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl SourceFile<'_> {
    /// The family of marks that a file's entries belong to.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let name = file_name(self.name);
        if name.starts_with("terms") {
            Kind::TortureTerm
        } else if name.starts_with("names") {
            Kind::SpunName
        } else {
            Kind::SpunPhrase
        }
    }

    /// The file's name without folders and extension: the name it is left out by.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = file_name(self.name);
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
