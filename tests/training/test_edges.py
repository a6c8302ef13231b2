"""What is learned of edges: a chain's likelihood, and what it makes of rows that are plain."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from crossbearing.read.network.edges import FORMS, LABELS, UNWEIGHED, Edges, Sheet, parted
from crossbearing.read.quotes import quotations

torch = pytest.importorskip("torch", reason="edges are learned with torch, which is not installed here")

from training.edges import Chain, Row, learn, weighed  # noqa: E402

COMMA, WORD = len(FORMS), FORMS.index("#low")
SIZE = len(FORMS) + 1


def row(words: str, labels: str, sure: float = 0.6) -> Row:
    """Words, each a comma or none, and their labels, of which the network is so sure."""
    at = np.array([COMMA if word == "," else WORD for word in words], np.int64)
    wanted = np.array(list(map(int, labels)), np.int64)
    shares = np.full((len(at), LABELS), (1 - sure) / (LABELS - 1), np.float32)
    shares[np.arange(len(at)), wanted] = sure
    nought = np.zeros(len(at), np.int64)
    return Row(at, nought, nought, np.log(shares), np.log(shares), wanted)


def test_the_loss_is_the_share_of_the_marked_row_among_all() -> None:
    """As the reader reckons it, whatever else is in the batch."""
    torch.manual_seed(1)
    chain = Chain(SIZE)
    for value in chain.parameters():
        torch.nn.init.normal_(value)
    one = row("xx,x", "3300")
    says = torch.from_numpy(one.says) @ (chain.weights + chain.own) + chain.labels[0]
    moves = [chain.left[a] + chain.right[b] + chain.quoted[0] + chain.sides[0] for a, b in pairwise(one.at.tolist())]

    def worth(labels: tuple[int, ...]) -> float:
        steps = sum(move[a * LABELS + b] for move, (a, b) in zip(moves, pairwise(labels), strict=True))
        return float(sum(says[n, label] for n, label in enumerate(labels)) + steps)

    every = [worth(labels) for labels in np.ndindex(*(LABELS,) * 4)]
    wanted = float(torch.logsumexp(torch.tensor(every), 0)) - worth((3, 3, 0, 0))
    assert chain([one, row("xxxxxx", "000000")])[0].item() == pytest.approx(wanted, abs=1e-3)


def test_where_contents_end_at_a_comma_the_chain_learns_it() -> None:
    """What it learned is what the reader then goes by: a share that is hardly for the edge is enough at a comma."""
    said = {"xxx,xx": "333000", "xx,xxx": "330000", "xxxx,x": "333300"}
    found = [row(words, labels, 0.3) for words, labels in said.items()] * 1200
    chain = learn(found, found[:9], SIZE)
    edges = Edges({**chain.table(), "words": [","], "heard": UNWEIGHED} | _comma_first(chain))
    text = "aa bb cc , dd ee"
    places = [(n, n + len(word)) for n, word in ((text.index(w), w) for w in text.split())]
    shares = np.exp(row("xxx,xx", "333300", 0.27).says)
    labels, _ = parted([Sheet(edges, text, places, quotations(text), shares).asked(shares, 0)])[0]
    assert labels[:4] == [3, 3, 3, 0]


def _comma_first(chain: Chain) -> dict[str, list[list[float]]]:
    """The tables with their own words before the forms, as the reader has them."""
    table = chain.table()
    return {name: [table[name][COMMA], *table[name][: len(FORMS)]] for name in ("left", "right")}


def test_an_anchor_that_is_surely_parted_counts_for_more() -> None:
    """Where it is right more often."""
    given = torch.tensor([(0.0, -3.0), (0.0, -0.1), (2.0, -3.0), (2.0, -0.1)] * 50)
    share, sure, _ = weighed(given, torch.tensor([0.1, 0.5, 0.5, 0.9] * 50))
    assert share > 0
    assert sure > 0
