"""Gold finds its documents, sets stay apart, the error page runs nothing, floors only rise."""

import hashlib
import json
import os
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tenmatsu import cli
from tenmatsu.corpus import CorpusError
from tenmatsu.evaluate import floors
from tenmatsu.evaluate.errors import page
from tenmatsu.evaluate.gold import gold_of, load_folder
from tenmatsu.evaluate.run import run
from tenmatsu.pipeline import Extracted
from tenmatsu.records import DocumentRow, Text, Timex

ROOT = Path(__file__).parents[2]
TEXTS = {"one": "10月2日に検知<script>alert(1)</script>&。", "two": "2020年10月5日に公表。"}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def fake(data, path, *, published=None):
    text = data.decode()
    times = ()
    if text.startswith("2020"):
        times = (Timex("d", "t", 0, 10, text[:10], "DATE", "2020-10-05", "2020-10-05", None, "explicit", None, "r<1>"),)
    return Extracted(DocumentRow(digest(text)[:16], path, digest(text)), times, texts=(Text(digest(text)[:16], text),))


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TENMATSU_SOURCES", raising=False)
    monkeypatch.setattr(cli, "_extractor", lambda ginza=False: fake)
    root = tmp_path / "corpus"
    for folder in ("documents", "gold", "external"):
        (root / folder).mkdir(parents=True)
    for doc, text in TEXTS.items():
        (root / "documents" / f"{doc}.txt").write_text(text, encoding="utf-8")
        mark = {"line": 1, "text": text[: text.index("日") + 1], "type": "DATE", "value": "2020-10-05"}
        gold = {"doc": doc, "sha256": digest(text), "timexes": [mark]}
        (root / "gold" / f"{doc}.json").write_text(json.dumps(gold), encoding="utf-8")
    listed = {
        "doc": "two",
        "title": "t",
        "publisher": "p",
        "sha256": digest(TEXTS["two"]),
        "characters": 1,
        "shipped": False,
    }
    (root / "manifest.json").write_text(json.dumps({"documents": [listed]}))
    return root


def command(*arguments):
    return CliRunner().invoke(cli.app, ["evaluate", *map(str, arguments)])


def test_sets_are_scored_apart(corpus):
    report = run(corpus / "gold", [corpus / "documents"], fake)
    assert {name: layers["time span"].counts for name, layers in report.figures.items()} == {
        "own": (0, 0, 1),
        "originals": (1, 1, 1),
    }


def test_gold_without_a_document_is_named_and_passed_over(corpus):
    (corpus / "documents" / "one.txt").unlink()
    said = []
    report = run(corpus / "gold", [corpus / "documents"], fake, said.append)
    assert report.skipped == ("one",)
    assert "one" in said[0]
    assert list(report.figures) == ["originals"]


def test_the_command_shows_tables_and_json(corpus):
    result = command()
    assert result.exit_code == 0
    assert "own: 1 documents" in result.stdout
    assert "harm" in result.stdout
    figures = json.loads(command("--json").stdout)
    assert figures["sets"]["originals"]["time value"]["f1"] == 1.0
    assert figures["documents"]["one"]["layers"]["time span"] == [0, 0, 1]


def test_sources_may_lie_elsewhere(corpus, tmp_path, monkeypatch):
    shutil.move(corpus / "documents" / "two.txt", tmp_path / "kept.txt")
    monkeypatch.setenv("TENMATSU_SOURCES", str(tmp_path))
    assert json.loads(command("--json").stdout)["skipped"] == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--documents", "none"], "none"),
        (["--gold", "none"], "none"),
        (["--documents", "corpus/external"], "no document"),
        (["--check-floors", "none.json"], "none.json"),
        (["--errors", "none/e.html"], "--errors none/e.html"),
        (["--errors", "."], "--errors ."),
        (["--errors", "/dev/null"], "--errors /dev/null"),
        (["--raise-floors", "none/f.json"], "--raise-floors none/f.json"),
        (["--json", "--markdown"], "--brief"),
    ],
)
def test_what_cannot_be_measured_is_one_line(corpus, arguments, word):
    result = command(*arguments)
    assert result.exit_code == 2
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("tenmatsu: ")
    assert word in last
    assert "Traceback" not in result.output


@pytest.mark.parametrize("content", ["{", "[]", '{"doc": "x"}', '{"doc": "x", "sha256": 3}'])
def test_a_file_that_is_no_gold_is_named(corpus, content):
    (corpus / "gold" / "bad.json").write_text(content)
    with pytest.raises(CorpusError, match=r"bad\.json"):
        load_folder(corpus / "gold")


