//! The rule `unsourced-superlative`: a rank in the author's voice. "the largest", "unprecedented": who ranks?

use std::ops::Range;

use unspin_english::agree::article_for;
use unspin_english::{Form, Pos, PosSet, WordClasses, class_of, for_each_lemma, inflect, lemma_as};
use unspin_text::Block;

use super::{Family, Rule};
use crate::attribution::{WordKind, Words, is_likely_verb, is_month_or_day};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Hit, HitKind, Place, unsourced};
use crate::config::RuleLevel;
use crate::fix::Fix;

pub(super) static RULE: Rule = Rule {
    name: "unsourced-superlative",
    family: Family::Claim,
    page: include_str!("unsourced_superlative.md"),
    level: RuleLevel::Information,
};

pub(super) fn find(line: &Words<'_>, hits: &mut Vec<Hit>) {
    let mut idx = 0;
    while idx < line.len() {
        match superlative_at(line, idx) {
            Some(words) => {
                hits.push(Hit {
                    kind: HitKind::Superlative,
                    sentence: line.sentence,
                    range: line.range(words.clone()),
                });
                idx = words.end.max(idx + 1);
            }
            None => idx += 1,
        }
    }
}

fn superlative_at(line: &Words<'_>, idx: usize) -> Option<std::ops::Range<usize>> {
    if line.kind(idx) != Some(WordKind::Word) {
        return None;
    }
    let phrase_end = |from: usize| phrase_end(line, from);
    match line.lower(idx) {
        "unprecedented" => Some(idx..phrase_end(idx + 1)),
        "world-leading" | "world-beating" => Some(idx..phrase_end(idx + 1)),
        "a" if line.lower(idx + 1) == "world" && line.lower(idx + 2) == "leader" => Some(idx..idx + 3),
        "never" if line.lower(idx + 1) == "before" => Some(idx..idx + 2),
        "the"
            if line.reads(idx + 1, "first time")
                && line.lower(idx.wrapping_sub(1)) != "for"
                && !matches!(line.lower(idx + 3), "he" | "she" | "i" | "they" | "we") =>
        {
            Some(idx..phrase_end(idx + 3))
        }
        "the" if line.lower(idx + 1) == "first" && (idx + 2..idx + 7).any(|at| line.lower(at) == "ever") => {
            Some(idx..phrase_end(idx + 2))
        }
        _ => {
            let degree = is_superlative(line, idx)?;
            let (start, one_of) = start(line, idx)?;
            let head_end = phrase_end(degree);
            let scoped = has_scope(line, degree, head_end);
            let possessed = line.lower(start).ends_with("'s") || line.lower(idx).ends_with("-ever");
            // "the driest August": rain is measured, and written down.
            let weather = is_month_or_day(line.lower(degree));
            if weather || !(one_of || scoped || possessed) || is_known(line, degree, head_end) || is_scale(line, degree)
            {
                return None;
            }
            Some(start..head_end.max(degree))
        }
    }
}

/// Where the words after the superlative begin: "largest | …", "most dangerous | …".
fn is_superlative(line: &Words<'_>, idx: usize) -> Option<usize> {
    let lower = line.lower(idx);
    // "the Forest Industries Association": a name.
    if idx > 0 && line.items[idx].is_capitalised() {
        return None;
    }
    if lower == "most" {
        let adjective = line.items.get(idx + 1)?;
        let good = adjective.is_word()
            && !adjective.is_capitalised()
            && adjective.pos().contains(Pos::Adjective)
            && !matches!(
                &*adjective.lower,
                "recent"
                    | "other"
                    | "common"
                    | "likely"
                    | "important"
                    | "of"
                    | "new"
                    | "public"
                    | "current"
                    | "major"
                    | "obvious"
            )
            && !adjective.classes.has(WordClasses::DETERMINER | WordClasses::PREPOSITION);
        return good.then_some(idx + 2);
    }
    let base = lower.strip_suffix("-ever").unwrap_or(lower);
    if !base.ends_with("st")
        || matches!(
            base,
            "latest"
                | "nearest"
                | "closest"
                | "eldest"
                | "last"
                | "least"
                | "first"
                | "earliest"
                | "furthest"
                | "farthest"
                | "most"
                | "youngest"
                | "newest"
                | "next"
                | "lowest-ever"
        )
    {
        return None;
    }
    let mut superlative = matches!(base, "best" | "worst");
    // "forest", "harvest" look the same.
    let noun = line.items[idx].pos() == PosSet::NOUN;
    for_each_lemma(base, |_, pos, form| superlative |= pos == Pos::Adjective && form == Form::Superlative);
    (superlative && !noun).then_some(idx + 1)
}

