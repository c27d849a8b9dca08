"""Training: every head at once, from a fixed seed; on a GPU in a minute or two, on a CPU in hours."""

import math
import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import Batch, Shelf, device_of, window_index
from training.layers import CHANNELS, VALUES
from training.network import ReaderNet, Reencoder, Shape, load_base
from training.scoring import added, correlation, find_cues, grouped, match, relation_of, tag_scores

# How much each group of channels counts beside the cue.
WEIGHTS = {"cue": 2.0, "mention": 1.0, "role": 0.5, "event": 0.5, "ecb": 0.3, "silver": 0.3}
GROUP_SETS = {
    "cue": {"polnear"},
    "mention": {"re3d"},
    "role": {"muc4"},
    "event": {"timeml"},
    "ecb": {"ecb"},
    "silver": {"polnear", "lgl", "gwn"},
}
KIND_WEIGHTS = {"role": (1.0, 4.0, 3.0)}  # only the mentions that fill a template are marked: most are missed without
SOFT_REAL = 0.3  # windows that teachers take for no relation teach nothing about its parts
VALUE_WEIGHT, TYPE_WEIGHT, PART_WEIGHT, RELATION_WEIGHT = 1.0, 0.2, 1.0, 0.3
FALSE_CUE = 0.15  # a likely beginning of a cue that is none is shown to the second stage as 'no relation'


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One training: which sets (repeated for a heavier weight), how long, how fast."""

    sets: tuple[tuple[str, int], ...]
    epochs: int = 10
    pieces: int = 8000
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    average: float = 0.998
    seed: int = 1
    dropout: float = 0.1
    shape: Shape = Shape()  # noqa: RUF009  frozen


class Averaged:
    """A running mean of the weights: steadier than the last step's."""

    def __init__(self, network: nn.Module, rate: float) -> None:
        self.network = deepcopy(network).eval()
        self.rate, self.steps = rate, 0

    @torch.no_grad()
    def follow(self, network: nn.Module) -> None:
        self.steps += 1
        rate = min(self.rate, (1 + self.steps) / (10 + self.steps))
        ours, theirs = list(self.network.parameters()), list(network.parameters())
        torch._foreach_lerp_(ours, theirs, 1 - rate)


def optimiser(network: nn.Module, plan: Plan) -> torch.optim.AdamW:
    """The encoder slowly, the heads fast; no decay on biases and norms; the word table stays as it was pretrained."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if name.endswith("words.weight"):
            parameter.requires_grad = False
            continue
        own = name.startswith("encoder") and "writing" not in name
        key = (plan.encoder_rate if own else plan.head_rate, 0.01 if parameter.dim() > 1 else 0.0)
        groups.setdefault(key, []).append(parameter)
    fused = next(network.parameters()).is_cuda
    return torch.optim.AdamW(
        [{"params": each, "lr": rate, "weight_decay": decay} for (rate, decay), each in groups.items()],
        betas=(0.9, 0.98),
        fused=fused,
    )


def slope(progress: float) -> float:
    """The share of the full rate at a point between 0 and 1: 6 % warm-up, then a straight line down to nothing."""
    return min((progress + 0.001) / 0.06, max(0.0, (1 - progress) / 0.94))


def unwritten(batch: Batch, draw: torch.Generator, share: float = 0.15) -> Tensor:
    """How pieces are written, hidden in some chunks, so that text without case is read too."""
    hidden = torch.rand(len(batch.ids), 1, generator=draw, device=draw.device).to(batch.ids.device) < share
    return torch.where(hidden, 0, batch.writing)


def losses(network: ReaderNet, batch: Batch, draw: torch.Generator) -> Tensor:
    """The sum of all heads' losses on one batch."""
    states = network.states(batch.ids, unwritten(batch, draw), batch.there).flatten(0, 1)[batch.inner]
    scores = network.tag_scores(states)
    total = _tag_loss(scores, batch) + _soft_cue_loss(scores[:, 0], batch)
    if batch.sets & {"uw", "meantime"}:
        total = total + _value_loss(network.values(states), batch.values)
    if "muc4" in batch.sets:
        total = total + _type_loss(network.types(states), batch)
    if len(batch.cues):
        total = total + _relation_loss(network, states, scores[:, 0], batch)
    return total


