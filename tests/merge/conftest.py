"""Accounts made by hand, and documents of a few lines, for the tests of merging."""

import pytest
from affair import FIRST, NEWS, OTHER, SECOND, SERIES

from tenmatsu.merge.accounts import Account, Counted, Told
from tenmatsu.merge.evidence import facts_of
from tenmatsu.organisations.register import likeness
from tenmatsu.pipeline import extract_document
from tenmatsu.records import Incident

_MADE = {"vectors": ("unknown",), "root_causes": ("unknown",)}


def _card(doc_id, victim, **fields):
    given = {**_MADE, "documents": (doc_id,), **fields}
    return Incident(f"{doc_id}/{victim}", f"{victim}の件", victim, given.pop("victim_id", None), **given)


def _account(doc_id, *victims, told=(), leaks=(), counted=(), days=(), names=(), **given):
    """``victims`` are names, or (name, fields of the card); the rest belongs to the first. Places are numbers of 10."""
    cards = tuple(
        _card(doc_id, one) if isinstance(one, str) or one is None else _card(doc_id, one[0], **one[1])
        for one in victims or ("架空電機株式会社",)
    )
    first = cards[0].incident_id
    given = {"published": None, "genre": "news", "publisher": None, "series": "", "report": 0, **given}
    return Account(
        doc_id,
        cards=cards,
        names=tuple(
            tuple(dict.fromkeys(filter(None, (card.victim_id, likeness(card.victim), *names)))) if card.victim else ()
            for card in cards
        ),
        told=tuple(
            Told(first, kind, date, (more or ["asserted"])[0], (doc_id, 10 * at, 10 * at + 5))
            for at, (kind, date, *more) in enumerate(told)
        ),
        leaks=tuple((first, how, (doc_id, 500 + at, 502 + at)) for at, how in enumerate(leaks)),
        counted=tuple(
            Counted(first, f"{least or most:g}", least, most, unit, of, None, "asserted", (doc_id, 900 + at, 903 + at))
            for at, (least, most, unit, of) in enumerate(counted)
        ),
        days=tuple((f"{doc_id}-t{start}", start, start + 5, value, raw) for start, value, raw in days),
        **given,
    )


@pytest.fixture(scope="session")
def account():
    """The function that makes an account by hand."""
    return _account


@pytest.fixture(scope="session")
def facts():
    """A function that gives the facts of an account's first card."""
    return lambda *given, **more: facts_of(_account(*given, **more))[0]


@pytest.fixture(scope="session")
def read():
    """A function that reads a text as a document."""

    def extracted(text, **given):
        one = extract_document(text.encode(), "t.txt", **given)
        assert one.document.status == "ok", one.document.error
        return one

    return extracted


@pytest.fixture(scope="session")
def documents(read):
    """Two reports of a series, news of the same affair that prints no year, and a document of another firm."""
    return {
        "first": read(SERIES.format(number=1, published="2022年5月13日", story=FIRST)),
        "second": read(SERIES.format(number=2, published="2022年6月20日", story=SECOND)),
        "news": read(NEWS),
        "other": read(OTHER),
    }
