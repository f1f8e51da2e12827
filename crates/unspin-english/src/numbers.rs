//! Numerals: "two", "twenty-one", "1,200", "3.4 billion", "21st".

/// A numeral's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The value; exact for whole numbers up to 2^53.
    pub value: f64,
    /// Whether it says a rank ("third", "21st") and not a quantity.
    pub is_ordinal: bool,
}

/// Reads a whole text as one numeral, in words, figures, or figures and a scale.
///
/// Understood: "two", "twenty-one", "a hundred", "two hundred and five", "1,200", "10 000" with a thin or no-break space,
/// "3.4 billion", "3.4bn", "five million", "half a million", "-3", "third", "twenty-first", "21st", "a dozen".
/// `None` for anything else, and for wrongly grouped figures ("1,20").
///
/// ```
/// use unspin_english::numbers::parse;
/// assert_eq!(parse("3.4 billion").map(|n| n.value), Some(3.4e9));
/// assert_eq!(parse("twenty-one").map(|n| n.value), Some(21.0));
/// assert!(parse("21st").is_some_and(|n| n.is_ordinal));
/// assert_eq!(parse("eight.6"), None);
/// ```
pub fn parse(text: &str) -> Option<Number> {
    let text = text.trim().to_lowercase();
    if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '+' | '.')) {
        return parse_figures(&text);
    }
    parse_words(&text)
}

/// Whether a word (in any case) is part of a numeral in words: "two", "Twenty-one", "hundred", "millions", "dozen".
/// Ordinals are not, see [`is_ordinal_word`]; nor "a" and "half".
pub fn is_number_word(word: &str) -> bool {
    let word = crate::lowercase::lowercase(word);
    let singular = word.strip_suffix('s').unwrap_or(&word);
    if scale_of(singular).is_some_and(|scale| scale >= 12.0) {
        return true;
    }
    match word.split_once('-') {
        Some((tens, ones)) => tens_of(tens).is_some() && ones_of(ones).is_some_and(|ones| (1..10).contains(&ones)),
        None => ones_of(&word).is_some() || tens_of(&word).is_some(),
    }
}

/// Whether a word is an ordinal, in words or figures: "third", "twenty-first", "hundredth", "21st".
pub fn is_ordinal_word(word: &str) -> bool {
    let is_one_word = !word.contains(char::is_whitespace);
    is_one_word && parse(word).is_some_and(|number| number.is_ordinal)
}

