//! The rule `unsourced-figure`: a number that somebody must have counted, and nobody is said to have.

use unspin_english::{Pos, PosSet, WordClasses, numbers};

use super::{Family, Rule};
use crate::attribution::{WordKind, Words, is_month_or_day, is_person};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Hit, HitKind, unsourced};
use crate::config::RuleLevel;

pub(super) static RULE: Rule = Rule {
    name: "unsourced-figure",
    family: Family::Claim,
    page: include_str!("unsourced_figure.md"),
    level: RuleLevel::Information,
};

pub(super) fn find(line: &Words<'_>, hits: &mut Vec<Hit>) {
    if is_on_record(line) {
        return;
    }
    let mut idx = 0;
    while idx < line.len() {
        match figure_at(line, idx) {
            Some(words) => {
                hits.push(Hit { kind: HitKind::Figure, sentence: line.sentence, range: line.range(words.clone()) });
                idx = words.end.max(idx + 1);
            }
            None => idx += 1,
        }
    }
}

/// The words of a figure with its hedge and unit, when its number begins at `idx`.
fn figure_at(line: &Words<'_>, idx: usize) -> Option<std::ops::Range<usize>> {
    if let Some(end) = share(line, idx) {
        return Some(idx..end);
    }
    let symbol = line.kind(idx) == Some(WordKind::Symbol) && matches!(line.items[idx].text, "$" | "€" | "£" | "¥");
    let number_at = idx + usize::from(symbol);
    let after_symbol =
        !symbol && idx > 0 && line.kind(idx - 1) == Some(WordKind::Symbol) && line.items[idx - 1].text != "%";
    if !is_number(line, number_at) || after_symbol || (idx > 0 && is_number(line, idx - 1)) {
        return None;
    }
    let mut end = number_at + 1;
    let mut scaled = false;
    while end < line.len() && (is_number(line, end) || matches!(line.lower(end), "mln" | "bln" | "m" | "bn")) {
        scaled |= matches!(line.lower(end), "million" | "billion" | "trillion" | "mln" | "bln" | "m" | "bn");
        end += 1;
    }
    scaled |= line.items[number_at].text.ends_with(['m', 'b']) && symbol || line.items[number_at].text.ends_with("bn");
    let (start, hedged) = hedge_before(line, idx);
    if symbol || is_currency(line.lower(end)) {
        let end = if symbol { end } else { end + 1 };
        // The size of a deal is part of what it is (E11).
        let deal = matches!(
            line.lower(end),
            "deal"
                | "contract"
                | "loan"
                | "credit"
                | "facility"
                | "offer"
                | "bid"
                | "project"
                | "plan"
                | "fund"
                | "programme"
                | "program"
                | "grant"
                | "bond"
        );
        // What somebody paid, earned or was fined is on record (E11); what a thing is worth or has cost was estimated.
        let estimated = (start.saturating_sub(4)..line.len().min(end + 3)).any(|at| {
            matches!(
                line.lower(at),
                "worth"
                    | "cost"
                    | "costs"
                    | "costing"
                    | "totalled"
                    | "totaled"
                    | "exports"
                    | "imports"
                    | "damage"
                    | "losses"
                    | "estimated"
                    | "economy"
            )
        });
        return (!deal
            && !is_dealt(line)
            && ((scaled && (hedged || estimated)) || (hedged && amount(line, number_at) >= 1_000_000)))
            .then_some(start..end);
    }
    let percent = matches!(line.lower(end), "percent" | "pct")
        || (line.lower(end) == "per" && line.lower(end + 1) == "cent")
        || line.items.get(end).is_some_and(|word| word.text == "%");
    if percent {
        let end = end + if line.lower(end) == "per" { 2 } else { 1 };
        let share = hedged || line.lower(end) == "of";
        return (share && !is_market(line)).then_some(start..end);
    }
    let unit = line.lower(end);
    let before = line.lower(start.wrapping_sub(1));
    if scaled && unit.is_empty() {
        return matches!(
            before,
            "totalled" | "totaled" | "cost" | "costs" | "costing" | "worth" | "reached" | "exceeded" | "of"
        )
        .then_some(start..end);
    }
    if unit.is_empty()
        || is_time(unit)
        || is_month_or_day(unit)
        || matches!(unit, "of" | "in" | "to" | "and" | "or" | "on" | "at" | "degrees" | "votes" | "points" | "seats")
    {
        return None;
    }
    let vague = matches!(line.lower(start), "some" | "about" | "around" | "roughly" | "estimated");
    if is_distance(unit) && (!(scaled && hedged) || vague || unit.starts_with("light")) {
        return None;
    }
    let counted = (scaled && !unit.is_empty()) || (hedged && amount(line, number_at) >= 1_000);
    let is_year = amount(line, number_at) < 2_100
        && amount(line, number_at) >= 1_500
        && !line.items[number_at].text.contains(',')
        && !scaled;
    // "Benin's 7 million people": how many live there is known (E10).
    let inhabitants = unit == "people" && start > 0 && line.lower(start - 1).ends_with("'s");
    if inhabitants {
        return None;
    }
    let deal = (end..end + 3).any(|at| matches!(line.lower(at), "deal" | "order" | "tender"));
    (counted && !is_year && !deal && !is_dealt(line)).then_some(start..unit_end(line, end))
}

