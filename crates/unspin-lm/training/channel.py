"""The spinner's dictionary: everything that may stand in the place of a natural word or phrase, by source.

Sources (names used by styles, the development set and the tables of README.md):

    hand     hand_pairs.txt, inflected            terms   whole tortured terms and their words aligned one to one
    func     phrases.txt, function words          near    nearest neighbours among the base model's input embeddings
    wn       WordNet, synonyms of four senses     two     a synonym of a synonym
    wnfar    WordNet, later senses, kinds, sisters random a random frequent word in the same form
    moby     Moby Thesaurus                       class   another function word of the same class
    mythes   MyThes en-US

Pairs of a fixed tenth of all lemma pairs (unless the hand list has them) and a fifth of the terms are never drawn
unless `held` is asked for.
"""
import collections
import os
import pickle
import re

import numpy as np

import paths
import text
import thesauri
from inflect import analyses, inflect
from thesauri import STOP, fits, pair_is_held, usable

CLASSES = [x.split() for x in (
    "in on at of to for from with by about into over under between among through during before after against toward towards"
    " within without upon across beyond near inside outside around along behind off onto despite per via throughout",
    "the a an this that these those some any each every both either all another such no its their his her our my your",
    "will would can could may might shall should must",
    "is are was were be been being has have had does do did",
    "that which who whom whose what where when why how whether",
    "and but or because since as if though although while whereas unless until so than nor yet",
    "more most much many less least few several fewer enough other others same own",
    "also too only just even still yet already very so again then now here there never always often ever once however",
    "he she it they we you i him her them us himself herself itself themselves one someone anyone everyone nobody",
    "one two three four five six seven eight nine ten first second third fourth last next half dozen hundred thousand million",
    "up down out off away back over on in through around along apart together forward",
)]
DEMONYMS = ("japanese chinese american british french german polish turkish danish english european russian spanish indian"
            " dutch swiss irish greek roman welsh scottish korean african asian arab christian catholic mexican cuban").split()


def unigrams():
    """Counts of lower-case words in the smaller sources and the first part of the large one; cached."""
    cache = paths.work("cache", "unigrams.pkl")
    if os.path.exists(cache):
        return pickle.load(open(cache, "rb"))
    counts = collections.Counter()
    for name, _, _ in text.SOURCES:
        limit = text.REUTERS_FIRST_HALF if "reuters" in name else 60_000
        for line in text.lines(name, limit):
            counts.update(re.findall(r"[a-z]+(?:-[a-z]+)*", line))
    pickle.dump(counts, open(cache, "wb"))
    return counts