/// The number in words as news writes it, up to a hundred: "twenty-one". `None` above.
///
/// ```
/// use unspin_english::numbers::spell;
/// assert_eq!(spell(42).as_deref(), Some("forty-two"));
/// assert_eq!(spell(101), None);
/// ```
pub fn spell(number: u64) -> Option<String> {
    match number {
        0..20 => Some(ONES[number as usize].to_string()),
        20..100 => {
            let tens = TENS[number as usize / 10 - 2];
            match number % 10 {
                0 => Some(tens.to_string()),
                ones => Some([tens, "-", ONES[ones as usize]].concat()),
            }
        }
        100 => Some("one hundred".to_string()),
        _ => None,
    }
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn ones_of(word: &str) -> Option<u64> {
    ONES.iter().position(|&ones| ones == word).map(|value| value as u64)
}

fn tens_of(word: &str) -> Option<u64> {
    TENS.iter().position(|&tens| tens == word).map(|idx| (idx as u64 + 2) * 10)
}

fn scale_of(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

fn short_scale_of(suffix: &str) -> Option<f64> {
    Some(match suffix {
        "k" => 1e3,
        "m" | "mn" | "mln" => 1e6,
        "b" | "bn" | "bln" => 1e9,
        "tn" | "trn" => 1e12,
        _ => return scale_of(suffix),
    })
}

fn parse_figures(text: &str) -> Option<Number> {
    let (sign, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_space = |c: char| matches!(c, '\u{a0}' | '\u{2009}' | '\u{202f}');
    let end = text
        .char_indices()
        .find(|&(at, c)| {
            let before_digit = text[at + c.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
            !(c.is_ascii_digit() || (before_digit && (matches!(c, ',' | '.') || is_space(c))))
        })
        .map_or(text.len(), |(at, _)| at);
    let (figures, rest) = text.split_at(end);
    let value = grouped_value(&figures.replace(is_space, ","))? * sign;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
    if rest.is_empty() {
        return (end == text.len()).then_some(Number { value, is_ordinal: false });
    }
    if matches!(rest, "st" | "nd" | "rd" | "th") {
        let whole = figures.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
        let is_ordinal = whole && rest == ordinal_suffix(value.abs() as u64) && text.len() == figures.len() + 2;
        return is_ordinal.then_some(Number { value, is_ordinal });
    }
    let mut value = value;
    for word in rest.split_whitespace() {
        value *= short_scale_of(word)?;
    }
    Some(Number { value, is_ordinal: false })
}

/// "1,200.5": groups of three after the first, one decimal point.
fn grouped_value(figures: &str) -> Option<f64> {
    let (whole, fraction) = figures.split_once('.').unwrap_or((figures, ""));
    if fraction.contains(['.', ',']) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_grouped = whole.contains(',');
    let well_grouped = groups.all(|group| group.len() == 3) && (!is_grouped || (1..=3).contains(&first.len()));
    if !well_grouped {
        return None;
    }
    figures.replace(',', "").parse().ok()
}

fn ordinal_suffix(value: u64) -> &'static str {
    match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

fn parse_words(text: &str) -> Option<Number> {
    let text = text.strip_prefix("a ").map_or_else(|| text.to_string(), |rest| ["one ", rest].concat());
    if let Some(scale) = text.strip_prefix("half a ").and_then(scale_of) {
        return Some(Number { value: scale / 2.0, is_ordinal: false });
    }
    let (mut total, mut group) = (0.0, 0.0);
    let (mut is_ordinal, mut n_words, mut last_scale) = (false, 0, f64::INFINITY);
    // What may still be added to the group: a hundred's remainder, a ten's ones.
    let mut room = 1000.0;
    let words = text.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    for word in words {
        if is_ordinal {
            return None;
        }
        if word == "and" {
            if n_words == 0 {
                return None;
            }
            continue;
        }
        n_words += 1;
        let cardinal = cardinal_of_ordinal(word);
        is_ordinal = cardinal.is_some();
        let word = cardinal.as_deref().unwrap_or(word);
        if let Some(value) = ones_of(word).map(|ones| ones as f64) {
            let fits = value < room && (value > 0.0 || (n_words == 1 && group == 0.0));
            if !fits {
                return None;
            }
            group += value;
            room = 0.0;
        } else if let Some(value) = tens_of(word).map(|tens| tens as f64) {
            if value >= room {
                return None;
            }
            group += value;
            room = 10.0;
        } else {
            let scale = scale_of(word)?;
            if n_words == 1 && !is_ordinal {
                return None;
            }
            let factor = if group == 0.0 && n_words == 1 { 1.0 } else { group };
            if factor == 0.0 {
                return None;
            }
            if scale <= 100.0 {
                if factor >= 100.0 {
                    return None;
                }
                group = factor * scale;
                room = if scale == 100.0 { 100.0 } else { 0.0 };
            } else {
                if scale >= last_scale {
                    return None;
                }
                total += factor * scale;
                (group, room, last_scale) = (0.0, 1000.0, scale);
            }
        }
    }
    (n_words > 0).then_some(Number { value: total + group, is_ordinal })
}

/// "third" → "three", "twentieth" → "twenty", "hundredth" → "hundred"; `None` if it is no ordinal.
fn cardinal_of_ordinal(word: &str) -> Option<String> {
    let irregular = match word {
        "first" => "one",
        "second" => "two",
        "third" => "three",
        "fifth" => "five",
        "eighth" => "eight",
        "ninth" => "nine",
        "twelfth" => "twelve",
        _ => "",
    };
    if !irregular.is_empty() {
        return Some(irregular.to_string());
    }
    let stem = word.strip_suffix("th")?;
    let cardinal = stem.strip_suffix("ie").map_or_else(|| stem.to_string(), |tens| [tens, "y"].concat());
    let is_number = ones_of(&cardinal).is_some() || tens_of(&cardinal).is_some() || scale_of(&cardinal).is_some();
    is_number.then_some(cardinal)
}
