//! The rule `weasel-source`: a crowd without a face carries the claim. "Analysts suggest…": which ones?

use unspin_english::agree::capitalise_first;
use unspin_english::{Form, Pos, inflect, lemma_as};
use unspin_text::Block;

use super::{Family, Rule};
use crate::attribution::{Attribution, CueKind, Field, SourceKind};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, HitKind, Place};
use crate::config::RuleLevel;
use crate::fix::{Edit, Fix};

pub(super) static RULE: Rule = Rule {
    name: "weasel-source",
    family: Family::Claim,
    page: include_str!("weasel_source.md"),
    level: RuleLevel::Warning,
};

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for place in cx.places() {
        for attribution in cx.attributions(place) {
            let crowd = match attribution.source.kind {
                SourceKind::Crowd => true,
                SourceKind::Definite => is_crowd_of_before(cx, place, attribution),
                _ => false,
            };
            if !crowd || attribution.negative || is_exempt(cx, place, attribution) {
                continue;
            }
            let source = cx.text(place, &attribution.source.range);
            let start = attribution.source.range.start.min(attribution.cue.start);
            let end = attribution.source.range.end.max(attribution.cue.end);
            findings.add(Finding {
                rule: &RULE,
                place,
                range: start..end,
                covers: attribution.content.clone(),
                message: question(source, attribution),
                note: "no named source of this kind in this sentence or next to it".to_owned(),
                field: attribution.source.field,
                fixes: fixes(cx, place, attribution),
            });
        }
        for hit in cx.hits(place).filter(|hit| hit.kind == HitKind::PassiveByCrowd) {
            if cx.is_attributed(place, &hit.range) || cx.facts(place).cited {
                continue;
            }
            findings.add(Finding {
                rule: &RULE,
                place,
                range: hit.range.clone(),
                covers: Vec::new(),
                message: "By whom?".to_owned(),
                note: "a crowd without a face after “by”".to_owned(),
                field: Default::default(),
                fixes: vec![fixes::placeholder(
                    "Name the source",
                    by_source(cx.block(place), &hit.range, cx.text(place, &hit.range)),
                )],
            });
        }
    }
}

/// "is regarded by many" as "is regarded by [source]".
fn by_source(block: &Block, range: &std::ops::Range<usize>, written: &str) -> Vec<Edit> {
    let crowd = written.rfind(" by ").map_or(written.len(), |by| by + " by ".len());
    fixes::replace(block, range.start + crowd..range.end, "[source]")
}

fn is_exempt(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution) -> bool {
    let field = attribution.source.field;
    let start = attribution.source.range.start.min(attribution.cue.start);
    let end = attribution.source.range.end.max(attribution.cue.end);
    // E17: "people who think that": those who hold the view are spoken of, they are no source.
    let spoken_of = attribution.source.range.end < attribution.cue.start
        && cx.text(place, &(attribution.source.range.end..attribution.cue.start)).trim() == "who";
    // E1, E6, E4, E2.
    // E10: "scientists have long known that".
    spoken_of
        || matches!(attribution.lemma, "know" | "understand" | "rule" | "see" | "hear" | "feel" | "notice")
        // "scientists say in the journal Nature": it can be found.
        || cx.sentence_text(place).contains(" journal")
        || is_tested(cx.text(place, &attribution.source.range))
        // "if officials would suggest it": nobody has.
        || ["would ", "could ", "might "].iter().any(|modal| cx.text(place, &attribution.cue).starts_with(modal))
        || (attribution.lemma == "find" && attribution.source.person && field != Field::Science)
        || cx.is_attributed(place, &(start..end))
        // "Forecasters say most farmers expect": the reader asks once. "While some say X, others believe Y" are two.
        || (cx.is_content(place, &(start..end)) && !cx.text(place, &(start..end)).to_lowercase().starts_with("other"))
        || cx.facts(place).cited
        || cx.is_framed(place)
        || cx.is_lead(place, field)
        || (is_lay(cx, place, attribution) && cx.is_lay_lead(place, false))
        || ((field == Field::Science || is_nameless_study(attribution)) && cx.is_lay_lead(place, true))
        || cx.after(place).is_some_and(|(next, _)| cx.facts(next).example && cx.has_answer(next))
        || [cx.before(place), cx.after(place)]
            .into_iter()
            .flatten()
            .any(|(other, _)| is_one_of_them(cx, place, attribution, other))
        || joins_a_name(cx, place, start)
        || cx.before(place).is_some_and(|(before, same)| (same || field == Field::Science) && cx.speaks_of(before, field))
        || cx.after(place).is_some_and(|(after, _)| cx.speaks_of(after, field))
        || cx.attributions(place).any(|other| {
            other != attribution && other.source.kind.is_named() && other.source.field == field && field != Field::Any
        })
}

