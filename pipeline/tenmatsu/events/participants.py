"""Whose event it is: the organisation whose systems suffer (attack side) or that acts (response side).

In order: the head of the column, the tag of the item, what a case frame finds in the sentence (``models/frames.jsonl``), the
topic of the sentence or of the sentence before in the same line, the organisation that the section or the document is about.
An unnamed party that is the subject (外部の専門機関が…) leaves the field empty rather than guessed. Where a
contractor's systems were attacked, the client's notice tells of the contractor's leak, the client acts in its own steps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from tenmatsu.events.frames import fill
from tenmatsu.events.ontology import attack_side
from tenmatsu.events.phrases import Phrases, Unit, without
from tenmatsu.events.survey import Survey

_NOTHING = Survey()
# what happens to the systems that hold the data; a client's own work stops, and its own people are defrauded
OF_SYSTEMS = (
    "data_leak",
    "reconnaissance",
    "intrusion",
    "infection",
    "lateral_movement",
    "command_and_control",
    "encryption",
    "extortion",
)


_OWN_SOURCE = ("P.source",)  # 当社からの情報漏えいはない: said of the client itself


@dataclass(frozen=True, slots=True)
class Setting:
    """What the layout and the text around a sentence say of whose it is.

    ``column`` and ``tag`` are organisations of the layout, ``topic`` that of the sentence before in the same line or item,
    ``main`` whom the section or the document is about.
    """

    column: str | None = None
    tag: str | None = None
    topic: str | None = None
    main: str | None = None


@dataclass(frozen=True, slots=True)
class Concerned:
    """The organisation, None where it has no name; how it was found, and by which frame."""

    org: str | None
    how: str
    frame: str | None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "subject": re.compile(
            r" ?[」』】]?(?:[（(][^（）()\n]{0,40}[）)](?=は))?(?:\s?[0-9]{2,4}年(?:[0-9]{1,2}月)?(?:当時)?(?=は))?(?:グループ|側|社|さん|の?(?:広報|担当者|広報担当者|代表|社長|職員|社員|従業員))?(?:は|が|も|では|でも|にて|において|としては)(?!な)"
        ),
        "topic": re.compile(
            r" ?[」』】]?(?:[（(][^（）()\n]{0,40}[）)])?(?:グループ|側|の方|の?(?:広報|担当者))?(?:は|では|も|においては|としては)"
        ),
        "own_systems": re.compile(
            r"サーバ|システム|ネットワーク|端末|パソコン|ホームページ|サイト|アカウント|職員が|社員が|従業員が|クラウド|機器"
        ),
        # …が流出した(と|ことを|件について)発表: what stands before is told, its subject is not who tells
        "tells": re.compile(r"[たるいだすん能](?:[^。\n]{0,40})?(?:と|を|について|に関し)[^。はがを]{0,24}$"),
        "told_in_turn": re.compile(r"(?:し|され)?(?:た|ている|ました)(?:こと|ため|の(?!は)|と|際|[一-龠])"),
        "new_clause": re.compile(r"(?:[しりれきみえいて]|[たるだすい]が|ため|ところ|ので|の?後)、"),
        "plain_topic": re.compile(
            r" ?[」』】]?(?:[（(][^（）()\n]{0,40}[）)])?(?:グループ|側|社|さん|の?(?:広報|担当者))?[はも]"
        ),
        "only_when": re.compile(
            r"[^はも、。]{0,44}[はも](?:[0-9０-９年月日時分同翌午前後頃夜朝夕に付、 （）()]|ごろ|まで)*"
        ),
        # 全ての県立学校の管理職を対象とした研修: no school can do so
        "every_school": re.compile(
            r"(?:全(?:ての|[都道府県市区町村]立)|すべての)[都道府県市区町村]?立?(?:小中|小・中|中|小|高等)?学校|全校長"
        ),
        "nameless_topic": re.compile(r"(?<![0-9０-９年月日])[一-龠々ァ-ヴーA-Za-z]{2,20}[」）)]?は"),
        "affiliate": re.compile(
            r"(?:子会社|孫会社|関連会社|グループ会社|グループ企業|現地法人|(?:業務|再)?委託(?:先|業者|事業者|会社)|取引先|提携先)(?:企業|会社)?(?:である|の|、)?「?$"
        ),
    }


def whose(
    sentence: Phrases,
    trigger: tuple[int, int, str],
    setting: Setting,
    known: Survey = _NOTHING,
) -> Concerned:
    """Return the organisation concerned by a trigger (start, end in the sentence that was folded, type) and how it was found.

    ``known`` is what ``survey`` says of the document.
    """
    kind = trigger[2]
    start, end = sentence.place(trigger[0]), sentence.place(trigger[1])
    topic = setting.topic
    if kind in attack_side():
        sentence = without(sentence, known.menders)
        if topic in known.bystanders or topic in known.menders:
            topic = None
    if topic != setting.topic:
        setting = replace(setting, topic=topic)
    found = _whose(sentence, (start, end, kind), setting)
    if (
        known.board is not None
        and kind in ("remediation", "notification", "investigation")
        and found.how in ("main", "topic")
        and _patterns()["every_school"].search(sentence.text)
    ):
        return Concerned(known.board, "topic", None)
    if (
        known.contractor is None
        or kind not in OF_SYSTEMS
        or found.org != setting.main
        or found.how in ("column", "tag")
        or found.frame in _OWN_SOURCE
    ):
        return found
    own = [u for u in sentence.units if u.at < start and u.entity == setting.main]
    between = sentence.text[own[-1].at + 1 : start] if own and found.how != "main" else ""
    if _patterns()["own_systems"].search(between) and "委託" not in between:
        return found
    return Concerned(known.contractor, "victim", None)


def _whose(sentence: Phrases, trigger: tuple[int, int, str], setting: Setting) -> Concerned:
    start, end, kind = trigger
    if setting.column:
        return Concerned(setting.column, "column", None)
    if setting.tag:
        return Concerned(setting.tag, "tag", None)
    filled = fill(sentence, start, end, kind, setting.main)
    if filled is not None:
        who, how = filled.unit, filled.frame.how
        if filled.main:
            return Concerned(setting.main, "main", filled.frame.id)
        if kind == "disclosure" and how == "subject" and who is not None:
            told = _teller(sentence, who, (start, end), setting.main)
            if told is not None:
                who, how = told
                org = who.entity if who else setting.main if how == "main" else None
                return Concerned(org, how, filled.frame.id)
        return Concerned(who.entity if who else None, how, filled.frame.id)
    if setting.topic:
        return Concerned(setting.topic, "topic", None)
    return Concerned(setting.main, "main", None)


def _teller(
    sentence: Phrases, last: Unit, trigger: tuple[int, int], main: str | None
) -> tuple[Unit | None, str] | None:
    """Return who announces where the last subject belongs to what is announced; None where it does not.

    Xは、子会社のYが…を受けたと発表した: the topic of the sentence tells, not the subject of the clause inside. A topic
    without a name (県教委は、委託先のYが…と発表) leaves nobody, unless it is a short name of the main organisation.
    """
    patterns, text = _patterns(), sentence.text
    start, end = trigger
    if patterns["told_in_turn"].match(text, end) or not patterns["tells"].search(text, last.at + 1, start):
        return None
    subjects = [u for u in sentence.units if u.at < start and patterns["subject"].match(text, u.at + 1)]
    themes = [u for u in subjects if patterns["plain_topic"].match(text, u.at + 1)]
    while len(themes) > 1 and patterns["only_when"].fullmatch(text, themes[-2].at + 1, themes[-1].at):
        themes.pop()  # Xは5月1日、Yは関わっていないと発表した
    if themes:
        told = themes[-1] is not last and not patterns["new_clause"].search(text, themes[-1].at + 1, last.at)
        return (themes[-1], "subject") if told else None
    if not patterns["affiliate"].search(text, 0, last.at):
        return None
    if len(subjects) > 1:
        return (subjects[-2], "subject")  # Xが、子会社のYが…と発表した
    nameless = patterns["nameless_topic"].search(text, 0, last.at)
    if nameless is None or patterns["new_clause"].search(text, nameless.end(), last.at):
        return None
    return (None, "main" if main and nameless.group().rstrip("は」）)") in main else "unnamed")


def topic_of(sentence: Phrases) -> str | None:
    """Return the は-marked organisation of a sentence, None when there is none."""
    topic = _patterns()["topic"]
    inside = [u for u in sentence.units if u.kind not in ("media", "blog") and topic.match(sentence.text, u.at + 1)]
    return inside[-1].entity if inside else None
