"""The tables have the columns that outside readers rely on, and every type of value survives."""

import re
from pathlib import Path

import pytest

from tenmatsu import tables
from tenmatsu.pipeline import Extracted
from tenmatsu.records import DocumentRow, Entity, Incident, Quantity

# fixed by the design: read by outside scorers; columns may be added after these, never renamed
FIXED = {
    "documents": "doc_id path sha256 media_type encoding title publisher genre report published published_basis characters status error",
    "timexes": "doc_id timex_id start end text type value value_raw mod anchor anchor_id rule",
    "events": "doc_id event_id incident_id start end text type date date_begin date_end timex_id org org_id factuality "
    "attributed_to system sentence_start sentence_end rule confidence",
    "mentions": "doc_id mention_id start end text kind entity entity_id rule",
    "entities": "entity_id name name_en kind corporate_number edinet_code securities_code industry source",
    "quantities": "doc_id quantity_id start end text min max unit of data_kind factuality event_id rule",
    "citations": "doc_id citation_id mark start end publisher title date url",
    "incidents": "incident_id title victim victim_id vectors root_causes first_intrusion detection containment disclosure "
    "attributed_actor leaked possibly_leaked denied_leak dwell_days containment_days disclosure_days documents",
    "cards": "incident_id title victim victim_id vectors root_causes first_intrusion detection containment disclosure "
    "attributed_actor leaked possibly_leaked denied_leak dwell_days containment_days disclosure_days documents",
    "conflicts": "incident_id field kind value_a doc_a start_a end_a value_b doc_b start_b end_b likely",
    "measures": "doc_id incident_id start end text phase status org",
    "texts": "doc_id text",
    "blocks": "doc_id block_id start end kind page place",
}


def document(name: str = "d1", **more: object) -> Extracted:
    return Extracted(DocumentRow(name, f"{name}.txt", name * 4), **more)


def test_every_table_of_the_design_is_there_in_its_order():
    assert list(tables.TABLES) == list(FIXED)


@pytest.mark.parametrize("table", FIXED)
def test_the_fixed_columns_come_first(table):
    fixed = FIXED[table].split()
    assert tables.names(table)[: len(fixed)] == fixed


def test_every_table_but_documents_is_a_field_of_what_extraction_gives():
    assert all(hasattr(document(), table) for table in tables.TABLES if table != "documents")


def test_arrow_types_follow_the_fields():
    schema = tables.arrow_schema("incidents")
    assert str(schema.field("vectors").type.value_type) == "string"
    assert str(tables.arrow_schema("events").field("confidence").type) == "double"
    assert not tables.arrow_schema("events").field("start").nullable
    assert tables.arrow_schema("conflicts").field("start_b").nullable


@pytest.mark.parametrize("table", FIXED)
def test_every_column_has_a_meaning_of_one_line(table):
    assert tables.meaning(table).endswith(".")
    for column in tables.columns(table):
        assert len(column.meaning) > 5, f"say in records.py what {table}.{column.name} means"
        assert "\n" not in column.meaning
        assert ("null" in column.meaning) <= column.nullable, f"{table}.{column.name} is never null"


def test_the_page_of_columns_is_what_the_records_say():
    page = Path(__file__).resolve().parents[1] / "corpus" / "COLUMNS.md"
    assert page.read_text(encoding="utf-8") == tables.markdown(tables.TABLES), "run: make columns"


def test_a_bar_in_a_meaning_stays_inside_its_cell():
    rows = [line for line in tables.markdown(["mentions"]).splitlines() if line.startswith("| entity")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows)


def test_frames_keep_types_and_order():
    counted = (Quantity("d1", "q1", 0, 4, "250件", 250.0, None, "file", "affected", None, "asserted", None, "r"),)
    card = Incident("i1", "題", None, None, vectors=("malware", "vpn"), documents=("d1",))
    frames = tables.frames([document("d1", quantities=counted, incidents=(card,)), document("d2")])
    assert list(frames) == list(tables.TABLES)
    assert list(frames["documents"]["doc_id"]) == ["d1", "d2"]
    assert str(frames["documents"]["doc_id"].dtype) in ("str", "string")
    assert frames["quantities"]["min"].dtype == "float64"
    assert frames["quantities"]["max"].isna().all()
    assert frames["incidents"]["vectors"][0] == ["malware", "vpn"]
    assert str(frames["conflicts"]["start_b"].dtype) == "Int64"


def test_frames_of_nothing_have_all_columns():
    assert {table: list(frame.columns) for table, frame in tables.frames([]).items()} == {
        table: tables.names(table) for table in tables.TABLES
    }


def test_an_entity_of_two_documents_is_one_row():
    frames = tables.frames([document(name, entities=(Entity("e1", "当行"),)) for name in ("d1", "d2")])
    assert len(frames["entities"]) == 1


def test_a_document_given_twice_has_its_ids_once():
    card = Incident("i1", "題", None, None)
    collector = tables.Collector()
    one = Extracted(DocumentRow("d1", "a.txt", "x"), incidents=(card,))
    two = Extracted(DocumentRow("d1", "b.txt", "x"), incidents=(card,))
    first, second = collector.rows(one), collector.rows(two)
    assert len(first["incidents"]) == 1
    assert second["incidents"] == []
    assert [row["path"] for row in second["documents"]] == ["b.txt"]
    assert collector.repeated == ["b.txt"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [([], ""), (["a", "b"], "a|b"), (["a|b", "c"], "a\\|b|c"), (None, None), (3, 3), ("a|b", "a|b")],
)
def test_lists_are_joined_where_a_format_has_none(value, expected):
    assert tables.joined(value) == expected


def test_of_two_rows_of_an_organisation_one_stays_whichever_came_first():
    """Also where they are as sure and differ in what does not count."""
    one = Entity("tm:1", "架空商事", source="document", industry="卸売業")
    other = Entity("tm:1", "架空商事", source="document", industry="小売業")
    assert tables.fuller(one, other) == tables.fuller(other, one)
