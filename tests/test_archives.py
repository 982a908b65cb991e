"""Members of zip archives are documents; what a stranger packed to do harm costs itself, and nothing is written to disk."""

import struct
import zipfile

import pytest

from tenmatsu import archives, inputs
from tenmatsu.source import UnfitError

TEXT = "架空商事は10月2日に不正アクセスを検知した。"


def packed(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def read(path, told=None):
    return list(archives.of_archive(path, inputs.DOCUMENTS, (told if told is not None else []).append))


def test_members_are_documents_named_by_archive_and_place(tmp_path):
    told = []
    path = packed(tmp_path / "a.zip", [("b.html", "<p>b"), ("図/a.txt", TEXT), ("x.css", ""), ("d/", ""), ("__MACOSX/._b.html", "x"), (".b.txt", "x")])  # fmt: skip
    found = read(path, told)
    assert [(one.path, one.data.decode()) for one in found] == [
        (f"{path.as_posix()}!/b.html", "<p>b"), (f"{path.as_posix()}!/図/a.txt", TEXT)
    ]  # fmt: skip
    assert told == [f"{path.as_posix()}: passed over 1 members that are no documents: x.css"]


def test_an_archive_named_or_walked_to_is_read(tmp_path):
    packed(tmp_path / "a.zip", [("a.txt", TEXT)])
    (tmp_path / "b.txt").write_text(TEXT)
    for named in (tmp_path, tmp_path / "a.zip"):
        plan = inputs.plan([named])
        assert plan.documents is None
        assert next(iter(inputs.sources(plan.files))).path.endswith("a.zip!/a.txt")


@pytest.mark.parametrize("name", ["../a.txt", "b/../../a.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt", "C:a.txt"])
def test_a_name_that_leads_out_is_refused_and_leads_nowhere(tmp_path, name):
    bad, good = read(packed(tmp_path / "a.zip", [(name, TEXT), ("z.txt", TEXT)]))
    bad, good = sorted((bad, good), key=lambda one: one.error is None)
    assert "leads out" in bad.error
    inner = bad.path.partition("!/")[2]
    assert not inner.startswith("/")
    assert ".." not in inner.split("/")
    assert ":" not in inner
    assert good.data.decode() == TEXT


def test_a_name_with_a_nul_byte_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", [("aXb.txt", TEXT)])
    path.write_bytes(path.read_bytes().replace(b"aXb.txt", b"a\x00b.txt"))
    (found,) = read(path)
    assert "NUL" in found.error
    assert "\x00" not in found.path


@pytest.mark.parametrize("charset", ["cp932", "utf-8"])
def test_names_without_a_mark_are_read_as_they_were_meant(tmp_path, charset):
    name = "不正アクセスに関するお知らせ表.txt"
    raw = name.encode(charset)
    path = packed(tmp_path / "a.zip", [("x" * len(raw), TEXT)])
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
    assert [one.path.partition("!/")[2] for one in read(path)] == [name]
    assert read(path)[0].data.decode() == TEXT


def test_what_unpacks_to_too_much_costs_itself(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", [("bomb.txt", b"\0" * 2**23), ("large.txt", b"x"), ("small.txt", TEXT)])
    monkeypatch.setattr(archives, "DOCUMENT_BYTES", 2**24)
    found = {one.path.partition("!/")[2]: one.error for one in read(path)}
    assert "packed more than 200 times" in found["bomb.txt"]
    assert found["small.txt"] is None
    monkeypatch.setattr(archives, "DOCUMENT_BYTES", 2**22)
    found = {one.path.partition("!/")[2]: one.error for one in read(path)}
    assert "at most" in found["bomb.txt"]


def test_a_member_that_lies_about_its_size_is_damaged(tmp_path):
    path = packed(tmp_path / "a.zip", [("a.txt", b"x" * 100_000), ("b.txt", TEXT)])
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 100_000), struct.pack("<L", 1000)))
    found = {one.path.partition("!/")[2]: one.error for one in read(path)}
    assert "damaged" in found["a.txt"]
    assert found["b.txt"] is None


