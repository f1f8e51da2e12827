//! The parser of the sources: one entry a line, all mistakes at once. The format is described in `sources/README.md`.

use unspin_english::{Form, Pos};

use crate::entry::{Class, Entry, Example, Guards, Mistake, Neighbour, Pattern, SourceFile, Step, Surety};
use crate::key::key_tokens;

const SHAPE: &str = "spun => natural | natural :: class, surety :: Sentence with the {{spun=>natural}} in it.";
/// More words than this do not change together in anything a spinner makes.
const SPUN_TOKENS_MAX: usize = 8;
const NATURALS_MAX: usize = 4;

/// Reads entries; a line with a mistake is left out and said why, and reading goes on.
///
/// Looks at each line alone. What lines say about one another is [`crate::consistency::check`]'s part.
#[must_use]
pub fn parse(files: &[SourceFile<'_>]) -> (Vec<Entry>, Vec<Mistake>) {
    let mut entries = Vec::new();
    let mut mistakes = Vec::new();
    for (file_idx, file) in files.iter().enumerate() {
        for (line_idx, line) in file.text.lines().enumerate() {
            let text = line.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let line = line_idx as u32 + 1;
            let mut problems = Vec::new();
            let entry = parse_line(text, &mut problems);
            match entry {
                Some(entry) if problems.is_empty() => entries.push(Entry { file: file_idx, line, ..entry }),
                _ => mistakes.extend(problems.into_iter().map(|message| Mistake {
                    file: file.name.to_owned(),
                    line,
                    message,
                })),
            }
        }
    }
    (entries, mistakes)
}

/// Reads a generated list of terms: tab-separated spun phrase, naturals (`|` between them), surety, count.
///
/// Such a file is written by a program, so a mistake in it only says what is wrong.
#[must_use]
pub fn parse_terms(file_idx: usize, file: &SourceFile<'_>) -> (Vec<Entry>, Vec<Mistake>) {
    let mut entries = Vec::new();
    let mut mistakes = Vec::new();
    for (line_idx, text) in file.text.lines().enumerate() {
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let line = line_idx as u32 + 1;
        let fields: Vec<&str> = text.split('\t').collect();
        let surety = fields.get(2).and_then(|name| surety(name));
        let (Some(spun), Some(naturals), Some(surety)) = (fields.first(), fields.get(1), surety) else {
            let message = "a line of terms needs: spun, naturals, surety, count, with tabs between".to_owned();
            mistakes.push(Mistake { file: file.name.to_owned(), line, message });
            continue;
        };
        let (spun, naturals, class) = term_in_dictionary_form(spun, naturals.split('|').map(str::trim));
        entries.push(Entry {
            file: file_idx,
            line,
            spun,
            naturals,
            class,
            surety,
            guards: Guards::default(),
            title: false,
            keep: false,
            example: None,
        });
    }
    (entries, mistakes)
}

/// Reads the generated list of everyday words: tab-separated spun phrase, naturals (`|` between them), class. All are weak.
///
/// Such a file is written by a program, so a mistake in it only says what is wrong.
#[must_use]
pub fn parse_everyday(file_idx: usize, file: &SourceFile<'_>) -> (Vec<Entry>, Vec<Mistake>) {
    let mut entries = Vec::new();
    let mut mistakes = Vec::new();
    for (line, text) in (1..).zip(file.text.lines()).filter(|(_, text)| !text.is_empty() && !text.starts_with('#')) {
        let fields: Vec<&str> = text.split('\t').collect();
        let class = match fields.get(2) {
            Some(&"verb") => Class::Verb,
            Some(&"noun") => Class::Noun,
            Some(&"phrase") => Class::Phrase,
            _ => {
                let message = "an everyday line needs: spun, naturals, class, with tabs between".to_owned();
                mistakes.push(Mistake { file: file.name.to_owned(), line, message });
                continue;
            }
        };
        entries.push(Entry {
            file: file_idx,
            line,
            spun: fields[0].to_owned(),
            naturals: fields[1].split('|').map(str::to_owned).collect(),
            class,
            surety: Surety::Weak,
            guards: Guards::default(),
            title: false,
            keep: false,
            example: None,
        });
    }
    (entries, mistakes)
}

/// The list has terms as they were met: both sides in the plural become singular, so that they inflect together.
fn term_in_dictionary_form<'a>(spun: &str, naturals: impl Iterator<Item = &'a str>) -> (String, Vec<String>, Class) {
    let naturals: Vec<String> = naturals.map(str::to_owned).collect();
    let is_plural = |phrase: &str| singular(phrase).is_some();
    match singular(spun) {
        Some(spun) => {
            let naturals = naturals.into_iter().map(|natural| singular(&natural).unwrap_or(natural)).collect();
            (spun, naturals, Class::Noun)
        }
        // Only the natural is plural: nobody knows what its singular surface would have been.
        None if naturals.iter().any(|natural| is_plural(natural)) => (spun.to_owned(), naturals, Class::Phrase),
        None => (spun.to_owned(), naturals, Class::Noun),
    }
}

