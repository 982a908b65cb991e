import time
from dataclasses import replace

import msgspec
import pytest

from tenmatsu.merge import account_of
from tenmatsu.merge.accounts import Account, report_of
from tenmatsu.records import Mention


@pytest.mark.parametrize(
    ("title", "report"),
    [
        ("不正アクセスに関するお知らせ（第1報）", 1),
        ("不正アクセスに関するお知らせ（第２報）", 2),
        ("【第3報】不正アクセスについて", 3),
        ("［第4報］不正アクセスについて", 4),
        ("不正アクセスに関するお知らせ 第 5 報", 5),
        ("第三報：不正アクセスについて", 3),
        ("不正アクセスについて（第十報）", 10),
        ("不正アクセスについて（第十二報）", 12),
        ("不正アクセスについて（第二十報）", 20),
        ("不正アクセスについて（第１１報）", 11),
        ("不正アクセスについて（最終報）", 99),
        ("不正アクセスに関する最終報告", 99),
        ("不正アクセスに関する調査結果のご報告", 99),
        ("不正アクセスについて（続報）", 98),
        ("不正アクセスに関するお知らせ", 0),
        ("不正アクセスに関するご報告", 0),
        ("第一回情報セキュリティ報告会", 0),
        ("第百報", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_the_number_of_a_report(title, report):
    assert report_of(title)[1] == report


@pytest.mark.parametrize(
    "title",
    [
        "不正アクセスに関するお知らせ（第1報）",
        "不正アクセスに関するお知らせ（第２報）",
        "【第3報】不正アクセスに関するご報告",
        "不正アクセスに関するお知らせとお詫び（最終報）",
        "不正アクセスについて（続報）",
        "第十二報　不正アクセスに関するご説明",
        "不正アクセスに関するお知らせ",
    ],
)
def test_the_reports_of_a_series_have_one_title(title):
    assert report_of(title)[0] == "不正アクセス"


@pytest.mark.parametrize("title", ["お知らせ（第1報）", "第2報", "お詫びとご報告（最終報）"])
def test_a_title_that_says_nothing_is_no_series(title):
    assert report_of(title)[0] == ""


def test_another_subject_is_another_series():
    assert report_of("誤送信について（第1報）")[0] != report_of("不正アクセスについて（第1報）")[0]


@pytest.mark.parametrize("word", ["ご報告", "お詫びと", "のお", "お知らせ", "ご", "（第", "第一"])
def test_a_long_title_is_read_in_little_time(word):
    began = time.process_time()
    report_of(word * 20_000 + "x")
    assert time.process_time() - began < 0.5


def test_what_a_document_gives(documents):
    extracted = documents["first"]
    one = account_of(extracted)
    assert (one.report, one.publisher, one.genre) == (1, "株式会社アオバネ精機", "press_release")
    (card,) = one.cards
    assert one.own == {card.incident_id}
    assert "アオバネ精機" in one.names[0]
    assert {told.type: told.date for told in one.told}["detection"] == "2022-05-12"
    assert {how for _, how, _ in one.leaks} == {"negated"}


def test_places_are_places_of_the_text(documents):
    for extracted in documents.values():
        one = account_of(extracted)
        words = {timex.text for timex in extracted.timexes} | {event.text for event in extracted.events}
        for doc_id, start, end in [*(told.place for told in one.told), *(leak[2] for leak in one.leaks)]:
            assert doc_id == extracted.document.doc_id
            assert extracted.text[start:end] in words
        for counted in one.counted:
            assert extracted.text[counted.place[1] : counted.place[2]] == counted.text


def test_a_further_name_of_two_letters_is_too_often_somebody_elses(documents):
    extracted = documents["first"]
    (card,) = extracted.incidents
    doc_id = extracted.document.doc_id
    more = tuple(
        Mention(doc_id, f"{doc_id}-m{at}", at, at + 2, text, "name", card.victim, None, "r")
        for at, text in enumerate(("青羽", "アオバ", "当社"))
    )
    names = account_of(replace(extracted, mentions=more)).names[0]
    assert "アオバ" in names
    assert "青羽" not in names


@pytest.mark.parametrize("victim", ["A社", "Ｂ大学", "甲社", "〇〇社", "●●病院"])
def test_whom_a_writer_will_not_name_is_joined_with_nobody(documents, victim):
    first = documents["first"]
    card = replace(first.incidents[0], victim=victim, victim_id=None)
    mentions = (Mention(first.document.doc_id, "m", 0, 2, victim, "name", victim, None, "r"),)
    assert account_of(replace(first, incidents=(card,), mentions=mentions)).names == ((),)


def test_news_is_no_victims_own_word(documents):
    assert account_of(documents["news"]).own == frozenset()


def test_a_document_without_an_organisation_or_an_event(read):
    assert account_of(read("昨日は雨でした。\n")).cards == ()
    for card, names in zip((one := account_of(read("不正アクセスがありました。\n"))).cards, one.names, strict=True):
        assert (card.victim is None) == (names == ())


def test_an_account_is_the_same_after_it_was_stored(documents):
    for extracted in documents.values():
        one = account_of(extracted)
        assert msgspec.json.decode(msgspec.json.encode(one), type=Account) == one


def test_storing_is_the_same_every_time(documents):
    one = account_of(documents["news"])
    assert msgspec.json.encode(one) == msgspec.json.encode(account_of(documents["news"]))


def test_a_printed_year_that_its_document_contradicts_is_a_slip(read):
    extracted = read(
        "事故概要\n業種 株式会社アオバネ精機\n発生時期 2000/9/7\n\n株式会社アオバネ精機は2020年12月11日、不正アクセスを発表した。"
        "2020年9月7日に攻撃者がサーバに侵入した。\n"
    )
    (slip,) = account_of(extracted).slips
    assert next(timex.text for timex in extracted.timexes if timex.timex_id == slip) == "2000/9/7"


def test_a_hospital_is_known_without_the_corporation_that_runs_it(read):
    notice = "2025年1月9日\n医療法人社団青葉会 港南病院\n\n不正アクセスについて\n\n当院は1月6日、サーバーへの不正アクセスを検知しました。\n"
    news = "2025年1月10日　東都新報\n\n港南病院は9日、サーバーへの不正アクセスを6日に検知したと発表した。\n"
    one, other = (account_of(each) for each in map(read, (notice, news)))
    assert set(one.names[0]) & set(other.names[0]) == {"港南病院"}
