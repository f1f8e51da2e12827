//! Words that tell what kind of source a noun phrase is: lists where the dictionary is too wide or too narrow.

use unspin_english::{Form, Pos, is_body_noun, is_document_noun, is_person_noun, lemma_as, possible_pos};

use super::source::Field;

/// The field that one lower-case word points to.
pub(crate) fn field_of(word: &str) -> Field {
    match word {
        "analyst" | "analysts" | "economist" | "economists" | "trader" | "traders" | "dealer" | "dealers"
        | "broker" | "brokers" | "strategist" | "strategists" | "banker" | "bankers" | "investor" | "investors"
        | "brokerage" | "securities" | "forecasters" => Field::Markets,
        "official" | "officials" | "minister" | "ministers" | "diplomat" | "diplomats" | "authorities"
        | "ambassador" | "ministry" | "secretary" | "government" | "spokesman" | "spokeswoman" | "spokesperson" => {
            Field::Office
        }
        "professor" | "professors" | "prof" | "dr" | "university" | "institute" | "scientist" | "scientists"
        | "researcher" | "researchers" | "scholar" | "scholars" | "study" | "studies" | "research" | "journal"
        | "laboratory" | "expert" | "experts" | "academic" | "academics" | "fellow" | "psychiatrist" | "surgeon"
        | "doctor" | "doctors" | "engineer" | "team" | "college" | "academy" => Field::Science,
        _ if word.len() > 6
            && ["logist", "logists", "icist", "icists", "nomer", "nomers", "hysicist", "chemist", "chemists"]
                .iter()
                .any(|end| word.ends_with(end)) =>
        {
            Field::Science
        }
        _ => Field::Any,
    }
}

pub(crate) fn is_month_or_day(lower: &str) -> bool {
    let lower = lower.strip_suffix("'s").unwrap_or(lower);
    matches!(
        lower,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "yesterday"
            | "today"
            | "tomorrow"
            | "tonight"
    )
}

/// "British", "Chinese", "western": says where from, not who.
pub(crate) fn is_nationality(lower: &str) -> bool {
    const ODD: &[&str] = &[
        "french",
        "dutch",
        "greek",
        "swiss",
        "welsh",
        "czech",
        "thai",
        "western",
        "eastern",
        "northern",
        "southern",
        "u.s.",
        "us",
        "uk",
        "eu",
        "iraqi",
        "israeli",
        "pakistani",
        "saudi",
        "kuwaiti",
        "qatari",
        "afghan",
        "arab",
        "jewish",
        "muslim",
        "christian",
        "catholic",
    ];
    ODD.contains(&lower)
        || (lower.len() > 4
            && ["ese", "ish", "ian", "ean", "ican", "aian", "nian", "oman", "german"]
                .iter()
                .any(|end| lower.ends_with(end))
            && !is_person_noun(lower))
        || matches!(
            lower,
            "german"
                | "russian"
                | "american"
                | "african"
                | "canadian"
                | "indian"
                | "italian"
                | "asian"
                | "european"
                | "australian"
        )
}

/// A person noun, more widely than the dictionary: "source", "insider".
pub(crate) fn is_person(lower: &str) -> bool {
    is_person_noun(lower)
        || is_crowd_word(lower)
        || matches!(
            lower,
            "head"
                | "heads"
                | "chief"
                | "boss"
                | "witness"
                | "fan"
                | "one"
                | "man"
                | "woman"
                | "people"
                | "men"
                | "women"
                | "couple"
        )
        || ["spokesperson", "spokesman", "spokeswoman", "spokespeople"].contains(&lower)
}

pub(super) fn is_crowd_word(lower: &str) -> bool {
    matches!(
        lower,
        "source"
            | "sources"
            | "insider"
            | "insiders"
            | "observers"
            | "commentators"
            | "quarters"
            | "voices"
            | "circles"
            | "individuals"
    )
}

pub(super) fn is_body(lower: &str) -> bool {
    is_body_noun(lower) && !matches!(lower, "body" | "bodies" | "world" | "family" | "families")
}

