"""The five invariants of the design, as properties."""

import concurrent.futures
import dataclasses
import os
import subprocess
import sys
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
    "※1", "(注1)", "[1] ", "¹", "「不正アクセスについて」", "『", "」", "https://example.jp/a", "発生日時", "発覚時期", "公表日", "：", "■", "2 ", "参照：", "【10月4日追記】", "お知らせ", "**", "# ", "---|---\n",
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
    assert "internal error" not in (extracted.document.error or "")
    check_quotes(extracted)
    check_calendar(extracted)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_one_error_row(data):
    extracted = extract_document(data, "bytes.txt")
    assert extracted.document.status in ("ok", "error")
    # what cannot be read is told by the reader; an internal error is a defect, though it stops nothing
    assert "internal error" not in (extracted.document.error or "")
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
            begin = time.process_time()
            extract_document((text * times).encode(), "long.txt")
            best.append(time.process_time() - begin)
        return min(best) / times

    # three times the text may not cost more than twice as much a character; a quadratic stage would cost three times
    assert seconds(6) < 2 * seconds(2)


def _companies(characters):
    """Lines that each name another organisation."""
    names = (f"{chr(0x4E00 + number % 900)}{chr(0x4E00 + number // 900)}" for number in range(characters // 20))
    return "".join(f"株式会社架空{name}商事は検知した。\n" for name in names)


@pytest.mark.parametrize(
    "unit",
    [
        "「", "「（", "（", "【", "」", "|", "|10月2日|検知|", "|250件|流出", "|架空商事|250件", "1", "１", "1,", "千", "、", "。", "・", "　", "\r\n", "a",
        "の", "情", "-", "/", "株式会社", "株式会社架空商事は不正アクセスを検知した。\n", "【架空商事】10月2日に検知\n", "10月2日、", "同日", "10月2日に検知し", "架空商事株式会社、",
        "同社は", "250件の", "うち3件、", "*1", "*1 架空新聞\n", "■経緯\n", "発生日時\n10月2日\n", "10月2日\n", "※1「侵入について」\n", "【10月4日追記】\n", "10月4日追記", "氏名が流出し、",
        "流出した可能性がある、", "流出は確認されておらず、", _companies,
    ],
    ids=lambda unit: unit.__name__ if callable(unit) else ascii(unit),
)  # fmt: skip
def test_time_is_linear_on_text_that_is_made_to_be_slow(unit):
    def seconds(characters):
        text = unit(characters) if callable(unit) else unit * (characters // len(unit))
        begin = time.process_time()  # what else the machine does is no part of it
        extract_document(text.encode(), "made-up.txt")
        return time.process_time() - begin

    # grown until it takes a time that can be measured: a page's worth may hide a quadratic stage
    characters = 32_000 if callable(unit) else 6_000
    while characters < 60_000 and seconds(characters) < 0.1:
        characters *= 2
    for _ in range(3):
        # three times the text takes three times as long, nine times where a stage is quadratic; a busy machine may try
        # again, but not when it is out by far
        short, long = seconds(characters), seconds(3 * characters)
        if long < 4.5 * short + 0.1 or long > 5:
            break
    assert long < 4.5 * short + 0.1, f"{characters} characters {short:.2f} s, three times as many {long:.2f} s"


def test_no_row_depends_on_the_seed_of_hashes(tmp_path):
    told = "株式会社架空電機は12月24日に不正アクセスを検知し、12月24日から社外との通信を遮断している。12月26日に公表した。\n"
    for name, head in (("a", "2024年12月27日\n\n"), ("b", "架空電機への不正アクセス 2024年12月28日\n\n")):
        (tmp_path / f"{name}.txt").write_text(head + told, encoding="utf-8")
    written = []
    for seed in ("0", "1", "2", "3"):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "tenmatsu", "extract", "a.txt", "b.txt", "--out", str(out), "--quiet"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            check=True,
        )
        written.append({path.name: path.read_bytes() for path in out.glob("*.jsonl")})
    assert b"days 2024-12-24" in written[0]["incidents.jsonl"]
    assert all(one == written[0] for one in written)
