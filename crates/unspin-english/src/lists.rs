//! The closed classes of English: determiners, prepositions, pronouns and the rest, and common adverbs not in -ly.

use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use crate::by_letter::ByLetter;
use crate::lowercase::lowercase;

/// The closed classes that a word can belong to; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordClasses(u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl WordClasses {
            $($(#[$doc])* pub const $name: WordClasses = WordClasses(1 << $bit);)*
        }
    };
}

classes! {
    /// "the", "a", "this", "every", "some", "no", "my".
    DETERMINER = 0;
    /// "the", "a", "an".
    ARTICLE = 1;
    /// "this", "that", "these", "those".
    DEMONSTRATIVE = 2;
    /// "my", "its", "their"; also "whose".
    POSSESSIVE = 3;
    /// "some", "many", "most", "few", "several", "all", "both": what says how many.
    QUANTIFIER = 4;
    /// "of", "in", "according", "despite", "amid".
    PREPOSITION = 5;
    /// Any pronoun: "he", "herself", "theirs", "someone", "who".
    PRONOUN = 6;
    /// A pronoun that can be a subject: "I", "they", "it", "who", "everyone".
    SUBJECT_PRONOUN = 7;
    /// A pronoun that can be an object: "me", "them", "it", "whom", "everyone".
    OBJECT_PRONOUN = 8;
    /// "and", "or", "but", "nor", "yet".
    CONJUNCTION = 9;
    /// "because", "although", "that", "while", "if", "than".
    SUBORDINATOR = 10;
    /// "who", "which", "what", "when", "where", "why", "how", "whether".
    WH_WORD = 11;
    /// "can", "could", "will", "would", "must", "ought".
    MODAL = 12;
    /// "be" and its forms.
    BE = 13;
    /// "have" and its forms.
    HAVE = 14;
    /// "do" and its forms.
    DO = 15;
    /// A numeral in words: "two", "hundred", "third". Figures are not here, see [`crate::numbers`].
    NUMBER = 16;
    /// "not", "never", "n't", "cannot", "neither".
    NEGATION = 17;
    /// A common adverb not in -ly: "very", "again", "also", "then", "soon".
    ADVERB = 18;
    /// An adverb that says how much: "very", "too", "almost", "about".
    DEGREE = 19;
    /// A particle of phrasal verbs: "up", "out", "off".
    PARTICLE = 20;
    /// "oh", "yes", "please".
    INTERJECTION = 21;
    /// The "to" of the infinitive, also a preposition.
    TO = 22;
    /// Not by itself a class of function words: also a noun, verb, adjective or full adverb ("like", "past", "second").
    OPEN_TOO = 23;
}

impl WordClasses {
    /// No class.
    pub const EMPTY: WordClasses = WordClasses(0);
    /// Forms of be, have and do, and the modals.
    pub const AUXILIARY: WordClasses =
        WordClasses(WordClasses::BE.0 | WordClasses::HAVE.0 | WordClasses::DO.0 | WordClasses::MODAL.0);

    /// Whether the word belongs to any of `classes`.
    pub const fn has(self, classes: WordClasses) -> bool {
        self.0 & classes.0 != 0
    }

    /// Whether the word belongs to all of `classes`.
    pub const fn contains(self, classes: WordClasses) -> bool {
        self.0 & classes.0 == classes.0
    }

    /// Whether the word is in no list.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the word is a function word and nothing else: not a noun, a verb (but for be, have, do) or an adjective.
    /// Adverbs and numerals alone do not make a word closed.
    pub const fn is_closed(self) -> bool {
        let open = WordClasses::ADVERB.0 | WordClasses::DEGREE.0 | WordClasses::NUMBER.0 | WordClasses::PARTICLE.0;
        self.0 & !open != 0 && !self.has(WordClasses::OPEN_TOO)
    }
}

impl BitOr for WordClasses {
    type Output = WordClasses;
    fn bitor(self, other: WordClasses) -> WordClasses {
        WordClasses(self.0 | other.0)
    }
}

impl BitOrAssign for WordClasses {
    fn bitor_assign(&mut self, other: WordClasses) {
        self.0 |= other.0;
    }
}

/// The closed classes of a word, in any case; empty for a word that is in none.
///
/// Contractions have the classes of both parts: "don't" is DO and NEGATION, "they're" a pronoun and BE (and "he's" BE
/// and HAVE). The parts alone are known too: "n't", "'re".
///
/// ```
/// use unspin_english::{WordClasses, class_of};
/// assert!(class_of("That").contains(WordClasses::DETERMINER | WordClasses::SUBORDINATOR));
/// assert!(class_of("couldn't").has(WordClasses::MODAL));
/// assert!(class_of("ministry").is_empty());
/// ```
pub fn class_of(word: &str) -> WordClasses {
    let word = lowercase(word);
    let found = lookup(&word);
    if !found.is_empty() || !word.contains('\'') {
        return found;
    }
    if let Some(verb) = word.strip_suffix("n't") {
        let verb = match verb {
            "ca" => "can",
            "wo" => "will",
            "sha" => "shall",
            "ai" => "is",
            _ => verb,
        };
        let verb = lookup(verb);
        return if verb.has(WordClasses::AUXILIARY) { verb | WordClasses::NEGATION } else { WordClasses::EMPTY };
    }
    let Some(at) = word.rfind('\'') else {
        return WordClasses::EMPTY;
    };
    let host = lookup(&word[..at]);
    // "it's" has a verb, but "Russia's" has none.
    if host.has(WordClasses::PRONOUN | WordClasses::WH_WORD | WordClasses::DEMONSTRATIVE) {
        host | lookup(&word[at..])
    } else {
        WordClasses::EMPTY
    }
}

