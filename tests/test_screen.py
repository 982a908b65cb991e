"""A screen tells what cannot match, and never of what does."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu import causes, screen
from tenmatsu.events import factuality

MODELS = Path(__file__).resolve().parents[1] / "models"


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("流出", {"流出"}),
        ("流出|漏えい", {"流出", "漏えい"}),
        ("漏(?:えい|洩)", {"漏えい", "漏洩"}),
        ("(?:不正)?アクセス", {"不正アクセス", "アクセス"}),
        ("流出(?:し|され)?(?=た)", {"流出", "流出し", "流出され"}),
        (".*漏えい.{0,3}", {"漏えい"}),
        ("[^。]{0,9}(?:漏えい|ダウンロード)[^。]{0,9}", {"漏えい", "ダウンロード"}),
        ("(?:流出){2,3}", {"流出"}),
        ("攻撃者のグループによる犯行声明", {"攻撃者のグループ"}),
        ("[0-9]{4}年", {"年"}),
    ],
)
def test_what_every_match_holds(pattern: str, strings: set[str]) -> None:
    assert screen.required(pattern) == strings


@pytest.mark.parametrize(
    "pattern", ["", ".*", "(?:流出)?", "流出|", "[^。]+", "を", "(?i)ransom", r"(.)\1", "流出|を", "(?=流出)"]
)
def test_nothing_is_known_of_some(pattern: str) -> None:
    assert screen.required(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("流出", {"流"}),
        ("[0-2]+月", {"0", "1", "2"}),
        ("(?:約|およそ)?[1-3]", {"約", "お", "1", "2", "3"}),
        ("(?<!不)正", {"正"}),
    ],
)
def test_what_a_match_begins_with(pattern: str, characters: set[str]) -> None:
    assert screen.openers(pattern) == characters


@pytest.mark.parametrize("pattern", ["", "流?", ".出", "[^。]", r"\d", "(?i)r", "一|"])
def test_a_match_that_begins_with_anything(pattern: str) -> None:
    assert screen.openers(pattern) is None


def _written() -> list[str]:
    """Every pattern of the rules' data that stands on its own (no slots)."""
    found = []
    for path in sorted(MODELS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.startswith("{") else {}
            for key in ("pattern", "near", "before", "after", "not_before", "not_after"):
                value = row.get(key)
                if isinstance(value, str) and value:
                    try:
                        re.compile(value)
                    except re.error:
                        continue
                    found.append(value)
    return found


def test_no_pattern_of_the_rules_is_screened_away_where_it_matches(texts: list[str]) -> None:
    patterns = [re.compile(one) for one in _written()]
    patterns += [factuality._cue(number).pattern for number in range(len(factuality._rules()))] + [
        rule.pattern for rule in causes._rules()
    ]
    assert len(patterns) > 500
    made = screen.Screen(patterns)
    draw = random.Random(5)
    sentences = [one for text in texts for one in re.split("(?<=。)|\n", text) if one]
    asked = 0
    for sentence in draw.sample(sentences, 250):
        possible = set(made.possible(sentence))
        asked += len(possible)
        for number, pattern in enumerate(patterns):
            if number not in possible:
                assert pattern.search(sentence) is None, (pattern.pattern, sentence)
    assert asked < 0.5 * 250 * len(patterns)  # else there is no use in it


def test_what_can_begin_somewhere_begins_there(texts: list[str]) -> None:
    patterns = [re.compile(one) for one in _written()]
    made = screen.Openers(patterns)
    text = texts[0][:400]
    for place in range(len(text) + 1):
        can = set(made.at(text[place : place + 1]))
        for number, pattern in enumerate(patterns):
            if number not in can:
                assert pattern.match(text, place) is None, (pattern.pattern, place)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    documents = Path(__file__).resolve().parents[1] / "corpus" / "documents"
    return [path.read_text(encoding="utf-8") for path in sorted(documents.glob("*.txt"))[::4]]


_ALPHABET = "流出漏えをは。a1"


@given(
    st.lists(
        st.from_regex(
            r"[流出漏え]{1,3}(\|[流出漏え]{1,3})?|\(\?:[流出]{1,2}\)\?[漏え]{1,2}|[流出]\[漏え]\{1,2\}", fullmatch=True
        ),
        min_size=1,
        max_size=6,
    ),
    st.text(_ALPHABET, max_size=30),
)
def test_made_up_patterns(patterns: list[str], text: str) -> None:
    possible = screen.Screen(patterns).possible(text)
    assert possible == sorted(set(possible))
    assert {number for number, one in enumerate(patterns) if re.search(one, text)} <= set(possible)


def test_a_pattern_left_out_is_never_possible() -> None:
    made = screen.Screen([None, "流出", ".", None])
    assert made.possible("流出") == [1, 2]
    assert made.possible("") == [2]
    assert made.unscreened == {2}


def test_no_patterns() -> None:
    assert screen.Screen([]).possible("流出") == []
    assert screen.Openers([]).at("流") == ()
