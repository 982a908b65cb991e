"""tenmatsu.times, ja-timex and dateparser side by side in one run: what they find, what they make of it, how fast.

Run by ``make bench-times``; prints tables on stdout. Two sets: the gold documents whose text is at hand (the project's
own; the originals where TENMATSU_SOURCES names their folder), and the rows of the phrasebook of time expressions where
TENMATSU_PHRASEBOOK, or ``shared/phrasebook`` beside the checkout, has it. The other tools pin versions that clash with
ours, so they run in an environment of their own, behind ``times_peer.py``; without it only tenmatsu's rows are printed.

Documents: every tool gets the same text and the gold's date of publication (the last day of it, when only bounds are
known). F1 of spans that overlap, of spans that are equal, and of values on overlapping spans (a span cut short costs
no value), over all documents together; a year that a document does not print need not be given. Characters a second:
median of repeats, the tools taking turns.

Phrasebook: each expression in a carrier sentence. ``exact``: one span is the expression. ``exact but for particles``:
the spans stay inside it and leave only particles, range signs and blanks of it uncovered, as the annotation guide asks
(10月2日から3日 is two times); it also lets a tool take one time apart. The guide leaves some of the rows unmarked (先般, 当時).

``--linear`` prints what one megabyte of look-alikes costs tenmatsu against one of ordinary text.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = "tenmatsu.times"
PEERS = ("ja-timex", "ja-timex, joined", "dateparser", "dateparser, by line")
TIMED = ("ja-timex", "dateparser", "dateparser, by line")
PIPELINE = "tenmatsu extract"
PARTICLES = re.compile(
    r"(?:から|より|まで(?:の間|に)?|にかけて?|にわたり|および|及び|と|以降|以前|時点|付け?|中|に|の|で|を以て|をもって|[、,~〜～\-–—/()（）\s])*"
)
Read = list[tuple[int, int, str]]


@dataclass(frozen=True)
class Sample:
    """A gold document: its text, the day of publication that every tool is told, its gold and its set."""

    text: str
    day: str | None
    gold: Any
    set: str
    data: bytes


class Peer:
    """The other tools in their own interpreter."""

    def __init__(self, python: Path) -> None:
        """Start ``times_peer.py``."""
        script = Path(__file__).with_name("times_peer.py")
        self.process = subprocess.Popen(
            [str(python), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, **request: object) -> Any:
        """Send one request and return the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request, ensure_ascii=True) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"times_peer.py ended with status {self.process.wait()}")
        return json.loads(answer)

    def close(self) -> None:
        """End the other interpreter."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def samples() -> list[Sample]:
    """Return the gold documents whose text is at hand."""
    from tenmatsu.corpus import by_digest, sets
    from tenmatsu.evaluate.gold import gold_of, load_folder

    corpus = ROOT / "corpus"
    folders = [corpus / "documents", corpus / "external"]
    named = os.environ.get("TENMATSU_SOURCES")
    if named:
        folders.append(Path(named))
    places, member = by_digest(folders), sets(corpus)
    found = []
    for path, data in load_folder(corpus / "gold"):
        place = places.get(data["sha256"])
        if place is None:
            continue
        raw = place.read_bytes()
        text = raw.decode("utf-8")
        days = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", data.get("published") or "")
        day = days[-1] if days else None
        found.append(Sample(text, day, gold_of(path, data, text), member.get(data["doc"], "own"), raw))
    return found


def ours(text: str, day: str | None) -> Read:
    """Return what tenmatsu.times reads."""
    from tenmatsu import times

    found = times.find(text)
    resolved = times.resolve(found, text, published=day)
    return [(one.start, one.end, value.value) for one, value in zip(found, resolved, strict=True)]


def whole(sample: Sample) -> Read:
    """Return the times of the whole pipeline, which is not told the date of publication."""
    from tenmatsu.pipeline import extract_document

    return [(one.start, one.end, one.value) for one in extract_document(sample.data, "").timexes]


def f1(right: int, system: int, gold: int) -> float:
    """Return the F1 of counts."""
    return 2 * right / (system + gold) if system + gold else 0.0


def accuracy(chosen: Sequence[Sample], reads: Sequence[Read]) -> tuple[float, float, float]:
    """Return the F1 of overlapping spans, of equal spans and of values on overlapping spans."""
    from tenmatsu.evaluate.compare import Dates, align

    overlap = equal = value = system = gold = 0
    for sample, read in zip(chosen, reads, strict=True):
        dates, marks = Dates(sample.gold), sample.gold.timexes
        pairs = align([(mark.start, mark.end) for mark in marks], [(start, end) for start, end, _ in read])
        overlap += len(pairs)
        equal += len({(mark.start, mark.end) for mark in marks} & {(start, end) for start, end, _ in read})
        value += sum(dates.alone(marks[g]["value"], read[s][2]) for g, s in pairs)
        system += len(read)
        gold += len(marks)
    return f1(overlap, system, gold), f1(equal, system, gold), f1(value, system, gold)


def speeds(chosen: Sequence[Sample], peer: Peer | None, repeats: int) -> dict[str, float]:
    """Return characters a second of each tool, the tools taking turns, after one pass that warms up."""
    texts = [(sample.text, sample.day) for sample in chosen]
    seconds: dict[str, list[float]] = {}
    if peer is not None:
        peer.ask(texts=texts)
    for _ in range(repeats + 1):
        start = time.perf_counter()
        for text, day in texts:
            ours(text, day)
        seconds.setdefault(OURS, []).append(time.perf_counter() - start)
        for tool in TIMED if peer is not None else ():
            assert peer is not None
            seconds.setdefault(tool, []).append(peer.ask(time=tool))
    characters = sum(len(text) for text, _ in texts)
    return {tool: characters / statistics.median(taken[1:]) for tool, taken in seconds.items()}


def documents(peer: Peer | None, repeats: int) -> None:
    """Print a table for each set of gold documents."""
    everything = samples()
    for name in sorted({sample.set for sample in everything}, key=lambda name: (name != "own", name)):
        chosen = [sample for sample in everything if sample.set == name]
        speed = speeds(chosen, peer, repeats)
        reads = {OURS: [ours(sample.text, sample.day) for sample in chosen]}
        for tool in PEERS if peer is not None else ():
            assert peer is not None
            peer.ask(texts=[(sample.text, sample.day) for sample in chosen])
            reads[tool] = peer.ask(read=tool)
        reads[PIPELINE] = [whole(sample) for sample in chosen]
        times = sum(len(sample.gold.timexes) for sample in chosen)
        characters = sum(len(sample.text) for sample in chosen)
        print(f"\n{name}: {len(chosen)} documents, {characters:,} characters, {times} times")
        print(f"{'':20s} {'overlap':>8s} {'strict':>8s} {'value':>8s} {'characters a second':>20s}")
        for tool, read in reads.items():
            figures = " ".join(f"{figure:8.3f}" for figure in accuracy(chosen, read))
            shown = f"{speed[tool]:20,.0f}" if tool in speed else f"{'':20s}"
            print(f"{tool:20s} {figures} {shown}".rstrip())
    print(f"\n{PIPELINE}: with the paragraphs and the date of publication that it finds itself, not told the gold's.")


def phrasebook_file() -> Path | None:
    """Return ``time.tsv`` of the phrasebook, None where it is not at hand."""
    named = os.environ.get("TENMATSU_PHRASEBOOK")
    folders = [Path(named)] if named else [ROOT.parent / "shared" / "phrasebook"]
    return next((folder / "time.tsv" for folder in folders if (folder / "time.tsv").is_file()), None)


def found_exactly(read: Read, start: int, end: int, text: str) -> tuple[bool, bool]:
    """Say whether a span is the expression, and whether the spans cover it but for particles and range signs."""
    inside = sorted({(a, b) for a, b, _ in read if a < end and b > start and a >= 0})
    if not inside:
        return False, False
    exact = inside == [(start, end)]
    gaps, at = [], start
    for a, b in inside:
        gaps.append(text[at:a])
        at = max(at, b)
    gaps.append(text[at:end])
    covers = inside[0][0] >= start and at <= end and all(PARTICLES.fullmatch(gap) for gap in gaps)
    return exact, exact or covers


def phrasebook(peer: Peer | None) -> None:
    """Print the table of the phrasebook's rows."""
    path = phrasebook_file()
    if path is None:
        print("\nphrasebook: not at hand (TENMATSU_PHRASEBOOK=FOLDER names it)")
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row["expression"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    before, after = "当社では、", "、社内で不正アクセスを確認しました。"
    texts = [f"{before}{row}{after}" for row in rows]
    day = "2020-12-09"
    reads = {OURS: [ours(text, day) for text in texts]}
    if peer is not None:
        peer.ask(texts=[(text, day) for text in texts])
        for tool in PEERS:
            reads[tool] = peer.ask(read=tool)
    print(f"\nphrasebook: {len(rows)} expressions")
    print(f"{'':20s} {'exact':>8s} {'exact but for particles':>24s}")
    for tool, read in reads.items():
        judged = [
            found_exactly(one, len(before), len(before) + len(row), text)
            for one, row, text in zip(read, rows, texts, strict=True)
        ]
        exact, covers = (sum(pair[place] for pair in judged) / len(rows) for place in (0, 1))
        print(f"{tool:20s} {exact:8.3f} {covers:24.3f}")


def linear(repeats: int) -> None:
    """Print the time of find and resolve on one megabyte of look-alikes against one of ordinary text.

    Megabytes of characters. Each kind has a ratio to ordinary text (none should be worse than 2) and one to a quarter
    of itself (4 is linear).
    """
    size = 1_000_000
    own = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "documents").glob("*.txt")))
    units = {
        "ordinary text": own,
        "digits": "1234567890",
        "年月日": "年月日",
        "brackets": "(（「【",
        "closed brackets": "()（）",
        "〇一二三": "〇一二三",
    }
    texts = {name: (unit * (size // len(unit) + 1))[:size] for name, unit in units.items()}
    taken: dict[str, list[float]] = {name: [] for name in texts}
    quarter: dict[str, list[float]] = {name: [] for name in texts}
    for text in (own, "年月日〇一二三(1"):
        ours(text, "2020-12-09")
    for _ in range(repeats):
        for name, text in texts.items():
            for part, kept in ((text, taken), (text[: size // 4], quarter)):
                start = time.perf_counter()
                ours(part, "2020-12-09")
                kept[name].append(time.perf_counter() - start)
    ordinary = statistics.median(taken["ordinary text"])
    print(f"\none million characters of each, median of {repeats}")
    print(f"{'':20s} {'seconds':>8s} {'to ordinary text':>17s} {'to a quarter':>13s}")
    for name in texts:
        whole_time, part_time = statistics.median(taken[name]), statistics.median(quarter[name])
        print(f"{name:20s} {whole_time:8.2f} {whole_time / ordinary:17.2f} {whole_time / part_time:13.2f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", type=Path, default=ROOT / ".venv-peer" / "bin" / "python")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--linear", action="store_true", help="only the cost of look-alikes")
    options = parser.parse_args()
    if options.linear:
        linear(min(options.repeats, 3))
        return
    peer = None
    if options.peer_python.exists():
        peer = Peer(options.peer_python)
        versions = peer.ask(versions=True)
        print("with " + ", ".join(f"{name} {number}" for name, number in versions.items()), end="; ")
    else:
        print("tenmatsu only: no environment with the other tools (make bench-times makes it, --peer-python names it)")
    print(f"Python {sys.version.split()[0]}, one core, median of {options.repeats} runs in turns")
    documents(peer, options.repeats)
    phrasebook(peer)
    if peer is not None:
        peer.close()


if __name__ == "__main__":
    main()
