import pytest

from tenmatsu.causes import CauseRule, find
from tenmatsu.knowledge import load

RULES = load("causes", CauseRule)
VALUES = {
    "supply_chain", "vulnerability", "zero_day", "phishing", "malware", "fileless_malware", "credential_theft",
    "brute_force", "vpn", "rdp", "sql_injection", "web_skimming", "ddos", "misconfiguration", "missing_segmentation",
    "insider", "human_error", "loss_or_theft", "unknown",
}  # fmt: skip


def read(*sentences):
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    vectors, roots = find(text, spans)
    for one in (*vectors, *roots):
        assert text[one.start : one.end] == one.text
        assert 0 < one.weight <= 1
    return {one.value for one in vectors}, {one.value for one in roots}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_holds_for_its_examples(rule):
    assert rule.value in VALUES
    assert rule.positive
    assert rule.negative
    for sentence in rule.positive:
        vectors, roots = find(sentence, [(0, len(sentence))])
        assert any(one.rule == rule.id for one in (*vectors, *roots)), sentence
    for sentence in rule.negative:
        vectors, roots = find(sentence, [(0, len(sentence))])
        assert not any(one.rule == rule.id for one in (*vectors, *roots)), sentence


def test_ids_are_unique():
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("sentence", "vectors", "roots"),
    [
        ("原因は、VPN機器の脆弱性を悪用した不正アクセスです", {"vpn", "vulnerability"}, {"vulnerability"}),
        ("未公開の脆弱性を突いた攻撃を受けた", {"zero_day"}, {"zero_day"}),
        ("感染が広がった原因は、ファイアウォールが存在せず通信を絞れなかったこと", set(), {"missing_segmentation"}),
        ("社員が不審なメールを開き、端末がマルウェアに感染した", {"phishing", "malware"}, {"phishing"}),
        ("職員がUSBメモリを紛失した", {"loss_or_theft"}, {"loss_or_theft"}),
        ("原因は現在調査中です", set(), {"unknown"}),
    ],
)
def test_what_a_sentence_names(sentence, vectors, roots):
    assert read(sentence) == (vectors, roots)


@pytest.mark.parametrize(
    "sentence",
    [
        "一般的にフィッシングメールが侵入の入口となる",
        "ウイルス対策ソフトを最新に保ってください",
        "脆弱性診断を定期的に実施する予定です",
        "マルウェアへの感染は確認されていない",
        "メールの添付ファイルを開いたのではないかと思う",
        "誤送信防止システムを導入した",
        "パスワードの使い回しを避けましょう",
    ],
)
def test_talk_advice_denial_and_prevention_name_nothing(sentence):
    assert read(sentence) == (set(), set())


def test_the_special_value_displaces_the_general_one():
    vectors, _ = read("端末でマルウェアが実行された。", "ファイルレスマルウェアだった。")
    assert vectors == {"fileless_malware"}


def test_unknown_yields_to_what_is_known():
    _, roots = read("原因は調査中です。", "原因はクラウドの設定ミスでした。")
    assert roots == {"misconfiguration", "human_error"}


def test_only_the_given_spans_are_read():
    text = "設定ミスがあった。SQLインジェクションを受けた。"
    vectors, roots = find(text, [(9, len(text))])
    assert [one.value for one in vectors] == ["sql_injection"]
    assert roots == []


@pytest.mark.parametrize(
    ("sentence", "vectors", "roots"),
    [
        # whoever types a password into a false page gives it away
        (
            "原因は、職員がフィッシングサイトを開き、パスワードなどを入力したことです。",
            {"phishing", "credential_theft"},
            {"phishing", "human_error"},
        ),
        # a slip in a setting is both, a weak setting only the one
        ("担当職員による公開範囲の設定の誤りがあった。", {"misconfiguration"}, {"misconfiguration", "human_error"}),
        (
            "原因は、アクセス制限の設定が不十分だったことです。",
            {"misconfiguration"},
            {"misconfiguration", "human_error"},
        ),
        ("原因は設定の不備です。", {"misconfiguration"}, {"misconfiguration"}),
        # what was stolen is no door until it is used
        (
            "攻撃者は機器の脆弱性（CVE-2021-0000）を悪用して認証情報を窃取した。",
            {"vulnerability"},
            {"vulnerability", "credential_theft"},
        ),
        ("攻撃者はこの認証情報を用いて当社のサーバーへ侵入を拡大した。", {"credential_theft"}, set()),
        (
            "修正プログラムは提供されていたが、適用が2か月遅れていた。",
            {"vulnerability"},
            {"human_error"},
        ),
        ("操作履歴を毎月確認することと定めておりましたが、実施しておりませんでした。", set(), {"human_error"}),
        ("ランサムウェア集団を名乗る投稿があった。", set(), set()),
        ("元運用担当者が顧客のパスワード一覧を盗み見て送金した。", {"insider"}, {"insider"}),
        ("市が印刷を委託している事業者のサーバーがランサムウェアに感染した。", {"supply_chain", "malware"}, set()),
    ],
)
def test_families_of_causes(sentence, vectors, roots):
    assert read(sentence) == (vectors, roots)


@pytest.mark.parametrize(
    "sentence",
    [
        "本来であれば皆様に直ちにお知らせすべきでしたが、確認に時間を要しました。",
        "公表が遅れたのは、社内の確認不足によるものです。",
        "漏えいのご報告に時間を要した原因は、手順の誤りです。",
    ],
)
def test_why_the_announcement_was_late_is_no_cause_of_the_incident(sentence):
    assert read(sentence) == (set(), set())


def test_a_sentence_that_tells_of_the_incident_keeps_its_cause():
    assert read("宛先の確認不足により情報が流出し、公表が遅れました。")[1] == {"human_error"}
    assert read("本来削除すべきデータを消去しておらず、漏えいしました。")[1] == {"human_error"}
