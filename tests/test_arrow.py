"""The batch function: Arrow in, Arrow out, nothing lost on the way there and back."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pytest

from tenmatsu import arrow
from tenmatsu.batch.work import Work
from tenmatsu.pipeline import extract_document
from tenmatsu.source import Source
from tenmatsu.tables import TABLES, arrow_schema, row

DOCUMENTS = Path(__file__).resolve().parents[1] / "corpus" / "documents"


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    found = [Source(path.name, path.read_bytes()) for path in sorted(DOCUMENTS.glob("*.txt"))[:12]]
    return [*found, Source("gone.txt", error="cannot be read"), Source("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(40))]


def test_rows_survive_the_way_there_and_back(sources):
    extract = Work().opened()
    told = list(map(extract, sources))
    back = list(arrow.extracted_of(arrow.extract_batch(arrow.batch_of(sources))))
    assert len(told) == len(back) == len(sources)
    for one, other in zip(told, back, strict=True):
        assert one.document == other.document
        for table in TABLES:
            if table != "documents":
                assert getattr(one, table) == getattr(other, table)


def test_documents_survive_the_way_there(sources):
    told = [
        *sources,
        Source("a.html", b"<p>", published="2024-05", media_type="text/html", charset="cp932", title="題"),
    ]
    assert list(arrow.sources_of(arrow.batch_of(told))) == told


def test_each_table_is_got_with_one_call(sources):
    halves = [arrow.extract_batch(arrow.batch_of(part)) for part in (sources[:5], sources[5:])]
    extract = Work().opened()
    told = list(map(extract, sources))
    for table in TABLES:
        rows = [
            row(table, one)
            for each in told
            for one in ([each.document] if table == "documents" else getattr(each, table))
        ]
        found = arrow.table_of(halves, table)
        assert found.schema == arrow_schema(table)
        assert found.to_pylist() == rows
    with pytest.raises(KeyError):
        arrow.table_of(halves, "nothing")


def test_the_schema_is_that_of_the_tables():
    empty = arrow.extract_batch(arrow.batch_of([]))
    assert empty.schema == arrow.rows_schema()
    assert empty.schema.names == list(TABLES)
    assert empty.num_rows == 0


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_a_column_of_text_will_do(kind):
    text = "お知らせ\n2020年12月11日\n当社は10月2日に不正アクセスを検知しました。\n"
    batch = pa.record_batch({"text": pa.array([text, None], kind), "other": pa.array([1, 2])})
    one, none = arrow.extracted_of(arrow.extract_batch(batch))
    wanted = extract_document(text.encode(), "0")
    assert one.events == wanted.events != ()
    assert (one.document.path, none.document.path) == ("0", "1")
    assert none.document.status == "error"
    assert "both are null" in none.document.error


def test_text_that_says_it_is_in_another_encoding():
    page = '<html><head><meta charset="Shift_JIS"></head><body><h1>お知らせ</h1><p>当社は不正アクセスを検知した。</p></body></html>'
    batch = pa.record_batch({"path": ["a.html"], "text": [page]})
    (one,) = arrow.extracted_of(arrow.extract_batch(batch))
    assert "不正アクセスを検知した" in one.text


def test_what_is_given_for_all_holds_where_a_document_brings_no_day():
    batch = pa.record_batch(
        {"text": ["お知らせ\n\n当社は10月2日に不正アクセスを検知しました。\n"] * 2, "published": [None, "2019-11-01"]}
    )
    found = list(arrow.extracted_of(arrow.extract_batch(batch, Work(published="2021-12-01"))))
    assert [one.events[-1].date for one in found] == ["2021-10-02", "2019-10-02"]


def test_a_batch_that_is_none():
    with pytest.raises(ValueError, match=r"a column data \(bytes\) or text; this one has body"):
        arrow.extract_batch(pa.record_batch({"body": ["x"]}))


def test_under_spark(sources, monkeypatch):
    sql = pytest.importorskip("pyspark.sql", reason="no pyspark here: mapInArrow is not tested")
    from pyspark.sql.pandas.types import from_arrow_schema

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        pages = spark.createDataFrame(
            [(one.path, bytearray(one.data)) for one in sources[:6]], "path string, data binary"
        )
        rows = pages.mapInArrow(arrow.extract_batches, from_arrow_schema(arrow.rows_schema()))
        found = rows.selectExpr("inline(events)").select("doc_id", "start").collect()
    finally:
        spark.stop()
    wanted = [
        (event.doc_id, event.start) for one in sources[:6] for event in extract_document(one.data, one.path).events
    ]
    assert sorted((one.doc_id, one.start) for one in found) == sorted(wanted)
