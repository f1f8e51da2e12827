//! Who speaks: the kinds of source, read off a noun phrase.

use std::ops::Range;

use unspin_english::{Pos, WordClasses, is_known, possible_pos};

use super::kinds::{
    field_of, is_body, is_company, is_crowd_word, is_document, is_keeper_of_records, is_mass_document, is_month_or_day,
    is_nationality, is_office_holder, is_office_noun, is_official_voice, is_person, is_plural, is_sovereign, is_study,
    is_title,
};
use super::phrase_parts::{Determiner, core, trimmed};
use super::words::{WordKind, Words};

/// Who or what a content is given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Prose bytes of the block: the noun phrase, without appositions.
    pub range: Range<usize>,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// What field it can speak of, where the words say so.
    pub field: Field,
    /// Plural.
    pub plural: bool,
    /// It can speak: a person, a body, a pronoun of persons; not "the door".
    pub speaks: bool,
    /// It is one person, or several, and no body or document.
    pub person: bool,
}

/// The kinds of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// "Rah Jong-yil", "Dr Fan".
    NamedPerson,
    /// A spokesperson, a judge, an officer of a named body: "a NASA spokeswoman".
    Role,
    /// "the ministry", "police", "Bank of America".
    Institution,
    /// A document that can be found: "the report", "a Reuters poll".
    Document,
    /// "the researchers", "she": whoever was named before.
    Definite,
    /// "analysts", "some", "studies": a crowd without a face.
    Crowd,
    /// "a senior official", "one person who was in the room".
    Anonymous,
    /// "I", "we".
    Author,
    /// No source: "it is understood that".
    Nobody,
}

impl SourceKind {
    /// A reader can ask it: it has a name, an office, or was named before.
    #[must_use]
    pub fn answers(self) -> bool {
        !matches!(self, SourceKind::Crowd | SourceKind::Anonymous | SourceKind::Nobody)
    }

    /// It has a name of its own.
    #[must_use]
    pub fn is_named(self) -> bool {
        matches!(self, SourceKind::NamedPerson | SourceKind::Role | SourceKind::Institution | SourceKind::Document)
    }
}

/// What a source can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Field {
    /// Not said.
    #[default]
    Any,
    /// Scholars, doctors, their studies.
    Science,
    /// Analysts, economists, traders.
    Markets,
    /// Officials, ministers, diplomats.
    Office,
}