def _tag_loss(scores: Tensor, batch: Batch) -> Tensor:
    total = scores.new_zeros(())
    for group, weight in WEIGHTS.items():
        if batch.sets & GROUP_SETS[group]:
            held = [at for at, name in enumerate(CHANNELS) if name.split(".")[0] == group]
            gold = batch.layers[:, held].flatten()
            said = scores[:, held].flatten(0, 1).float()
            kinds = said.new_tensor(KIND_WEIGHTS.get(group, (1.0, 1.0, 1.0)))
            loss = functional.cross_entropy(said, gold, ignore_index=-1, weight=kinds, reduction="sum")
            total = total + weight * loss / (gold >= 0).sum().clamp(min=1) * len(held) ** 0.5
    return total


def _soft_cue_loss(scores: Tensor, batch: Batch) -> Tensor:
    told = (batch.soft_cue[:, 0] >= 0).float()
    loss = -(batch.soft_cue.float().clamp(min=0) * scores.float().log_softmax(-1)).sum(-1)
    return WEIGHTS["cue"] * (loss * told).sum() / told.sum().clamp(min=1)


def _value_loss(said: Tensor, gold: Tensor) -> Tensor:
    asked = ~torch.isnan(gold)
    loss = functional.smooth_l1_loss(said.float(), torch.nan_to_num(gold), beta=0.5, reduction="none")
    return VALUE_WEIGHT * (loss * asked).sum() / asked.sum().clamp(min=1)


def _type_loss(scores: Tensor, batch: Batch) -> Tensor:
    """A document has an incident of a type where some stretch of it says so."""
    asked = (batch.incidents >= 0).float()
    pooled = pooled_types(scores.float(), batch.document, len(batch.documents))
    loss = functional.binary_cross_entropy_with_logits(pooled, batch.incidents.clamp(min=0), reduction="none")
    return TYPE_WEIGHT * 6 * (loss * asked).sum() / asked.sum().clamp(min=1)


def pooled_types(scores: Tensor, document: Tensor, count: int) -> Tensor:
    """[documents, types]: a smooth maximum over the pieces of each document."""
    top = torch.full((count, scores.shape[1]), -1e4, device=scores.device)
    top = top.index_reduce(0, document, scores.detach(), "amax")
    sums = torch.zeros_like(top).index_add(0, document, (scores - top[document]).exp())
    return top + sums.clamp(min=1e-6).log() - 2.0


def _relation_loss(network: ReaderNet, states: Tensor, cue_scores: Tensor, batch: Batch) -> Tensor:
    said, relation = around_of(network, states)(batch.cues)
    real = torch.where(batch.soft_real >= 0, batch.soft_real, 1.0)
    total = relation_losses(said, relation, batch.parts, real) + _soft_part_loss(said, batch)
    if "polnear" in batch.sets:
        false = false_cues(cue_scores, batch)
        if len(false):
            said, relation = around_of(network, states)(false)
            _, there, _ = window_index(false)
            total = total + 0.3 * relation_losses(
                said, relation, torch.where(there, 0, -1), relation.new_zeros(len(false))
            )
    return total


def _soft_part_loss(said: Tensor, batch: Batch) -> Tensor:
    """What the teacher said of each piece of a window; windows that nobody spoke of weigh nothing."""
    _, there, _ = window_index(batch.cues)
    told = there * (batch.soft_real > SOFT_REAL)[:, None]
    loss = -(batch.soft_parts.float() * said.float().log_softmax(-1)).sum(-1)
    return PART_WEIGHT * 2 * (loss * told).sum() / told.sum().clamp(min=1)


def relation_losses(said: Tensor, relation: Tensor, parts: Tensor, real: Tensor) -> Tensor:
    weight = said.new_tensor([1.0, 1.5, 1.0], dtype=torch.float32)
    loss = functional.cross_entropy(
        said.flatten(0, 1).float(), parts.flatten(), ignore_index=-1, weight=weight, reduction="sum"
    )
    return PART_WEIGHT * 2 * loss / (parts >= 0).sum().clamp(
        min=1
    ) + RELATION_WEIGHT * functional.binary_cross_entropy_with_logits(relation.float(), real.float())


