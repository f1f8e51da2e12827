//! The rule `orphan-quote`: a quotation nobody speaks, or two people could.

use unspin_english::{WordClasses, class_of};
use unspin_text::Block;

use super::{Family, Rule};
use crate::attribution::{Attribution, SourceKind, Speech, is_speech_quotation};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, HitKind, Place};
use crate::config::RuleLevel;
use crate::fix::Fix;

pub(super) static RULE: Rule = Rule {
    name: "orphan-quote",
    family: Family::Claim,
    page: include_str!("orphan_quote.md"),
    level: RuleLevel::Warning,
};

/// A clause has so many words at least; without a verb to be seen, so many.
const CLAUSE_WORDS_MIN: usize = 4;
const VERBLESS_WORDS_MIN: usize = 9;

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    let mut going_on = false;
    let mut last_block = None;
    for place in cx.places() {
        let block = cx.block(place);
        let sentence = &block.sentences[place.sentence].range;
        if last_block != Some(place.block) {
            last_block = Some(place.block);
        }
        let mut orphan_here = false;
        for (idx, quotation) in block.quotations.iter().enumerate() {
            // A quotation is asked about once, in the sentence that it begins in.
            let begins_here = sentence.start <= quotation.range.start && quotation.range.start < sentence.end;
            if quotation.depth > 0 || !begins_here {
                continue;
            }
            if quotation.continued
                || !is_clause(block, idx)
                || is_mentioned(block, quotation.range.start)
                || is_labelled(block, quotation.range.start, sentence.start)
                || is_referenced(cx, place, quotation.range.end)
            {
                continue;
            }
            if has_speaker(cx, place, idx)
                || (going_on && is_alone(block, place, idx))
                || from_paragraph_before(cx, place)
            {
                continue;
            }
            orphan_here = true;
            findings.add(Finding {
                rule: &RULE,
                place,
                range: quotation.range.clone(),
                covers: vec![quotation.range.clone()],
                message: "Who says this?".to_owned(),
                note: "no speaker in this sentence or next to it".to_owned(),
                field: Default::default(),
                fixes: fixes(cx, place, &quotation.range),
            });
        }
        // The last quotation had a speaker, and nobody else has spoken since: it may go on.
        let quoted_here = block.quotations.iter().enumerate().any(|(idx, quotation)| {
            quotation.range.start < sentence.end && sentence.start < quotation.range.end && is_clause(block, idx)
        }) || cx.attributions(place).any(|attribution| attribution.speech != Speech::Reported);
        if quoted_here {
            going_on = !orphan_here;
        } else if cx.attributions(place).next().is_some() || cx.facts(place).words > 0 {
            going_on = false;
        }
    }
}

/// A full clause or more: enough words, and a verb among them.
fn is_clause(block: &Block, idx: usize) -> bool {
    if !is_speech_quotation(block, idx) {
        return false;
    }
    let inner = &block.prose[block.quotations[idx].inner.clone()];
    let mut n_words = 0;
    let mut verb = false;
    for word in inner
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '\'' || letter == '’' || letter == '-'))
        .filter(|word| !word.is_empty())
    {
        n_words += 1;
        verb |= class_of(&word.replace('’', "'")).has(WordClasses::AUXILIARY | WordClasses::SUBJECT_PRONOUN)
            || word.ends_with("ed");
    }
    (n_words >= CLAUSE_WORDS_MIN && verb) || n_words >= VERBLESS_WORDS_MIN
}

