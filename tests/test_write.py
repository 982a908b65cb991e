"""Files are complete or not there, the same every time, and give back what was put in."""

import csv
import json

import pytest

from tenmatsu import tables, write
from tenmatsu.pipeline import Extracted
from tenmatsu.records import DocumentRow, Incident, Mention, card_of

AWKWARD = '改行\nと\rと「"引用"」と|と,と\t終わり'


def documents(count: int = 3) -> list[Extracted]:
    found = []
    for number in range(count):
        name = f"d{number}"
        mention = Mention(name, f"{name}-m0", 0, 2, AWKWARD, "name", "架空|商事", None, "r")
        card = Incident(
            f"i{number}",
            AWKWARD,
            "架空商事",
            None,
            vectors=("malware",),
            leaked=("氏名|住所", "電話"),
            documents=(name,),
        )
        row = DocumentRow(name, f"{name}.txt", name)
        found.append(Extracted(row, mentions=(mention,), incidents=(card,), cards=(card_of(name, card),)))
    return found


def written(folder, formats=write.FORMATS, rows=None):
    with write.Writer(folder, formats) as writer:
        for one in rows if rows is not None else documents():
            writer.add(one)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def add_and_fail(sink):
    sink.add(documents(2)[1])
    raise RuntimeError


def test_every_table_in_every_format(tmp_path):
    assert set(written(tmp_path / "out")) == {f"{table}.{name}" for table in tables.TABLES for name in write.FORMATS}


def test_the_same_rows_give_the_same_bytes(tmp_path):
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_json_lines_hold_the_rows_unescaped(tmp_path):
    data = written(tmp_path)["incidents.jsonl"].decode("utf-8")
    assert "架空商事" in data
    row = json.loads(data.splitlines()[0])
    assert list(row) == tables.names("incidents")
    assert row["title"] == AWKWARD
    assert row["leaked"] == ["氏名|住所", "電話"]


def test_csv_gives_back_every_character(tmp_path):
    written(tmp_path)
    with (tmp_path / "incidents.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0]["title"] == AWKWARD
    assert rows[0]["leaked"] == "氏名\\|住所|電話"
    assert len(rows) == 3


def test_parquet_gives_back_every_type(tmp_path):
    import pyarrow.parquet as pq

    written(tmp_path)
    table = pq.read_table(tmp_path / "incidents.parquet")
    assert table.schema.equals(tables.arrow_schema("incidents"))
    assert table.column("leaked")[0].as_py() == ["氏名|住所", "電話"]
    assert table.column("victim_id")[0].as_py() is None


def test_parquet_of_more_rows_than_a_batch(tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    monkeypatch.setattr(write, "_BATCH", 2)
    written(tmp_path, ["parquet"], documents(7))
    assert pq.read_table(tmp_path / "documents.parquet").column("doc_id").to_pylist() == [f"d{n}" for n in range(7)]


def test_a_failure_leaves_the_old_files_and_no_new_ones(tmp_path):
    before = written(tmp_path)
    with pytest.raises(RuntimeError), write.Writer(tmp_path, write.FORMATS) as writer:
        add_and_fail(writer)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_with_no_document_read_the_old_files_stay_and_no_folder_is_made(tmp_path):
    error = Extracted(DocumentRow("d9", "d9.txt", "d9", status="error", error="empty"))
    before = written(tmp_path / "old")
    assert written(tmp_path / "old", rows=[error]) == before
    with write.Writer(tmp_path / "new" / "deep") as writer:
        writer.add(error)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_was_there_stays_when_nothing_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    with write.Writer(tmp_path / "there" / "new"):
        pass
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


@pytest.mark.parametrize("name", ["none/x.html", ".", "/dev/null"])
def test_what_cannot_be_written_is_known_before(tmp_path, name):
    with pytest.raises(OSError):  # noqa: PT011
        write.check_writable(tmp_path / name)


def test_a_check_changes_nothing(tmp_path):
    (tmp_path / "x.html").write_text("x")
    write.check_writable(tmp_path / "x.html")
    write.check_writable(tmp_path / "y.html")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x.html", "x")]


def test_an_unknown_format_is_named():
    with pytest.raises(ValueError, match="unknown format xml"):
        write.Writer(None, ["jsonl", "xml"])


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(FileExistsError), write.Writer(tmp_path / "out"):
        pass
    with pytest.raises(OSError), write.Writer(tmp_path / "out" / "below"):  # noqa: PT011
        pass
    assert (tmp_path / "out").read_text() == "x"
