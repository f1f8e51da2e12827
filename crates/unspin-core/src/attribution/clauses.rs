//! Finds the triples of one line of words: by its cue verbs, by "according to", and by the shape of the clause where no list knows the verb.

use std::ops::Range;

use unspin_english::{Pos, WordClasses};

use super::contents::{Contents, Place, contents, stance};
use super::cues::{Cue, CueKind};
use super::kinds::is_person;
use super::noun_phrase::{self, Found};
use super::shapes::{according, before_colon, by_noun, by_shape, for_somebody, is_noun_of_saying};
use super::source::{Source, SourceKind};
use super::spans::{clause_at, content_end, is_likely_verb};
use super::words::{WordKind, Words};
use super::{Attribution, Order, Speech};

/// Appends the triples of a line, by the place of their cue.
pub(super) fn find(line: &Words<'_>, attributions: &mut Vec<Attribution>) {
    let first = attributions.len();
    for idx in 0..line.len() {
        let word = &line.items[idx];
        if word.kind != WordKind::Word {
            continue;
        }
        let found = match &*word.lower {
            "according" if line.lower(idx + 1) == "to" => according(line, idx, idx + 2),
            "in" if line.reads(idx, "in the words of")
                || line.reads(idx, "in the opinion of")
                || line.reads(idx, "in the view of") =>
            {
                according(line, idx, idx + 4)
            }
            "for" if idx == 0 => for_somebody(line),
            _ => match word.cue {
                // "the United States".
                Some(_) if idx > 0 && word.is_capitalised() && line.items[idx - 1].is_word() => None,
                Some(cue) => by_verb(line, idx, cue),
                None => by_shape(line, idx),
            },
        };
        let found = found.or_else(|| is_noun_of_saying(&word.lower).then(|| by_noun(line, idx)).flatten());
        attributions.extend(found);
    }
    if attributions.len() == first {
        attributions.extend(before_colon(line));
    }
    settle(line, attributions, first);
}

/// The verb with its auxiliaries, and what they say.
#[derive(Debug)]
pub(super) struct VerbGroup {
    /// Words, from the first auxiliary to the verb.
    pub(super) words: Range<usize>,
    pub(super) negative: bool,
    pub(super) passive: bool,
    /// Has a tense: a subject stands before it, or after it when inverted.
    pub(super) finite: bool,
    pub(super) gerund: bool,
}

fn verb_group(line: &Words<'_>, verb: usize, cue: Cue) -> Option<VerbGroup> {
    let mut start = verb;
    let (mut negative, mut be, mut have, mut modal) = (false, false, false, false);
    let mut infinitive = false;
    // "went on to say", "refused to say", "was unable to say", "has been quoted as saying".
    if start > 0 && line.lower(start - 1) == "to" && cue.is_base() {
        let governor = if start >= 2 { line.lower(start - 2) } else { "" };
        match governor {
            "refused" | "declined" | "unable" | "failed" | "refuses" | "declines" => negative = true,
            "went" | "goes" | "on" | "continued" | "proceeded" | "used" | "happy" | "began" | "prepared" => {}
            "have" | "has" | "had" => have = true,
            _ => return None,
        }
        start -= 2;
        if governor == "on" && start > 0 {
            start -= 1;
        }
        infinitive = true;
    }
    if cue.is_gerund()
        && start >= 2
        && line.lower(start - 1) == "as"
        && matches!(line.lower(start - 2), "quoted" | "cited" | "reported")
    {
        start -= 2;
        infinitive = true;
    }
    while start > 0 {
        let before = start - 1;
        let classes = line.items[before].classes;
        if classes.has(WordClasses::AUXILIARY)
            && !line.items[before].lower.ends_with("ing")
            && !(classes.has(WordClasses::PRONOUN))
        {
            be |= classes.has(WordClasses::BE) && !line.lower(before).ends_with("'d");
            have |= classes.has(WordClasses::HAVE) && !classes.has(WordClasses::BE);
            modal |= classes.has(WordClasses::MODAL | WordClasses::DO);
            negative |= classes.has(WordClasses::NEGATION);
        } else if line.is_adverb(before) && line.items[before].is_word() {
            negative |= classes.has(WordClasses::NEGATION);
        } else {
            break;
        }
        start -= 1;
    }
    let has_pronoun_auxiliary = start > 0
        && line.items[start - 1].classes.contains(WordClasses::PRONOUN)
        && line.lower(start - 1).contains('\'');
    if has_pronoun_auxiliary {
        have |= line.lower(start - 1).ends_with("'ve");
        be |= line.lower(start - 1).ends_with("'re") || line.lower(start - 1).ends_with("'m");
    }
    // Leading adverbs belong to the subject's side.
    while start < verb && line.is_adverb(start) && !line.has(start, WordClasses::NEGATION) {
        start += 1;
    }
    if be && !infinitive && !cue.is_gerund() && !cue.is_participle() {
        return None;
    }
    let passive = be && cue.is_participle() && !cue.is_gerund() && !infinitive;
    let finite = infinitive || have || modal || be || cue.is_past() || cue.is_third_person() || cue.is_base();
    Some(VerbGroup { words: start..verb + 1, negative, passive, finite, gerund: cue.is_gerund() && !be && !infinitive })
}

