"""The fitted classifier as an ONNX graph, its weights at 8 bits, and the words' vectors at 4.

The graph is written here by hand: a handful of operators that any onnxruntime has, in the order of `network.py`, with nothing that a
tracer guessed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from screening.classifier.model_file import BLOCK, HIDDEN
from screening.training.encoder.batches import WINDOW
from screening.training.encoder.network import EPSILON, HEADS

OPSET = 20
"""The first with Gelu; onnxruntime 1.17 and later read it."""


class _Graph:
    """Nodes and weights, added in order."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self.weights, self.nodes, self.initializers, self.known = (
            weights,
            list[onnx.NodeProto](),
            list[onnx.TensorProto](),
            set[str](),
        )

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.known:
            self.known.add(name)
            self.initializers.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def shape(self, *dimensions: int) -> str:
        return self.constant("shape_" + "_".join(map(str, dimensions)), np.array(dimensions, np.int64))

    def add(self, operator: str, *inputs: str, out: str = "", **attributes: object) -> str:
        name = out or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def linear(self, states: str, name: str, out: str = "") -> str:
        weight = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T.astype(np.float32))
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"].astype(np.float32))
        return self.add("Add", self.add("MatMul", states, weight), bias, out=out)

    def norm(self, states: str, name: str) -> str:
        parts = [
            self.constant(f"{name}.{part}", self.weights[f"{name}.{part}"].astype(np.float32))
            for part in ("weight", "bias")
        ]
        return self.add("LayerNormalization", states, *parts, axis=-1, epsilon=EPSILON)

    def layer(self, states: str, number: int) -> str:
        of, width = f"layers.{number}", HIDDEN // HEADS
        qkv = self.add("Reshape", self.linear(states, f"{of}.qkv"), self.shape(0, 0, 3, HEADS, width))
        # (batch, tokens, 3, heads, width) -> (3, batch, heads, tokens, width)
        split = self.add("Transpose", qkv, perm=[2, 0, 3, 1, 4])
        parts = []
        for index in range(3):
            at = self.constant(f"index_{index}", np.array(index, np.int64))
            parts.append(self.add("Gather", split, at, axis=0))
        keys = self.add("Transpose", parts[1], perm=[0, 1, 3, 2])
        scale = self.constant("scale", np.array(width**-0.5, np.float32))
        scores = self.add("Softmax", self.add("Mul", self.add("MatMul", parts[0], keys), scale), axis=-1)
        attended = self.add("Transpose", self.add("MatMul", scores, parts[2]), perm=[0, 2, 1, 3])
        attended = self.linear(self.add("Reshape", attended, self.shape(0, 0, HIDDEN)), f"{of}.out")
        states = self.norm(self.add("Add", states, attended), f"{of}.norm_attention")
        outer = self.linear(self.add("Gelu", self.linear(states, f"{of}.inner")), f"{of}.outer")
        return self.norm(self.add("Add", states, outer), f"{of}.norm_out")


def encoder_graph(weights: Mapping[str, np.ndarray], layers: int) -> onnx.ModelProto:
    """The float graph. Inputs: words (1, tokens, HIDDEN), spans (1, segments, tokens). Outputs: signs (1, segments, 2 x signs),
    each (1, segments, questions), what a segment adds to each question, and whole (1, questions)."""
    graph = _Graph(weights)
    positions = graph.constant("positions", (weights["positions.weight"][:WINDOW] + weights["kind"]).astype(np.float32))
    length = graph.add("Shape", "words", start=1, end=2)
    here = graph.add("Slice", positions, graph.constant("zero", np.array([0], np.int64)), length)
    states = graph.norm(graph.add("Add", "words", here), "norm")
    for number in range(layers):
        states = graph.layer(states, number)
    mean = graph.add("ReduceMean", states, graph.constant("axis", np.array([1], np.int64)), keepdims=1)
    segments = graph.add("MatMul", "spans", states)
    zeros = graph.add("Mul", segments, graph.constant("nothing", np.array(0, np.float32)))
    both = graph.add("Concat", segments, graph.add("Add", zeros, mean), axis=-1)
    graph.linear(both, "signs", out="signs")
    graph.linear(segments, "whole", out="each")
    graph.linear(graph.add("Squeeze", mean, graph.constant("axis", np.array([1], np.int64))), "whole", out="whole")
    made = helper.make_graph(
        graph.nodes,
        "classifier",
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "tokens", HIDDEN]),
            helper.make_tensor_value_info("spans", TensorProto.FLOAT, [1, "segments", "tokens"]),
        ],
        [
            helper.make_tensor_value_info("signs", TensorProto.FLOAT, [1, "segments", len(weights["signs.bias"])]),
            helper.make_tensor_value_info("each", TensorProto.FLOAT, [1, "segments", len(weights["whole.bias"])]),
            helper.make_tensor_value_info("whole", TensorProto.FLOAT, [1, len(weights["whole.bias"])]),
        ],
        graph.initializers,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="offer-screening")
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def at_eight_bits(model: onnx.ModelProto) -> bytes:
    """The graph with its matrices at 8 bits, a scale for each column; what runs through them is quantised as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        float_file, small = Path(folder) / "float.onnx", Path(folder) / "small.onnx"
        onnx.save(model, float_file)
        quantize_dynamic(
            float_file, small, weight_type=QuantType.QInt8, per_channel=True, extra_options={"MatMulConstBOnly": True}
        )
        return small.read_bytes()


def words_at_four_bits(vectors: np.ndarray) -> bytes:
    """(pieces, HIDDEN) as blocks of 32 weights: a float16 scale and 16 bytes of nibbles (Q4_0, as the pretrained file has them)."""
    blocks = vectors.astype(np.float32).reshape(len(vectors), HIDDEN // BLOCK, BLOCK)
    foremost = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    scales = (foremost / -8).astype(np.float16)
    divided = np.divide(blocks, scales.astype(np.float32), out=np.zeros_like(blocks), where=scales != 0)
    nibbles = np.clip(np.rint(divided) + 8, 0, 15).astype(np.uint8)
    packed = nibbles[..., : BLOCK // 2] | nibbles[..., BLOCK // 2 :] << 4
    return np.concatenate([scales.view(np.uint8), packed], -1).tobytes()
