"""The phrasebook is looked for in one place, and found from every module of the tests."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def test_the_phrasebook_stands_beside_the_checkout(tmp_path, phrasebook_folder):
    place = tmp_path / "shared" / "phrasebook"
    place.mkdir(parents=True)
    assert phrasebook_folder(None, tmp_path / "main" / "tests" / "conftest.py") == place


def test_a_named_folder_is_used_alone(tmp_path, phrasebook_folder):
    (tmp_path / "shared" / "phrasebook").mkdir(parents=True)
    assert phrasebook_folder(str(tmp_path / "nowhere"), tmp_path / "main" / "tests" / "conftest.py") is None
    assert phrasebook_folder(str(tmp_path), tmp_path / "main" / "tests" / "conftest.py") == tmp_path


def test_no_test_looks_for_it_on_its_own():
    own = {path.name for path in HERE.rglob("test_*.py") if '"TENMATSU_PHRASEBOOK"' in path.read_text("utf-8")}
    assert own <= {Path(__file__).name}