/// E1: “Jan Mol: "The trains are full."”, “Question: "…"”: a label says who speaks, or what it is.
fn is_labelled(block: &Block, quotation: usize, sentence: usize) -> bool {
    let Some(label) = block.prose[sentence..quotation].trim_end().strip_suffix(':') else { return false };
    // "From a reporter in Omaha: …".
    if label.starts_with("From ") {
        return true;
    }
    !label.is_empty()
        && label.split_whitespace().count() <= 4
        && label.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// E6: a citation, or a source in brackets behind it.
fn is_referenced(cx: &ClaimCx<'_>, place: Place, end: usize) -> bool {
    let block = cx.block(place);
    let last = block.sentences.iter().rposition(|sentence| sentence.range.start < end).unwrap_or(place.sentence);
    let bracket = block.prose[end..].trim_start().strip_prefix('(');
    bracket.is_some_and(|inside| inside.starts_with(char::is_uppercase))
        || (place.sentence..=last).any(|sentence| cx.facts(Place { sentence, ..place }).cited)
}

/// E12: words mentioned as words, titles.
fn is_mentioned(block: &Block, start: usize) -> bool {
    let before = block.prose[..start].trim_end().trim_end_matches([',', ':']);
    let last = before.rsplit([' ', ')']).next().unwrap_or_default().to_lowercase();
    // "The Act defines forest as “…”", "the definition is: “…”".
    let sentence = before.rsplit(". ").next().unwrap_or(before);
    if sentence.contains("defin") {
        return true;
    }
    matches!(
        last.as_str(),
        "word"
            | "words"
            | "term"
            | "phrase"
            | "so-called"
            | "titled"
            | "entitled"
            | "called"
            | "named"
            | "song"
            | "single"
            | "album"
            | "book"
            | "film"
            | "novel"
            | "slogan"
            | "motto"
            | "headline"
            | "sign"
            | "hashtag"
            | "known as"
            | "title"
            | "article"
            | "poem"
            | "essay"
            | "track"
            | "proverb"
            | "saying"
            | "question"
            | "questions"
    )
}

/// E1, E2, E11: in its sentence, or in the sentence before or after it.
fn has_speaker(cx: &ClaimCx<'_>, place: Place, idx: usize) -> bool {
    let block = cx.block(place);
    let quotation = &block.quotations[idx].range;
    let touches = |attribution: &Attribution| {
        attribution.content.iter().any(|content| content.start < quotation.end && quotation.start < content.end)
    };
    if cx.block_attributions(place).any(|attribution| !attribution.quoted && touches(attribution)) {
        return true;
    }
    let facts = cx.facts(place);
    // Somebody acts in the sentence: "Krog shook her head: “…”".
    if facts.subject.as_ref().is_some_and(|subject| subject.speaks) || cx.attributions(place).next().is_some() {
        return true;
    }
    if cx.hits(place).any(|hit| matches!(hit.kind, HitKind::Hidden(_) | HitKind::Passive | HitKind::PassiveByCrowd)) {
        return true;
    }
    if owner_before_colon(block, quotation.start, block.sentences[place.sentence].range.start) {
        return true;
    }
    let last =
        block.sentences.iter().rposition(|sentence| sentence.range.start < quotation.end).unwrap_or(place.sentence);
    let before = cx.before(place).filter(|(_, same)| *same).map(|(before, _)| before);
    let after = cx.after(Place { sentence: last, ..place });
    // A name alone may be a firm or a thing; "Krog shook her head" is a person's doing.
    let person = |place: Place| {
        let facts = cx.facts(place);
        facts.subject.as_ref().is_some_and(|subject| {
            subject.speaks && subject.person && (subject.kind != SourceKind::NamedPerson || facts.gendered)
        })
    };
    let speaks = |place: Place| cx.attributions(place).next().is_some();
    before.is_some_and(|before| speaks(before) || person(before))
        || after.is_some_and(|(after, same)| {
            if same {
                speaks(after) || person(after)
            } else {
                cx.attributions(after).any(|attribution| attribution.speech == Speech::Direct)
            }
        })
}

/// "Her reply was short: “…”".
fn owner_before_colon(block: &Block, quotation: usize, sentence: usize) -> bool {
    let before = block.prose[sentence..quotation].trim_end();
    before.ends_with(':')
        && before.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
            matches!(word.to_lowercase().as_str(), "his" | "her" | "their" | "my" | "our" | "he" | "she" | "they")
        })
}

/// The quotation is all that the sentence has.
fn is_alone(block: &Block, place: Place, idx: usize) -> bool {
    let sentence = &block.sentences[place.sentence].range;
    let quotation = &block.quotations[idx].range;
    block.prose[sentence.clone()].trim().len() <= quotation.len() + 2 || quotation.end >= sentence.end
}

