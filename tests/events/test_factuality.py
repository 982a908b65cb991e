import re

import pytest

from tenmatsu.events.factuality import CueRule, judge
from tenmatsu.knowledge import load

CUES = load("factuality", CueRule)


def parts(marked):
    hit = re.search("〔(.*?)〕", marked)
    assert hit, marked
    return marked.replace("〔", "").replace("〕", ""), hit.start(), hit.start() + len(hit[1])


def judged(cue, marked):
    following = ""
    if cue.where == "next":
        marked, _, following = marked.partition("。")
    return judge(*parts(marked), headline=cue.scope == "headline", following=following)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_every_cue_holds_for_its_examples(cue):
    assert cue.positive
    assert cue.negative
    for marked in cue.positive:
        got = judged(cue, marked)
        assert (got.value, got.cue) == (cue.category, cue.id), marked
    for marked in cue.negative:
        assert judged(cue, marked).cue != cue.id, marked


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
