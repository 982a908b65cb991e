import pytest

from tenmatsu.api import extract
from tenmatsu.events import labels
from tenmatsu.events.labels import of_slip, rules


@pytest.mark.parametrize(("rule", "pattern"), rules(), ids=lambda one: getattr(one, "id", ""))
def test_every_label_rule_holds_for_its_examples(rule, pattern):
    assert rule.positive
    assert rule.negative
    assert all(pattern.search(one) for one in rule.positive)
    assert not any(pattern.search(one) for one in rule.negative)


def _leaks(text):
    told = "甲山商事株式会社\n不正アクセスに関するお知らせ\n\n" + text + "\n\n以上\n"
    return [one.factuality for one in extract(told).events.itertuples() if one.type == "data_leak"]


PAIRS = ("{}：{}", "・{}: {}", "{}　{}", "{} | {}", "| 項目 | 内容 |\n|---|---|\n| {} | {} |", "件名\t値\n{}\t{}")


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("label", ["情報漏えい", "個人情報の流出", "漏えい人数", "漏えいの有無"])
@pytest.mark.parametrize(
    ("value", "factuality"),
    [
        *(
            (value, ["negated"])
            for value in ("なし", "無", "ゼロ", "0件", "確認されず", "確認されておりません", "該当なし")
        ),
        ("ございません。", ["negated"]),
        *((value, []) for value in ("調査中", "確認中", "不明", "ー", "未確認")),
        *((value, ["possible"]) for value in ("おそれあり", "可能性あり")),
        *((value, ["asserted"]) for value in ("あり", "1,200件", "300人")),
    ],
)
def test_a_label_is_judged_by_its_value(pair, label, value, factuality):
    assert _leaks(pair.format(label, value)) == factuality


def test_a_doubted_label_stays_doubted_where_its_value_says_yes():
    assert _leaks("流出の可能性がある件数：300件") == ["possible"]
    assert _leaks("漏えいの可能性：なし") == ["negated"]


def test_a_value_that_says_neither_yes_nor_no_leaves_the_label_as_it_stands():
    assert _leaks("漏えいした情報：氏名、住所") == ["asserted"]


def test_a_first_row_with_a_value_is_no_head_of_its_table():
    assert _leaks("個人情報の漏えい | なし\nサービスの停止 | あり") == ["negated"]


def test_the_whole_text_is_searched_once_for_a_slip(monkeypatch):
    asked = []
    monkeypatch.setattr(labels, "of_slip", lambda text: asked.append(text) or False)
    extract("お知らせ\n\n" + "発生日時：2023年4月1日\n" * 40)
    assert len(asked) == 1


def test_a_loss_without_an_attack_is_a_slip():
    assert of_slip("書類を紛失しました")
    assert not of_slip("書類を紛失した後、不正アクセスを受けました")


def _dated(text):
    told = "不正アクセスに関するお知らせ\n\n当組合は調査しました。\n\n" + text
    return [
        (one.type, one.date, one.factuality)
        for one in extract(told).events.itertuples()
        if one.date == one.date and one.date
    ]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("1 侵入の日時\n2024年5月1日 午後3時頃\n\n2 発覚時期\n\n2024年5月7日（火曜）\n", [("intrusion", "2024-05-01", "asserted"), ("detection", "2024-05-07", "asserted")]),
        ("【感染日】\n2024年5月1日\n", [("infection", "2024-05-01", "asserted")]),
        ("■公開期間\n2024年4月1日から5月9日まで\n", [("data_leak", "2024-04-01/2024-05-09", "asserted")]),
        ("改ざんされていた可能性がある期間\n2024年2月9日～2月27日\n2024年3月11日～3月12日\n", [("tampering", "{2024-02-09/2024-02-27,2024-03-11/2024-03-12}", "possible")]),
        ("復旧日時：\n・2024年5月1日\n", [("recovery", "2024-05-01", "asserted")]),
        ("公開期間\n2024年4月1日 9:00\n～\n2024年4月3日 18:00\n", [("data_leak", "2024-04-01/2024-04-03", "asserted")]),
        ("攻撃を受けた期間：2024年4月1日から4月3日\n", [("intrusion", "2024-04-01/2024-04-03", "asserted")]),
        ("名簿が流出した可能性がある期間\n2024年4月1日から4月3日\n", [("data_leak", "2024-04-01/2024-04-03", "possible")]),
        # what no label of the incident names
        ("対象期間\n2023年4月1日から2024年3月31日まで\n", []),
        ("侵入の手口\n2024年5月1日\n", []),
    ],
)  # fmt: skip
def test_a_label_on_a_line_and_its_value_on_the_next(text, events):
    assert _dated(text) == events


