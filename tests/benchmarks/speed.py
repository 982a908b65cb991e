"""Characters a second of tenmatsu and of what it stands on, in one run: ``make bench``.

Tools take turns on the same documents, repeat by repeat; a rate is the median of its repeats, a ratio is between rates of
one run. fugashi alone (its quickest use: the nodes of every line with surface and features) is the yardstick, since what
matters must at least be tokenised. ja-timex reads dates only and runs behind ``times_peer.py`` in an environment of its
own; without that its rows are left out, and it is said. GiNZA is asked about fewer documents, for it takes minutes.

Corpora: ``own`` (the corpus' documents), ``originals`` (the five sources, when at hand), ``generated`` (``tests/generate.py``,
seeded, about a megabyte) and ``other`` (pages of ``tests/other.py``, on one in twenty of which there is a notice).
``--sizes`` measures cost by size: generated corpora from 10 kB to ``--largest`` megabytes, as many documents, and one
document as long. ``--cores`` runs a whole extraction to files in one and in all worker processes.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

import generate  # noqa: E402
import other  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "documents"
PEER = ROOT / ".venv-peer" / "bin" / "python"
FUGASHI, OURS, JA_TIMEX = "fugashi alone", "tenmatsu", "ja-timex (dates only)"
GINZA, WITH_GINZA = "GiNZA alone", "tenmatsu --ginza"

Tool = Callable[[Sequence[str]], float]


@dataclass(frozen=True)
class Rates:
    """Characters a second of each tool on one corpus, and how many documents and code points that is."""

    corpus: str
    documents: int
    characters: int
    rates: dict[str, float]


def seconds(work: Callable[[], Any]) -> float:
    """The seconds that ``work`` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turns(corpus: str, texts: Sequence[str], tools: dict[str, Tool], repeats: int) -> Rates:
    """Return each tool's median rate over ``repeats`` turns, after one that warms up."""
    taken: dict[str, list[float]] = {name: [] for name in tools}
    for turn in range(repeats + 1):
        for name, tool in tools.items():
            once = tool(texts)
            if turn:
                taken[name].append(once)
    characters = sum(map(len, texts))
    return Rates(corpus, len(texts), characters, {name: characters / statistics.median(t) for name, t in taken.items()})


def fugashi_alone() -> Tool:
    """fugashi with unidic-lite in its quickest use."""
    import fugashi
    import unidic_lite

    tagger = fugashi.GenericTagger(f'-d "{unidic_lite.DICDIR}" -r "{unidic_lite.DICDIR}/mecabrc"')

    def run(texts: Sequence[str]) -> float:
        lines = [line for text in texts for line in text.split("\n") if line]
        return seconds(lambda: [[(node.surface, node.feature_raw) for node in tagger(line)] for line in lines])

    return run


def ours(ginza: bool = False) -> Tool:
    """The whole pipeline, from bytes to rows."""
    from tenmatsu.parse import GinzaParser
    from tenmatsu.pipeline import extract_document

    parser = GinzaParser() if ginza else None

    def run(texts: Sequence[str]) -> float:
        data = [text.encode() for text in texts]
        return seconds(lambda: [extract_document(one, "", parser=parser) for one in data])

    return run


def ginza_alone() -> Tool:
    """GiNZA as it comes, line by line."""
    import spacy

    model = spacy.load("ja_ginza")

    def run(texts: Sequence[str]) -> float:
        lines = [line for text in texts for line in text.split("\n") if line.strip()]
        return seconds(lambda: list(map(model, lines)))

    return run


def ja_timex() -> Tool | None:
    """ja-timex behind its protocol; None where its environment is not set up."""
    if not PEER.exists():
        return None
    from times import Peer

    peer = Peer(PEER)

    def run(texts: Sequence[str]) -> float:
        peer.ask(texts=[(text, "2024-04-01") for text in texts])
        return float(peer.ask(time="ja-timex"))

    return run


def generated(size: int) -> list[str]:
    """Generated disclosures of about ``size`` bytes together, always the same."""
    found: list[str] = []
    written = 0
    while written < size:
        found.append(generate.disclosure(len(found)))
        written += len(found[-1].encode())
    return found


def mostly_other(size: int) -> list[str]:
    """Pages about other things of about ``size`` bytes together, one in twenty with a short notice of an affair."""
    found: list[str] = []
    written = 0
    while written < size:
        seed = len(found)
        found.append(other.page(seed) + (f"\n{generate.disclosure(seed)}" if seed % 20 == 7 else ""))
        written += len(found[-1].encode())
    return found


