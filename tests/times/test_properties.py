"""What holds for any text: offsets under noise, no influence of sentences that tell no time, values of the calendar."""

from __future__ import annotations

import importlib.util
import re
import sys
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenmatsu.times import contradictions, find, resolve
from tenmatsu.times.find import exclusions, expand
from tenmatsu.times.folding import fold

HERE = Path(__file__).parent


def _module(name):
    spec = importlib.util.spec_from_file_location(f"tests_times_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


EXAMPLES = [row for row in _module("test_jatimex_examples").READ if not row.span]
NOTICES = [getattr(_module("test_resolve"), name) for name in ("HOSPITAL", "RETAIL", "UNIVERSITY", "BLOG")]
# a list that goes on from a year far from the document's, and 同日 at the head of an item
NOTICES.append(
    "経緯\n・2021年11月3日 侵入される\n・2021年12月5日 持ち出される\n・1月5日 検知\n・同日 遮断\n以上です。\n"
)

# --- the same words in other characters

WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
RADICALS = str.maketrans("月日一二八十", "⽉⽇⼀⼆⼋⼗")


def _parts_word(before, left, right):
    """Whether a blank between two characters would part a word or a figure that is written without one.

    Behind 7/31 a blank keeps a word off it (7/31 日本…).
    """
    folded = unicodedata.normalize("NFKC", left + right)
    return folded.isascii() or re.search("/[0-9]{1,2}$", before + left) is not None


@st.composite
def noisy(draw):
    """An example and the same with other widths, with radicals and with blanks between its characters."""
    row = draw(st.sampled_from(EXAMPLES))
    wide, radical, blank = draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(["", " ", "\u3000"]))
    text = row.expression.translate(RADICALS) if radical else row.expression
    characters = list(text)
    if wide:
        characters = [character.translate(WIDE) for character in characters]
    pieces = []
    for place, character in enumerate(characters):
        pieces.append(character)
        after = characters[place + 1] if place + 1 < len(characters) else ""
        if after and blank and not _parts_word(text[:place], text[place], text[place + 1]) and draw(st.booleans()):
            pieces.append(blank)
    return row, "".join(pieces)


@settings(max_examples=400, deadline=None)
@given(noisy())
def test_widths_radicals_and_blanks_change_no_value_and_offsets_stay_true(pair):
    row, written = pair
    text = row.carrier.format(written)
    start = row.carrier.index("{}")
    assert [(one.start, one.end, one.type, one.value_raw, one.mod) for one in find(text)] == [
        (start, start + len(written), row.type, row.value, row.mod)
    ]
    assert all(text[one.start : one.end] == one.text for one in find(text))


# --- sentences that tell no time

FILLERS = [
    "社内の体制を見直しました。",
    "詳しくは窓口へお尋ねください。",
    "サーバーは本社にあります。",
    "原因は調べています。",
]


def _padded(notice, fillers):
    """Return a notice with the sentences that ``fillers`` gives behind each of its own."""
    padded = []
    for piece in re.findall(r"[^。\n]*(?:。|\n)", notice):
        padded.append(piece)
        padded += [filler + ("\n" if piece.endswith("\n") else "") for filler in fillers()]
    return "".join(padded)


def _readings(text, published):
    found = find(text)
    resolved = resolve(found, text, published=published)
    return [(one.text, got.value, got.anchor) for one, got in zip(found, resolved, strict=True)]


PUBLISHED = [None, "2022-02-15", "2023-11-20"]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(NOTICES), st.sampled_from(PUBLISHED), st.data())
def test_sentences_without_a_time_change_no_value(notice, published, data):
    longer = _padded(notice, lambda: data.draw(st.lists(st.sampled_from(FILLERS), max_size=6)))
    assert _readings(longer, published) == _readings(notice, published)


@pytest.mark.parametrize("published", PUBLISHED)
@pytest.mark.parametrize("notice", NOTICES, ids=range(len(NOTICES)))
def test_many_sentences_without_a_time_change_no_value(notice, published):
    assert _readings(_padded(notice, lambda: FILLERS * 5), published) == _readings(notice, published)


