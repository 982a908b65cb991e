"""Files are complete or not there, the same every time, and give back what was put in."""

import csv
import json
from dataclasses import replace

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
        fill(writer, rows if rows is not None else documents())
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def fill(writer, extracted):
    collector = tables.Collector()
    for one in extracted:
        for table, rows in collector.rows(one).items():
            writer.add(table, rows)


def fill_and_fail(writer):
    fill(writer, documents(2))
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


def test_a_table_that_is_finished_is_written_and_takes_its_place_with_the_others(tmp_path):
    with write.Writer(tmp_path, write.FORMATS) as writer:
        fill(writer, documents())
        writer.finish("mentions")
        (begun,) = tmp_path.glob(".mentions.jsonl.*")
        assert len(begun.read_text().splitlines()) == 3
        assert not (tmp_path / "mentions.jsonl").exists()
    assert (tmp_path / "mentions.parquet").exists()


def test_a_failure_leaves_the_old_files_and_no_new_ones(tmp_path):
    before = written(tmp_path)
    with pytest.raises(RuntimeError), write.Writer(tmp_path, write.FORMATS) as writer:
        fill_and_fail(writer)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_failure_leaves_no_new_folder_and_no_other_one(tmp_path):
    (tmp_path / "there").mkdir()
    for folder in ("there/new/deep", "there"):
        with pytest.raises(RuntimeError), write.Writer(tmp_path / folder, write.FORMATS) as writer:
            fill_and_fail(writer)
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_csv_for_a_spreadsheet(tmp_path):
    row = DocumentRow("d", "=1+1.txt", "+81", title="＝cmd|'/C calc'!A0", publisher="-3.5", genre="@x", error="\tx")
    with write.Writer(tmp_path, ["csv", "jsonl"], spreadsheet=True) as writer:
        fill(writer, [Extracted(row)])
    data = (tmp_path / "documents.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    (found,) = csv.DictReader(data.decode("utf-8-sig").splitlines())
    assert [found[name] for name in ("path", "sha256", "title", "publisher", "genre", "error")] == [
        "'=1+1.txt", "+81", "'＝cmd|'/C calc'!A0", "-3.5", "'@x", "'\tx"
    ]  # fmt: skip
    assert '"=1+1.txt"' in (tmp_path / "documents.jsonl").read_text()


def in_years():
    days = ["2019-12-31", "2020-01-01", "[2020-02-01..2020-03-01]", "[2019-12-01..2020-01-01]", None, "2020-12"]
    found = []
    for number, (one, day) in enumerate(zip(documents(6), days, strict=True)):
        found.append(replace(one, document=replace(one.document, published=day, genre="news" if number else None)))
    return found


def test_parquet_is_partitioned_by_year_and_read_back_whole(tmp_path):
    import pyarrow.dataset as ds

    for _ in range(2):  # the second time replaces the first
        with write.Writer(tmp_path, ["parquet"], partition_by="year") as writer:
            fill(writer, in_years())
    assert {path.parent.name for path in (tmp_path / "mentions").rglob("*.parquet")} == {
        "year=2019", "year=2020", f"year={write.UNKNOWN}"
    }  # fmt: skip
    found = ds.dataset(tmp_path / "mentions", partitioning="hive").to_table().to_pylist()
    assert sorted((row["doc_id"], row["year"]) for row in found) == [
        ("d0", 2019), ("d1", 2020), ("d2", 2020), ("d3", None), ("d4", None), ("d5", 2020)
    ]  # fmt: skip
    (empty,) = (tmp_path / "timexes").rglob("*.parquet")
    assert ds.dataset(empty).to_table().schema.names == tables.names("timexes")
    assert (tmp_path / "entities.parquet").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_more_partitions_than_files_may_be_open(tmp_path, monkeypatch):
    import pyarrow.dataset as ds

    monkeypatch.setattr(write, "_OPEN", 1)
    with write.Writer(tmp_path, ["parquet"], partition_by="genre") as writer:
        fill(writer, in_years()[1:2] + in_years()[:1] + in_years()[2:])
    found = ds.dataset(tmp_path / "mentions", partitioning="hive").to_table()
    assert sorted(found.column("doc_id").to_pylist()) == [f"d{number}" for number in range(6)]


def test_a_folder_of_something_else_is_not_replaced(tmp_path):
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "notes.txt").write_text("mine")
    with pytest.raises(OSError, match="other things"), write.Writer(tmp_path, ["parquet"], partition_by="year"):
        pass
    assert [path.name for path in tmp_path.rglob("*")] == ["events", "notes.txt"]


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path):
    for name in (
        ".events.jsonl.17.part",
        ".events.parquet.17.old",
        ".events.jsonl.part",
        "events.jsonl",
        ".mine.17.part",
    ):
        (tmp_path / name).write_text("x")
    (tmp_path / ".texts.parquet.17.part").mkdir()
    write.remove_begun(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".events.jsonl.part", ".mine.17.part", "events.jsonl"]


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
    with pytest.raises(ValueError, match="unknown partition path"):
        write.Writer(None, partition_by="path")


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(FileExistsError), write.Writer(tmp_path / "out"):
        pass
    with pytest.raises(OSError), write.Writer(tmp_path / "out" / "below"):  # noqa: PT011
        pass
    assert (tmp_path / "out").read_text() == "x"
