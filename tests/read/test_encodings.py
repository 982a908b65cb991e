"""Texts in the encodings of Japan, with right, wrong and no declarations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.read.encodings import codec_of, decode, html_charset
from tenmatsu.read.errors import ReadError

TEXT = "株式会社甲山は2024年5月1日、第三者による不正アクセスを検知しました。ご迷惑をおかけしておりますことを深くお詫び申し上げます。\r\n対象は氏名・住所です。\n"
VENDOR = "㈱甲山の髙﨑と№①の件、㌔・Ⅲ・ｶﾀｶﾅを2024年5月1日に確認しました。"
EUC_VENDOR = b"".join(  # the rows of NEC and IBM as cp51932 has them: ① in row 13, 髙 in row 92
    [
        b"\xad\xa1",
        "の".encode("euc_jp"),
        b"\xfc\xe2",
        "さんと".encode("euc_jp"),
        b"\xad\xea",
        "甲山に連絡しました。".encode("euc_jp"),
    ]
)


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp932", "euc_jp", "iso2022_jp"],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "Shift_JIS", "EUC-JP", "iso-2022-jp", "iso-8859-1", "rot13"])
def test_the_encoding_is_found_whatever_was_declared(codec, declared):
    found = decode(TEXT.encode(codec), declared)
    assert (found.text, found.replaced) == (TEXT, 0)
    assert found.encoding.replace("-le", "").replace("-be", "") == codec.replace("-sig", "").replace("-le", "").replace(
        "-be", ""
    )


def test_signs_of_vendors_are_right_in_cp932():
    assert decode(VENDOR.encode("cp932"), "shift_jis").text == VENDOR
    assert decode(VENDOR.encode("cp932")).encoding == "cp932"


def test_signs_of_vendors_are_right_in_euc_jp():
    found = decode(EUC_VENDOR)
    assert (found.text, found.encoding) == ("①の髙さんと㈱甲山に連絡しました。", "euc_jp")


def test_mail_with_half_width_katakana_and_vendor_signs_is_read():
    data = b"\x1b$B-!$N7o!\"\x1b(I6@6E\x1b$B$r3NG'\x1b(B OK\n"
    found = decode(data)
    assert (found.text, found.encoding) == ("①の件、ｶﾀｶﾅを確認 OK\n", "iso2022_jp")


def test_half_width_katakana_of_eight_bits_is_read_in_a_shift_out():
    assert decode(b"\x1b$B8!CN\x1b(B \x0e6@6E\x0f \x1b$B$7$?\x1b(B").text == "検知 ｶﾀｶﾅ した"


def test_text_without_other_characters_is_utf_8():
    assert decode(b"plain", "shift_jis") == decode(b"plain")
    assert decode(b"plain").encoding == "utf-8"


def test_escapes_of_a_terminal_are_no_mail():
    assert decode(b"\x1b(Bplain").text == "\x1b(Bplain"


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_a_cut_last_character_is_told(codec):
    data = TEXT.strip().encode(codec)[:-1]
    found = decode(data)
    assert (found.encoding, found.replaced) == (codec, 1)
    assert found.text == TEXT.strip()[:-1] + "\ufffd"


def test_a_few_bad_bytes_in_a_long_text_are_counted():
    data = (TEXT * 40).encode("cp932")
    dirty = data[:400] + b"\xff\xff" + data[400:]
    found = decode(dirty)
    assert found.encoding == "cp932"
    assert found.replaced == found.text.count("\ufffd") == 2


def test_replacement_characters_of_the_source_are_not_counted():
    assert decode(("検知\ufffdした。" * 30).encode()[:-1]).replaced == 1


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\xff\xf0\x80" * 50, b"\x80\x81\x82\xfe\xff" * 200])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ReadError):
        decode(data)


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META http-equiv=Content-Type content='text/html; charset=x-sjis'>", "x-sjis"),
        (b'<?xml version="1.0" encoding="EUC-JP"?><html>', "EUC-JP"),
        (b'<!-- <meta charset="euc-jp"> --><meta charset=Shift_JIS>', "Shift_JIS"),
        (b'<meta charset="utf-16">', "utf-8"),
        (b"<meta name=description content=x><p>charset=euc-jp", None),
        (b" " * 9000 + b'<meta charset="utf-8">', None),
    ],
)
def test_the_declaration_of_a_page_is_found(head, label):
    assert html_charset(head) == label


def test_labels_of_the_web_are_known_and_no_others():
    assert codec_of(" Shift_JIS ") == codec_of("windows-31j") == codec_of("x-sjis") == "cp932"
    assert codec_of("x-euc-jp") == "euc_jp"
    assert [codec_of(one) for one in ("rot13", "unicode_escape", "utf-7", "idna", "", None)] == [None] * 6


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "euc-jp", "iso-2022-jp", "utf-16", "big5"])
)
def test_any_bytes_give_a_text_that_utf_8_can_hold_or_one_clear_line(data, declared):
    try:
        told = decode(data, declared).text
    except ReadError as error:
        told = str(error)
        if "\n" in told:
            raise
    told.encode("utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\x1b"), min_size=1))
def test_clean_utf_8_is_kept_to_the_byte(text):
    try:
        found = decode(text.encode())
    except ReadError:
        return
    if found.encoding == "utf-8":
        assert found.text == text.removeprefix("\ufeff")