/// E2: the sentence next door names one of the crowd ("growers say … grower Pat Wibaux says", "a survey … Morgan Research surveyed"),
/// or the study that was meant.
fn is_one_of_them(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution, other: Place) -> bool {
    let text = cx.sentence_text(other);
    let named = cx.attributions(other).any(|attribution| attribution.source.kind.is_named())
        || cx.facts(other).subject.as_ref().is_some_and(|subject| subject.kind.is_named());
    let source = cx.text(place, &attribution.source.range);
    let head = source
        .split([' ', ','])
        .take_while(|word| !matches!(*word, "of" | "in" | "from" | "at" | "representing" | "who"));
    let head = head.last().unwrap_or(source).to_lowercase();
    let lemma = lemma_as(&head, Pos::Noun, Form::Plural).unwrap_or_else(|| head.clone());
    let echoed = lemma.len() >= 4
        && text.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
            let word = word.to_lowercase();
            word.starts_with(&lemma)
        });
    let science = attribution.source.field == Field::Science || !attribution.source.person;
    let published = science
        && (text.contains("journal ")
            || (other > place && ["Dr ", "Professor "].iter().any(|title| text.contains(title)))
            || text.contains(" published")
            || cx.facts(other).subject.as_ref().is_some_and(|subject| {
                subject.field == Field::Science && matches!(subject.kind, SourceKind::Role | SourceKind::NamedPerson)
            }));
    let speaks = |kinds: &[SourceKind]| {
        cx.attributions(other).any(|other| kinds.contains(&other.source.kind) && other.source.field != Field::Office)
    };
    let lay = cx.is_about(place, other)
        && ((is_lay(cx, place, attribution) && speaks(&[SourceKind::NamedPerson, SourceKind::Institution]))
            || (science && other > place && speaks(&[SourceKind::NamedPerson]))
            || (is_nameless_study(attribution)
                && cx
                    .attributions(other)
                    .any(|other| other.source.field == Field::Science && other.source.kind.answers())));
    let author = is_nameless_study(attribution)
        && cx.is_about(place, other)
        && cx.facts(other).subject.as_ref().is_some_and(|subject| subject.kind == SourceKind::NamedPerson);
    let the_study = is_nameless_study(attribution)
        && other > place
        && ["The study", "The survey", "The report", "The research", "The review"]
            .iter()
            .any(|start| text.starts_with(start));
    let claimed = author || the_study || text.starts_with("The claim") && cx.facts(other).names_somebody;
    (named && echoed) || published || lay || claimed
}

/// "the Farm Bureau and other groups say": a name stands with the crowd.
fn joins_a_name(cx: &ClaimCx<'_>, place: Place, start: usize) -> bool {
    let block = cx.block(place);
    let before = &block.prose[block.sentences[place.sentence].range.start..start];
    if ["He and ", "She and ", "They and "].iter().any(|pronoun| before.ends_with(pronoun)) {
        return true;
    }
    before.strip_suffix(" and ").or_else(|| before.strip_suffix(" and")).is_some_and(|before| {
        let last = before.rsplit(' ').next().unwrap_or_default();
        last.ends_with(')') || (before.contains(' ') && last.starts_with(char::is_uppercase))
    })
}

/// Who takes part in a study is counted, not asked for.
fn is_tested(source: &str) -> bool {
    source.rsplit(' ').next().is_some_and(|head| {
        matches!(head.to_lowercase().as_str(), "participants" | "respondents" | "subjects" | "volunteers")
    })
}

/// "a new survey", "research", "figures": a document without a name.
fn is_nameless_study(attribution: &Attribution) -> bool {
    attribution.source.kind == SourceKind::Crowd && !attribution.source.person
}

/// A crowd of people known by what they do, not by what they know: farmers, residents, exporters.
fn is_lay(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution) -> bool {
    let source = cx.text(place, &attribution.source.range);
    let head = source.rsplit(' ').next().unwrap_or(source).to_lowercase();
    attribution.source.field == Field::Any
        && attribution.source.person
        && !matches!(
            head.as_str(),
            "some"
                | "many"
                | "most"
                | "others"
                | "several"
                | "few"
                | "people"
                | "they"
                | "sources"
                | "insiders"
                | "observers"
                | "critics"
                | "opponents"
                | "supporters"
                | "commentators"
                | "watchers"
                | "pundits"
                | "voices"
                | "circles"
                | "quarters"
                | "leaders"
                | "delegates"
                | "executives"
                | "aides"
                | "historians"
                | "specialists"
                | "authorities"
                | "activists"
        )
}

/// "Scientists are less than gleeful. They say …"
fn is_crowd_of_before(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution) -> bool {
    if !cx.text(place, &attribution.source.range).eq_ignore_ascii_case("they") {
        return false;
    }
    let Some((before, true)) = cx.before(place) else { return false };
    cx.facts(before).subject.as_ref().is_some_and(|subject| subject.kind == SourceKind::Crowd)
        && cx.attributions(before).next().is_none()
}