def embedding_neighbours(counts, size=16):
    """word -> nearest whole words by cosine of the base model's input embeddings; cached."""
    cache = paths.work("cache", "neighbours.pkl")
    if os.path.exists(cache):
        return pickle.load(open(cache, "rb"))
    from safetensors.numpy import load_file

    from pieces import Pieces, base_file
    vocabulary = Pieces().vocabulary
    keep = [i for i, p in enumerate(vocabulary) if p.isalpha() and p.isascii() and len(p) > 2 and counts.get(p, 0) >= 30]
    rows = load_file(base_file("model.safetensors"))["embeddings.word_embeddings.weight"][keep].astype(np.float32)
    rows -= rows.mean(0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    table = {}
    for a in range(0, len(keep), 1000):
        best = np.argsort(-(rows[a:a + 1000] @ rows.T), axis=1)[:, 1:size + 1]
        for i, row in enumerate(best):
            table[vocabulary[keep[a + i]]] = [vocabulary[keep[j]] for j in row]
    pickle.dump(table, open(cache, "wb"))
    return table


class Draw:
    """Candidates with cumulative weights, drawn by a given random generator."""
    __slots__ = ("items", "cumulative")

    def __init__(self, weights):
        self.items = list(weights)
        total, self.cumulative = 0.0, []
        for item in self.items:
            total += weights[item]
            self.cumulative.append(total)

    def __bool__(self):
        return bool(self.items)

    def one(self, rng):
        return rng.choices(self.items, cum_weights=self.cumulative)[0]


class Channel:
    def __init__(self):
        self.counts = unigrams()
        self.wordnet = thesauri.wordnet()
        self.moby = thesauri.moby(self.counts)
        self.mythes = thesauri.mythes(self.counts)
        self.hand = thesauri.pair_list(paths.data("lexicons", "hand_pairs.txt"))
        self.func = thesauri.pair_list(os.path.join(paths.HERE, "phrases.txt"))
        self.list = thesauri.pair_list(os.path.join(paths.HERE, "words.txt"))
        self.term, self.term_words, self.held_terms = thesauri.tortured()
        self.near = embedding_neighbours(self.counts)
        self.hand_pairs = {(a, b) for table in (self.hand, self.list) for a, row in table.items() for b in row}
        self.favourites = {b for row in self.hand.values() for b in row if " " not in b}  # what spinners like to put
        self.class_of = {}
        for group in CLASSES:
            for word in group:
                self.class_of.setdefault(word, []).append(group)
        self.frequent = collections.defaultdict(list)  # tag -> frequent words in that form
        for word, count in self.counts.items():
            if count > 150 and word.isalpha() and len(word) > 2 and word not in STOP:
                for _, upos, tag in analyses(word)[:2]:
                    self.frequent[tag].append(word)
        self.phrases = self._phrases()
        self.longest = max(len(k.split()) for k in self.phrases)
        self._lemma = {}

    def _phrases(self):
        """Natural phrases of several words -> {source: Draw}."""
        table = collections.defaultdict(dict)
        for source, rows in (("hand", self.hand), ("list", self.list), ("func", self.func), ("terms", self.term)):
            for natural, row in rows.items():
                if " " in natural and len(natural.split()) <= 4:
                    table[natural][source] = Draw(row)
        for (lemma, upos), (near, far) in self.wordnet.items():
            if " " in lemma and len(lemma.split()) <= 3 and usable(lemma, self.counts):
                row = {s: w for s, w in near.items() if not pair_is_held(lemma, s) and usable(s, self.counts)}
                if row:
                    table[lemma].setdefault("wn", Draw(row))
        for lemma, row in self.moby.items():
            if " " in lemma and (lemma.split()[0] not in STOP or len(lemma.split()) > 2):
                row = {s: w * self.taste(s) for s, w in row.items() if not pair_is_held(lemma, s)}
                if row:
                    table[lemma]["moby"] = Draw(row)
        return dict(table)

    def taste(self, phrase):
        """Spinners' dictionaries prefer common words: a weight from .15 to about 1 by frequency."""
        rare = min(self.counts.get(x, 0) for x in phrase.split())
        return (.15 + np.log1p(rare) / 12) * (.5 if " " in phrase else 1)

    def lemma_draws(self, lemma, upos, held):
        """{source: Draw} of lemmas that may replace a lemma; with `held`, only pairs that training never shows."""
        key = lemma, upos, held
        if key not in self._lemma:
            near, far = self.wordnet.get((lemma, upos), ({}, {}))
            rows = {"wn": near, "wnfar": far,
                    "moby": {s: w for s, w in self.moby.get(lemma, {}).items() if fits(s, upos)},
                    "mythes": self.mythes.get((lemma, upos), {}),
                    "terms": {s: np.log1p(w) for s, w in self.term_words.get(lemma, {}).items()}}
            draws = {}
            for source, row in rows.items():
                row = {s: w * self.taste(s) for s, w in row.items()
                       if s not in STOP and s != lemma and (source == "terms" or usable(s, self.counts))
                       and pair_is_held(lemma, s) == held and (lemma, s) not in self.hand_pairs}
                if row and not (held and source == "terms"):
                    draws[source] = Draw(row)
            self._lemma[key] = draws
        return self._lemma[key]

    def knows(self, word):
        return word in self.hand or word in self.list or word in self.func or word in self.class_of or (word not in STOP and bool(analyses(word)))

    def draw_phrase(self, phrase, weights, rng):
        sources = self.phrases[phrase]
        names = list(sources)
        name = rng.choices(names, [weights.get(n, .1) for n in names])[0]
        return sources[name].one(rng), name

    def draw_word(self, word, weights, rng, held=False, lose_form=0.0):
        """Another word or phrase for one lower-case word: (spun, source), or None."""
        options = {}
        if not held:
            if word in self.hand:
                options["hand"] = weights["hand"]
            if word in self.list:
                options["list"] = weights["list"]
            if word in self.func:
                options["func"] = weights["func"]
            if word in self.class_of:
                options["class"] = weights["class"]
        content = word not in STOP and len(word) > 2 and word not in self.class_of
        reading = rng.choice(analyses(word)) if content and analyses(word) else None
        draws = self.lemma_draws(reading[0], reading[1], held) if reading else {}
        for name in draws:
            options[name] = weights[name]
        if content and not held:
            if word in self.near:
                options["near"] = weights["near"]
            if reading:
                options["random"] = weights["random"]
                if "wn" in draws or "moby" in draws:
                    options["two"] = weights["two"]
        if not options:
            return None
        names = list(options)
        name = rng.choices(names, [options[n] for n in names])[0]
        if name in ("hand", "list"):
            row = (self.hand if name == "hand" else self.list)[word]
            return rng.choices(list(row), list(row.values()))[0], name
        if name == "func":
            row = self.func[word]
            return rng.choices(list(row), list(row.values()))[0], name
        if name == "class":
            group = rng.choice(self.class_of[word])
            return rng.choice(group), name
        if name == "near":
            spun = rng.choice(self.near[word])
            return (None if pair_is_held(word, spun) else (spun, name))
        lemma, upos, tag = reading
        if rng.random() < lose_form:
            tag = rng.choice(thesauri.TAGS[upos])
        if name == "random":
            pool = self.frequent.get(tag)
            return (rng.choice(pool), name) if pool else None
        if name == "two":
            first = draws[rng.choice([n for n in ("wn", "moby") if n in draws])].one(rng)
            onward = self.lemma_draws(first, upos, False)
            onward = [onward[n] for n in ("wn", "moby", "mythes") if n in onward]
            if not onward:
                return None
            spun = rng.choice(onward).one(rng)
            if spun == lemma or pair_is_held(lemma, spun):
                return None
        else:
            spun = draws[name].one(rng)
        form = inflect(spun, upos, tag)
        return (form, name) if form and form != word else None


def load():
    """The channel, built once (about a minute) and kept in the working folder."""
    cache = paths.work("cache", "channel.pkl")
    if os.path.exists(cache):
        return pickle.load(open(cache, "rb"))
    channel = Channel()
    pickle.dump(channel, open(cache + ".tmp", "wb"), protocol=4)
    os.replace(cache + ".tmp", cache)
    return channel


if __name__ == "__main__":
    import random

    import channel  # so that the cache names the module, not __main__
    c = channel.load()
    rng = random.Random(1)
    flat = collections.defaultdict(lambda: 1.0)
    print(len(c.hand), "hand", len(c.func), "func", len(c.moby), "moby", len(c.mythes), "mythes", len(c.phrases), "phrases",
          len(c.held_terms), "held terms")
    for w in "suggested hard since military announced year largest capability quickly".split():
        print(w, [c.draw_word(w, flat, rng) for _ in range(14)])
