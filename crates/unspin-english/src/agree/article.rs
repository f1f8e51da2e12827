//! "a" or "an": by the sound that follows, not by the letter.

/// The indefinite article before `next` (a word, or a text whose first word counts): "an hour", "a European", "an MP",
/// "a NATO base", "an 11-year-old", "an $8 million deal".
///
/// Opening quotation marks and brackets are passed over. Nothing to say (no letter, no figure): "a".
///
/// ```
/// use unspin_english::agree::article_for;
/// assert_eq!(article_for("honest"), "an");
/// assert_eq!(article_for("one-off"), "a");
/// assert_eq!(article_for("FBI"), "an");
/// assert_eq!(article_for("UN official"), "a");
/// ```
pub fn article_for(next: &str) -> &'static str {
    let start = next.find(|c: char| c.is_alphanumeric()).unwrap_or(next.len());
    let word = next[start..].split(char::is_whitespace).next().unwrap_or_default();
    // A closing mark, and what is joined by a dash or slash, does not matter.
    let word = word.split(['/', '—', '–', ',', ';', ':', '"', '”', ')', '!', '?']).next().unwrap_or_default();
    let word_with_figures = next[start..].split(char::is_whitespace).next().unwrap_or_default();
    let vowel = match word.chars().next() {
        None => false,
        Some(first) if first.is_ascii_digit() => figure_starts_with_vowel(word_with_figures),
        Some(_) => word_starts_with_vowel(word),
    };
    if vowel { "an" } else { "a" }
}

/// "8", "80,000", "11", "18,000", and the years "1800s" and "1150"; but not "110" and "1,800".
fn figure_starts_with_vowel(figure: &str) -> bool {
    if figure.starts_with('8') {
        return true;
    }
    let end = figure.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(figure.len());
    let number = figure[..end].trim_end_matches(',');
    let leading = number.split(',').next().unwrap_or(number);
    let starts = leading.starts_with("11") || leading.starts_with("18");
    match (number.contains(','), leading.len()) {
        (true, len) => starts && len == 2,
        // Read in thousands ("18000"), except for years, which are read in pairs.
        (false, len) => starts && (len % 3 == 2 || len == 4),
    }
}

fn word_starts_with_vowel(word: &str) -> bool {
    let part = word.split(['-', '‑']).next().unwrap_or(word);
    let letters = part.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches('.');
    if is_spelled_out(letters, part.len() < word.len()) {
        return letters.chars().next().is_some_and(|first| {
            matches!(first.to_ascii_uppercase(), 'A' | 'E' | 'F' | 'H' | 'I' | 'L' | 'M' | 'N' | 'O' | 'R' | 'S' | 'X')
        });
    }
    sounds_like_vowel(&letters.to_lowercase())
}

/// Whether the word is read letter by letter, at least its first one: "MP", "MPs", "U.S", "F-16", "x-ray", "MRI", "mRNA".
fn is_spelled_out(word: &str, has_hyphen: bool) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let Some(second) = chars.next() else {
        return has_hyphen || first != 'a';
    };
    if !first.is_alphabetic() {
        return false;
    }
    // "U.S", and "H1N1".
    if second == '.' || second.is_ascii_digit() || second == '&' {
        return true;
    }
    if matches!(word, "mRNA" | "tRNA" | "rRNA" | "Xbox" | "MSc" | "MSci" | "LLB" | "MPhil" | "LLM" | "NVidia" | "xG") {
        return true;
    }
    let bare = word.strip_suffix('s').filter(|bare| bare.len() > 1 && is_all_capitals(bare)).unwrap_or(word);
    if !is_all_capitals(bare) || WORD_ACRONYMS.binary_search(&bare).is_ok() {
        return false;
    }
    // A heading in capitals is made of words: those of four letters or more that the dictionary has.
    let is_word = bare.len() >= 6 || (bare.len() >= 4 && crate::is_known(bare));
    !is_word && !is_word_in_capitals(bare)
}