def corpora(size: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the corpora by name, the originals only when at hand."""
    yield "own", [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    place = Path(os.environ.get("TENMATSU_SOURCES", ROOT.parent / "shared" / "sources"))
    texts = [path.read_bytes().decode("utf-8") for path in sorted(place.glob("*.txt"))] if place.is_dir() else []
    if texts:
        yield "originals", texts
    yield "generated", generated(size)
    yield "other", mostly_other(size)


def table(rows: Sequence[Rates]) -> str:
    """Return the rates in Markdown, with the ratio to fugashi alone of the same corpus."""
    names = list(dict.fromkeys(name for row in rows for name in row.rates))
    lines = [["corpus", "documents", "characters", *names, f"tenmatsu / {FUGASHI}"]]
    lines.append(["---", "---:", "---:", *["---:"] * len(names), "---:"])
    for row in rows:
        ratio = f"{row.rates[OURS] / row.rates[FUGASHI]:.2f}" if {OURS, FUGASHI} <= row.rates.keys() else ""
        shown = [f"{row.rates[name]:,.0f}" if name in row.rates else "" for name in names]
        lines.append([row.corpus, f"{row.documents:,}", f"{row.characters:,}", *shown, ratio])
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def by_size(largest: int, repeats: int) -> None:
    """Print the cost of a character by the size of the corpus, and of one document as long."""
    tool = ours()
    tool(generated(10_000))
    print("| bytes | as documents, µs a character | as one document, µs a character |\n| ---: | ---: | ---: |")
    size = 10_000
    while size <= largest * 1_000_000:
        texts = generated(size)
        characters = sum(map(len, texts))
        turns = repeats if size <= 1_000_000 else 1
        many = statistics.median(tool(texts) for _ in range(turns)) / characters
        one = (
            f"{statistics.median(tool([''.join(texts)]) for _ in range(turns)) / characters * 1e6:.2f}"
            if size <= 1_000_000
            else ""
        )
        print(f"| {size:,} | {many * 1e6:.2f} | {one} |", flush=True)
        size *= 10


def by_cores(count: int, repeats: int) -> None:
    """Print the seconds of a whole run to files in one and in all worker processes, taking turns."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    taken: dict[int, list[float]] = {1: [], cores: []}
    with tempfile.TemporaryDirectory(prefix="tenmatsu-speed-") as folder:
        documents = Path(folder) / "documents"
        generate.write(documents, count)
        characters = sum(len(path.read_text(encoding="utf-8")) for path in documents.rglob("*.txt"))
        for turn in range(repeats):
            for workers in taken:
                out = Path(folder) / f"out-{workers}-{turn}"
                command = [sys.executable, "-m", "tenmatsu", "extract", str(documents), "--out", str(out), "--quiet"]
                more = ["--workers", str(workers), "--format", "jsonl"]
                taken[workers].append(seconds(lambda: subprocess.run([*command, *more], check=True)))  # noqa: B023
    middle = {workers: statistics.median(times) for workers, times in taken.items()}
    for workers, passed in middle.items():
        print(
            f"{count:,} documents, {workers} worker(s): {passed:.1f} s, {characters / passed:,.0f} characters a second"
        )
    print(f"{cores} workers against one: {middle[1] / middle[cores]:.2f} times")


def start_up() -> None:
    """Print the seconds that the command takes to say --help, and to the rows of one small document."""
    small = sorted(CORPUS.glob("*.txt"), key=lambda path: path.stat().st_size)[0]
    for name, arguments in (
        ("tenmatsu --help", ["--help"]),
        ("the rows of one small document", ["explain", str(small)]),
    ):
        command = [sys.executable, "-m", "tenmatsu", *arguments]
        taken = [seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(7)]  # noqa: B023
        print(f"{name:32s} {statistics.median(taken):6.2f} s")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--size", type=int, default=1_000_000, help="bytes of a generated corpus")
    parser.add_argument("--ginza", action="store_true", help="GiNZA too (minutes)")
    parser.add_argument("--sizes", action="store_true", help="cost by size, to --largest")
    parser.add_argument("--largest", type=int, default=10, help="megabytes of the largest corpus of --sizes")
    parser.add_argument("--cores", action="store_true", help="one and all worker processes")
    options = parser.parse_args()
    tools: dict[str, Tool] = {FUGASHI: fugashi_alone(), OURS: ours()}
    peer = ja_timex()
    if peer is None:
        print("ja-timex is left out: `make .venv-peer/bin/python` sets its environment up", file=sys.stderr)
    else:
        tools[JA_TIMEX] = peer
    print(f"characters a second on one core, median of {options.repeats}; Python {sys.version.split()[0]}\n")
    print(table([in_turns(name, texts, tools, options.repeats) for name, texts in corpora(options.size)]), end="")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of that process, all tools but ja-timex: {peak:,.0f} MiB")
    start_up()
    if options.cores:
        by_cores(600, 3)
    if options.sizes:
        print()
        by_size(options.largest, options.repeats)
    if options.ginza:
        tools = {FUGASHI: tools[FUGASHI], OURS: tools[OURS], GINZA: ginza_alone(), WITH_GINZA: ours(ginza=True)}
        print()
        some = [(name, texts[::10]) for name, texts in corpora(options.size // 10) if name in ("own", "generated")]
        print(table([in_turns(f"{name}, a tenth", texts, tools, 3) for name, texts in some]), end="")


if __name__ == "__main__":
    main()
