"""Whose event it is: the organisation whose systems suffer (attack side) or that acts (response side).

In order: the head of the column, the tag of the item, the subject or topic of the clause, the topic of the
sentence or of the sentence before in the same line, the organisation that the section or the document is about.
An unnamed party that is the subject (外部の専門機関が…) leaves the field empty rather than guessed. Where a
contractor's systems were attacked, the client's notice tells of the contractor's leak, the client acts in its own steps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tenmatsu.events.ontology import attack_side
from tenmatsu.organisations.resolve import HARMED, MENDS
from tenmatsu.records import Line


@dataclass(frozen=True, slots=True)
class Party:
    """A mention of an organisation in a sentence: span in the document, entity, kind of organisation."""

    start: int
    end: int
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What the whole document says of its parties, made once by ``survey``.

    ``bystanders`` are entities that report or judge and suffer nothing, ``contractor`` whose systems were attacked where
    the document is a client's, ``sections`` the organisation of each section of a digest by the heading's line number
    (None where its heading tells of one whom nothing names in full).
    """

    bystanders: frozenset[str] = frozenset()
    contractor: str | None = None
    sections: dict[int, str | None] = field(default_factory=dict)
    menders: frozenset[str] = frozenset()


_BYSTANDERS = ("media", "blog", "authority", "police")
_NOTHING = Survey()
# what happens to the systems that hold the data; a client's own work stops, and its own people are defrauded
_OF_SYSTEMS = (
    "data_leak",
    "intrusion",
    "infection",
    "lateral_movement",
    "command_and_control",
    "encryption",
    "extortion",
)
_SHARED = 4  # letters that a short name and a full one share at their heads
_LONGEST_ROW = 12  # organisations that act together; keeps the time linear


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "subject": re.compile(
            r" ?[」』】]?(?:[（(][^（）()\n]{0,40}[）)](?=は))?(?:\s?[0-9]{2,4}年(?:[0-9]{1,2}月)?(?:当時)?(?=は))?(?:グループ|側|社|さん|の?(?:広報|担当者|広報担当者|代表|社長|職員|社員|従業員))?(?:は|が|も|では|でも|にて|において|としては)(?!な)"
        ),
        "topic": re.compile(
            r" ?[」』】]?(?:[（(][^（）()\n]{0,40}[）)])?(?:グループ|側|の?(?:広報|担当者))?(?:は|では|も|においては|としては)"
        ),
        "suffers": re.compile(r"(?:グループ)?(?:の|へ|に|で|が|は|も|を)"),
        "unnamed": re.compile(
            r"(?:外部(?:の)?(?:専門)?(?:企業|機関|業者|専門家|事業者|委託先企業|委託先)|委託先(?:企業|事業者|業者)?|決済代行会社|専門(?:機関|会社|家|業者|事業者)|業者|警察|クレジットカード会社|カード会社|(?:複数の)?関係者|利用者|お客様|顧客|取引先|保守業者|ベンダー|第三者機関|調査会社|市民|患者|学生|会員)(?:の?(?:方|様|一部|から))?(?:が|は)"
        ),
        # others whose deed it is, named or not
        "others": re.compile(
            r"(?:(?<![一-龠ァ-ヴー])(?:政府|各県|各市|各社|他社|他行|他大学|他団体|専門家|研究者|攻撃者|犯人|(?:同)?容疑者|被告|男|女|県|市|町|村|府|病院|学校|大学|銀行|会社)|大手[一-龠ァ-ヴー]{2,8}|[一-龠ァ-ヴー]{1,8}(?:業界|産業|弁護士|教授|(?<!式)会社|企業)|(?:攻撃|犯行|ハッカー)?(?:グループ|集団))側?(?:は|が)"
        ),
        # 他社では…, 海外の企業が…: another without a name; は holds for the sentence, the rest for its clause
        "another": re.compile(
            r"(?<![一-龠])(?:(?:同業)?他(?:社|行|店|校|院|団体|機関|大学|病院|自治体)|(?:他の|ほかの|別の|同業の|海外の|国外の|同様の)(?:国内の|海外の|大手)?"
            r"(?:会社|企業|事業者|銀行|金融機関|大学|学校|病院|医療機関|自治体|団体|組織|機関|サイト運営会社))(?:各社)?"
            r"(?:(?P<theme>(?:で|において|に)?は|(?:で|において)?も)|で|において|における|にて|が|から|より|の(?=[^、。]{0,12}(?:サーバ|システム|サイト|端末|ネットワーク)))"
        ),
        # X社において…発生した攻撃: the place of an attack is its victim; what is made, bought or looked into there is not
        "place": re.compile(
            r"[」』]?(?:[（(][^（）()\n]{0,40}[）)])?(?:グループ|社|側)?(?:の[^、。はがを]{0,12})?(?:(?:において|にて|における)(?!は)|で(?![はもあすしのき]))"
        ),
        "else_there": re.compile(
            r"(?:製造|製作|開発|購入|取得|販売|開催|契約|研修|利用|使用|調査|対応|確認|復旧|検証|解析|点検|検討|協議|作業|勤務|公表|発表|掲載)[^、。]{0,12}?(?:し|さ|する|、|の)"
        ),
        # ■ ルナソフト、ソースコードが公開状態: whom the section of a digest is about stands before the comma
        "head": re.compile(r"[^\w「『\n]{0,6}(?P<head>[^\s、。，はがをにで：:][^、。，はがを\n]{0,23})[、，]"),
        "no_name": re.compile(
            r"不正|情報|漏|流出|攻撃|感染|ランサム|マルウェア|ウイルス|サイバー|メール|原因|対策|経緯|概要|影響|今後|再発|調査|対応|被害|件|数|期間|[日月年おご]|ため|など"
        ),
        "quoted": re.compile(r"[「『]([^」』\n]+)[」』]"),
        "form": re.compile(
            r"(?:株式|有限|合同|合資)会社|[（(][株有][）)]|一般(?:社団|財団)法人|(?:学校|医療|社会福祉)法人"
        ),
        "closed_clause": re.compile(r"[たるい](?:[一-龠ァ-ヴーA-Za-z]|こと|もの|ため|の[をはが])"),
        "receives": re.compile(r"[^、。]{0,6}(?:を?受け|を?受領|をいただ|を頂|があ|が寄せ|が入)"),
        "joint": re.compile(
            r"(?:グループ|社|」|』)?(?P<word>\s?(?:と|や|及び|および|並びに|ならびに|、|・)\s?)(?:「|『)?"
        ),
        # 外部専門会社が調査を実施: the work of a hired hand is its principal's
        "hired": re.compile(r"外部|専門|委託|保守|調査会社|ベンダー|業者"),
        "receiver_from": re.compile(r"(?:から|より)"),
        "asks": re.compile(r"(?:の|を)?(?:依頼|要請|要望|指示)が?(?:あ|来|寄せ|届)"),
        "their_people": re.compile(
            r"の(?:[一-龠]{0,4})(?:保護者|利用者|顧客|客|会員|生徒|学生|患者|取引先|お客様|市民|住民)[^、。]{0,6}(?:から|より)"
        ),
        "told": re.compile(
            r"(?:の[^、。]{0,12})?(?:を|について|に関し)[^、。]{0,6}(?:伝え|指摘|通報|連絡|問い合わせ|通知)"
        ),
        "former_employer": re.compile(r"(?:前|元|以前)の?(?:勤め先|勤務先|職場|会社)の[^、。]{0,24}$"),
        "own_systems": re.compile(
            r"サーバ|システム|ネットワーク|端末|パソコン|ホームページ|サイト|アカウント|職員が|社員が|従業員が|クラウド|機器"
        ),
        "out_of": re.compile(r"(?:から|より)(?:の)?[^、。はが]{0,10}"),
        "heard": re.compile(r"[^。]{0,24}(?:連絡|報告|指摘|問い合わせ|通知|説明|回答|伝え)"),
        "there": re.compile(r"で(?=[^、。はが]{1,16}が)"),
        "posted": re.compile(r"書き込|投稿|掲示"),
        "introduced": re.compile(
            r"(?:(?:業務)?(?:再)?委託(?:先|業者|事業者|会社|先企業)(?:名|である|の|、|は|：|:|[ \t\u3000])?|(?:業務を|作業を)?委託(?:している|する|した|しております|していた)"
            r"|受託(?:者|事業者|業者)(?:である|の|：|:|[ \t\u3000])?)「?$"
        ),
        "introduced_after": re.compile(
            r"[（(](?:業務)?(?:再)?(?:委託|受託)(?:先|業者|事業者|者)(?:[。、][^）)\n]*)?[)）]"
        ),
        "attacked": re.compile(
            r"[」』]?(?:グループ|社)?(?:[（(][^（）()\n]{0,40}[）)])?(?:の[^、。\n]{0,16}(?:が|へ|に|で)|が|は|において|で(?:は)?|へ(?:の)?|に(?:対する)?)[^。\n]{0,40}"
            r"(?:不正アクセス|サイバー攻撃|ランサム|攻撃を受け|感染|侵入|暗号化)"
        ),
        "contractors_affair": re.compile(
            r"(?:委託|受託)(?:先|業者|事業者|者|している(?:事業者|業者|会社|企業))[^。\n]{0,6}(?:の|における|において|で|が|への)[^。\n]{0,24}(?:ランサム|不正アクセス|サイバー攻撃|感染|攻撃|ウイルス|マルウェア)"
        ),
        "speaks_for_itself": re.compile(r"[当弊本小]"),
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
        "nameless_topic": re.compile(r"(?<![0-9０-９年月日])[一-龠々ァ-ヴーA-Za-z]{2,20}[」）)]?は"),
        "affiliate": re.compile(
            r"(?:子会社|孫会社|関連会社|グループ会社|グループ企業|現地法人|(?:業務|再)?委託(?:先|業者|事業者|会社)|取引先|提携先)(?:企業|会社)?(?:である|の|、)?「?$"
        ),
    }


