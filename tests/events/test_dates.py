import pytest

from tenmatsu.api import extract
from tenmatsu.events import dates
from tenmatsu.events.triggers import find
from tenmatsu.times import find as find_times
from tenmatsu.times import resolve


def dated(sentence, carried=None, base=None, published="2020-12-12"):
    """The EDTF date of every trigger of a sentence, by its text."""
    times = find_times(sentence)
    values = resolve(times, sentence, published=published, paragraphs=[(0, len(sentence))])
    plain = [
        (t.start, t.end, v.value, t.mod, i)
        for i, (t, v) in enumerate(zip(times, values, strict=True))
        if t.type in ("DATE", "TIME")
    ]
    hits = find(sentence)
    offered = dates.whens(sentence, 0, plain, published, base)
    before = dates.When(0, 0, carried, -1, "carried") if carried else None
    found = dates.assign(sentence, [(h.start, h.end, h.type) for h in hits], offered, before)
    return [(h.text, w.edtf if w else None) for h, w in zip(hits, found, strict=True)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2020年9月7日に端末が感染し、9月11日に攻撃者が偵察した。", [("感染", "2020-09-07"), ("偵察", "2020-09-11")]),
        ("2020年10月2日から3日にかけて社内の端末を遮断した。", [("遮断", "2020-10-02/2020-10-03")]),
        ("2020年7月17日までに不正な通信先を遮断。", [("遮断", "../2020-07-17")]),
        ("2020年9月12日から9月20日まで攻撃活動が停止した。", [("停止", "2020-09-12/2020-09-20")]),
        ("2016年8月と2017年6月に計250件の不正アクセスがあった。", [("不正アクセス", "{2016-08,2017-06}")]),
        ("2020年3月18日以降、端末が遠隔操作された。", [("遠隔操作され", "2020-03-18/..")]),
        ("2016年4月ごろに侵入された。", [("侵入", "2016-04~")]),
        ("2020年5月1日午前3時頃に不審な挙動を検知した。", [("検知", "2020-05-01")]),
        ("委託先からの報告を2020年2月10日に受けた。", [("報告", "2020-02-10")]),
        ("2020年4月3日に攻撃者は3月18日と同じ手口で攻撃した。", [("攻撃", "2020-04-03")]),
        ("2020年2月10日に公表した第2報に続き、詳細を調査した。", [("公表", "2020-02-10"), ("調査", None)]),
        ("2020年8月1日に、保全の済んだ端末から順次、解析を進めた。", [("解析", "2020-08-01/..")]),
    ],
)
def test_which_time_belongs_to_which_trigger(sentence, expected):
    found = dict(dated(sentence))
    for text, date in expected:
        assert found[text] == date, found


def test_a_row_dates_what_names_no_time_itself():
    assert dated("端末を隔離。", carried="2020-09-07") == [("隔離", "2020-09-07")]
    assert dated("感染した端末を隔離。", carried="2020-09-07") == [("隔離", "2020-09-07")]


def test_a_lone_end_runs_from_the_date_before():
    assert dict(dated("翌10月3日にかけて端末を遮断した。", base="2020-10-02"))["遮断"] == "2020-10-02/2020-10-03"


def test_a_period_of_customers_dates_nothing():
    assert dict(dated("2020年4月1日から9月30日までに購入されたお客様の情報が流出した。"))["流出"] is None


def test_the_clock_of_another_zone_in_brackets_dates_nothing_anew():
    assert dict(dated("2023年6月21日01:42（6月20日16:42）に設定が改ざんされた。"))["改ざん"] == "2023-06-21"


