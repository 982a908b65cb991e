"""Which code points of a text layer are repaired, and which are left as they are."""

import unicodedata

import pytest

from tenmatsu.read.pdf_characters import UNKNOWN, is_letter, is_wide, repaired


def test_every_kangxi_radical_becomes_the_ideograph_that_it_looks_like():
    for code in range(0x2F00, 0x2FD6):
        assert repaired(chr(code)) == unicodedata.normalize("NFKC", chr(code))


def test_radicals_of_the_supplement_become_ideographs_and_agree_with_unicode_where_it_maps_them():
    changed = {chr(code): repaired(chr(code)) for code in range(0x2E80, 0x2EF4) if repaired(chr(code)) != chr(code)}
    assert len(changed) > 90
    assert all(unicodedata.name(made).startswith("CJK UNIFIED") for made in changed.values())
    assert repaired("⻳") == unicodedata.normalize("NFKC", "⻳")
    assert [repaired(char) for char in "⺠⻄⻑⻘⻝⻤⻩⻭⻯⻲"] == list("民西長青食鬼黄歯竜亀")


@pytest.mark.parametrize("char", "髙﨑神福①㈱㎡Ⅲﾊﾞ～〜−－“”…、。A1　")
def test_other_signs_for_the_same_stay_as_they_are(char):
    assert repaired(char) == char


@pytest.mark.parametrize(
    ("char", "said"),
    [
        ("ﬁ", "fi"),
        ("\u00ad", ""),
        ("\u200b", ""),
        ("\x00", UNKNOWN),
        ("\ufffe", UNKNOWN),
        ("\ue000", UNKNOWN),
        ("\uf0b7", "・"),
        ("\u00a0", " "),
        ("︵", "（"),
        ("\x07", ""),
    ],
)
def test_what_no_writer_typed_is_repaired(char, said):
    assert repaired(char) == said


def test_letters_and_wide_signs_are_told_from_latin_ones():
    assert all(map(is_letter, "々〇あン漢𠮷"))
    assert not any(map(is_letter, "aA1、（・"))
    assert all(map(is_wide, "漢、１ﾊ①"))
    assert not any(map(is_wide, "a1.-"))
