"""What several test modules need: where the phrasebook is, and a PostgreSQL server (``postgres.py``).

The phrasebook (tables of forms that documents write) is no part of the repository; tests that hold the rules against it
are skipped where it is not at hand. This is the one place that looks for it.
"""

import os
from pathlib import Path

import pytest

pytest_plugins = ("postgres",)


def _folder(given, start):
    """The folder ``given``, or ``shared/phrasebook`` beside the checkout that ``start`` lies in; None where there is none."""
    places = [Path(given)] if given else [above / "shared" / "phrasebook" for above in Path(start).resolve().parents]
    return next((place for place in places if place.is_dir()), None)


@pytest.fixture(scope="session")
def phrasebook_folder():
    """The function that finds the phrasebook's folder from the one named and a file of the checkout."""
    return _folder


@pytest.fixture(scope="session")
def phrasebook():
    """A function from the name of a table (``time.tsv``) to its path; the test is skipped where it is not at hand."""

    def path(name):
        place = _folder(os.environ.get("TENMATSU_PHRASEBOOK"), __file__)
        if place is None or not (place / name).is_file():
            pytest.skip(f"no {name}: neither TENMATSU_PHRASEBOOK nor shared/phrasebook beside the checkout has it")
        return place / name

    return path
