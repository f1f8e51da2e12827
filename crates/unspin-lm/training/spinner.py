"""The spinner: clean text in, spun text out, each word with what stood there. Our channel run backwards.

A document has one *style*: how dense, which sources dominate, which words its dictionary knows, whether a choice is
kept through the document, whether quotations and names are spared, how carelessly forms, articles and tokens are broken.
Variety of styles is what the encoder can generalise from.
"""
import random
import re

from channel import DEMONYMS
from inflect import TAGS, analyses, article_for, inflect
from thesauri import bucket
from words import label_span, sentence_starts, spaced_words

BASE = {"hand": 1.0, "list": 1.0, "wn": .6, "wnfar": .45, "moby": .6, "mythes": .45, "terms": .5, "near": .3, "two": .3, "random": .15,
        "func": 1.0, "class": .35}
# What real spinners do most: their dictionaries hold synonyms, few of them absurd; confusions of function words are rare.
PLAUSIBLE = {"hand": 1.5, "list": 2.0, "wn": .8, "wnfar": .25, "moby": .55, "mythes": .4, "terms": .4, "near": .06, "two": .12, "random": .02,
             "func": 1.2, "class": .03}
NUMBER_WORDS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13)))
COMMONEST = {"the", "a", "an", "of", "to", "and"}  # else a confusion of these would fill a quarter of all marks
DIGITS = "zero one two three four five six seven eight nine".split()
DECIMAL = re.compile(r"^(\d+)\.(\d+)$")


class Item:
    """One word of the output. replaced: 0/1. original: '=' itself, a word, None nothing stood there, '?' unknown."""
    __slots__ = ("word", "space", "replaced", "original", "span", "source")

    def __init__(self, word, space, replaced=0, original="=", span=0, source=""):
        self.word, self.space, self.replaced, self.original = word, space, replaced, original
        self.span, self.source = span, source


class Style:
    def __init__(self, rng, density=None, held=False, plausible=None, sampled=False):
        """`plausible`: like real spinners (True) or wilder (False); by default the one or the other by chance."""
        if density is None:
            x = rng.random()
            density = 0.0 if x < .33 else rng.uniform(.03, .25) if x < .6 else rng.uniform(.15, .6)
        self.density = density
        plausible = rng.random() < .5 if plausible is None else plausible
        self.weights = {name: base * rng.gammavariate(.7, 1.4) + .01 * base for name, base in (PLAUSIBLE if plausible else BASE).items()}
        self.content = rng.uniform(.5, 1.2)  # how eagerly content words are replaced
        self.function = rng.uniform(.2, 1.3)  # and function words
        self.phrase = rng.uniform(.8, 2.5)  # and whole phrases
        self.known = rng.choice((1.0, 1.0, 1.0, .7, .4))  # share of words that this spinner's dictionary has
        self.salt = str(rng.random())
        self.constant = rng.choice((0.0, .6, .95))  # how often a choice is kept through the document
        self.memory = {}
        self.names = rng.choice((0.0, 0.0, .1, .3, .6))  # capitalised words inside a sentence
        self.spare_quotes = rng.random() < .55
        self.lose_form = rng.choice((0.0, 0.0, .05, .25))
        self.mend_article = rng.choice((0.0, .5, .9))
        self.break_tokens = rng.choice((0.0, .3, 1.0)) * .12
        self.turn = rng.choice((0.0, .3, 1.0)) * .12
        self.drop = rng.choice((0.0, .3, 1.0)) * .04
        self.case = rng.choice((0.0, 0.0, .5, 1.0)) * .05
        self.capitals = rng.random() < .15  # replacements keep an odd capital (headline case)
        self.sampled = rng.choice((0.0, 0.0, .25, .7)) if sampled else 0.0  # share of words drawn from what fits the neighbours
        self.held = held  # development set: half of the substitutions from pairs that training never shows


