"""Characters a second of the whole pipeline and its parts, peak memory, and start-up, on the corpus' own documents.

Run by ``make bench``; prints a table on stdout. fugashi alone is the yardstick, since every document must be read and
what matters in it tokenised. GiNZA alone shows what a dependency parser costs; the pipeline asks it (``--ginza``) only
about sentences that the rules leave open.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def rate(work: Callable[[], None], characters: int, repeats: int) -> float:
    """Return the median characters a second over ``repeats`` runs, after one that warms up."""
    work()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return characters / statistics.median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--ginza", action="store_true", help="time GiNZA alone too (takes minutes)")
    options = parser.parse_args()
    from tenmatsu.parse import GinzaParser
    from tenmatsu.pipeline import extract_document
    from tenmatsu.tokenize import tokens

    data = [path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))]
    texts = [item.decode() for item in data]
    characters = sum(map(len, texts))

    def pipeline() -> None:
        for item in data:
            extract_document(item, "")

    def tagger() -> None:
        for text in texts:
            for line in text.split("\n"):
                tokens(line)

    rows = [("fugashi alone, tokens with offsets", rate(tagger, characters, options.repeats))]
    rows.append(("tenmatsu without GiNZA", rate(pipeline, characters, options.repeats)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if options.ginza:
        import spacy

        model = spacy.load("ja_ginza")

        def ginza() -> None:
            for text in texts:
                for line in text.split("\n"):
                    if line.strip():
                        model(line)

        rows.append(("GiNZA alone", rate(ginza, characters, 1)))
        parser = GinzaParser()

        def asked() -> None:
            for item in data:
                extract_document(item, "", parser=parser)

        rows.append(("tenmatsu with GiNZA", rate(asked, characters, 3)))
    starts = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "tenmatsu", "--help"], check=True, capture_output=True)
        starts.append(time.perf_counter() - begin)
    print(f"{len(texts)} documents, {characters:,} characters, one core, median of {options.repeats} runs")
    for name, value in rows:
        print(f"{name:36s} {value:12,.0f} characters a second")
    print(f"{'peak memory without GiNZA':36s} {memory:12,.0f} MiB")
    print(f"{'tenmatsu --help':36s} {statistics.median(starts):12.2f} s")


if __name__ == "__main__":
    main()
