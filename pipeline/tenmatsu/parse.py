"""GiNZA, asked little: the grammatical subject of a trigger in a sentence that the rules leave open.

Loading takes seconds and parsing runs at some two thousand characters a second, so nothing here is loaded unless a
caller asks for it, and only sentences without an answer are sent. GiNZA's labels changed between versions: the ones
that are read stand in ``SUBJECTS``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from functools import cache
from typing import Any

# Universal Dependencies relations that name the one who acts or suffers
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "dislocated"))
LONGEST = 400  # code points; a longer sentence is a list or a table, and Sudachi stops at 49,149 bytes


_KEPT = 256  # sentences whose parse is kept: notices repeat themselves, and each other


class Asked:
    """Stands for a parser to gather the sentences that it would be asked about; it knows no answer."""

    def __init__(self) -> None:
        """Begin with none."""
        self.sentences: list[str] = []

    def subject(self, sentence: str, start: int, end: int) -> tuple[int, int] | None:
        """Note the sentence."""
        self.sentences.append(sentence)
        return None

    def prepare(self, sentences: Iterable[str]) -> None:
        """Do nothing."""


class GinzaParser:
    """Answers who the subject of a trigger is; keeps no state but the model and the parses of the last sentences."""

    def __init__(self, model: str = "ja_ginza") -> None:
        """``model`` is an installed spaCy pipeline; it is loaded on the first question."""
        self.model = model
        self._parsed: OrderedDict[str, Any] = OrderedDict()

    def prepare(self, sentences: Iterable[str]) -> None:
        """Parse sentences together, which takes two thirds of the time that they take one by one; the parses are the same."""
        wanted = [one for one in dict.fromkeys(sentences) if one not in self._parsed and _fit(one)]
        for one, doc in zip(wanted, _model(self.model).pipe(wanted) if wanted else (), strict=True):
            self._keep(one, doc)

    def _keep(self, sentence: str, doc: Any) -> Any:
        self._parsed[sentence] = doc
        if len(self._parsed) > _KEPT:
            self._parsed.popitem(last=False)
        return doc

    def subject(self, sentence: str, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the subject of the predicate at ``sentence[start:end]``, None when there is none.

        Offsets are code points of ``sentence``. The subject is looked for at the trigger's token and at the
        predicates that it depends on, nearest first.
        """
        if not _fit(sentence):
            return None
        doc = self._parsed.get(sentence) or self._keep(sentence, _model(self.model)(sentence))
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


def _fit(sentence: str) -> bool:
    return len(sentence) <= LONGEST and "\x00" not in sentence


@cache
def _model(name: str) -> Any:
    import spacy

    return spacy.load(name, exclude=["ner", "bunsetu_recognizer", "compound_splitter"])
