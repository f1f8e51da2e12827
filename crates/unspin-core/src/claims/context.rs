//! What a rule may look at: the document, the facts of its blocks, and what travels from paragraph to paragraph.

use std::ops::Range;

use unspin_text::{Block, BlockKind, Document};

use super::{ClaimFacts, Hit, SentenceFacts};
use crate::attribution::{Attribution, Field, SourceKind, lowercase};

/// A single paragraph of more sentences than these is copy that lost its line breaks.
const ONE_LINE_SENTENCES: usize = 8;

/// A noun so long says what a sentence is about.
const TOPIC_BYTES_MIN: usize = 6;

/// So many paragraphs with a speaker's name before a colon make a transcript.
const TRANSCRIPT_LABELS_MIN: usize = 2;
/// The longest such name in bytes.
const LABEL_MAX: usize = 40;

/// In the first two paragraphs a generic source may stand …
const LEAD_PARAGRAPHS: usize = 2;
/// … if a named one of its kind speaks within so many paragraphs after it.
const LEAD_REACH: usize = 5;

/// A sentence of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) block: usize,
    pub(crate) sentence: usize,
}

/// What a rule may look at.
#[derive(Debug)]
pub(crate) struct ClaimCx<'d> {
    pub(crate) document: &'d Document,
    facts: &'d [&'d ClaimFacts],
    /// Every sentence of prose with the number of its paragraph, in order.
    sentences: Vec<(Place, usize)>,
    /// The copy has no paragraphs: a sentence counts as one.
    one_line: bool,
    /// The `unsourced-*` rules are asked of this document.
    pub(crate) reporting: bool,
}

impl<'d> ClaimCx<'d> {
    pub(crate) fn new(document: &'d Document, facts: &'d [&'d ClaimFacts]) -> ClaimCx<'d> {
        let prose: Vec<usize> = (0..document.blocks.len()).filter(|&block| is_prose(&document.blocks[block])).collect();
        // Copy that came as one long line has no paragraphs: there a sentence counts as one.
        let one_line = prose.len() == 1 && document.blocks[prose[0]].sentences.len() > ONE_LINE_SENTENCES;
        let mut sentences = Vec::new();
        for (paragraph, &block) in prose.iter().enumerate() {
            for sentence in 0..document.blocks[block].sentences.len() {
                let number = if one_line { sentence } else { paragraph };
                sentences.push((Place { block, sentence }, number));
            }
        }
        let mut spoken: Vec<bool> = document.blocks.iter().map(|block| is_prose(block) && has_label(block)).collect();
        // One alone is a sentence with a colon; several are an interview or a transcript (E13).
        if spoken.iter().filter(|&&spoken| spoken).count() < TRANSCRIPT_LABELS_MIN {
            spoken.fill(false);
        }
        sentences.retain(|(place, _)| !spoken[place.block]);
        // E5: a line without a final mark among paragraphs is a headline or a caption.
        if prose.len() > 1 {
            sentences.retain(|(place, _)| !is_caption(&document.blocks[place.block]));
        }
        let mut cx = ClaimCx { document, facts, sentences, one_line, reporting: true };
        cx.reporting = cx.is_reporting();
        cx
    }

    /// All sentences of prose.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.sentences.iter().map(|(place, _)| *place)
    }

    pub(crate) fn block(&self, place: Place) -> &'d Block {
        &self.document.blocks[place.block]
    }

