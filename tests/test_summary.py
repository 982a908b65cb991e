"""What is shown does not depend on the order in which documents are done."""

import io
from dataclasses import replace

from tenmatsu.pipeline import Extracted
from tenmatsu.records import DocumentRow, Incident, card_of
from tenmatsu.summary import Summary


def document(number):
    card = Incident(f"i{number}", "題", f"架空{number}商事", None)
    row = DocumentRow(f"d{number}", f"{number:02}.txt", "s", title=f"題{number}")
    return Extracted(row, incidents=(card,), cards=(card_of(f"d{number}", card),))


def shown(order, **options):
    summary = Summary(**options)
    for number in order:
        summary.add(document(number), number)
    return summary.text(io.StringIO())


def test_documents_are_shown_in_their_places_whichever_came_first():
    for count in (3, 60):
        assert shown(range(count)) == shown(reversed(range(count)))
    assert "20 more" in shown(range(60))
    assert "39.txt" in shown(reversed(range(60)))
    assert "40.txt" not in shown(reversed(range(60)))


def test_without_the_others_a_document_has_cards_and_no_incidents_to_count():
    assert "7 cards" in shown(range(7), joined=False)
    assert "7 incidents" in shown(range(7))


def test_documents_shown_in_full_can_be_renewed():
    summary = Summary(joined=False)
    summary.add(document(1), 0)
    summary.renew(lambda one: replace(one, document=replace(one.document, title="新")))
    told = summary.text(io.StringIO())
    assert "新" in told
    assert "1 incidents" in told
