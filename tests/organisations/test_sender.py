"""Who sends a short notice that never says 当社."""

import pytest

from tenmatsu.merge import account_of, merge
from tenmatsu.pipeline import extract_document

FIRM = "株式会社青嶺製菓"
BODY = "調査の結果、顧客情報300件が流出したことが判明しました。\n"


def read(text):
    return extract_document(text.encode(), "t.txt")


@pytest.mark.parametrize(
    "head",
    [
        f"2025年1月15日\n{FIRM}\n\n不正アクセスについて（第2報）\n\n",
        f"不正アクセスに関するお知らせ（続報）\n\n2025年1月15日　{FIRM}\n\n",
        f"会社名：{FIRM}\n\n不正アクセスに関するお詫びとご報告\n\n",
        f"{FIRM}における不正アクセスについて（第2報）\n2025年1月15日\n\n",
    ],
)
def test_a_notice_under_its_senders_name_is_its_own_word(head):
    document = read(head + BODY).document
    assert (document.genre, document.publisher) == ("press_release", FIRM)


@pytest.mark.parametrize(
    "text",
    [
        f"2025年1月15日\n{FIRM}\n\n不正アクセスについて（第2報）\n\n{FIRM}は、顧客情報が流出したと発表した。\n",
        f"青嶺製菓、不正アクセスの第2報を公表\n2025年1月15日　東都新報\n\n{FIRM}で顧客情報が流出した。\n",
        f"2025年1月15日\n{FIRM}\n\n不正アクセスで情報流出\n\n{BODY}",
        f"2025年1月15日\n{FIRM}　御中\n\n不正アクセスについて\n\n株式会社北見通信のサーバーに不正アクセスがありました。\n",
        f"{FIRM}における不正アクセスについて\n2025年1月15日\n\n{BODY}",
    ],
)
def test_who_is_told_of_is_no_sender(text):
    assert read(text).document.genre != "press_release"


def test_what_a_short_second_report_says_goes_before_the_denial_of_the_first():
    first = read(
        f"2025年1月6日\n{FIRM}\n\n不正アクセスについて（第1報）\n\n当社は1月4日、不正アクセスを検知しました。顧客情報の流出は確認されておりません。\n"
    )
    second = read(f"2025年1月15日\n{FIRM}\n\n不正アクセスについて（第2報）\n\n{BODY}")
    (incident,) = merge([account_of(first), account_of(second)]).incidents.values()
    assert (incident.leaked, incident.denied_leak) == (("顧客情報",), ())