fn question(source: &str, attribution: &Attribution) -> String {
    let noun = source.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let mut words: Vec<&str> = noun.split_whitespace().collect();
    while words.len() > 1
        && matches!(
            words[0].to_lowercase().as_str(),
            "some"
                | "many"
                | "several"
                | "most"
                | "few"
                | "a"
                | "number"
                | "of"
                | "various"
                | "numerous"
                | "other"
                | "certain"
                | "the"
                | "one"
                | "dozens"
                | "hundreds"
                | "an"
                | "new"
                | "another"
        )
    {
        words.remove(0);
    }
    let noun = words.join(" ");
    let noun = noun.split([',', '(']).next().unwrap_or(&noun).trim();
    match noun.to_lowercase().as_str() {
        "some" | "many" | "others" | "most" | "several" | "few" | "people" | "they" | "" => "Who?".to_owned(),
        "research" | "evidence" | "data" | "science" => format!("Which {}?", lower_first(noun)),
        _ if attribution.kind == CueKind::According => format!("According to which {}?", lower_first(noun)),
        _ => format!("Which {}?", lower_first(noun)),
    }
}

fn lower_first(noun: &str) -> String {
    let first = noun.split(' ').next().unwrap_or(noun);
    let keeps =
        first.chars().skip(1).any(char::is_uppercase) || crate::attribution::is_nationality(&first.to_lowercase());
    if keeps {
        noun.to_owned()
    } else {
        noun.chars().take(1).flat_map(char::to_lowercase).chain(noun.chars().skip(1)).collect()
    }
}

fn fixes(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution) -> Vec<Fix> {
    let block = cx.block(place);
    let mut found = Vec::new();
    if let Some((there, named)) = cx.nearest_named(place, attribution.source.field) {
        let name = fixes::short_name(cx.text(there, &named.source.range));
        found.push(fixes::suggested(format!("Name “{name}” as the source"), with_source(cx, place, attribution, name)));
    }
    let name = if sentence_initial(block, attribution) { "[Name]" } else { "[name]" };
    found.push(fixes::placeholder("Name the source", with_source(cx, place, attribution, name)));
    found.extend(
        drop_attribution(block, attribution)
            .map(|edits| fixes::suggested("Drop the attribution (the claim becomes yours)".to_owned(), edits)),
    );
    found
}

/// Another source in the place of this one; the verb agrees with it.
fn with_source(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution, name: &str) -> Vec<Edit> {
    let block = cx.block(place);
    let name = if sentence_initial(block, attribution) { capitalise_first(name) } else { name.to_owned() };
    let mut edits = fixes::replace(block, attribution.source.range.clone(), &name);
    let cue = cx.text(place, &attribution.cue);
    let (first, rest) = cue.split_once(' ').map_or((cue, ""), |(first, rest)| (first, rest));
    let singular = match first {
        "have" => Some("has".to_owned()),
        "are" => Some("is".to_owned()),
        "do" => Some("does".to_owned()),
        _ if rest.is_empty() && attribution.kind != CueKind::According => lemma_as(first, Pos::Verb, Form::Base)
            .filter(|_| lemma_as(first, Pos::Verb, Form::Past).is_none())
            .map(|lemma| inflect(&lemma, Pos::Verb, Form::ThirdPerson)),
        _ => None,
    };
    if let Some(singular) = singular {
        edits.extend(fixes::replace(block, attribution.cue.start..attribution.cue.start + first.len(), &singular));
    }
    edits.sort_by_key(|edit| edit.start);
    edits
}

/// Source and verb taken out, where the sentence stands without them.
fn drop_attribution(block: &Block, attribution: &Attribution) -> Option<Vec<Edit>> {
    let sentence = &block.sentences[attribution.sentence].range;
    let start = attribution.source.range.start.min(attribution.cue.start);
    let end = attribution.source.range.end.max(attribution.cue.end);
    let after = &block.prose[end..sentence.end];
    if start == sentence.start {
        let content =
            after.strip_prefix(" that ").or_else(|| after.strip_prefix(", ")).or_else(|| after.strip_prefix(' '))?;
        let at = sentence.end - content.len();
        let first = content.chars().next().filter(|first| first.is_alphanumeric())?;
        return Some(fixes::replace(block, start..at + first.len_utf8(), &first.to_uppercase().to_string()));
    }
    let before = block.prose[sentence.start..start].strip_suffix(", ")?;
    matches!(after, "." | "!").then(|| fixes::replace(block, sentence.start + before.len()..end, ""))
}

fn sentence_initial(block: &Block, attribution: &Attribution) -> bool {
    block.sentences[attribution.sentence].range.start == attribution.source.range.start
}
