"""Figures of a checkpoint, per word.

    python evaluate.py --checkpoint FILE --articles FOLDER [--clean-words 60000] [--context 1] [--json OUT]
    python evaluate.py --checkpoint EXPORT_FOLDER --articles FOLDER     the int8 export, read as the product reads it
    python evaluate.py --watch run1 --articles FOLDER        each new checkpoint of a run, cheaply, one line each

* synthetic development set: average precision and AUC of head 1, recall by source at 1 false mark per 1,000 words of its
  own unmarked words, and head 2's first piece (right at the first place, among the first three), seen and held-out pairs
* gold articles (`seed.gold.txt`, `wild/*.gold.txt` below --articles): average precision, AUC, and precision and recall at
  the threshold that gives 1 false mark per 1,000 words on half of abc; false marks on its other half and on AG News
"""
import argparse
import glob
import json
import os
import re
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import average_precision_score, roc_auc_score

import network
import paths
import text
from pieces import CLS, SEP, Pieces
from train import output_pieces
from words import gold, sentence_starts, spaced_words

LONGEST = 96


def load(path):
    model = network.Encoder()
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    return model.eval(), saved["progress"]


class Reader:
    """Logit of head 1 for each word, sentence by sentence, as inference reads."""

    def __init__(self, model, context=False):
        self.model, self.pieces, self.context = model, Pieces(), context

    def windows(self, tokens):
        """(piece ids, case ids, [(place in window, word)]) a sentence; with context, its predecessor stands before it."""
        starts = sentence_starts(tokens) + [len(tokens)]
        before = ([], [])
        for a, b in zip(starts, starts[1:]):
            ids, cases, owner = self.pieces.encode([w for w, _ in tokens[a:b]])
            for c in range(0, len(ids), LONGEST - 2):
                part, part_cases, part_owner = ids[c:c + LONGEST - 2], cases[c:c + LONGEST - 2], owner[c:c + LONGEST - 2]
                lead = before if self.context and len(before[0]) + len(part) <= LONGEST - 2 else ([], [])
                shift = 1 + len(lead[0])
                places = [(shift + k, a + w) for k, w in enumerate(part_owner)
                          if (k + c == 0 or owner[k + c - 1] != w)]
                yield [CLS] + lead[0] + part + [SEP], [0] + lead[1] + part_cases + [0], places
            before = (ids, cases)

    @torch.no_grad()
    def scores(self, documents, batch=6000):
        """Token lists -> arrays of logits, one for each token."""
        out = [np.full(len(d), -20.0, np.float32) for d in documents]
        work = [(n, *w) for n, d in enumerate(documents) if d for w in self.windows(d)]
        work.sort(key=lambda x: len(x[1]))
        i = 0
        while i < len(work):
            j = i + 1
            while j < len(work) and (j - i + 1) * len(work[j][1]) <= batch:
                j += 1
            longest = len(work[j - 1][1])
            ids, case = torch.zeros(j - i, longest, dtype=torch.long), torch.zeros(j - i, longest, dtype=torch.long)
            for row, (_, x, c, _) in enumerate(work[i:j]):
                ids[row, :len(x)], case[row, :len(c)] = torch.tensor(x), torch.tensor(c)
            with torch.autocast("cpu", torch.bfloat16):
                logit = self.model.replaced(self.model.encode(ids, case, ids == 0)).squeeze(-1).float().numpy()
            for row, (n, _, _, places) in enumerate(work[i:j]):
                for place, word in places:
                    out[n][word] = logit[row, place]
            i = j
        return out


class ExportReader(Reader):
    """The same from an exported folder: int8 rows, int8 network, one sentence at a time, as the product reads."""

    def __init__(self, folder, context=False):
        import onnxruntime
        super().__init__(None, context)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(os.path.join(folder, "encoder.onnx"), options, providers=["CPUExecutionProvider"])
        blob = open(os.path.join(folder, "embedding.bin"), "rb").read()
        rows, width = np.frombuffer(blob, "<u4", 2, 8)
        at = 16
        scale = np.frombuffer(blob, "<f4", rows, at)
        at += 4 * rows
        self.rows = scale[:, None] * np.frombuffer(blob, np.int8, rows * width, at).reshape(rows, width)
        at += rows * width + 4 * rows
        self.case = np.frombuffer(blob, "<f4", 4 * width, at).reshape(4, width)
        # shrink.py numbers the pieces anew.
        with open(os.path.join(folder, "vocab.txt"), encoding="utf8") as file:
            number = {piece: n for n, piece in enumerate(file.read().removesuffix("\n").split("\n"))}
        self.number = np.array([number.get(piece, number["[UNK]"]) for piece in self.pieces.vocabulary])

    def scores(self, documents, batch=None):
        out = [np.full(len(d), -20.0, np.float32) for d in documents]
        for n, document in enumerate(documents):
            for ids, cases, places in self.windows(document):
                x = (self.rows[self.number[ids]] + self.case[cases])[None].astype(np.float32)
                logit = self.session.run(["replaced"], {"embeddings": x})[0][0]
                for place, word in places:
                    out[n][word] = logit[place]
        return out


