"""The README's table of first measures is the one that the corpus keeps; the sets it names are those of the manifest."""

import importlib.util
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("first", ROOT / "tests" / "benchmarks" / "first.py")
first = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(first)


def test_the_readme_shows_what_was_first_measured():
    between = re.search(r"<!-- first -->\n(.*?)<!-- /first -->", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert between is not None
    assert between[1].strip() == first.table().strip(), "python tests/benchmarks/first.py"


def test_every_held_out_set_has_its_first_measure():
    kept = json.loads((ROOT / "corpus" / "first-measure.json").read_text(encoding="utf-8"))
    sets = json.loads((ROOT / "corpus" / "manifest.json").read_text(encoding="utf-8"))["sets"]
    assert {name: one["documents"] for name, one in kept.items()} == {name: len(docs) for name, docs in sets.items()}
