"""`python -m training.export BASE WEIGHTS OUT.onnx`: both stages as one int8 ONNX file for onnxruntime.

The file holds two graphs side by side: pieces to tags, values, types and keys; and windows of keys to parts. A run asks
for the outputs of one of them, and onnxruntime computes only what leads there. Nothing is filled up to a common length:
one chunk a run, and windows of one width a run.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import compose
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from training.layers import BEFORE, CHANNELS, TYPES, VALUES
from training.network import Block, ReaderNet
from training.settle import load_weights
from training.student import PLAN

SHIPPED = tuple(
    name for name in CHANNELS if name.split(".")[0] in {"cue", "mention", "role", "event"} or name == "ecb.action"
)
OPSET = 17


class Attend(torch.autograd.Function):
    """Attention over all that is given: in the file one node, which never writes the whole table of weights."""

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:  # noqa: ARG004  torch gives it
        rows, length, width = q.shape
        parts = (each.view(rows, length, heads, width // heads).transpose(1, 2) for each in (q, k, v))
        return functional.scaled_dot_product_attention(*parts).transpose(1, 2).reshape(rows, length, width)


class Level(torch.autograd.Function):
    """Every row of [1, rows, width] to mean 0 and variance 1.

    In the file it is an instance norm whose channels are the rows: onnxruntime's own layer norm adds up one number
    at a time and takes ten times as long.
    """

    @staticmethod
    def symbolic(g: Any, states: Any, ones: Any, nothing: Any, eps: float) -> Any:
        return g.op("InstanceNormalization", states, ones, nothing, epsilon_f=eps).setType(states.type())

    @staticmethod
    def forward(ctx: Any, states: Tensor, ones: Tensor, nothing: Tensor, eps: float) -> Tensor:  # noqa: ARG004
        return functional.layer_norm(states, states.shape[-1:], eps=eps)


def levelled(norm: nn.LayerNorm, states: Tensor) -> Tensor:
    rows, length, width = states.shape
    flat = states.reshape(1, rows * length, width)
    ones = torch.ones_like(flat[0, :, 0])
    level = Level.apply(flat, ones, torch.zeros_like(ones), norm.eps)  # type: ignore[no-untyped-call]
    return (level * norm.weight + norm.bias).reshape(rows, length, width)


def through(block: Block, states: Tensor) -> Tensor:
    """One layer without a mask: what is given to it is all there."""
    q, k, v = block.qkv(states).chunk(3, dim=-1)
    mixed = Attend.apply(q, k, v, block.heads)  # type: ignore[no-untyped-call]
    states = levelled(block.norm1, states + block.out(mixed))
    return levelled(block.norm2, states + block.down(functional.gelu(block.up(states))))


class Encode(nn.Module):
    """The first stage as it is exported: one chunk a run."""

    def __init__(self, network: ReaderNet) -> None:
        super().__init__()
        self.network = network
        self.held = torch.tensor([CHANNELS.index(name) for name in SHIPPED])

    def forward(self, ids: Tensor, writing: Tensor) -> tuple[Tensor, ...]:
        encoder = self.network.encoder
        states = encoder.words(ids) + encoder.writing(writing) + encoder.places.weight[: ids.shape[1]]
        states = levelled(encoder.norm, states)
        for block in encoder.blocks:
            states = through(block, states)
        tags = self.network.tag_scores(states)[:, :, self.held].softmax(-1)
        return tags, self.network.values(states), self.network.types(states), self.network.keys(states)


class Look(nn.Module):
    """The second stage as it is exported: windows of any one width, `places` saying how far from the cue they begin.

    `places` [width] counts from `BEFORE` pieces in front of the cue; `relation` is told at the cue's first piece.
    """

    def __init__(self, network: ReaderNet) -> None:
        super().__init__()
        self.around = network.around

    def forward(self, windows: Tensor, marked: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        on = marked.to(windows.dtype)[..., None]
        cue = (windows * on).sum(1) / on.sum(1)
        states = windows + self.around.place(places) + self.around.mark(marked) + self.around.cue(cue)[:, None]
        states = levelled(self.around.norm, states)
        for block in self.around.blocks:
            states = through(block, states)
        first = (places == BEFORE).to(states.dtype)
        relation = self.around.relation((states * first[None, :, None]).sum(1))
        return self.around.parts(states).softmax(-1), relation[:, 0].sigmoid()


def graphs(network: ReaderNet, folder: Path) -> tuple[onnx.ModelProto, onnx.ModelProto]:
    """Both stages in single precision."""
    ids = torch.randint(1000, 20000, (1, 24))
    write(
        Encode(network),
        {"ids": (ids, {1: "length"}), "writing": (torch.ones_like(ids), {1: "length"})},
        {name: {1: "length"} for name in ("tags", "values", "types", "keys")},
        folder / "encode.onnx",
    )
    windows = torch.randn(2, 40, PLAN.shape.width)
    marked = torch.zeros(2, 40, dtype=torch.long)
    marked[:, 20] = 1
    write(
        Look(network),
        {
            "windows": (windows, {0: "cues", 1: "width"}),
            "marked": (marked, {0: "cues", 1: "width"}),
            "places": (torch.arange(40) + BEFORE - 20, {0: "width"}),
        },
        {"parts": {0: "cues", 1: "width"}, "relation": {0: "cues"}},
        folder / "around.onnx",
    )
    return onnx.load(folder / "encode.onnx"), onnx.load(folder / "around.onnx")


def write(
    stage: nn.Module, inputs: dict[str, tuple[Tensor, dict[int, str]]], outputs: dict[str, dict[int, str]], out: Path
) -> None:
    """One stage as a file; the free axes of each input and output by name."""
    torch.onnx.export(
        stage,
        tuple(tensor for tensor, _ in inputs.values()),
        str(out),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={name: axes for name, (_, axes) in inputs.items()} | outputs,
        opset_version=OPSET,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )


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
        "before": str(BEFORE),
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
        quantize_dynamic(
            single,
            out,
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    model = onnx.load(out)
    described(model)
    onnx.save(model, out)
    print(f"{Path(out).stat().st_size / 1e6:.1f} MB -> {out}; {np.prod([len(SHIPPED), 3])} tag scores a piece")


if __name__ == "__main__":
    main(*sys.argv[1:])
