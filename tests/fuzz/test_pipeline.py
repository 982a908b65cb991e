"""The whole pipeline under hostile input: every invariant of the design for whatever comes out of it."""

import random

import pytest
from fuzz import mutate
from fuzz.invariants import check_rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenmatsu.pipeline import extract_document

SLOW = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(st.lists(st.one_of(st.sampled_from(mutate.PIECES), st.characters()), max_size=80).map("".join))
def test_texts_of_pieces_and_any_characters(text):
    check_rows(extract_document(text.encode("utf-8", "replace"), "made-up.txt"))


@SLOW
@given(
    st.integers(0, 400),
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 60), st.sampled_from(mutate.PIECES)), max_size=8),
)
def test_disclosures_that_were_cut_and_mended_with_other_words(seed, cuts):
    text = mutate._disclosure(seed)
    for at, length, words in cuts:
        text = text[:at] + words + text[at + length :]
    check_rows(extract_document(text.encode("utf-8", "replace"), "cut.txt"))


@pytest.mark.parametrize("kind", mutate.DOCUMENTS)
def test_a_hundred_inputs_of_each_kind(kind):
    maker = mutate.DOCUMENTS[kind][0]
    for number in range(150):
        made = maker(random.Random(f"9 {kind} {number}"))
        try:
            extracted = extract_document(made.data, made.path)
            check_rows(extracted)
            assert number % 10 or extracted == extract_document(made.data, made.path)  # the same bytes, the same rows
        except Exception as error:
            raise AssertionError(f"{kind} {number}: {made!r:.600}") from error
