"""`python -m training.export BASE WEIGHTS OUT.onnx`: both stages as one int8 ONNX file for onnxruntime.

The file holds two graphs side by side: pieces to tags, values, types and keys; and windows of keys to parts. A run asks
for the outputs of one of them, and onnxruntime computes only what leads there.
"""

import sys
import tempfile
from copy import deepcopy
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import compose
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.layers import BEFORE, CHANNELS, TYPES, VALUES
from training.network import ReaderNet
from training.settle import load_weights
from training.student import PLAN

SHIPPED = tuple(
    name for name in CHANNELS if name.split(".")[0] in {"cue", "mention", "role", "event"} or name == "ecb.action"
)
OPSET = 17
SHIPPED_BEFORE, SHIPPED_WINDOW = 64, 160


class Encode(nn.Module):
    """The first stage as it is exported; `there` is 1 where a piece stands."""

    def __init__(self, network: ReaderNet) -> None:
        super().__init__()
        self.network = network
        self.held = torch.tensor([CHANNELS.index(name) for name in SHIPPED])

    def forward(self, ids: Tensor, writing: Tensor, there: Tensor) -> tuple[Tensor, ...]:
        states = self.network.encoder(ids, writing, there)
        tags = self.network.tag_scores(states)[:, :, self.held].softmax(-1)
        return tags, self.network.values(states), self.network.types(states), self.network.keys(states)


class Cropped(nn.Module):
    """The second stage as it is exported: over a narrower window than it was trained with.

    Of the contents marked in PolNeAR's training articles 99.9 % have at least half of themselves within it.
    """

    def __init__(self, network: ReaderNet) -> None:
        super().__init__()
        self.around = deepcopy(network.around)
        first = BEFORE - SHIPPED_BEFORE
        self.around.place = nn.Embedding.from_pretrained(network.around.place.weight[first : first + SHIPPED_WINDOW])
        self.around.before = SHIPPED_BEFORE

    def forward(self, windows: Tensor, marked: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        parts, relation = self.around(windows, marked, inside)
        return parts.softmax(-1), relation.sigmoid()


def graphs(network: ReaderNet, folder: Path) -> tuple[onnx.ModelProto, onnx.ModelProto]:
    """Both stages in single precision."""
    length = 24
    ids = torch.randint(1000, 20000, (2, length))
    ones = torch.ones(2, length, dtype=torch.long)
    grid = {0: "chunks", 1: "length"}
    torch.onnx.export(
        Encode(network),
        (ids, ones, ones),
        str(folder / "encode.onnx"),
        input_names=["ids", "writing", "there"],
        output_names=["tags", "values", "types", "keys"],
        dynamic_axes={name: grid for name in ("ids", "writing", "there", "tags", "values", "types", "keys")},
        opset_version=OPSET,
        dynamo=False,
    )
    window = torch.randn(2, SHIPPED_WINDOW, PLAN.shape.width)
    marked = torch.zeros(2, SHIPPED_WINDOW, dtype=torch.long)
    torch.onnx.export(
        Cropped(network),
        (window, marked, torch.ones_like(marked)),
        str(folder / "around.onnx"),
        input_names=["windows", "marked", "inside"],
        output_names=["parts", "relation"],
        dynamic_axes={name: {0: "cues"} for name in ("windows", "marked", "inside", "parts", "relation")},
        opset_version=OPSET,
        dynamo=False,
    )
    return onnx.load(folder / "encode.onnx"), onnx.load(folder / "around.onnx")


def side_by_side(first: onnx.ModelProto, second: onnx.ModelProto) -> onnx.ModelProto:
    """One model with the nodes, weights, inputs and outputs of both."""
    named = compose.add_prefix(second, "around_", rename_inputs=False, rename_outputs=False)
    graph = onnx.helper.make_graph(
        [*first.graph.node, *named.graph.node],
        "reader",
        [*first.graph.input, *named.graph.input],
        [*first.graph.output, *named.graph.output],
        [*first.graph.initializer, *named.graph.initializer],
    )
    model = onnx.helper.make_model(graph, opset_imports=first.opset_import, ir_version=first.ir_version)
    onnx.checker.check_model(model)
    return model


def described(model: onnx.ModelProto) -> None:
    """What the reader needs to know to use the file, written into it."""
    facts = {
        "channels": " ".join(SHIPPED),
        "values": " ".join(VALUES),
        "types": ";".join(TYPES),
        "before": str(SHIPPED_BEFORE),
        "window": str(SHIPPED_WINDOW),
    }
    onnx.helper.set_model_props(model, facts)


def main(base: str, weights: str, out: str) -> None:
    """Write the file that ships."""
    network = ReaderNet(PLAN.shape)
    load_weights(network, Path(base), Path(weights))
    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = side_by_side(*graphs(network, Path(folder)))
        single = Path(folder) / "single.onnx"
        onnx.save(whole, single)
        quantize_dynamic(single, out, weight_type=QuantType.QInt8, per_channel=True)
    model = onnx.load(out)
    described(model)
    onnx.save(model, out)
    print(f"{Path(out).stat().st_size / 1e6:.1f} MB -> {out}; {np.prod([len(SHIPPED), 3])} tag scores a piece")


if __name__ == "__main__":
    main(*sys.argv[1:])
