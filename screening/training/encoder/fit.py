"""The fit of the classifier: batches, losses, a schedule, checkpoints from which it goes on."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from screening.classifier.classifier import of_windows
from screening.training.encoder.batches import Batch, Tokens, Window, batch_of, shuffled, windows_of
from screening.training.encoder.network import HIDDEN, Classifier
from screening.training.encoder.plan import Plan
from screening.training.encoder.signs import SIGNS, WHOLE

LAYERS = 6
BATCH = 32
SMOOTHED = 0.02
"""Labels are moved so far towards the middle: of those of real posts one to three in a hundred are wrong."""
TELLING_WEIGHT = 0.2
"""Of the loss that teaches quotes; no other weight was tried."""
CHECKPOINT_SECONDS = 300
Progress = Callable[[int, int, float], None]
"""(windows done, windows in all, mean loss)."""


def new_classifier() -> Classifier:
    model = Classifier(LAYERS, 2 * len(SIGNS), len(WHOLE))
    torch.nn.init.constant_(model.signs.bias, -4.0)
    return model


def loss_of(model: Classifier, words: Tensor, batch: Batch, sign_weight: float) -> Tensor:
    """Binary cross-entropy over what is known: summed over signs, mean over segments; mean over the questions of the whole."""
    device = words.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        of_signs, of_each, of_whole = model(
            words, torch.from_numpy(batch.mask).to(device), torch.from_numpy(batch.spans).to(device)
        )
    weight = torch.from_numpy(batch.weight).to(device)
    total = torch.zeros((), device=device)
    for logits, labels, scale in ((of_signs, batch.signs, sign_weight), (of_whole, batch.whole, 1.0)):
        target = torch.from_numpy(labels).to(device)
        known = (target >= 0).float() * weight.reshape(-1, *[1] * (target.dim() - 1))
        smooth = (
            target.clamp(min=0).float() * (1 - SMOOTHED) + SMOOTHED / 2 if scale == 1.0 else target.clamp(min=0).float()
        )
        each = functional.binary_cross_entropy_with_logits(logits.float(), smooth, reduction="none") * known
        if scale == 1.0:
            total = total + each.sum() / known.sum().clamp(min=1)
        else:
            rows = (known.amax(-1) > 0).sum().clamp(min=1)
            total = total + scale * each.sum() / rows
    return total + TELLING_WEIGHT * _telling_loss(of_each.float(), batch, weight)


def _telling_loss(of_each: Tensor, batch: Batch, weight: Tensor) -> Tensor:
    """How far the segments that a moderator would underline are from being those that speak most for the answer.

    Cross-entropy over a window's segments, of each question that the window answers with yes and of which such segments are marked.
    """
    telling = torch.from_numpy(batch.telling).to(of_each.device)
    marked = telling.sum(-1, keepdim=True)
    asked = torch.from_numpy(batch.whole == 1).to(of_each.device) & (marked > 0)
    there = torch.from_numpy(batch.spans.sum(-1) > 0).to(of_each.device)
    shares = of_each.masked_fill(~there[..., None], -1e4).log_softmax(1).masked_fill(~there[..., None], 0.0)
    each = -(shares * (telling / marked.clamp(min=1))[..., None]).sum(1)
    known = asked.float() * weight[:, None]
    return (each * known).sum() / known.sum().clamp(min=1)


def fit(
    model: Classifier,
    vectors: np.ndarray,
    tokens: Tokens,
    examples: Sequence[Mapping[str, Any]],
    plan: Plan,
    *,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
    device: str = "cpu",
) -> Classifier:
    """Fit on the examples; from `checkpoint` where one of the same plan lies.

    Args:
        vectors: (pieces, HIDDEN) float16, the words' vectors.
    """
    assert vectors.shape[1] == HIDDEN
    table = torch.from_numpy(vectors.astype(np.float32))
    model.to(device).train()
    heads = [*model.signs.parameters(), *model.whole.parameters()]
    bodies = [p for name, p in model.named_parameters() if not name.startswith(("signs", "whole"))]
    optimizer = torch.optim.AdamW(
        [{"params": bodies, "lr": plan.rate, "most": plan.rate}, {"params": heads, "lr": plan.head_rate, "most": plan.head_rate}],
        weight_decay=0.01, betas=(0.9, 0.98),
    )  # fmt: skip
    done, epoch, in_all = 0, 0, int(plan.epochs * len(examples))
    skip = 0
    if checkpoint and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done, epoch, skip = state["done"], state["epoch"], state["in_epoch"]
    saved = time.monotonic()
    mean = 0.0
    while done < in_all:
        chance = random.Random(plan.seed + epoch)  # noqa: S311 - a deal of examples, no secret
        in_epoch = 0
        for batch in shuffled(_drawn(examples, tokens, chance), tokens, BATCH, chance):
            in_epoch += len(batch.weight)
            if in_epoch <= skip:
                continue
            part = min(1.0, done / in_all)
            factor = min(1.0, done / (0.06 * in_all) + 0.02) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * part)))
            for group in optimizer.param_groups:
                group["lr"] = group["most"] * factor
            loss = loss_of(model, table[torch.from_numpy(batch.ids)].to(device), batch, plan.sign_weight)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            done += len(batch.weight)
            mean = loss.item() if mean == 0 else 0.98 * mean + 0.02 * loss.item()
            if progress:
                progress(done, in_all, mean)
            if checkpoint and time.monotonic() - saved > CHECKPOINT_SECONDS:
                _save(checkpoint, model, optimizer, done, epoch, in_epoch)
                saved = time.monotonic()
            if done >= in_all:
                break
        epoch, skip = epoch + 1, 0
    if checkpoint:
        _save(checkpoint, model, optimizer, done, epoch, 0)
    return model.eval()


def _drawn(examples: Sequence[Mapping[str, Any]], tokens: Tokens, chance: random.Random) -> list[Window]:
    found = []
    for number, example in enumerate(examples):
        found += windows_of(number, example, tokens, chance)
    return found


def _save(
    path: Path, model: Classifier, optimizer: torch.optim.Optimizer, done: int, epoch: int, in_epoch: int
) -> None:
    part = path.with_suffix(".part")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "done": done,
            "epoch": epoch,
            "in_epoch": in_epoch,
        },
        part,
    )
    part.replace(path)


@torch.no_grad()
def answers(
    model: Classifier,
    vectors: np.ndarray,
    tokens: Tokens,
    examples: Sequence[Mapping[str, Any]],
    *,
    device: str = "cpu",
) -> tuple[list[np.ndarray], np.ndarray]:
    """Logits of each example's segments (segments, 2 x codes), and of the whole (examples, questions)."""
    model.to(device).eval()
    table = torch.from_numpy(vectors.astype(np.float32))
    windows = [w for number, example in enumerate(examples) for w in windows_of(number, example, tokens, None)]
    windows.sort(key=lambda window: window.length)
    of_signs = [np.full((len(e["segments"]), 2 * len(SIGNS)), -20, np.float32) for e in examples]
    wholes: list[list[np.ndarray]] = [[] for _ in examples]
    sizes: list[list[int]] = [[] for _ in examples]
    for at in range(0, len(windows), 32):
        group = windows[at : at + 32]
        batch = batch_of(group, tokens)
        with torch.autocast(device, dtype=torch.bfloat16):
            signs, _, whole = model(
                table[torch.from_numpy(batch.ids)].to(device),
                torch.from_numpy(batch.mask).to(device),
                torch.from_numpy(batch.spans).to(device),
            )
        for row, window in enumerate(group):
            of_signs[window.example][window.first : window.first + len(window.pieces)] = (
                signs[row, : len(window.pieces)].float().cpu()
            )
            wholes[window.example].append(whole[row].float().cpu().numpy())
            sizes[window.example].append(window.length)
    return of_signs, np.array([of_windows(found, size) for found, size in zip(wholes, sizes, strict=True)])
