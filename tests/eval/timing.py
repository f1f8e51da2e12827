"""ONNX Runtime on the same network, and what the machine can do at most: the other half of `cargo xtask bench-model`.

Reads JSON from standard input and writes JSON; a time is seconds by the clock and seconds of processor:
  network   encoder.onnx
  sentence  word pieces of the sentence
  article   word pieces of each window of the article
  runs      how often the sentence is read
Needs numpy, onnx and onnxruntime. The network never sees a word, only vectors, so random ones take as long.
"""
import json
import sys
import time

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

WIDTH = 384
SQUARE = 1024


def session(model, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def seconds(work):
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


def product(rng, int8):
    """A graph with one product of two square matrices, the second one constant, and its input."""
    if int8:
        weights, kind, out, name = rng.integers(-64, 64, (SQUARE, SQUARE), np.int8), TensorProto.UINT8, TensorProto.INT32, "MatMulInteger"
        data = rng.integers(0, 255, (SQUARE, SQUARE), np.uint8)
    else:
        weights, kind, out, name = rng.standard_normal((SQUARE, SQUARE), np.float32), TensorProto.FLOAT, TensorProto.FLOAT, "MatMul"
        data = rng.standard_normal((SQUARE, SQUARE), np.float32)
    shape = (SQUARE, SQUARE)
    graph = helper.make_graph(
        [helper.make_node(name, ["a", "b"], ["c"])], "product",
        [helper.make_tensor_value_info("a", kind, shape)], [helper.make_tensor_value_info("c", out, shape)],
        [onnx.numpy_helper.from_array(weights, "b")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model.SerializeToString(), data


def main():
    asked = json.load(sys.stdin)
    rng = np.random.default_rng(1)

    def vectors(pieces):
        return {"embeddings": rng.standard_normal((1, pieces, WIDTH), np.float32)}

    one, two = session(asked["network"], 1), session(asked["network"], 2)
    sentence = vectors(asked["sentence"])
    for _ in range(10):
        one.run(None, sentence)
    told = {"version": onnxruntime.__version__, "sentence": [seconds(lambda: one.run(None, sentence)) for _ in range(asked["runs"])]}
    article = [vectors(pieces) for pieces in asked["article"]]
    for name, runner in (("article_1", one), ("article_2", two)):
        told[name] = [seconds(lambda: [runner.run(None, window) for window in article]) for _ in range(3)]
    for name, int8 in (("f32", False), ("int8", True)):
        model, data = product(rng, int8)
        runner = session(model, 1)
        runner.run(None, {"a": data})
        told[name] = min(seconds(lambda: runner.run(None, {"a": data}))[1] for _ in range(40))
    told["operations"] = 2 * SQUARE ** 3
    json.dump(told, sys.stdout)


main()