/// Where the phrase begins: "one of | the", "the", "Britain's", "its"; and whether it is one of several.
fn start(line: &Words<'_>, idx: usize) -> Option<(usize, bool)> {
    let mut at = idx.checked_sub(1)?;
    // "the second largest", "the world's largest".
    if matches!(line.lower(at), "second" | "third" | "fourth" | "single" | "very") {
        at = at.checked_sub(1)?;
    }
    let determiner = line.lower(at) == "the" || line.has(at, WordClasses::POSSESSIVE) || line.lower(at).ends_with("'s");
    if !determiner {
        return None;
    }
    let one_of = at >= 2 && line.lower(at - 1) == "of" && matches!(line.lower(at - 2), "one" | "some" | "among");
    // "the Middle East's most modern": the whole name.
    let mut named = at;
    if line.lower(at).ends_with("'s") {
        while named > 0 && line.items[named - 1].is_word() && line.items[named - 1].is_capitalised() {
            named -= 1;
        }
        named -= usize::from(named > 0 && line.has(named - 1, WordClasses::ARTICLE));
    }
    let one_of = one_of
        || named >= 2 && line.lower(named - 1) == "of" && matches!(line.lower(named - 2), "one" | "some" | "among");
    let start = if one_of { named - 2 } else { named };
    // "its largest" ranks among one's own; only "-ever" makes it a claim.
    let own =
        line.has(at, WordClasses::POSSESSIVE) && !line.lower(at).ends_with("'s") && !line.lower(idx).ends_with("-ever");
    (!own).then_some((start, one_of))
}

/// "in the country", "since 1953", "of all", "ever": what it is ranked among.
fn has_scope(line: &Words<'_>, from: usize, end: usize) -> bool {
    let clause = (end..line.len()).find(|&at| line.items[at].is_surely_verb()).unwrap_or(line.len());
    (from..clause.min(end + 4)).any(|at| {
        matches!(line.lower(at), "ever" | "since")
            || (matches!(line.lower(at), "in" | "on" | "of")
                && at >= end.saturating_sub(4)
                && (line.has(at + 1, WordClasses::DETERMINER)
                    || line.kind(at + 1) == Some(WordKind::Number)
                    || line.items.get(at + 1).is_some_and(|word| word.is_capitalised())
                    || matches!(line.lower(at + 1), "history" | "years" | "decades")))
    })
}

/// To the end of the noun phrase with its "in the …": at most seven words.
fn phrase_end(line: &Words<'_>, from: usize) -> usize {
    let mut at = from;
    while at < line.len().min(from + 7) {
        let word = &line.items[at];
        if !matches!(word.kind, WordKind::Word | WordKind::Number)
            || word.is_surely_verb()
            || (at > from && is_finite(line, at))
            || (at > from && adds(line, at))
            || word.classes.has(WordClasses::SUBJECT_PRONOUN) && !word.classes.has(WordClasses::DETERMINER)
            || matches!(&*word.lower, "that" | "who" | "which" | "and" | "but" | "for" | "as" | "to" | "with" | "when")
        {
            break;
        }
        at += 1;
    }
    while at > from && line.has(at - 1, WordClasses::PREPOSITION | WordClasses::ARTICLE) {
        at -= 1;
    }
    at
}

/// "its biggest product | making up a third".
fn adds(line: &Words<'_>, at: usize) -> bool {
    line.lower(at).ends_with("ing")
        && line.items.get(at + 1).is_some_and(|next| {
            next.kind == WordKind::Number
                || next.classes.has(WordClasses::DETERMINER | WordClasses::PREPOSITION | WordClasses::PARTICLE)
        })
}

/// "the highest and lowest frequency": the ends of a scale.
fn is_scale(line: &Words<'_>, end: usize) -> bool {
    line.lower(end) == "and"
        && matches!(
            line.lower(end + 1),
            "lowest" | "smallest" | "worst" | "shortest" | "slowest" | "fastest" | "weakest" | "poorest"
        )
}

/// "Iraq's most influential cleric | headed to the city": the phrase is over.
fn is_finite(line: &Words<'_>, at: usize) -> bool {
    is_likely_verb(line, at) && !line.items[at].pos().contains(Pos::Adjective) && !line.items[at].lower.ends_with('s')
}

