"""Characters of a PDF's text layer, repaired one by one.

Fonts of PDFs map some glyphs to code points that look alike but are other characters (⽉ for 月), or to none. What is
another way to write the same sign for a reader (①, ㈱, half-width katakana, 髙, 﨑) stays as it is: only what no
writer typed is changed, so NFKC is not used as a whole.
"""

from __future__ import annotations

import unicodedata
from functools import cache

UNKNOWN = "〓"  # stands for a glyph that has no character, as printers have it

# radicals of the supplement whose whole form is an ideograph of its own (Unicode's Equivalent_Unified_Ideograph)
_SUPPLEMENT = {
    "⺁": "厂", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺈": "刀", "⺉": "刂", "⺊": "卜", "⺋": "㔾", "⺌": "小", "⺍": "小",
    "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺒": "巳", "⺓": "幺", "⺔": "彑", "⺕": "彐", "⺖": "忄", "⺗": "㣺", "⺘": "扌",
    "⺙": "攵", "⺛": "旡", "⺜": "日", "⺝": "月", "⺞": "歺", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "氺", "⺣": "灬",
    "⺤": "爫", "⺥": "爫", "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王", "⺫": "目", "⺬": "示", "⺭": "礻", "⺮": "竹",
    "⺯": "糹", "⺰": "纟", "⺱": "罓", "⺲": "罒", "⺳": "㓁", "⺶": "羊", "⺹": "耂", "⺺": "肀", "⺻": "聿", "⺼": "肉",
    "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻄": "西", "⻅": "见", "⻆": "角", "⻈": "讠",
    "⻉": "贝", "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "邑", "⻐": "钅", "⻑": "長", "⻒": "镸", "⻓": "长",
    "⻔": "门", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻟": "飠",
    "⻠": "饣", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾",
    "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻱": "龜", "⻲": "亀", "⻳": "龟",
}  # fmt: skip

# the signs of Symbol and Wingdings that word processors use as marks of lists (private use, U+F000 and the code)
_MARKS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "◆", 0x77: "◆", 0x9F: "・", 0xA7: "■",
    0xA8: "□", 0xAB: "★", 0xB7: "・", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xF0: "⇒", 0xFC: "✓", 0xFE: "✓",
}  # fmt: skip

# forms for vertical lines, and the signs that they are
_UPRIGHT = {
    "︐": "、", "︑": "、", "︒": "。", "︓": "：", "︔": "；", "︕": "！", "︖": "？", "︙": "…", "︰": "‥", "︱": "―", "︲": "–",
    "︳": "＿", "︵": "（", "︶": "）", "︷": "｛", "︸": "｝", "︹": "〔", "︺": "〕", "︻": "【", "︼": "】", "︽": "《", "︾": "》",
    "︿": "〈", "﹀": "〉", "﹁": "「", "﹂": "」", "﹃": "『", "﹄": "』", "﹇": "［", "﹈": "］",
}  # fmt: skip

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@cache
def _repairs() -> dict[str, str]:
    """Every character that is changed, with what it becomes; "" drops it."""
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    marks = {chr(0xF000 + code): sign for code, sign in _MARKS.items()}
    unseen = dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
    controls = dict.fromkeys(map(chr, [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)]), "")
    blanks = dict.fromkeys(
        "\t\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "
    )
    unknown = dict.fromkeys("\x00\ufffd\ufffe\uffff", UNKNOWN)
    return controls | unseen | blanks | kangxi | _SUPPLEMENT | marks | _UPRIGHT | _LIGATURES | unknown


def repaired(char: str) -> str:
    """Return what a code point of the text layer says: itself, another sign, several, UNKNOWN, or "" for what is unseen.

    Blanks come back as a space, the ideographic one (U+3000) stays.
    """
    known = _repairs().get(char)
    if known is not None:
        return known
    return UNKNOWN if "\ue000" <= char <= "\uf8ff" or "\ud800" <= char <= "\udfff" else char


@cache
def _letters() -> tuple[tuple[int, int], ...]:
    return ((0x3005, 0x3007), (0x3041, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))  # fmt: skip


@cache
def is_letter(char: str) -> bool:
    """Whether a character is a letter of Japanese: an ideograph or kana (〇 and 々 among them)."""
    code = ord(char)
    return any(first <= code <= last for first, last in _letters())


@cache
def is_wide(char: str) -> bool:
    """Whether a character is set without blanks around it: a full-width letter, figure or sign, or half-width katakana."""
    return unicodedata.east_asian_width(char) in "WFH" or char in "“”‘’…‥―—〜①②③④⑤⑥⑦⑧⑨⑩※→←■□●○◆◇▼▽★☆"
