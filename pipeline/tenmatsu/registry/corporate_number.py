"""The check digit of corporate numbers (法人番号): which strings of 13 digits can be one."""

from __future__ import annotations

import unicodedata

_WEIGHTS = (1, 2) * 6


def check_digit(base: str) -> int:
    """Return the check digit of the 12 digits of a base number (基礎番号): 1 to 9.

    It is 9 − (Σ Pn × Qn mod 9), where Pn is the n-th digit of the base number from the right and Qn is 1 for an odd n
    and 2 for an even n: 法人番号の指定等に関する省令 (平成26年財務省令第70号) 第2条, 検査用数字を算出する算式. The check
    digit stands before the base number.
    """
    return 9 - sum(int(digit) * weight for digit, weight in zip(reversed(base), _WEIGHTS, strict=True)) % 9


def is_corporate_number(text: str) -> bool:
    """Tell whether ``text`` is 13 ASCII digits of which the first is the check digit of the others."""
    if len(text) != 13 or not text.isascii() or not text.isdigit():
        return False
    even = sum(map(int, text[1::2]))  # the 12th, 10th … digit from the right: weight 2
    return int(text[0]) == 9 - (2 * even + sum(map(int, text[2::2]))) % 9


def corporate_number_of(text: str) -> str | None:
    """Return the corporate number that ``text`` writes, in any width and grouping (１-2345-…, T12345…), or None."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("T")
    digits = "".join(plain.translate({ord(mark): None for mark in "-‐−– \t"}).split())
    return digits if is_corporate_number(digits) else None