/// E10 and E17: ranks of geography that stand in every atlas; "the eldest son", "the best man".
fn is_known(line: &Words<'_>, from: usize, end: usize) -> bool {
    (from..end).any(|at| {
        matches!(
            line.lower(at),
            "mountain"
                | "river"
                | "planet"
                | "ocean"
                | "continent"
                | "desert"
                | "animal"
                | "mammal"
                | "island"
                | "peak"
                | "interest"
                | "interests"
                | "son"
                | "daughter"
                | "part"
                | "way"
                | "thing"
                | "parts"
                | "court"
                | "price"
                | "prices"
                | "hikes"
                | "recorded"
                | "month"
                | "total"
                | "temperature"
                | "islands"
                | "lake"
                | "path"
                | "route"
                | "distance"
                | "city"
                | "mountains"
                | "rivers"
                | "totals"
                | "penalty"
                | "fine"
                | "fall"
                | "falls"
                | "rise"
                | "rises"
                | "gain"
                | "gains"
                | "common"
        )
    })
}

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for (place, hit) in unsourced(cx, HitKind::Superlative) {
        let written = cx.text(place, &hit.range);
        findings.add(Finding {
            rule: &RULE,
            place,
            range: hit.range.clone(),
            covers: Vec::new(),
            message: format!("{}, by whose ranking?", unspin_english::agree::capitalise_first(written)),
            note: "nobody who ranks in this sentence or next to it".to_owned(),
            field: Default::default(),
            fixes: fixes(cx, place, &hit.range),
        });
    }
}

fn fixes(cx: &ClaimCx<'_>, place: Place, range: &Range<usize>) -> Vec<Fix> {
    let block = cx.block(place);
    let mut found = fixes::attribute(cx, block, place);
    found.extend(one_of(block, range));
    found.extend(cut(block, range));
    found
}

/// "the largest producer in Asia" as "one of the largest producers in Asia": weaker, and often all that is known.
fn one_of(block: &Block, range: &Range<usize>) -> Option<Fix> {
    let written = &block.prose[range.clone()];
    let words: Vec<&str> = written.split(' ').collect();
    let lower = words[0].to_lowercase();
    if !(lower == "the" || lower.ends_with("'s") || lower.ends_with("’s"))
        || words.contains(&"first")
        || words.contains(&"single")
    {
        return None;
    }
    let head_end = words
        .iter()
        .position(|word| class_of(word).has(WordClasses::PREPOSITION | WordClasses::WH_WORD))
        .unwrap_or(words.len());
    let head = words.get(head_end.checked_sub(1).filter(|&head| head >= 2)?)?;
    let lemma = head.to_lowercase();
    if lemma_as(&lemma, Pos::Noun, Form::Base).is_none() || head.starts_with(char::is_uppercase) {
        return None;
    }
    let at = range.start + words[..head_end].join(" ").len() - head.len();
    let start = block.sentences.iter().any(|sentence| sentence.range.start == range.start);
    let first = if start {
        format!("One of {}", if lower == "the" { "the" } else { words[0] })
    } else {
        format!("one of {}", words[0])
    };
    let mut edits = fixes::replace(block, range.start..range.start + words[0].len(), &first);
    edits.extend(fixes::replace(block, at..at + head.len(), &inflect(&lemma, Pos::Noun, Form::Plural)));
    Some(fixes::suggested("Write “one of …”".to_owned(), edits))
}

/// "unprecedented chaos" without its rank.
fn cut(block: &Block, range: &Range<usize>) -> Option<Fix> {
    let written = &block.prose[range.clone()];
    let rank = ["unprecedented", "world-leading", "world-beating"]
        .into_iter()
        .find(|rank| written.len() >= rank.len() && written[..rank.len()].eq_ignore_ascii_case(rank))?;
    let mut edits = fixes::delete_word(block, range.start..range.start + rank.len());
    // "an unprecedented crisis": the article follows the word that is left.
    let before = block.prose[..range.start].trim_end();
    if let Some(article) =
        ["an", "An"].into_iter().find(|article| before.ends_with(&format!(" {article}")) || before == *article)
    {
        let next = block.prose[range.start + rank.len()..].trim_start();
        let right = article_for(next);
        if right != article.to_lowercase() {
            let at = before.len() - article.len()..before.len();
            edits.splice(0..0, fixes::replace(block, at, if article == "An" { "A" } else { "a" }));
        }
    }
    Some(fixes::suggested("Cut the rank".to_owned(), edits))
}