/// To the noun that is counted: "more than 1,000 weather balloons", at most three words.
fn unit_end(line: &Words<'_>, unit: usize) -> usize {
    let mut at = unit;
    while at < unit + 2
        && !line.lower(at).ends_with('s')
        && !is_person(line.lower(at))
        && line.items.get(at + 1).is_some_and(|next| {
            next.is_word()
                && next.classes.is_empty()
                && next.possible().contains(Pos::Noun)
                && next.pos() != PosSet::ADJECTIVE
                && !next.is_surely_verb()
        })
    {
        at += 1;
    }
    at + 1
}

/// E11: results set side by side ("Net 3.5 mln vs 2.9 mln"), who was asked in a study, what a hall holds; E10: "a light-year is about …".
fn is_on_record(line: &Words<'_>) -> bool {
    let defines = matches!(line.lower(0), "a" | "an") && (2..4).any(|at| line.has(at, WordClasses::BE));
    // "originally expected to catch 10,000": an estimate of somebody's own; "is expected to" hides whose.
    let own = (1..line.len()).any(|idx| {
        line.lower(idx) == "expected"
            && !line.has(idx - 1, WordClasses::BE)
            && (!line.is_adverb(idx - 1) || idx < 2 || !line.has(idx - 2, WordClasses::BE))
            && line.lower(idx + 1) == "to"
    });
    defines
        || own
        || asked(line)
        || line.items.iter().any(|word| {
            matches!(
                &*word.lower,
                "vs" | "v"
                    | "attending"
                    | "attended"
                    | "gathering"
                    | "gathered"
                    | "watched"
                    | "turnout"
                    | "questioned"
                    | "surveyed"
                    | "interviewed"
                    | "sampled"
                    | "polled"
                    | "accommodate"
                    | "flocked"
                    | "threshold"
                    | "mandate"
                    | "legislation"
                    | "calls"
                    | "queries"
                    | "score"
                    | "plan"
                    | "plans"
                    | "population"
                    | "subjects"
                    | "eligible"
                    | "rebate"
                    | "target"
                    | "targets"
                    | "estimate"
                    | "variation"
                    | "mapped"
                    | "diverted"
                    | "planned"
                    | "house"
                    | "participants"
                    | "volunteers"
                    | "experiment"
                    | "placebo"
                    | "injected"
                    | "referendum"
                    | "ballot"
                    | "voted"
                    | "allocations"
                    | "nominations"
                    | "entries"
                    | "expects"
                    | "expecting"
                    | "expect"
                    | "predicts"
                    | "predicting"
                    | "forecasts"
                    | "forecasting"
                    | "anticipates"
                    | "anticipating"
                    | "estimates"
                    | "values"
                    | "capacity"
                    | "seats"
                    | "seating"
            )
        })
}

/// "were asked about": who was counted, they counted themselves.
fn asked(line: &Words<'_>) -> bool {
    (1..line.len()).any(|idx| line.lower(idx) == "asked" && line.has(idx - 1, WordClasses::BE))
}

/// E11: what somebody paid, bid, asked, won, was fined or granted is in the books.
fn is_dealt(line: &Words<'_>) -> bool {
    line.items.iter().any(|word| {
        matches!(
            &*word.lower,
            "sold"
                | "bought"
                | "buy"
                | "auctioned"
                | "auction"
                | "yarded"
                | "yarding"
                | "offloaded"
                | "bid"
                | "takeover"
                | "offer"
                | "paid"
                | "pay"
                | "pays"
                | "fine"
                | "fined"
                | "damages"
                | "compensation"
                | "settlement"
                | "settled"
                | "lease"
                | "budget"
                | "allocates"
                | "allocated"
                | "grant"
                | "grants"
                | "funding"
                | "invested"
                | "invest"
                | "spend"
                | "spending"
                | "spent"
                | "profit"
                | "turnover"
                | "revenue"
                | "revenues"
                | "contract"
                | "contracts"
                | "sale"
                | "sales"
                | "fetching"
                | "fetched"
                | "prizemoney"
                | "voted"
                | "released"
                | "seeking"
                | "sought"
        )
    })
}

