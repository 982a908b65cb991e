"""Everyday prose of a recovery, plans beside an update history, and denials that are none."""

import pytest

import tenmatsu

HEAD = "2024年6月5日\n株式会社青葉電機\n\n不正アクセスに関するお知らせ\n\n"


def types(text):
    return set(tenmatsu.extract(HEAD + text + "\n").events.type)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("お詫びを新聞に掲載した。", "extortion"),
        ("サーバー室は施錠されていた。", "encryption"),
        ("VPNからログインして復旧作業を行った。", "intrusion"),
        ("データを新しいサーバーに移動しました。", "lateral_movement"),
        ("専門会社がネットワークのログを収集しました。", "reconnaissance"),
        ("保存期間内の文書を、廃棄していた。", "eradication"),
    ],
)
def test_ordinary_work_is_no_attack(text, unwanted):
    assert unwanted not in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "情報流出は避けられませんでした。",
        "当初8,000件が漏えいしたと公表しておりましたが、9,200件に訂正いたします。",
        "今回の「情報流出」は軽微なものではありません。",
        "当社はサイバー攻撃の標的となりました。",
    ],
)
def test_what_happened_is_not_denied_away(text):
    attacks = [
        event.factuality
        for event in tenmatsu.extract(HEAD + text + "\n").events.itertuples()
        if event.type in ("data_leak", "intrusion")
    ]
    assert attacks[-1:] == ["asserted"]


@pytest.mark.parametrize("text", ["情報流出の疑いは払拭されていません。", "情報流出の疑いが消えていない。"])
def test_a_doubt_that_stays_is_no_denial(text):
    leaks = tenmatsu.extract(HEAD + text + "\n").events
    assert "negated" not in set(leaks[leaks.type == "data_leak"].factuality)


def test_a_plan_stays_a_plan_though_the_page_was_added_to():
    history = "\n更新履歴\n2024年6月5日 公開\n2024年6月20日 問い合わせ先を追記\n2024年8月1日 次回更新予定\n"
    for text in ("6月10日にサービスを再開する予定です。", "7月10日に監視を強化します。"):
        events = tenmatsu.extract(HEAD + text + "\n" + history).events
        assert list(events[events.type.isin(("recovery", "remediation"))].factuality) == ["planned"]


def test_a_writer_that_was_hit_first_keeps_what_befell_it():
    text = "6月1日、社内サーバーが外部から侵入され、データが暗号化されていました。\nまた、当社の連結子会社である株式会社北斗物流の情報が漏えいした可能性があります。"
    events = tenmatsu.extract(HEAD + text + "\n").events
    assert set(events[events.type.isin(("intrusion", "encryption"))].org.dropna()) == {"株式会社青葉電機"}


def test_steps_under_way_and_machines_bought():
    result = tenmatsu.extract(HEAD + "5月3日から調査を行っている段階です。\n監視カメラ30台を増設しました。\n")
    assert "investigation" in set(result.events.type)
    assert "affected" not in set(result.quantities.of)


@pytest.mark.parametrize(
    "text",
    [
        "身代金の支払いは行っておりません。",
        "身代金の支払いには応じていません。",
        "身代金の支払いを行った事実はありません。",
    ],
)
def test_a_ransom_that_was_not_paid(text):
    events = tenmatsu.extract(HEAD + text + "\n").events
    assert list(events[events.type == "extortion"].factuality) == ["negated"]


def test_a_particle_is_no_name():
    mentions = tenmatsu.extract(HEAD + "6月2日、株式会社とIPAに報告した。\n").mentions
    assert "株式会社とIPA" not in set(mentions.text)
