"""The figures as a table of the README and as lines, and a README that holds what was measured and nothing else."""

import os
import re
from pathlib import Path

import pytest

from tenmatsu.corpus import sets
from tenmatsu.evaluate import floors, show
from tenmatsu.evaluate.bootstrap import figure
from tenmatsu.evaluate.cases import read_cases
from tenmatsu.evaluate.layers import LAYERS, Counts, Score
from tenmatsu.evaluate.run import Report, run
from tenmatsu.pipeline import extract_document

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BETWEEN = re.compile(r"<!-- figures -->\n(.*?)<!-- /figures -->", re.S)


def report(**counts):
    """A report of two sets of one document each, with the same counts in every layer."""
    scores, figures = [], {}
    for name, found in counts.items():
        one = dict.fromkeys(LAYERS, Counts(*found))
        scores.append(Score(f"doc-{name}", name, one, (), ""))
        figures[name] = {layer: figure([one[layer]]) for layer in LAYERS}
    return Report(tuple(scores), figures, ())


def cells(table):
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]


def test_markdown_is_a_table_with_a_column_a_set():
    rows = cells(show.markdown(report(own=(2, 3, 4), originals=(0, 0, 0))))
    assert rows[0] == ["layer", "own (1)", "originals (1)"]
    assert rows[1] == ["---"] * 3
    assert ["time value", "0.57 (0.57–0.57)", "-"] in rows
    assert rows[-1][1:] == ["2 of 4; leak claims 2 of 4", "0 of 0; leak claims 0 of 0"]
    assert {len(row) for row in rows} == {3}


def test_brief_is_a_line_a_set():
    lines = show.brief(report(own=(2, 3, 4), originals=(4, 4, 4))).splitlines()
    assert [line.split(":")[0] for line in lines] == ["own", "originals"]
    assert "time 0.571" in lines[0]
    assert "overstated 0 of 4" in lines[1]


def _readme():
    found = BETWEEN.search(README)
    if found is None:
        pytest.skip("README.md has no table between <!-- figures --> and <!-- /figures --> yet")
    return cells(found[1])


def _name(head):
    return re.sub(r" \([0-9]+\)$", "", head)


def _floors_of_sets():
    kept = floors.read(ROOT / "corpus" / "floors.json")
    return {name: layers for name, layers in kept.items() if not name.startswith("cases")}


def test_the_readme_agrees_with_the_floors():
    head, _, *rows = _readme()
    kept = _floors_of_sets()
    assert {_name(cell) for cell in head[1:]} == set(kept), "a column for every set: make figures"
    for layer, *values in rows:
        for name, value in zip(head[1:], values, strict=True):
            floor = kept[_name(name)].get(layer)
            if floor is not None:
                # floors are cut to three digits: what was measured lies within a thousandth above
                rounded = {show.two_digits(floor), show.two_digits(floor + 0.00099)}
                assert value.split(" ")[0] in rounded, (
                    f"{name}: {layer}: {value}, but its floor is {floor}: make figures"
                )


def test_the_readme_is_what_is_measured():
    head, _, *rows = _readme()
    elsewhere = os.environ.get("TENMATSU_SOURCES")
    places = [ROOT / "corpus" / "documents", ROOT / "corpus" / "external", *([Path(elsewhere)] if elsewhere else [])]
    measured = run(ROOT / "corpus" / "gold", places, extract_document)
    fresh = cells(show.markdown(measured))
    for name in measured.figures:
        if name == "originals" and not {cell for cell in fresh[0] if _name(cell) == name} <= set(head):
            continue  # only a part of them is here; the floors speak for them
        here = next(place for place, cell in enumerate(head) if _name(cell) == name)
        there = next(place for place, cell in enumerate(fresh[0]) if _name(cell) == name)
        told = {row[0]: row[here] for row in [head, *rows]}
        assert told == {row[0]: row[there] for row in fresh if row[0] != "---"}, "make figures"


def test_the_readme_shows_the_cases_as_measured():
    between = re.search("<!-- cases -->\n(.*?)<!-- /cases -->", README, re.DOTALL)
    cases = read_cases(ROOT / "corpus" / "cases.json")
    kept = floors.read(ROOT / "corpus" / "floors.json")[f"cases ({len(cases)})"]
    shown = {row[0]: row[3].split(" ")[0] for row in cells(between[1])[2:]}
    assert {f"cases: {layer}" for layer in shown} == set(kept)
    for layer, value in shown.items():
        floor = kept[f"cases: {layer}"]
        assert value in {show.two_digits(floor), show.two_digits(floor + 0.00099)}, "make figures"


def test_every_set_of_the_corpus_has_floors():
    assert set(_floors_of_sets()) == {"own", *sets(ROOT / "corpus").values()}
