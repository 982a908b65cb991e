"""Paths become documents, in one order, and what cannot be read says why."""

import json
import os
from pathlib import Path

import pytest

from tenmatsu import inputs

TEXT = "架空商事は10月2日に不正アクセスを検知した。"


def read(*paths):
    return list(inputs.sources(inputs.plan(paths).files))


def test_folders_are_walked_in_sorted_order(tmp_path):
    for name in ("b.txt", "a/z.text", "a/b.TXT", "c.doc", "a/events.jsonl", "d.PDF", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    plan = inputs.plan([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in plan.files] == [
        "b.txt", "d.PDF", "a/b.TXT", "a/z.text"
    ]  # fmt: skip
    assert [path.name for path in plan.skipped_named] == ["c.doc", "events.jsonl"]
    assert plan.skipped == 2
    assert plan.documents == len(plan.files) == 4
    assert plan.whole
    assert plan.problems == ()


def test_a_file_named_itself_is_read_whatever_its_name_and_once(tmp_path):
    path = tmp_path / "お知らせ.md"
    path.write_text(TEXT)
    assert [one.data.decode() for one in read(path, path)] == [TEXT]


@pytest.mark.parametrize("named", [("a", "."), (".", "a"), ("a/b.txt", "."), (".", "a/b.txt"), (".", "a/b.txt", "a", "c.txt"), ("a/b.txt", "a", ".")])  # fmt: skip
def test_what_is_named_twice_is_read_once(tmp_path, named):
    (tmp_path / "a").mkdir()
    for name in ("a/b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT)
    plan = inputs.plan([tmp_path / name for name in named])
    assert sorted(path.name for path in plan.files) == ["b.txt", "c.txt"]
    assert len(plan.files) == 2
    assert plan.problems == ()


def test_a_file_that_no_walk_takes_is_read_when_it_is_named_beside_its_folder(tmp_path):
    for name in ("a.txt", "b.log", ".c.txt"):
        (tmp_path / name).write_text(TEXT)
    plan = inputs.plan([tmp_path, tmp_path / "b.log", tmp_path / ".c.txt", tmp_path / "a.txt"])
    assert [path.name for path in plan.files] == ["a.txt", "b.log", ".c.txt"]


def test_files_that_come_after_the_plan_are_read(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    plan = inputs.plan([tmp_path])
    (tmp_path / "b.txt").write_text(TEXT)
    assert [path.name for path in plan.files] == ["a.txt", "b.txt"]


def test_links_that_lead_round_are_not_followed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "self.txt").symlink_to("self.txt")
    plan = inputs.plan([tmp_path])
    assert [path.name for path in plan.files] == ["self.txt", "b.txt"]
    assert [path.name for path in plan.skipped_named] == ["up"]
    assert [one.error is None for one in inputs.sources(plan.files)] == [False, True]


def test_the_parts_that_a_browser_saved_are_no_documents(tmp_path):
    for name in ("page.html", "page_files/frame.html", "other_files/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>")
    plan = inputs.plan([tmp_path])
    assert [path.name for path in plan.files] == ["page.html", "b.html"]
    assert [path.name for path in plan.skipped_named] == ["page_files"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_text(TEXT)
    listed = os.scandir

    def refused(path):
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    # not by its mode: the superuser may read everything
    monkeypatch.setattr(os, "scandir", refused)
    plan = inputs.plan([tmp_path])
    assert [(path.name, reason) for path, reason in plan.problems] == [
        ("a", "this folder cannot be read (Permission denied)")
    ]
    assert not plan.whole
    assert [path.name for path in plan.files] == ["b.txt"]


def test_a_file_that_is_too_large_is_told_and_not_read(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(10 * 2**30)
    (found,) = read(tmp_path)
    assert "at most 32 MiB" in found.error
    assert found.data == b""


def test_a_file_that_vanished_is_an_error(tmp_path):
    (found,) = inputs.sources([tmp_path / "gone.txt"])
    assert "cannot be read (No such file or directory)" in found.error


def test_missing_paths_and_folders_without_documents_are_problems(tmp_path):
    (tmp_path / "x.doc").write_text("")
    plan = inputs.plan([tmp_path / "none.txt", tmp_path])
    assert list(plan.files) == []
    assert [reason.split(":")[0] for _, reason in plan.problems] == [
        "no such file or folder",
        "no documents in this folder",
    ]


def batch(tmp_path, suffix):
    path = tmp_path / f"batch{suffix}"
    rows = [{"text": TEXT, "published": "2020-12-11"}, {"text": TEXT + "\n二行目", "published": None}]
    if suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    else:
        import pandas as pd

        frame = pd.DataFrame(rows)
        frame.to_csv(path, index=False) if suffix == ".csv" else frame.to_parquet(path)
    return path


@pytest.mark.parametrize("suffix", inputs.BATCHES)
def test_a_batch_is_many_documents(tmp_path, suffix):
    path = batch(tmp_path, suffix)
    found = read(path)
    assert [one.data.decode() for one in found] == [TEXT, TEXT + "\n二行目"]
    assert [one.published for one in found] == ["2020-12-11", None]
    assert [one.path for one in found] == [f"{path.as_posix()}#1", f"{path.as_posix()}#2"]
    assert inputs.plan([path]).documents is None


def test_a_bad_row_leaves_its_neighbours(tmp_path):
    path = tmp_path / "b.jsonl"
    good = json.dumps({"text": TEXT})
    path.write_text(
        "\n".join(
            [good, "{", '{"t": 1}', '{"text": 3}', r'{"text": "\ud800"}', '{"text": "x", "published": "2020-13"}', good]
        )
    )
    assert [one.error is None for one in read(path)] == [True, False, False, False, False, False, True]


@pytest.mark.parametrize(
    ("name", "data"), [("b.csv", b"title\nx\n"), ("b.parquet", b"PAR"), ("b.csv", b"text\n\x81\xff\n")]
)
def test_a_batch_that_cannot_be_read_is_one_error(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name)
    assert len(found) == 1
    assert found[0].error


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_an_empty_batch_is_one_error(tmp_path, data):
    (tmp_path / "b.jsonl").write_bytes(data)
    (found,) = read(tmp_path / "b.jsonl")
    assert "no documents" in found.error


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_batch_of_a_head_alone_is_one_error(tmp_path, suffix):
    import pandas as pd

    path = tmp_path / f"b{suffix}"
    frame = pd.DataFrame({"text": pd.Series([], dtype="str")})
    frame.to_csv(path, index=False) if suffix == ".csv" else frame.to_parquet(path)
    (found,) = read(path)
    assert "no documents" in found.error


@pytest.mark.parametrize(
    "text",
    ["nope.txt", "不正アクセスに関するお知らせ.TXT", "nope.jsonl", "data/nope", "./nope", "/srv/nope", "資料/報告書", "C:\\x\\nope", "2020/nope"],
)  # fmt: skip
def test_what_is_meant_as_a_path(text):
    assert inputs.names_file(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "検知", TEXT, "10/2に検知", "2020/12/11 公表", "甲社/乙社で検知した", "甲社/乙社、検知", "https://a.example/b を確認。", "流出した。a.txt", "a.txt\nb.txt",
     "data/nope\n"],
)  # fmt: skip
def test_what_is_meant_as_a_text(text):
    assert not inputs.names_file(text)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_refused_wherever_it_is(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(TEXT)
    assert ["no regular file" in (one.error or "") for one in read(tmp_path)] == [True, False]
    assert [reason for _, reason in inputs.plan([tmp_path / "a.txt"]).problems]
    with pytest.raises(inputs.UnfitError):
        inputs.read_file(tmp_path / "a.txt")


def test_a_long_field_of_a_csv(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text("text\n" + "長" * 200_000 + "\n", encoding="utf-8")
    assert len(read(path)[0].data.decode()) == 200_000
