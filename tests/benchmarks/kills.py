"""Runs that are killed again and again, against one that was left alone: ``python tests/benchmarks/kills.py --documents 10000 --kills 100 --seed 1``.

Made-up disclosures are extracted once undisturbed and once more (which must write nothing). Then the same is done with
``kill -9`` for the whole process group at random moments, started again each time until all kills are spent and the run is
done; a run that is done before starts anew in another folder, so that every kill hits work. All files are compared byte by byte,
and row by row where they differ. ``--to sqlite`` does it with a database, of which every table is compared. Peak memory is the parent's alone, at a tenth of
the documents and at all.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import generate

_LONGEST = 3 * 3600  # seconds of one run


@dataclass(frozen=True)
class Ended:
    """How a run ended: seconds, its exit code (negative: the signal), and the peak memory of the parent in bytes."""

    seconds: float
    code: int
    memory: int


@dataclass(frozen=True)
class Result:
    """What was measured; ``lost`` and ``doubled`` count rows of all tables over all runs that came to their end.

    ``memory`` is the peak of the undisturbed run's parent, in bytes.
    """

    undisturbed: float
    again: float
    wrote: tuple[str, ...]
    kills: int
    finished: int
    lost: int
    doubled: int
    unequal: tuple[str, ...]
    memory: int


def command(documents: Path, target: str, workers: int | None) -> list[str]:
    """Return the command line; ``target`` is a folder, or a URL."""
    where = ["--to" if "://" in target else "--out", target]
    more = [] if workers is None else ["--workers", str(workers)]
    return [sys.executable, "-m", "tenmatsu", "extract", str(documents), *where, "--quiet", *more]


def run(arguments: list[str], kill_after: float | None = None) -> Ended:
    """Run a command; after ``kill_after`` seconds its whole process group is killed."""
    begin = time.monotonic()
    heard = tempfile.TemporaryFile()  # noqa: SIM115  a pipe that nobody empties would hold it up
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=heard, start_new_session=True)
    peak = 0
    while process.poll() is None:
        if time.monotonic() - begin > _LONGEST:
            os.killpg(process.pid, signal.SIGKILL)
            raise SystemExit(f"{' '.join(arguments)} did not end within {_LONGEST:,} seconds")
        peak = max(peak, _peak(process.pid))
        if kill_after is not None and time.monotonic() - begin >= kill_after:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            break
        time.sleep(0.02 if kill_after is not None else 0.1)
    seconds = time.monotonic() - begin
    # 1: some documents cannot be read, as was meant
    if process.returncode not in (0, 1, -signal.SIGKILL):
        heard.seek(0)
        said = heard.read()
        raise SystemExit(
            f"{' '.join(arguments)} ended with {process.returncode}: {said.decode('utf-8', 'replace')[-2000:]}"
        )
    heard.close()
    return Ended(seconds, process.returncode, peak)


def _peak(pid: int) -> int:
    """The peak memory of a process so far, in bytes; 0 where the system does not tell."""
    try:
        told = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return 0
    return 1024 * int(told[1]) if told else 0


def contents(target: str) -> dict[str, list[bytes]]:
    """Return what was written, by file or table: the lines of the files, or the rows of the database."""
    if "://" not in target:
        files = sorted(path for path in Path(target).rglob("*") if path.is_file() and not path.name.startswith("."))
        return {str(path.relative_to(target)): path.read_bytes().splitlines(keepends=True) for path in files}
    import sqlite3

    with sqlite3.connect(target.split(":///", 1)[1]) as database:
        named = [
            name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        found = {
            name: sorted(repr(row).encode() for row in database.execute(f'SELECT * FROM "{name}"')) for name in named
        }
    database.close()
    return found


def _state(target: str) -> dict[str, tuple[int, int, bytes]]:
    """Every file of the target with its time, inode and bytes, the hidden ones too."""
    place = Path(target.split(":///", 1)[1] if "://" in target else target)
    files = [path for path in place.rglob("*") if path.is_file()] if place.is_dir() else [place]
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()) for path in files}


def _target(folder: Path, name: str, to: str | None) -> str:
    if to is None:
        return str(folder / name)
    return f"{to}:///{folder / name}.db"


def measure(
    documents: Path, folder: Path, kills: int, seed: int, *, to: str | None = None, workers: int | None = None
) -> Result:
    """Do all of it for the documents in one folder; ``to`` is None for files, or sqlite."""
    draw = random.Random(seed)
    alone = _target(folder, "alone", to)
    first = run(command(documents, alone, workers))
    before = _state(alone)
    again = run(command(documents, alone, workers))
    after = _state(alone)
    wrote = tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
    wanted = contents(alone)
    done = finished = lost = doubled = 0
    unequal: list[str] = []
    place = 0
    start_up = min(again.seconds, first.seconds / 2)
    while True:
        target = _target(folder, f"killed{place}", to)
        while done < kills:
            # from before anything is loaded to well into the work, so that the job takes about all the kills
            delay = (
                draw.uniform(0, start_up)
                if draw.random() < 0.15
                else start_up + draw.uniform(0, 2.2 * first.seconds / kills)
            )
            if run(command(documents, target, workers), delay).code >= 0:
                break
            done += 1
        else:
            run(command(documents, target, workers))
        finished += 1
        got = contents(target)
        for name in sorted(wanted.keys() | got.keys()):
            if wanted.get(name) != got.get(name):
                unequal.append(f"{name} of run {place}")
                missing = Counter(wanted.get(name, [])) - Counter(got.get(name, []))
                more = Counter(got.get(name, [])) - Counter(wanted.get(name, []))
                lost, doubled = lost + sum(missing.values()), doubled + sum(more.values())
        if done >= kills:
            return Result(
                first.seconds, again.seconds, wrote, done, finished, lost, doubled, tuple(unequal), first.memory
            )
        place += 1


def main() -> None:
    """Print the figures as a small table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--formats", default="txt,html,md")
    parser.add_argument("--to", choices=["sqlite"], help="a database instead of files")
    parser.add_argument("--no-memory", action="store_true", help="leave out the peak memory")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tenmatsu-kills-"))
    try:
        documents = folder / "documents"
        generate.write(documents, options.documents, options.formats.split(","))
        result = measure(documents, folder, options.kills, options.seed, to=options.to, workers=options.workers)
        rows = [
            ("documents", f"{options.documents:,} ({options.formats}), to {options.to or 'files'}"),
            ("undisturbed", f"{result.undisturbed:,.1f} s"),
            ("the second time", f"{result.again:,.1f} s, {result.again / result.undisturbed:.1%} of the first"),
            ("written the second time", ", ".join(result.wrote) or "nothing"),
            ("kills", f"{result.kills}, seed {options.seed}; runs that came to their end {result.finished}"),
            ("rows lost, doubled or other", f"{result.lost}, {result.doubled}"),
            ("files that are not the same", ", ".join(result.unequal) or "none"),
        ]
        if not options.no_memory:
            few = folder / "few-documents"
            generate.write(few, max(1, options.documents // 10), options.formats.split(","))
            tenth = run(command(few, _target(folder, "few", options.to), options.workers)).memory / 2**20
            whole = result.memory / 2**20
            peak = f"{tenth:,.0f} MiB for a tenth of the documents, {whole:,.0f} MiB for all ({whole / tenth - 1:+.1%})"
            rows.append(("peak memory of the parent", peak))
        for name, value in rows:
            print(f"{name:30s} {value}")
        raise SystemExit(bool(result.lost or result.doubled or result.unequal or result.wrote))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
