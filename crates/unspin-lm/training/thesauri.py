"""Readers of the lists a spinner's dictionary is made from. Every reader returns plain dictionaries of lemmas or surfaces."""
import collections
import hashlib
import re

import paths
from inflect import TAGS, classes, inflect

CLASS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
SHAPE = re.compile(r"^[a-z][a-z'-]+( [a-z][a-z'-]+){0,2}$")
COARSE = set("fuck shit cunt ass arse bitch bastard whore slut piss cock dick tit tits crap nigger fag turd fart bugger screw"
             " knave thou thee ye hath wench".split())
STOP = set(
    "be have do a an the i he she it they we you of in on at to for by from with as and or not no one two his her its their"
    " who which what this that will can may must would could should us s t am is are was were been being has had did does"
    " un so in even then also back out up down off over just like such more most all other some any each both own very ever"
    " never here there when where why how".split())


def bucket(text, size):
    return int(hashlib.md5(text.encode()).hexdigest()[:8], 16) % size


def pair_is_held(a, b):
    """A fixed tenth of all lemma pairs is never trained on, whichever thesaurus has it and in both directions."""
    return bucket("|".join(sorted((a.lower(), b.lower()))), 10) == 0


def term_is_held(expected):
    """A fixed fifth of the tortured terms, by what was meant, is never trained on."""
    return bucket("term:" + normal_term(expected), 5) == 0


def normal_term(expected):
    return re.sub(r"[\s-]+", " ", re.sub(r"\(.*?\)", "", expected.lower())).strip()


def wordnet():
    """(lemma, class) -> ({near: weight}, {far: weight}); and the multiword lemmas of each class."""
    synsets, senses = {}, {}
    for name, upos in CLASS.items():
        for line in open(paths.find_input("data." + name), encoding="latin1"):
            if line.startswith("  "):
                continue
            a = line.split(" | ")[0].split()
            n = int(a[3], 16)
            members = [re.sub(r"\(.*\)", "", a[4 + 2 * i]).replace("_", " ") for i in range(n)]
            p = 4 + 2 * n
            pointers = [(a[p + 1 + 4 * i], a[p + 2 + 4 * i]) for i in range(int(a[p]))]
            synsets[upos, a[0]] = (members, pointers)
        for line in open(paths.find_input("index." + name), encoding="latin1"):
            if line.startswith("  "):
                continue
            a = line.split()
            senses[a[0].replace("_", " "), upos] = a[-int(a[2]):]
    table = {}
    for (lemma, upos), offsets in senses.items():
        near, far = {}, {}
        for rank, offset in enumerate(offsets[:8]):
            members, pointers = synsets[upos, offset]
            for word in members:
                if word.lower() != lemma and word == word.lower():
                    target = near if rank < 4 else far
                    target[word] = max(target.get(word, 0), 1 / (1 + .35 * rank))
            for kind, other in pointers:
                weight = {"&": .6, "@": .5 if rank < 3 else .2, "~": .25 if rank < 2 else 0, "^": .4}.get(kind, 0)
                if weight and (upos, other) in synsets:
                    for word in synsets[upos, other][0][:3]:
                        if word.lower() != lemma and word == word.lower():
                            far[word] = max(far.get(word, 0), weight)
                    if kind == "@" and rank == 0:  # sisters: other kinds of the same thing
                        for kind2, sister in synsets[upos, other][1][:12]:
                            if kind2 == "~" and (upos, sister) in synsets:
                                word = synsets[upos, sister][0][0]
                                if word.lower() != lemma and word == word.lower():
                                    far[word] = max(far.get(word, 0), .15)
        if near or far:
            table[lemma, upos] = (near, far)
    return table


def usable(phrase, counts):
    return (SHAPE.match(phrase) and len(phrase) > 2 and all(counts.get(x, 0) >= 5 for x in phrase.split())
            and not set(phrase.split()) & COARSE)


def fits(phrase, upos):
    """Can the phrase stand where a word of this class stands?"""
    parts = phrase.split()
    if len(parts) == 1:
        return upos in classes(phrase)
    if upos == "VERB":
        return "VERB" in classes(parts[0])
    if upos == "NOUN":
        return "NOUN" in classes(parts[-1]) and parts[0] not in STOP
    return parts[0] in STOP or upos in classes(parts[-1])