/// Reads a noun phrase: `words` are its tokens without appositions, `apposition` those after it ("…, a former diplomat,").
///
/// `None` when it cannot be a source at all ("the price", "Monday").
pub(crate) fn read(line: &Words<'_>, words: Range<usize>, apposition: Range<usize>) -> Option<Source> {
    let words = trimmed(line, words);
    let first = line.items.get(words.start)?;
    if words.is_empty() {
        return None;
    }
    let core = core(line, &words);
    let source = |kind, field, plural| {
        let head = core.end.saturating_sub(1).max(words.start);
        let person = matches!(kind, SourceKind::NamedPerson | SourceKind::Author | SourceKind::Anonymous)
            || is_somebody(line, head);
        let speaks = person || matches!(kind, SourceKind::Role | SourceKind::Institution | SourceKind::Crowd);
        Some(Source { range: line.range(words.clone()), kind, field, plural, speaks, person })
    };
    if words.len() == 1 {
        match &*first.lower {
            "i" | "we" => return source(SourceKind::Author, Field::Any, true),
            "he" | "she" | "you" | "who" => return source(SourceKind::Definite, Field::Any, false),
            "they" => return source(SourceKind::Definite, Field::Any, true),
            "it" | "this" | "that" | "which" | "these" | "those" | "all" | "both" => {
                return source(SourceKind::Definite, Field::Any, false);
            }
            "some" | "many" | "others" | "most" | "several" | "few" => {
                return source(SourceKind::Crowd, Field::Any, true);
            }
            "someone" | "somebody" => return source(SourceKind::Definite, Field::Any, false),
            "one" | "another" => return source(SourceKind::Anonymous, Field::Any, false),
            _ => {}
        }
        if first.classes.has(WordClasses::PRONOUN) {
            return None;
        }
    }
    let after_core = core.end..words.end;
    let head = core.end.checked_sub(1).filter(|&head| core.start <= head)?;
    let head_word = &line.items[head];
    if matches!(head_word.kind, WordKind::Quote(_)) {
        // A title in quotation marks: “Daily Journal” wrote.
        let named = head_word.text.chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_uppercase);
        return if named { source(SourceKind::Institution, Field::Any, false) } else { None };
    }
    if head_word.kind != WordKind::Word {
        // "Element 21", "Airbus 380" have a name before the figure.
        let named = head_word.kind == WordKind::Number && core.len() >= 2 && line.items[head - 1].is_capitalised();
        return if named { source(SourceKind::Institution, Field::Any, false) } else { None };
    }
    let lower: &str = head_word.lower.strip_suffix("'s").unwrap_or(&head_word.lower);
    let determiner = Determiner::of(line, &words);
    let field = field(line, &words, &apposition);
    let person = is_person(lower) && !is_month_or_day(lower);
    let body = !person && is_body(lower);
    let document = !person && !body && is_document(lower);
    let plural = is_plural(lower);
    let has_name = core.clone().any(|idx| is_name(line, idx));
    // "Fan says": a bare singular at the start that is no "police" and no "research" is a name, whatever the dictionary knows.
    let bare_name = words.len() == 1
        && head == 0
        && head_word.is_capitalised()
        && !plural
        && !body
        && !document
        && !is_official_voice(lower)
        && !is_nationality(lower)
        && !head_word.classes.has(
            WordClasses::DETERMINER
                | WordClasses::ADVERB
                | WordClasses::PREPOSITION
                | WordClasses::SUBORDINATOR
                | WordClasses::NUMBER,
        );
    let named_head = is_name(line, head) || bare_name;
    if is_month_or_day(lower) {
        return None;
    }
    // Storms have names, too.
    if core.clone().any(|idx| matches!(line.lower(idx), "storm" | "hurricane" | "typhoon" | "cyclone")) {
        return None;
    }
    if named_head {
        let is_institution = body
            || document
            || head_word.is_acronym()
            || is_company(lower)
            || core.clone().any(|idx| {
                line.items[idx].is_capitalised()
                    && is_body(&line.items[idx].lower)
                    && !is_person(&line.items[idx].lower)
            });
        // "Don Maude of Midland Montagu Inc.": a person with the firm behind the name.
        let of = core.clone().find(|&idx| line.lower(idx) == "of").unwrap_or(core.start);
        let person_of_firm = of - core.start >= 2
            && (core.start..of).all(|idx| line.items[idx].is_capitalised() && !is_body(line.lower(idx)));
        let kind = if is_institution && !person_of_firm && !core.clone().any(|idx| is_title(line.lower(idx))) {
            SourceKind::Institution
        } else {
            SourceKind::NamedPerson
        };
        return source(kind, field, false);
    }
    let apposition_named = apposition.clone().any(|idx| is_name(line, idx) && !is_month_or_day(line.lower(idx)))
        && !line.has(apposition.start, WordClasses::WH_WORD)
        && !matches!(line.lower(apposition.start), "a" | "an" | "the")
        && (!line.has(apposition.start, WordClasses::PREPOSITION | WordClasses::SUBORDINATOR)
            || matches!(line.lower(apposition.start), "among" | "including" | "like"));
    // "d'Errico and colleagues".
    let with_a_name = (words.start..head).any(|idx| line.lower(idx) == "and" && idx > 0 && is_name(line, idx - 1));
    if person && with_a_name {
        return source(SourceKind::NamedPerson, field, true);
    }
    // "review panel chair, environmental lawyer Susan Timbs".
    if apposition_named && determiner == Determiner::None && !plural && !document && !body {
        return source(SourceKind::NamedPerson, field, false);
    }
    if person && apposition_named {
        return source(SourceKind::NamedPerson, field, plural);
    }
    // "one researcher's colleagues": whoever owns the head is asked for with it.
    let owner_named = core.clone().any(|idx| idx < head && line.lower(idx).ends_with("'s") && is_name(line, idx));
    if person || is_crowd_word(lower) || is_official_voice(lower) {
        if is_official_voice(lower) || (is_office_noun(lower) && has_modifier(line, &core, &determiner)) {
            return source(SourceKind::Role, Field::Office, plural);
        }
        let asked_for = owner_named || has_organisation(line, &core) || has_affiliation(line, &after_core);
        return match determiner {
            Determiner::Definite => {
                let former =
                    core.clone().any(|idx| matches!(line.lower(idx), "former" | "ex" | "unnamed" | "anonymous"));
                let kind = if former && !plural && !has_name { SourceKind::Anonymous } else { SourceKind::Definite };
                source(kind, field, plural)
            }
            // "one of the workers".
            Determiner::One if plural && line.lower(words.start + 1) == "of" => {
                let named = apposition_named
                    || after_core.clone().any(|idx| is_title(line.lower(idx)) && is_name(line, idx + 1));
                source(if named { SourceKind::NamedPerson } else { SourceKind::Anonymous }, field, false)
            }
            Determiner::One if plural => None,
            // "a Paribas official", "an official of the Council for Economic Planning": the office can be asked.
            Determiner::One
                if is_office_holder(lower) && (has_organisation(line, &core) || names_body(line, &after_core)) =>
            {
                source(SourceKind::Role, Field::Office, false)
            }
            Determiner::One => source(SourceKind::Anonymous, field, false),
            Determiner::CountedFew => source(SourceKind::Anonymous, field, true),
            Determiner::Counted => source(SourceKind::Role, field, true),
            Determiner::No => None,
            Determiner::Owned => source(SourceKind::Definite, field, plural),
            Determiner::Vague if plural => {
                source(if asked_for { SourceKind::Role } else { SourceKind::Crowd }, field, true)
            }
            Determiner::None if plural => {
                source(if asked_for { SourceKind::Role } else { SourceKind::Crowd }, field, true)
            }
            // "Opposition leader says", "team member": a title without its name is the style of headlines.
            Determiner::Vague | Determiner::None => source(SourceKind::Definite, field, false),
        };
    }
    if body {
        return match determiner {
            Determiner::Vague | Determiner::None if plural && !has_name && !is_sovereign(lower) => {
                source(SourceKind::Crowd, field, true)
            }
            _ => source(SourceKind::Institution, field, plural),
        };
    }
    if document {
        let found = has_name
            || owner_named
            || apposition.clone().any(|idx| is_name(line, idx))
            || has_affiliation(line, &after_core)
            || core.clone().any(|idx| line.kind(idx) == Some(WordKind::Number))
            || core.clone().any(|idx| idx < head && is_keeper_of_records(line.lower(idx)));
        return match determiner {
            Determiner::Definite | Determiner::Owned => source(SourceKind::Document, field, plural),
            _ if found => source(SourceKind::Document, field, plural),
            Determiner::Vague | Determiner::None if plural || is_mass_document(lower) => {
                source(SourceKind::Crowd, field, plural)
            }
            Determiner::One if is_study(lower) => source(SourceKind::Crowd, field, false),
            _ => source(SourceKind::Document, field, plural),
        };
    }
    if has_name && determiner != Determiner::None {
        return source(SourceKind::Institution, field, plural);
    }
    match determiner {
        Determiner::Definite | Determiner::Owned => source(SourceKind::Definite, field, plural),
        _ if has_name => source(SourceKind::Institution, field, plural),
        // Something unknown: the clause decides whether it speaks.
        _ if possible_pos(lower).contains(Pos::Noun) => source(SourceKind::Definite, field, plural),
        _ => None,
    }
}

