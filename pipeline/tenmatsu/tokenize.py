"""Morphology: fugashi with unidic-lite, tokens with offsets, noun compounds and bunsetsu.

Reading fugashi's named-tuple features costs half the speed, so the raw feature string is cut by hand. A
Tagger cannot be pickled: every process makes its own, on first use.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple


class Token(NamedTuple):
    """A morpheme; ``start``/``end`` are code points of the text given to ``tokens``."""

    start: int
    end: int
    surface: str
    pos: str
    pos2: str
    lemma: str


@cache
def _tagger() -> Any:
    import fugashi
    import unidic_lite

    return fugashi.GenericTagger(f'-d "{unidic_lite.DICDIR}" -r "{unidic_lite.DICDIR}/mecabrc"')


def tokens(text: str) -> list[Token]:
    """Return the morphemes of ``text`` (one sentence) in order; blanks belong to none of them."""
    found: list[Token] = []
    at = 0
    for node in _tagger()(text):
        surface = node.surface
        start = text.find(surface, at)
        if start < 0:  # the tagger normalises nothing, so this is a NUL or a lone surrogate that it dropped
            continue
        at = start + len(surface)
        feature = node.feature_raw.split(",", 8)
        if len(feature) > 7:
            found.append(Token(start, at, surface, feature[0], feature[1], feature[7]))
        else:
            found.append(Token(start, at, surface, feature[0], feature[1] if len(feature) > 1 else "", surface))
    return found


def compound_after(row: list[Token], end: int) -> str:
    """Return the nouns and suffixes glued behind offset ``end``: 防止 for 感染拡大 in 感染拡大防止, else ""."""
    glued = ""
    at = end
    for token in row:
        if token.end <= end:
            continue
        if token.start > at or token.pos not in ("名詞", "接尾辞", "形状詞"):
            if token.start < end < token.end and token.pos == "名詞":
                glued += token.surface[end - token.start :]
                at = token.end
                continue
            break
        if token.start < end:
            glued += token.surface[end - token.start :]
        else:
            glued += token.surface
        at = token.end
    return glued


def bunsetsu(row: list[Token]) -> list[tuple[int, int]]:
    """Group tokens into bunsetsu (content words and the particles and auxiliaries that follow), as spans."""
    spans: list[tuple[int, int]] = []
    open_start, last_end, tail = -1, -1, False
    for token in row:
        functional = token.pos in ("助詞", "助動詞", "接尾辞", "補助記号") or (
            token.pos == "動詞" and token.pos2 == "非自立可能" and tail is False and open_start >= 0
        )
        if open_start < 0:
            open_start = token.start
        elif not functional and (tail or token.start > last_end):
            spans.append((open_start, last_end))
            open_start = token.start
            tail = False
        tail = tail or token.pos in ("助詞", "助動詞", "補助記号")
        last_end = token.end
    if open_start >= 0:
        spans.append((open_start, last_end))
    return spans
