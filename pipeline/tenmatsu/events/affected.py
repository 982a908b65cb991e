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
from tenmatsu.records import Event

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
        "systems": re.compile(r"の[^、。はがをに]{0,16}(?:サーバー?|システム|ネットワーク|端末|パソコン|PC)"),
        "is_one": re.compile(
            r"[」』]?(?:[（(][^（）()\n]{0,40}[）)])?(?:は|が)、?(?:当社|弊社|同社)の(?:100%|100％)?" + kin
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
        if party.entity == main or "|" in party.entity:
            continue
        if (
            patterns["before"].search(text, max(0, party.start - 20), party.start)
            or patterns["behind"].match(text, party.end)
            or patterns["is_one"].match(text, party.end)
        ):
            found.add(party.entity)
    return frozenset(found - together)


def _befell(event: Event, main: str) -> bool:
    own = event.type in attack_side() and event.org == main and event.org_by in _LOOSE
    return own and event.date is not None and event.factuality == "asserted"


def reassign(events: list[Event], belonging: frozenset[str], main: str | None, ids: dict[str, str]) -> list[Event]:
    """Give the attack side that no words place to the one dependent that suffered, where the writer did not.

    The writer suffers itself as soon as the words of one sentence say so. ``ids`` are entity ids by name.
    """
    if main is None or not belonging:
        return events
    told: Counter[str] = Counter()
    for event in events:
        if event.type in attack_side() and event.org and event.org_by in _SAID and event.factuality != "negated":
            told[event.org] += 1
    suffering = [one for one in told if one in belonging]
    if len(suffering) != 1 or main in told:
        return events
    one = suffering[0]
    named = min(event.start for event in events if event.org == one)
    if any(_befell(event, main) and event.start < named for event in events):
        return events  # the story began with what befell the writer
    return [
        replace(event, org=one, org_id=ids.get(one), org_by="affected")
        if event.type in attack_side() and event.org == main and event.org_by in _LOOSE
        else event
        for event in events
    ]
