"""The five invariants of the design, as properties."""

import concurrent.futures
import dataclasses
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenmatsu.pipeline import extract_document
from tenmatsu.times.edtf import bounds

DOCUMENTS = sorted((Path(__file__).resolve().parents[1] / "corpus" / "documents").glob("*.txt"))
QUOTED = ("timexes", "events", "mentions", "quantities", "measures")
PIECES = [
    "2020年9月7日", "９月１１日", "同日", "翌10月3日", "昨年 6 月 28 日", "令和元年5月1日", "2月30日", "25:61", "13月5日", "令和99年", "、", "。", "\n", "\n\n", "・", "(1) ", "① ",
    "【甲製作所】", "株式会社甲製作所", "当社", "同社", "両社", "防衛省", "不正アクセス", "が発生した", "を確認", "と公表した", "流出", "は確認されておりません", "した可能性がある", "約24.5万台",
    "250件", "まで", "以降", "から", "*1", "※1 ", "|", "\t", "更新履歴\n", "日時 甲社 乙社\n", "⽉", "😀", "\u202e", "\u0000", "é", "\r\n", "20" * 5, "（", "「",
]  # fmt: skip


def check_quotes(extracted):
    for table in QUOTED:
        for row in getattr(extracted, table):
            assert 0 <= row.start < row.end <= len(extracted.text), (table, row)
            assert extracted.text[row.start : row.end] == row.text, (table, row)
    for event in extracted.events:
        assert event.sentence_start <= event.start < event.end <= event.sentence_end


def check_calendar(extracted):
    for event in extracted.events:
        for value in (event.date_begin, event.date_end):
            assert value is None or time.strptime(value, "%Y-%m-%d")
        if event.date:
            assert (event.date_begin, event.date_end) == bounds(event.date)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_row_quotes_its_characters(path):
    extracted = extract_document(path.read_bytes(), path.name)
    assert extracted.document.status == "ok"
    assert extracted.events
    check_quotes(extracted)
    check_calendar(extracted)
    for table in ("timexes", "events", "mentions", "quantities"):
        rows = getattr(extracted, table)
        ids = [
            getattr(
                row,
                {"timexes": "timex_id", "events": "event_id", "mentions": "mention_id", "quantities": "quantity_id"}[
                    table
                ],
            )
            for row in rows
        ]
        assert len(ids) == len(set(ids))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_quotes_and_calendar_hold_for_made_up_texts(text):
    extracted = extract_document(text.encode("utf-8"), "made-up.txt")
    check_quotes(extracted)
    check_calendar(extracted)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_one_error_row(data):
    extracted = extract_document(data, "bytes.txt")
    assert extracted.document.status in ("ok", "error")
    assert (extracted.document.error is None) == (extracted.document.status == "ok")
    check_quotes(extracted)


def _job(path):
    return dataclasses.asdict(extract_document(Path(path).read_bytes(), Path(path).name))


def test_same_rows_in_any_order_and_with_workers():
    paths = [str(path) for path in DOCUMENTS]
    serial = {path: _job(path) for path in paths}
    backwards = {path: _job(path) for path in reversed(paths)}
    assert serial == backwards
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        assert dict(zip(paths, pool.map(_job, paths), strict=True)) == serial


def test_time_is_linear_in_the_length_of_a_document():
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    extract_document(text.encode(), "warm.txt")

    def seconds(times):
        best = []
        for _ in range(3):
            begin = time.perf_counter()
            extract_document((text * times).encode(), "long.txt")
            best.append(time.perf_counter() - begin)
        return min(best) / times

    # three times the text may not cost more than twice as much a character; a quadratic stage would cost three times
    assert seconds(6) < 2 * seconds(2)