fn lookup(word: &str) -> WordClasses {
    LISTS.get(word).first().map_or(WordClasses::EMPTY, |(_, classes)| *classes)
}

static LISTS: LazyLock<ByLetter<(&'static str, WordClasses)>> = LazyLock::new(|| {
    let mut rows: Vec<(&str, WordClasses)> =
        GROUPS.iter().flat_map(|(classes, words)| words.split_whitespace().map(|word| (word, *classes))).collect();
    rows.sort_unstable_by_key(|(word, _)| *word);
    rows.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 |= next.1;
        }
        same
    });
    ByLetter::new(rows, |row| row.0)
});

/// Classes and their words; a word in several rows has the classes of all.
const GROUPS: &[(WordClasses, &str)] = {
    use WordClasses as W;
    const fn both(a: WordClasses, b: WordClasses) -> WordClasses {
        WordClasses(a.0 | b.0)
    }
    const BOTH_CASES: WordClasses = WordClasses(W::PRONOUN.0 | W::SUBJECT_PRONOUN.0 | W::OBJECT_PRONOUN.0);
    &[
        (both(W::DETERMINER, W::ARTICLE), "a an the"),
        (both(W::DETERMINER, W::DEMONSTRATIVE), "this that these those"),
        (BOTH_CASES, "this that these those"),
        (both(W::DETERMINER, W::POSSESSIVE), "my your his her its our their whose"),
        (
            both(W::DETERMINER, W::QUANTIFIER),
            "some any no every each either neither all both half enough many much more most few fewer fewest several little \
             less least another such what whatever which whichever",
        ),
        (W::DETERMINER, "other same certain various"),
        (W::QUANTIFIER, "plenty dozens hundreds thousands millions"),
        (
            W::PREPOSITION,
            "of in on at by for with from to into onto upon about above across after against along alongside amid amidst among \
             amongst around as aboard before behind below beneath beside besides between beyond concerning considering despite \
             down during except excepting excluding following given if including inside like minus near notwithstanding off \
             opposite out outside over past pending per plus regarding respecting round since than through throughout till \
             toward towards under underneath unlike until unto up versus via vs within without worth according amidst atop bar \
             barring circa save touching wanting pro re",
        ),
        (both(W::PRONOUN, W::SUBJECT_PRONOUN), "i he she we they who"),
        (both(W::PRONOUN, W::OBJECT_PRONOUN), "me him her us them whom"),
        (BOTH_CASES, "you it one ya"),
        (
            both(W::PRONOUN, W::OBJECT_PRONOUN),
            "myself yourself himself herself itself ourselves yourselves themselves oneself",
        ),
        (BOTH_CASES, "mine yours his hers ours theirs"),
        (
            BOTH_CASES,
            "someone somebody something anyone anybody anything everyone everybody everything no-one nobody nothing none \
             each all both either neither some any many much most few fewer several another others such same whoever \
             whomever whatever whichever what which",
        ),
        (W::CONJUNCTION, "and or but nor yet so plus"),
        (
            W::SUBORDINATOR,
            "that because although though while whilst if unless until till since when whenever where wherever whereas whereby \
             before after as once than lest whether provided providing so albeit",
        ),
        (
            W::WH_WORD,
            "who whom whose which what when where why how whether whoever whomever whatever whichever whenever wherever however",
        ),
        (W::MODAL, "can could will would shall should may might must ought cannot 'll 'd gonna gotta need dare"),
        (W::BE, "be am is are was were been being 'm 're 's"),
        (W::HAVE, "have has had having 've 's 'd"),
        (W::DO, "do does did done doing"),
        (
            W::NUMBER,
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
             eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion \
             dozen first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
             fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth \
             eightieth ninetieth hundredth thousandth millionth billionth",
        ),
        (
            W::NEGATION,
            "not never n't no none nobody nothing nowhere neither nor cannot without hardly scarcely barely no-one",
        ),
        (
            W::ADVERB,
            "again ago ahead almost alone already also altogether always anyway apart aside away back here there now then soon \
             often seldom sometimes never ever maybe perhaps quite rather very too so still yet just even only once twice \
             thus therefore hence however moreover nevertheless nonetheless meanwhile otherwise instead indeed else forward \
             together today tomorrow tonight yesterday well far fast hard late long much more most less least enough \
             around everywhere somewhere anywhere nowhere elsewhere abroad overseas upstairs downstairs home indoors outdoors \
             furthermore besides likewise somehow somewhat afterwards afterward beforehand straight right over up down in out \
             off on through about across along inside outside before after since below above nearby overnight though worldwide \
             nationwide forever halfway sideways upwards downwards backwards forwards onwards alike afresh anew aloud \
             why how when where not half later earlier sooner better best worse worst further",
        ),
        (
            W::DEGREE,
            "very too so quite rather almost about nearly just even only more most less least much far enough well around \
             over under some approximately roughly pretty fairly somewhat as that this",
        ),
        (
            W::PARTICLE,
            "up out off down in on over away back through around along about apart aside forward together by",
        ),
        (W::INTERJECTION, "oh ah hey hello hi yes yeah please wow alas ok okay goodbye"),
        (W::TO, "to"),
        (
            W::OPEN_TOO,
            "like down past outside inside round concerning considering excluding following given including opposite pending \
             regarding respecting minus plus near save bar barring touching wanting worth provided providing need dare mine \
             little half certain various well even pro",
        ),
    ]
};