/// The phrase with its last word in the singular, if that is a plural and nothing else ("physics" is not).
fn singular(phrase: &str) -> Option<String> {
    let start = phrase.rfind([' ', '-']).map_or(0, |space| space + 1);
    let readings = unspin_english::lemmas(&phrase[start..]);
    if readings.iter().any(|reading| reading.form == Form::Base) {
        return None;
    }
    let plural = readings.iter().find(|reading| reading.pos == Pos::Noun && reading.form == Form::Plural)?;
    Some([&phrase[..start], &plural.lemma].concat())
}

fn parse_line(text: &str, problems: &mut Vec<String>) -> Option<Entry> {
    let mut parts = text.splitn(3, "::").map(str::trim);
    let (pair, attributes, sentence) = (parts.next().unwrap_or(""), parts.next(), parts.next());
    let (spun, naturals) = parse_pair(pair, problems);
    let Some(attributes) = attributes.filter(|attributes| !attributes.is_empty()) else {
        problems.push(format!("no attributes; write it as `{SHAPE}`"));
        return None;
    };
    let attributes = parse_attributes(attributes, problems);
    check_capitals(&spun, &naturals, attributes.title, attributes.keep, problems);
    let example = match sentence {
        Some(sentence) if !sentence.is_empty() => parse_sentence(sentence, problems),
        _ => {
            let natural = naturals.first().map_or("natural", String::as_str);
            problems.push(format!("no sentence; add ` :: A sentence with the {{{{{spun}=>{natural}}}}} in it.`"));
            None
        }
    };
    Some(Entry {
        file: 0,
        line: 0,
        spun,
        naturals,
        class: attributes.class?,
        surety: attributes.surety?,
        guards: attributes.guards,
        title: attributes.title,
        keep: attributes.keep,
        example: Some(example?),
    })
}

fn parse_pair(pair: &str, problems: &mut Vec<String>) -> (String, Vec<String>) {
    let Some((spun, naturals)) = pair.split_once("=>") else {
        problems.push(format!("no `=>` between what stands there and what should; write it as `{SHAPE}`"));
        return (pair.to_owned(), Vec::new());
    };
    let spun = one_spaced(spun);
    let naturals: Vec<String> = naturals.split('|').map(one_spaced).collect();
    let n_tokens = key_tokens(&spun).len();
    if n_tokens == 0 {
        problems.push("nothing before `=>`; write the spun phrase there".to_owned());
    } else if SPUN_TOKENS_MAX < n_tokens {
        problems.push(format!(
            "the spun phrase has {n_tokens} words; cut it to those that change together, {SPUN_TOKENS_MAX} at most"
        ));
    }
    if naturals.iter().any(String::is_empty) {
        problems.push("an empty natural; write a word on each side of `|`, and nothing after the last".to_owned());
    }
    if NATURALS_MAX < naturals.len() {
        problems.push(format!("{} naturals; keep the best {NATURALS_MAX}", naturals.len()));
    }
    for (idx, natural) in naturals.iter().enumerate() {
        if *natural == spun {
            problems.push(format!("`{natural}` stands on both sides; write what an editor would put instead"));
        }
        if naturals[..idx].contains(natural) {
            problems.push(format!("the natural `{natural}` is there twice; drop one"));
        }
    }
    (spun, naturals)
}