def false_cues(cue_scores: Tensor, batch: Batch) -> Tensor:
    """What was taken for a cue and is none [n, 4]: windows in which nothing is said. Half as many as there are cues."""
    likely = cue_scores.detach().float().softmax(-1)[:, 1]
    false = (likely > FALSE_CUE) & (batch.layers[:, 0] == 0)
    picked = torch.nonzero(false)[: len(batch.cues) // 2, 0]
    return torch.stack([picked, picked, batch.bounds[picked, 0], batch.bounds[picked, 1]], 1)


def learn(shelf: Shelf, base: Path, plan: Plan, documents: Sequence[int], seconds: float = math.inf) -> ReaderNet:
    """A trained reader (the averaged weights), within the time given."""
    torch.manual_seed(plan.seed)
    network = ReaderNet(plan.shape, plan.dropout).to(shelf.device)
    load_base(network.encoder, base)
    network.train()
    run(network, shelf, plan, documents, losses, seconds)
    return network


def run(network: nn.Module, shelf: Shelf, plan: Plan, documents: Sequence[int], loss_of, seconds: float) -> None:  # type: ignore[no-untyped-def]
    """Steps over the documents; at the end the network holds the averaged weights."""
    draw = np.random.default_rng(plan.seed)
    chance = torch.Generator(device="cpu").manual_seed(plan.seed)
    sizes = sum(int(shelf.ends[each] - shelf.starts[each]) for each in documents)
    steps = max(1, plan.epochs * math.ceil(sizes / plan.pieces))
    turn = optimiser(network, plan)
    full = [group["lr"] for group in turn.param_groups]
    averaged = Averaged(network, plan.average)
    begun, step = time.monotonic(), 0
    while step < steps and time.monotonic() - begun < seconds:
        for batch in shelf.batches(documents, plan.pieces, draw):
            # Where time is short the rate still falls to nothing by its end.
            progress = max(step / steps, (time.monotonic() - begun) / seconds)
            if progress >= 1:
                break
            for group, rate in zip(turn.param_groups, full, strict=True):
                group["lr"] = rate * slope(progress)
            with torch.autocast(shelf.device, dtype=torch.bfloat16, enabled=shelf.device == "cuda"):
                loss = loss_of(network, batch, chance)
            turn.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            turn.step()
            averaged.follow(network)
            step += 1
            if step >= steps:
                break
    network.load_state_dict(averaged.network.state_dict())
    network.eval()
    print(f"  {step} of {steps} steps in {time.monotonic() - begun:.0f} s, last loss {loss.item():.3f}", flush=True)


@torch.no_grad()
def probabilities(network: ReaderNet, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """States, tag probabilities [pieces, channels, 3], values, type scores, of one batch."""
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16, enabled=batch.ids.is_cuda):
        states = network.states(batch.ids, batch.writing, batch.there).flatten(0, 1)[batch.inner]
        tags = network.tag_scores(states).float().softmax(-1)
        return states, tags, network.values(states).float(), network.types(states).float()


@torch.no_grad()
def evaluate(network: ReaderNet, shelf: Shelf, documents: Sequence[int], threshold: float = 0.4) -> dict[str, float]:
    """Quick scores on documents: relations, stretches by group, values, types."""
    relations, full, given, given_full, tags_found = [], [], [], [], []
    said_values, gold_values, said_types, gold_types = [], [], [], []
    for batch in shelf.batches(documents, 30_000, None):
        states, tags, values, types = probabilities(network, batch)
        chosen = tags.argmax(-1).cpu().numpy()
        tags_found.append(tag_scores(chosen, batch.layers.cpu().numpy()))
        said_values.append(values)
        gold_values.append(batch.values)
        said_types.append(pooled_types(types, batch.document, len(batch.documents)) > 0)
        gold_types.append(batch.incidents)
        if len(batch.cues):
            found = find_cues(tags[:, 0].cpu().numpy(), threshold)
            one, two = _relation_tallies(around_of(network, states), found, batch)
            relations.append(one)
            full.append(two)
            one, two = _relation_tallies(around_of(network, states), _gold_cues(batch), batch, sure=True)
            given.append(one)
            given_full.append(two)
    scores = grouped(tags_found)
    if any(each.gold for each in relations):
        scores |= {"relation": added(relations).f1, "full": added(full).f1}
        scores |= {"given cues": added(given).f1, "given cues full": added(given_full).f1}
        both = added(relations)
        scores |= {"precision": both.right / max(1, both.said), "recall": both.right / both.gold}
    said, gold = torch.cat(said_values), torch.cat(gold_values)
    for column, name in enumerate(VALUES):
        asked = ~torch.isnan(gold[:, column])
        if asked.sum() > 2:
            scores[f"{name} mae"], scores[f"{name} r"] = correlation(said[asked, column], gold[asked, column])
    types_said, types_gold = torch.cat(said_types), torch.cat(gold_types)
    asked = types_gold[:, 0] >= 0
    if asked.any():
        right = (types_said[asked] & (types_gold[asked] > 0)).sum()
        scores["types"] = float(2 * right / (types_said[asked].sum() + (types_gold[asked] > 0).sum()))
    return {name: round(float(value), 4) for name, value in scores.items()}


def around_of(network: ReaderNet, states: Tensor):  # type: ignore[no-untyped-def]
    """The second stage as a function of cues [n, 4]."""

    def read(cues: Tensor) -> tuple[Tensor, Tensor]:
        index, there, marked = window_index(cues)
        return network.around(network.keys(states)[index], marked, there)

    return read


def _gold_cues(batch: Batch) -> list[tuple[int, int]]:
    return [(first, last) for first, last, *_ in batch.cues.tolist()]


def _relation_tallies(read, found, batch, *, sure=False):  # type: ignore[no-untyped-def]
    """Relations at the cues found, against the gold ones; `sure` takes every cue for one."""
    bounds = batch.bounds.cpu().numpy()
    said = []
    for start in range(0, len(found), 512):
        some = found[start : start + 512]
        cues = torch.tensor([[first, last, *bounds[first]] for first, last in some], device=batch.ids.device)
        with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16, enabled=batch.ids.is_cuda):
            parts, relation = read(cues)
        _, there, _ = window_index(cues)
        chosen = torch.where(there, parts.float().argmax(-1), 0).cpu().numpy()
        keep = sure | (relation > -0.5).cpu().numpy()
        said += [
            relation_of(cue, part) for cue, part, real in zip(some, chosen, keep, strict=True) if real and 2 in part
        ]
    gold = [
        relation_of((first, last), parts)
        for (first, last, *_), parts in zip(batch.cues.tolist(), batch.parts.cpu().numpy(), strict=True)
    ]
    return _by_document(said, gold, bounds)