fn by_verb(line: &Words<'_>, verb: usize, cue: Cue) -> Option<Attribution> {
    // "his claims", "the report", "an estimate": a noun.
    let before = verb.checked_sub(1);
    if let Some(before) = before {
        let classes = line.items[before].classes;
        let determined = classes.has(WordClasses::ARTICLE | WordClasses::POSSESSIVE | WordClasses::DEMONSTRATIVE)
            && !matches!(line.lower(before), "that" | "her");
        if determined && line.items[verb].possible().contains(Pos::Noun) {
            return None;
        }
        let possessor = line.lower(before).ends_with("'s")
            || line.lower(before).ends_with("s'")
            || matches!(line.items[before].text, "'" | "’") && before > 0 && line.lower(before - 1).ends_with('s');
        if possessor && !classes.has(WordClasses::PRONOUN) {
            return None;
        }
        // "one analyst rejects claims that": the object of a verb.
        let object = matches!(
            line.lower(before),
            "rejects" | "denies" | "dismisses" | "backs" | "supports" | "disputes" | "repeats" | "refutes" | "counters"
        );
        if object && line.items[verb].possible().contains(Pos::Noun) {
            return None;
        }
        // "67 alleged mercenaries", "an expected loss": an adjective.
        let counted = determined || classes.has(WordClasses::NUMBER) || line.kind(before) == Some(WordKind::Number);
        if counted && cue.is_participle() && is_attributive(cue.lemma) && is_open_noun(line, verb + 1) {
            return None;
        }
        // "have some hope that", "with little doubt that": a noun.
        if cue.is_base()
            && !cue.is_past()
            && matches!(line.lower(before), "some" | "any" | "little" | "much" | "no" | "more" | "every" | "each")
            && line.items[verb].possible().contains(Pos::Noun)
            && before > 0
            && (line.items[before - 1].is_surely_verb() || line.has(before - 1, WordClasses::PREPOSITION))
        {
            return None;
        }
        // "hauled in and told that", "encouraged to submit and suggest what": the verb before "and" governs this one too.
        if matches!(line.lower(before), "and" | "or") {
            let governed = if cue.is_base() && !cue.is_past() {
                (1..before).any(|idx| line.lower(idx) == "to" && line.items[idx + 1].possible().contains(Pos::Verb))
            } else {
                matches!(cue.kind, CueKind::Tell | CueKind::Ask)
                    && cue.is_participle()
                    && (0..before).any(|idx| line.has(idx, WordClasses::BE))
            };
            if governed {
                return None;
            }
        }
        let governed = matches!(
            line.lower(before),
            "of" | "in"
                | "at"
                | "by"
                | "for"
                | "with"
                | "from"
                | "over"
                | "about"
                | "into"
                | "against"
                | "amid"
                | "among"
                | "under"
                | "during"
                | "between"
                | "without"
                | "within"
        ) || (matches!(line.lower(before), "after" | "amid" | "despite" | "following" | "on")
            && cue.is_third_person()
            && line.items[verb].possible().contains(Pos::Noun));
        if governed {
            return None;
        }
    }
    // "local, state and federal governments".
    if cue.is_base() && !cue.is_past() && matches!(line.lower(verb + 1), "and" | "or") {
        return None;
    }
    let group = verb_group(line, verb, cue)?;
    if group.passive {
        return passive(line, verb, cue, &group);
    }
    if !group.finite && !group.gerund {
        return None;
    }
    if matches!(cue.lemma, "point" | "let") {
        let particle = if cue.lemma == "point" { "out" } else { "slip" };
        if line.lower(verb + 1) != particle {
            return None;
        }
    }
    let mut next = verb + 1;
    if matches!(cue.lemma, "point" | "let") || matches!(line.lower(next), "out" | "back" | "online" | "publicly") {
        next += 1;
    }
    let subject = subject(line, &group, verb);
    let inverted = match &subject {
        Some(_) => None,
        None => inverted(line, &group, next, cue),
    };
    let is_inverted = inverted.is_some();
    let mut found = subject.or(inverted)?;
    // "might make people feel better": they are made to.
    let caused = cue.is_base()
        && !is_inverted
        && found.words.start > 0
        && matches!(
            line.lower(found.words.start - 1),
            "make" | "makes" | "made" | "let" | "lets" | "help" | "helps" | "helped"
        );
    if caused {
        return None;
    }
    // "Elders has announced": a name that looks like a plural.
    let singular = matches!(line.lower(group.words.start), "has" | "is" | "was" | "does") || cue.is_third_person();
    if found.source.kind == SourceKind::Crowd
        && found.words.len() == 1
        && line.items[found.words.start].is_capitalised()
        && found.source.plural
        && singular
        && !matches!(line.lower(found.words.start), "some" | "many" | "most" | "others" | "several" | "few")
    {
        found.source.kind = SourceKind::Institution;
    }
    if !agrees(line, &group, verb, cue, &found, is_inverted) {
        return None;
    }
    let (content_from, source_words) =
        if is_inverted { (found.words.end, found.words.clone()) } else { (next, found.words.clone()) };
    let clause_start = if is_inverted { group.words.start } else { source_words.start };
    let place = Place { clause_start, after: content_from, inverted: is_inverted };
    let contents = contents(line, &place, cue, group.gerund).or_else(|| stance(line, &place, cue, &found.source))?;
    Some(attribution(line, found.source, group.words.start..next, cue, contents, group.negative))
}

