//! Verbs that introduce what somebody says, thinks or shows, in all their forms.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unspin_english::{Form, Pos, inflect};

/// A verb form that can introduce a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cue {
    /// The verb in its dictionary form.
    pub(crate) lemma: &'static str,
    pub(crate) kind: CueKind,
    /// It may stand with a content without "that", and after or inside the content.
    pub(crate) strong: bool,
    /// The side that the verb takes.
    pub(crate) loaded: Loaded,
    /// One bit a [`Form`] that the surface can be.
    forms: u8,
}

/// What a cue says that the source does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CueKind {
    /// "said", "argued", "wrote".
    Say,
    /// "told": whom stands between cue and content.
    Tell,
    /// "believe", "fear".
    Think,
    /// "shows", "found", of documents and those who make them.
    Show,
    /// "asked".
    Ask,
    /// "according to", "in the words of", "for X,".
    According,
    /// A verb of no list, known by its clause.
    Other,
}

/// The side that a verb of saying takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loaded {
    /// "said".
    Neutral,
    /// "claimed": doubts.
    Doubts,
    /// "admitted": convicts.
    Convicts,
    /// "pointed out", "revealed": says that it is so. Only of a disputed thing.
    Cheers,
    /// "boasted", "ranted": sneers.
    Sneers,
    /// "blasted the report": sneers, and needs no clause.
    Attacks,
}

const fn bit(form: Form) -> u8 {
    1 << form as u8
}

impl Cue {
    /// A cue that is no verb of the lists.
    pub(crate) const fn plain(kind: CueKind, lemma: &'static str) -> Cue {
        Cue { lemma, kind, strong: true, loaded: Loaded::Neutral, forms: bit(Form::Past) }
    }

    /// Past or present, not only a participle.
    pub(crate) fn is_finite(self) -> bool {
        self.forms & (bit(Form::Past) | bit(Form::ThirdPerson) | bit(Form::Base)) != 0
    }

    /// "say": present plural, or an infinitive.
    pub(crate) fn is_base(self) -> bool {
        self.forms & bit(Form::Base) != 0
    }

    /// "says".
    pub(crate) fn is_third_person(self) -> bool {
        self.forms & bit(Form::ThirdPerson) != 0
    }

    /// "saying".
    pub(crate) fn is_gerund(self) -> bool {
        self.forms & bit(Form::Gerund) != 0
    }

    /// "said" in "was said".
    pub(crate) fn is_participle(self) -> bool {
        self.forms & bit(Form::PastParticiple) != 0
    }

    /// "said" in "he said".
    pub(crate) fn is_past(self) -> bool {
        self.forms & bit(Form::Past) != 0
    }
}

/// The cue that a lower-case word can be.
pub(crate) fn find(lower: &str) -> Option<Cue> {
    FORMS.get(lower).copied()
}

static FORMS: LazyLock<FxHashMap<String, Cue>> = LazyLock::new(|| {
    let mut forms: FxHashMap<String, Cue> = FxHashMap::default();
    for &(kind, strong, lemmas) in LEMMAS {
        for lemma in lemmas.split_whitespace() {
            add(&mut forms, lemma, Cue { lemma, kind, strong, loaded: loaded(lemma), forms: 0 });
        }
    }
    forms
});

fn add(forms: &mut FxHashMap<String, Cue>, lemma: &str, cue: Cue) {
    for &form in Form::of(Pos::Verb) {
        forms.entry(inflect(lemma, Pos::Verb, form)).or_insert(cue).forms |= bit(form);
    }
}

fn loaded(lemma: &str) -> Loaded {
    match lemma {
        "claim" | "allege" | "insist" | "maintain" | "purport" => Loaded::Doubts,
        "admit" | "confess" | "concede" => Loaded::Convicts,
        "explain" | "reveal" | "note" | "point" => Loaded::Cheers,
        "boast" | "whine" | "rant" | "gush" | "rave" | "sneer" | "gloat" | "crow" | "moan" | "carp" | "scoff"
        | "bleat" | "fume" | "rage" | "thunder" | "bluster" => Loaded::Sneers,
        "blast" | "slam" | "savage" | "lambast" | "lambaste" => Loaded::Attacks,
        _ => Loaded::Neutral,
    }
}

/// Kind, strong, verbs.
const LEMMAS: &[(CueKind, bool, &str)] = &[
    (
        CueKind::Say,
        true,
        "say add state announce declare comment remark reply write tweet argue explain note warn insist claim allege maintain admit confess \
         concede acknowledge stress emphasise emphasize reiterate recall predict forecast suggest reveal disclose confirm deny contend assert \
         testify boast whine rant gush rave joke quip complain lament caution conclude estimate calculate opine theorize theorise speculate \
         exult enthuse gloat crow moan scoff fume report agree concur respond observe continue point purport assure",
    ),
    (
        CueKind::Say,
        false,
        "promise vow pledge propose counter recommend demand urge repeat swear signal hint cite quote email message post blog \
         answer retort protest object shout yell cry whisper mutter murmur sneer carp bleat rage thunder bluster rule decide \
         underline underscore highlight clarify specify detail recount describe sum outline reason interject chime rejoin exclaim sigh \
         advertise broadcast publish proclaim preach teach submit plead rejoice elaborate interpret accept blast slam savage lambast lambaste \
         question reject dispute",
    ),
    (CueKind::Think, true, "believe think feel"),
    (CueKind::Tell, true, "tell"),
    (CueKind::Tell, false, "inform remind notify"),
    (
        CueKind::Think,
        false,
        "hope fear expect doubt worry suspect know understand assume consider imagine guess reckon realise realize remember see hear wish \
         anticipate deem regard view foresee judge learn discover decide notice hypothesize hypothesise presume fancy perceive recognize recognise",
    ),
    (
        CueKind::Show,
        false,
        "show find indicate demonstrate prove establish determine imply mean illustrate put uncover ascertain verify reflect detect read",
    ),
    (CueKind::Ask, false, "ask wonder inquire enquire"),
];
