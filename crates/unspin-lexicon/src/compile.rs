//! From entries to the table: every inflected surface becomes a key, its naturals are inflected beside it.
//!
//! Inflecting happens here, once, so that a match at run time only copies strings.

use std::collections::BTreeMap;

use unspin_english::{Form, Pos, all_forms, inflect_phrase};

use crate::entry::{Class, Entry, Kind, Mistake, Pattern, SourceFile, Step};
use crate::key::key;

/// The compiled form of sources.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compiled {
    /// An FST from surface keys to offsets of postings in `table`.
    pub(crate) fst: Vec<u8>,
    /// Files, entries and postings; [`crate::table`] reads it.
    pub(crate) table: Vec<u8>,
}

/// Compiles entries; one with a mistake that only inflecting can find is left out and said why.
///
/// `terms` says which files are generated lists of terms.
pub(crate) fn compile(files: &[SourceFile<'_>], terms: &[bool], entries: &[Entry]) -> (Compiled, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let mut surfaces: BTreeMap<String, BTreeMap<u32, u8>> = BTreeMap::new();
    let mut records = Vec::new();
    let mut offsets = Vec::with_capacity(entries.len());
    for (entry_idx, entry) in entries.iter().enumerate() {
        offsets.push(records.len() as u32);
        let forms = forms(entry);
        if let Some(message) = dictionary_form_problem(entry).filter(|_| !terms[entry.file]) {
            mistakes.push(Mistake { file: files[entry.file].name.to_owned(), line: entry.line, message });
            push_entry(entry, &forms, &mut records);
            continue;
        }
        for (form, surface) in &forms {
            // "more careful" for "more cautious" is said by the shorter pair already.
            if let Some(degree) = periphrastic(*form, surface)
                && inflected_naturals(entry, *form).first().is_some_and(|natural| natural.starts_with(degree))
            {
                continue;
            }
            for spelling in spellings(surface, &entry.spun, entry.class, *form) {
                *surfaces.entry(key(&spelling)).or_default().entry(entry_idx as u32).or_default() |= 1 << *form as u8;
            }
        }
        push_entry(entry, &forms, &mut records);
    }
    let mut postings = Vec::new();
    let mut offsets_of_surfaces = Vec::with_capacity(surfaces.len());
    for (surface, hits) in &surfaces {
        offsets_of_surfaces.push((surface, postings.len() as u64));
        push_number(hits.len() as u64, &mut postings);
        for (&entry_idx, &form_mask) in hits {
            push_number(u64::from(entry_idx), &mut postings);
            postings.push(form_mask);
        }
    }
    // Keys come sorted and distinct out of the map: the one thing that could fail.
    let fst =
        fst::Map::from_iter(offsets_of_surfaces).expect("surfaces are sorted and distinct").into_fst().into_inner();

    let mut names = Vec::new();
    for (file, &is_terms) in files.iter().zip(terms) {
        names.push(u8::from(is_terms));
        names.push(match file.kind() {
            Kind::SpunPhrase => 0,
            Kind::TortureTerm => 1,
            Kind::SpunName => 2,
        });
        push_text(file.name, &mut names);
    }
    let mut table = Vec::new();
    for length in [files.len(), entries.len(), names.len(), postings.len()] {
        table.extend((length as u32).to_le_bytes());
    }
    table.extend(names);
    table.extend(postings);
    table.extend(offsets.iter().flat_map(|offset| offset.to_le_bytes()));
    table.extend(records);
    (Compiled { fst, table }, mistakes)
}

fn pos(class: Class) -> Option<Pos> {
    match class {
        Class::Verb => Some(Pos::Verb),
        Class::Noun => Some(Pos::Noun),
        Class::Adjective => Some(Pos::Adjective),
        Class::Adverb => Some(Pos::Adverb),
        Class::Phrase => None,
    }
}

fn forms(entry: &Entry) -> Vec<(Form, String)> {
    pos(entry.class).map_or_else(|| vec![(Form::Base, entry.spun.clone())], |pos| all_forms(&entry.spun, pos))
}

fn inflected_naturals(entry: &Entry, form: Form) -> Vec<String> {
    let inflected = |natural: &String| match pos(entry.class) {
        Some(pos) => inflect_phrase(natural, pos, form),
        None => natural.clone(),
    };
    entry.naturals.iter().map(inflected).collect()
}

fn periphrastic(form: Form, surface: &str) -> Option<&'static str> {
    match form {
        Form::Comparative if surface.starts_with("more ") => Some("more "),
        Form::Superlative if surface.starts_with("most ") => Some("most "),
        _ => None,
    }
}