/// A definite source that is a person, a body or a pronoun, not any "the door".
pub(super) fn speaks(line: &Words<'_>, found: &Found) -> bool {
    found.words.clone().any(|idx| {
        let word = &line.items[idx];
        matches!(&*word.lower, "he" | "she" | "they" | "who" | "we") || (word.is_word() && is_person(&word.lower))
    })
}

fn subject(line: &Words<'_>, group: &VerbGroup, verb: usize) -> Option<Found> {
    let start = group.words.start;
    if group.gerund {
        if start == 0 {
            return None;
        }
        if matches!(line.kind(start - 1), Some(WordKind::Comma)) {
            // ", saying …": the subject of the sentence, or whoever spoke last in it.
            return main_subject(line, verb);
        }
        // "with critics saying that": whoever stands after "with".
        if let Some(with) = (start.saturating_sub(6)..start).rev().find(|&idx| line.lower(idx) == "with")
            && let Some(found) = noun_phrase::before(line, with + 1, start)
            && found.words.start == with + 1
        {
            return Some(found);
        }
        let source = noun_phrase::before(line, 0, start)?;
        let quantifier = matches!(line.lower(source.words.start), "some" | "most" | "many" | "few" | "more");
        return (!matches!(source.source.kind, SourceKind::Definite | SourceKind::Crowd | SourceKind::Anonymous)
            && !quantifier)
            .then_some(source);
    }
    if start == 0 {
        return None;
    }
    match line.kind(start - 1) {
        Some(WordKind::Quote(quotation)) if super::is_speech_quotation(line.block, quotation) => None,
        Some(WordKind::Word) if matches!(line.lower(start - 1), "who" | "which" | "that") => {
            // The relative clause of a noun phrase: "Mohib, who said …".
            let mut end = start - 1;
            if end > 0 && line.kind(end - 1) == Some(WordKind::Comma) {
                end -= 1;
            }
            let mut found = noun_phrase::before(line, 0, end)?;
            found.words.end = start;
            Some(found)
        }
        Some(WordKind::Word) if matches!(line.lower(start - 1), "and" | "but") => {
            // "He shook his head and said …": the subject of the verb before.
            main_subject(line, start - 1).filter(|found| line.lower(found.words.start) != "it")
        }
        _ => noun_phrase::before(line, 0, start),
    }
}

