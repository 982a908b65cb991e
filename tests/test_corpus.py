"""Documents with gold are recognised by their bytes, and the corpus folder is in order."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tenmatsu import corpus as store
from tenmatsu.cli import app
from tenmatsu.evaluate.gold import gold_of, load_folder

ROOT = Path(__file__).parents[1] / "corpus"
DATA = "架空の文書です。\n".encode()


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    entry = {
        "doc": "made-up", "title": "架空", "publisher": "架空社", "sha256": hashlib.sha256(DATA).hexdigest(), "characters": 9,
        "shipped": False,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    return folder


def run(*arguments):
    return CliRunner().invoke(app, ["corpus", *map(str, arguments)])


def test_a_document_is_recognised_under_any_name(corpus, tmp_path):
    (tmp_path / "download.bin").write_bytes(DATA)
    result = run("add", tmp_path / "download.bin", "--corpus", corpus)
    assert result.exit_code == 0
    assert (corpus / "external" / "made-up.txt").read_bytes() == DATA
    assert "made-up" in result.stdout
    assert run("add", corpus / "external", "--corpus", corpus).exit_code == 0


@pytest.mark.parametrize(("known", "code"), [(True, 1), (False, 2)])
def test_what_is_not_recognised_is_named(corpus, tmp_path, known, code):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "other.txt").write_bytes(DATA + b"\n")
    if known:
        (folder / "same.txt").write_bytes(DATA)
    result = run("add", folder, "--corpus", corpus)
    assert result.exit_code == code
    assert "other.txt: not recognised" in result.stderr
    assert (corpus / "external").exists() is known


@pytest.mark.parametrize("arguments", [["add", "none.txt"], ["list"]])
def test_missing_things_are_named(corpus, arguments):
    (corpus / "manifest.json").unlink()
    result = run(*arguments, "--corpus", corpus)
    assert result.exit_code == 2
    assert result.stderr.startswith("tenmatsu: ")
    assert "Traceback" not in result.output


def test_the_list_says_what_is_there(corpus, tmp_path):
    assert "made-up\tmissing\toriginals" in run("list", "--corpus", corpus).stdout
    (tmp_path / "x").write_bytes(DATA)
    run("add", tmp_path / "x", "--corpus", corpus)
    assert "made-up\tthere\toriginals" in run("list", "--corpus", corpus).stdout


def test_the_manifest_and_the_gold_name_the_same_documents():
    entries = {entry.doc: entry for entry in store.manifest(ROOT)}
    golds = {data["doc"]: data["sha256"] for _, data in load_folder(ROOT / "gold")}
    assert all(golds[doc] == entry.sha256 and not entry.shipped for doc, entry in entries.items())
    assert len(entries) == 5


def test_every_gold_file_quotes_its_document():
    named = os.environ.get("TENMATSU_SOURCES")
    places = store.by_digest([ROOT / "documents", ROOT / "external", *([Path(named)] if named else [])])
    for path, data in load_folder(ROOT / "gold"):
        if data["sha256"] in places:
            # gold_of raises where a mark does not stand in the text
            gold = gold_of(path, data, places[data["sha256"]].read_bytes().decode("utf-8-sig"))
            assert gold.doc == data["doc"]


def test_every_shipped_document_has_gold():
    digests = {data["sha256"] for _, data in load_folder(ROOT / "gold")}
    assert [path.name for digest, path in store.by_digest([ROOT / "documents"]).items() if digest not in digests] == []
