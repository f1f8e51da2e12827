//! The regular rules of spelling, as pieces of the lemma, so that a form can be compared without being built.

use crate::{Form, Pos};

/// A regular form: what is kept of the lemma, a letter doubled or put in, and the ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spelling<'a> {
    pub(crate) stem: &'a str,
    pub(crate) link: &'a str,
    pub(crate) ending: &'static str,
}

impl Spelling<'_> {
    pub(crate) fn is(&self, word: &str) -> bool {
        word.strip_prefix(self.stem)
            .and_then(|rest| rest.strip_prefix(self.link))
            .is_some_and(|rest| rest == self.ending)
    }

    pub(crate) fn build(&self) -> String {
        [self.stem, self.link, self.ending].concat()
    }
}

/// The regular form that American English writes; `None` where the word does not take an ending ("more careful"), or the
/// class has no such form.
pub(crate) fn regular<'a>(lemma: &'a str, pos: Pos, form: Form) -> Option<Spelling<'a>> {
    match (pos, form) {
        (_, Form::Base) => Some(Spelling { stem: lemma, link: "", ending: "" }),
        (Pos::Verb, Form::ThirdPerson) => Some(add_s(lemma, true)),
        (Pos::Noun, Form::Plural) => Some(plural(lemma)),
        (Pos::Verb, Form::Past | Form::PastParticiple) => Some(add_ed(lemma)),
        (Pos::Verb, Form::Gerund) => Some(add_ing(lemma)),
        (Pos::Adjective | Pos::Adverb, Form::Comparative) if takes_er(lemma, pos) => Some(add_er(lemma, "er", "r")),
        (Pos::Adjective | Pos::Adverb, Form::Superlative) if takes_er(lemma, pos) => Some(add_er(lemma, "est", "st")),
        _ => None,
    }
}

/// A second regular spelling that is understood but not produced: British doubling ("travelled"), single consonants after
/// an unstressed syllable the other way round ("benefitted", "focussed"), "ageing", "likelier".
pub(crate) fn variant<'a>(lemma: &'a str, pos: Pos, form: Form) -> Option<Spelling<'a>> {
    let last = last_letter(lemma);
    match (pos, form) {
        (Pos::Verb, Form::Past | Form::PastParticiple | Form::Gerund) => {
            let ending = if form == Form::Gerund { "ing" } else { "ed" };
            if lemma.ends_with('e') && form == Form::Gerund {
                return Some(Spelling { stem: lemma, link: "", ending });
            }
            if !ends_vowel_consonant(lemma) {
                return None;
            }
            let link = if doubles(lemma) { "" } else { last };
            Some(Spelling { stem: lemma, link, ending })
        }
        (Pos::Adjective | Pos::Adverb, Form::Comparative) if !takes_er(lemma, pos) => Some(add_er(lemma, "er", "r")),
        (Pos::Adjective | Pos::Adverb, Form::Superlative) if !takes_er(lemma, pos) => Some(add_er(lemma, "est", "st")),
        (Pos::Noun, Form::Plural) if lemma.ends_with('o') => {
            let produced_es = plural(lemma).ending == "es";
            Some(Spelling { stem: lemma, link: "", ending: if produced_es { "s" } else { "es" } })
        }
        _ => None,
    }
}

fn add_s(lemma: &str, is_verb: bool) -> Spelling<'_> {
    let plain = |ending| Spelling { stem: lemma, link: "", ending };
    if let Some(stem) = consonant_y(lemma) {
        return Spelling { stem, link: "", ending: "ies" };
    }
    if lemma.ends_with('z') && ends_vowel_consonant(lemma) && doubles(lemma) {
        return Spelling { stem: lemma, link: "z", ending: "es" };
    }
    if ends_with_any(lemma, &["s", "x", "z", "ch", "sh"]) {
        return plain("es");
    }
    let is_consonant_o = lemma.ends_with('o') && !ends_with_any(lemma, &["ao", "eo", "io", "oo", "uo"]);
    plain(if is_verb && is_consonant_o && !matches!(lemma, "solo" | "video" | "photo" | "disco") { "es" } else { "s" })
}

fn plural(lemma: &str) -> Spelling<'_> {
    // "analysis", "thesis"; "oasis" too. "iris" and "tennis" have no s before.
    if let Some(stem) = lemma.strip_suffix("is").filter(|stem| stem.ends_with('s') && stem.len() > 2) {
        return Spelling { stem, link: "", ending: "es" };
    }
    if let Some(stem) = lemma.strip_suffix("man").filter(|_| !ends_with_any(lemma, MAN_IS_NO_MAN)) {
        return Spelling { stem, link: "", ending: "men" };
    }
    for (singular, ending) in COMPOUND_ENDINGS {
        if let Some(stem) = lemma.strip_suffix(singular).filter(|stem| !stem.is_empty()) {
            return Spelling { stem, link: "", ending };
        }
    }
    add_s(lemma, false)
}

