"""Tunes the encoder on our examples: two adapters, with all of them and without the held-out ones. `make tune` runs it.

    python -m tools.encoder.tune [--further] [--epochs N] [--only all|held-out]

Needs PyTorch (`pip install -r requirements-tune.txt`), some 2 GB of memory and an hour and more on two cores. The examples
are fed both as they were written, rewritten by other hands, and in the restored form that the encoder is given.
`--further` goes on from the adapters that there are, one round unless told otherwise: for some thousands of new examples, in a quarter of the time.
"""

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

import sentencepiece
import torch
from torch.nn import functional

from nlu.e5.base import ADAPTER_FILE, FOLDER, HELD_OUT_ADAPTER_FILE, PIECES_FILE, Adapter, Base
from nlu.examples import Example, load_examples
from nlu.held_out import is_held_out
from nlu.language import LanguageModel
from nlu.reading import readable_example
from nlu.restore import Restorer, word_counts
from tools.encoder.augment import rewritten
from tools.encoder.network import Network

ROUNDS = 4
BATCH = 32
MOST_PIECES = 90
RATE, HEAD_RATE = 1e-3, 2e-3
SMOOTHING = 0.1
WARMING = 0.1
# Of the times a text is read, how often in its restored form.
RESTORED = 0.5


@dataclass(frozen=True, slots=True)
class Text:
    """An example as it was written and as it is read, with the number of its label."""

    raw: str
    restored: str
    label: int


def main() -> None:
    arguments = _arguments()
    torch.manual_seed(1)
    texts, labels = _texts(Path("data/intents"))
    seen = [text for text in texts if not is_held_out(text.raw)]
    for only, read, file in (("all", texts, ADAPTER_FILE), ("held-out", seen, HELD_OUT_ADAPTER_FILE)):
        if arguments.only in (None, only):
            begin = Adapter.load(FOLDER / file) if arguments.further else None
            epochs = arguments.epochs or (1 if arguments.further else ROUNDS)
            tune(read, labels, epochs, arguments.rank, begin).adapter().save(arguments.folder / file)


def tune(texts: list[Text], labels: int, epochs: int, rank: int, begin: Adapter | None = None) -> Network:
    """Trains low-rank changes of the base and a head, from `begin` on when it is given; prints the loss of each round."""
    chance = random.Random(1)
    cutter = sentencepiece.SentencePieceProcessor(model_proto=(FOLDER / PIECES_FILE).read_bytes())
    network = Network(Base.load(), labels, rank, scale=16 / rank)
    if begin is not None:
        network.begin_from(begin)
    body = [parameter for _, linear in network.learnt() for parameter in (linear.down, linear.up)]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": network.head.parameters(), "lr": HEAD_RATE}], weight_decay=0.01,
        betas=(0.9, 0.98),
    )  # fmt: skip
    steps = epochs * -(-len(texts) // BATCH)
    warm = max(1, int(WARMING * steps))
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    started = time.perf_counter()
    for number in range(epochs):
        network.train()
        total = 0.0
        for batch in _batches(texts, chance, cutter):
            scores = network([pieces for pieces, _ in batch])
            wanted = torch.tensor([label for _, label in batch])
            loss = functional.cross_entropy(scores, wanted, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *network.head.parameters()], 1.0)
            optimiser.step()
            pace.step()
            total += loss.item() * len(batch)
        seconds = time.perf_counter() - started
        print(f"round {number + 1} of {epochs}: loss {total / len(texts):.3f}, {seconds:.0f} s", flush=True)
    return network.eval()


def _batches(
    texts: list[Text], chance: random.Random, cutter: sentencepiece.SentencePieceProcessor
) -> list[list[tuple[list[int], int]]]:
    """Batches of texts of like length, in random order; each text written by a new hand."""
    rows = []
    for text in texts:
        read = text.restored if chance.random() < RESTORED else rewritten(text.raw, chance)
        rows.append(([0, *cutter.encode(read)[: MOST_PIECES - 2], 2], text.label))
    chance.shuffle(rows)
    near = 16 * BATCH
    batches = []
    for start in range(0, len(rows), near):
        part = sorted(rows[start : start + near], key=lambda row: len(row[0]))
        batches += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    chance.shuffle(batches)
    return batches


def _texts(folder: Path) -> tuple[list[Text], int]:
    examples: list[Example] = load_examples(folder)
    restorer = Restorer(word_counts(example.text for example in examples if example.language == "sv"))
    languages = LanguageModel.build((example.text, example.language) for example in examples)
    labels = sorted({example.intent for example in examples})
    number = {label: at for at, label in enumerate(labels)}
    return [
        Text(it.text, readable_example(it.text, it.language, languages, restorer), number[it.intent]) for it in examples
    ], len(labels)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Tunes the encoder on data/intents.")
    parser.add_argument("--further", action="store_true", help="go on from the adapters that there are")
    parser.add_argument("--epochs", type=int, help=f"rounds: {ROUNDS}, or 1 with --further, unless told otherwise")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--only", choices=["all", "held-out"])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
