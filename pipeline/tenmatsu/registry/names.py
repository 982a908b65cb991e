"""What two spellings of one registered name have in common, as a key for look-up.

Registered names are written full-width with blanks in places, disclosures in any width; ㈱, (株) and 株式会社 are one
form. ``whole`` keeps the corporate form where it stands (株式会社アクメ is not アクメ株式会社), ``key`` drops it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_FORMS = tuple(sorted((
    "株式会社", "有限会社", "合同会社", "合名会社", "合資会社", "相互会社", "特例有限会社", "特定目的会社",
    "独立行政法人", "地方独立行政法人", "国立研究開発法人", "国立大学法人", "公立大学法人", "大学共同利用機関法人",
    "一般社団法人", "一般財団法人", "公益社団法人", "公益財団法人", "社団法人", "財団法人", "特定非営利活動法人",
    "認定特定非営利活動法人", "社会福祉法人", "社会医療法人社団", "社会医療法人財団", "社会医療法人", "医療法人社団",
    "医療法人財団", "医療法人", "学校法人", "宗教法人", "弁護士法人", "税理士法人", "司法書士法人", "行政書士法人",
    "社会保険労務士法人", "弁理士法人", "土地家屋調査士法人", "監査法人", "農事組合法人",
), key=len, reverse=True))  # fmt: skip
_SHORT_FORMS = {
    "(株)": "株式会社", "(有)": "有限会社", "(同)": "合同会社", "(名)": "合名会社", "(資)": "合資会社", "(相)": "相互会社",
    "(独)": "独立行政法人", "(一社)": "一般社団法人", "(一財)": "一般財団法人", "(公社)": "公益社団法人",
    "(公財)": "公益財団法人", "(特非)": "特定非営利活動法人", "(福)": "社会福祉法人", "(医)": "医療法人",
    "(学)": "学校法人", "(宗)": "宗教法人", "npo法人": "特定非営利活動法人",
}  # fmt: skip
_ENGLISH = re.compile(
    r"(?:[,.\s]+(?:co\.?,?\s*ltd|company,?\s+(?:limited|ltd)|co\.?,?\s*inc|k\.?\s?k|g\.?\s?k|incorporated|inc|corporation"
    r"|corp|limited|ltd|llc|l\.l\.c|plc|company|co)\.?)+\s*$"
)


@cache
def _folding() -> dict[int, str | None]:
    """Characters that fall away, small kana written large (キヤノン), and kanji for which the register writes another."""
    table: dict[int, str | None] = dict.fromkeys(map(ord, " \t\u00a0・·-‐‑–—−,.'’`\"“”「」『』"))
    table |= {
        ord(small): large for small, large in zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True)
    }
    table |= {ord(small): large for small, large in zip("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ", strict=True)}
    table |= {ord(written): known for written, known in zip("髙﨑德栁𠮷槗", "高崎徳柳吉橋", strict=True)}
    return table


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = "|".join(_FORMS)
    return re.compile(f"(?:{forms})+"), re.compile(f"(?:{forms})+$")


@cache
def _short() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _SHORT_FORMS)))


def _plain(name: str) -> str:
    if not name.isascii() and not unicodedata.is_normalized("NFKC", name):
        name = unicodedata.normalize("NFKC", name)
    return name.lower()


def whole(name: str) -> str:
    """Return ``name`` with width, case, blanks, dots and short corporate forms folded; its form stays in its place."""
    text = _plain(name)
    if "(" in text or "npo" in text:
        text = _short().sub(lambda hit: _SHORT_FORMS[hit.group()], text)
    return text.translate(_folding())


def folded(name: str) -> tuple[str, str]:
    """Return the key of ``name`` and its whole: ``key(name), whole(name)``."""
    text = whole(name)
    if text.isascii():
        return _ENGLISH.sub("", _plain(name)).translate(_folding()) or text, text
    if "会社" not in text and "法人" not in text:
        return text, text
    front, back = _edges()
    opened = front.match(text)
    bare = text[opened.end() :] if opened else text
    if bare.endswith(_FORMS):
        bare = back.sub("", bare)
    return bare or text, text


def key(name: str) -> str:
    """Return ``whole(name)`` without the corporate forms at its edges, Japanese or English; never empty for a name.

    A name that is nothing but a form is its own key.
    """
    return folded(name)[0]


def has_form(name: str) -> bool:
    """Tell whether ``name`` is written with a corporate form."""
    bare, text = folded(name)
    return bare != text
