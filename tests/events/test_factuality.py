import re

import pytest

from tenmatsu.events.factuality import CueRule, judge
from tenmatsu.events.ontology import attack_side, response_side
from tenmatsu.knowledge import load

CUES = load("factuality", CueRule)


def parts(marked):
    hit = re.search("〔(.*?)〕", marked)
    assert hit, marked
    return marked.replace("〔", "").replace("〕", ""), hit.start(), hit.start() + len(hit[1])


def kinds(cue):
    """The event types that a cue speaks of, "" for any."""
    sides = {"any": (), "attack": sorted(attack_side()), "response": sorted(response_side())}
    return ("", *sides.get(cue.types, cue.types.split("|")))


def judged(cue, marked, kind):
    following = ""
    if cue.where == "next":
        marked, _, following = marked.partition("。")
    return judge(*parts(marked), kind=kind, headline=cue.scope == "headline", following=following)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_every_cue_holds_for_its_examples(cue):
    assert cue.positive
    assert cue.negative
    for marked in cue.positive:
        found = [judged(cue, marked, kind) for kind in kinds(cue)]
        assert (cue.category, cue.id) in [(one.value, one.cue) for one in found], marked
    for marked in cue.negative:
        assert cue.id not in [judged(cue, marked, kind).cue for kind in kinds(cue)], marked


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("個人情報の〔流出〕は確認されておりません。", "negated"),
        ("現時点で情報の外部への〔流出〕、改ざん等は確認されておりません。", "negated"),
        ("外部へ〔流出〕した可能性を否定することはできません。", "possible"),
        ("〔流出〕は確認されていないが、可能性は否定できない。", "possible"),
        ("一部の顧客情報が〔流出〕したことを確認しました。", "asserted"),
        ("〔侵入〕はあったが、流出は確認されていない。", "asserted"),
        ("当該端末には含まれておらず、〔流出〕していないことを再確認しました。", "negated"),
        ("〔流出〕した情報の詳細は公表していない。", "asserted"),
        ("4月1日に専任組織を〔新設〕する予定です。", "planned"),
        ("2月10日に〔公表〕した内容について改めてご報告し、調査を続けてまいります。", "asserted"),
        ("情報の〔流出〕を防ぐため遮断した。", "none"),
        ("〔流出〕の有無を調べています。", "none"),
        ("不正に〔利用〕されたとの報告は受けておりません。", "negated"),
    ],
)
def test_polarity(marked, expected):
    assert judge(*parts(marked)).value == expected
