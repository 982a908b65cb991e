"""Every reader under hostile input: a document that holds what it must, or one clear line. Longer: ``long.py``."""

import random

import pytest
from fuzz import mutate
from fuzz.readers import through
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TEXTS = st.lists(st.one_of(st.sampled_from(mutate.PIECES), st.text(max_size=8)), max_size=60).map("".join)
SUFFIXES = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a", "a.xhtml"])
TYPES = st.sampled_from(
    [None, "text/plain", "text/html", "text/markdown", "application/pdf", "application/xhtml+xml", "image/gif"]
)
CHARSETS = st.sampled_from([None, *mutate.ENCODINGS, "x-none", "utf-8; a=b", ""])


@SLOW
@given(st.binary(max_size=600), SUFFIXES, TYPES, CHARSETS)
def test_any_bytes_whatever_they_are_called_give_a_document_or_one_line(data, path, media_type, charset):
    through(mutate.Made("bytes", data, path, media_type, charset))


@SLOW
@given(TEXTS, SUFFIXES, st.sampled_from(mutate.ENCODINGS), CHARSETS)
def test_texts_in_any_encoding_declared_truly_or_not(text, path, encoding, charset):
    through(mutate.Made("text", text.encode(encoding, "replace"), path, None, charset))


@st.composite
def _markup(draw):
    """Tags, attributes and entities in any order, most of them unclosed."""
    tag = st.sampled_from(mutate._TAGS)
    piece = st.one_of(
        st.builds("<{}{}>".format, tag, st.sampled_from(["", *mutate._ATTRIBUTES])),
        st.builds("</{}>".format, tag),
        st.sampled_from(mutate._ENTITIES + mutate._HEADS + mutate.PIECES),
        st.text(max_size=5),
    )
    return "".join(draw(st.lists(piece, max_size=60)))


@SLOW
@given(_markup(), CHARSETS)
def test_pages_of_random_tags(page, charset):
    through(mutate.Made("html", page.encode("utf-8", "replace"), "a.html", "text/html", charset))


@pytest.mark.parametrize("kind", mutate.DOCUMENTS)
def test_a_few_hundred_inputs_of_each_kind(kind):
    """A seed and a number give an input again: ``mutate.DOCUMENTS[kind][0](random.Random("7 text 12"))``."""
    maker = mutate.DOCUMENTS[kind][0]
    for number in range(600):
        made = maker(random.Random(f"7 {kind} {number}"))
        try:
            through(made)
        except Exception as error:
            raise AssertionError(f"{kind} {number}: {made!r:.600}") from error


@pytest.mark.parametrize("kind", mutate.DOCUMENTS)
def test_the_same_bytes_read_the_same(kind):
    maker = mutate.DOCUMENTS[kind][0]
    for number in range(40):
        made = maker(random.Random(f"8 {kind} {number}"))
        assert through(made) == through(made)


def test_sound_documents_of_every_kind_are_read():
    """The mutations begin from files that can be read: else they would prove nothing."""
    for made in (
        mutate.Made("pdf", mutate._pdf(1), "p.pdf"),
        mutate.Made("html", mutate._page(1).encode(), "h.html"),
        mutate.Made("text", mutate._disclosure(1).encode(), "t.txt"),
    ):
        document = through(made)
        assert document is not None, made.kind
        assert "公表" in document.text