pub(super) fn is_document(lower: &str) -> bool {
    is_document_noun(lower)
        || is_mass_document(lower)
        || matches!(
            lower,
            "results"
                | "findings"
                | "numbers"
                | "data"
                | "estimates"
                | "figures"
                | "polls"
                | "post"
                | "posts"
                | "message"
                | "website"
                | "site"
                | "blog"
                | "transcript"
                | "tweet"
                | "email"
                | "e-mail"
                | "statement"
                | "letter"
                | "memo"
        )
}

/// A document noun that needs no plural to be nameless.
pub(super) fn is_mass_document(lower: &str) -> bool {
    matches!(lower, "research" | "evidence" | "data" | "science" | "literature")
}

pub(super) fn is_study(lower: &str) -> bool {
    matches!(lower, "study" | "survey" | "poll" | "paper" | "analysis")
}

/// Speaks for a body by office: no name is asked for.
pub(super) fn is_official_voice(lower: &str) -> bool {
    lower.starts_with("spokes")
        || lower.starts_with("arbitrator")
        || lower.starts_with("publicist")
        || matches!(
            lower,
            "judge"
                | "police"
                | "prosecutor"
                | "prosecutors"
                | "authorities"
                | "coroner"
                | "magistrate"
                | "magistrates"
                | "jury"
                | "detectives"
                | "investigators"
                | "firefighters"
                | "paramedics"
                | "organisers"
                | "organizers"
                | "troops"
                | "forces"
                | "military"
                | "army"
                | "navy"
                | "court"
                | "minister"
                | "ministers"
                | "ombudsman"
                | "judges"
        )
}

/// Bodies of which there are few: nobody asks which.
pub(super) fn is_sovereign(lower: &str) -> bool {
    matches!(lower, "governments" | "parliaments" | "courts" | "states" | "councils")
}

/// Speaks for the body that is named beside it.
pub(super) fn is_office_holder(lower: &str) -> bool {
    matches!(lower, "official" | "officer" | "representative" | "delegate" | "envoy")
}

/// Whose reports and figures can be asked for: "police reports", "court papers", "customs figures".
pub(super) fn is_keeper_of_records(lower: &str) -> bool {
    lower != "press"
        && (matches!(lower, "customs" | "company" | "election" | "census" | "hospital" | "tax")
            || is_official_voice(lower)
            || is_body_noun(lower))
        && !matches!(lower, "media" | "news" | "newspaper" | "newspapers")
}

pub(super) fn is_office_noun(lower: &str) -> bool {
    matches!(
        lower,
        "officials"
            | "officers"
            | "executives"
            | "representatives"
            | "lawyers"
            | "leaders"
            | "members"
            | "staff"
            | "ministers"
            | "regulators"
    )
}

pub(super) fn is_company(lower: &str) -> bool {
    matches!(
        lower,
        "co" | "co."
            | "inc"
            | "inc."
            | "corp"
            | "corp."
            | "ltd"
            | "ltd."
            | "plc"
            | "llc"
            | "ag"
            | "gmbh"
            | "group"
            | "times"
            | "post"
            | "news"
            | "gazette"
            | "herald"
    )
}

pub(super) fn is_title(lower: &str) -> bool {
    matches!(
        lower,
        "mr" | "mr."
            | "mrs"
            | "mrs."
            | "ms"
            | "ms."
            | "dr"
            | "dr."
            | "prof"
            | "prof."
            | "sir"
            | "professor"
            | "king"
            | "queen"
            | "prince"
            | "president"
            | "minister"
            | "senator"
            | "general"
            | "captain"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "director"
            | "secretary"
            | "ambassador"
            | "judge"
            | "chairman"
            | "editor"
    )
}

pub(super) fn is_plural(lower: &str) -> bool {
    matches!(lower, "people" | "men" | "women" | "police" | "data" | "staff")
        || lemma_as(lower, Pos::Noun, Form::Plural).is_some_and(|lemma| lemma != lower)
        || (lower.ends_with('s') && !lower.ends_with("ss") && possible_pos(lower).is_empty())
}
