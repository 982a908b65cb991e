import time
from pathlib import Path

import pytest

from tenmatsu.events import triggers
from tenmatsu.events.triggers import TriggerRule, find, fold
from tenmatsu.knowledge import KnowledgeError, load

RULES = load("triggers", TriggerRule)

FAMILIES = [
    line.split("\t")
    for line in (Path(__file__).parent / "trigger-families.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_holds_for_its_examples(rule):
    assert rule.positive, "a rule shows what it is for"
    assert rule.negative, "and what it is not for"
    for sentence in rule.positive:
        hits = find(sentence)
        if rule.type == "none":
            assert not any(form.startswith(hit.text) and form in sentence for hit in hits for form in rule.forms), (
                sentence
            )
        else:
            assert any(hit.rule == rule.id for hit in hits), sentence
    for sentence in rule.negative:
        hits = find(sentence)
        if rule.type == "none":
            assert hits, sentence
        else:
            assert not any(hit.rule == rule.id for hit in hits), sentence


def test_ids_are_unique():
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("9月12日に攻撃活動が一時停止した", "attack_pause"),
        ("5月8日から外来診療を停止した", "disruption"),
        ("直ちにカード決済を停止した", "containment"),
        ("9月21日に攻撃を再開した", "attack_resume"),
        ("6月1日に通販サイトを再開した", "recovery"),
        ("サーバのログが削除された", "tampering"),
        ("公開していた名簿を削除した", "containment"),
        ("バックドアのファイルを削除した", "eradication"),
        ("名簿が誰でも閲覧できる状態だった", "data_leak"),
        ("カルテが閲覧できない状態となった", "disruption"),
        ("7月8日に不正アクセスを確認した", "detection"),
        ("対象者の氏名を確認した", "finding"),
    ],
)
def test_the_object_decides_among_types(sentence, expected):
    assert expected in [hit.type for hit in find(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "感染拡大防止に努める",
        "不正アクセス対策を見直す",
        "流出防止",
        "不正アクセス禁止法",
        "感染経路",
        "内容をご確認ください",
        "新型コロナウイルス感染症",
        "障害者施設",
        "暗号化して保管",
        "調査会社",
        "本人確認",
    ],
)
def test_look_alikes_are_no_triggers(sentence):
    assert find(sentence) == []


def test_stopped_by_somebody_is_one_event():
    assert [(hit.text, hit.type) for hit in find("当該ソフトウェアの使用を停止させた")] == [("停止", "containment")]


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        # who does it, and to what
        ("攻撃者がサーバーのログを削除した", "削除", "tampering"),
        ("当社は公開していた名簿を削除した", "削除", "containment"),
        ("サイトを止め、調べた", "止め", "containment"),
        ("操業を止めた", "止め", "disruption"),
        ("工場の操業が止まった", "止まっ", "disruption"),
        ("攻撃がいったん収まった", "収まっ", "attack_pause"),
        ("全通貨の出金を止めた", "止め", "containment"),
        ("資金が攻撃者の口座に送られた", "送ら", "fraud"),
        ("名簿が業者に売られた", "売ら", "fraud"),
        ("鞄をなくした", "なくし", "error"),
        ("共有の範囲を誤って設定した", "設定", "error"),
        # voice
        ("名簿を第三者に読まれた", "読ま", "data_leak"),
        ("誰でも名簿をダウンロードできる状態だった", "ダウンロード", "data_leak"),
        ("サイトを閲覧できないようにした", "閲覧できな", "containment"),
        ("攻撃により追跡サービスが利用しにくくなった", "利用しにく", "disruption"),
        ("サイトが再び使えるようになった", "使えるように", "recovery"),
        ("出荷業務は12月27日から停止しておりました", "停止", "disruption"),
        ("業績予想は11月14日に修正する予定です", "修正", "consequence"),
        ("VPN機器の脆弱性を修正した", "脆弱性を修正", "eradication"),
        # plain verbs of the response
        ("担当者が異常に気づいた", "気づい", "detection"),
        ("他に被害がないことを確かめた", "確かめ", "finding"),
        ("社内の記録を調べた", "調べ", "investigation"),
        ("取引先に経緯を伝えた", "伝え", "notification"),
        ("客から担当者にメールが届いた", "届い", "notification"),
        ("自社ホームページで案内した", "案内", "disclosure"),
        ("障害は午後4時に解消した", "解消", "recovery"),
        ("外部媒体の使用を禁止した", "禁止", "remediation"),
        ("二重確認を義務付けます", "義務付け", "remediation"),
        ("全拠点の機器を更新し、", "更新", "remediation"),
        ("役員の処分を決めた", "処分", "consequence"),
        # spellings
        ("顧客情報の持出しが判明した", "持出し", "data_leak"),
        ("ＤＤｏＳ攻撃を受けた", "ＤＤｏＳ攻撃", "intrusion"),
        ("端末がマルウエア感染した", "マルウエア感染", "infection"),
        ("異常に気が付いた", "気が付い", "detection"),
    ],
)
def test_plain_verbs_have_their_type_by_object_and_voice(sentence, word, expected):
    assert (word, expected) in [(hit.text, hit.type) for hit in find(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "職員がシステムに入った",
        "電源を入れた",
        "情報を盗む手口が増えている",
        "混雑の傾向が見られる",
        "持ち出しを禁じている",
        "改ざんを検知する仕組み",
        "お知らせの文書",
        "監査法人の意見",
        "やむを得ず欠席した",
        "株式の売買",
        "ご理解とご協力をお願いいたします",
        "契約を切った",
        "荷物が届いた",
        "説明が不十分だ",
        "意見が一致した",
        "風呂に入られた",
    ],
)
def test_plain_verbs_of_other_things_are_silent(sentence):
    assert find(sentence) == []


def test_spellings_fold_one_code_point_for_one():
    text = "ＤＤｏＳ攻撃とマルウェア、ウィルス、１２３"
    assert fold(text) == "DDoS攻撃とマルウエア、ウイルス、123"
    assert len(fold(text)) == len(text)


def test_a_pattern_without_its_class_of_words_is_refused():
    with pytest.raises(KnowledgeError, match="<nothing>"):
        triggers._pattern("<nothing>を", "E.x")


def test_every_sense_names_known_forms_and_voices():
    for number, lexical in enumerate(triggers._lexicon()):
        for reading in triggers._compiled(number).senses:
            assert reading.forms <= set(lexical.stems), lexical.rule.id


def test_time_is_linear_in_the_sentence():
    def spent(times):
        text = "第三者が情報を持ち出し、サイトを止め、調べて、お客様に知らせ" * times
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            find(text)
            best = min(best, time.process_time() - start)
        return best

    assert spent(800) < 80 * spent(40)  # 20 times the text; a square would be 400 times the time


@pytest.mark.parametrize(("kind", "clause"), FAMILIES, ids=[clause for _, clause in FAMILIES])
def test_everyday_words_for_what_happened_have_their_type_and_other_things_none(kind, clause):
    types = [hit.type for hit in find(f"2024年5月7日、{clause}。")]
    assert kind in types if kind != "none" else types == []
