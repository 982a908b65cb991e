import re

import pytest

from tenmatsu.actors import ActorRule, find
from tenmatsu.knowledge import load
from tenmatsu.read.decode import read

RULES = load("threat-actors", ActorRule)


def named(text):
    document = read(text.encode(), "t.txt")
    found = find(document)
    for one in found:
        assert document.text[one.start : one.end] == one.text
    return [one.text for one in found]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_group_is_known_by_its_forms_in_a_frame_and_not_alone(rule):
    assert rule.kind in ("ransomware", "apt", "other")
    for form in rule.forms:
        assert named(f"攻撃者グループ {form} のリークサイトに掲載された。")
        assert not named(f"製品の名は{form}です。")


def test_forms_have_one_owner():
    forms = [form for rule in RULES for form in rule.forms]
    assert len(forms) == len(set(forms))
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"TA\.[a-z]+\.\S+", rule.id) for rule in RULES)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("LockBitを名乗る攻撃者がデータを公開した。", "LockBit"),
        ("8月、Night Heronと名乗る集団から連絡があった。", "Night Heron"),
        ("ALPHV（BlackCat）による犯行声明が出た。", "ALPHV（BlackCat）"),
        ("ハッカー集団「白い鷺」が攻撃を認めた。", "白い鷺"),
        ("専門機関は中国系の関与が疑われると指摘した。", "中国系"),
        ("県警は元従業員の男（41）を不正競争防止法違反の疑いで逮捕した。", "元従業員の男"),
        ("APT10による攻撃とみられる。", "APT10"),
        ("元派遣社員が顧客情報を不正に持ち出していた。", "元派遣社員"),
        ("同社は委託先の元社員の関与を特定した。", "委託先の元社員"),
        ("元運用担当者に実刑判決が言い渡された。", "元運用担当者"),
    ],
)
def test_who_is_held_responsible(text, actor):
    assert named(text)[:1] == [actor]


@pytest.mark.parametrize(
    "text",
    [
        "ランサムウェア「LockBit」に感染した。",
        "中国の子会社のサーバが侵入された。",
        "北朝鮮の関与は確認されていない。",
        "Microsoftを装ったメールが届いた。",
        "元従業員の男性に話を聞いた。",
        "元社員が証言した。",
    ],
)
def test_names_without_a_frame_and_denials_attribute_nothing(text):
    assert named(text) == []