def _teller(
    text: str, begin: int, trigger: tuple[int, int, str], subjects: list[Party], main: str | None
) -> tuple[Party | None, str] | None:
    """Return who announces where the last subject belongs to what is announced; None where it does not.

    Xは、子会社のYが…を受けたと発表した: the topic of the sentence tells, not the subject of the clause inside. A topic
    without a name (県教委は、委託先のYが…と発表) leaves nobody, unless it is a short name of the main organisation.
    """
    patterns = _patterns()
    start, end, _ = trigger
    last = subjects[-1]
    if patterns["told_in_turn"].match(text, end) or not patterns["tells"].search(text, last.end, start):
        return None
    themes = [p for p in subjects if patterns["plain_topic"].match(text, p.end)]
    while len(themes) > 1 and patterns["only_when"].fullmatch(text, themes[-2].end, themes[-1].start):
        themes.pop()  # Xは5月1日、Yは関わっていないと発表した
    if themes:
        told = themes[-1] is not last and not patterns["new_clause"].search(text, themes[-1].end, last.start)
        return (themes[-1], "subject") if told else None
    if not patterns["affiliate"].search(text, begin, last.start):
        return None
    if len(subjects) > 1:
        return (subjects[-2], "subject")  # Xが、子会社のYが…と発表した
    nameless = patterns["nameless_topic"].search(text, begin, last.start)
    if nameless is None or patterns["new_clause"].search(text, nameless.end(), last.start):
        return None
    return (None, "main" if main and nameless.group().rstrip("は」）)") in main else "unnamed")


