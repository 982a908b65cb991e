"""The long run finds what hangs, dies and raises, and goes on; the targets of atheris take bytes."""

import pytest
from fuzz import atheris_targets, long, mutate


def test_a_few_thousand_inputs_break_nothing(tmp_path, capsys):
    assert long.run(3000, 11, 2, 30.0, str(tmp_path)) == 0
    assert "inputs 3,000  seed 11" in capsys.readouterr().out


def test_what_hangs_dies_or_raises_is_found_and_the_rest_is_done(tmp_path, capsys):
    assert long.run(300, 3, 2, 3.0, str(tmp_path), reader="fuzz.faulty") == 3
    found = {path.name.split(".")[0]: path.read_text() for path in tmp_path.glob("*.why.txt")}
    assert sorted(found) == ["3-20", "3-40", "3-60"]
    assert "more than 3 s" in found["3-20"]
    assert "ended with 9" in found["3-40"]
    assert "ValueError: a defect" in found["3-60"]
    assert "refused with a reason 297" in capsys.readouterr().out
    made = mutate.numbered(3, 40)
    assert (tmp_path / f"3-40.{made.kind}").read_bytes() == made.data


@pytest.mark.parametrize("name", [*atheris_targets._NAMES, "extract"])
def test_a_target_takes_any_bytes(name):
    run = atheris_targets.target(name)
    for data in (b"", b"\x00", "2021年3月4日に検知した。".encode(), mutate._pdf(1), mutate._page(1).encode()):
        run(data)