# --- values

PIECES = [row.expression for row in EXAMPLES] + [
    "1月31日", "2月29日(木)", "翌日", "同月31日", "翌月31日", "同年2月29日", "26時", "翌4月31日", "先週の日曜", "再来年2月29日", "1万年前", "9999年前", "99999999日後", "3000年前", "99999時間後",
    "半日後", "半月前", "1.5か月後", "GW明け", "お盆", "休み明け", "第3営業日", "10月の第20営業日", "9月中間期", "同時刻", "深夜3時", "昨夜1時", "天保15年", "文化30年", "令和99年", "に検知し、", "から", "まで",
    "。", "\n", "の予定です。", "、", "夜", "午後8時", "8時半",
]  # fmt: skip


def is_value(value: str) -> bool:
    """Whether a resolved value is one of the calendar, a length of time, or open where it has X."""
    try:
        return _reads(value)
    except ValueError:  # the calendar lacks it
        return False


def _reads(value: str) -> bool:
    if re.fullmatch(
        r"PRESENT_REF|BC\d{4}|(?:BC)?\d{2}XX|P(?:[\d.X]+[YMWD])*(?:T(?:[\d.X]+[HMS])+)?|FY\d{4}(?:-[QH]\d)?", value
    ):
        return value != "P"
    if "/" in value:
        return all(is_value(end) for end in value.split("/")) and value.split("/")[0] <= value.split("/")[1]
    week = re.fullmatch(r"(\d{4}|XXXX)-W(\d\d|XX)(?:-WE|-[1-7](?:T.+)?)?", value)
    if week:
        return week[1] == "XXXX" or week[2] == "XX" or bool(date.fromisocalendar(int(week[1]), int(week[2]), 1))
    day, _, clock = value.partition("T")
    if clock and not re.fullmatch(r"MO|MI|AF|EV|NI|(?:[01]\d|2[0-3]|XX):[0-5]\d|(?:[01]\d|2[0-3]):[0-5]\dZ", clock):
        return False
    if re.fullmatch(r"(?:\d{4}|XXXX)(?:-(?:Q[1-4]|H[12]|SP|SU|FA|WI))?", day):
        return not day.startswith("0000")
    match = re.fullmatch(r"(\d{4}|XXXX)-(\d\d|XX)(?:-(\d\d|XX))?", day)
    if match is None:
        return False
    year, month, number = (
        part if part and "X" not in part else default
        for part, default in zip(match.groups(), ("2000", "01", "01"), strict=True)
    )
    return bool(datetime.strptime(f"{year}-{month}-{number}", "%Y-%m-%d"))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join),
    st.sampled_from([None, "2020-02-29", "2021-01-31", "2020-12", "2024", "[2020-02-10..2020-04-01]"]),
)
def test_every_resolved_value_is_one_of_the_calendar(text, published):
    found = find(text)
    resolved = resolve(found, text, published=published)
    for one in resolved:
        assert is_value(one.value), one
    contradictions(found, resolved, text, published)


@pytest.mark.parametrize(
    "value", ["2021-02-29", "2021-13", "0000", "2021-W54", "P", "REF:day+0", "2021-01-01T25:00", "", "2024/2023"]
)
def test_what_is_no_value(value):
    assert not is_value(value)


# --- the guard of the exclusions


def test_the_first_characters_of_exclusions_leave_none_out():
    texts = [text for one in exclusions() for text in [*one.positive, *one.negative]]
    texts += [
        path.read_text(encoding="utf-8") for path in sorted((HERE.parents[1] / "corpus" / "documents").glob("*.txt"))
    ]
    for one in exclusions():
        plain, guarded = re.compile(expand(one.pattern)), re.compile(f"(?=[{one.begins}])(?:{expand(one.pattern)})")
        for text in texts:
            compact = fold(text).compact
            assert [m.span() for m in plain.finditer(compact)] == [m.span() for m in guarded.finditer(compact)], one.id