    pub(crate) fn facts(&self, place: Place) -> &'d SentenceFacts {
        &self.facts[place.block].sentences[place.sentence]
    }

    /// The attributions whose cue stands in the sentence, outside quotations.
    pub(crate) fn attributions(&self, place: Place) -> impl Iterator<Item = &'d Attribution> {
        self.facts[place.block]
            .attributions
            .iter()
            .filter(move |attribution| attribution.sentence == place.sentence && !attribution.quoted)
    }

    pub(crate) fn hits(&self, place: Place) -> impl Iterator<Item = &'d Hit> {
        self.facts[place.block].hits.iter().filter(move |hit| hit.sentence == place.sentence)
    }

    /// The words of a place.
    pub(crate) fn text(&self, place: Place, range: &Range<usize>) -> &'d str {
        &self.document.blocks[place.block].prose[range.clone()]
    }

    /// What stands before a source in its sentence.
    pub(crate) fn before_source(&self, place: Place, attribution: &Attribution) -> &'d str {
        let block = self.block(place);
        let start = block.sentences[place.sentence].range.start;
        let end = attribution.source.range.start.min(attribution.cue.start).max(start);
        block.prose[start..end].trim_end()
    }

    /// E7: a source of this field that can be asked speaks at most two sentences away.
    pub(crate) fn speaks_near(&self, place: Place, field: Field) -> bool {
        let Some(at) = self.position(place) else { return false };
        self.sentences[at.saturating_sub(2)..self.sentences.len().min(at + 3)].iter().any(|&(other, _)| {
            other != place
                && self.attributions(other).any(|attribution| {
                    attribution.source.kind.answers() && attribution.source.field == field
                        || attribution.source.kind == SourceKind::Document
                })
        })
    }

    /// The words of a sentence.
    pub(crate) fn sentence_text(&self, place: Place) -> &'d str {
        let block = self.block(place);
        &block.prose[block.sentences[place.sentence].range.clone()]
    }

    /// E1: what stands there is the content of a source that can be asked.
    pub(crate) fn is_attributed(&self, place: Place, range: &Range<usize>) -> bool {
        self.facts[place.block].attributions.iter().any(|attribution| {
            !attribution.quoted
                && can_answer(attribution)
                && attribution.content.iter().any(|content| content.start <= range.start && range.end <= content.end)
        })
    }

    /// What stands there is the content of any source: if that is a weasel, the question was asked already.
    pub(crate) fn is_content(&self, place: Place, range: &Range<usize>) -> bool {
        self.facts[place.block].attributions.iter().any(|attribution| {
            !attribution.quoted
                && attribution.content.iter().any(|content| content.start <= range.start && range.end <= content.end)
        })
    }

    /// All attributions of the place's block.
    pub(crate) fn block_attributions(&self, place: Place) -> impl Iterator<Item = &'d Attribution> {
        self.facts[place.block].attributions.iter()
    }

    /// "said" or "says": the tense in which most sources of the article speak.
    pub(crate) fn saying_tense(&self) -> &'static str {
        let (mut says, mut said) = (0, 0);
        for place in self.places() {
            for attribution in self.attributions(place).filter(|attribution| attribution.lemma == "say") {
                let cue = self.text(place, &attribution.cue);
                says += usize::from(cue == "says" || cue == "say");
                said += usize::from(cue == "said");
            }
        }
        if says > said { "says" } else { "said" }
    }

    /// A source that can be asked speaks in the sentence, of whatever matter.
    pub(crate) fn has_answer(&self, place: Place) -> bool {
        self.attributions(place).any(|attribution| can_answer(attribution) && !attribution.negative)
    }

    /// The sentence before, if it is in the same paragraph, or the paragraph before is one sentence long.
    pub(crate) fn before(&self, place: Place) -> Option<(Place, bool)> {
        let at = self.position(place)?;
        let (before, paragraph) = *self.sentences.get(at.checked_sub(1)?)?;
        self.adjoins(before, paragraph, self.sentences[at].1)
    }

    /// The sentence after, likewise.
    pub(crate) fn after(&self, place: Place) -> Option<(Place, bool)> {
        let at = self.position(place)?;
        let (after, paragraph) = *self.sentences.get(at + 1)?;
        self.adjoins(after, paragraph, self.sentences[at].1)
    }

    fn adjoins(&self, place: Place, paragraph: usize, mine: usize) -> Option<(Place, bool)> {
        let same = paragraph == mine;
        let alone = self.sentences.iter().filter(|(_, number)| *number == paragraph).count() == 1;
        (same || alone).then_some((place, same))
    }

    /// The paragraph before, all its sentences.
    pub(crate) fn paragraph_before(&self, place: Place) -> Vec<Place> {
        let Some(at) = self.position(place) else { return Vec::new() };
        let Some(number) = self.sentences[at].1.checked_sub(1) else { return Vec::new() };
        self.sentences.iter().filter(|(_, paragraph)| *paragraph == number).map(|(place, _)| *place).collect()
    }

    /// The sentences of the paragraph that the place stands in.
    pub(crate) fn paragraph(&self, place: Place) -> Vec<Place> {
        let Some(at) = self.position(place) else { return Vec::new() };
        let number = self.sentences[at].1;
        self.sentences.iter().filter(|(_, paragraph)| *paragraph == number).map(|(place, _)| *place).collect()
    }

    fn position(&self, place: Place) -> Option<usize> {
        self.sentences.binary_search_by_key(&place, |(place, _)| *place).ok()
    }

    /// E2: the sentence before or after gives the same matter to a source.
    ///
    /// In its own paragraph any source that can be asked will do; next door the two sentences must share words.
    pub(crate) fn is_covered_next_door(&self, place: Place) -> bool {
        [self.before(place), self.after(place)].into_iter().flatten().any(|(neighbour, same_paragraph)| {
            let answers = self.has_answer(neighbour) || (same_paragraph && self.facts(neighbour).publishes);
            answers
                && (same_paragraph
                    || self.one_line
                    || self.shares_matter(place, neighbour)
                    || self.shares_topic(place, neighbour))
        })
    }

    /// E2 for figures: a study, or those who made it, are the subject of the sentence before or after it.
    pub(crate) fn is_measured_next_door(&self, place: Place) -> bool {
        [self.before(place), self.after(place)].into_iter().flatten().any(|(neighbour, _)| {
            self.facts(neighbour).subject.as_ref().is_some_and(|subject| {
                subject.kind == SourceKind::Document
                    || (subject.kind == SourceKind::Definite && subject.field == Field::Science)
            }) && self.shares_matter(place, neighbour)
                || self.facts(neighbour).counted
        })
    }

    /// E3: the paragraph opened with a frame, and nobody else has spoken since.
    pub(crate) fn is_framed(&self, place: Place) -> bool {
        let paragraph = self.paragraph(place);
        let Some(&first) = paragraph.first() else { return false };
        if first == place {
            return false;
        }
        let frames = self.attributions(first).any(|attribution| {
            attribution.source.kind.answers()
                && (attribution.kind == crate::attribution::CueKind::According
                    || attribution.source.kind == SourceKind::Document)
        });
        frames
            && paragraph
                .iter()
                .take_while(|&&other| other < place)
                .skip(1)
                .all(|&other| self.attributions(other).next().is_none())
    }

    /// E4: in the lead a generic source is fine if a named one of its kind speaks soon.
    pub(crate) fn is_lead(&self, place: Place, field: Field) -> bool {
        field != Field::Any && self.soon(place).any(|(other, _)| other != place && self.speaks_of(other, field))
    }

    /// E4 for one person: in the lead it is enough that somebody with a name speaks in a paragraph soon.
    pub(crate) fn is_introduced(&self, place: Place) -> bool {
        self.soon(place).any(|(other, paragraphs)| 0 < paragraphs && self.named_people(other).next().is_some())
    }

    /// E4 for people of no field ("farmers", "residents"): one of them, or whoever speaks for them, is named soon.
    ///
    /// Of scholars, one with a title or a university.
    pub(crate) fn is_lay_lead(&self, place: Place, scholars: bool) -> bool {
        self.soon(place).filter(|(other, _)| *other != place).any(|(other, _)| {
            self.named_people(other).any(|attribution| {
                !scholars || attribution.source.field == Field::Science || self.names_a_scholar(other)
            })
        })
    }

    /// Where a lead's sources may be named: the sentences from this one on and how many paragraphs later each stands; none behind the lead.
    fn soon(&self, place: Place) -> impl Iterator<Item = (Place, usize)> + '_ {
        let at = self.position(place).filter(|&at| self.sentences[at].1 < LEAD_PARAGRAPHS);
        let sentences = at.map_or(&[][..], |at| &self.sentences[at..]);
        let number = sentences.first().map_or(0, |(_, paragraph)| *paragraph);
        sentences
            .iter()
            .map(move |&(other, paragraph)| (other, paragraph - number))
            .take_while(|(_, paragraphs)| *paragraphs <= LEAD_REACH)
    }

    fn named_people(&self, place: Place) -> impl Iterator<Item = &Attribution> {
        self.attributions(place).filter(|attribution| attribution.source.kind == SourceKind::NamedPerson)
    }

    fn names_a_scholar(&self, place: Place) -> bool {
        ["Dr ", "Professor ", "University", "Institute"].iter().any(|word| self.sentence_text(place).contains(word))
    }

    /// E2: the two sentences speak of the same matter.
    pub(crate) fn is_about(&self, place: Place, other: Place) -> bool {
        self.shares_matter(place, other) || self.shares_topic(place, other)
    }

    /// A named source of this field speaks or is cited in the sentence.
    pub(crate) fn speaks_of(&self, place: Place, field: Field) -> bool {
        field != Field::Any
            && self
                .attributions(place)
                .any(|attribution| attribution.source.kind.is_named() && attribution.source.field == field)
    }

    /// The two sentences have a noun or a number in common.
    pub(crate) fn shares_matter(&self, one: Place, other: Place) -> bool {
        let words = |place: Place| {
            let block = self.block(place);
            let range = block.sentences[place.sentence].range.clone();
            block.prose[range]
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| word.len() > 4 && word.starts_with(char::is_lowercase) && !is_common(word))
                .map(|word| lowercase(word).into_owned())
                .collect::<Vec<_>>()
        };
        let theirs = words(other);
        words(one).iter().filter(|word| theirs.contains(word)).count() >= 2
    }

    /// A named person speaks there, and the two sentences have one long noun in common.
    fn shares_topic(&self, one: Place, other: Place) -> bool {
        let theirs = self.sentence_text(other);
        self.attributions(other).any(|attribution| attribution.source.kind == SourceKind::NamedPerson)
            && self
                .sentence_text(one)
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| {
                    word.len() >= TOPIC_BYTES_MIN && word.starts_with(char::is_lowercase) && !is_common(word)
                })
                .any(|word| theirs.contains(word))
    }

    /// The nearest source with a name, looking back first, then on: what a fix offers.
    pub(crate) fn nearest_named(&self, place: Place, field: Field) -> Option<(Place, &'d Attribution)> {
        let at = self.position(place)?;
        let fits = |place: Place| {
            self.attributions(place)
                .filter(|attribution| {
                    matches!(attribution.source.kind, SourceKind::NamedPerson | SourceKind::Institution)
                })
                .filter(|attribution| {
                    field == Field::Any || attribution.source.field == field || attribution.source.field == Field::Any
                })
                .map(|attribution| (place, attribution))
                .next()
        };
        for distance in 1..self.sentences.len() {
            let back = at.checked_sub(distance).map(|idx| self.sentences[idx].0).and_then(fits);
            let on = self.sentences.get(at + distance).map(|(place, _)| *place).and_then(fits);
            if let Some(found) = back.or(on) {
                return Some(found);
            }
        }
        None
    }

    /// Opinion and first-person pieces are their own source, and an encyclopedia passage without its citations cannot show one.
    fn is_reporting(&self) -> bool {
        let n_sentences = self.sentences.len();
        let first_person = self.places().filter(|&place| self.facts(place).first_person).count();
        if n_sentences >= 3 && first_person * 5 > n_sentences {
            return false;
        }
        if n_sentences < 4 {
            return true;
        }
        let live = self.places().any(|place| self.facts(place).cited);
        let spoken = self.places().any(|place| {
            self.attributions(place).any(|attribution| {
                attribution.source.kind.answers()
                    && matches!(
                        attribution.lemma,
                        "say"
                            | "tell"
                            | "announce"
                            | "add"
                            | "according to"
                            | "warn"
                            | "predict"
                            | "report"
                            | "forecast"
                    )
            })
        });
        let timely = self.places().any(|place| self.facts(place).timely);
        live || spoken || timely
    }
}

