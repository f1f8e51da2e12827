//! What entries say about one another: doubles, contradictions, entries that can never add anything.

use std::collections::BTreeMap;

use crate::entry::{Class, Entry, Mistake, Pattern, SourceFile, Surety};
use crate::key::key;

/// Compares all entries of all files; says for each mistake where the other entry stands.
///
/// A mistake is reported once, at the later of two entries.
#[must_use]
pub fn check(files: &[SourceFile<'_>], entries: &[Entry]) -> Vec<Mistake> {
    let mut by_key: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        by_key.entry(key(&entry.spun)).or_default().push(entry);
    }
    let mut mistakes = Vec::new();
    for same in by_key.values() {
        for (idx, later) in same.iter().enumerate() {
            // One complaint a line is enough: the first earlier entry that it clashes with.
            let clash = same[..idx].iter().find_map(|earlier| clash(files, earlier, later));
            mistakes.extend(clash.map(|message| mistake(files, later, message)));
        }
    }
    for entry in entries {
        let marked_again = entry.naturals.iter().find_map(|natural| {
            let others = by_key.get(&key(natural))?;
            let other = others
                .iter()
                .find(|other| other.surety == Surety::Certain && other.guards.is_empty() && !other.keep)?;
            Some((natural, other))
        });
        if let Some((natural, other)) = marked_again {
            let message = format!(
                "the natural `{natural}` is itself spun for certain at {} (`{} => {}`): a fix would be marked again; drop it here, or give that one a guard or a lower surety",
                place(files, other),
                other.spun,
                other.naturals.join(" | ")
            );
            mistakes.push(mistake(files, entry, message));
        }
    }
    mistakes
}

fn clash(files: &[SourceFile<'_>], earlier: &Entry, later: &Entry) -> Option<String> {
    let comparable = earlier.class == later.class || earlier.class == Class::Phrase || later.class == Class::Phrase;
    if !comparable || earlier.keep != later.keep {
        return None;
    }
    let place = place(files, earlier);
    let spun = &later.spun;
    let same_naturals = earlier.naturals.iter().all(|natural| later.naturals.contains(natural))
        && earlier.naturals.len() == later.naturals.len();
    let adds_nothing = later.naturals.iter().all(|natural| earlier.naturals.contains(natural));
    if earlier.guards == later.guards {
        return Some(if same_naturals {
            format!("`{spun}` stands at {place} already; drop one of the two")
        } else {
            let mut naturals: Vec<&str> = earlier.naturals.iter().map(String::as_str).collect();
            naturals.extend(
                later
                    .naturals
                    .iter()
                    .map(String::as_str)
                    .filter(|natural| !earlier.naturals.iter().any(|known| known == natural)),
            );
            format!(
                "`{spun}` has other naturals at {place}; merge the two into one line: `{spun} => {}`",
                naturals.join(" | ")
            )
        });
    }
    if earlier.guards.is_empty() && adds_nothing && later.surety <= earlier.surety {
        return Some(format!(
            "never reached: {place} has `{spun}` with the same naturals, as sure and without guards; drop this line, or make it surer"
        ));
    }
    let overlap = shared(&earlier.guards.before, &later.guards.before)
        .filter(|_| earlier.guards.after == later.guards.after)
        .map(|alternative| format!("before={alternative}"))
        .or_else(|| {
            shared(&earlier.guards.after, &later.guards.after)
                .filter(|_| earlier.guards.before == later.guards.before)
                .map(|alternative| format!("after={alternative}"))
        });
    let same_bans =
        earlier.guards.not_before == later.guards.not_before && earlier.guards.not_after == later.guards.not_after;
    overlap.filter(|_| same_bans).map(|alternative| {
        if adds_nothing {
            format!("`{spun}` with `{alternative}` stands at {place} already; merge the alternatives into one line")
        } else {
            format!(
                "`{spun}` with `{alternative}` has other naturals at {place}; leave that alternative to one of the two"
            )
        }
    })
}

/// The first alternative that both lists have, as it is written in the sources.
fn shared(one: &[Pattern], other: &[Pattern]) -> Option<String> {
    one.iter()
        .find(|pattern| other.contains(pattern))
        .map(|pattern| pattern.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

fn place(files: &[SourceFile<'_>], entry: &Entry) -> String {
    format!("{}:{}", files[entry.file].name, entry.line)
}

fn mistake(files: &[SourceFile<'_>], entry: &Entry, message: String) -> Mistake {
    Mistake { file: files[entry.file].name.to_owned(), line: entry.line, message }
}