class Spinner:
    def __init__(self, channel, rng, sampler=None):
        self.channel, self.rng, self.sampler = channel, rng, sampler
        self.next_span = 1
        self.naturals = {}  # span number -> natural text

    def document(self, paragraphs, style):
        """Paragraphs (strings) -> list of item lists."""
        out = []
        for paragraph in paragraphs:
            items = [Item(w, s) for w, s in spaced_words(paragraph)]
            if style.density > 0:
                items = self.spin(items, style)
                if self.rng.random() < .1:
                    again = Style(self.rng, style.density * .5, style.held)
                    items = self.spin(items, again)
            out.append(items)
        return out

    # -- one pass over a paragraph

    def spin(self, items, style):
        rng, out, i = self.rng, [], 0
        starts = set(sentence_starts([(x.word, x.space) for x in items]))
        spared = quoted(items) if style.spare_quotes else [False] * len(items)
        while i < len(items):
            made = None
            if not spared[i]:
                if items[i].replaced:
                    made = self.respin(items, i, style)
                else:
                    made = (self.broken(items, i, style) or self.phrase(items, i, style, i in starts)
                            or self.word(items, i, style, i in starts) or self.turned(items, i, style)
                            or self.slips(items, i, style, i in starts))
            if made:
                size, new = made
                self.mend(out, new, style)
                out += new
                i += size
            else:
                out.append(items[i])
                i += 1
        return out

    def build(self, items, i, size, spun, source, capital=False):
        """Items for `spun` put in the place of items[i:i+size], or None where nothing differs."""
        natural = items[i:i + size]
        tokens = spaced_words(spun, natural[0].space)
        if not tokens:
            return None
        new_words = [w for w, _ in tokens]
        a, b, original = label_span(new_words, [x.word for x in natural])
        if a == b:
            return None
        if natural[0].word[0].isupper() and (capital or natural[0].word.isalpha()):
            head = new_words[0]
            new_words[0] = head.upper() if len(head) > 1 and natural[0].word.isupper() and len(natural[0].word) > 1 \
                else head[0].upper() + head[1:]
        span, self.next_span = self.next_span, self.next_span + 1
        self.naturals[span] = "".join((" " if x.space and k else "") + x.word for k, x in enumerate(natural))
        new = []
        for k, word in enumerate(new_words):
            inside = a <= k < b
            new.append(Item(word, tokens[k][1], int(inside), (original if k == a else "?") if inside else "=", span, source))
        return size, new

    def mend(self, out, new, style):
        """The article before a replacement: mended, or left wrong, as the style has it."""
        if out and new and new[0].replaced and out[-1].word.lower() in ("a", "an") and self.rng.random() < style.mend_article:
            right = article_for(new[0].word)
            if out[-1].word.lower() != right and not out[-1].replaced:
                out[-1] = Item(right.capitalize() if out[-1].word[0].isupper() else right, out[-1].space)

    # -- kinds of substitution: each returns (items consumed, new items) or None

    def phrase(self, items, i, style, start):
        channel, rng = self.channel, self.rng
        if not items[i].word[0].isalpha():
            return None
        for size in range(min(channel.longest, len(items) - i), 1, -1):
            if any(x.replaced or not x.word[0].isalpha() for x in items[i + 1:i + size]):
                continue
            key = " ".join(x.word for x in items[i:i + size]).lower()
            if key not in channel.phrases or any(x.word[0].isupper() for x in items[i + (1 if start else 0):i + size]):
                continue
            sources = channel.phrases[key]
            eager = style.phrase if "hand" in sources or "list" in sources or "terms" in sources else style.function if "func" in sources else .4
            if rng.random() < style.density * eager and self.known(key, style):
                spun = self.kept(key, style, lambda: channel.draw_phrase(key, style.weights, rng))
                if spun and not style.held:
                    return self.build(items, i, size, *spun)
        return None

    def word(self, items, i, style, start):
        channel, rng, word = self.channel, self.rng, items[i].word
        if not word.isalpha() or not word.isascii():
            return None
        low = word.lower()
        if not channel.knows(low):
            return None
        rate = style.density * (style.function if low in channel.func or low in channel.class_of else style.content)
        if word[0].isupper() and not start:
            rate *= style.names
        if rng.random() >= rate or not self.known(low, style):
            return None
        if self.sampler and rng.random() < style.sampled:
            near = [items[k].word.lower() if 0 <= k < len(items) else "." for k in (i - 1, i + 1)]
            other = self.sampler.one(near[0], low, near[1], rng)
            return self.build(items, i, 1, other, "sampled") if other else None
        held = style.held and rng.random() < .5
        tag = "+held" if held else ""

        def draw():
            made = channel.draw_word(low, style.weights, rng, held, style.lose_form)
            return made and (made[0], made[1] + tag)

        spun = self.kept(low, style, draw)
        if not spun or not spun[0] or (spun[1] == "class" and low in COMMONEST and rng.random() < .75):
            return None
        return self.build(items, i, 1, spun[0], spun[1])

    def respin(self, items, i, style):
        """A word that was put there already, spun again: what stood there first stays the target."""
        item, rng = items[i], self.rng
        alone = (i == 0 or items[i - 1].span != item.span) and (i + 1 == len(items) or items[i + 1].span != item.span)
        low = item.word.lower()
        if not alone or not item.word.isalpha() or rng.random() > style.density or not self.channel.knows(low):
            return None
        spun = self.channel.draw_word(low, style.weights, rng)
        if not spun or not spun[0] or spun[0] == self.naturals[item.span].lower():
            return None
        new = spun[0][0].upper() + spun[0][1:] if item.word[0].isupper() else spun[0]
        tokens = spaced_words(new, item.space)
        return 1, [Item(w, s, 1, item.original if k == 0 else "?", item.span, "twice") for k, (w, s) in enumerate(tokens)]

    def turned(self, items, i, style):
        """A phrase turned round: a b -> b of a; the a of b -> the b a; an adverb or comparative taken apart."""
        rng = self.rng
        rate = style.density * style.turn
        if rng.random() > rate * 4:
            return None
        word = items[i].word
        if not word.isalpha() or not word.islower():
            return None
        readings = {(u, t) for _, u, t in analyses(word)}
        after = [x for x in items[i + 1:i + 4]]
        plain = [x.word if not x.replaced and x.word.isalpha() and x.word.islower() else "" for x in after]
        if ("NOUN", "NN") in readings and plain and plain[0] and rng.random() < .5:
            other = {(u, t) for _, u, t in analyses(plain[0])}
            if any(u == "NOUN" for u, _ in other) and plain[0] not in self.channel.class_of:
                form = rng.choice((f"{plain[0]} of {word}", f"{plain[0]} {word}", f"{word}-{plain[0]}"))
                return self.build(items, i, 2, form, "turn")
        if any(u == "NOUN" for u, _ in readings) and plain[:1] == ["of"]:
            k = 2 if plain[1:2] == ["the"] else 1
            if len(plain) > k and plain[k] and any(u == "NOUN" for _, u, _ in analyses(plain[k])):
                return self.build(items, i, k + 2, f"{plain[k]} {word}", "turn")
        if ("ADV", "RB") in readings and word.endswith("ly") and len(word) > 5:
            base = word[:-3] + "y" if word.endswith("ily") else word[:-2]
            return self.build(items, i, 1, rng.choice(("in a {} way", "in a {} manner", "{}", "in {} fashion")).format(base), "turn")
        for lemma, upos, tag in analyses(word):
            if tag in ("JJR", "JJS"):
                return self.build(items, i, 1, ("more " if tag == "JJR" else "most ") + rng.choice((lemma, word)), "turn")
            if upos == "VERB" and tag in ("VBD", "VBZ", "VB") and rng.random() < .25:
                ing, frame = inflect(lemma, "VERB", "VBG"), rng.choice(("do", "make", "carry out", "perform", "begin"))
                head = inflect(frame, "VERB", tag)
                if ing and head:
                    return self.build(items, i, 1, rng.choice((f"{head} {ing}", f"{head} a {lemma}", f"{head} the {ing} of")), "turn")
        return None

    def broken(self, items, i, style):
        """Broken tokens: split words, numbers half in words, decimals taken apart, odd ordinals."""
        rng, word, rate = self.rng, items[i].word, style.density * style.break_tokens
        if not rate or rng.random() > rate * 3:
            return None
        low = word.lower()
        number = DECIMAL.match(word)
        if number:
            whole, part = number.groups()
            forms = [f"{whole} . {part}", f"{whole}. {part}", f"{whole} .{part}"]
            if len(whole) == 1:
                forms += [f"{DIGITS[int(whole)]}.{part}"] * 2
            return self.build(items, i, 1, rng.choice(forms), "broken")
        if word.isdigit():
            forms = [DIGITS[int(word)]] if len(word) == 1 else [word[0] + " " + word[1:], word + "th"]
            if len(word) > 3:
                forms.append(DIGITS[int(word[0])] + "," + word[1:])
            return self.build(items, i, 1, rng.choice(forms), "broken")
        if low in ("%", "percent"):
            return self.build(items, i, 1, rng.choice(("p.c", "p.c.", "percentage", "per cent", "pc", "according to cent")), "broken")
        if low in NUMBER_WORDS:
            return self.build(items, i, 1, str(NUMBER_WORDS[low]), "broken")
        if low in ("thousands", "hundreds", "millions"):
            return self.build(items, i, 1, rng.choice({"t": ("1000’s", "1000s", "1,000s"), "h": ("100s", "100’s"), "m": ("hundreds of thousands", "tens of millions")}[low[0]]), "broken")
        if word.isalpha() and word.islower() and len(word) >= 6 and rng.random() < .5:
            counts = self.channel.counts
            cuts = [k for k in range(2, len(word) - 1) if counts.get(low[:k], 0) > 1500 and counts.get(low[k:], 0) > 1500]
            if cuts:
                k = rng.choice(cuts)
                return self.build(items, i, 1, low[:k] + rng.choice((" ", " ", "-")) + low[k:], "broken")
        if i + 2 < len(items) and items[i + 1].word == "-" and not items[i + 1].space and items[i + 2].word.isalpha() and not items[i + 2].replaced:
            return self.build(items, i, 3, word + rng.choice((" ", " ", "")) + items[i + 2].word, "broken")
        return None

    def slips(self, items, i, style, start):
        """Small damage: wrong form, doubled word, lost or added article, lost capital, a name broken, a people for a word."""
        rng, word = self.rng, items[i].word
        if not word.isalpha() or not word.isascii() or rng.random() > style.density * .12:
            return None
        low = word.lower()
        if word[0].isupper() and not start:
            if rng.random() < style.case * 10 and len(word) > 3 and not word.isupper():
                return 1, [self.single(items[i], low, "=", "case")]
            return None
        if style.drop and rng.random() < style.drop * 8:
            if low in ("the", "a", "an") and i + 1 < len(items) and not items[i + 1].replaced and items[i + 1].word.isalpha():
                return self.build(items, i, 2, items[i + 1].word, "dropped")
            choice = rng.random()
            if choice < .4 and word.islower():
                return self.build(items, i, 1, f"{word} {word}", "doubled")
            if choice < .8 and word.islower() and low not in self.channel.class_of:
                return self.build(items, i, 1, f"{rng.choice(('a', 'the', 'an'))} {word}", "article")
        if low in ("a", "an"):
            return self.build(items, i, 1, "an" if low == "a" else "a", "article")
        readings = analyses(low)
        if readings and word.islower():
            if rng.random() < .06 and any(u == "ADJ" for _, u, _ in readings):
                return self.build(items, i, 1, rng.choice(DEMONYMS), "people")
            lemma, upos, tag = rng.choice(readings)
            if rng.random() < style.lose_form * 3:
                form = inflect(lemma, upos, rng.choice(TAGS[upos]))
                if form and form != low:
                    return self.build(items, i, 1, form, "form")
        return None

    # -- helpers

    def single(self, item, word, original, source):
        span, self.next_span = self.next_span, self.next_span + 1
        self.naturals[span] = item.word
        return Item(word, item.space, 1, original, span, source)

    def known(self, key, style):
        return style.known == 1.0 or bucket(key + style.salt, 1000) < 1000 * style.known

    def kept(self, key, style, draw):
        """The choice made before in this document, or a new one."""
        if key in style.memory and self.rng.random() < style.constant:
            return style.memory[key]
        spun = draw()
        if spun and spun[0]:
            style.memory[key] = spun
        return spun