/// "nine in ten", "two thirds of", "fallen by a third".
fn share(line: &Words<'_>, idx: usize) -> Option<usize> {
    let small = |at: usize| {
        cardinal(line, at).is_some_and(|number| number <= 100.0)
            || line.kind(at) == Some(WordKind::Number) && amount(line, at) <= 100
    };
    if small(idx) && (matches!(line.lower(idx + 1), "in") || line.reads(idx + 1, "out of")) {
        let other = idx + if line.lower(idx + 1) == "in" { 2 } else { 3 };
        let in_many = cardinal(line, other).is_some_and(|other| 2.0 <= other);
        return (in_many && small(idx) && line.kind(idx) == Some(WordKind::Word)).then_some(other + 1);
    }
    let moved = matches!(
        line.lower(idx),
        "fallen"
            | "risen"
            | "dropped"
            | "grown"
            | "increased"
            | "declined"
            | "fell"
            | "rose"
            | "decreased"
            | "shrunk"
            | "climbed"
    );
    if moved && line.lower(idx + 1) == "by" && matches!(line.lower(idx + 2), "a" | "two" | "three" | "half" | "more") {
        let fraction = (idx + 2..idx + 7).find(|&at| {
            matches!(line.lower(at), "third" | "quarter" | "half" | "fifth" | "tenth" | "thirds" | "quarters")
        })?;
        return Some(fraction + 1);
    }
    None
}

/// Where the hedge begins that goes with the number, and whether there is one.
fn hedge_before(line: &Words<'_>, number: usize) -> (usize, bool) {
    let before = |distance: usize| number.checked_sub(distance).map_or("", |at| line.lower(at));
    match before(1) {
        "some" | "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" | "over" | "estimated"
        | "exceeding" => {
            let article = before(1) == "estimated" && before(2) == "an";
            (number - 1 - usize::from(article), true)
        }
        "than" if matches!(before(2), "more" | "fewer" | "less") => (number - 2, true),
        "to" if before(2) == "up" => (number - 2, true),
        "least" if before(2) == "at" => (number - 2, true),
        "as" if matches!(before(2), "many" | "much") && before(3) == "as" => (number - 3, true),
        _ => (number, false),
    }
}

fn is_number(line: &Words<'_>, idx: usize) -> bool {
    match line.kind(idx) {
        Some(WordKind::Number) => true,
        Some(WordKind::Word) => line.has(idx, WordClasses::NUMBER) && numbers::is_number_word(line.lower(idx)),
        _ => false,
    }
}

/// The value of a numeral in one word: "two", "fifty".
fn cardinal(line: &Words<'_>, idx: usize) -> Option<f64> {
    let number = numbers::parse(line.lower(idx)).filter(|number| !number.is_ordinal)?;
    (line.kind(idx) == Some(WordKind::Word)).then_some(number.value)
}

/// The size of a number in figures; words are small.
fn amount(line: &Words<'_>, idx: usize) -> u64 {
    let digits: String =
        line.items[idx].text.split('.').next().unwrap_or("").chars().filter(char::is_ascii_digit).take(15).collect();
    digits.parse().unwrap_or(0)
}

fn is_currency(unit: &str) -> bool {
    matches!(
        unit,
        "dollar"
            | "euro"
            | "pound"
            | "dollars"
            | "euros"
            | "pounds"
            | "yen"
            | "dlrs"
            | "dlr"
            | "stg"
            | "marks"
            | "francs"
            | "rupees"
            | "roubles"
            | "rubles"
            | "yuan"
            | "pesos"
    )
}

fn is_time(unit: &str) -> bool {
    matches!(
        unit,
        "years"
            | "year"
            | "hours"
            | "minutes"
            | "days"
            | "weeks"
            | "months"
            | "seconds"
            | "decades"
            | "centuries"
            | "years-old"
            | "bc"
            | "ad"
            | "pm"
            | "am"
            | "p.m"
            | "a.m"
    )
}

fn is_distance(unit: &str) -> bool {
    matches!(
        unit,
        "kilometres"
            | "kilometers"
            | "kilometre"
            | "kilometer"
            | "mile"
            | "documents"
            | "pieces"
            | "km"
            | "miles"
            | "metres"
            | "meters"
            | "feet"
            | "kilograms"
            | "kg"
            | "tonnes"
            | "tons"
            | "acres"
            | "hectares"
            | "square"
            | "cubic"
            | "light"
            | "light-year"
            | "light-years"
            | "degrees"
            | "centimetres"
            | "litres"
    )
}

/// E11: prices and indices on a market are on record.
fn is_market(line: &Words<'_>) -> bool {
    line.items.iter().any(|word| {
        matches!(
            &*word.lower,
            "index"
                | "shares"
                | "stocks"
                | "cents"
                | "points"
                | "close"
                | "closed"
                | "trading"
                | "indicator"
                | "stake"
                | "futures"
                | "market"
        )
    })
}

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for (place, hit) in unsourced(cx, HitKind::Figure) {
        let block = cx.block(place);
        let figure = cx.text(place, &hit.range);
        findings.add(Finding {
            rule: &RULE,
            place,
            range: hit.range.clone(),
            covers: Vec::new(),
            message: format!("{} by whose count?", unspin_english::agree::capitalise_first(figure)),
            note: "no source for the figure in this sentence or next to it".to_owned(),
            field: Default::default(),
            fixes: fixes::attribute(cx, block, place),
        });
    }
}
