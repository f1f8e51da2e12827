//! The irregular tables of `data/`, indexed both ways.

use std::sync::LazyLock;

use crate::by_letter::ByLetter;
use crate::{Form, Pos};

/// The surfaces of an irregular form, the one to produce first; `None` where the rules apply.
pub(crate) fn surfaces(lemma: &str, pos: Pos, form: Form) -> Option<impl Iterator<Item = &'static str> + use<>> {
    let row = TABLES.by_lemma.get(lemma).iter().find(|row| row.1 == pos && row.2 == form)?;
    Some(row.3.split('|'))
}

/// Every irregular analysis of a lower-case surface.
pub(crate) fn analyses(surface: &str) -> impl Iterator<Item = (&'static str, Pos, Form)> {
    TABLES.by_surface.get(surface).iter().map(|&(_, lemma, pos, form)| (lemma, pos, form))
}

/// Lemma, class, form, and its surfaces joined by `|`.
type ByLemma = (&'static str, Pos, Form, &'static str);
/// Surface, lemma, class, form.
type BySurface = (&'static str, &'static str, Pos, Form);

struct Tables {
    by_lemma: ByLetter<ByLemma>,
    by_surface: ByLetter<BySurface>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut by_lemma: Vec<ByLemma> = vec![
        ("be", Pos::Verb, Form::ThirdPerson, "is"),
        ("be", Pos::Verb, Form::Gerund, "being"),
        ("have", Pos::Verb, Form::ThirdPerson, "has"),
        ("have", Pos::Verb, Form::Gerund, "having"),
        ("do", Pos::Verb, Form::ThirdPerson, "does"),
        ("do", Pos::Verb, Form::Gerund, "doing"),
        ("can", Pos::Verb, Form::ThirdPerson, "can"),
        ("may", Pos::Verb, Form::ThirdPerson, "may"),
        ("shall", Pos::Verb, Form::ThirdPerson, "shall"),
        ("will", Pos::Verb, Form::ThirdPerson, "will"),
    ];
    for fields in rows(include_str!("../data/irregular_verbs.txt")) {
        let [lemma, past, participle] = fields[..] else {
            continue;
        };
        by_lemma.push((lemma, Pos::Verb, Form::Past, past));
        if participle != "-" {
            by_lemma.push((lemma, Pos::Verb, Form::PastParticiple, participle));
        }
    }
    for fields in rows(include_str!("../data/irregular_nouns.txt")) {
        let [singular, plural] = fields[..] else {
            continue;
        };
        by_lemma.push((singular, Pos::Noun, Form::Plural, plural));
    }
    for fields in rows(include_str!("../data/irregular_adjectives.txt")) {
        let [class, positive, comparative, superlative] = fields[..] else {
            continue;
        };
        let pos = if class == "a" { Pos::Adjective } else { Pos::Adverb };
        by_lemma.push((positive, pos, Form::Comparative, comparative));
        by_lemma.push((positive, pos, Form::Superlative, superlative));
    }
    by_lemma.sort_unstable();

    let mut by_surface = vec![("am", "be", Pos::Verb, Form::Base), ("are", "be", Pos::Verb, Form::Base)];
    for &(lemma, pos, form, surfaces) in &by_lemma {
        by_surface.extend(surfaces.split('|').map(|surface| (surface, lemma, pos, form)));
    }
    by_surface.sort_unstable();
    Tables { by_lemma: ByLetter::new(by_lemma, |row| row.0), by_surface: ByLetter::new(by_surface, |row| row.0) }
});

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().collect())
}
