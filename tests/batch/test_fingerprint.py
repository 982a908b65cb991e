"""Equal fingerprints mean equal rows: whatever may change a row changes it, and where a file lies does not."""

from dataclasses import replace

import pytest

from tenmatsu.batch import fingerprint
from tenmatsu.batch.fingerprint import Keys
from tenmatsu.batch.work import Work
from tenmatsu.source import Source

ONE = Source("a.txt", b"x")


@pytest.mark.parametrize(
    "other",
    [replace(ONE, data=b"y"), replace(ONE, published="2020"), replace(ONE, media_type="text/html"), replace(ONE, charset="cp932"),
     replace(ONE, title="t"), replace(ONE, path="a.md"), Source("a.txt", error="gone"), Source("a.txt", error="lost")],
)  # fmt: skip
def test_what_is_said_of_a_document_is_in_its_key(other):
    keys = Keys(Work())
    assert keys.of(ONE) != keys.of(other)
    assert keys.of(other) == Keys(Work()).of(other)


def test_where_a_file_lies_is_not_in_its_key():
    assert Keys(Work()).of(ONE) == Keys(Work()).of(replace(ONE, path="b.txt"))


def test_the_options_of_the_run_are_in_the_key():
    found = {Keys(work).of(ONE) for work in (Work(), Work(published="2020"), Work(ginza=True))}
    assert len(found) == 3
    assert Keys(Work(published="2020")).of(ONE) == Keys(Work()).of(replace(ONE, published="2020"))


def test_code_rules_and_packages_are_in_the_key(monkeypatch):
    before = Keys(Work()).of(ONE)
    monkeypatch.setattr(fingerprint, "code", lambda: "other")
    changed = Keys(Work()).of(ONE)
    monkeypatch.setattr(fingerprint, "packages", lambda names: ("fugashi 99",))
    assert len({before, changed, Keys(Work()).of(ONE)}) == 3


def test_the_code_is_every_module_and_every_file_of_rules(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "__pycache__").mkdir()
    for name in ("a.py", "models/b.jsonl", "__pycache__/c.py", "d.txt"):
        (tmp_path / name).write_text(name)
    assert fingerprint._files(tmp_path, "") == [("a.py", b"a.py"), ("models/b.jsonl", b"models/b.jsonl")]
    assert len(fingerprint.code()) == 64


def test_a_register_is_known_by_what_it_was_made_from(tmp_path):
    class Imported:
        def __init__(self, sha256, dated):
            self.sha256, self.dated = sha256, dated

    class Register:
        def sources(self):
            return [Imported("b", "2024"), Imported("a", "2023")]

    assert fingerprint.register_identity(Register()) == ["a 2023", "b 2024"]
