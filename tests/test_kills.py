"""Runs that are killed and started again end as if nothing had happened. At length: ``tests/benchmarks/kills.py``."""

import zipfile

import generate
import pytest
from benchmarks import kills


@pytest.mark.parametrize(("to", "times"), [(None, 4), ("sqlite", 2)], ids=["files", "sqlite"])
def test_after_some_kills_nothing_is_lost_doubled_or_otherwise_written(tmp_path, to, times):
    documents = tmp_path / "documents"
    generate.write(documents, 60, ("txt", "html", "md"))
    # the same bytes read in two ways, what cannot be read, and an archive
    for number in range(6):
        told = generate.disclosure(number).encode()
        (documents / f"{'zyx'[number % 3]}-copy-{number}.md").write_bytes(told)
        (documents / f"copy-{number}.txt").write_bytes(told)
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    with zipfile.ZipFile(documents / "some.zip", "w") as archive:
        for number in range(5):
            archive.writestr(f"inner/{number}.txt", generate.disclosure(100 + number))
    result = kills.measure(documents, tmp_path, times, 7, to=to, workers=2)
    assert result.kills == times
    assert (result.lost, result.doubled, result.unequal) == (0, 0, ())
    assert result.wrote == (), "the second run writes nothing"