def test_a_day_with_a_story_under_it_is_a_step():
    assert ("notification", "2024-05-03", "asserted") in _dated("発覚日時\n2024年5月3日\n警察に通報しました。\n")


def test_a_card_may_have_its_labels_in_brackets():
    text = "事故の記録\n\n【業種】小売\n【発生時期】2021年1月\n【公表日】2021年2月15日\n【漏えい人数】3,065名（可能性を含む）\n【二次被害】なし\n"
    found = {one.text: (one.date, one.factuality) for one in extract(text).events.itertuples()}
    assert found["発生"] == ("2021-01", "asserted")
    assert found["公表"] == ("2021-02-15", "asserted")
    assert found["漏えい"][1] == "possible"


FIRMS = "2025年1月15日\n東雲ホールディングス株式会社\n\n子会社への不正アクセスについて\n\n"
ROWS = ("\t株式会社東雲フーズ\t株式会社東雲トラベル\n{}\t{}\t{}", "| 項目 | 株式会社東雲フーズ | 株式会社東雲トラベル |\n|---|---|---|\n| {} | {} | {} |", "会社名\t{}\n株式会社東雲フーズ\t{}\n株式会社東雲トラベル\t{}")  # fmt: skip


def _of_firms(text, kind):
    found = [one for one in extract(FIRMS + text).events.itertuples() if one.type == kind and one.start > len(FIRMS)]
    return [(one.org, one.date if one.date == one.date else None, one.factuality) for one in found]


@pytest.mark.parametrize(
    ("one", "other", "sure"),
    [
        ("個人情報が漏えいした", "漏えいは確認されていない", ("asserted", "negated")),
        ("個人情報300件が漏えいした", "なし", ("asserted", "negated")),
        ("個人情報が漏えいした", "漏えいの可能性がある", ("asserted", "possible")),
        ("1,120件", "確認されていない", ("asserted", "negated")),
        ("可能性あり", "個人情報が漏えいした", ("possible", "asserted")),
    ],
)
@pytest.mark.parametrize("table", ROWS)
def test_no_cell_speaks_for_the_cell_of_another_firm(table, one, other, sure):
    found = _of_firms(table.format("情報漏えい", one, other), "data_leak")
    assert found == [("株式会社東雲フーズ", None, sure[0]), ("株式会社東雲トラベル", None, sure[1])]


@pytest.mark.parametrize("table", ROWS)
def test_a_label_dates_what_befell_each_firm(table):
    found = _of_firms(table.format("検知日", "10月21日", "10月24日"), "detection")
    assert found == [
        ("株式会社東雲フーズ", "2024-10-21", "asserted"),
        ("株式会社東雲トラベル", "2024-10-24", "asserted"),
    ]
    assert not _of_firms(table.format("検知の経緯", "監視による", "社員の指摘"), "detection")


def test_a_dash_beside_a_step_takes_nothing_from_it():
    rows = "| 日付 | 事象 | 備考 |\n|---|---|---|\n| 10月15日 | 侵入 | - |\n| 10月21日 | 検知 | なし |\n"
    assert [date for _, date, _ in _of_firms(rows, "intrusion") + _of_firms(rows, "detection")] == [
        "2024-10-15",
        "2024-10-21",
    ]