def test_a_denial_is_dated_by_the_day_as_of_which_it_holds():
    def dated(text):
        return [(e.type, e.date) for e in extract(text, published="2024-08-09").events.itertuples()]

    assert ("fraud", "2024-08-09") in dated("名簿が悪用された事実は、本日現在、確認されておりません。")
    assert ("fraud", "2024-08-09") not in dated("名簿が悪用された恐れは、本日現在、会員に説明しております。")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the day stands behind what it dates
        ("装置の改修と監視の導入を10月末までに終えた。", {"改修": "../2020-10", "導入": "../2020-10"}),
        ("全員への研修を11月から始めております。", {"研修": "2020-11/.."}),
        ("全店の再開は12月上旬を予定しております。", {"再開": "2020-12"}),
        ("復旧は早くて12月20日の見通しです。", {"復旧": "2020-12-20"}),
        ("該当する方には個別にご連絡を差し上げ、11月13日までに完了いたしました。", {"ご連絡": "../2020-11-13"}),
        # what is found on a day behind it has no day of its own
        ("侵入を11月5日に検知しました。", {"侵入": None, "検知": "2020-11-05"}),
        # what happened on a day, and what was done about it at another time
        ("11月6日に発生した障害から復旧を進めてまいりました。", {"復旧": None}),
        ("第三者委員会（11月5日設置）の報告を受け、処分した。", {"報告": None}),
        ("11月7日と8日に全員へ謝罪した。", {"謝罪": "{2020-11-07,2020-11-08}"}),
        ("11月5日より前に会員登録された方の情報が流出した。", {"流出": None}),
    ],
)
def test_a_day_belongs_to_what_the_words_tie_it_to(sentence, expected):
    found = dict(dated(sentence))
    assert {text: found.get(text, "no trigger") for text in expected} == expected


def test_two_hours_of_one_day_are_one_day():
    assert dict(dated("11月9日朝7時台と17時台にサイトが改ざんされた。"))["改ざん"] == "2020-11-09"


def test_what_was_done_before_the_same_day_was_done_on_it():
    text = "装置を調べて異常を確認したため、同日午前6時に接続を遮断した。"
    values = resolve(find_times("2020年9月7日に検知した。" + text), "2020年9月7日に検知した。" + text)
    assert values[1].value == "2020-09-07T06:00"
    offered = [dates.When(16, 20, "2020-09-07", 0, "in_sentence")]
    hits = find(text)
    found = dates.assign(text, [(h.start, h.end, h.type) for h in hits], offered, None)
    assert {h.text: w and w.edtf for h, w in zip(hits, found, strict=True)}["確認"] == "2020-09-07"


def test_a_cleft_with_a_passive_names_its_day():
    assert dict(dated("対象に入っていると知らされたのは7月21日だった。"))["知らさ"] == "2020-07-21"


def test_what_an_audit_of_a_year_said_has_that_year():
    assert dict(dated("令和元年度の監査でも指摘を受けていた。"))["指摘"] is not None
    assert dict(dated("令和元年度の申込者から指摘を受けた。"))["指摘"] is None


def test_a_day_said_of_a_topic_is_no_day_of_what_follows():
    found = dict(dated("侵入は2023年11月30日からであり、流出した会員情報は3,112名分と確定しました。"))
    assert found["侵入"] == "2023-11-30/.."
    assert found["確定"] is None


def test_what_the_intruder_did_on_a_day_is_dated_by_it_and_its_finding_is_not():
    text = "株式会社青羽精機は調査を終えた。攻撃者は2024年6月7日に、装置の脆弱性を悪用して侵入していたことが判明した。"
    found = {event.text: event.date for event in extract(text, published="2024-08-09").events.itertuples()}
    assert found["侵入"] == "2024-06-07"
    assert found["判明"] != "2024-06-07"


def test_what_an_attacker_went_through_is_dated_by_its_row_and_an_examination_gone_through_is_not():
    text = "2020年9月11日  社内ネットワークの偵察を経て、感染拡大を開始。\n2020年11月2日  約1か月の調査を経て、原因を特定。\n"
    found = {event.text: event.date for event in extract(text).events.itertuples()}
    assert found["偵察"] == "2020-09-11"
    assert found["調査"] != "2020-11-02"
