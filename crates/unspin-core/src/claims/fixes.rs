//! What an editor would do: name the source, ask for it, mark the place, drop the hedge.

use std::ops::Range;

use unspin_text::{Block, Markup};

use super::context::{ClaimCx, Place};
use crate::fix::{Applicability, Edit, Fix};
use crate::rules::Rule;

/// Marks the place for follow-up, in the document's own way.
pub(crate) fn follow_up(cx: &ClaimCx<'_>, rule: &Rule, place: Place, range: &Range<usize>) -> Option<Fix> {
    let block = cx.block(place);
    let mark = mark(cx.document.markup, rule.name);
    if rule.name == "loaded-verb" {
        return None;
    }
    // "regarded [by whom?] as", "understood [by whom?] that": before the word that leads on.
    let written = &block.prose[range.clone()];
    let led_on = [" that", " to", " as", " of", " for", " with", " over"]
        .iter()
        .find(|end| written.ends_with(**end))
        .map_or(0, |end| end.len());
    let at = block.source_range(range.start..range.end - led_on).end;
    let text = match cx.document.markup {
        Markup::Wikitext => mark.to_owned(),
        Markup::Plain | Markup::Markdown => format!(" {mark}"),
    };
    Some(Fix {
        title: format!("Mark for follow-up with {mark}"),
        applicability: Applicability::Suggested,
        edits: vec![Edit::replace(at..at, text)],
    })
}

fn mark(markup: Markup, rule: &str) -> &'static str {
    let question = match rule {
        "weasel-source" | "anonymous-source" | "orphan-quote" => 0,
        "hidden-source" | "vague-passive" => 1,
        _ => 2,
    };
    match markup {
        Markup::Plain => ["[who?]", "[by whom?]", "[source?]"][question],
        Markup::Markdown => ["<!-- who? -->", "<!-- by whom? -->", "<!-- source? -->"][question],
        Markup::Wikitext => ["{{who?}}", "{{by whom?}}", "{{citation needed}}"][question],
    }
}

/// New words into the first piece of the source, nothing into the others: no markup around or inside the phrase is touched.
pub(crate) fn replace(block: &Block, prose: Range<usize>, text: &str) -> Vec<Edit> {
    if prose.is_empty() {
        let at = block.source_range(prose).start;
        return vec![Edit::replace(at..at, text)];
    }
    let mut text = Some(text);
    block.source_pieces(prose).into_iter().map(|piece| Edit::replace(piece, text.take().unwrap_or_default())).collect()
}

/// A fix whose `[…]` the person types over.
pub(crate) fn placeholder(title: &str, mut edits: Vec<Edit>) -> Fix {
    for edit in &mut edits {
        if let (Some(open), Some(close)) = (edit.text.find('['), edit.text.find(']')) {
            edit.placeholder = Some(open..close + 1);
        }
    }
    Fix { title: title.to_owned(), applicability: Applicability::Placeholder, edits }
}

/// A fix to be read by a person.
pub(crate) fn suggested(title: String, edits: Vec<Edit>) -> Fix {
    Fix { title, applicability: Applicability::Suggested, edits }
}

/// Puts ", according to …" before the stop that ends the sentence; the words in brackets are to be typed over.
pub(crate) fn attribute_at_end(block: &Block, sentence: usize, source: &str) -> Option<Vec<Edit>> {
    let range = &block.sentences[sentence].range;
    let text = &block.prose[range.clone()];
    let end = range.start + text.trim_end_matches(['.', '!', '…']).len();
    if end == range.start || text.ends_with('?') {
        return None;
    }
    let at = block.source_range(end - 1..end).end;
    Some(vec![Edit::replace(at..at, format!(", according to {source}"))])
}

/// Takes a word out, with the space beside it and the capital it leaves behind.
pub(crate) fn delete_word(block: &Block, word: Range<usize>) -> Vec<Edit> {
    let bytes = block.prose.as_bytes();
    let mut range = word;
    if bytes.get(range.end) == Some(&b',') {
        range.end += 1;
    }
    let at_start = block.sentences.iter().any(|sentence| sentence.range.start == range.start);
    if bytes.get(range.end) == Some(&b' ') {
        range.end += 1;
    } else if range.start > 0 && bytes[range.start - 1] == b' ' {
        range.start -= 1;
    }
    if at_start && let Some(next) = block.prose[range.end..].chars().next() {
        range.end += next.len_utf8();
        return replace(block, range, &next.to_uppercase().to_string());
    }
    replace(block, range, "")
}

/// "according to" the nearest source with a name, and one to be typed; in wikitext a reference first, which is the attribution there.
pub(crate) fn attribute(cx: &ClaimCx<'_>, block: &Block, place: Place) -> Vec<Fix> {
    reference(cx, block, place)
        .into_iter()
        .chain(
            sources_to_offer(cx, place).into_iter().filter_map(|source| {
                attribute_at_end(block, place.sentence, &source).map(|edits| offered(&source, edits))
            }),
        )
        .collect()
}

/// In wikitext: a `<ref>` behind the sentence.
pub(crate) fn reference(cx: &ClaimCx<'_>, block: &Block, place: Place) -> Option<Fix> {
    let range = &block.sentences[place.sentence].range;
    if cx.document.markup != Markup::Wikitext || range.is_empty() {
        return None;
    }
    let last = block.prose[range.clone()].chars().next_back()?;
    let at = block.source_range(range.end - last.len_utf8()..range.end).end;
    Some(placeholder("Add a reference", vec![Edit::replace(at..at, "<ref>[source]</ref>")]))
}

/// A name without what describes its bearer: "economist Jan Zinberg" is "Jan Zinberg" from then on.
pub(crate) fn short_name(name: &str) -> &str {
    let mut rest = name;
    while let Some((first, after)) = rest.split_once(' ') {
        let described = first.starts_with(char::is_lowercase)
            && !matches!(first, "the" | "a" | "an" | "his" | "her" | "its" | "their" | "van" | "von" | "de" | "al");
        if !described || !after.contains(char::is_uppercase) {
            break;
        }
        rest = after;
    }
    rest
}

/// The nearest source with a name, then a place to type one.
pub(crate) fn sources_to_offer(cx: &ClaimCx<'_>, place: Place) -> Vec<String> {
    let nearest = cx
        .nearest_named(place, Default::default())
        .map(|(there, named)| short_name(cx.text(there, &named.source.range)).to_owned());
    nearest.into_iter().chain(["[source]".to_owned()]).collect()
}

/// A fix that attributes to this source.
pub(crate) fn offered(source: &str, edits: Vec<Edit>) -> Fix {
    if source.starts_with('[') {
        placeholder("Attribute it with “according to …”", edits)
    } else {
        suggested(format!("Attribute it to {source}"), edits)
    }
}
