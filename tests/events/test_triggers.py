import pytest

from tenmatsu.events.triggers import TriggerRule, find
from tenmatsu.knowledge import load

RULES = load("triggers", TriggerRule)


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