def _parties_before(parties: list[Party], start: int, end: int, text: str, pattern: re.Pattern[str]) -> list[Party]:
    return [p for p in parties if start <= p.start and p.end <= end and pattern.match(text, p.end)]


def _of_another(text: str, begin: int, trigger: tuple[int, int, str], parties: list[Party]) -> bool:
    """Tell whether it befell another that has no name: 他社で流出したものが悪用され tells so of the leak alone."""
    start, _, kind = trigger
    hits = list(_patterns()["another"].finditer(text, begin, start))
    hit = hits[-1] if hits else None
    if hit is None or any(hit.end() <= p.start and p.end <= start for p in parties):
        return False
    if hit.group().endswith(("から", "より")) and kind != "data_leak":
        return False
    return hit["theme"] is not None or not _patterns()["closed_clause"].search(text, hit.end(), start)


def _place(
    text: str, trigger: tuple[int, int, str], able: list[Party], begin: int, subject: Party | None
) -> Party | None:
    """Return the party at whose place it happened (XはYにおいて…発生した), None where something else was done there."""
    patterns = _patterns()
    start = trigger[0]
    for party in reversed(able):
        if not (begin <= party.start and party.end <= start) or (subject and party.start < subject.start):
            continue
        place = patterns["place"].match(text, party.end, start)
        if place is None or patterns["else_there"].search(text, place.end(), start):
            return None  # the nearest party decides
        return party
    return None


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


