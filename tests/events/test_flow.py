from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.events.flow import flow


def test_a_break_within_a_word_is_left_out():
    text = "前。情報が閲覧\n　された。"
    read = flow(text, 2, len(text))
    assert read.text == "情報が閲覧された。"
    at = read.text.index("閲覧され")
    assert text[read.place(at) : read.place(at + 4, closing=True)] == "閲覧\n　され"
    assert text[read.place(at) : read.place(at + 2, closing=True)] == "閲覧"


def test_a_break_between_latin_words_stays():
    text = "Mail\nServer が停止"
    assert flow(text, 0, len(text)).text == text


@given(st.text(alphabet="あい漢a1 \u3000\n。", max_size=30), st.integers(0, 8))
def test_what_is_read_leads_back_to_the_same_characters(text, start):
    start = min(start, len(text))
    read = flow(text, start, len(text))
    for offset, character in enumerate(read.text):
        place = read.place(offset)
        assert text[place] == character
        assert read.offset(place) == offset
        assert read.place(offset + 1, closing=True) == place + 1