def quoted(items):
    """Which items stand inside a quotation of more than five words."""
    inside, opening = [False] * len(items), None
    for k, item in enumerate(items):
        if item.word in "\"“”" and item.word:
            if opening is None and item.word != "”":
                opening = k
            elif opening is not None:
                if k - opening > 5:
                    inside[opening:k] = [True] * (k - opening)
                opening = None
    return inside


def favour(paragraphs, favourites):
    """Share of words that spinners like to put: clean text rich in them is a hard negative."""
    found = [w.lower() for p in paragraphs for w, _ in spaced_words(p)]
    return sum(w in favourites for w in found) / (len(found) + 10)


def marked(items, naturals):
    """Items -> text in the notation of the gold articles."""
    text, i = "", 0
    while i < len(items):
        j = i + 1
        if items[i].span:
            while j < len(items) and items[j].span == items[i].span:
                j += 1
        body = "".join((" " if x.space and k else "") + x.word for k, x in enumerate(items[i:j]))
        gap = " " if items[i].space and text else ""
        text += gap + (f"{{{{{body}=>{naturals[items[i].span]}}}}}" if items[i].span else body)
        i = j
    return text


if __name__ == "__main__":
    import channel
    import text as sources
    rng = random.Random(3)
    spinner = Spinner(channel.load(), rng)
    for story in sources.stories("eval/reuters21578.txt.zst", "dev")[:6]:
        style = Style(rng, rng.choice((.1, .3, .5)))
        for items in spinner.document(story, style):
            print(round(style.density, 2), marked(items, spinner.naturals), "\n")