@pytest.mark.parametrize(
    "mark",
    [
        {"line": 1, "text": "11月"},
        {"line": 9, "text": "10月"},
        {"line": 1, "text": "10月", "nth": 2},
        {"text": "10月", "start": 1, "end": 4},
        {"text": "10月", "start": 0, "end": 4},
    ],
)
def test_gold_must_quote_its_document(mark):
    data = {"doc": "d", "sha256": "0", "timexes": [{"type": "DATE", "value": "x"} | mark]}
    with pytest.raises(CorpusError, match="does not stand"):
        gold_of("g.json", data, "10月2日")


def test_places_are_counted_in_lines():
    data = {"doc": "d", "sha256": "0", "timexes": [{"line": 2, "text": "日", "nth": 2, "type": "DATE", "value": "x"}]}
    assert gold_of("g.json", data, "日日\n日x日").timexes[0].start == 5


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.policy, self.marked, self._in = [], "", [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._in = tag == "mark"
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"]

    def handle_data(self, data):
        if self._in:
            self.marked.append(data)
            self._in = False


def test_the_error_page_shows_the_place_and_runs_nothing(corpus):
    text = page(run(corpus / "gold", [corpus / "documents"], fake))
    parsed = Page()
    parsed.feed(text)
    assert "script" not in parsed.tags
    assert "default-src 'none'" in parsed.policy
    assert parsed.marked == ["10月2日"]
    assert "&lt;script&gt;" in text
    assert not [tag for tag in parsed.tags if tag in ("img", "link", "a", "iframe")]


def test_the_error_page_is_written(corpus, tmp_path):
    assert command("--errors", "e.html").exit_code == 0
    assert (tmp_path / "e.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    "arguments",
    [("--errors", "none/e.html"), ("--check-floors", "none.json"), ("--raise-floors", "none.json")],
)
def test_files_are_checked_before_the_work_begins(corpus, monkeypatch, arguments):
    def extract(*arguments, **more):
        pytest.fail("it began to extract")

    monkeypatch.setattr(cli, "_extractor", lambda ginza=False: extract)
    assert command(*arguments).exit_code == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_floors_from_a_pipe_are_not_waited_for(corpus, tmp_path):
    os.mkfifo(tmp_path / "floors.json")
    result = command("--check-floors", "floors.json")
    assert result.exit_code == 2
    assert "no regular file" in result.stderr


def test_floors_are_checked_and_raised(corpus, tmp_path):
    file = tmp_path / "floors.json"
    file.write_text('{"originals": {"time value": 0.5, "time span": 0.9}, "own": {"time span": 0.0}, "absent": {}}')
    assert command("--check-floors", file).exit_code == 0
    assert command("--raise-floors", file).exit_code == 0
    assert floors.read(file)["originals"]["time value"] == 1.0
    file.write_text('{"own": {"time span": 0.1}}')
    result = command("--check-floors", file)
    assert result.exit_code == 1
    assert "own: time span: F1 0.0000 is below its floor 0.1" in result.stderr
    file.write_text('{"own": {"no such layer": 0.1}}')
    assert command("--check-floors", file).exit_code == 2


def test_raising_lowers_nothing(corpus):
    report = run(corpus / "gold", [corpus / "documents"], fake)
    before = {"own": {"time span": 0.7}, "elsewhere": {"time span": 0.2}}
    assert floors.lowered(before, floors.raised(before, report)) == []


@pytest.mark.parametrize(
    ("after", "count"),
    [({"own": {"a": 0.5, "b": 0.6}}, 0), ({"own": {"a": 0.4, "b": 0.6}}, 1), ({"own": {"a": 0.6}}, 1), ({}, 2)],
)
def test_a_floor_that_falls_or_goes_is_seen(after, count):
    assert len(floors.lowered({"own": {"a": 0.5, "b": 0.6}}, after)) == count


def test_the_floors_of_this_checkout_have_only_risen():
    path = ROOT / "corpus" / "floors.json"
    now = floors.read(path)
    git = shutil.which("git")
    if git is None:
        pytest.skip("no git")
    done = subprocess.run([git, "-C", str(ROOT), "show", "HEAD:corpus/floors.json"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no earlier floors: no checkout, or its first commit")
    assert floors.lowered(floors.parse(done.stdout, "HEAD"), now) == []
