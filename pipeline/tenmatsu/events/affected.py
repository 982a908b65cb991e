"""Whose systems suffered where a notice speaks for another: the subsidiary, the school or the contractor of its writer.

A parent company, a board of education or a client tells of what befell another. The words of some sentences say whom
(子会社Yのサーバーが…, Yにおいて…); the rest of the attack side, which has no name in its sentence, is Y's as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tenmatsu.events.ontology import attack_side
from tenmatsu.events.phrases import Party
from tenmatsu.records import Event, Line

_SAID = ("victim", "column", "tag", "section", "subject")
_LOOSE = ("main", "topic")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    kin = r"(?:(?:連結|海外|国内|完全|特例)?子会社|孫会社|現地法人|関連会社|関係会社|グループ会社|グループ企業|持分法適用会社|海外法人|海外拠点)"
    return {
        "word": re.compile("(?:同|当該)?" + kin),
        "before": re.compile(kin + r"(?:である|の1社である|の一つである|の|、|「|『)*$"),
        "behind": re.compile(r"[」』]?\s?[（(][^（）()\n]{0,40}?" + kin + r"[^（）()\n]{0,20}[）)]"),
        # 当社および当社子会社であるYの一部サーバーが…: both suffered, the writer as well
        "together": re.compile(
            r"(?:当社|弊社|当行|当法人)(?:及び|および|並びに|ならびに|と)(?:当社|弊社|その)?の?(?:"
            + kin
            + r"(?:である|の|、)?)?$"
        ),
        # Xが社内ネットワークに不正アクセスを受けたと発表: the writer's own systems, whoever was entered first
        "struck_itself": re.compile(
            r"[」』]?(?:[（(][^（）()\n]{0,40}[）)])?(?:は|が)[^。\n「子孫]{0,16}(?:社内|自社)の?(?:ネットワーク|システム|サーバー?)[^、。\n]{0,8}"
            r"(?:に|が|へ)[^、。\n]{0,12}(?:不正アクセス|攻撃|侵入|感染)"
        ),
        "systems": re.compile(r"の[^、。はがをに]{0,16}(?:サーバー?|システム|ネットワーク|端末|パソコン|PC)"),
        # 北斗精機株式会社へのサイバー攻撃について: whose affair the title says it is
        "titled": re.compile(
            r"[」』]?(?:への|に対する|における|での|で発生した)[^、。\n]{0,12}(?:攻撃|不正アクセス|感染|ランサム|被害|障害|侵入|漏え?い|漏洩|流出|紛失|盗難|誤送信)"
        ),
        "is_one": re.compile(
            r"[」』]?(?:[（(][^（）()\n]{0,40}[）)])?(?:は|が)、?(?:当社|弊社|同社)の(?:100%|100％)?" + kin
        ),
        "system": re.compile(r"(?:社)?の(?P<what>[一-龠ァ-ヴー]{2,8}?)(?:サーバー?|システム|サイト|データベース)"),
        "bare_system": re.compile(
            r"(?<![の一-龠ァ-ヴー])([一-龠ァ-ヴー]{2,8}?)(?:サーバー?|システム|サイト|データベース)"
        ),
        "any_system": re.compile(
            r"(?:社内|一部|基幹|業務|当該|ファイル|メール|複数|認証|管理|情報|内部|関連|公式|通販|ウェブ|各種|本番|外部|クラウド|関係|主要|国内|電子メール|保有)+(?:用|系|の)?"
        ),
    }


def dependents(text: str, parties: Sequence[Party], main: str | None) -> frozenset[str]:
    """Return the organisations that the text introduces as belonging to another (連結子会社であるY, Y（当社子会社）).

    What 子会社 stands for is one, too; one that suffered together with the writer (当社およびYのサーバーが) is none.
    """
    patterns = _patterns()
    found = set()
    together = set()
    for party in parties:
        if patterns["together"].search(text, max(0, party.start - 32), party.start) and patterns["systems"].match(
            text, party.end
        ):
            together.add(party.entity)
        if party.entity != main and patterns["word"].fullmatch(text, party.start, party.end):
            found.add(party.entity)
            continue
        if party.entity == main and patterns["struck_itself"].match(text, party.end):
            return frozenset()
        if party.entity == main or "|" in party.entity:
            continue
        if (
            patterns["before"].search(text, max(0, party.start - 20), party.start)
            or patterns["behind"].match(text, party.end)
            or patterns["is_one"].match(text, party.end)
        ):
            found.add(party.entity)
    return frozenset(found - together)


def titled(text: str, parties: Sequence[Party], lines: Sequence[Line]) -> frozenset[str]:
    """Return the organisations that a title names as struck (Yへのサイバー攻撃について)."""
    heads = [(line.start, line.end) for line in lines if line.role == "title"]
    return frozenset(
        party.entity
        for party in parties
        if any(start <= party.start < end for start, end in heads) and _patterns()["titled"].match(text, party.end)
    )


def _of_systems(event: Event) -> bool:
    """Whether an event befalls systems: the attack side, and their coming back."""
    return event.type in attack_side() or event.type == "recovery"


def by_system(
    text: str, events: list[Event], parties: Sequence[Party], main: str | None, ids: dict[str, str]
) -> list[Event]:
    """Give what befell a system to the one organisation that the text ties it to (Xの受発注サーバー, then 受発注サーバーが暗号化).

    Only where nothing else places the event, and only for systems that the writer does not call its own.
    """
    if main is None:
        return events
    owners: dict[str, set[str]] = {}
    for party in parties:
        hit = _patterns()["system"].match(text, party.end)
        if hit and not _patterns()["any_system"].fullmatch(hit["what"]):
            owners.setdefault(hit["what"], set()).add(party.entity)
    tied = {what: next(iter(one)) for what, one in owners.items() if len(one) == 1 and main not in one}
    if not tied:
        return events
    out = []
    for event in events:
        if _of_systems(event) and event.org == main and event.org_by in _LOOSE:
            named = _patterns()["bare_system"].findall(text, max(event.sentence_start, event.start - 30), event.start)
            one = next((tied[what] for what in reversed(named) if what in tied), None)
            if one is not None:
                event = replace(event, org=one, org_id=ids.get(one), org_by="affected")
        out.append(event)
    return out


def _befell(event: Event, main: str) -> bool:
    own = event.type in attack_side() and event.org == main and event.org_by in _LOOSE
    return own and event.date is not None and event.factuality == "asserted"


def reassign(
    events: list[Event],
    belonging: frozenset[str],
    main: str | None,
    ids: dict[str, str],
    struck: frozenset[str] = frozenset(),
) -> list[Event]:
    """Give the attack side that no words place to the one dependent that suffered, where the writer did not.

    The writer suffers itself as soon as the words of one sentence say so, and where the story begins with what befell it,
    unless the title names the dependent (``struck``). ``ids`` are entity ids by name.
    """
    if main is None or not belonging:
        return events
    told: Counter[str] = Counter()
    for event in events:
        if event.type in attack_side() and event.org and event.org_by in _SAID and event.factuality != "negated":
            told[event.org] += 1
    suffering = [one for one in told if one in belonging]
    if not suffering or main in told:
        return events
    named = min(event.start for event in events if event.org in suffering)
    if not struck & set(suffering) and any(_befell(event, main) and event.start < named for event in events):
        return events  # the story began with what befell the writer
    out = []
    one = suffering[0]  # of several, the one that was spoken of last
    for event in events:
        if event.org in suffering:
            one = event.org
        elif _of_systems(event) and event.org == main and event.org_by in _LOOSE:
            event = replace(event, org=one, org_id=ids.get(one), org_by="affected")
        out.append(event)
    return out