/// The first noun phrase of the line before its first verb.
pub(super) fn main_subject(line: &Words<'_>, limit: usize) -> Option<Found> {
    let verb = (1..limit).find(|&idx| {
        let word = &line.items[idx];
        word.is_surely_verb()
            || (line.items[idx - 1].is_capitalised() && is_likely_verb(line, idx))
            || (word.is_word()
                && !word.is_capitalised()
                && word.lower.ends_with("ed")
                && !line.has(idx - 1, WordClasses::DETERMINER))
    })?;
    noun_phrase::before(line, 0, verb)
}

/// The source after its verb: “…”, said Rah.
fn inverted(line: &Words<'_>, group: &VerbGroup, next: usize, cue: Cue) -> Option<Found> {
    let start = group.words.start;
    if group.words.len() > 1
        || !(cue.strong
            || cue.kind == CueKind::Ask
            || matches!(line.kind(start.wrapping_sub(1)), Some(WordKind::Quote(_))))
    {
        return None;
    }
    let preceded = start > 0
        && matches!(line.kind(start - 1), Some(WordKind::Comma | WordKind::Quote(_) | WordKind::Dash | WordKind::Stop));
    let so = start > 0 && matches!(line.lower(start - 1), "so" | "as");
    let opens = start == 0;
    if !(preceded || so || opens) {
        return None;
    }
    // "confirmed later in questionnaires": no source begins so.
    if line.is_adverb(next) || line.has(next, WordClasses::PREPOSITION) {
        return None;
    }
    let mut found = noun_phrase::after(line, next)?;
    if opens
        && !line.items.get(next).is_some_and(|word| word.is_capitalised() || word.classes.has(WordClasses::DETERMINER))
    {
        return None;
    }
    if found.source.kind == SourceKind::Definite
        && !speaks(line, &found)
        && !matches!(line.lower(next), "the" | "his" | "her" | "their")
    {
        return None;
    }
    // The verb takes its content right away: "said the plan would fail" has a clause there, not a source.
    if preceded
        && line.kind(found.words.end) != Some(WordKind::Comma)
        && clause_at(line, next).is_some_and(|verb| verb < found.words.end + 4 && verb >= found.words.end)
    {
        return None;
    }
    found.words.end = found.words.end.max(next + 1);
    Some(found)
}

/// Whether verb and source can go together.
fn agrees(line: &Words<'_>, group: &VerbGroup, verb: usize, cue: Cue, found: &Found, inverted: bool) -> bool {
    if group.words.len() > 1 || group.gerund {
        return true;
    }
    let base_only = cue.is_base() && !cue.is_past() && !cue.is_third_person();
    let source = &found.source;
    let line_source = line.lower(found.words.start);
    if base_only {
        // "analysts say", "I think"; "the bank report" is no clause, "authorities announce" is.
        let plural = source.plural
            || matches!(source.kind, SourceKind::Author)
            || matches!(line_source, "you" | "they")
            || line.lower(verb.wrapping_sub(1)) == "who";
        let joined = found.words.clone().any(|idx| line.lower(idx) == "and");
        return plural || joined;
    }
    let noun_too = line.items[verb].possible().contains(Pos::Noun)
        && !matches!(&*line.items[verb].lower, "says" | "said" | "tells");
    if cue.is_third_person() && noun_too && !inverted {
        return !source.plural || source.kind == SourceKind::Definite;
    }
    true
}

fn passive(line: &Words<'_>, verb: usize, cue: Cue, group: &VerbGroup) -> Option<Attribution> {
    if cue.kind == CueKind::Show || !(cue.strong || cue.kind == CueKind::Tell || cue.kind == CueKind::Think) {
        return None;
    }
    if line.lower(verb + 1) != "by" {
        return None;
    }
    let found = noun_phrase::after(line, verb + 2)?;
    let that = (found.words.end..line.len()).find(|&idx| line.lower(idx) == "that" || is_speech(line, idx))?;
    if that > found.words.end + 1 {
        return None;
    }
    let from = that + usize::from(line.lower(that) == "that");
    let contents = Contents::one(from..content_end(line, from), Order::CueSourceContent);
    Some(attribution(line, found.source, group.words.clone(), cue, contents, group.negative))
}

