import time
from dataclasses import replace

import pytest

from tenmatsu.merge import account_of, applied, merge
from tenmatsu.pipeline import extract_document
from tenmatsu.records import Conflict
from tenmatsu.tables import TABLES, Collector, row


@pytest.fixture(scope="module")
def together(documents):
    given = list(documents.values())
    whole = merge(account_of(one) for one in given)
    return whole, [applied(one, whole) for one in given]


def test_all_documents_together_hold_every_row_once(together):
    whole, rows = together
    incidents = [each for one in rows for each in one.incidents]
    assert sorted(incidents, key=lambda each: each.incident_id) == list(whole.incidents.values())
    between = [each for one in rows for each in one.conflicts if each.doc_a != each.doc_b]
    assert sorted(map(repr, between)) == sorted(map(repr, whole.conflicts))
    assert len(between) == len(set(between)) > 0
    for one in rows:
        assert [each.incident_id for each in one.incidents if whole.home[each.incident_id] != one.document.doc_id] == []
        assert all(each.doc_a == one.document.doc_id for each in one.conflicts)


def test_no_row_is_lost_or_moved(documents, together):
    for before, after in zip(documents.values(), together[1], strict=True):
        for table in TABLES:
            if table in ("documents", "incidents", "conflicts"):
                continue
            assert len(getattr(before, table)) == len(getattr(after, table))
        for table in ("timexes", "events", "mentions", "quantities", "measures"):
            for each in getattr(after, table):
                assert after.text[each.start : each.end] == each.text


def test_every_incident_id_is_that_of_an_incident(together):
    whole, rows = together
    for one in rows:
        for each in (*one.events, *one.measures, *one.cards, *one.conflicts):
            assert each.incident_id is None or each.incident_id in whole.incidents
        cards = {card.card_id: card.incident_id for card in one.cards}
        for event in one.events:
            if event.card_id:
                assert cards[event.card_id] == event.incident_id


def test_both_places_of_a_contradiction_lie_in_their_texts(together):
    text_of = {one.document.doc_id: one.text for one in together[1]}
    for one in together[1]:
        for each in one.conflicts:
            assert 0 <= each.start_a < each.end_a <= len(text_of[each.doc_a])
            assert 0 <= each.start_b < each.end_b <= len(text_of[each.doc_b])


def test_an_anchor_of_another_document_is_a_time_expression_there(together):
    known = {timex.timex_id: timex for one in together[1] for timex in one.timexes}
    linked = [timex for timex in known.values() if timex.anchor == "linked_document"]
    assert {timex.text for timex in linked} == {"5月10日", "5月12日"}
    for timex in linked:
        anchor = known[timex.anchor_id]
        assert anchor.doc_id != timex.doc_id
        assert anchor.value[:4] == timex.value[:4]
        assert timex.value_raw.startswith("XXXX")


def test_dates_of_events_are_bounded_anew(together):
    dated = [event for event in together[1][2].events if event.date and "XXXX-XX" not in event.date]
    assert len(dated) == 3
    for event in dated:
        assert event.date == event.date_begin == event.date_end
        assert event.date.startswith("2022-05-1")


def test_a_document_alone_stays_as_it_was(documents):
    for one in documents.values():
        assert applied(one, merge([account_of(one)])) == one


def test_a_document_that_is_not_among_them_or_could_not_be_read_stays(documents, together):
    unread = extract_document(b"", "empty.txt")
    assert applied(unread, together[0]) is unread
    assert applied(documents["other"], merge([])).cards == documents["other"].cards


def test_the_main_card_of_a_document_stays_the_first(read):
    one = read(
        "・【乙川物産】2024年4月1日、フィッシングメールから侵入された。\n・【甲山商事】2024年5月1日、VPN機器の脆弱性を突かれて侵入された。\n"
    )
    assert [each.victim for each in applied(one, merge([account_of(one)])).incidents] == [
        each.victim for each in one.incidents
    ]


def test_its_own_contradictions_move_with_the_card_and_take_the_years(documents):
    """The second report's card becomes part of the first one's incident."""
    second = documents["news"]
    (card,) = second.cards
    doc_id = second.document.doc_id
    own = Conflict(card.card_id, "date", "date", "XXXX-05-10", doc_id, 0, 1, "XXXX-05-12", doc_id, 2, 3, "XXXX-05-12")
    second = replace(second, conflicts=(own,))
    whole = merge([account_of(documents["first"]), account_of(second)])
    kept = applied(second, whole).conflicts[0]
    assert kept.incident_id == whole.incident_of[card.card_id] != card.card_id
    assert (kept.value_a, kept.value_b, kept.likely) == ("2022-05-10", "2022-05-12", "2022-05-12")


def test_the_tables_hold_no_id_twice(together):
    collector = Collector()
    found = [collector.rows(one) for one in together[1]]
    for table, key in (("incidents", "incident_id"), ("cards", "card_id"), ("events", "event_id")):
        ids = [each[key] for rows in found for each in rows[table]]
        assert len(ids) == len(set(ids))
    assert row("incidents", together[1][0].incidents[0])["merged_by"]


def test_many_documents_are_applied_in_little_time(documents):
    one = documents["first"]
    told = account_of(one)
    many = []
    for at in range(3000):
        doc_id = f"d{at:05d}"
        card = replace(told.cards[0], incident_id=f"{doc_id}/x", victim=f"架空{at}電機")
        many.append(
            replace(told, doc_id=doc_id, cards=(card,), names=((f"架空{at}電機",),), told=(), leaks=(), counted=())
        )
    whole = merge(many)
    copies = [
        replace(
            one,
            document=replace(one.document, doc_id=account.doc_id),
            cards=(replace(one.cards[0], card_id=account.cards[0].incident_id),),
        )
        for account in many
    ]
    began = time.process_time()
    rows = [applied(copy, whole) for copy in copies]
    assert time.process_time() - began < 3
    assert sum(len(each.incidents) for each in rows) == 3000