def gold_set(files):
    tokens, labels, spans = [], [], []
    for name in files:
        for paragraph in open(name, encoding="utf8").read().split("\n"):
            if paragraph.strip():
                t, y, s = gold(paragraph.strip())
                tokens.append(t)
                labels.append(np.array(y))
                spans.append(s)
    return tokens, labels, spans


def clean(name, half, words):
    """Token lists of every other paragraph of a clean source, up to a number of words; abbreviated by skipping evenly."""
    chosen = [line for i, line in enumerate(text.lines(name)) if half is None or i % 2 == half]
    total = sum(line.count(" ") + 1 for line in chosen)
    step = max(1, total // words) if words else 1
    return [t for t in (spaced_words(line) for line in chosen[::step]) if t]


def alphabetic(tokens, scores):
    """Scores of tokens that are words; marks on punctuation do not count."""
    return np.concatenate([[s for (w, _), s in zip(t, x) if w[0].isalnum()] or [] for t, x in zip(tokens, scores)])


def precision_recall(labels, scores, threshold):
    y, p = labels, scores > threshold
    hits = int((p & (y == 1)).sum())
    return hits / max(1, int((p & (y >= 0)).sum())), hits / max(1, int((y == 1).sum()))


def synthetic(model, limit=None):
    z = np.load(paths.work("shards", "dev.npz"))
    sources, offsets = [str(s) for s in z["sources"]], np.concatenate([[0], np.cumsum(z["length"])])
    ids, case, replaced, original, source = (z[k] for k in ("ids", "case", "replaced", "original", "source"))
    count = min(limit or 10 ** 9, len(z["length"]))
    order = np.argsort(z["length"][:count], kind="stable")
    rows = output_pieces()
    place = {int(r): k for k, r in enumerate(rows)}
    got = {"logit": [], "y": [], "source": [], "first": [], "three": [], "head2": []}
    with torch.no_grad():
        for a in range(0, len(order), 64):
            ws = order[a:a + 64]
            longest = int(z["length"][ws].max())
            x, c = torch.zeros(len(ws), longest, dtype=torch.long), torch.zeros(len(ws), longest, dtype=torch.long)
            index = np.full((len(ws), longest), -1)
            for r, w in enumerate(ws):
                s, e = offsets[w], offsets[w + 1]
                x[r, :e - s] = torch.from_numpy(ids[s:e].astype(np.int64))
                c[r, :e - s] = torch.from_numpy(case[s:e].astype(np.int64))
                index[r, :e - s] = np.arange(s, e)
            with torch.autocast("cpu", torch.bfloat16):
                hidden = model.encode(x, c, x == 0)
                logit = model.replaced(hidden).squeeze(-1).float().numpy()
            flat = index.ravel()
            keep = (flat >= 0) & (replaced[np.maximum(flat, 0)] >= 0)
            got["logit"].append(logit.ravel()[keep])
            got["y"].append(replaced[flat[keep]])
            got["source"].append(source[flat[keep]])
            ask = keep & (replaced[np.maximum(flat, 0)] == 1) & (original[np.maximum(flat, 0)] >= 0)
            if ask.any():
                with torch.autocast("cpu", torch.bfloat16):
                    state = model.original(hidden.reshape(-1, network.WIDTH)[torch.from_numpy(ask)])
                    top = F.linear(state, model.word.weight[rows], model.bias[rows]).float().topk(3).indices.numpy()
                want = np.array([place.get(int(o), -1) for o in original[flat[ask]]])
                got["first"].append(top[:, 0] == want)
                got["three"].append((top == want[:, None]).any(1))
                got["head2"].append(source[flat[ask]])
    got = {k: np.concatenate(v) for k, v in got.items()}
    y, s = got["y"], got["logit"]
    threshold = float(np.quantile(s[y == 0], .999))
    held = np.array([name.endswith("+held") for name in sources])
    out = {"ap": average_precision_score(y, s), "auc": roc_auc_score(y, s), "threshold": threshold}
    for name, pick in (("seen", ~held[got["source"]]), ("held", held[got["source"]] | (y == 0))):
        out[name] = {"ap": average_precision_score(y[pick], s[pick]), "auc": roc_auc_score(y[pick], s[pick]),
                     "recall": float((s[pick & (y == 1)] > threshold).mean())}
    for name, pick in (("seen", ~held[got["head2"]]), ("held", held[got["head2"]])):
        out[name] |= {"first": float(got["first"][pick].mean()), "three": float(got["three"][pick].mean())}
    out["recall_by_source"] = {name: round(float((s[(got["source"] == i) & (y == 1)] > threshold).mean()), 3)
                               for i, name in enumerate(sources) if i and ((got["source"] == i) & (y == 1)).sum() >= 40}
    return out


def evaluate(path, articles, clean_words=None, context=False, synthetic_limit=None):
    """All figures of a checkpoint, or of an exported folder (then without the synthetic set)."""
    if os.path.isdir(path):
        with open(os.path.join(path, "manifest.json")) as file:
            model, progress = None, json.load(file)["training"]
        reader = ExportReader(path, context)
    else:
        model, progress = load(path)
        reader = Reader(model, context)
    sets = {"seed": [os.path.join(articles, "seed.gold.txt")], "wild": sorted(glob.glob(os.path.join(articles, "wild", "*.gold.txt")))}
    out = {"checkpoint": os.path.basename(path), "progress": progress, "context": context}
    if model:
        out["synthetic"] = synthetic(model, synthetic_limit)
    first = clean("eval/abc.txt.zst", 0, clean_words)
    first_scores = alphabetic(first, reader.scores(first))
    out["thresholds"] = {"1 per 1,000": float(np.quantile(first_scores, .999)), "0.7 per 1,000": float(np.quantile(first_scores, .9993)),
                         "words": len(first_scores)}
    threshold = out["thresholds"]["1 per 1,000"]
    for name, source, half in (("abc, other half", "eval/abc.txt.zst", 1), ("agnews", "eval/agnews_test.txt.zst", None)):
        tokens = clean(source, half, clean_words)
        found = alphabetic(tokens, reader.scores(tokens))
        out[name] = {"words": len(found), "false per 1,000": float((found > threshold).mean() * 1000)}
    for name, files in sets.items():
        tokens, labels, spans = gold_set(files)
        found = reader.scores(tokens)
        y, s = np.concatenate(labels), np.concatenate(found)
        keep = y >= 0
        p, r = precision_recall(y, s, threshold)
        hit = [max(x[a:b]) > threshold for x, sp in zip(found, spans) for a, b, _ in sp]
        out[name] = {"ap": average_precision_score(y[keep], s[keep]), "auc": roc_auc_score(y[keep], s[keep]), "precision": p, "recall": r,
                     "f1": 2 * p * r / max(1e-9, p + r), "spans found": float(np.mean(hit)), "words": int(keep.sum()), "marked": int((y == 1).sum())}
    return out


def line(f):
    g = lambda n: f"{n} AP {f[n]['ap']:.3f} AUC {f[n]['auc']:.3f} P {f[n]['precision']:.2f} R {f[n]['recall']:.2f}"
    gold_part = (f"{f['progress']['pieces'] / 1e6:.2f}M pieces | {g('seed')} | {g('wild')} | abc2 {f['abc, other half']['false per 1,000']:.2f} "
                 f"AG {f['agnews']['false per 1,000']:.2f}")
    if "synthetic" not in f:
        return gold_part
    s = f["synthetic"]
    return (f"{gold_part} | synthetic AP {s['ap']:.3f} seen R {s['seen']['recall']:.2f} held R {s['held']['recall']:.2f}"
            f" | original first {s['seen']['first']:.2f}/{s['held']['first']:.2f} three {s['seen']['three']:.2f}/{s['held']['three']:.2f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint")
    parser.add_argument("--watch", help="name of a run")
    parser.add_argument("--articles", required=True)
    parser.add_argument("--clean-words", type=int, help="per clean source; all of it if not given")
    parser.add_argument("--context", type=int, default=0)
    parser.add_argument("--json")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.watch:
        done = set()
        while True:
            for path in sorted(glob.glob(paths.work("checkpoints", args.watch, "step-*.pt"))):
                if path not in done:
                    done.add(path)
                    figures = evaluate(path, args.articles, args.clean_words or 30_000, bool(args.context), 700)
                    print(re.sub(r".*step-", "step ", path), line(figures), flush=True)
                    with open(path.replace(".pt", ".json"), "w") as file:
                        json.dump(figures, file, indent=1)
            if os.path.exists(paths.work("checkpoints", args.watch, "final.pt")):
                return
            time.sleep(30)
    figures = evaluate(args.checkpoint, args.articles, args.clean_words, bool(args.context))
    print(line(figures))
    print(json.dumps(figures, indent=1))
    if args.json:
        with open(args.json, "w") as file:
            json.dump(figures, file, indent=1)


if __name__ == "__main__":
    main()
