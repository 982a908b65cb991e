"""Which date an announcement or a finding has, and which what it tells of."""

import pytest

from tenmatsu.pipeline import extract_document


def dated(sentence, published="2024-12-01"):
    """The dates of the events of one sentence, by trigger."""
    text = f"お知らせ\n\n{sentence}\n"
    return {e.text: e.date for e in extract_document(text.encode(), "t.txt", published=published).events if e.date}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("青空商事は6月7日、不正アクセスが行われ、情報が流出したことを発表した。", {"発表": "2024-06-07"}),
        ("青空商事は6月7日、不正アクセスによる情報の漏えいについて発表した。", {"発表": "2024-06-07"}),
        (
            "青空商事は3月1日、2月10日に不正アクセスを受け、情報が流出したと発表した。",
            {"発表": "2024-03-01", "不正アクセス": "2024-02-10", "流出": "2024-02-10"},
        ),
        ("青空商事は3月1日に会見を開き、不正アクセスを受けたと説明した。", {"会見": "2024-03-01"}),
        ("7月28日、サイトが不正アクセスを受けて改ざんされたと委託先から連絡を受けました。", {"連絡": "2024-07-28"}),
        ("甲社は4月2日、4月10日に新サービスを始めると発表した。", {"発表": "2024-04-02"}),
        ("青空新聞は、社長が3月21日の会見で次のように述べたと報じている。", {}),
        # a step of the day itself, and one told in another sentence, keep it
        ("青空商事は3月1日、不正アクセスを受けてサーバーを遮断した。", {"遮断": "2024-03-01"}),
    ],
)
def test_an_announcement_keeps_its_day_and_gives_it_to_nothing_told(sentence, expected):
    found = dated(sentence)
    assert {text: found.get(text) for text in expected} == expected
    assert not {"不正アクセス", "流出", "漏えい", "改ざん", "報じ"} & set(found) - set(expected) or "遮断" in expected


@pytest.mark.parametrize(
    ("sentence", "inner", "date", "finding"),
    [
        (
            "2月7日から9日にかけて、データが外部へ送信されていたことが確認されました。",
            "送信",
            "2024-02-07/2024-02-09",
            "確認",
        ),
        (
            "2月7日から9日にかけてデータが送信されており、情報が持ち出されたものと判断しています。",
            "持ち出さ",
            "2024-02-07/2024-02-09",
            "判断",
        ),
        (
            "5月20日から25日までの間にサーバーに侵入したことが判明したとの報告を受けた。",
            "侵入",
            "2024-05-20/2024-05-25",
            "報告",
        ),
        ("2月20日の侵入の痕跡が見つかった。", "侵入", "2024-02-20", "見つかっ"),
        ("12月中旬に端末が感染していたことが、委託先からの1月10日付の報告で判明した。", "感染", "2023-12", "判明"),
    ],
)
def test_a_time_inside_what_was_found_is_not_that_of_the_finding(sentence, inner, date, finding):
    found = dated(sentence, published="2024-02-01" if "12月" in sentence else "2024-12-01")
    assert found.get(inner) == date
    assert finding not in found


@pytest.mark.parametrize(
    ("sentence", "finding"),
    [
        ("10月2日、顧客情報が流出していたことが判明しました。", "判明"),
        ("10月2日に不正アクセスであることが判明しました。", "判明"),
        ("10月2日に端末が感染していることを確認し、ネットワークを遮断しました。", "確認"),
        ("10月2日に情報の流出が判明しました。", "判明"),
    ],
)
def test_the_day_of_a_finding_stays_its_own(sentence, finding):
    found = dated(sentence)
    assert found[finding] == "2024-10-02"
    assert not {"流出", "不正アクセス", "感染"} & set(found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "4月21日付「システム障害について」および5月2日付「不正アクセスについて（第二報）」で公表したとおり、不正アクセスを受けました。",
            {"公表": "{2024-04-21,2024-05-02}"},
        ),
        ("7月1日に公表いたしました、委託先への不正アクセスにつきまして、ご説明します。", {"公表": "2024-07-01"}),
        ("2月13日付「システム障害の発生について」にてお知らせしたとおり、データが暗号化されました。", {}),
        ("2月24日の公表時には情報が流出した可能性があるとしていましたが、調査の結果、件数が特定されました。", {}),
    ],
)
def test_the_day_of_an_earlier_notice_dates_nothing_else(sentence, expected):
    found = dated(sentence)
    found.pop("お知らせ", None)
    assert {text: date for text, date in found.items() if not text.startswith("公表")} == {}
    assert {text: found.get(text) for text in expected} == expected


@pytest.mark.parametrize(
    ("sentence", "trigger", "date"),
    [
        ("公表は3月10日。", "公表", "2024-03-10"),
        ("発覚は3月2日の夜である。", "発覚", "2024-03-02"),
        ("侵入は2月20日から3月4日まで続き、3月5日に社内で発覚した。", "侵入", "2024-02-20/2024-03-04"),
        ("警察に被害を届け出たのは10月28日で、速報も提出している。", "届け出", "2024-10-28"),
        ("侵入されたのは、修正版が公開される前の2月12日でした。", "侵入", "2024-02-12"),
        ("攻撃者は遅くとも8月25日には社内網に侵入していた。", "侵入", "../2024-08-25"),
        ("11月1日に個人情報保護委員会に、5日に所轄警察署に報告しました。", "報告", "{2024-11-01,2024-11-05}"),
        ("逮捕容疑は9月3日ごろ、勤務先の端末に接続し、顧客の情報を持ち出した疑い。", "持ち出し", "2024-09-03~"),
        ("1月31日に停止し、以後、不正通信は確認されていない。", "不正通信", "2024-01-31/.."),
    ],
)
def test_the_day_behind_or_around_its_subject(sentence, trigger, date):
    assert dated(sentence).get(trigger) == date


@pytest.mark.parametrize(
    "sentence",
    [
        "3月15日にシステムが復旧し、流出した情報の不正利用は確認されておりません。",
        "4月30日の掲示板への投稿に添えられたファイルは、同社から流出したものと認められた。",
        "4月28日、攻撃者のサイトに、当社から窃取したと主張するファイルが掲載された。",
    ],
)
def test_no_day_of_another_clause_dates_a_leak(sentence):
    assert not {"流出", "不正利用", "窃取"} & set(dated(sentence))


def test_a_subsidiary_that_suffered_together_with_the_writer_takes_nothing_from_it():
    text = (
        "株式会社青空商事\n\n当社および当社子会社である株式会社青空物流の一部サーバーが不正アクセスを受けました。\n"
        "2月7日に顧客情報が外部へ持ち出されました。\n"
    )
    found = [
        e for e in extract_document(text.encode(), "t.txt", published="2024-03-01").events if e.type == "data_leak"
    ]
    assert found
    assert {e.org for e in found} != {"株式会社青空物流"}


def test_a_month_says_less_than_the_day_on_which_it_was_noticed():
    text = (
        "2024年10月11日に不審な通信を検知した。同月下旬、専門会社より、9月24日に侵入されていたとの報告を受けました。\n"
    )
    cards = extract_document(text.encode(), "t.txt").incidents
    assert [card.detection for card in cards] == ["2024-10-11"]


def test_a_press_conference_keeps_its_day_beside_what_was_said_there():
    assert dated("青空市は11月18日、会見を開き、システムが使えない状態だと明らかにした。")["会見"] == "2024-11-18"
