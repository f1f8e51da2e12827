//! Finds the triples of one line of words: by its cue verbs, by "according to", and by the shape of the clause where no list knows the verb.

use std::ops::Range;

use unspin_english::{Pos, WordClasses};

use super::cues::{Cue, CueKind, Loaded};
use super::noun_phrase::{self, Found};
use super::source::{Source, SourceKind, is_month_or_day, is_name, is_person};
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
            "in" if line.reads(idx, "in the words of") || line.reads(idx, "in the opinion of") || line.reads(idx, "in the view of") => according(line, idx, idx + 4),
            "for" if idx == 0 => for_somebody(line),
            _ => match word.cue {
                // "the United States".
                Some(_) if idx > 0 && word.is_capitalised() && line.items[idx - 1].is_word() => None,
                Some(cue) => by_verb(line, idx, cue),
                None => by_shape(line, idx),
            },
        };
        attributions.extend(found);
    }
    settle(line, attributions, first);
}

/// The verb with its auxiliaries, and what they say.
#[derive(Debug)]
struct VerbGroup {
    /// Words, from the first auxiliary to the verb.
    words: Range<usize>,
    negative: bool,
    passive: bool,
    /// Has a tense: a subject stands before it, or after it when inverted.
    finite: bool,
    gerund: bool,
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
    if cue.is_gerund() && start >= 2 && line.lower(start - 1) == "as" && matches!(line.lower(start - 2), "quoted" | "cited" | "reported") {
        start -= 2;
        infinitive = true;
    }
    while start > 0 {
        let before = start - 1;
        let classes = line.items[before].classes;
        if classes.has(WordClasses::AUXILIARY) && !line.items[before].lower.ends_with("ing") && !(classes.has(WordClasses::PRONOUN)) {
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
    let has_pronoun_auxiliary = start > 0 && line.items[start - 1].classes.contains(WordClasses::PRONOUN) && line.lower(start - 1).contains('\'');
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
        let determined = classes.has(WordClasses::ARTICLE | WordClasses::POSSESSIVE | WordClasses::DEMONSTRATIVE) && !matches!(line.lower(before), "that" | "her");
        if determined && line.items[verb].possible().contains(Pos::Noun) {
            return None;
        }
        if line.lower(before).ends_with("'s") && !classes.has(WordClasses::PRONOUN) {
            return None;
        }
        let governed = matches!(
            line.lower(before),
            "of" | "in" | "at" | "by" | "for" | "with" | "from" | "over" | "about" | "into" | "against" | "amid" | "among" | "under" | "during" | "between" | "without" | "within"
        );
        if governed {
            return None;
        }
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
    let found = subject.or(inverted)?;
    if !agrees(line, &group, verb, cue, &found, is_inverted) {
        return None;
    }
    let (content_from, source_words) = if is_inverted { (found.words.end, found.words.clone()) } else { (next, found.words.clone()) };
    let clause_start = if is_inverted { group.words.start } else { source_words.start };
    let place = Place { clause_start, after: content_from, inverted: is_inverted };
    let contents = contents(line, &place, cue, group.gerund).or_else(|| stance(line, &place, cue, &found.source))?;
    Some(attribution(line, found.source, group.words.start..next, cue, contents, group.negative))
}

/// A verb of no list with a clause that begins with "that", or a name next to a quotation: the shape is enough.
fn by_shape(line: &Words<'_>, idx: usize) -> Option<Attribution> {
    let word = &line.items[idx];
    let that = line.lower(idx + 1) == "that" && (clause_at(line, idx + 2).is_some() || is_speech(line, idx + 2));
    let quote_after = matches!(line.kind(idx + 1), Some(WordKind::Comma | WordKind::Colon)) && is_speech(line, idx + 2);
    let quote_before = idx > 0 && (is_speech(line, idx - 1) || (matches!(line.kind(idx - 1), Some(WordKind::Comma)) && idx > 1 && is_speech(line, idx - 2)));
    if !(that || quote_after || quote_before) || word.is_capitalised() || word.classes.is_closed() {
        return None;
    }
    if !word.can_be_finite() {
        return None;
    }
    let auxiliary = idx > 0 && line.has(idx - 1, WordClasses::BE);
    if auxiliary {
        return None;
    }
    let mut start = idx;
    while start > 0 && (line.has(start - 1, WordClasses::HAVE) || line.is_adverb(start - 1)) {
        start -= 1;
    }
    let group = VerbGroup { words: start..idx + 1, negative: false, passive: false, finite: true, gerund: false };
    let subject = noun_phrase::before(line, 0, start);
    let (found, inverted) = match subject {
        Some(found) => (found, false),
        None if quote_before => (noun_phrase::after(line, idx + 1)?, true),
        None => return None,
    };
    let kind = found.source.kind;
    if !(kind.is_named() || matches!(kind, SourceKind::Crowd | SourceKind::Anonymous | SourceKind::Author) || (kind == SourceKind::Definite && speaks(line, &found))) {
        return None;
    }
    let after = if inverted { found.words.end } else { idx + 1 };
    let clause_start = if inverted { start } else { found.words.start };
    let cue = Cue::plain(CueKind::Other, "");
    let contents = contents(line, &Place { clause_start, after, inverted }, cue, false)?;
    Some(attribution(line, found.source, group.words, cue, contents, false))
}

/// A definite source that is a person, a body or a pronoun, not any "the door".
fn speaks(line: &Words<'_>, found: &Found) -> bool {
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
        let source = noun_phrase::before(line, 0, start)?;
        let quantifier = matches!(line.lower(source.words.start), "some" | "most" | "many" | "few" | "more");
        return (source.source.kind != SourceKind::Definite && !quantifier).then_some(source);
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
fn main_subject(line: &Words<'_>, limit: usize) -> Option<Found> {
    let verb = (1..limit).find(|&idx| {
        let word = &line.items[idx];
        word.is_surely_verb() || (word.is_word() && !word.is_capitalised() && word.lower.ends_with("ed") && !line.has(idx - 1, WordClasses::DETERMINER))
    })?;
    noun_phrase::before(line, 0, verb)
}

/// The source after its verb: “…”, said Rah.
fn inverted(line: &Words<'_>, group: &VerbGroup, next: usize, cue: Cue) -> Option<Found> {
    let start = group.words.start;
    if group.words.len() > 1 || !(cue.strong || cue.kind == CueKind::Ask || matches!(line.kind(start.wrapping_sub(1)), Some(WordKind::Quote(_)))) {
        return None;
    }
    let preceded = start > 0 && matches!(line.kind(start - 1), Some(WordKind::Comma | WordKind::Quote(_) | WordKind::Dash | WordKind::Stop));
    let so = start > 0 && matches!(line.lower(start - 1), "so" | "as");
    let opens = start == 0;
    if !(preceded || so || opens) {
        return None;
    }
    let mut found = noun_phrase::after(line, next)?;
    if opens && !line.items.get(next).is_some_and(|word| word.is_capitalised() || word.classes.has(WordClasses::DETERMINER)) {
        return None;
    }
    if found.source.kind == SourceKind::Definite && !speaks(line, &found) && !matches!(line.lower(next), "the" | "his" | "her" | "their") {
        return None;
    }
    // The verb takes its content right away: "said the plan would fail" has a clause there, not a source.
    if preceded && line.kind(found.words.end) != Some(WordKind::Comma) && clause_at(line, next).is_some_and(|verb| verb < found.words.end + 4 && verb >= found.words.end) {
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
        let plural = source.plural || matches!(source.kind, SourceKind::Author) || matches!(line_source, "you" | "they") || line.lower(verb.wrapping_sub(1)) == "who";
        let joined = found.words.clone().any(|idx| line.lower(idx) == "and");
        return plural || joined;
    }
    let noun_too = line.items[verb].possible().contains(Pos::Noun) && !matches!(&*line.items[verb].lower, "says" | "said" | "tells");
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

fn according(line: &Words<'_>, start: usize, source_from: usize) -> Option<Attribution> {
    let found = noun_phrase::after(line, source_from)?;
    // "according to the rules", "according to plan": a measure, not a source.
    if found.source.kind == SourceKind::Definite && !found.source.speaks {
        return None;
    }
    let mut ranges = Vec::new();
    let leads = start == 0 || matches!(line.lower(start - 1), "and" | "but" | "that");
    if leads {
        let mut from = found.words.end;
        if line.kind(from) == Some(WordKind::Comma) {
            from += 1;
        } else if let Some(comma) = (from..line.len()).find(|&idx| line.kind(idx) == Some(WordKind::Comma)) {
            from = comma + 1;
        }
        ranges.push(from..content_end(line, from));
    } else {
        let mut end = start;
        while end > 0 && matches!(line.kind(end - 1), Some(WordKind::Comma | WordKind::Dash)) {
            end -= 1;
        }
        ranges.push(0..end);
        if line.kind(found.words.end) == Some(WordKind::Comma) && found.words.end + 3 < line.len() && start + 1 < line.len() && line.kind(start - 1) == Some(WordKind::Comma) && !appositive_follows(line, found.words.end + 1) {
            ranges.push(found.words.end + 1..content_end(line, found.words.end + 1));
        }
    }
    let cue = Cue::plain(CueKind::According, "according to");
    let order = if leads { Order::CueSourceContent } else { Order::ContentCueSource };
    Some(attribution(line, found.source, start..source_from, cue, Contents { ranges, order }, false))
}

fn appositive_follows(line: &Words<'_>, at: usize) -> bool {
    matches!(line.lower(at), "a" | "an" | "the" | "who" | "which" | "whose" | "head" | "chief" | "director" | "president" | "professor")
}

/// "For Chomsky, …": a name and nothing else before the comma.
fn for_somebody(line: &Words<'_>) -> Option<Attribution> {
    let comma = (1..line.len().min(8)).find(|&idx| line.kind(idx) == Some(WordKind::Comma))?;
    let named = (1..comma).all(|idx| is_name(line, idx)) && comma > 1 && !(1..comma).any(|idx| is_month_or_day(line.lower(idx)));
    if !named {
        return None;
    }
    let found = noun_phrase::after(line, 1)?;
    if found.source.kind != SourceKind::NamedPerson {
        return None;
    }
    let cue = Cue::plain(CueKind::According, "for");
    let contents = Contents::one(comma + 1..content_end(line, comma + 1), Order::CueSourceContent);
    Some(attribution(line, found.source, 0..1, cue, contents, false))
}

/// Where a clause stands in its line, in words.
struct Place {
    /// The first word of source and cue together.
    clause_start: usize,
    /// The first word after them.
    after: usize,
    inverted: bool,
}

struct Contents {
    ranges: Vec<Range<usize>>,
    order: Order,
}

impl Contents {
    fn one(range: Range<usize>, order: Order) -> Contents {
        Contents { ranges: std::iter::once(range).collect(), order }
    }
}

/// What is said: before, after or around the clause of source and cue.
fn contents(line: &Words<'_>, place: &Place, cue: Cue, gerund: bool) -> Option<Contents> {
    let &Place { clause_start, mut after, inverted } = place;
    let source_first = !inverted;
    // An apposition of an inverted source: "said Rah, a former diplomat".
    let mut apposition_end = after;
    if inverted && line.kind(after) == Some(WordKind::Comma) && (appositive_follows(line, after + 1) || line.items.get(after + 1).is_some_and(|word| word.is_word() && !word.is_capitalised() && is_person(&word.lower))) {
        apposition_end = (after + 1..line.len())
            .find(|&idx| matches!(line.kind(idx), Some(WordKind::Quote(_) | WordKind::Stop)))
            .unwrap_or(line.len());
        after = apposition_end;
    }
    if cue.kind == CueKind::Tell && source_first {
        after = skip_object(line, after);
    } else if source_first && line.lower(after) == "to" && matches!(cue.lemma, "say" | "announce" | "admit" | "explain" | "write" | "complain" | "report" | "reveal" | "confess" | "suggest") {
        let skipped = skip_object(line, after + 1);
        if line.lower(skipped) == "that" || is_speech(line, skipped) {
            after = skipped;
        }
    }
    let adjuncts_end = skip_adjuncts(line, after);
    let mut directly = None;
    for at in [after, adjuncts_end] {
        let mut at = at;
        if matches!(line.kind(at), Some(WordKind::Comma | WordKind::Colon | WordKind::Dash)) && is_speech(line, at + 1) {
            at += 1;
        }
        let that = line.lower(at) == "that" && (at + 2 < line.len() || is_speech(line, at + 1)) || at + 2 < line.len() && (matches!(cue.kind, CueKind::Ask | CueKind::Say | CueKind::Tell | CueKind::Show | CueKind::Think) && matches!(line.lower(at), "how" | "why" | "whether" | "if" | "what" | "where" | "when") && !(matches!(line.lower(at), "when" | "if" | "where") && cue.kind != CueKind::Ask) && !inverted);
        let colon = line.kind(at) == Some(WordKind::Colon) && at + 2 < line.len();
        if is_speech(line, at) || that || colon {
            directly = Some(at + usize::from(line.lower(at) == "that") + usize::from(colon));
            break;
        }
        // "a stunt that critics say would add to the problem": the clause has lost its subject.
        let gap = source_first && cue.strong && clause_start > 0 && matches!(line.lower(clause_start - 1), "that" | "which" | "who") && line.items.get(at).is_some_and(|word| word.is_surely_verb());
        // "put the price at 3 billion".
        let price = cue.lemma == "put" && (at..line.len().min(at + 8)).any(|idx| line.lower(idx) == "at" && matches!(line.kind(idx + 1), Some(WordKind::Number | WordKind::Symbol)));
        // "say, in theory, it should": an insertion between commas.
        if source_first && line.kind(at) == Some(WordKind::Comma)
            && let Some(comma) = (at + 1..line.len().min(at + 6)).find(|&idx| line.kind(idx) == Some(WordKind::Comma))
            && comma > at + 1
            && cue.strong
            && line.has(at + 1, WordClasses::PREPOSITION | WordClasses::ADVERB)
            && clause_at(line, comma + 1).is_some()
        {
            directly = Some(comma + 1);
            break;
        }
        // "He says, if that happens, …".
        let loose = source_first && cue.lemma == "say" && clause_start <= 1 && line.kind(at) == Some(WordKind::Comma) && line.len() - at > 7 && clause_at(line, at + 1).is_some();
        if loose {
            directly = Some(at + 1);
            break;
        }
        if gap || price {
            directly = Some(at);
            break;
        }
        if cue.loaded == Loaded::Attacks && !inverted && at == after && at < line.len() && !matches!(line.kind(at), Some(WordKind::Stop | WordKind::Comma)) {
            directly = Some(at);
            break;
        }
        // Without "that": a clause with a verb of its own.
        if !inverted && cue.kind != CueKind::Ask && !needs_that(cue) && at < line.len() && clause_begins(line, at) {
            let enough = clause_at(line, at).is_some() || (cue.lemma == "say" && at == after && line.len() - at >= 4 && !line.has(at, WordClasses::PREPOSITION));
            if enough {
                directly = Some(at);
                break;
            }
        }
    }
    let before_end = {
        let mut end = clause_start;
        while end > 0 && (matches!(line.kind(end - 1), Some(WordKind::Comma | WordKind::Dash)) || matches!(line.lower(end - 1), "as" | "so" | "while")) {
            end -= 1;
        }
        end
    };
    let separated = before_end < clause_start || (clause_start > 0 && matches!(line.kind(clause_start - 1), Some(WordKind::Quote(_) | WordKind::Stop)));
    let quote_before = before_end > 0 && is_speech(line, before_end - 1);
    let clause_before = quote_before
        || (separated && before_end >= 2 && cue_can_close(cue) && (before_end >= 4 || (0..before_end).any(|idx| line.items[idx].is_surely_verb() || is_likely_verb(line, idx))));
    let mut ranges = Vec::new();
    let ends_here = {
        let rest = adjuncts_end.max(apposition_end);
        rest >= line.len() || matches!(line.kind(rest), Some(WordKind::Stop | WordKind::Semicolon | WordKind::Comma | WordKind::Dash | WordKind::Bracket | WordKind::Colon)) || is_speech(line, rest)
            || (matches!(line.lower(rest), "and" | "but" | "when" | "as" | "after" | "in" | "at" | "during" | "while" | "with" | "of" | "about" | "on" | "by"))
    };
    match directly {
        Some(from) if !quote_before || is_speech(line, from) || !ends_here => {
            if quote_before && is_speech(line, from) {
                ranges.push(before_range(line, before_end));
            }
            ranges.push(from..content_end(line, from));
            let order = if quote_before { Order::ContentSourceCue } else if inverted { Order::CueSourceContent } else { Order::SourceCueContent };
            Some(Contents { ranges, order })
        }
        _ if gerund => None,
        _ if clause_before && (ends_here || inverted) => {
            if quote_before || cue.strong || inverted || matches!(cue.lemma, "find" | "show" | "indicate" | "rule" | "decide") {
                ranges.push(before_range(line, before_end));
            } else {
                return None;
            }
            // "X, he said, Y": the content goes on.
            let resume = adjuncts_end.max(apposition_end);
            if line.kind(resume) == Some(WordKind::Comma) && resume + 1 < line.len() {
                let from = resume + 1;
                let goes_on = is_speech(line, from) || (!quote_before && !matches!(line.lower(from), "adding" | "and" | "but" | "who" | "which" | "as" | "saying" | "while") && line.len() - from > 2);
                if goes_on {
                    ranges.push(from..content_end(line, from));
                }
            } else if is_speech(line, resume + usize::from(matches!(line.kind(resume), Some(WordKind::Stop)))) {
                ranges.push(resume..content_end(line, resume));
            }
            Some(Contents { ranges, order: if inverted { Order::ContentCueSource } else { Order::ContentSourceCue } })
        }
        _ => None,
    }
}

/// What a crowd expects, rejects or takes something for needs no clause: "analysts expect a profit", "many regard him as the founder".
fn stance(line: &Words<'_>, place: &Place, cue: Cue, source: &Source) -> Option<Contents> {
    let next = line.items.get(place.after)?;
    let object = next.is_word() && !next.classes.has(WordClasses::PREPOSITION) && !next.is_surely_verb() || next.kind == WordKind::Number || next.kind == WordKind::Symbol;
    if source.kind != SourceKind::Crowd || place.inverted || !object {
        return None;
    }
    let vague = line.items.iter().any(|word| {
        word.range.start == source.range.start && matches!(&*word.lower, "some" | "many" | "most" | "several" | "few" | "others" | "critics" | "opponents" | "observers")
    });
    let takes_object = matches!(cue.lemma, "expect" | "predict" | "forecast" | "anticipate" | "foresee")
        || (matches!(cue.lemma, "reject" | "dispute" | "question" | "doubt") && (vague || source.person));
    let takes_as = matches!(cue.lemma, "regard" | "view" | "see" | "describe" | "consider")
        && ((cue.lemma == "consider" && next.classes.has(WordClasses::DETERMINER | WordClasses::OBJECT_PRONOUN)) || (place.after..line.len().min(place.after + 9)).any(|idx| line.lower(idx) == "as"));
    (takes_object || takes_as).then(|| Contents::one(place.after..content_end(line, place.after), Order::SourceCueContent))
}

/// Verbs that take a plain object so often that only "that" or a quotation makes them cues.
fn needs_that(cue: Cue) -> bool {
    matches!(cue.lemma, "continue" | "see" | "hear" | "observe" | "write" | "publish" | "learn" | "decide" | "add" | "blog" | "post" | "interpret" | "put" | "regard" | "view" | "reject" | "dispute" | "reflect" | "prove" | "establish" | "repeat" | "detail" | "cite" | "read" | "outline" | "describe" | "teach" | "clarify" | "consider" | "remember" | "determine")
}

fn cue_can_close(cue: Cue) -> bool {
    cue.strong || matches!(cue.kind, CueKind::Say | CueKind::Ask | CueKind::Show)
}

/// What stands before the clause: the quotation next to it with all that leads up to it.
fn before_range(line: &Words<'_>, end: usize) -> Range<usize> {
    let mut start = 0;
    // "But, he said": a conjunction is no content.
    while start < end && matches!(line.kind(start), Some(WordKind::Stop | WordKind::Comma | WordKind::Dash)) {
        start += 1;
    }
    start..end
}

/// Whom somebody told, and how: "reporters in Geneva".
fn skip_object(line: &Words<'_>, start: usize) -> usize {
    let mut at = start;
    if line.items.get(at).is_some_and(|word| word.is_word() && word.classes.has(WordClasses::OBJECT_PRONOUN) && !word.classes.has(WordClasses::DETERMINER | WordClasses::SUBORDINATOR)) {
        return at + 1;
    }
    let limit = line.len().min(start + 12);
    while at < limit {
        let word = &line.items[at];
        let ends = match word.kind {
            WordKind::Word => at > start && (matches!(&*word.lower, "that" | "he" | "she" | "they" | "it" | "there" | "i" | "we" | "how" | "why" | "what" | "to") || (word.classes.has(WordClasses::ARTICLE | WordClasses::POSSESSIVE) && !line.has(at - 1, WordClasses::PREPOSITION))),
            WordKind::Number | WordKind::Symbol => false,
            _ => true,
        };
        if ends {
            break;
        }
        at += 1;
    }
    at
}

/// "on Monday", "in a statement", "last week", "earlier today": between cue and content.
fn skip_adjuncts(line: &Words<'_>, start: usize) -> usize {
    let mut at = start;
    loop {
        let before = at;
        while line.is_adverb(at) || is_month_or_day(line.lower(at)) || matches!(line.lower(at), "this" | "last") && matches!(line.lower(at + 1), "week" | "month" | "year" | "morning") {
            at += if matches!(line.lower(at), "this" | "last") { 2 } else { 1 };
        }
        if line.has(at, WordClasses::PREPOSITION) && !matches!(line.lower(at), "that" | "like") || line.lower(at) == "to" {
            let limit = line.len().min(at + 9);
            let mut end = at + 1;
            while end < limit
                && matches!(line.kind(end), Some(WordKind::Word | WordKind::Number))
                && !matches!(line.lower(end), "that" | "he" | "she" | "they" | "it" | "there" | "i" | "we")
                && !line.items[end].is_surely_verb()
                && !(end > at + 1 && line.has(end, WordClasses::ARTICLE | WordClasses::POSSESSIVE) && !line.has(end - 1, WordClasses::PREPOSITION))
            {
                end += 1;
            }
            at = end;
        }
        if at == before {
            return at;
        }
    }
}

/// Whether a clause can begin here: a noun phrase, a pronoun, "there".
fn clause_begins(line: &Words<'_>, at: usize) -> bool {
    let Some(word) = line.items.get(at) else { return false };
    match word.kind {
        WordKind::Word => {
            !word.is_surely_verb()
                && !matches!(&*word.lower, "to" | "as" | "by" | "of" | "with" | "up" | "out" | "for" | "about" | "him" | "them" | "me" | "us" | "himself" | "herself" | "itself" | "myself" | "yourself" | "ourselves" | "themselves" | "and" | "or" | "but" | "who" | "which" | "so")
        }
        WordKind::Number | WordKind::Symbol => true,
        WordKind::Quote(_) => true,
        _ => false,
    }
}

/// The place of the first finite verb of a clause that begins at `start`, if there is one before the next strong break.
fn clause_at(line: &Words<'_>, start: usize) -> Option<usize> {
    for idx in start + 1..line.len().min(start + 30) {
        let word = &line.items[idx];
        match word.kind {
            WordKind::Semicolon | WordKind::Colon | WordKind::Stop => return None,
            WordKind::Comma if matches!(line.lower(idx + 1), "and" | "but" | "while") => return None,
            WordKind::Word => {
                if word.is_surely_verb() || is_likely_verb(line, idx) {
                    return Some(idx);
                }
                if matches!(&*word.lower, "who" | "which" | "because" | "when" | "while" | "whether") {
                    return None;
                }
            }
            _ => {}
        }
    }
    // "it's", "they're".
    (line.items.get(start)?.lower.contains('\'') && line.has(start, WordClasses::AUXILIARY)).then_some(start)
}

/// A past or third-person form after something that can be a subject.
fn is_likely_verb(line: &Words<'_>, idx: usize) -> bool {
    let word = &line.items[idx];
    if idx == 0 || !word.is_word() || word.is_capitalised() || word.classes.is_closed() || line.has(idx - 1, WordClasses::DETERMINER | WordClasses::PREPOSITION) && !line.has(idx - 1, WordClasses::PRONOUN) {
        return false;
    }
    if !(word.lower.ends_with('s') || word.lower.ends_with("ed") || word.classes.is_empty()) {
        return false;
    }
    let verb = word.can_be_finite();
    // "plans", "rates" are nouns more often; a name or a pronoun before them decides.
    verb && (!word.pos().contains(Pos::Noun) || line.has(idx - 1, WordClasses::SUBJECT_PRONOUN) || line.items[idx - 1].is_capitalised() || line.lower(idx - 1).ends_with("ly"))
}

/// Where a content ends that begins at `from`: at the end of the line, at a semicolon, or where the next clause turns to another speaker.
fn content_end(line: &Words<'_>, from: usize) -> usize {
    let mut end = line.len();
    for idx in from..line.len() {
        if line.kind(idx) == Some(WordKind::Semicolon) && idx > from + 1 {
            end = idx;
            break;
        }
        if line.kind(idx) == Some(WordKind::Comma) && matches!(line.lower(idx + 1), "while" | "but" | "although" | "though" | "adding") && idx > from + 2 {
            end = idx;
            break;
        }
        if line.kind(idx) == Some(WordKind::Comma) && line.lower(idx + 1) == "according" {
            end = idx;
            break;
        }
    }
    end.max(from)
}

fn attribution(line: &Words<'_>, source: Source, cue_words: Range<usize>, cue: Cue, contents: Contents, negative: bool) -> Attribution {
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

/// A folded quotation that is somebody's speech, not a title or a term.
fn is_speech(line: &Words<'_>, idx: usize) -> bool {
    matches!(line.kind(idx), Some(WordKind::Quote(quotation)) if super::is_speech_quotation(line.block, quotation))
}

/// Where one clause took another's content before it as its own, the nearer one keeps it.
fn settle(line: &Words<'_>, attributions: &mut [Attribution], first: usize) {
    let starts: Vec<(usize, usize)> =
        attributions[first..].iter().map(|attribution| (attribution.source.range.start.min(attribution.cue.start), attribution.source.range.end.max(attribution.cue.end))).collect();
    for (idx, attribution) in attributions[first..].iter_mut().enumerate() {
        if attribution.order != Order::ContentSourceCue && attribution.order != Order::ContentCueSource {
            continue;
        }
        // A content before the cue does not reach back over another attribution of its own kind, unless it takes it in whole:
        // "Analysts say X, but officials said Y, he added" is rare; "While some say X, others believe Y" is not.
        if let Some(&(_, end)) = starts[..idx].iter().rev().find(|&&(start, _)| attribution.content.first().is_some_and(|content| content.start <= start)) {
            let other_is_strong = end < attribution.cue.start;
            if other_is_strong && line.sentence == attribution.sentence && attribution.speech == Speech::Direct
                && let Some(content) = attribution.content.first_mut()
                && content.start < end
                && end < content.end
            {
                let after = line.items.iter().position(|word| word.range.start >= end && matches!(word.kind, WordKind::Quote(_)));
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