def test_all_members_together_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "TOTAL_BYTES", 250)
    monkeypatch.setattr(archives, "TOTAL_RATIO", 0)
    found = read(packed(tmp_path / "a.zip", [(f"{n}.txt", "x" * 100) for n in range(4)]))
    assert [one.error is None for one in found] == [True, True, False, False]


def test_damaged_members_and_archives_within_cost_themselves(tmp_path):
    path = packed(tmp_path / "a.zip", [("a.txt", "A" * 50), ("b.txt", TEXT), ("c.zip", b"PK"), ("d.tar.gz", b"")], zipfile.ZIP_STORED)  # fmt: skip
    path.write_bytes(path.read_bytes().replace(b"A" * 50, b"A" * 49 + b"B"))
    found = {one.path.partition("!/")[2]: one.error for one in read(path)}
    assert "damaged" in found["a.txt"]
    assert found["b.txt"] is None
    assert "within an archive" in found["c.zip"]
    assert "within an archive" in found["d.tar.gz"]


def test_encrypted_members_are_told(tmp_path):
    path = packed(tmp_path / "a.zip", [("a.txt", TEXT)])
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    (found,) = read(path)
    assert "encrypted" in found.error


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_told(tmp_path, method):
    (found,) = read(packed(tmp_path / "a.zip", [("a.txt", TEXT)], method))
    assert "not read" in found.error


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_two_documents(tmp_path):
    found = read(packed(tmp_path / "a.zip", [("a.txt", "1"), ("a.txt", "2")]))
    assert [(one.path.partition("!/")[2], one.data) for one in found] == [("a.txt", b"1"), ("a.txt#2", b"2")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_told(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(UnfitError):
        read(tmp_path / "a.zip")
    (found,) = inputs.of_file(tmp_path / "a.zip")
    assert found.error


def test_an_archive_without_documents_is_told(tmp_path):
    with pytest.raises(UnfitError, match="no documents"):
        read(packed(tmp_path / "a.zip", [("a.png", "")]))


@pytest.mark.parametrize("wide", [False, True])
def test_too_many_members_are_refused_before_their_list_is_read(tmp_path, monkeypatch, wide):
    path = packed(tmp_path / "a.zip", [(f"{n}.txt", "x") for n in range(40)])
    if wide:
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 10)
        packed(path, [(f"{n}.txt", "x") for n in range(40)])
        assert b"PK\x06\x06" in path.read_bytes()
    monkeypatch.setattr(archives, "MEMBERS", 39)
    with pytest.raises(UnfitError, match="40 members"):
        read(path)
    monkeypatch.setattr(archives, "LISTING_BYTES", 1000)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(UnfitError, match="list of members"):
        read(path)


def test_bytes_of_any_kind_are_an_error_and_no_exception(tmp_path):
    whole = packed(tmp_path / "a.zip", [("a.txt", TEXT), ("b/c.html", "<p>")]).read_bytes()
    for at in range(len(whole)):
        for change in (b"\x00", b"\xff", b""):
            (tmp_path / "b.zip").write_bytes(whole[:at] + change + whole[at + 1 :])
            list(inputs.of_file(tmp_path / "b.zip"))


def test_nothing_is_written(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", [("../x.txt", TEXT), ("y.txt", TEXT)])
    monkeypatch.chdir(tmp_path)
    read(path)
    assert [one.name for one in tmp_path.rglob("*")] == ["a.zip"]


def test_names_are_no_longer_than_keys_of_databases_may_be(tmp_path):
    deep = "/".join("報" * 200 for _ in range(10))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"{deep}/a.txt", "検知した。")
        archive.writestr(f"{deep}/b.txt", "検知した。")
    labels = [one.path for one in archives.of_archive(tmp_path / "a.zip", (".txt",), lambda line: None)]
    assert len(set(labels)) == 2
    assert all(len(label.encode()) <= 1000 for label in labels)
