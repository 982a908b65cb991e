"""What the tests of batches share."""

from pathlib import Path

import pytest


@pytest.fixture
def faulty(monkeypatch):
    """The module of faulty work, found by its name in worker processes too."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import faulty_work

    return faulty_work
