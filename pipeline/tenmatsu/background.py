"""Sentences that tell of no incident: figures of a year, what a kind of attack is, what a law asks, advice to readers.

News and blogs set an incident beside the number of such incidents, explain the words and advise the reader; notices
explain their technical terms in footnotes. Their verbs are those of incidents, but nobody suffered or did anything.
The cues are ``models/background-cues.jsonl``, by group; a sentence that points at its own incident is never background.
"""

from __future__ import annotations

import re
from functools import cache

from tenmatsu.cues import grouped, possible_groups

# 今回は…攻撃だ, 当社では…増えている: who points at the case at hand tells of it, whatever the sentence looks like
_OWN = re.compile(
    r"今回|本件|本事案|このたび|この度|同(?:社|市|町|村|県|院|校|行|大学?|庁|組合|協会)|[当弊]社|当(?:院|行|校|所|法人|組合|協会|サイト|財団)|本(?:学|校|市|町|県|会)|私ども"
)
_DAY = re.compile(r"[0-9０-９]{1,2}日(?!間)")
_FIGURES = ("statistics", "trend")
WHOLE = ("statistics", "definition", "law", "trend")


@cache
def _tells_past() -> re.Pattern[str]:
    return re.compile(r"(?:した|ました|れた|った|いた)(?:が|ため|こと|もの|ところ|ほか|。|、|と|$)")


def of_sentence(sentence: str, named: bool = False) -> str | None:
    """Return the group of the cue that makes a whole ``sentence`` background, None for a sentence of the narrative.

    ``named`` says that it names somebody to whom things happen: 攻撃が相次ぐ中、甲社も4月1日に… tells of 甲社, and so
    does the day.
    """
    possible = possible_groups("background-cues", sentence)
    for group in WHOLE:
        if group in possible and grouped("background-cues")[group].search(sentence):
            told = named or _OWN.search(sentence) or (group in _FIGURES and _DAY.search(sentence))
            return None if group != "law" and told else group
    return None


def advised(sentence: str, end: int) -> bool:
    """Whether what ends at ``end`` in ``sentence`` is advice (…を徹底しましょう) and nothing that was done."""
    cue = grouped("background-cues")["advice"].search(sentence, end)
    return cue is not None and cue.start() - end <= _REACH and not _tells_past().search(sentence, end, cue.start())


_REACH = 40  # code points from a step to the words that advise it