pub(super) fn attribution(
    line: &Words<'_>,
    mut source: Source,
    cue_words: Range<usize>,
    cue: Cue,
    contents: Contents,
    negative: bool,
) -> Attribution {
    // "It said the offering would be made": what tells and warns is somebody, whatever its noun.
    source.speaks |= source.kind == SourceKind::Definite && is_somebodys(cue.lemma);
    let mut direct = false;
    let mut reported = false;
    let mut content = Vec::with_capacity(contents.ranges.len());
    for words in &contents.ranges {
        if words.is_empty() {
            continue;
        }
        let mut range = line.range(words.clone());
        for idx in words.clone() {
            match line.kind(idx) {
                Some(WordKind::Quote(quotation)) if is_speech(line, idx) => {
                    direct = true;
                    // The quotation may have begun sentences ago, and may go on after this one.
                    range.start = range.start.min(line.block.quotations[quotation].range.start);
                    range.end = range.end.max(line.block.quotations[quotation].range.end);
                }
                Some(WordKind::Word) => reported = true,
                _ => {}
            }
        }
        content.push(range);
    }
    Attribution {
        sentence: line.sentence,
        quoted: line.quoted,
        source,
        cue: line.range(cue_words),
        kind: cue.kind,
        loaded: cue.loaded,
        lemma: cue.lemma,
        content,
        speech: match (direct, reported) {
            (true, false) => Speech::Direct,
            (true, true) => Speech::Mixed,
            _ => Speech::Reported,
        },
        order: contents.order,
        negative,
    }
}

/// Verbs of which only persons and bodies are the subject.
fn is_somebodys(lemma: &str) -> bool {
    matches!(lemma, "say" | "tell" | "announce" | "add" | "warn" | "argue" | "deny" | "insist" | "claim" | "admit")
}

/// Participles that stand before a noun as adjectives do.
fn is_attributive(lemma: &str) -> bool {
    matches!(
        lemma,
        "allege"
            | "suspect"
            | "expect"
            | "report"
            | "claim"
            | "presume"
            | "assume"
            | "estimate"
            | "propose"
            | "recommend"
            | "confirm"
            | "announce"
            | "state"
            | "perceive"
            | "fear"
            | "forecast"
            | "predict"
    )
}

fn is_open_noun(line: &Words<'_>, idx: usize) -> bool {
    line.items.get(idx).is_some_and(|word| word.is_word() && word.classes.is_empty() && !word.is_surely_verb())
}

/// A folded quotation that is somebody's speech, not a title or a term.
pub(super) fn is_speech(line: &Words<'_>, idx: usize) -> bool {
    matches!(line.kind(idx), Some(WordKind::Quote(quotation)) if super::is_speech_quotation(line.block, quotation))
}

/// Where one clause took another's content before it as its own, the nearer one keeps it.
fn settle(line: &Words<'_>, attributions: &mut [Attribution], first: usize) {
    let starts: Vec<(usize, usize)> = attributions[first..]
        .iter()
        .map(|attribution| {
            (
                attribution.source.range.start.min(attribution.cue.start),
                attribution.source.range.end.max(attribution.cue.end),
            )
        })
        .collect();
    for (idx, attribution) in attributions[first..].iter_mut().enumerate() {
        if attribution.order != Order::ContentSourceCue && attribution.order != Order::ContentCueSource {
            continue;
        }
        // A content before the cue does not reach back over another attribution of its own kind, unless it takes it in whole:
        // "Analysts say X, but officials said Y, he added" is rare; "While some say X, others believe Y" is not.
        if let Some(&(_, end)) = starts[..idx]
            .iter()
            .rev()
            .find(|&&(start, _)| attribution.content.first().is_some_and(|content| content.start <= start))
        {
            let other_is_strong = end < attribution.cue.start;
            if other_is_strong
                && line.sentence == attribution.sentence
                && attribution.speech == Speech::Direct
                && let Some(content) = attribution.content.first_mut()
                && content.start < end
                && end < content.end
            {
                let after = line
                    .items
                    .iter()
                    .position(|word| word.range.start >= end && matches!(word.kind, WordKind::Quote(_)));
                if let Some(after) = after.filter(|&after| line.items[after].range.start < content.end) {
                    content.start = line.items[after].range.start;
                }
            }
        }
    }
}

/// The grammatical subject of the line, when it can be a source.
pub(crate) fn subject_of(line: &Words<'_>) -> Option<Source> {
    main_subject(line, line.len()).map(|found| found.source)
}

/// The source that begins at a word, after "by".
pub(crate) fn agent_after(line: &Words<'_>, start: usize) -> Option<Source> {
    noun_phrase::after(line, start).map(|found| found.source)
}