/// Last parts of compounds whose plural is irregular ("stepchild", "penknife", "forefoot", "craftsperson").
const COMPOUND_ENDINGS: &[(&str, &str)] = &[
    ("child", "children"),
    ("person", "people"),
    ("knife", "knives"),
    ("wife", "wives"),
    ("life", "lives"),
    ("leaf", "leaves"),
    ("loaf", "loaves"),
    ("fish", "fish"),
    ("wolf", "wolves"),
    ("shelf", "shelves"),
    ("yourself", "yourselves"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("craft", "craft"),
];

const MAN_IS_NO_MAN: &[&str] =
    &["human", "german", "roman", "shaman", "ottoman", "caiman", "norman", "ataman", "brahman", "hetman", "mussulman"];

fn add_ed(lemma: &str) -> Spelling<'_> {
    if lemma.ends_with('e') {
        return Spelling { stem: lemma, link: "", ending: "d" };
    }
    if let Some(stem) = consonant_y(lemma) {
        return Spelling { stem, link: "", ending: "ied" };
    }
    Spelling { stem: lemma, link: link(lemma), ending: "ed" }
}

fn add_ing(lemma: &str) -> Spelling<'_> {
    if let Some(stem) = lemma.strip_suffix("ie") {
        return Spelling { stem, link: "", ending: "ying" };
    }
    let keeps_e = ends_with_any(lemma, &["ee", "oe", "ye"])
        || matches!(lemma, "be" | "singe" | "tinge" | "binge" | "swinge" | "whinge");
    match lemma.strip_suffix('e').filter(|_| !keeps_e) {
        Some(stem) => Spelling { stem, link: "", ending: "ing" },
        None => Spelling { stem: lemma, link: link(lemma), ending: "ing" },
    }
}

fn add_er<'a>(lemma: &'a str, full: &'static str, after_e: &'static str) -> Spelling<'a> {
    if lemma.ends_with('e') {
        return Spelling { stem: lemma, link: "", ending: after_e };
    }
    // "drier", "happier"; but "shyer", "slyer", "wryer".
    if let Some(stem) = consonant_y(lemma).filter(|_| !matches!(lemma, "shy" | "sly" | "wry" | "spry")) {
        return Spelling { stem, link: "i", ending: full };
    }
    let doubled = ends_vowel_consonant(lemma) && syllables(lemma) == 1;
    Spelling { stem: lemma, link: if doubled { last_letter(lemma) } else { "" }, ending: full }
}

/// What goes between a verb and -ed or -ing: a doubled consonant, the k of "panicked", or nothing.
fn link(lemma: &str) -> &str {
    if lemma.ends_with('c') && ends_vowel_consonant(lemma) {
        return "k";
    }
    if ends_vowel_consonant(lemma) && doubles(lemma) { last_letter(lemma) } else { "" }
}

/// Whether the last consonant after a single vowel is doubled: always in one syllable, else by stress, which must be listed.
fn doubles(lemma: &str) -> bool {
    let last_part = lemma.rsplit('-').next().unwrap_or(lemma);
    syllables(last_part) == 1 || FINAL_STRESS.binary_search(&last_part).is_ok()
}

/// Verbs of more syllables that double their last consonant: stressed on the last, or built on such a word. Sorted.
const FINAL_STRESS: &[&str] = &[
    "abet",
    "abhor",
    "abut",
    "acquit",
    "admit",
    "allot",
    "annul",
    "appal",
    "babysit",
    "backlog",
    "backpedal",
    "backslap",
    "bedevil",
    "befit",
    "beget",
    "begin",
    "beset",
    "bootleg",
    "catnap",
    "cobweb",
    "combat",
    "commit",
    "compel",
    "concur",
    "confer",
    "control",
    "corral",
    "debar",
    "debug",
    "decontrol",
    "defer",
    "demob",
    "demur",
    "deter",
    "disbar",
    "disinter",
    "dispel",
    "distil",
    "eavesdrop",
    "embed",
    "emit",
    "enrol",
    "enthral",
    "entrap",
    "equip",
    "estop",
    "excel",
    "expel",
    "extol",
    "forget",
    "format",
    "fulfil",
    "handicap",
    "hobnob",
    "horsewhip",
    "humbug",
    "impel",
    "incur",
    "infer",
    "inset",
    "instil",
    "inter",
    "intermit",
    "jitterbug",
    "kidnap",
    "misfit",
    "nonplus",
    "occur",
    "offset",
    "omit",
    "outbid",
    "outcrop",
    "outfit",
    "outgun",
    "output",
    "outrun",
    "outstrip",
    "outwit",
    "overlap",
    "overrun",
    "overstep",
    "patrol",
    "permit",
    "prefer",
    "program",
    "propel",
    "rebel",
    "rebut",
    "recap",
    "recommit",
    "recur",
    "refer",
    "refit",
    "regret",
    "remit",
    "repel",
    "rerun",
    "reset",
    "retrofit",
    "sandbag",
    "sidestep",
    "submit",
    "tiptop",
    "transfer",
    "transmit",
    "transship",
    "typeset",
    "unclog",
    "undercut",
    "unpin",
    "unplug",
    "unwrap",
    "unzip",
    "upset",
    "waterlog",
    "worship",
    "zigzag",
];

