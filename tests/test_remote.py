"""Files at URLs are read as files of this machine are; what is not there, or in no way reachable, is told in one line."""

from __future__ import annotations

import zipfile

import pytest
from typer.testing import CliRunner

from tenmatsu import inputs, remote
from tenmatsu.cli import app

fsspec = pytest.importorskip("fsspec", reason="no fsspec here (pip install 'tenmatsu[remote]'): URLs are not tested")
TEXT = "お知らせ\n2020年12月11日\n架空商事株式会社\n当社は10月2日に不正アクセスを検知しました。\n"


@pytest.fixture
def bucket(tmp_path):
    """A folder in fsspec's memory, with a document, a page below, an archive, what is no document, and a hidden one."""
    system = fsspec.filesystem("memory")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inner/x.txt", TEXT)
    written = {
        "b.txt": TEXT.encode(),
        "below/c.html": f"<html><body><h1>お知らせ</h1><p>{TEXT}</p></body></html>".encode(),
        "a.zip": (tmp_path / "a.zip").read_bytes(),
        "picture.png": b"\x89PNG",
        ".hidden/d.txt": TEXT.encode(),
    }
    for name, data in written.items():
        system.pipe(f"/notices/{name}", data)
    yield "memory://notices"
    system.rm("/notices", recursive=True)


def read(*urls):
    return [one for file in remote.files(urls) for one in remote.documents(file, lambda line: None)]


def test_a_folder_is_listed_and_its_documents_are_named_by_url(bucket):
    found = {one.path: one.data for one in read(bucket)}
    assert list(found) == [
        "memory://notices/a.zip!/inner/x.txt",
        "memory://notices/b.txt",
        "memory://notices/below/c.html",
    ]
    assert found["memory://notices/b.txt"] == TEXT.encode()


def test_what_is_named_twice_is_read_once(bucket):
    assert len(read(f"{bucket}/b.txt", bucket, f"{bucket}/b.txt")) == 3


def test_a_file_that_is_named_is_read_whatever_its_suffix(bucket):
    (one,) = read(f"{bucket}/picture.png")
    assert (one.path, one.data) == ("memory://notices/picture.png", b"\x89PNG")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("memory://nowhere", "no such file or folder: check the name"),
        ("nothing://x/y", "Protocol not known: nothing"),
    ],
)
def test_what_cannot_be_had_is_told_in_one_line(url, told, tmp_path):
    with pytest.raises(remote.RemoteError, match=told):
        list(remote.files([url]))
    done = CliRunner().invoke(app, ["extract", url, "--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_goes_meanwhile_is_an_error_of_its_own(bucket):
    files = list(remote.files([bucket]))
    fsspec.filesystem("memory").rm("/notices/b.txt")
    found = [one for file in files for one in remote.documents(file, lambda line: None)]
    assert [one.path for one in found if one.error] == ["memory://notices/b.txt"]
    assert "cannot be read" in found[1].error


def test_the_command_reads_urls_beside_files_of_this_machine(bucket, tmp_path):
    (tmp_path / "here.txt").write_text(TEXT, encoding="utf-8")
    command = ["extract", str(tmp_path / "here.txt"), bucket, "--out", str(tmp_path / "out"), "--workers", "0"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.stderr
    assert "4 documents are in" in done.stderr
    again = CliRunner().invoke(app, command)
    assert "skipped 4" in again.stderr


def test_watching_is_for_this_machine(bucket, tmp_path):
    done = CliRunner().invoke(app, ["extract", bucket, "--watch", "--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "--watch looks at folders of this machine" in done.stderr


@pytest.mark.parametrize("name", ["a.txt", "a/b", "s3:/x", "C://", "://x", "1a://x"])
def test_what_is_no_url(name):
    assert not remote.is_url(name)


def test_a_plan_counts_them(bucket):
    plan = remote.planned(inputs.plan([]), [f"{bucket}/b.txt"])
    assert (plan.documents, [file.url for file in plan.remote]) == (1, ["memory://notices/b.txt"])
    assert remote.planned(inputs.plan([]), [bucket]).documents is None
