import hashlib

import pytest

from tenmatsu.read.decode import ReadError, read


def test_text_is_unchanged_and_ids_come_from_the_bytes():
    data = "一行目\r\n二行目😀\n".encode()
    document = read(data, "a.txt")
    assert document.text == "一行目\r\n二行目😀\n"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.doc_id == document.sha256[:16] == read(data, "elsewhere.txt").doc_id


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "empty"), (b" \n\t", "empty"), ("感染".encode("cp932"), "not UTF-8"), (b"a\x00b", "NUL")],
)
def test_what_cannot_be_read_says_why(data, says):
    with pytest.raises(ReadError, match=says):
        read(data)


def test_byte_order_mark_is_dropped():
    assert read("\ufeff感染".encode()).text == "感染"
