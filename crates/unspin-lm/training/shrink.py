"""Leave out of an export what the program never uses: run it last, on a copy of what `export.py` wrote.

    python shrink.py FOLDER

- positions beyond the longest window
- word pieces that no English word is cut into: the vocabulary's unused places, and letters of other scripts. Such a word becomes [UNK].

No score of a sentence without such pieces changes: the rows that are kept are kept as they are, under new numbers.
"""
import hashlib
import json
import os
import struct
import sys
import unicodedata

import numpy as np
import onnx
import onnxruntime

LONGEST = 96  # `WINDOW_PIECES_MAX` of the crate
POSITIONS = 512


def is_kept(piece):
    """Marks like [CLS], and pieces of Latin letters, digits and signs."""
    if piece.startswith("[unused"):
        return False
    return all(c.isascii() or unicodedata.category(c)[0] in "PSN" or unicodedata.name(c, "").startswith("LATIN") for c in piece)


def shorten_positions(path):
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.dims[:1] == [POSITIONS] and tensor.name.endswith("position.weight"):
            rows = onnx.numpy_helper.to_array(tensor)[:LONGEST]
            tensor.CopyFrom(onnx.numpy_helper.from_array(np.ascontiguousarray(rows), tensor.name))
            onnx.save(model, path)
            return
    print("the positions are short already")


def drop_rows(path, kept):
    with open(path, "rb") as file:
        blob = file.read()
    assert blob[:8] == b"UNSPEMB1"
    rows, width = struct.unpack("<II", blob[8:16])
    at = 16

    def take(kind, *shape):
        nonlocal at
        array = np.frombuffer(blob, kind, int(np.prod(shape)), at).reshape(shape)
        at += array.nbytes
        return array

    scales, small, bias = take("<f4", rows), take(np.int8, rows, width), take("<f4", rows)
    case = blob[at:]
    scales, small, bias = scales[kept], small[kept], bias[kept]
    with open(path, "wb") as file:
        file.write(b"UNSPEMB1" + struct.pack("<II", len(kept), width))
        for array in (scales, small, bias):
            file.write(np.ascontiguousarray(array).tobytes())
        file.write(case)
    return scales[:, None] * small, np.frombuffer(case, "<f4").reshape(4, width)


def read_again(line, session, rows, case, unknown):
    """A sentence with a word of another script: the word is one [UNK] now, and the scores are those of the shrunk network."""
    ids, cases, first = [line["ids"][0]], [0], []
    ends = line["first"][1:] + [len(line["ids"]) - 1]
    for start, end in zip(line["first"], ends):
        first.append(len(ids))
        if unknown in line["ids"][start:end]:
            ids.append(unknown)
            cases.append(line["case"][start])
        else:
            ids += line["ids"][start:end]
            cases += line["case"][start:end]
    ids, cases = ids + [line["ids"][-1]], cases + [0]
    replaced, state = session.run(None, {"embeddings": (rows[ids] + case[cases])[None].astype(np.float32)})
    del line["replaced_float"]
    line |= {"ids": ids, "case": cases, "first": first, "replaced_int8": [round(float(v), 4) for v in replaced[0]],
             "state_int8": [round(float(v), 4) for v in state[0, :, 0]]}


def main():
    folder, = sys.argv[1:]
    at = lambda name: os.path.join(folder, name)
    shorten_positions(at("encoder.onnx"))
    with open(at("vocab.txt"), encoding="utf8") as file:
        vocabulary = file.read().removesuffix("\n").split("\n")
    kept = [number for number, piece in enumerate(vocabulary) if is_kept(piece)]
    new = {old: number for number, old in enumerate(kept)}
    unknown = new[vocabulary.index("[UNK]")]
    rows, case = drop_rows(at("embedding.bin"), kept)
    session = onnxruntime.InferenceSession(at("encoder.onnx"), providers=["CPUExecutionProvider"])
    with open(at("vocab.txt"), "w", encoding="utf8") as file:
        file.write("\n".join(vocabulary[number] for number in kept) + "\n")
    with open(at("parity.jsonl"), encoding="utf8") as file:
        lines = [json.loads(line) for line in file]
    with open(at("parity.jsonl"), "w", encoding="utf8") as file:
        for line in lines:
            is_foreign = any(number not in new for number in line["ids"])
            line["ids"] = [new.get(number, unknown) for number in line["ids"]]
            if is_foreign:
                read_again(line, session, rows, case, unknown)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    with open(at("manifest.json"), encoding="utf8") as file:
        manifest = json.load(file)
    manifest["shrunk"] = {"word pieces": len(kept), "of": len(vocabulary), "positions": LONGEST}
    for name in manifest["files"]:
        with open(at(name), "rb") as file:
            content = file.read()
        manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        print(name, len(content))
    with open(at("manifest.json"), "w") as file:
        json.dump(manifest, file, indent=1)
        file.write("\n")


main()