/// Whether -er and -est are the usual comparison, rather than "more" and "most".
fn takes_er(lemma: &str, pos: Pos) -> bool {
    if pos == Pos::Adverb {
        return matches!(
            lemma,
            "fast"
                | "hard"
                | "soon"
                | "late"
                | "near"
                | "long"
                | "high"
                | "low"
                | "deep"
                | "early"
                | "close"
                | "wide"
                | "quick"
                | "slow"
                | "loud"
                | "tight"
                | "straight"
                | "light"
                | "cheap"
                | "bright"
        );
    }
    if lemma.contains('-') || MORE.binary_search(&lemma).is_ok() {
        return false;
    }
    if TWO_SYLLABLES_ER.binary_search(&lemma).is_ok() {
        return true;
    }
    let is_participle = lemma.ends_with("ed") && lemma.len() > 3;
    match syllables(lemma) {
        1 => !is_participle,
        2 => consonant_y(lemma).is_some() && !lemma.ends_with("ly") || lemma.ends_with("ple") || lemma.ends_with("tle"),
        3 => lemma.starts_with("un") && consonant_y(lemma).is_some() && !lemma.ends_with("ly"),
        _ => false,
    }
}

/// Adjectives of one or two syllables that take "more". Sorted.
const MORE: &[&str] = &[
    "apt", "born", "broke", "burnt", "chic", "done", "drawn", "due", "fake", "fun", "gone", "grown", "hurt", "just",
    "known", "like", "lost", "prime", "prone", "real", "right", "seen", "shut", "spent", "torn", "worn", "worth",
    "wrong",
];

/// Adjectives of two syllables that take -er, other than by their ending. Sorted.
const TWO_SYLLABLES_ER: &[&str] = &[
    "able", "costly", "deadly", "early", "feeble", "friendly", "holy", "humble", "kindly", "lively", "lonely",
    "lovely", "lowly", "mellow", "narrow", "noble", "quiet", "shallow", "subtle", "ugly", "unholy", "yellow",
];

/// The lemma without a final y that follows a consonant ("supply", but not "stay").
fn consonant_y(lemma: &str) -> Option<&str> {
    let stem = lemma.strip_suffix('y')?;
    let before = *stem.as_bytes().last()?;
    // The u of "colloquy" and "soliloquy" is a consonant.
    (!is_vowel(before) || stem.ends_with("qu")).then_some(stem)
}

/// Whether the word ends in one vowel letter and one consonant that could be doubled (not w, x, y or h).
fn ends_vowel_consonant(lemma: &str) -> bool {
    let [rest @ .., vowel, last] = lemma.as_bytes() else {
        return false;
    };
    if !last.is_ascii_lowercase() || is_vowel(*last) || matches!(last, b'w' | b'x' | b'y' | b'h') {
        return false;
    }
    if !is_vowel(*vowel) && *vowel != b'y' {
        return false;
    }
    let Some(&before) = rest.last() else {
        return true;
    };
    !is_vowel(before) || rest.ends_with(b"qu")
}

/// Vowel groups, a silent final e not counted; at least one.
fn syllables(word: &str) -> usize {
    let bytes = word.as_bytes();
    let mut n_groups = 0;
    let mut in_group = false;
    for (idx, &byte) in bytes.iter().enumerate() {
        let after_q = byte == b'u' && idx > 0 && bytes[idx - 1] == b'q';
        let vowel = (is_vowel(byte) && !after_q) || (byte == b'y' && idx > 0);
        n_groups += usize::from(vowel && !in_group);
        in_group = vowel;
    }
    let silent_e = word.ends_with('e') && n_groups > 1 && bytes.len() > 2 && {
        let before = bytes[bytes.len() - 2];
        !is_vowel(before) && (before != b'l' || is_vowel(bytes[bytes.len() - 3]))
    };
    (n_groups - usize::from(silent_e)).max(1)
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn last_letter(lemma: &str) -> &str {
    lemma.char_indices().next_back().map_or("", |(at, _)| &lemma[at..])
}

fn ends_with_any(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searched_lists_are_sorted() {
        for list in [FINAL_STRESS, MORE, TWO_SYLLABLES_ER] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