/// A capital on the spun side is a claim that the phrase is wrong *with* it, so it must have a reason.
fn check_capitals(spun: &str, naturals: &[String], title: bool, keep: bool, problems: &mut Vec<String>) {
    let capital =
        |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word != "I" && !word.starts_with("I'");
    let has_capital = |phrase: &str| phrase.split(' ').any(capital);
    if has_capital(spun) && !keep && !title && !naturals.iter().any(|natural| has_capital(natural)) {
        problems.push(format!(
            "capitals in `{spun}` without need: write `{}` (capitals are matched anyway), or add `keep` where the capital is what is wrong",
            spun.to_lowercase()
        ));
    }
    let only_case = naturals.iter().any(|natural| natural != spun && natural.to_lowercase() == spun.to_lowercase());
    if only_case && !keep {
        problems.push("the sides differ in capitals only; add `keep`, or the right wording is marked too".to_owned());
    }
}

#[derive(Default)]
struct Attributes {
    class: Option<Class>,
    surety: Option<Surety>,
    guards: Guards,
    title: bool,
    keep: bool,
}

const CLASSES: [(&str, Class); 5] = [
    ("verb", Class::Verb),
    ("noun", Class::Noun),
    ("adj", Class::Adjective),
    ("adv", Class::Adverb),
    ("phrase", Class::Phrase),
];

const SURETIES: [(&str, Surety); 4] =
    [("certain", Surety::Certain), ("strong", Surety::Strong), ("medium", Surety::Medium), ("weak", Surety::Weak)];

const GUARDS: [&str; 4] = ["before", "after", "not-before", "not-after"];

fn surety(name: &str) -> Option<Surety> {
    SURETIES.iter().find(|(known, _)| *known == name).map(|&(_, surety)| surety)
}

fn parse_attributes(text: &str, problems: &mut Vec<String>) -> Attributes {
    let mut attributes = Attributes::default();
    for (idx, attribute) in text.split(',').map(str::trim).enumerate() {
        if let Some(&(_, class)) = CLASSES.iter().find(|(name, _)| *name == attribute) {
            if attributes.class.replace(class).is_some() {
                problems.push(format!(
                    "a second word class `{attribute}`; keep one, a phrase of two classes is two entries"
                ));
            } else if idx != 0 {
                problems.push(format!("the word class comes first; move `{attribute}` to the front"));
            }
        } else if let Some(surety) = surety(attribute) {
            if attributes.surety.replace(surety).is_some() {
                problems.push(format!("a second surety `{attribute}`; keep the one that is honest"));
            }
        } else if attribute == "title" {
            attributes.title = true;
        } else if attribute == "keep" {
            attributes.keep = true;
        } else if let Some((name, value)) = attribute.split_once('=') {
            parse_guard(name.trim(), value.trim(), &mut attributes.guards, problems);
        } else {
            let known = CLASSES
                .iter()
                .map(|&(name, _)| name)
                .chain(SURETIES.iter().map(|&(name, _)| name))
                .chain(["title", "keep"]);
            problems.push(format!("unknown attribute `{attribute}`; {}", did_you_mean(attribute, known)));
        }
    }
    if attributes.class.is_none() && !problems.iter().any(|problem| problem.starts_with("unknown attribute")) {
        problems.push("no word class; start the attributes with `verb`, `noun`, `adj`, `adv` or `phrase`".to_owned());
    }
    if attributes.surety.is_none() && !problems.iter().any(|problem| problem.starts_with("unknown attribute")) {
        problems.push("no surety; add `certain`, `strong`, `medium` or `weak`".to_owned());
    }
    attributes
}

