"""Very many fuzzed inputs over the readers: ``python tests/fuzz/long.py --count 1000000 --seed 1 [--workers 2]``.

Every worker takes numbers, makes the input of its number, reads it and checks what must hold. A watchdog looks on: an input
that takes longer than ``--limit`` seconds, or kills its worker, is a finding like one that raises. Findings are written to
``--findings`` as files, and the run goes on. The last lines are count, seed, time, the slowest input and the findings; the
status is 1 where there are any. An input is made again with ``mutate.numbered(seed, number)``.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import multiprocessing
import multiprocessing.process
import os
import sys
import time
import traceback
from collections import Counter
from ctypes import Structure, c_bool, c_double, c_long
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

_STEP = 200  # numbers that a worker takes at a time
_AFTER = 20_000  # inputs after which a worker is replaced, so that what a library leaks is not counted as ours


class Slot(Structure):
    """What a worker tells: the number it is at, since when, the first number it has not yet done, and its slowest input."""

    _fields_ = (
        ("number", c_long),
        ("since", c_double),
        ("following", c_long),
        ("end", c_long),
        ("slowest", c_double),
        ("slowest_number", c_long),
        ("read", c_long),
        ("refused", c_long),
        ("bytes", c_long),
        ("idle", c_bool),
    )


def work(slot: Slot, taken: Synchronized[int], seed: int, count: int, findings: str, reader: str) -> None:
    """Take numbers until there are none, beginning with what an earlier worker in this slot left undone."""
    from fuzz import mutate

    through = importlib.import_module(reader).through
    done, parent = 0, os.getppid()
    while done < _AFTER and os.getppid() == parent:  # no worker outlives the run
        if slot.following >= slot.end:
            with taken.get_lock():
                slot.following = taken.value
                slot.end = taken.value = min(count, taken.value + _STEP)
            if slot.following >= slot.end:
                slot.idle = True
                return
        number = slot.following
        made = mutate.numbered(seed, number)
        slot.number, slot.since = number, time.monotonic()
        slot.following = number + 1
        begin = time.process_time()
        try:
            document = through(made)
            slot.read += document is not None
            slot.refused += document is None
        except Exception:
            save(findings, seed, number, traceback.format_exc())
        seconds = time.process_time() - begin
        slot.since = 0.0
        slot.bytes += len(made.data)
        if seconds > slot.slowest:
            slot.slowest, slot.slowest_number = seconds, number
        done += 1


def save(folder: str, seed: int, number: int, why: str) -> None:
    """Write the input and what it did."""
    from fuzz import mutate

    made = mutate.numbered(seed, number)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{seed}-{number}.{made.kind}").write_bytes(made.data)
    head = f"{made.kind} {made.path} media_type={made.media_type!r} charset={made.charset!r}\n"
    (place / f"{seed}-{number}.why.txt").write_text(head + why, encoding="utf-8")


def run(
    count: int,
    seed: int,
    workers: int,
    limit: float,
    findings: str,
    *,
    reader: str = "fuzz.readers",
    tell: float = 30.0,
) -> int:
    """Run inputs 0 to ``count``; print what was found and return the number of findings.

    ``reader`` is the module whose ``through`` takes an input.
    """
    context = multiprocessing.get_context("spawn")
    slots = [context.Value(Slot, lock=False) for _ in range(workers)]
    taken = context.Value("l", 0)
    before = set(Path(findings).glob("*.why.txt"))
    begin = told = time.monotonic()

    def start(slot: Slot) -> multiprocessing.process.BaseProcess:
        process = context.Process(target=work, args=(slot, taken, seed, count, findings, reader), daemon=True)
        process.start()
        return process

    running = {at: start(slot) for at, slot in enumerate(slots)}
    while running:
        time.sleep(0.1)
        for at, process in list(running.items()):
            slot = slots[at]
            since = slot.since
            if since and time.monotonic() - since > limit and process.is_alive():
                process.kill()
                process.join()
                save(findings, seed, slot.number, f"took more than {limit:g} s\n")
            elif process.is_alive():
                continue
            elif process.exitcode != 0:
                if not since:
                    raise SystemExit(f"a worker ended with {process.exitcode} between two inputs (see above)")
                save(findings, seed, slot.number, f"the worker ended with {process.exitcode}\n")
            process.join()
            slot.since = 0.0
            del running[at]
            if not slot.idle:
                running[at] = start(slot)
        if time.monotonic() - told > tell:
            told = time.monotonic()
            done = sum(slot.read + slot.refused for slot in slots)
            print(f"{done:,} done, {done / (told - begin):,.0f} a second", file=sys.stderr, flush=True)
    slowest = max(slots, key=lambda slot: slot.slowest)
    new = sorted(set(Path(findings).glob("*.why.txt")) - before)
    read, refused = sum(slot.read for slot in slots), sum(slot.refused for slot in slots)
    seconds = time.monotonic() - begin
    print(
        f"inputs {count:,}  seed {seed}  read {read:,}  refused with a reason {refused:,}  bytes {sum(slot.bytes for slot in slots):,}"
    )
    print(
        f"wall time {seconds:,.0f} s with {workers} workers, {count / seconds:,.0f} inputs a second; limit {limit:g} s an input"
    )
    print(f"slowest input {slowest.slowest:.2f} s (number {slowest.slowest_number})")
    kinds = Counter(path.read_text(encoding="utf-8").rstrip().splitlines()[-1][:120] for path in new)
    print(f"crashes, hangs and broken promises: {len(new)}")
    for kind, times in kinds.most_common():
        print(f"  {times:6,}  {kind}")
    return len(new)


def main() -> None:
    """Run as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds that one input may take")
    parser.add_argument("--findings", default="out/fuzz", help="folder for inputs that broke something")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        raise SystemExit(bool(run(options.count, options.seed, options.workers, options.limit, options.findings)))


if __name__ == "__main__":
    main()
