//! Abbreviations: which dots belong to a word, and which of those can end a sentence as well.

use unspin_english::abbreviations::{Kind, is_abbreviation};

use crate::tokens::{Class, class};

/// What an abbreviation tells about the dot at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name: "Mr.", "Sen.". Never ends a sentence.
    Title,
    /// Stands before a number: "No.", "p.". Before anything else the dot is a full stop.
    BeforeNumber,
    /// Never ends a sentence: "e.g.", "vs.".
    Inside,
    /// A month or a day.
    Date,
    /// May end a sentence, and often does: "Inc.", "Jr.", "etc.".
    Final,
    /// A state: "Calif.". Some are words as well ("Mass.", "Wash.") and then stand behind a comma.
    State,
    /// "68 lbs.", "etc.": a capital after it begins a sentence.
    Measure,
    /// An hour: "p.m.".
    Hour,
}

/// What kind of abbreviation a word is, given without its last dot. Nothing for initials ("J", "U.S").
pub(crate) fn classify(stem: &str) -> Option<Abbreviation> {
    // "a.k.a." is written like initials, but something always follows.
    if stem == "a.k.a" {
        return Some(Abbreviation::Inside);
    }
    if stem == "etc" {
        return Some(Abbreviation::Measure);
    }
    Some(match is_abbreviation(stem).or_else(|| title_in_capitals(stem))? {
        Kind::Title | Kind::PlaceBefore => Abbreviation::Title,
        Kind::Month | Kind::Weekday => Abbreviation::Date,
        Kind::Reference => Abbreviation::BeforeNumber,
        Kind::TimeOfDay => Abbreviation::Hour,
        Kind::Connective => Abbreviation::Inside,
        Kind::State => Abbreviation::State,
        Kind::Unit => Abbreviation::Measure,
        Kind::Suffix | Kind::Company | Kind::Street | Kind::Other => Abbreviation::Final,
        Kind::Initials => return None,
    })
}

/// Datelines are in capitals: "ST. LOUIS".
fn title_in_capitals(stem: &str) -> Option<Kind> {
    if stem.len() < 2 || stem.len() > 4 || !stem.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    let capitalised = [&stem[..1], &stem[1..].to_ascii_lowercase()].concat();
    is_abbreviation(&capitalised).filter(|kind| matches!(kind, Kind::Title | Kind::PlaceBefore))
}

/// Whether the dot after `word` is a part of it. `rest` is what follows the dot.
pub(crate) fn keeps_dot(word: &str, rest: &str) -> bool {
    let next = rest.trim_start_matches(|blank| class(blank) == Class::Blank);
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        // An initial: "J. R. Smith". In "Plan B. The council" the dot is a full stop.
        let second = first_word(next);
        let initial = second.chars().nth(1).is_none() && next[second.len()..].starts_with('.');
        let particle = matches!(second, "von" | "van" | "de" | "der" | "du" | "da" | "di" | "la" | "le" | "bin" | "al");
        let name = particle || next.starts_with(char::is_uppercase) && (initial || !is_starter(second));
        let lower =
            letter.is_lowercase() && next.starts_with(|digit: char| digit.is_ascii_digit()) && "pvcn".contains(letter);
        let versus = letter == 'v' && next.starts_with(char::is_uppercase);
        return lower || versus || letter.is_uppercase() && (name || next.starts_with(','));
    }
    if word == "no" {
        return next.starts_with(|digit: char| digit.is_ascii_digit());
    }
    match classify(word) {
        Some(Abbreviation::BeforeNumber) => starts_number(next),
        Some(Abbreviation::Date) => {
            // "Sun", "Mar" and "Sat" are words too.
            !next.is_empty() && !is_starter(first_word(next))
        }
        Some(_) => true,
        None => false,
    }
}

/// A number, or a Roman one.
fn starts_number(text: &str) -> bool {
    let word = first_word(text);
    text.starts_with(|first: char| first.is_numeric() || first == '#')
        || !word.is_empty() && word != "I" && word.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X' | b'L'))
}

pub(crate) fn first_word(text: &str) -> &str {
    let end = text.find(|other: char| !other.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// A word that begins sentences but hardly a name: with a capital after an abbreviation it tells that a sentence ended.
pub(crate) fn is_starter(word: &str) -> bool {
    word.len() <= 12 && STARTERS.contains(&word)
}

/// A month, a day, a time zone: what follows "p.m." in one sentence.
pub(crate) fn is_calendar(word: &str) -> bool {
    const ZONES: &[&str] = &[
        "ET", "EST", "EDT", "PT", "PST", "PDT", "CT", "CST", "CDT", "MT", "MST", "GMT", "UTC", "BST", "CET", "Eastern",
        "Pacific", "Central", "Mountain",
    ];
    const NAMES: &[&str] = &[
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let stem = word.strip_suffix('.').unwrap_or(word);
    ZONES.contains(&stem) || NAMES.contains(&stem) || classify(stem) == Some(Abbreviation::Date)
}

const STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "Four",
    "From",
    "Given",
    "Had",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Just",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "Moreover",
    "My",
    "Neither",
    "Nevertheless",
    "No",
    "None",
    "Nobody",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "Perhaps",
    "She",
    "Should",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Three",
    "Through",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Unless",
    "Until",
    "Was",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Within",
    "Without",
    "Would",
    "Yesterday",
    "Yet",
    "You",
    "Your",
];
