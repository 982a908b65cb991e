"""GiNZA, asked little: the grammatical subject of a trigger in a sentence that the rules leave open.

Loading takes seconds and parsing runs at some two thousand characters a second, so nothing here is loaded unless a
caller asks for it, and only sentences without an answer are sent. GiNZA's labels changed between versions: the ones
that are read stand in ``SUBJECTS``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

# Universal Dependencies relations that name the one who acts or suffers
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "dislocated"))
LONGEST = 400  # code points; a longer sentence is a list or a table, and Sudachi stops at 49,149 bytes


class GinzaParser:
    """Answers who the subject of a trigger is; keeps no state but the model."""

    def __init__(self, model: str = "ja_ginza") -> None:
        """``model`` is an installed spaCy pipeline; it is loaded on the first question."""
        self.model = model

    def subject(self, sentence: str, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the subject of the predicate at ``sentence[start:end]``, None when there is none.

        Offsets are code points of ``sentence``. The subject is looked for at the trigger's token and at the
        predicates that it depends on, nearest first.
        """
        if len(sentence) > LONGEST or "\x00" in sentence:
            return None
        doc = _model(self.model)(sentence)
        token = next((t for t in doc if t.idx <= start < t.idx + len(t)), None)
        for _ in range(3):
            if token is None:
                return None
            for child in token.children:
                if child.dep_ in SUBJECTS and child.idx != token.idx:
                    left = min(t.idx for t in child.subtree if t.i <= child.i)
                    return left, child.idx + len(child)
            if token.head.i == token.i:
                return None
            token = token.head
        return None


@cache
def _model(name: str) -> Any:
    import spacy

    return spacy.load(name, exclude=["ner", "bunsetu_recognizer", "compound_splitter"])
