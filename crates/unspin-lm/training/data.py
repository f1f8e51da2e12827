"""Write shards of spun text as arrays of word pieces.

    python data.py [--shards 12] [--pieces 1500000] [--seed 1] [--first 0] [--gold FOLDER]

Shards appear one by one in UNSPIN_WORK/shards (written under another name, then renamed), so that training can begin
after the first. A shard depends on the seed and its number alone: an interrupted run goes on with `--first N`, and shards
that exist are left alone. `dev.npz` is written first: text kept out of training, half of its pairs kept out too.

Arrays of a shard, over all pieces of all windows: ids, case, replaced (1, 0, -1 not the first piece of a word), original
(piece that stood there, -1 unknown; given at first pieces), source (development set: index into `sources`), length of
each window.
"""
import argparse
import json
import os
import random
import time

import numpy as np

import channel
import paths
import sampler
import text
from pieces import CLS, NOTHING, SEP, Pieces
from spinner import Item, Spinner, Style, favour
from words import sentence_starts

LONGEST = 96  # pieces in a window, [CLS] and [SEP] included


def windows(starts, length, rng):
    """Cut a document of `length` pieces, sentences beginning at `starts`, into windows (a, b)."""
    room, mode = LONGEST - 2, rng.random()
    most = 1 if mode < .45 else 2 if mode < .75 else 99  # sentences a window
    bounds = sorted(set(starts) | {0}) + [length]
    a, k = 0, 1
    while a < length:
        b, taken = a, 0
        while k < len(bounds) and bounds[k] - a <= room and taken < most:
            b, taken, k = bounds[k], taken + 1, k + 1
        if b == a:  # one sentence longer than a window
            b = min(a + room, bounds[k] if k < len(bounds) else length)
            if k < len(bounds) and b == bounds[k]:
                k += 1
        if b - a >= 5:
            yield a, b
        a = b


class Writer:
    def __init__(self):
        self.pieces = Pieces()
        self.sources = [""]
        self.columns = {"ids": [], "case": [], "replaced": [], "original": [], "source": []}
        self.lengths = []

    def __len__(self):
        return len(self.columns["ids"])

    def target(self, item, first_piece):
        if item.original == "=":
            return first_piece
        if item.original == "?":
            return -1
        return NOTHING if item.original is None else self.pieces.first(item.original)

    def add(self, items, rng):
        words = [x.word for x in items]
        ids, cases, owner = self.pieces.encode(words)
        first = [k == 0 or owner[k] != owner[k - 1] for k in range(len(owner))]
        begin = set(sentence_starts([(x.word, x.space) for x in items]))
        starts = [k for k in range(len(owner)) if first[k] and owner[k] in begin]
        replaced = [items[w].replaced if f else -1 for w, f in zip(owner, first)]
        original = [self.target(items[w], d) if f else -1 for w, f, d in zip(owner, first, ids)]
        source = [self.number(items[w].source) if f and items[w].replaced else 0 for w, f in zip(owner, first)]
        for a, b in windows(starts, len(ids), rng):
            for name, values, ends in (("ids", ids, (CLS, SEP)), ("case", cases, (0, 0)), ("replaced", replaced, (-1, -1)),
                                       ("original", original, (-1, -1)), ("source", source, (0, 0))):
                column = self.columns[name]
                column.append(ends[0])
                column += values[a:b]
                column.append(ends[1])
            self.lengths.append(b - a + 2)

    def number(self, source):
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source)

    def save(self, path):
        types = {"ids": np.uint16, "case": np.uint8, "replaced": np.int8, "original": np.int16, "source": np.uint8}
        arrays = {k: np.array(v, types[k]) for k, v in self.columns.items()}
        temporary = path + ".part.npz"
        np.savez(temporary, length=np.array(self.lengths, np.int32), sources=np.array(self.sources), **arrays)
        os.replace(temporary, path)
        replaced = arrays["replaced"]
        return {"pieces": len(self), "windows": len(self.lengths), "words": int((replaced >= 0).sum()),
                "replaced": float((replaced == 1).sum() / (replaced >= 0).sum()),
                "by_source": {s: int((arrays["source"] == i).sum()) for i, s in enumerate(self.sources) if i}}


def shard(number, stock, spinning, pieces, seed, path):
    rng = random.Random(f"{seed}/{number}")
    spinner, writer = Spinner(spinning, rng, sampler.load()), Writer()
    batch = stock.slice(number, pieces // 190)
    for k, story in enumerate(batch):
        if len(writer) >= pieces:
            break
        style = Style(rng, sampled=True)
        if style.density == 0 and k + 3 < len(batch) and rng.random() < .4:  # a hard negative: rich in favourites
            best = max(range(k, k + 4), key=lambda j: favour(batch[j], spinning.favourites))
            batch[k], batch[best] = batch[best], batch[k]
            story = batch[k]
        curly = rng.random() < .3
        paragraphs = [p.replace("'", "’") if curly else p for p in story]
        items = [x for p in spinner.document(paragraphs, style) for x in p]
        writer.add(items, rng)
        spinner.naturals.clear()
    return writer.save(path)


def development(spinning, seed, path, pieces=250_000):
    rng = random.Random(f"{seed}/dev")
    spinner, writer = Spinner(spinning, rng), Writer()
    batch = [s for name, share, _ in text.SOURCES if share >= .05 and "core" not in name for s in text.stories(name, "dev")]
    rng.shuffle(batch)
    for story in batch:
        if len(writer) >= pieces:
            break
        style = Style(rng, held=True)
        writer.add([x for p in spinner.document(story, style) for x in p], rng)
    return writer.save(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--pieces", type=int, default=1_500_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gold", help="folder of gold articles: text that must not be trained on")
    args = parser.parse_args()
    begun = time.time()
    spinning = channel.load()
    dev = paths.work("shards", "dev.npz")
    if not os.path.exists(dev):
        print("dev", json.dumps(development(spinning, args.seed, dev)), flush=True)
    stock = text.Stock(args.seed, text.gold_openings(args.gold) if args.gold else ())
    print({name: len(pile) for name, _, pile in stock.piles}, f"{time.time() - begun:.0f} s", flush=True)
    for number in range(args.first, args.shards):
        path = paths.work("shards", f"{number:04}.npz")
        if os.path.exists(path):
            continue
        facts = shard(number, stock, spinning, args.pieces, args.seed, path)
        facts["seed"] = f"{args.seed}/{number}"
        with open(path.replace(".npz", ".json"), "w") as file:
            json.dump(facts, file, indent=1)
        print(number, json.dumps(facts), f"{time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