/// E13: the paragraph before names the one who speaks; with two of them, who is it?
fn from_paragraph_before(cx: &ClaimCx<'_>, place: Place) -> bool {
    let paragraph = cx.paragraph(place);
    if paragraph.first() != Some(&place) {
        return false;
    }
    // "The message from Dr Fisher is that it will not happen:"
    let announced = cx.paragraph_before(place).last().is_some_and(|&last| {
        cx.sentence_text(last).trim_end_matches(['"', '”', ' ']).ends_with(':') && cx.facts(last).names_somebody
    });
    if announced {
        return true;
    }
    let mut speakers: Vec<String> = Vec::new();
    let mut last_direct = false;
    for before in cx.paragraph_before(place) {
        for attribution in cx.attributions(before) {
            let name = cx.text(before, &attribution.source.range).to_lowercase();
            // A pronoun is whoever was named before; alone it stands for one.
            let pronoun = matches!(name.as_str(), "he" | "she" | "they" | "who" | "it" | "i" | "we");
            if attribution.source.speaks && !speakers.contains(&name) && (!pronoun || speakers.is_empty()) {
                speakers.push(name);
            }
            last_direct = attribution.speech != Speech::Reported;
        }
    }
    if speakers.is_empty() {
        // "Dr Kefford is confident." Nobody speaks there, but one person acts.
        return cx.paragraph_before(place).last().is_some_and(|&last| {
            let facts = cx.facts(last);
            facts.subject.as_ref().is_some_and(|subject| {
                let name = cx.text(last, &subject.range);
                (subject.kind == SourceKind::NamedPerson && has_given_name(name))
                    || (facts.gendered && matches!(name.to_lowercase().as_str(), "he" | "she" | "he's" | "she's"))
            })
        });
    }
    // “Healy says advocates say so. “…” Healy believes”: whoever goes on was the speaker.
    let goes_on = cx.after(place).is_some_and(|(after, _)| {
        cx.attributions(after).any(|next| {
            let name = cx.text(after, &next.source.range).to_lowercase();
            next.source.kind == SourceKind::NamedPerson && speakers.contains(&name)
        })
    });
    goes_on || speakers.len() == 1 || (last_direct && !speakers.is_empty())
}

/// Two words with capitals: a person more often than a firm or a place.
fn has_given_name(name: &str) -> bool {
    name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count() >= 2
}

fn fixes(cx: &ClaimCx<'_>, place: Place, quotation: &std::ops::Range<usize>) -> Vec<Fix> {
    let block = cx.block(place);
    let inner = &block.prose[quotation.clone()];
    let mut found = Vec::new();
    // Into the quotation, before its closing mark: “…,” X said.
    let closing = inner.chars().next_back().filter(|last| matches!(last, '"' | '”' | '’' | '\'' | '»'));
    let Some(closing) = closing else { return found };
    let mark_at = quotation.end - closing.len_utf8();
    let stop = block.prose[..mark_at].chars().next_back().filter(|last| matches!(last, '.' | ',' | '!' | '?' | '…'));
    let tail_stop = block.prose[quotation.end..].chars().next();
    let ends_sentence = matches!(stop, Some('.' | '!' | '?' | '…')) || matches!(tail_stop, Some('.'));
    if !ends_sentence {
        return found;
    }
    let edit = |said: &str| {
        let from = if stop == Some('.') { mark_at - 1 } else { mark_at };
        let comma = if matches!(stop, Some('!' | '?' | '…')) { "" } else { "," };
        let to = if tail_stop == Some('.') { quotation.end + 1 } else { quotation.end };
        fixes::replace(block, from..to, &format!("{comma}{closing} {said}."))
    };
    let said = cx.saying_tense();
    if let Some((there, named)) = cx.nearest_named(place, Default::default()) {
        let name = fixes::short_name(cx.text(there, &named.source.range));
        found.push(fixes::suggested(format!("Add “{name} {said}”"), edit(&format!("{name} {said}"))));
    }
    found.push(fixes::placeholder("Add the speaker", edit(&format!("[speaker] {said}"))));
    found
}