/// The source has a name or an office, or was named before, and can speak or be read.
fn can_answer(attribution: &Attribution) -> bool {
    let source = &attribution.source;
    source.kind.answers()
        && (source.speaks
            || source.kind == SourceKind::Document
            || attribution.kind == crate::attribution::CueKind::According)
}

/// "Terry Reinhart: It is about …", "MOS: And then?".
fn has_label(block: &Block) -> bool {
    let Some(colon) = block.prose.find(':').filter(|&colon| colon < LABEL_MAX) else { return false };
    let label = &block.prose[..colon];
    let mut words = label.split(' ');
    label.len() >= 2
        && block.prose[colon + 1..].starts_with(' ')
        && label.split(' ').count() <= 4
        && words.all(|word| word.starts_with(char::is_uppercase))
}

fn is_caption(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && block.sentences.len() <= 2
        && block.quotations.is_empty()
        && block.prose.trim_end().ends_with(|last: char| last.is_alphanumeric())
}

fn is_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)
}

fn is_common(word: &str) -> bool {
    matches!(
        word,
        "which"
            | "their"
            | "there"
            | "these"
            | "those"
            | "would"
            | "could"
            | "about"
            | "after"
            | "before"
            | "other"
            | "where"
            | "while"
            | "since"
            | "under"
            | "still"
            | "being"
            | "years"
            | "people"
            | "expected"
            | "believed"
            | "thought"
            | "because"
            | "should"
            | "between"
            | "against"
            | "through"
            | "however"
            | "including"
            | "another"
            | "around"
    )
}
