"""Where a name with hiragana in it begins and ends (さくら物流株式会社, お茶の水女子大学), by the tokeniser.

Characters alone cannot tell the のみ of 「Xのみらいフーズ」 from a particle, so the few places where hiragana
touches a name are cut into morphemes, within the clause and never further than a bounded window. Where the
morphemes are no help (単漢字 and single kana in a row) nothing is answered rather than a guess.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tenmatsu.tokenize import Token, tokens

WINDOW = 28
_AHEAD = 10
_HIRAGANA = re.compile("[ぁ-ゖゝゞ]")
_STOP = re.compile("[\n\r。、，,．「」『』【】（）()［］\\[\\]〔〕〈〉《》:：;；!！?？・/／\u3000 ]")
_WORD = re.compile("[A-Za-z0-9Ａ-Ｚａ-ｚ０-９一-龠々〆髙﨑ヶァ-ヴー&＆'’\\-]+")
# nouns of grammar and polite endings: they stand beside names and are part of none
_GRAMMAR = frozenset(
    [
        "こと",
        "もの",
        "ため",
        "たび",
        "とおり",
        "どおり",
        "ほか",
        "うち",
        "ところ",
        "など",
        "とき",
        "さい",
        "あと",
        "まま",
        "わけ",
        "はず",
        "よう",
        "ほう",
        "かた",
        "もと",
        "なか",
        "うえ",
        "ほど",
        "くらい",
        "ぐらい",
        "ごろ",
        "ころ",
        "ごと",
        "たち",
        "さん",
        "さま",
        "ちゃん",
        "くん",
        "ども",
        "とも",
        "みな",
        "すべて",
        "いずれ",
        "それぞれ",
        "あて",
        "むけ",
        "がた",
        "ずつ",
        "だけ",
        "のみ",
        "まで",
        "つき",
        "わたり",
        "あたり",
        "かぎり",
        "おり",
        "ゆえ",
        "いま",
        "かつ",
        "さき",
        "まえ",
        "つぎ",
        "ひとつ",
        "ふたつ",
        "みずから",
        "ただ",
        "まとめ",
        "お知らせ",
        "おしらせ",
        "お詫び",
        "おわび",
        "お願い",
        "お問い合わせ",
        "お客様",
        "お客さま",
        "ご覧",
        "ご報告",
        "ご利用",
        "これ",
        "それ",
        "あれ",
        "ここ",
        "そこ",
        "わたし",
        "われわれ",
        "つもり",
        "つど",
        "はじめ",
        "いくつ",
        "おのおの",
        "あらまし",
        "すぐ",
        "ゼロ",
    ]
)
# particles that never follow another particle or a verb in these texts: きり of 委託しているきりしま病院
_ODD = ("きり", "しか", "こそ", "さえ", "やら", "なり", "つつ")
_NAMING = ("名詞", "接頭辞", "接尾辞", "記号", "形状詞", "感動詞")


def _row(text: str, start: int, end: int) -> list[tuple[int, int, Token]]:
    """Return the morphemes of ``text[start:end]`` with offsets into ``text``."""
    return [(start + one.start, start + one.end, one) for one in _morphemes(text[start:end])]


@lru_cache(maxsize=256)
def _morphemes(clause: str) -> tuple[Token, ...]:
    """Cut a clause once for all the literals that end in it (高等学校, 学校) and for wordings that come back."""
    return tuple(tokens(clause))


def _clause_before(text: str, at: int) -> int:
    """Return where the clause that reaches ``at`` begins, at most ``WINDOW`` characters back."""
    floor = max(0, at - WINDOW)
    begin = at
    while begin > floor and not _STOP.match(text, begin - 1):
        begin -= 1
    return begin


def _clause_after(text: str, at: int) -> int:
    stop = _STOP.search(text, at, at + WINDOW)
    return stop.start() if stop else min(len(text), at + WINDOW)


def _may_name(token: Token, beside_kana: bool) -> bool:
    """Tell whether a morpheme with hiragana can be part of a name. ``beside_kana``: more kana of the name touches it."""
    if token.surface in _GRAMMAR or token.pos2 == "数詞":
        return False
    if token.pos == "副詞":
        half = len(token.surface) // 2
        return beside_kana or (half >= 2 and token.surface[:half] == token.surface[half:])
    if token.pos == "接尾辞":
        return beside_kana
    return token.pos in _NAMING


def begin_of(text: str, begin: int, at: int) -> int | None:
    """Return where the name that goes on at ``begin`` begins, looking over the hiragana before it.

    ``at`` is where the tell-tale part begins (株式会社). Returns ``begin`` itself when the hiragana is grammar,
    None when the name is cut and nothing shows where.
    """
    start = _clause_before(text, begin)
    row = _row(text, start, min(len(text), at + _AHEAD))
    found, kana = begin, False
    for low, high, token in reversed(row):
        if low >= found:
            continue
        if high < found:
            break
        if _HIRAGANA.search(token.surface):
            odd = token.surface in _ODD and _opens(row, low)
            if odd:
                found, kana = low, True
                continue
            if token.surface == "な" and _opens(row, low):
                return None  # の, な, がわ: morphemes that cannot follow each other
            if high > found and token.pos != "名詞":
                return None if token.pos == "動詞" and low < found else found
            if not _may_name(token, kana):
                break
            kana = True
        elif not _WORD.fullmatch(token.surface) or token.pos not in _NAMING:
            break
        found = low
    if found < begin and _HIRAGANA.match(text, found) and _ragged(row, found):
        return None
    return found


def _opens(row: list[tuple[int, int, Token]], at: int) -> bool:
    """Tell whether nothing that a particle could lean on stands before ``at``: another particle, a verb, the edge."""
    before = next((token for _, high, token in row if high == at), None)
    return before is None or before.pos in ("助詞", "助動詞", "動詞", "接続詞", "連体詞") or before.surface in _GRAMMAR


def past_grammar(text: str, start: int, end: int) -> int:
    """Return where the name begins in the hiragana of ``text[start:end]``: after また, この and their like."""
    at = start
    for low, high, token in _row(text, start, min(len(text), end + _AHEAD)):
        if high >= end or low != at or token.pos not in ("接続詞", "連体詞"):
            break
        at = high
    return at


def _ragged(row: list[tuple[int, int, Token]], at: int) -> bool:
    """Tell whether the morphemes at ``at`` are splinters: と/ち/ぎ/銀行, where nothing tells a particle from a name."""
    first = next((token for low, _, token in row if low == at), None)
    return first is not None and len(first.surface) == 1 and first.pos in ("記号", "接尾辞", "感動詞")


def end_of(text: str, at: int, end: int) -> int:
    """Return where the name that begins at ``at`` ends, looking over hiragana at ``end``; ``end`` when it is grammar."""
    row = _row(text, at, _clause_after(text, at))
    found, kana = at, False
    for low, high, token in row:
        if low > found or (low >= end and not _HIRAGANA.search(token.surface) and not kana):
            break
        if _HIRAGANA.search(token.surface):
            inside = low < end < high and token.pos == "名詞"
            proper = token.pos2 == "固有名詞" or (token.pos in ("名詞", "形状詞") and len(token.surface) >= 3)
            if not _may_name(token, kana) or not (inside or proper or kana or low < end):
                break
            kana = True
        elif not _WORD.fullmatch(token.surface) or token.pos not in _NAMING:
            break
        found = high
    while found > at and text[found - 1] in "-'’&＆":
        found -= 1
    return max(found, end)


def unknown_name(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` reads as a proper name: proper nouns, or kanji that form no known word."""
    row = _row(text, start, min(len(text), end + 2))
    inside = [(low, high, token) for low, high, token in row if low < end]
    if not inside or inside[-1][1] != end:
        return False
    shop = len(inside) > 1 and inside[-1][2].surface in ("屋", "堂", "庵", "園", "亭", "館", "軒")
    if shop:
        inside = inside[:-1]
    return all(
        token.pos == "名詞"
        and (
            token.pos2 == "固有名詞"
            or (token.pos2 == "普通名詞" and len(token.surface) == 1 and (shop or len(inside) > 1))
        )
        for _, _, token in inside
    )


def is_grammar(text: str, start: int, end: int) -> bool:
    """Tell whether the hiragana of ``text[start:end]`` is a word of grammar (おそらく, そのとき) and no name."""
    row = _row(text, start, min(len(text), end + _AHEAD))
    inside = [token for low, _, token in row if low < end]
    if not inside:
        return False
    if len(inside) == 1 and inside[0].pos not in _NAMING:
        return not _may_name(inside[0], False)
    return inside[-1].surface in _GRAMMAR


def holds_proper(text: str, start: int, end: int) -> bool:
    """Tell whether a proper noun stands in ``text[start:end]`` and no morpheme is cut at its end."""
    row = _row(text, start, min(len(text), end + 2))
    inside = [(high, token) for low, high, token in row if low < end]
    return bool(inside) and inside[-1][0] == end and any(token.pos2 == "固有名詞" for _, token in inside)
