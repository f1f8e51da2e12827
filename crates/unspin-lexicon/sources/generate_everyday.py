#!/usr/bin/env python3
"""Writes everyday.tsv: everyday words and function phrases that spinners exchange, turned round (spun -> naturals).

usage: generate_everyday.py LIST… > everyday.tsv

A list has lines `CLASS natural = spun, spun …` with CLASS v (inflected as a verb), n (as a noun) or a (literal): the
project's own hand list and the function phrases of the encoder's training.
"""
import re
import sys

CLASSES = {"v": "verb", "n": "noun", "a": "phrase"}
FORM = re.compile(r"^[a-z0-9][a-z0-9' -]*$")

# Free variants: an editor would take either, so neither is a sign of anything.
VARIANTS = {"nobody", "no one", "somebody", "someone", "anybody", "anyone", "everybody", "everyone", "every", "each other",
            "one another", "toward", "towards", "one more", "her own", "his own", "their own", "lots of", "a lot of"}

naturals = {}
for path in sys.argv[1:]:
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if "=" not in line or line[0] not in CLASSES or line[1] != " ":
            continue
        natural, spun = (part.strip().lower().replace("’", "'") for part in line[2:].split("=", 1))
        for rank, phrase in enumerate(part.strip() for part in spun.split(",")):
            if phrase not in VARIANTS and phrase != natural and FORM.match(phrase) and FORM.match(natural):
                known = naturals.setdefault((phrase, CLASSES[line[0]]), {})
                known[natural] = min(known.get(natural, 99), rank)

print("# Everyday words and phrases: spun, naturals, class. Made by generate_everyday.py from lists of our own; do not edit.")
for (phrase, word_class), known in sorted(naturals.items()):
    best = sorted(known, key=lambda natural: (known[natural], natural))[:8]
    print(phrase, "|".join(best), word_class, sep="\t")