def survey(text: str, lines: Sequence[Line], parties: list[Party], main: str | None) -> Survey:
    """Return what holds for the whole document. ``parties`` are sorted by start; linear in their number."""
    contractor = _contractor(text, parties, main)
    return Survey(
        frozenset(p.entity for p in parties if p.kind in _BYSTANDERS and p.entity != main),
        contractor,
        _headed(text, lines, parties, main) | _digest(text, lines, parties),
        _menders(text, parties, main) - {contractor},
    )


def _menders(text: str, parties: list[Party], main: str | None) -> frozenset[str]:
    """Return those who are introduced as keeping or mending the systems of others (保守会社のX) and never suffer."""
    hired = {p.entity for p in parties if p.entity != main and MENDS.search(text, max(0, p.start - 20), p.start)}
    return frozenset(hired - {p.entity for p in parties if p.entity in hired and HARMED.match(text, p.end)})


def _contractor(text: str, parties: list[Party], main: str | None) -> str | None:
    """Return the one contractor that a client's document names, where it was the contractor that was attacked."""
    patterns = _patterns()
    hired = {
        p.entity
        for p in parties
        if p.kind not in _BYSTANDERS
        and p.entity != main
        and (
            patterns["introduced"].search(text[max(0, p.start - 16) : p.start])
            or patterns["introduced_after"].match(text, p.end)
        )
    }
    if main is None or len(hired) != 1:
        return None
    one = next(iter(hired))
    attacked = any(p.entity == one and patterns["attacked"].match(text, p.end) for p in parties)
    return one if attacked or patterns["contractors_affair"].search(text) else None


def _headed(text: str, lines: Sequence[Line], parties: list[Party], main: str | None) -> dict[int, str | None]:
    """Return whose affair each section is whose heading opens with a name and a comma (■ X、情報流出), by its line.

    A short name is that of the one organisation of its section that is written so, or the only one that is met there;
    else nobody's. Only where another heading opens with a name that is known, and the main one does not speak itself.
    """
    patterns = _patterns()
    if any(p.entity == main and patterns["speaks_for_itself"].match(text, p.start) for p in parties):
        return {}
    heads: dict[int, re.Match[str]] = {}
    for line in lines:
        hit = patterns["head"].match(text, line.start, line.end) if line.role == "heading" else None
        if hit and not patterns["no_name"].search(hit["head"]):
            heads[line.number] = hit
    met: dict[int, dict[str, None]] = {number: {} for number in heads}
    known: dict[int, str | None] = {}
    at = 0
    for line in lines:
        while at < len(parties) and parties[at].start < line.end:
            one = parties[at]
            at += 1
            if one.kind in _BYSTANDERS or one.start < line.start:
                continue
            if line.number in heads and one.end <= heads[line.number].end("head"):
                known.setdefault(line.number, one.entity)
            elif line.heading in met and line.number not in heads:
                met[line.heading][one.entity] = None
    for number, hit in heads.items():
        if number not in known:
            alike = [entity for entity in met[number] if _alike(hit["head"], entity)]
            if len(alike) == 1:
                known[number] = alike[0]
    if not known:
        return {}
    for number in heads:
        known.setdefault(number, next(iter(met[number])) if len(met[number]) == 1 else None)
    return known


def _alike(head: str, entity: str) -> bool:
    """Tell whether a heading's opening (ルナソフト, 通販「ソラマメ便」) is part of a name or begins as it does."""
    quoted = _patterns()["quoted"].search(head)
    short = quoted[1] if quoted else head
    plain = _patterns()["form"].sub("", entity)
    return len(short) > 1 and (short in plain or (len(short) >= _SHARED and plain.startswith(short[:_SHARED])))


