//! Abbreviations: which dots belong to a word, and which of those can end a sentence as well.

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
    /// An hour: "p.m.".
    Hour,
}

/// What kind of abbreviation a word is, its dots included.
pub(crate) fn classify(word: &str) -> Option<Abbreviation> {
    let stem = word.strip_suffix('.')?;
    if word.eq_ignore_ascii_case("a.m.") || word.eq_ignore_ascii_case("p.m.") {
        return Some(Abbreviation::Hour);
    }
    if stem.len() > 7 {
        return None;
    }
    let found = |table: &[&str]| table.contains(&stem);
    if found(TITLES) {
        return Some(Abbreviation::Title);
    }
    if found(BEFORE_NUMBER) {
        return Some(Abbreviation::BeforeNumber);
    }
    if found(INSIDE) {
        return Some(Abbreviation::Inside);
    }
    if found(DATES) {
        return Some(Abbreviation::Date);
    }
    found(FINAL).then_some(Abbreviation::Final)
}

/// Whether the dot after `word` is a part of it. `rest` is what follows the dot.
pub(crate) fn keeps_dot(word: &str, rest: &str) -> bool {
    let next = rest.trim_start_matches(|blank| class(blank) == Class::Blank);
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        // An initial: "J. R. Smith". In "Plan B. The council" the dot is a full stop.
        let name = next.starts_with(char::is_uppercase) && !is_starter(first_word(next));
        let lower = letter.is_lowercase() && next.starts_with(|digit: char| digit.is_ascii_digit()) && "pvcn".contains(letter);
        let versus = letter == 'v' && next.starts_with(char::is_uppercase);
        return lower || versus || letter.is_uppercase() && (name || next.starts_with(','));
    }
    if word.len() > 7 || !word.is_ascii() {
        return false;
    }
    let mut dotted = [0_u8; 8];
    dotted[..word.len()].copy_from_slice(word.as_bytes());
    dotted[word.len()] = b'.';
    let Ok(dotted) = std::str::from_utf8(&dotted[..=word.len()]) else { return false };
    match classify(dotted) {
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
    const ZONES: &[&str] = &["ET", "EST", "EDT", "PT", "PST", "PDT", "CT", "CST", "CDT", "MT", "MST", "GMT", "UTC", "BST", "CET", "Eastern", "Pacific", "Central", "Mountain"];
    const NAMES: &[&str] = &[
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ];
    let stem = word.strip_suffix('.').unwrap_or(word);
    ZONES.contains(&stem) || NAMES.contains(&stem) || DATES.contains(&stem)
}

const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Mx", "Messrs", "Mmes", "Dr", "Drs", "Prof", "Profs", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs",
    "Gen", "Col", "Lt", "Maj", "Capt", "Cpt", "Cmdr", "Adm", "Sgt", "Cpl", "Pvt", "Brig", "Rev", "Fr", "Hon", "Pres",
    "Amb", "Supt", "Insp", "Det", "Msgr", "Mgr", "Mme", "Mlle", "Gens", "Atty", "Asst", "Dep", "Spc", "Pfc", "Ft",
    "Mt", "St", "Ste",
];

const BEFORE_NUMBER: &[&str] = &[
    "No", "Nos", "no", "nos", "p", "pp", "Fig", "Figs", "fig", "figs", "Vol", "Vols", "vol", "vols", "Art", "art", "Arts", "Sec",
    "Secs", "sec", "Ch", "ch", "chap", "Chap", "Para", "para", "paras", "Eq", "eq", "Ref", "ref", "refs", "Op", "op", "Reg",
    "Tel", "tel", "ca", "c", "approx", "Rs",
];

const INSIDE: &[&str] = &["e.g", "i.e", "vs", "v", "viz", "cf", "Cf", "eg", "ie", "al", "esp", "incl", "i.a", "a.k.a", "w.r.t"];

const DATES: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mon", "Tue", "Tues", "Wed", "Weds",
    "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun",
];

const FINAL: &[&str] = &[
    "Inc", "Corp", "Co", "Cos", "Ltd", "LLC", "Bros", "Plc", "plc", "Jr", "Sr", "Esq", "etc", "Ave", "Blvd", "Rd", "Dept",
    "Univ", "Assn", "Intl", "Natl", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky",
    "Md", "Mich", "Minn", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Tenn", "Tex", "Va", "Vt", "Wis", "Wyo", "est",
    "Est", "mph", "hrs", "mins", "secs", "lbs", "oz", "kg", "km", "cm", "sq", "ft", "yds", "Ph.D", "PhD", "Pty", "Int", "ext",
    "Ext", "Cie", "Pte", "Mass", "Wash",
];

const STARTERS: &[&str] = &[
    "A", "About", "According", "After", "All", "Also", "Although", "Among", "An", "And", "Another", "Any", "Are", "As", "At",
    "Because", "Before", "Both", "But", "By", "Can", "Critics", "Despite", "Did", "Do", "Does", "During", "Each", "Earlier", "Even",
    "Every", "Few", "For", "Four", "From", "Given", "Had", "Has", "Have", "He", "Her", "Here", "His", "How", "However", "I", "If",
    "In", "Instead", "Is", "It", "Its", "Just", "Last", "Later", "Many", "Meanwhile", "More", "Most", "Moreover", "My", "Neither",
    "Nevertheless", "No", "None", "Nobody", "Nor", "Not", "Nothing", "Now", "Of", "Officials", "On", "Once", "One", "Only", "Or",
    "Other", "Others", "Our", "Over", "Perhaps", "Police", "She", "Should", "Since", "So", "Some", "Still", "Such", "That", "The",
    "Their", "Then", "There", "These", "They", "This", "Those", "Three", "Through", "Thus", "To", "Today", "Two", "Under",
    "Unless", "Until", "Was", "We", "Were", "What", "When", "Where", "Whether", "Which", "While", "Who", "Why", "Will",
    "With", "Within", "Without", "Would", "Yesterday", "Yet", "You", "Your",
];