/// The surface, and the other side of the Atlantic's spelling of its ending where there is one ("traveled").
fn spellings(surface: &str, spun: &str, class: Class, form: Form) -> Vec<String> {
    let mut spellings = vec![surface.to_owned()];
    if class == Class::Verb && (spun == "be" || spun.starts_with("be ")) {
        let rest = &spun["be".len()..];
        let more: &[&str] = match form {
            Form::Base => &["are", "am"],
            Form::Past => &["were"],
            _ => &[],
        };
        spellings.extend(more.iter().map(|be| format!("{be}{rest}")));
    }
    if class == Class::Verb && form != Form::Base {
        let (verb, rest) = surface.split_once(' ').map_or((surface, ""), |(verb, rest)| (verb, rest));
        let lemma = spun.split(' ').next().unwrap_or(spun).to_lowercase();
        let candidates = ["led", "ling"].into_iter().filter_map(|ending| {
            let stem = verb.strip_suffix(ending)?;
            Some(stem.strip_suffix('l').map_or_else(|| format!("{stem}l{ending}"), |short| format!("{short}{ending}")))
        });
        for candidate in candidates {
            if unspin_english::lemma_as(&candidate, Pos::Verb, form).as_deref() == Some(lemma.as_str()) {
                spellings.push(if rest.is_empty() { candidate } else { format!("{candidate} {rest}") });
            }
        }
    }
    spellings
}

/// A verb or noun that is not written in its dictionary form would be inflected twice.
fn dictionary_form_problem(entry: &Entry) -> Option<String> {
    let (word, wrong): (&str, &[Form]) = match entry.class {
        Class::Verb => (entry.spun.split(' ').next()?, &[Form::ThirdPerson, Form::Past, Form::Gerund]),
        _ => return None,
    };
    let readings = unspin_english::lemmas(word);
    if unspin_english::class_of(word).has(unspin_english::WordClasses::MODAL) {
        return None;
    }
    if readings.is_empty() || readings.iter().any(|reading| reading.pos == Pos::Verb && reading.form == Form::Base) {
        return None;
    }
    let reading = readings.iter().find(|reading| reading.pos == Pos::Verb && wrong.contains(&reading.form))?;
    let rest = entry.spun.strip_prefix(word).unwrap_or("");
    Some(format!(
        "`{}` is not the dictionary form of a verb; write `{}{rest}`, and the naturals in theirs (or `phrase`, if only this form is spun)",
        entry.spun, reading.lemma
    ))
}

fn push_entry(entry: &Entry, forms: &[(Form, String)], out: &mut Vec<u8>) {
    push_number(entry.file as u64, out);
    push_number(u64::from(entry.line), out);
    let flags = u8::from(entry.title) | u8::from(entry.keep) << 1 | u8::from(!entry.guards.is_empty()) << 2;
    out.push(entry.surety as u8);
    out.push(entry.class as u8);
    out.push(flags);
    push_text(&entry.spun, out);
    if !entry.guards.is_empty() {
        let guards = &entry.guards;
        for (list, leftward) in
            [(&guards.before, true), (&guards.after, false), (&guards.not_before, true), (&guards.not_after, false)]
        {
            push_number(list.len() as u64, out);
            list.iter().for_each(|pattern| push_pattern(pattern, leftward, out));
        }
    }
    push_number(forms.len() as u64, out);
    for &(form, _) in forms {
        out.push(form as u8);
        let naturals = inflected_naturals(entry, form);
        push_number(naturals.len() as u64, out);
        naturals.iter().for_each(|natural| push_text(natural, out));
    }
}

/// Steps are stored from the phrase outwards, the way they are compared.
fn push_pattern(pattern: &Pattern, leftward: bool, out: &mut Vec<u8>) {
    push_number(pattern.len() as u64, out);
    let mut steps: Vec<&Step> = pattern.iter().collect();
    if leftward {
        steps.reverse();
    }
    for step in steps {
        match step {
            Step::Word(word) => {
                out.push(0);
                push_text(word, out);
            }
            Step::AnyForm(lemma) => {
                let mut forms: Vec<String> = all_forms(lemma, Pos::Verb)
                    .into_iter()
                    .flat_map(|(form, surface)| spellings(&surface, lemma, Class::Verb, form))
                    .chain(all_forms(lemma, Pos::Noun).into_iter().map(|(_, surface)| surface))
                    .map(|surface| key(&surface))
                    .collect();
                if lemma == "be" {
                    forms.extend(["am", "are", "were"].map(str::to_owned));
                }
                forms.sort_unstable();
                forms.dedup();
                out.push(1);
                push_number(forms.len() as u64, out);
                forms.iter().for_each(|form| push_text(form, out));
            }
            Step::Class(class) => {
                out.push(2);
                out.push(*class as u8);
            }
        }
    }
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    push_number(text.len() as u64, out);
    out.extend(text.as_bytes());
}

/// LEB128: seven bits a byte, low ones first.
fn push_number(mut number: u64, out: &mut Vec<u8>) {
    while 0x80 <= number {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