def _digest(text: str, lines: Sequence[Line], parties: list[Party]) -> dict[int, str | None]:
    """Return the organisation of each section where the sections tell of different affairs, by line of the heading.

    A section's organisation is the first that its body names; a document whose writer speaks for itself, or whose
    sections share an organisation, is one affair and has no such sections.
    """
    if any(_patterns()["speaks_for_itself"].match(text, p.start) for p in parties):
        return {}
    leads: dict[int, str | None] = {}
    named: dict[str | None, set[int]] = {}
    at = 0
    for line in lines:
        while at < len(parties) and parties[at].start < line.start:
            at += 1
        while at < len(parties) and parties[at].start < line.end:
            one = parties[at]
            at += 1
            if one.kind in _BYSTANDERS:
                continue
            named.setdefault(one.entity, set()).add(line.heading)
            if line.heading and line.role != "heading":
                leads.setdefault(line.heading, one.entity)
    apart = len(set(leads.values())) == len(leads) >= 2
    return leads if apart and all(named[one] == {number} for number, one in leads.items()) else {}


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
    known: Survey = _NOTHING,
) -> tuple[str | None, str]:
    """Return (organisation or None, how it was found) for a trigger (start, end, type) of a sentence.

    Offsets are into the document. ``topic`` is the topic of the sentence before in the same line or item,
    ``known`` what ``survey`` says of the document.
    """
    kind = trigger[2]
    if kind in attack_side():
        parties = [p for p in parties if p.entity not in known.menders] if known.menders else parties
        if topic in known.bystanders or topic in known.menders:
            topic = None
    org, how = _whose(text, sentence, trigger, parties, column=column, tag=tag, topic=topic, main=main)
    if known.contractor is None or kind not in _OF_SYSTEMS or org != main or how in ("column", "tag"):
        return org, how
    own = [p for p in parties if sentence[0] <= p.start and p.end <= trigger[0] and p.entity == main]
    between = text[own[-1].end : trigger[0]] if own and how != "main" else ""
    if _patterns()["own_systems"].search(between) and "委託" not in between:
        return org, how
    return known.contractor, "victim"


def _whose(
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
    unnamed = [
        hit
        for hit in patterns["unnamed"].finditer(left)
        if not any(p.start <= begin + hit.start() < p.end for p in parties)  # the police of 青葉県警察が has a name
    ]
    if not attack:
        acting = [
            hit.end() + begin
            for hit in patterns["others"].finditer(left)
            if not any(p.start < begin + hit.end() and begin + hit.start() < p.end for p in parties)
            and not (kind == "investigation" and patterns["hired"].search(hit.group()))
            and not (main and hit.group().rstrip("はが側") in main)  # 大学は in the notice of a university
        ]
        done = acting and max((p.end for p in subjects), default=0) < acting[-1]
        if done and not re.search(r"(?:た|る|い)(?:と|の|こと|ため|ところ)|[しれ]、", text[acting[-1] : start]):
            return None, "unnamed"
    if unnamed and kind == "investigation" and patterns["hired"].search(unnamed[-1].group()):
        unnamed = []
    last_subject = subjects[-1] if subjects else None
    if kind == "investigation" and patterns["asks"].match(text, end):
        asking = [
            p for p in parties if begin <= p.start and p.end <= start and patterns["receiver_from"].match(text, p.end)
        ]
        if asking:
            return asking[-1].entity, "agent"
    if kind == "notification" and last_subject is None:
        theirs = [
            p for p in parties if begin <= p.start and p.end <= start and patterns["their_people"].match(text, p.end)
        ]
        if theirs:
            return theirs[-1].entity, "receiver"
    if (
        kind == "press_report"
        and last_subject
        and last_subject.kind == "media"
        and patterns["posted"].search(text, start, end)
    ):
        return None, "press"
    if kind == "data_leak" and not _of_another(text, begin, trigger, able):
        source = [
            p for p in able if begin <= p.start and p.end <= start and patterns["out_of"].fullmatch(text, p.end, start)
        ]
        if source and not patterns["heard"].match(text, end):
            return source[-1].entity, "victim"
    if attack and patterns["told"].match(text, end):
        # X社に流出の可能性を伝えた: neither who tells nor who is told suffers
        return main, "main"
    if attack and _of_another(text, begin, trigger, able):
        return None, "unnamed"
    if attack and patterns["former_employer"].search(left):
        return None, "unnamed"
    if attack:
        near = [p for p in parties if begin <= p.start and p.end <= start and p.kind not in _BYSTANDERS]
        if (
            near
            and 0 <= start - near[-1].end <= 18
            and re.fullmatch(r"[」』]?(?:グループ)?(?:の|へ|に|で)[^、。]{0,16}", text[near[-1].end : start])
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
    if attack:
        where = _place(text, trigger, able, begin, last_subject)
        if where is not None:
            return joined(text, able, where), "victim"
    if last_subject is not None:
        teller = _teller(text, begin, trigger, subjects, main) if kind == "disclosure" else None
        if teller is not None:
            who, how = teller
            return (joined(text, able, who) if who else main if how == "main" else None), how
        return joined(text, able, last_subject), "subject"
    if attack:
        # X社でファイルが書き換えられ、ウイルスに感染
        there = [p for p in able if begin <= p.start and p.end <= start and patterns["there"].match(text, p.end)]
        if there:
            return joined(text, able, there[-1]), "victim"
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
