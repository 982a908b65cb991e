"""Lines that open with a label, and what a heading, a bracket or a later word says of an event."""

import pytest

import tenmatsu

HEAD = "2024年6月14日\n株式会社青葉\n\n不正アクセスについて\n\n"


def events(text):
    return [
        (event.text, event.type, event.date if isinstance(event.date, str) else None, event.factuality)
        for event in tenmatsu.extract(HEAD + text + "\n").events.itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("- 攻撃期間：2024年5月19日から22日まで", ("攻撃", "intrusion", "2024-05-19/2024-05-22", "asserted")),
        ("（１）公開期間　5月1日から5月9日まで", ("公開", "data_leak", "2024-05-01/2024-05-09", "asserted")),
        ("項目\t内容\n発生日時\t6月3日16時52分\n判明日時\t6月4日", ("判明", "detection", "2024-06-04", "asserted")),
        (
            "5/20 02:10頃 最初の不正ログインが成立（後日の解析で判明）",
            ("不正ログイン", "intrusion", "2024-05-20", "asserted"),
        ),
        ("調査が開始されたのは4月6日であり、遅れた。", ("調査", "investigation", "2024-04-06", "asserted")),
        ("・全職員を対象とした研修を7月中に実施します。", ("研修", "remediation", "2024-07", "planned")),
        ("・多要素認証の導入（5月31日完了）", ("多要素認証の導入", "remediation", "2024-05-31", "asserted")),
        ("6月10日14時から記者会見を開いた。", ("記者会見", "disclosure", "2024-06-10", "asserted")),
    ],
)
def test_where_an_event_and_its_date_stand(text, event):
    assert event in events(text)


def test_an_aside_takes_no_date_of_the_row():
    assert ("判明", "finding", "2024-05-20", "asserted") not in events(
        "5/20 02:10頃 最初の不正ログインが成立（後日の解析で判明）"
    )


def test_what_came_later_has_no_day_of_the_announcement():
    got = events("4月3日に障害と発表しましたが、その後の調査により不正アクセスが判明しました。")
    assert ("発表", "disclosure", "2024-04-03", "asserted") in got
    assert [date for word, _, date, _ in got if word == "判明"] == [None]


def test_a_bare_heading_is_no_surer_than_what_stands_below_it():
    body = "２．情報の流出について\n\n個人情報が流出した可能性があります。\n"
    assert {value for _, kind, _, value in events(body) if kind == "data_leak"} == {"possible"}
    body = "２．情報の流出について\n\n個人情報が流出しました。\n"
    assert {value for _, kind, _, value in events(body) if kind == "data_leak"} == {"asserted"}


def test_what_somebody_does_for_a_living_is_no_step():
    assert not [one for one in events("5月3日、分析を行う北斗合同会社に依頼した。") if one[0] == "分析"]


def test_the_last_entry_of_the_update_history_moves_what_is_a_plan():
    text = "6月20日　サービスを再開\n\n更新履歴\n2024年6月14日 初版\n2024年6月21日 再開を追記\n"
    assert [value for _, kind, _, value in events(text) if kind == "recovery"] == ["asserted"]
    assert [value for _, kind, _, value in events("6月20日　サービスを再開") if kind == "recovery"] == ["planned"]
