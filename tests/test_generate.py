"""The generated disclosures: the same on every machine, as long as said, several on one affair, read without fault."""

import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import generate

from tenmatsu.merge import account_of, merge
from tenmatsu.pipeline import extract_document


def test_a_seed_gives_the_same_text_in_every_process():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import generate, hashlib; print(hashlib.sha256(''.join(map(generate.disclosure, range(60))).encode()).hexdigest())"
    told = subprocess.run(
        [sys.executable, "-c", code, str(Path(generate.__file__).parent)], capture_output=True, text=True, check=True
    )
    here = hashlib.sha256("".join(map(generate.disclosure, range(60))).encode()).hexdigest()
    assert told.stdout.strip() == here


def test_texts_have_their_length_and_a_share_are_exact_copies():
    texts = [generate.disclosure(seed) for seed in range(1200)]
    assert all(generate.SHORTEST <= len(text) <= generate.LONGEST for text in texts)
    copies = sum(count - 1 for count in Counter(texts).values())
    assert 0.02 < copies / len(texts) < 0.1
    victims = {generate.affair(seed).victim for seed in range(10_000)}
    assert len(victims) > 3000


def test_documents_of_one_affair_are_joined():
    seeds = range(generate.GROUP * 4)
    extracted = [extract_document(generate.disclosure(seed).encode(), f"{seed}.txt") for seed in seeds]
    assert all(one.document.status == "ok" and one.events and one.timexes for one in extracted)
    merged = merge(account_of(one) for one in {one.document.doc_id: one for one in extracted}.values())
    assert any(len(incident.documents) > 1 for incident in merged.incidents.values())


def test_files_are_written_in_the_formats_asked(tmp_path):
    command = [sys.executable, generate.__file__, "--count", "9", "--out", str(tmp_path), "--formats", "txt,html,md"]
    subprocess.run(command, check=True)
    found = sorted(path.suffix for path in tmp_path.rglob("*.*"))
    assert found == [".html"] * 3 + [".md"] * 3 + [".txt"] * 3
    assert all("<h1>" in path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html"))