fn parse_guard(name: &str, value: &str, guards: &mut Guards, problems: &mut Vec<String>) {
    let list = match name {
        "before" => &mut guards.before,
        "after" => &mut guards.after,
        "not-before" => &mut guards.not_before,
        "not-after" => &mut guards.not_after,
        _ => {
            problems.push(format!("unknown guard `{name}=`; {}", did_you_mean(name, GUARDS.into_iter())));
            return;
        }
    };
    if !list.is_empty() {
        problems.push(format!("a second `{name}=`; write all alternatives in one, with `/` between them"));
    }
    for alternative in value.split('/') {
        match parse_pattern(alternative) {
            Ok(pattern) => list.push(pattern),
            Err(problem) => problems.push(format!("{problem} in `{name}={value}`")),
        }
    }
}

fn parse_pattern(alternative: &str) -> Result<Pattern, String> {
    let mut steps = Vec::new();
    for part in alternative.split_whitespace() {
        if let Some(name) = part.strip_prefix('<') {
            let name = name.strip_suffix('>').ok_or_else(|| match part.find('>') {
                Some(close) => format!("`{part}`: a class stands for a whole word; write `{}` alone", &part[..=close]),
                None => format!("`{part}` is not closed; write `{part}>`"),
            })?;
            let class = Neighbour::ALL.iter().find(|(_, known)| *known == name).map(|&(class, _)| class);
            let names = Neighbour::ALL.iter().map(|&(_, known)| known);
            steps.push(Step::Class(
                class.ok_or_else(|| format!("unknown class `<{name}>`; {}", did_you_mean(name, names)))?,
            ));
        } else if let Some(lemma) = part.strip_prefix('~') {
            if lemma.is_empty() {
                return Err("`~` without a word; write it as `~say`".to_owned());
            }
            steps.push(Step::AnyForm(lemma.to_lowercase()));
        } else {
            // A quotation mark or a comma is a token too, so the same tokens as in the text are compared.
            steps.extend(key_tokens(part).iter().map(|word| Step::Word(crate::key::key(word.text))));
        }
    }
    if steps.is_empty() {
        return Err("an empty alternative; write a word or a class on each side of `/`".to_owned());
    }
    Ok(steps)
}

fn parse_sentence(sentence: &str, problems: &mut Vec<String>) -> Option<Example> {
    let n_marks = sentence.matches("{{").count();
    let marked = sentence
        .split_once("{{")
        .and_then(|(before, rest)| rest.split_once("}}").map(|(mark, after)| (before, mark, after)));
    let Some((before, mark, after)) = marked else {
        problems.push("the sentence has no mark; write {{spun=>natural}} around the words that change".to_owned());
        return None;
    };
    if n_marks != 1 {
        problems.push(format!(
            "the sentence has {n_marks} marks; keep the one of this entry, write the rest as plain words"
        ));
        return None;
    }
    let Some((spun, natural)) = mark.split_once("=>") else {
        problems.push(format!("the mark does not say what should stand there; write {{{{{mark}=>natural}}}}"));
        return None;
    };
    let natural = natural.split('|').next().unwrap_or(natural);
    if spun.trim().is_empty() || natural.trim().is_empty() || spun == natural {
        problems.push("the mark needs two different sides; write {{what stands there=>what should}}".to_owned());
        return None;
    }
    Some(Example {
        spun: format!("{before}{spun}{after}"),
        natural: format!("{before}{natural}{after}"),
        marked: before.len()..before.len() + spun.len(),
    })
}

fn one_spaced(phrase: &str) -> String {
    phrase.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn did_you_mean<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> String {
    let given = given.to_lowercase();
    let known: Vec<&str> = known.collect();
    let nearest = known.iter().map(|name| (strsim::osa_distance(&given, name), *name)).min();
    match nearest {
        Some((distance, name)) if distance * 2 <= name.len().max(2) => format!("did you mean `{name}`?"),
        _ => format!("known are {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}