def moby(counts):
    """lemma -> {synonym: weight}, both directions, no word classes; long lists weigh less."""
    table = collections.defaultdict(dict)
    for line in open(paths.find_input("words.txt"), encoding="utf8", errors="ignore"):
        a = line.strip().split(",")
        if not usable(a[0], counts):
            continue
        members = [s for s in a[1:] if s != a[0] and usable(s, counts)]
        weight = 1 / (1 + len(members) / 60)
        for s in members:
            table[a[0]][s] = table[a[0]].get(s, 0) + weight
            table[s][a[0]] = table[s].get(a[0], 0) + weight
    return dict(table)


def mythes(counts):
    """(lemma, class) -> {synonym: weight}, both directions; generic, similar and related terms weigh less."""
    table = collections.defaultdict(dict)
    rows = iter(open(paths.find_input("th_en_US_v2.dat"), encoding="utf8", errors="ignore"))
    next(rows)
    for line in rows:
        head, n = line.strip().rsplit("|", 1)
        for rank in range(int(n)):
            a = next(rows).strip().split("|")
            upos = CLASS.get(a[0].strip("()"))
            if not upos or not usable(head, counts):
                continue
            for s in a[1:]:
                s, kind = re.match(r"^(.*?)(?: \((\w+) term\))?$", s).groups()
                if "(antonym)" in s or kind == "antonym" or s == head or not usable(s, counts):
                    continue
                weight = (.3 if kind else 1) / (1 + .3 * rank)
                for x, y in ((head, s), (s, head)):
                    row = table[x, upos]
                    row[y] = max(row.get(y, 0), weight)
    return dict(table)


def pair_list(path):
    """A list in the notation of hand_pairs.txt, inflected: surface -> {spun surface: weight}."""
    table = collections.defaultdict(dict)
    for line in open(path, encoding="utf8"):
        line = line.strip()
        if line.startswith("#") or "=" not in line:
            continue
        kind, rest = line[0], line[2:]
        natural, spun = [x.strip().lower() for x in rest.split(" = ", 1)] if " = " in rest else rest.lower().split("=", 1)
        for rank, s in enumerate(x.strip() for x in spun.split(",")):
            weight = 1 / (1 + .5 * rank)
            upos = {"v": "VERB", "n": "NOUN"}.get(kind)
            for tag in TAGS[upos] if upos else (None,):
                a, b = (inflect(natural, upos, tag), inflect(s, upos, tag)) if tag else (natural, s)
                if a and b and a != b:
                    table[a][b] = max(table[a].get(b, 0), weight)
    return dict(table)


def tortured():
    """Terms for training: whole (expected -> {tortured}), by word (natural -> {spun: weight}), and the held-out rows."""
    whole, by_word, held = collections.defaultdict(dict), collections.defaultdict(dict), []
    for line in list(open(paths.data("lexicons", "tortured_terms.dev.tsv"), encoding="utf8"))[1:]:
        a = line.rstrip("\n").split("\t")
        spun, expected = a[0].lower().strip(), re.sub(r"\(.*?\)", "", a[1].lower()).strip()
        for one in (e.strip() for e in expected.split("/")):
            if not one:
                continue
            if term_is_held(one):
                held.append((a[0], one))
                continue
            if re.match(r"^[a-z][a-z -]+$", one) and re.match(r"^[a-z0-9][a-z0-9 '-]+$", spun):
                whole[one.replace("-", " ")][spun.replace("-", " ")] = 1.0
            x, y = re.split(r"[\s-]+", spun), re.split(r"[\s-]+", one)
            if len(x) == len(y):
                for i, j in zip(x, y):
                    if i != j and i.isalpha() and j.isalpha() and j not in STOP and i not in STOP and j[:-1] != i and i[:-1] != j:
                        by_word[j][i] = by_word[j].get(i, 0) + 1
    return dict(whole), dict(by_word), held


def write_held_terms(path):
    """The list of tortured terms that training never sees, with the attribution that their licence asks for."""
    _, _, held = tortured()
    with open(path, "w", encoding="utf8") as file:
        file.write("# Tortured terms kept out of training: a fifth, chosen by a hash of what was meant (thesauri.term_is_held).\n"
                   "# From the Problematic Paper Screener by Guillaume Cabanac, Cyril Labbé and Alexander Magazinov, CC BY 4.0,\n"
                   "# https://creativecommons.org/licenses/by/4.0/. Selected and normalised; tortured, tab, what was meant.\n")
        for spun, expected in sorted(set(held)):
            file.write(f"{spun}\t{expected}\n")


if __name__ == "__main__":
    import os
    write_held_terms(os.path.join(paths.HERE, "held_out_terms.tsv"))