/// A pronoun of persons, or a noun of one.
fn is_somebody(line: &Words<'_>, idx: usize) -> bool {
    matches!(line.lower(idx), "he" | "she" | "they" | "who" | "we" | "i" | "you")
        || (line.kind(idx) == Some(WordKind::Word) && is_person(line.lower(idx)))
}

/// A capitalised word that is not so merely because it begins the sentence.
pub(crate) fn is_name(line: &Words<'_>, idx: usize) -> bool {
    let Some(word) = line.items.get(idx) else { return false };
    if word.kind != WordKind::Word || !word.is_capitalised() || is_month_or_day(&word.lower) {
        return false;
    }
    if is_nationality(&word.lower)
        || (word.classes.has(WordClasses::DETERMINER | WordClasses::PRONOUN | WordClasses::PREPOSITION)
            && !word.is_acronym())
    {
        return false;
    }
    let first = idx == 0 || matches!(line.kind(idx - 1), Some(WordKind::Stop));
    if !first {
        return true;
    }
    word.is_acronym()
        || !is_known(&word.lower)
        || line
            .items
            .get(idx + 1)
            .is_some_and(|next| next.is_word() && next.is_capitalised() && !is_month_or_day(&next.lower))
}

/// A modifier that says whose officials they are: a noun or an organisation, not "senior", "British", "some".
fn has_modifier(line: &Words<'_>, core: &Range<usize>, determiner: &Determiner) -> bool {
    let start = core.start + usize::from(*determiner != Determiner::None);
    (start..core.end.saturating_sub(1)).any(|idx| {
        let word = &line.items[idx];
        word.is_word()
            && word.classes.is_empty()
            && !matches!(
                &*word.lower,
                "government"
                    | "senior"
                    | "top"
                    | "western"
                    | "former"
                    | "key"
                    | "local"
                    | "other"
                    | "industry"
                    | "unnamed"
            )
            && (word.is_capitalised() || possible_pos(&word.lower).contains(Pos::Noun))
    })
}

