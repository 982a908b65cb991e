"""The scorer on a document small enough to count by hand."""

from dataclasses import replace

import pytest

from tenmatsu.evaluate.gold import gold_of
from tenmatsu.evaluate.layers import LAYERS, Counts, score
from tenmatsu.pipeline import Extracted
from tenmatsu.records import DocumentRow, Event, Incident, Mention, Quantity, Text, Timex

#       0         1         2         3         4         5
#       012345678901234567890123456789012345678901234567890123
TEXT = "架空商事は10月2日に検知し、10月5日に公表した。情報250件の流出は確認されていない。窃取の疑い。"

GOLD = {
    "doc": "d",
    "sha256": "0",
    "published": "2020-10-05",
    "timexes": [
        {"line": 1, "text": "10月2日", "type": "DATE", "value": "2020-10-02", "mod": None},
        {"line": 1, "text": "10月5日", "type": "DATE", "value": "2020-10-05", "mod": None},
    ],
    "events": [
        {"line": 1, "text": "検知", "type": "detection", "date": "2020-10-02", "org": "架空商事", "factuality": "asserted"},
        {"line": 1, "text": "公表", "type": "disclosure", "date": "2020-10-05", "org": "架空商事", "factuality": "asserted", "attributed_to": "架空新聞"},
        {"line": 1, "text": "流出", "type": "data_leak", "date": None, "org": "架空商事", "factuality": "negated"},
        {"line": 1, "text": "窃取", "type": "data_leak", "date": None, "org": "架空商事", "factuality": "possible"},
    ],
    "mentions": [{"line": 1, "text": "架空商事", "entity": "架空商事", "kind": "name"}],
    "quantities": [{"line": 1, "text": "250件", "min": 250, "max": 250, "unit": "record", "of": "leaked", "factuality": "negated"}],
    "incidents": [
        {
            "victim": "架空商事", "vector": ["malware", "vpn"], "root_cause": [], "first_intrusion": None, "detection": "2020-10-02",
            "containment": None, "disclosure": "2020-10-05", "attributed_actor": None, "leaked": [], "possibly_leaked": ["情報"],
            "denied_leak": ["個人情報"],
        }
    ],
}  # fmt: skip


def place(text):
    start = TEXT.index(text)
    return start, start + len(text), text


def timex(text, value, mod=None):
    start, end, text = place(text)
    return Timex("d", f"t{start}", start, end, text, "DATE", value, value, mod, "explicit", None, "r")


def event(text, kind, date, org="架空商事", factuality="asserted", after=None):
    start, end, text = place(text)
    return Event(
        "d",
        f"e{start}",
        None,
        start,
        end,
        text,
        kind,
        date,
        date,
        date,
        None,
        org,
        None,
        factuality,
        after,
        None,
        0,
        10,
        "r",
        1.0,
    )


def mention(text, entity):
    return Mention("d", "m", *place(text), "name", entity, None, "r")


def quantity(text, low, high, of, unit="record"):
    return Quantity("d", "q", *place(text), low, high, unit, of, None, "asserted", None, "r")


PERFECT = Extracted(
    DocumentRow("d", "d.txt", "0", published="2020-10-05"),
    (timex("10月2日", "2020-10-02"), timex("10月5日", "2020-10-05")),
    (
        event("検知", "detection", "2020-10-02"),
        event("公表", "disclosure", "2020-10-05", after="架空新聞"),
        event("流出", "data_leak", None, factuality="negated"),
        event("窃取", "data_leak", None, factuality="possible"),
    ),
    (mention("架空商事", "架空商事"),),
    (),
    (quantity("250件", 250.0, 250.0, "leaked"),),
    incidents=(
        Incident(
            "i",
            "題",
            "架空商事",
            None,
            ("vpn", "malware"),
            (),
            None,
            "2020-10-02",
            None,
            "2020-10-05",
            None,
            (),
            ("情報",),
            ("個人情報",),
        ),
    ),
    texts=(Text("d", TEXT),),
)


def counts(extracted, **changes):
    return score(gold_of("g.json", GOLD | changes, TEXT), extracted).counts


def test_what_agrees_in_all_is_right_in_all():
    found = score(gold_of("g.json", GOLD, TEXT), PERFECT)
    assert set(found.counts) == set(LAYERS)
    assert found.mistakes == ()
    assert all(right == system == gold > 0 for right, system, gold in found.counts.values())
    assert found.counts["time value"] == (2, 2, 2)
    assert found.counts["event type, date, org, factuality"] == (4, 4, 4)
    assert found.counts["attribution given the event"] == (1, 1, 1)
    assert found.counts["incident fields"] == (10, 10, 10)
    # two vectors, two dates, one possible and one denied leak
    assert found.counts["incident facts"] == (6, 6, 6)
    assert found.counts["not overstated"] == (2, 2, 2)


def test_nothing_found_is_nothing_right():
    empty = Extracted(DocumentRow("d", "d.txt", "0"), texts=(Text("d", TEXT),))
    found = counts(empty)
    assert found["time value"] == (0, 0, 2)
    assert found["event trigger"] == (0, 0, 4)
    assert found["event org given the trigger"] == (0, 0, 0)
    assert found["incident fields"] == (0, 0, 10)
    assert found["published"] == (0, 0, 1)
    # what is not stated is not overstated
    assert found["not overstated"] == (2, 2, 2)


