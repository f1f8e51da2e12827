"""Training text: which sources, in which shares, and which parts of them are kept out.

Consecutive lines make *stories* of about 40 to 350 words. Stories are dealt out once: shard s takes the s-th slice of a
fixed shuffle, so no text is seen twice until a source runs dry. Of every 40 blocks of lines, number 0 is reserved for
fitting the decision layer (`spun_articles.py`) and number 1 for the synthetic development set; training sees neither.
"""
import os
import random
import subprocess

import paths

REUTERS_FIRST_HALF = 9346  # lines; the second half is for evaluation only
BLOCK, EVERY = 8, 40  # lines a block (Reuters: 1, a line is a story); one block in EVERY is reserved

# file, share of stories in a shard, lines a block
SOURCES = [
    ("eval/reuters21578.txt.zst", 0.17, 1),
    ("text/wikipedia_en_recent.txt.zst", 0.37, BLOCK),
    ("text/wikipedia_en_core.txt.zst", 0.29, BLOCK),
    ("text/digitalgov.txt.zst", 0.06, BLOCK),
    ("text/state_union.txt.zst", 0.05, BLOCK),
    ("text/inaugural.txt.zst", 0.02, BLOCK),
    ("text/factbook.txt.zst", 0.04, BLOCK),
]


def lines(name, limit=None):
    process = subprocess.Popen(["zstd", "-dcq", paths.data(name)], stdout=subprocess.PIPE, text=True,
                               encoding="utf8", errors="ignore")
    for i, line in enumerate(process.stdout):
        if limit and i >= limit:
            process.kill()
            return
        yield line.strip()


def gold_openings(folder):
    """First 60 characters of each paragraph of the gold articles: text that must not be trained on."""
    from words import CLAIM, MARK
    openings = set()
    for base, _, files in os.walk(folder):
        for name in files:
            if name.endswith(".txt"):
                with open(os.path.join(base, name), encoding="utf8") as file:
                    for line in file:
                        line = CLAIM.sub(r"\1", MARK.sub(r"\2", line.strip()))
                        if len(line) >= 60:
                            openings.add(line[:60])
    return openings


def stories(name, part, forbidden=(), limit_lines=None):
    """Stories of one source. part: 'train', 'fit' (block 0 of 40) or 'dev' (block 1 of 40). A story is a list of lines."""
    block = dict((n, b) for n, _, b in SOURCES)[name]
    limit = REUTERS_FIRST_HALF if "reuters" in name else limit_lines
    out, story, count, where = [], [], 0, None
    for i, line in enumerate(lines(name, limit)):
        number = i // block
        kind = {0: "fit", 1: "dev"}.get(number % EVERY, "train")
        if kind != part:
            continue
        if where != number:  # a story never crosses the border of a block
            if count >= 40:
                out.append(story)
            story, count, where = [], 0, number
        size = line.count(" ") + 1
        if size < 6 or line[:60] in forbidden:
            continue
        if count and count + size > 350:
            if count >= 40:
                out.append(story)
            story, count = [], 0
        story.append(line[:2800])
        count += min(size, 450)
        if count > 350:
            out.append(story)
            story, count = [], 0
    if count >= 40:
        out.append(story)
    return out


class Stock:
    """All training stories, shuffled once, dealt out in slices."""

    def __init__(self, seed, forbidden=(), core_lines=250_000):
        rng = random.Random(seed)
        self.piles = []
        for name, share, _ in SOURCES:
            pile = stories(name, "train", forbidden, core_lines if "core" in name else None)
            rng.shuffle(pile)
            self.piles.append((name, share, pile))

    def slice(self, shard, size):
        """The stories of a shard, shuffled; a source that has run dry leaves its share to the core Wikipedia."""
        chosen, missing = [], 0
        for name, share, pile in self.piles:
            want = int(size * share)
            got = pile[shard * want:(shard + 1) * want]
            missing += want - len(got)
            chosen += got
        if missing:
            core = self.piles[2][2]
            chosen += core[-missing * (shard + 1):][:missing]
        random.Random(shard).shuffle(chosen)
        return chosen
