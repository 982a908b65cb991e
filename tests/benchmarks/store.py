"""How fast documents are stored: puts a second, the second time, joining, and the rows out again.

    python tests/benchmarks/store.py [--documents N] [URL...]

The documents are those of the corpus, each as often as needed with a number in its text, so every affair has about
N / 130 accounts. Without a URL a SQLite and a DuckDB file in a temporary folder are filled. A database that is named must be
new. Times are those that pass, and of the processor in brackets: a disk that is slow, or a busy machine, shows in the first.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from tenmatsu.pipeline import extract_document
from tenmatsu.store import Store
from tenmatsu.tables import TABLES

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def made(count):
    """Yield ``count`` documents; the extraction is not measured."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    for at in range(count):
        yield extract_document(f"{texts[at % len(texts)]}\n整理番号 {at}\n".encode(), f"made/{at:06}.txt")


class _Watch:
    def __enter__(self):
        self.began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.passed = time.perf_counter() - self.began[0]
        self.busy = time.process_time() - self.began[1]

    def a_document(self, count):
        return f"{1000 * self.passed / count:8.2f} ms a document ({1000 * self.busy / count:.2f}), {count / self.passed:,.0f} a second"


def measure(url, documents):
    count = len(documents)
    with Store(url) as store:
        with _Watch() as watch:
            assert all(store.put(one, "1") for one in documents)
        print(f"  put          {watch.a_document(count)}")
        with _Watch() as watch:
            store.join()
        print(f"  join         {watch.a_document(count)}, {watch.passed:.1f} s in all")
        with _Watch() as watch:
            assert not any(store.put(one, "1") for one in documents)
        print(f"  put again    {watch.a_document(count)}")
        with _Watch() as watch:
            rows = sum(1 for table in TABLES for _ in store.rows(table))
        print(f"  {rows:,} rows {watch.a_document(count)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("urls", nargs="*")
    given = parser.parse_args()
    documents = list(made(given.documents))
    with tempfile.TemporaryDirectory() as folder:
        for url in given.urls or [f"sqlite:///{folder}/i.db", f"duckdb:///{folder}/i.duckdb"]:
            print(f"{url.partition(':')[0]}, {len(documents):,} documents")
            measure(url, documents)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB, documents included")


if __name__ == "__main__":
    main()