def test_times():
    system = (timex("10月2日に", "2020-10-02"), timex("10月5日", "2020-10-05", "APPROX"), timex("250", "0250"))
    found = counts(replace(PERFECT, timexes=system))
    assert found["time span"] == (1, 3, 2)
    assert found["time span overlap"] == (2, 3, 2)
    assert found["time value"] == (1, 3, 2)
    assert found["time value, mod"] == (0, 3, 2)


def test_a_repeated_row_is_spurious():
    found = counts(replace(PERFECT, timexes=(PERFECT.timexes[0],) * 2))
    assert found["time span"] == (1, 2, 2)
    assert found["time span overlap"] == (1, 2, 2)


def test_the_year_of_a_linked_document():
    system = (timex("10月2日", "XXXX-10-02"), timex("10月5日", "2020-10-05"))
    events = (event("検知", "detection", "XXXX-10-02"), *PERFECT.events[1:])
    found = counts(replace(PERFECT, timexes=system, events=events), year_basis="another document")
    assert found["time value"] == (2, 2, 2)
    assert found["time value (year from linked documents)"] == (1, 2, 2)
    assert found["event type, date"] == (4, 4, 4)
    assert found["event type, date (year from linked documents)"] == (3, 4, 4)
    assert counts(replace(PERFECT, timexes=system))["time value"] == (1, 2, 2)


def test_events_lose_a_layer_for_each_thing_that_is_wrong():
    system = (
        event("に検知", "finding", "2020-10-02"),
        event("公表", "disclosure", "2020-10", org="架空新聞", after="NHK"),
        event("流出", "data_leak", None),
        event("窃取", "data_leak", None, org=None, factuality="possible", after="NHK"),
        event("情報", "finding", "2020-10-05"),
    )
    found = counts(replace(PERFECT, events=system))
    assert found["event trigger"] == (4, 5, 4)
    assert found["event trigger strict"] == (3, 5, 4)
    assert found["event type"] == (3, 5, 4)
    assert found["event type, date"] == (2, 5, 4)
    assert found["event type, date, org, factuality"] == (0, 5, 4)
    assert found["event org given the trigger"] == (2, 4, 4)
    assert found["event factuality given the trigger"] == (3, 4, 4)
    assert found["attribution given the event"] == (0, 2, 1)


def test_undated_events_are_scored_only_as_leak_claims():
    system = (*PERFECT.events, event("確認", "finding", None))
    assert counts(replace(PERFECT, events=system))["event trigger"] == (4, 4, 4)


@pytest.mark.parametrize(
    ("row", "kept", "kept_leaks"),
    [
        (event("流出", "data_leak", None), 1, 1),
        (event("流出", "finding", None), 1, 1),
        (event("流出", "data_leak", None, factuality="possible"), 2, 2),
    ],
)
def test_harm_is_what_is_not_asserted_and_stated_as_fact(row, kept, kept_leaks):
    events = (*PERFECT.events[:2], row, PERFECT.events[3])
    found = score(gold_of("g.json", GOLD, TEXT), replace(PERFECT, events=events))
    assert found.counts["not overstated"] == (kept, 2, 2)
    assert found.counts["not overstated: data_leak"] == (kept_leaks, 2, 2)
    assert sum(mistake.kind == "overstated" for mistake in found.mistakes) == 2 - kept


def test_organisations_need_span_and_entity():
    found = counts(
        replace(PERFECT, mentions=(mention("架空商事", "架空商事ホールディングス"), mention("情報", "情報")))
    )
    assert found["organisation span"] == (1, 2, 1)
    assert found["organisation linked"] == (0, 2, 1)


@pytest.mark.parametrize(
    ("row", "value", "of"),
    [
        (quantity("250件", 250.0, None, "leaked"), 0, 0),
        (quantity("250件", 250.0, 250.0, "leaked", "file"), 0, 0),
        (quantity("250件", 250.0, 250.0, "affected"), 1, 0),
        (quantity("250", 250.0, 250.0, "leaked"), 0, 0),
    ],
)
def test_quantities(row, value, of):
    found = counts(replace(PERFECT, quantities=(row,)))
    assert found["quantity value"] == (value, 1, 1)
    assert found["quantity value, of"] == (of, 1, 1)


def test_cards_match_by_victim():
    card = replace(
        PERFECT.incidents[0], vectors=("malware",), containment="2020-10-03", denied_leak=("顧客の個人情報", "機密")
    )
    other = Incident("j", "題", "みらい市", None, detection="2020-10-02")
    found = counts(replace(PERFECT, incidents=(other, card)))
    assert found["incident card"] == (1, 2, 1)
    # wrong: vector, containment, denied_leak
    assert found["incident fields"] == (7, 20, 10)
    # right: malware, two dates, 情報, 個人情報; the system gives 1 + 3 + 1 + 2 and the other card's one
    assert found["incident facts"] == (5, 8, 6)


def test_published():
    assert counts(replace(PERFECT, document=replace(PERFECT.document, published="2020-10-06")))["published"] == (
        0,
        1,
        1,
    )
    assert counts(PERFECT, published=None)["published"] == (0, 1, 0)


def test_counts_are_named():
    assert Counts(1, 2, 3)._asdict() == {"right": 1, "system": 2, "gold": 3}
