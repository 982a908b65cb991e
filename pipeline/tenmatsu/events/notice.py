"""The first notice: 確認 and 発見 are a detection only when nothing was noticed before, by date and place."""

from __future__ import annotations

import re
from dataclasses import replace

from tenmatsu.events.embedding import ESTABLISHING
from tenmatsu.records import Event

_ANEW = re.compile(r"新た(?:な|に)[^、。]{0,24}$|(?:別|ほか|他)の[^、。]{0,20}$")


def first_notice(events: list[Event], text: str) -> list[Event]:
    """確認, 発見 and 把握 are a detection only when nothing was noticed, reported or disclosed before, by date and place.

    What is said to be new (新たな不正アクセスの疑いを確認) is noticed for the first time whatever came before.
    """
    out = []
    for event in events:
        anew = _ANEW.search(text[event.sentence_start : event.start]) is not None
        if event.type == "detection" and event.rule in ESTABLISHING and event.date_begin and not anew:
            for other in events:
                if (
                    other is event
                    or other.factuality != "asserted"
                    or not other.date_begin
                    or not _same(event.org, other.org)
                ):
                    continue
                earlier = other.date_begin < event.date_begin
                same_day = (
                    other.type == "detection" and other.date_begin == event.date_begin and other.start < event.start
                )
                if same_day or (earlier and other.type in ("detection", "notification", "disclosure")):
                    event = replace(event, type="finding")
                    break
        elif event.type == "detection" and event.rule in ESTABLISHING and event.date is None:
            event = replace(event, type="finding")
        out.append(event)
    return out


def _same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or bool(set(one.split("|")) & set(other.split("|")))