def _by_document(said, gold, bounds):  # type: ignore[no-untyped-def]
    one, two = [], []
    for start in sorted({int(bounds[each[0][0], 0]) for each in (*said, *gold)}):
        first, second = match(
            [each for each in said if bounds[each[0][0], 0] == start],
            [each for each in gold if bounds[each[0][0], 0] == start],
        )
        one.append(first)
        two.append(second)
    return added(one), added(two)


# The teacher -------------------------------------------------------------------------------------


def reencoding_losses():  # type: ignore[no-untyped-def]
    """The teacher's loss on the windows around gold cues."""

    def loss_of(network: Reencoder, batch: Batch, _draw: torch.Generator) -> Tensor:
        real = torch.ones(len(batch.cues), device=batch.cues.device)
        return relation_losses(*reencode(network, batch, batch.cues), batch.parts, real)

    return loss_of


def reencode(network: Reencoder, batch: Batch, cues: Tensor) -> tuple[Tensor, Tensor]:
    """Windows around the cues of a batch, read anew."""
    index, there, marked = window_index(cues)
    flat_ids, flat_writing = batch.ids.flatten()[batch.inner], batch.writing.flatten()[batch.inner]
    return network(torch.where(there, flat_ids[index], 0), torch.where(there, flat_writing[index], 0), marked, there)


def teach(shelf: Shelf, base: Path, plan: Plan, documents: Sequence[int], seconds: float = math.inf) -> Reencoder:
    """A trained teacher."""
    torch.manual_seed(plan.seed)
    network = Reencoder(plan.dropout).to(shelf.device)
    load_base(network.encoder, base)
    network.train()
    run(network, shelf, plan, documents, reencoding_losses(), seconds)
    return network


@torch.no_grad()
def evaluate_teacher(network: Reencoder, shelf: Shelf, documents: Sequence[int]) -> dict[str, float]:
    """Quick scores of the teacher with the gold cues given."""
    tallies = [
        _relation_tallies(partial(reencode, network, batch), _gold_cues(batch), batch, sure=True)
        for batch in shelf.batches(documents, 30_000, None)
    ]
    one, two = zip(*tallies, strict=True)
    return {"given cues": round(added(one).f1, 4), "given cues full": round(added(two).f1, 4)}


__all__ = ["Plan", "device_of", "evaluate", "evaluate_teacher", "learn", "run", "teach"]
