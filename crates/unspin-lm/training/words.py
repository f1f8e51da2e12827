"""Words, sentences and the notation of marked articles, `{{spun=>natural|other natural}}`, `{{?optional=>natural}}`."""
import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*(?:’?'?s|th|nd|st|rd)?|\S")
MARK = re.compile(r"\{\{(\??)(.*?)=>(.*?)\}\}", re.S)
CLAIM = re.compile(r"\{\{[a-z-]+\??:\s*(.*?)\}\}", re.S)
ABBREVIATIONS = set(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt st no vs inc corp co ltd jan feb mar apr jun jul aug sept sep oct nov dec fig ca approx etc dept"
    .split()
)
CLOSERS = set("\"”’)]'")


def words(text):
    return WORD.findall(text)


def spaced_words(text, first_space=False):
    """Words of `text`, each with whether white space stands before it."""
    out, end = [], 0
    for match in WORD.finditer(text):
        out.append((match.group(), first_space if not out else match.start() > end))
        end = match.end()
    return out


def trim(spun, natural):
    """Bounds (start, end) of what differs in two word lists, after dropping the common prefix and suffix: a, b, c, d."""
    x, y = [w.lower() for w in spun], [w.lower() for w in natural]
    i = 0
    while i < min(len(x), len(y)) and x[i] == y[i]:
        i += 1
    j = 0
    while j < min(len(x), len(y)) - i and x[-1 - j] == y[-1 - j]:
        j += 1
    return i, len(x) - j, i, len(y) - j


def label_span(spun, natural):
    """Which words of `spun` are marked, and the first natural word that stood at the first of them.

    Returns (start, end, original). `original` is None where nothing stood there (an inserted word). A pure
    deletion marks the word beside the gap. start == end: the two do not differ.
    """
    a, b, c, d = trim(spun, natural)
    if a < b:
        return a, b, natural[c].lower() if c < d else None
    if c < d and spun:
        a = min(a, len(spun) - 1)
        return a, a + 1, natural[c].lower()
    return 0, 0, None


def sentence_starts(tokens):
    """For (word, space) tokens: the indices at which a sentence begins."""
    starts = [0] if tokens else []
    for i in range(1, len(tokens)):
        word, space = tokens[i]
        if not space or not (word[0].isupper() or word[0].isdigit() or word[0] in "\"“‘(["):
            continue
        k = i - 1
        while k > 0 and tokens[k][0] in CLOSERS:
            k -= 1
        if tokens[k][0] in ".!?":
            before = tokens[k - 1][0] if k else ""
            if tokens[k][0] == "." and (before.lower() in ABBREVIATIONS or len(before) == 1 and before.isalpha()):
                continue
            starts.append(i)
    return starts


def gold(paragraph):
    """A marked paragraph -> tokens [(word, space)], labels (1 marked, 0 not, -1 optional), spans (start, end, naturals)."""
    paragraph = CLAIM.sub(r"\1", paragraph)
    text, marks, end = "", [], 0
    for match in MARK.finditer(paragraph):
        text += paragraph[end:match.start()]
        marks.append((len(text), len(text) + len(match.group(2)), bool(match.group(1)), match.group(3).split("|")))
        text += match.group(2)
        end = match.end()
    text += paragraph[end:]
    places = [(m.start(), m.end()) for m in WORD.finditer(text)]
    tokens = spaced_words(text)
    labels, spans = [0] * len(tokens), []
    for start, stop, optional, naturals in marks:
        inside = [i for i, (a, b) in enumerate(places) if a < stop and b > start]
        if not inside:
            continue
        a, b, _ = label_span([tokens[i][0] for i in inside], words(naturals[0]))
        if a == b:
            continue
        for i in inside[a:b]:
            labels[i] = -1 if optional else 1
        if not optional:
            spans.append((inside[a], inside[b - 1] + 1, [n.strip() for n in naturals]))
    return tokens, labels, spans