/// Short words that, in capitals, are a heading's rather than an acronym.
fn is_word_in_capitals(word: &str) -> bool {
    matches!(
        word,
        "OLD"
            | "NEW"
            | "ONE"
            | "OIL"
            | "AIR"
            | "ICE"
            | "AGE"
            | "ACT"
            | "ART"
            | "END"
            | "EYE"
            | "EGG"
            | "ILL"
            | "LAW"
            | "MAN"
            | "LOT"
            | "FEW"
            | "FUN"
            | "HOT"
            | "BIG"
            | "BAD"
            | "SAD"
            | "MAP"
            | "NET"
            | "RED"
            | "RUN"
            | "SEA"
            | "SUM"
            | "SON"
            | "LOW"
            | "HIT"
            | "FAN"
            | "FAR"
    )
}

fn is_all_capitals(word: &str) -> bool {
    word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.' || c == '&')
}

/// Acronyms that begin with one of the letters in question and are read as a word. Sorted.
const WORD_ACRONYMS: &[&str] = &[
    "AIDS", "AIPAC", "ANZAC", "APEC", "ASEAN", "AWACS", "EBITDA", "ECOWAS", "EFTA", "ERIC", "FEMA", "FIDE", "FIFA",
    "FINRA", "FOMO", "HAMAS", "HIMARS", "IKEA", "INTERPOL", "IRENA", "ISIS", "LASER", "LASIK", "LIBOR", "LIDAR",
    "MENA", "MERS", "MIDI", "MINUSMA", "NAFTA", "NAM", "NASA", "NASCAR", "NASDAQ", "NATO", "NICE", "NIMBY", "NORAD",
    "OPEC", "OSHA", "RADAR", "RAM", "REIT", "REM", "ROM", "SALT", "SARS", "SCOTUS", "SCUBA", "SEAL", "SEATO", "SIM",
    "SIPRI", "SONAR", "START", "SWAPO", "SWAT", "SWIFT", "UEFA", "UKIP", "UNCTAD", "UNESCO", "UNICEF", "UNIFIL",
    "UNRWA",
];

/// By the lower-case spelling of a word that is read as one.
fn sounds_like_vowel(word: &str) -> bool {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| word.starts_with(prefix));
    match word.as_bytes().first() {
        Some(b'a' | b'i') => true,
        Some(b'e') => !starts(&["eu", "ewe"]),
        Some(b'o') => {
            let is_one = word == "one" || word == "once" || starts(&["one'", "one’", "ones", "onetime"]);
            !is_one && !starts(&["ouija", "oaxaca", "ouagadougou"])
        }
        Some(b'u') => !u_is_you(word),
        Some(b'h') => {
            starts(&["hour", "honest", "honor", "honour", "heir"]) && !starts(&["houri"])
                || matches!(word, "herb" | "herbs" | "herbal" | "hors")
        }
        Some(b'y') => starts(&["yve", "yvo", "ytt", "ypres"]),
        // "é", "å": vowels with a mark on them.
        Some(0x80..) => {
            word.starts_with(['á', 'à', 'â', 'ä', 'å', 'æ', 'é', 'è', 'ê', 'ë', 'í', 'î', 'ï', 'ó', 'ö', 'ø', 'ô', 'œ'])
        }
        _ => false,
    }
}

/// Whether a word in u begins as "you" does: "unit", "use", "Ukraine", "uranium".
fn u_is_you(word: &str) -> bool {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| word.starts_with(prefix));
    // "unintended", "unimportant", "unidentified": un- before a vowel.
    let is_un = starts(&["unin", "unimp", "unima", "unide", "unill", "unirr", "unisol"]);
    !is_un
        && (starts(&[
            "uni", "unanim", "usa", "use", "usu", "uti", "ute", "uto", "ura", "ure", "uri", "uro", "uru", "ubi", "uga",
            "uka", "ukr", "uku", "uly", "uvu", "ufo", "utah", "uig", "uyg", "unesco", "unicef", "unix", "ume",
        ]) || word == "u"
            || word == "uk"
            || word == "us-led")
}
