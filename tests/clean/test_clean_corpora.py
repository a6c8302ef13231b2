"""The floors on other people's pages, and the two sample scrapes; skipped where they do not lie beside the checkout."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

from crossbearing.clean.documents import clean
from crossbearing.model.text import Capture, DateKind, Document, FurnitureKind, Media

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("CROSSBEARING_CORPORA", ROOT.parent / "shared" / "corpora"))
REPORTS = CORPORA.parent / "reports"

pytestmark = pytest.mark.corpora


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scrapes", ROOT / "evals" / "scrapes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("mode", ["block", "nodes"])
@pytest.mark.parametrize("corpus", ["web_l3s_gn1", "web_fundus_tests"])
def test_scrapes_reach_the_floor(corpus: str, mode: str) -> None:
    """Mean F1 of the kept text is at least 0.90, and related and comment lines seldom leak in."""
    if not (CORPORA / corpus).is_dir():
        pytest.skip(f"no corpus {corpus} beside the checkout")
    evals = scorer()
    row = evals.scrapes(CORPORA, corpus, mode)
    assert row["crossbearing"] >= evals.FLOOR
    assert all(row[kind]["share"] <= 0.10 for kind in ("related leaked", "comments leaked") if kind in row)


def sample(name: str) -> Document:
    if not (REPORTS / name).is_file():
        pytest.skip(f"no sample report {name} beside the checkout")
    content = (REPORTS / name).read_bytes()
    found = clean(Capture(content, hashlib.sha256(content).hexdigest(), name, name, Media.SCRAPE))
    assert isinstance(found, Document)
    return found


def test_the_teaser_of_another_article_is_marked() -> None:
    """The first sample ends in another article's title, twice, and its lead: from there on nothing is article."""
    found = sample("report-000.txt")
    related = next(f.span for f in found.furniture if f.kind is FurnitureKind.RELATED)
    assert related.of(found.text).count("\n\n") == 6
    assert found.article()[-1].end <= related.start
    assert found.metadata.title is not None
    assert found.metadata.title.value.startswith("Iraqi resistance fighters attack")


def test_icons_byline_and_age_are_read_off_the_furniture() -> None:
    """The second sample's section and age stand between icon names; its byline and title are no article."""
    found = sample("report-001.txt")
    shown = found.metadata
    assert [(d.kind, d.shown.value) for d in shown.dates] == [(DateKind.AGE, "4 months ago")]
    assert (shown.section and shown.section.value, shown.byline and shown.byline.value) == ("Iraq", "Staff, Agencies")
    assert found.quote(found.article()[0]).strip().startswith("The Islamic Resistance in Iraq says")
