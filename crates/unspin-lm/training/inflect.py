"""Inflection both ways, on top of lemminflect: what form is this word, and what is that form of another word."""
from functools import lru_cache

from lemminflect import getAllInflections, getAllLemmas, getInflection

TAGS = {"NOUN": ("NN", "NNS"), "VERB": ("VB", "VBP", "VBZ", "VBD", "VBN", "VBG"), "ADJ": ("JJ", "JJR", "JJS"),
        "ADV": ("RB", "RBR", "RBS")}
PLAIN = {"NN", "VB", "VBP", "JJ", "RB"}


@lru_cache(None)
def classes(word):
    """Word classes in which `word` is a lemma."""
    return frozenset(u for u, lemmas in getAllLemmas(word).items() if u in TAGS and word in lemmas)


@lru_cache(None)
def analyses(word):
    """All readings of a form: ((lemma, class, tag), …); a form with several tags (past and participle) gives several."""
    out = []
    for upos, lemmas in getAllLemmas(word).items():
        if upos not in TAGS:
            continue
        for lemma in lemmas[:1]:
            for tag, forms in getAllInflections(lemma, upos).items():
                if word in forms and tag in TAGS[upos] and tag != "VBP":
                    out.append((lemma, upos, tag))
    return tuple(out)


@lru_cache(None)
def inflect(lemma, upos, tag):
    """A form of a lemma of one or more words (verbs inflect their first word, nouns their last); None if there is none."""
    if tag in PLAIN:
        return lemma
    parts = lemma.split()
    i = 0 if upos == "VERB" else len(parts) - 1
    if tag in ("JJR", "JJS", "RBR", "RBS"):
        forms = getInflection(parts[i], tag, inflect_oov=False)
        if not forms or len(parts) > 1:
            return ("more " if tag.endswith("R") else "most ") + lemma
    else:
        forms = getInflection(parts[i], tag)
    if not forms:
        return None
    parts[i] = forms[0]
    return " ".join(parts)


def article_for(word):
    return "an" if word[:1].lower() in "aeiou" else "a"
