"""Files with a document a row: what a row may say, in which encodings, and that a bad one leaves its neighbours."""

import json
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tenmatsu import row_files
from tenmatsu.row_files import ROW_BYTES, of_batch
from tenmatsu.source import UnfitError

TEXT = "架空商事㈱は10月2日に不正アクセスを検知した。①髙橋"


def written(path, data):
    path.write_bytes(data)
    return list(of_batch(path))


def json_lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_a_row_says_what_its_document_is(tmp_path):
    rows = [
        {"text": TEXT, "published": "2020/12/11", "title": "題", "id": 17},
        {"text": "<p>x</p>", "media_type": "text/html", "path": "a/b.html", "id": 18},
        {"text": TEXT, "published": "2020-12-11T10:00:00+09:00", "name": "", "title": 3},
    ]
    one, two, three = written(tmp_path / "b.jsonl", json_lines(*rows).encode())
    assert (one.path.rpartition("/")[2], one.published, one.title) == ("b.jsonl#17", "2020-12-11", "題")
    assert (one.media_type, one.charset, one.data.decode()) == ("text/plain", "utf-8", TEXT)
    assert (two.path.partition("#")[2], two.media_type) == ("a/b.html", "text/html")
    assert (three.path.rpartition("/")[2], three.published, three.title) == ("b.jsonl#3", "2020-12-11", None)


ENCODINGS = ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("charset", ENCODINGS)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_batches_are_read_in_the_encodings_of_spreadsheets(tmp_path, suffix, charset):
    told = (
        f'id,text\r\nx,"{TEXT}\r\n二行目"\r\ny,z\r\n'
        if suffix == ".csv"
        else json_lines({"text": TEXT + "\r\n二行目"}, {"text": "z"})
    )
    found = written(tmp_path / f"b{suffix}", told.encode(charset))
    assert [one.data.decode() for one in found] == [TEXT + "\r\n二行目", "z"]


@pytest.mark.parametrize("charset", ["euc_jp", "iso2022_jp"])
def test_batches_in_older_encodings(tmp_path, charset):
    plain = "架空商事は、10月2日に不正アクセスを検知した。" * 3
    found = written(tmp_path / "b.csv", f'text,id\n"{plain}",a\n'.encode(charset))
    assert [one.data.decode() for one in found] == [plain]


def test_bytes_that_are_no_text_cost_their_row(tmp_path):
    found = written(tmp_path / "b.csv", b"text\n" + "検知".encode() + b"\n" + b"\x81\xff" * 20 + b"\nc\n")
    assert [one.error is None for one in found] == [True, False, True]
    assert "not UTF-8" in found[1].error


def test_a_broken_utf16_is_told_where_it_breaks(tmp_path):
    found = written(tmp_path / "b.csv", "text\na\n".encode("utf-16") + b"\x00\xd8\x00\x00")
    assert "cannot be read further" in found[-1].error


def test_a_row_that_is_too_long_costs_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(row_files, "ROW_BYTES", 100)
    monkeypatch.setattr(row_files, "DOCUMENT_BYTES", 40)
    for suffix in (".csv", ".jsonl"):
        texts = ["a", "x" * 200, "y" * 60, "b"]
        told = "text\n" + "\n".join(texts) if suffix == ".csv" else json_lines(*({"text": text} for text in texts))
        found = written(tmp_path / f"b{suffix}", told.encode())
        assert [one.error is None for one in found] == [True, False, False, True]


def test_deep_json_and_wide_numbers_cost_their_row(tmp_path):
    rows = ["[" * 100_000, '{"text": ' + "9" * 10_000 + "}", "null", '["text"]', '{"text": "a"}']
    found = written(tmp_path / "b.jsonl", "\n".join(rows).encode())
    assert [one.error is None for one in found] == [False] * 4 + [True]


def test_parquet_may_hold_files_and_moments(tmp_path):
    table = pa.table(
        {
            "content": [b"%PDF-1.7", None, b"x"],
            "text": [None, "a", ""],
            "published": [datetime(2020, 12, 11, 23, 0), None, datetime(2021, 1, 2)],
            "name": ["a.pdf", "b.txt", "c.txt"],
        }
    )
    pq.write_table(table, tmp_path / "b.parquet")
    one, two, three = of_batch(tmp_path / "b.parquet")
    assert (one.data, one.media_type, one.published, one.path.rpartition("#")[2]) == (
        b"%PDF-1.7",
        None,
        "2020-12-11",
        "a.pdf",
    )
    assert (two.data, two.media_type) == (b"a", "text/plain")
    assert three.error is None
    days = pa.table({"text": ["a"], "published": [date(2020, 12, 11)]})
    pq.write_table(days, tmp_path / "d.parquet")
    assert next(of_batch(tmp_path / "d.parquet")).published == "2020-12-11"


@pytest.mark.parametrize(
    ("name", "data"), [("b.csv", b"title\nx\n"), ("b.csv", b""), ("b.jsonl", b" \n"), ("b.parquet", b"PAR1")]
)
def test_what_is_no_batch_is_told(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnfitError):
        list(of_batch(tmp_path / name))


def test_a_row_of_parquet_that_is_too_long_is_not_unpacked(tmp_path):
    long = pa.table({"text": ["あ" * 3, "a" * (ROW_BYTES + 1)]})
    pq.write_table(long, tmp_path / "two.parquet")
    one, two = of_batch(tmp_path / "two.parquet")
    assert one.data.decode() == "あああ"
    assert two.error
    pq.write_table(long.slice(1), tmp_path / "one.parquet")
    with pytest.raises(UnfitError, match=r"1 rows of this Parquet file have"):
        list(of_batch(tmp_path / "one.parquet"))
