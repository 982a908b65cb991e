"""The wheel, installed in an environment of its own, runs the main job from an empty folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_an_installed_wheel_runs_the_main_job_from_an_empty_folder(tmp_path):
    dist = tmp_path / "dist"
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(dist), str(ROOT)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "would be ignored" not in built.stdout + built.stderr
    assert "absent from the `packages`" not in built.stdout + built.stderr
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        models = {Path(name).name for name in held.namelist() if name.startswith("tenmatsu/models/")}
    assert models == {path.name for path in (ROOT / "models").glob("*.jsonl")}
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
    # with a PYTHONPATH to the checkout pip would take the package for installed
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "TENMATSU_SOURCES")}
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"), str(wheel)],
        check=True,
        capture_output=True,
        env=environment,
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    document = ROOT / "corpus" / "documents" / "hospital-ransomware.txt"
    done = subprocess.run(
        [str(python), "-m", "tenmatsu", "extract", str(document), "--out", "rows"],
        cwd=empty,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (empty / "rows" / "events.jsonl").read_text(encoding="utf-8").count("\n") > 10
    where = subprocess.run(
        [str(python), "-c", "import tenmatsu, tenmatsu.knowledge as k; print(tenmatsu.__file__)"],
        cwd=empty,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(ROOT) not in where.stdout, "the checkout is not what ran"