/// "JPMorgan analysts": a name among the modifiers that is no nationality.
fn has_organisation(line: &Words<'_>, core: &Range<usize>) -> bool {
    (core.start..core.end.saturating_sub(1)).any(|idx| is_name(line, idx) && !is_country_part(line, idx))
}

/// "New Zealand", "South Korean", "Hong Kong": names of countries that are no adjectives.
fn is_country_part(line: &Words<'_>, idx: usize) -> bool {
    matches!(
        line.lower(idx),
        "new"
            | "zealand"
            | "south"
            | "north"
            | "hong"
            | "kong"
            | "korea"
            | "korean"
            | "east"
            | "west"
            | "united"
            | "states"
            | "africa"
            | "london"
            | "washington"
            | "wall"
            | "street"
            | "u.s"
            | "u.s."
    )
}

/// "analysts at JPMorgan", "opponents of the mine": the group can be asked.
fn has_affiliation(line: &Words<'_>, after: &Range<usize>) -> bool {
    let preposition = line.lower(after.start);
    if !(matches!(
        preposition,
        "at" | "from"
            | "of"
            | "with"
            | "in"
            | "for"
            | "by"
            | "on"
            | "among"
            | "within"
            | "inside"
            | "like"
            | "including"
    ) || (preposition == "out" && line.lower(after.start + 1) == "of"))
        || after.len() < 2
    {
        return false;
    }
    after.clone().skip(1).any(|idx| is_name(line, idx))
        || (matches!(preposition, "of" | "for" | "from" | "at" | "by")
            && line.has(after.start + 1, WordClasses::DETERMINER))
}

/// "of the Council for Economic Planning": a body by its name stands there.
fn names_body(line: &Words<'_>, after: &Range<usize>) -> bool {
    matches!(line.lower(after.start), "at" | "from" | "of" | "with" | "in" | "for")
        && after.clone().skip(1).any(|idx| is_name(line, idx) && !is_country_part(line, idx))
}

fn field(line: &Words<'_>, words: &Range<usize>, apposition: &Range<usize>) -> Field {
    words
        .clone()
        .chain(apposition.clone())
        .map(|idx| field_of(line.lower(idx)))
        .find(|&field| field != Field::Any)
        .unwrap_or_default()
}
