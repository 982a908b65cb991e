"""What tenmatsu takes beside what fugashi alone takes for the same documents: a ratio, since seconds differ by machine.

The tools take turns, and the best of their turns counts, in seconds of the processor: what else the machine does hardly
shows. The whole measure is ``make bench``.
"""

from __future__ import annotations

import time
from pathlib import Path

import other
import pytest
from benchmarks import speed

DOCUMENTS = Path(__file__).resolve().parents[1] / "corpus" / "documents"
# half to two thirds of what `make bench` gives, so that a step that makes all slower by half is seen and a busy machine is not
LEAST = {"own": 0.035, "other": 0.08}


def best(work, turns=4):
    """The least seconds of the processor of some turns of each of ``work``, taking turns."""
    least = [float("inf")] * len(work)
    for _ in range(turns):
        for at, one in enumerate(work):
            begin = time.process_time()
            one()
            least[at] = min(least[at], time.process_time() - begin)
    return least


@pytest.mark.parametrize("corpus", LEAST)
def test_the_pipeline_is_not_slower_than_it_was_beside_fugashi(corpus):
    texts = (
        [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))[::6]]
        if corpus == "own"
        else [other.page(seed, 3000) for seed in range(8)]
    )
    alone, ours = speed.fugashi_alone(), speed.ours()
    fugashi, tenmatsu = best([lambda: alone(texts), lambda: ours(texts)])
    assert fugashi / tenmatsu >= LEAST[corpus]


def test_pages_about_other_things_tell_of_no_affair():
    from tenmatsu.pipeline import extract_document

    for seed in range(6):
        page = other.page(seed)
        assert page == other.page(seed)
        assert len(page) >= 4000
        found = extract_document(page.encode(), "")
        assert found.incidents == ()
        assert found.timexes


def test_the_table_gives_ratios_of_one_run():
    rows = [speed.Rates("own", 2, 3000, {speed.FUGASHI: 900_000.0, speed.OURS: 300_000.0})]
    assert speed.table(rows).splitlines()[-1] == "| own | 2 | 3,000 | 900,000 | 300,000 | 0.33 |"


def test_generated_corpora_are_always_the_same():
    assert speed.generated(20_000) == speed.generated(20_000)
    assert sum(len(text.encode()) for text in speed.mostly_other(60_000)) >= 60_000
