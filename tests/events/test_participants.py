"""Whose event it is where several organisations act together."""

import pytest

import tenmatsu


def orgs(text, kind="disclosure"):
    return [event.org for event in tenmatsu.extract(text).events.itertuples() if event.type == kind]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A株式会社とB株式会社が公表した。", "A株式会社|B株式会社"),
        ("株式会社青葉及び北斗株式会社は公表した。", "株式会社青葉|北斗株式会社"),
        ("株式会社青葉、北斗株式会社およびみなと株式会社は公表した。", "株式会社青葉|北斗株式会社|みなと株式会社"),
        ("株式会社青葉・北斗株式会社は公表した。", "株式会社青葉|北斗株式会社"),
        ("株式会社青葉は公表し、北斗株式会社は調べている。", "株式会社青葉"),
        ("株式会社青葉によると、北斗株式会社が公表した。", "北斗株式会社"),
        ("株式会社青葉と契約する北斗株式会社が公表した。", "北斗株式会社"),
    ],
)
def test_those_who_act_together(text, who):
    assert orgs(text) == [who]


def test_those_who_suffer_together():
    text = "株式会社青葉と北斗株式会社のサーバーが10月3日に不正アクセスを受けた。"
    assert orgs(text, "intrusion") == ["株式会社青葉|北斗株式会社"]
