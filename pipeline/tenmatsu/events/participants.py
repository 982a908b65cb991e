"""Whose event it is: the organisation whose systems suffer (attack side) or that acts (response side).

In order: the head of the column, the tag of the item, the subject or topic of the clause, the topic of the
sentence or of the sentence before in the same line, the organisation that the document is about. An unnamed
party that is the subject (外部の専門機関が…) leaves the field empty rather than guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tenmatsu.events.ontology import attack_side


@dataclass(frozen=True, slots=True)
class Party:
    """A mention of an organisation in a sentence: span in the document, entity, kind of organisation."""

    start: int
    end: int
    entity: str
    kind: str


_BYSTANDERS = ("media", "blog", "authority", "police")
_LONGEST_ROW = 12  # organisations that act together; keeps the time linear


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "subject": re.compile(
            r"(?:\s?[0-9]{2,4}年(?:[0-9]{1,2}月)?(?:当時)?(?=は))?(?:グループ|側|社|さん|の?(?:広報|担当者|広報担当者|代表|社長|職員|社員|従業員))?(?:は|が|も|では|でも|にて|において|としては)(?!な)"
        ),
        "topic": re.compile(r"(?:グループ|側|の?(?:広報|担当者))?(?:は|では|も|においては|としては)"),
        "suffers": re.compile(r"(?:グループ)?(?:の|へ|に|で|が|は|も|を)"),
        "unnamed": re.compile(
            r"(?:外部(?:の)?(?:専門)?(?:企業|機関|業者|専門家|事業者|委託先企業|委託先)|委託先(?:企業|事業者|業者)?|決済代行会社|専門(?:機関|会社|家|業者|事業者)|業者|警察|クレジットカード会社|カード会社|(?:複数の)?関係者|利用者|お客様|顧客|取引先|保守業者|ベンダー|第三者機関|調査会社|市民|患者|学生|会員)(?:の?(?:方|様|一部|から))?(?:が|は)"
        ),
        "receives": re.compile(r"[^、。]{0,6}(?:を?受け|を?受領|をいただ|を頂|があ|が寄せ|が入)"),
        "joint": re.compile(
            r"(?:グループ|社|」|』)?(?P<word>\s?(?:と|や|及び|および|並びに|ならびに|、|・)\s?)(?:「|『)?"
        ),
        "receiver_from": re.compile(r"(?:から|より)(?:の|、)?"),
    }


def _parties_before(parties: list[Party], start: int, end: int, text: str, pattern: re.Pattern[str]) -> list[Party]:
    return [p for p in parties if start <= p.start and p.end <= end and pattern.match(text, p.end)]


def joined(text: str, parties: list[Party], last: Party) -> str:
    """Return the entity of ``last`` with those that と, や, 及び or ・ join to it on its left (AとBが), by ``|``.

    A comma joins only in a row that has one of these words (A、B及びCが): alone it may part two clauses.
    """
    row, words = [last], ""
    for party in reversed(parties[: parties.index(last)]):
        between = _patterns()["joint"].fullmatch(text, party.end, row[0].start)
        if between is None:
            break
        row.insert(0, party)
        words += between.group("word").strip()
        if len(row) > _LONGEST_ROW:
            break
    if not words.strip("、"):
        return last.entity
    return "|".join(dict.fromkeys(part for party in row for part in party.entity.split("|")))


def whose(
    text: str,
    sentence: tuple[int, int],
    trigger: tuple[int, int, str],
    parties: list[Party],
    *,
    column: str | None,
    tag: str | None,
    topic: str | None,
    main: str | None,
) -> tuple[str | None, str]:
    """Return (organisation or None, how it was found) for a trigger (start, end, type) of a sentence.

    Offsets are into the document. ``topic`` is the topic of the sentence before in the same line or item.
    """
    patterns = _patterns()
    start, end, kind = trigger
    begin, stop = sentence
    attack = kind in attack_side()
    if column:
        return column, "column"
    if tag:
        return tag, "tag"
    left = text[begin:start]
    subjects = _parties_before(parties, begin, start, text, patterns["subject"])
    able = parties
    if attack:
        able = [p for p in parties if p.kind not in _BYSTANDERS or p.entity == main]
        subjects = [p for p in subjects if p.kind not in _BYSTANDERS or p.entity == main]
    receives = kind == "notification" and patterns["receives"].match(text, end)
    unnamed = list(patterns["unnamed"].finditer(left))
    last_subject = subjects[-1] if subjects else None
    if attack:
        near = [p for p in parties if begin <= p.start and p.end <= start and p.kind not in _BYSTANDERS]
        if (
            near
            and 0 <= start - near[-1].end <= 18
            and re.fullmatch(r"(?:グループ)?(?:の|へ|に|で)[^、。]{0,16}", text[near[-1].end : start])
        ) and not re.match(r"(?:に|で)?[^、。]{0,10}(?:経由|提供|所管|を通じ)", text[near[-1].end : start]):
            return joined(text, near, near[-1]), "victim"
    elif unnamed and not receives:
        last = begin + unnamed[-1].start()
        if (last_subject is None or last > last_subject.start) and kind not in ("disclosure",):
            # 委託先が…報告: an unnamed party acts
            between = text[begin + unnamed[-1].end() : start]
            if not re.search(r"(?:た|る|い)(?:と|の|こと|ため|ところ)", between) and len(between) < 60:
                return None, "unnamed"
    agent = [
        p
        for p in parties
        if begin <= p.start
        and p.end <= start
        and re.match(r"(?:の[^、。はがを]{1,8})?(?:によって|により|による(?!と))", text[p.end : p.end + 14])
    ]
    if not attack and agent and start - agent[-1].end <= 24 and text[end : end + 1] in "さし":
        return joined(text, parties, agent[-1]), "agent"
    if kind in ("detection", "finding") and text.startswith("され", end):
        holders = [
            p
            for p in parties
            if begin <= p.start and p.end <= start and re.match(r"(?:の|において|で|に)", text[p.end : p.end + 4])
        ]
        if (
            holders
            and start - holders[-1].end <= 28
            and (last_subject is None or holders[-1].start > last_subject.start)
        ):
            return joined(text, parties, holders[-1]), "victim"
    if last_subject is not None:
        return joined(text, able, last_subject), "subject"
    if (
        kind in ("disclosure", "notification", "consequence", "investigation", "finding", "press_report")
        and not receives
    ):
        agents = [
            p
            for p in parties
            if begin <= p.start
            and p.end <= start
            and re.match(r"(?:の)?[^、。はがを]{0,10}(?:会見|によ|より|、?[^、。]{0,8}から)", text[p.end : p.end + 16])
        ]
        if agents and agents[-1].kind in ("authority", "police", "media") and kind != "notification":
            return agents[-1].entity, "agent"
    later = [p for p in parties if end <= p.start < stop and patterns["topic"].match(text, p.end) and not attack]
    if later and start - begin < 4:
        return joined(text, parties, later[0]), "subject"
    if kind == "press_report":
        media = [p for p in parties if begin <= p.start < stop and p.kind == "media"]
        return (media[-1].entity, "media") if media else (None, "press")
    if topic:
        return topic, "topic"
    return main, "main"


def topic_of(text: str, sentence: tuple[int, int], parties: list[Party]) -> str | None:
    """Return the は-marked organisation of a sentence, None when there is none."""
    inside = _parties_before(parties, sentence[0], sentence[1], text, _patterns()["topic"])
    inside = [p for p in inside if p.kind not in ("media", "blog")]
    return joined(text, parties, inside[-1]) if inside else None
