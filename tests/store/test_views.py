"""The views answer what is asked first, in every database."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from tenmatsu.pipeline import Extracted
from tenmatsu.records import DocumentRow, Entity, Event, Incident, Quantity, Text, card_of
from tenmatsu.store import Store
from tenmatsu.store.documents import prepared, put_document
from tenmatsu.store.engines import writing


def asked(url, statement):
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [dict(one) for one in connection.execute(text(statement)).mappings()]
    engine.dispose()
    return found


def told(number, *claims, detection=None, disclosure=None, days=None, victim="甲商事"):
    """A document of one incident with claims about a leak: organisation, factuality, kind of data."""
    doc_id = f"{number:016}"
    entities = tuple(Entity(f"tm:{org}", org) for org in dict.fromkeys(org for org, *_ in claims if org))
    card = Incident(
        f"inc-{number}", f"{number}の件", victim, None, ("unknown",), ("unknown",), detection=detection, disclosure=disclosure,
        disclosure_days=days, documents=(doc_id,),
    )  # fmt: skip
    events, counts = [], []
    for at, (org, factuality, kind) in enumerate(claims):
        events.append(
            Event(
                doc_id, f"{doc_id}-e{at}", card.incident_id, at, at + 1, "流出", "data_leak", None, None, None, None, org,
                f"tm:{org}" if org else None, factuality, None, None, 0, 9, "r", 1.0, card_id=card.incident_id,
            )
        )  # fmt: skip
        if kind:
            counts.append(
                Quantity(doc_id, f"{doc_id}-q{at}", at, at + 1, "3件", 3.0, 3.0, "record", "leaked", kind, factuality, f"{doc_id}-e{at}", "r", card.incident_id, card.incident_id)
            )  # fmt: skip
    row = DocumentRow(doc_id, f"{number}.txt", doc_id, published=f"2024-03-{number:02}", characters=1)
    return Extracted(
        row, events=tuple(events), quantities=tuple(counts), incidents=(card,), cards=(card_of(doc_id, card),),
        texts=(Text(doc_id, "文"),), entities=entities,
    )  # fmt: skip


def test_the_timeline_of_an_incident_tells_each_step_once_dated_first(given, load, url):
    load(url, *given.values())
    found = asked(url, "SELECT * FROM incident_timeline ORDER BY incident_id, step")
    affair = next(one["incident_id"] for one in found if one["documents"] > 1)
    steps = [one for one in found if one["incident_id"] == affair]
    assert [one["step"] for one in steps] == list(range(1, len(steps) + 1))
    dates = [one["date_begin"] or one["date_end"] for one in steps]
    known = [date for date in dates if date is not None]
    assert dates[: len(known)] == sorted(known)
    (detection,) = (
        one for one in steps if one["type"] == "detection" and one["factuality"] == "asserted" and one["date"]
    )
    assert (detection["date"], detection["documents"]) == ("2022-05-12", 3)
    assert len({(one["date"], one["type"], one["org"], one["factuality"]) for one in steps}) == len(steps)
    assert {one["factuality"] for one in steps} >= {"asserted", "negated"}


def test_leaks_are_told_by_organisation_and_how_surely(url):
    with Store(url) as store:
        store.put(
            told(1, ("甲商事", "asserted", "name"), ("甲商事", "asserted", "email"), ("甲商事", "planned", None)), "1"
        )
        store.put(told(2, ("甲商事", "asserted", None), ("甲商事", "negated", "card")), "1")
        copy = told(2, ("甲商事", "asserted", None), ("甲商事", "negated", "card"))
        store.put(replace(copy, document=replace(copy.document, path="copy.txt")), "1")
        store.put(told(3, ("乙電機", "possible", None), (None, "asserted", None), victim="丙大学"), "1")
    found = asked(url, "SELECT * FROM leaks_by_organisation ORDER BY org, claim")
    assert [(one["org"], one["claim"], one["documents"], one["events"], one["data_kinds"]) for one in found] == [
        ("丙大学", "confirmed", 1, 1, None),
        ("乙電機", "possible", 1, 1, None),
        ("甲商事", "confirmed", 2, 3, "email, name"),
        ("甲商事", "denied", 1, 1, "card"),
    ]
    assert str(found[2]["latest"]) == "2024-03-02"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["4", "10", "1..5", None], {"incidents": 4, "known": 3, "exact": 2, "min_days": 4, "mean_days": 7.0, "median_days": 7.0, "max_days": 10}),
        (["1", "3", "20"], {"incidents": 3, "known": 3, "exact": 3, "min_days": 1, "mean_days": 8.0, "median_days": 3.0, "max_days": 20}),
        ([None, "5.."], {"incidents": 2, "known": 1, "exact": 0, "min_days": None, "mean_days": None, "median_days": None, "max_days": None}),
    ],
)  # fmt: skip
def test_delays_of_disclosure_are_told_by_year_of_detection(url, days, expected):
    with Store(url) as store, writing(store._engine) as connection:
        for at, day in enumerate(days, 1):
            put_document(connection, prepared(told(at, detection=f"2023-05-{at:02}", days=day, victim=None)), "1")
        put_document(connection, prepared(told(9, detection="2021-01-01", days="7", victim=None)), "1")
        put_document(connection, prepared(told(10, detection="XXXX-01-01", victim=None)), "1")
    found = asked(url, "SELECT * FROM disclosure_delay_by_year ORDER BY year")
    assert [one["year"] for one in found] == [2021, 2023]
    assert {key: found[1][key] for key in expected} == expected
