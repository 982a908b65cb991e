"""Runs that are killed and started again end as if nothing had happened. At length: ``tests/benchmarks/kills.py``."""

import generate
import pytest
from benchmarks import kills


@pytest.mark.parametrize(("to", "times"), [(None, 4), ("sqlite", 2)], ids=["files", "sqlite"])
def test_after_some_kills_nothing_is_lost_doubled_or_otherwise_written(tmp_path, to, times):
    documents = tmp_path / "documents"
    generate.write(documents, 60, ("txt", "html", "md"))
    result = kills.measure(documents, tmp_path, times, 7, to=to, workers=2)
    assert result.kills == times
    assert (result.lost, result.doubled, result.unequal) == (0, 0, ())
    assert result.wrote == (), "the second run writes nothing"
