"""From Python: what is a text and what a path, and a stream that nothing stops."""

import os
from datetime import date
from pathlib import Path

import pytest

import tenmatsu
from tenmatsu import pipeline

TEXT = "2020年12月11日、甲製作所は不正アクセスを公表した。"


def test_a_text_bytes_and_a_file_give_the_same_rows(tmp_path):
    path = tmp_path / "お知らせ.txt"
    path.write_text(TEXT, encoding="utf-8")
    given = [tenmatsu.extract(source) for source in (TEXT, TEXT.encode(), path, str(path))]
    assert [one.events.event_id.tolist() for one in given] == [given[0].events.event_id.tolist()] * 4
    assert [one.documents.path[0] for one in given] == ["", "", path.as_posix(), path.as_posix()]
    assert given[0].text == TEXT


@pytest.mark.parametrize("name", ["nope.txt", "お知らせ.txt", "data/nope", "/none/nope", "nope.jsonl"])
def test_a_mistyped_path_is_no_text(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"nope|お知らせ"):
        tenmatsu.extract(name)
    with pytest.raises(FileNotFoundError, match=r"nope|お知らせ"):
        tenmatsu.extract(Path(name))
    assert tenmatsu.extract(name.encode()).text == name


@pytest.mark.parametrize(
    "text", ["10/2に不正アクセスを検知した", "甲社/乙社で不正アクセスを検知した。", "検知\nnope.txt"]
)
def test_a_text_with_a_slash_is_a_text(text):
    assert tenmatsu.extract(text).events.text.tolist()[-1] == "検知"


def test_a_folder_and_a_pipe_are_no_documents(tmp_path):
    with pytest.raises(OSError, match=tmp_path.name):
        tenmatsu.extract(str(tmp_path))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        for source in (tmp_path / "pipe", str(tmp_path / "pipe")):
            with pytest.raises(ValueError, match="no regular file"):
                tenmatsu.extract(source)


@pytest.mark.parametrize("value", ["foo", "2024-02-31", "", "11.12.2020", "2020-12-11T00:00"])
def test_a_day_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match=r"published: .* is no date: write YYYY-MM-DD"):
        tenmatsu.extract(TEXT, published=value)
    with pytest.raises(ValueError, match=r"published: .* is no date"):
        tenmatsu.Pipeline(published=value)


@pytest.mark.parametrize("value", ["2021-01-05", date(2021, 1, 5)])
def test_a_day_that_is_given_dates_the_document(value):
    assert tenmatsu.extract("10月2日に検知した。", published=value).events.date.tolist() == ["2020-10-02"]


def test_what_is_no_document_is_named():
    with pytest.raises(TypeError, match="not float"):
        tenmatsu.extract(float("nan"))
    with pytest.raises(ValueError, match="surrogate"):
        tenmatsu.extract("検知\ud800")


def test_a_stream_goes_on_past_what_cannot_be_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    given = [
        TEXT,
        "検知\ud800",
        tmp_path / "none.txt",
        float("nan"),
        b"\xff\xf0\x80" * 9,
        ("b.txt", "検知\udc00"),
        ("c.txt", TEXT.encode()),
        path,
        "nope.txt",
    ]
    found = list(tenmatsu.Pipeline().pipe(given))
    assert [one.documents.status[0] for one in found] == ["ok"] + ["error"] * 5 + ["ok"] * 3
    words = ["surrogate", "no such file", "not float", "not UTF-8", "surrogate"]
    for one, word in zip(found[1:6], words, strict=True):
        assert word in one.documents.error[0]
        assert len(one.events) == 0
    assert [one.documents.path[0] for one in found[5:8]] == ["b.txt", "c.txt", path.as_posix()]
    assert len({one.documents.doc_id[0] for one in found[1:6]}) == 5


def test_a_defect_in_one_document_is_its_error_row(monkeypatch):
    whole = pipeline.times.find

    def broken(text):
        if "爆発" in text:
            raise RuntimeError("one\nand two")
        return whole(text)

    monkeypatch.setattr(pipeline.times, "find", broken)
    found = list(tenmatsu.Pipeline().pipe([TEXT, "爆発" + TEXT, TEXT]))
    assert [one.documents.status[0] for one in found] == ["ok", "error", "ok"]
    assert "internal error" in found[1].documents.error[0]
    assert "RuntimeError: one and two at test_api.py:" in found[1].documents.error[0]
    with pytest.raises(ValueError, match="RuntimeError"):
        tenmatsu.extract("爆発" + TEXT)


def test_joined_documents_are_read_side_by_side():
    first = "株式会社青羽精機\n不正アクセスについて（第1報）\n2024年5月20日\n当社は5月12日に不正アクセスを検知し、5月20日に公表しました。\n"
    second = first.replace("第1報", "第2報").replace("2024年5月20日\n", "2024年6月3日\n") + "端末6台が感染しました。\n"
    frames = tenmatsu.join(tenmatsu.Pipeline().pipe([("a", first), ("b", second)]))
    assert len(frames["documents"]) == 2
    assert len(frames["incidents"]) == 1
    assert len(frames["cards"]) == 2
    assert set(frames["quantities"].incident_id) <= set(frames["incidents"].incident_id)
