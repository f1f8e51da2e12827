"""Words that commonly stand between two neighbours: a weak generator, as in ELECTRA (Clark et al. 2020).

A thesaurus teaches the encoder which words spinners put; these samples fit their neighbours and have no favourite words,
so that what gives them away is the sentence alone.
"""
import collections
import os
import pickle
import re

import paths
import text
from channel import Draw
from inflect import analyses
from thesauri import STOP, pair_is_held

WORD = re.compile(r"[A-Za-z]+|[^\sA-Za-z]")
LINES = 60_000  # of each source: about 20 million words
LEAST = 3  # bigrams seen less often are forgotten
FOLLOWERS = 250  # kept for a word


class Sampler:
    """Bigram counts in both directions: `after[a]` is {b: count} of the commonest words that follow a."""

    def __init__(self):
        pairs = collections.Counter()
        for name, _, _ in text.SOURCES:
            limit = text.REUTERS_FIRST_HALF if "reuters" in name else LINES
            for line in text.lines(name, limit):
                found = [w.lower() for w in WORD.findall(line)]
                pairs.update(zip(found, found[1:]))
        self.pairs = {pair: count for pair, count in pairs.items() if count >= LEAST and pair[1].isalpha()}
        after = collections.defaultdict(list)
        for (a, b), count in self.pairs.items():
            after[a].append((count, b))
        self.after = {a: Draw({b: count for count, b in sorted(row, reverse=True)[:FOLLOWERS]}) for a, row in after.items()}
        self.classes = {}

    def word_class(self, word):
        """Tags of a content word; the word itself stands for the class of a function word."""
        if word not in self.classes:
            self.classes[word] = {"function"} if word in STOP else {tag for _, _, tag in analyses(word)}
        return self.classes[word]

    def one(self, before, word, behind, rng, tries=16):
        """A word of the same class as `word` that is common after `before` and, if one was found, before `behind`; or None."""
        draw = self.after.get(before)
        wanted = self.word_class(word)
        if not draw or not wanted:
            return None
        options = {}
        for _ in range(tries):
            other = draw.one(rng)
            if other != word and wanted & self.word_class(other) and not pair_is_held(word, other):
                options[other] = .3 + self.pairs.get((other, behind), 0) ** .5
        return rng.choices(list(options), list(options.values()))[0] if options else None


def load():
    """The sampler, built once (some minutes) and kept in the working folder."""
    cache = paths.work("cache", "sampler.pkl")
    if os.path.exists(cache):
        return pickle.load(open(cache, "rb"))
    sampler = Sampler()
    sampler.classes = {}
    pickle.dump(sampler, open(cache + ".tmp", "wb"), protocol=4)
    os.replace(cache + ".tmp", cache)
    return sampler


if __name__ == "__main__":
    import random

    import sampler  # so that the cache names the module, not __main__
    s, rng = sampler.load(), random.Random(1)
    print(len(s.pairs), "pairs", len(s.after), "words")
    for a, w, b in (("the", "government", "said"), ("in", "eastern", "ukraine"), ("to", "expand", "the"), ("result", "of", "the")):
        print(a, w, b, [s.one(a, w, b, rng) for _ in range(12)])
