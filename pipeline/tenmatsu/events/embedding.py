"""Which trigger a sentence is about: what a finding or an announcement tells of is no event of its date (guide, section 2)."""

from __future__ import annotations

import re
from functools import cache

from tenmatsu.events import dates, triggers
from tenmatsu.events.ontology import attack_side

# 確認, 発見, 把握 establish something, whatever type their object gives them; 検知 notices it
ESTABLISHING = ("E.confirm", "E.discover", "E.grasp")
OBJECTS = ("finding", "disclosure", "notification", "press_report", "investigation", "consequence")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "object": re.compile(
            r"(?:し|さ|の|が|は|を|による|等)?[^、。]*?(?:を|が|と|こと|事|旨|について|に関し|に関する[^、。]{1,16}|に係る[^、。]{1,16})[^、。]{0,18}$|^(?:被害|事案|事件|等の?被害|の?(?:可能性|疑い|痕跡|事実|発生|被害|おそれ))?(?:の|を|が)[^、。]{0,12}$|^(?:被害|等)?$"
        ),
        "intruder": re.compile(r"(?:攻撃者|第三者|何者か|犯人|侵入者)(?:は|が)、?[^、。はが]{0,12}\Z"),
        "sender": re.compile(r"(?:から|より)(?:は)?、"),
        "clausal": re.compile(r"(?:た|る|い)(?:こと|事|の|旨|と|との|という|もの|よう|恐れ|おそれ|可能性|疑い)"),
        "looked": re.compile(r"(?<!てい)(?<!てお)(?<!っ)た(?:こと|の|痕跡|形跡)を[^、。0-9０-９]{0,8}$"),
        "goes_on": re.compile(r"(?:いたし|し)(?:て)?、|(?:いたし|し)(?:まし)?たため、"),
        "state": re.compile(r"て(?:い|お)る(?:こと|の|旨|もの|状態)(?:が|を|も)[^、。0-9０-９]{0,12}$"),
        # 不正アクセスであることが判明: a copula has no time, the finding has
        "copula": re.compile(r"(?:等|など)?(?:による(?:もの|障害|影響))?(?:で(?:は)?あ(?:る|った)|だった)"),
        # 通信を検知, 紛失に気づく: what is noticed is named, not told
        "noticed": re.compile(r"(?:等|など)?(?:の(?:痕跡|発生|事実|可能性|疑い|兆候|形跡))?(?:を|に)[^、。]{0,6}$"),
        # 侵入されていたことに気付く, 持ち出していたことが、社内調査で発覚: what is noticed is told
        "noticed_that": re.compile(
            r"(?:し|せ|さ|ら)?(?:れ)?(?:た|ている|ていた|ておりました)(?:という)?(?:こと|の|事実|痕跡|形跡|疑い|可能性)(?:を|に|が)(?:、[^。、はが]{1,20}(?:で|により|によって|から)、?)?[^、。0-9０-９]{0,10}$"
        ),
        "means": re.compile(
            r"(?:で|により|によって|から|の結果)(?:新たに)?、?(?=[^、。]{0,12}(?:発覚|判明|明らか|分か|確認|発見))"
        ),
        # 2月7日から9日にかけて、…; 3月4日までの間に…: a stretch of time is that of what went on
        "stretch": re.compile(
            r"(?:まで|迄|にかけて?)?の?(?:間|期間|あいだ|[0-9０-９二三四五六]回|[両]日)?(?:に|中)?(?:わた(?:り|って)|かけて?)?、?"
        ),
        # パスワードリスト攻撃による不正ログイン, 不正アクセスを受け、…: both happened in one
        "one": re.compile(
            r"(?:等|など)?(?:に(?:より|よって|よる|伴い|伴う)|を(?:通じ|介し|悪用し)て?|を受け(?:て)?、|が(?:行われ|あり|発生し|生じ)(?:て(?:おり)?)?、?)"
        ),
    }


def is_object(
    own: str, hits: list[triggers.FoundTrigger], number: int, when: dates.When | None, assigned: list[dates.When | None]
) -> bool:
    """Whether the trigger is only what a finding, report or announcement behind it is about."""
    hit = hits[number]
    for later in range(number + 1, len(hits)):
        other = hits[later]
        between = own[hit.end : other.start]
        if _aside(between):
            continue  # 不正ログインが成立（後日の解析で判明）: an aside is about nothing before it
        if other.type in ("attack_pause", "attack_resume"):
            return re.match(r"(?:の[^、。]{0,6})?(?:を|が|は)[^、。]{0,4}$", between) is not None
        if noticed(hit, other, between, when):
            return True
        if other.type == "investigation" and _patterns()["means"].match(own, other.end):
            continue  # 持ち出していたことが、社内調査で発覚: how it was noticed
        if other.type not in OBJECTS and other.rule not in ESTABLISHING:
            if coordinated(between) and other.type in attack_side():
                continue  # 改ざんされ、埋め込まれていたことが判明: what stands behind the last of them is about all
            return False
        if other.type == "consequence" and "。" not in between and re.search(r"(?:疑いで|として|容疑で)", between):
            return True
        if len(between) > 70 or "。" in between:
            return False
        if later == number + 1 and re.search(
            r"(?:し|され|れ|り|ず|て|が|ため|(?<!も)ので|ところ|結果)、", own[max(0, hit.end - 1) : other.start]
        ):  # 置き忘れ、警察に届け出た: the last letter of a verb may be in the trigger
            return False
        if other.type in ("investigation", "consequence"):
            return (
                bool(re.match(r"(?:[^、。]{0,10})(?:を|の|と|について)[^、。]{0,8}$", between))
                and hit.type != "data_leak"
            )
        return bool(_patterns()["object"].search(between)) or (
            "、" in between and bool(_patterns()["clausal"].search(between))
        )
    return False


def noticed(hit: triggers.FoundTrigger, other: triggers.FoundTrigger, between: str, when: dates.When | None) -> bool:
    """Whether a happening is what a detection behind it notices (感染を検知, 侵入されていたことに気付く).

    A month may be that of an unauthorised access and of its detection both (2018年5月 不正アクセスを検知), a day is that of
    the detection.
    """
    if other.type != "detection" or other.rule in ESTABLISHING:
        return False
    patterns = _patterns()
    if patterns["noticed"].fullmatch(between):
        return hit.type != "intrusion" or (when is not None and len(when.edtf) == 10)
    return patterns["noticed_that"].fullmatch(between) is not None


def _aside(between: str) -> bool:
    """Whether a parenthesis opens between two triggers and does not close again."""
    return max(between.rfind("（"), between.rfind("(")) > max(between.rfind("）"), between.rfind(")"))


def coordinated(between: str) -> bool:
    """Whether two happenings are told in one breath (改ざんされ、…): the first only leans on the verb of the second."""
    return (
        "。" not in between
        and re.match(
            r"(?:し|さ|せ)?(?:れ|られ)?(?:て(?:おり)?|ており)?、|(?:が)?(?:生じ|発生し)(?:て(?:おり)?)?、", between
        )
        is not None
    )


def _one_clause(between: str) -> bool:
    """Whether one time dates two happenings of the attacker's side with these words between them."""
    return "。" not in between and (coordinated(between) or _patterns()["one"].match(between) is not None)


def own_time(
    own: str, offered: list[dates.When], hit: triggers.FoundTrigger, hits: list[triggers.FoundTrigger], number: int
) -> bool:
    """Whether an embedded trigger has a time of its own: two times in the sentence, or one tied by に to its clause."""
    before = [when for when in offered if when.end <= hit.start]
    chain = number + 1
    while chain < len(hits) and hits[chain].type in attack_side() and chain + 1 < len(hits):
        chain += 1
    later = hits[chain] if chain < len(hits) else None
    clausal = bool(later and _patterns()["clausal"].search(own[hit.end : later.start]))
    if not before:
        return False
    nearest = before[-1]
    for other in hits[:number]:
        if nearest.end <= other.start and not (other.type in attack_side() and _one_clause(own[other.end : hit.start])):
            return False
    if re.fullmatch(r"\s*の(?:最初の|不正な|不審な)?", own[nearest.end : hit.start]):
        return True  # 2月20日の侵入の痕跡が見つかる
    if later is not None and nearest.how == "in_sentence" and noticed(hit, later, own[hit.end : later.start], nearest):
        # 12月3日に侵入されたことに気付いた: the day of the noticing, unless that has one of its own
        return any(hit.end <= when.start and when.end <= later.start for when in offered)
    if _patterns()["copula"].match(own, hit.end):
        return False  # 1月24日に不正アクセスであることが判明: the day of the finding
    if (
        later is not None
        and later.type == "notification"
        and _patterns()["sender"].search(own[nearest.end : hit.start])
    ):
        return False  # 10月下旬に専門会社から、…侵入していたとの報告を受けた: the day of the report
    if later is not None and nearest.how == "in_sentence":
        told = own[hit.end : later.start]
        # 3月5日に感染していることを確認, 侵入されたことを確認し、遮断した: what is so on that day, and who acted on that day
        goes_on = later.type in ("finding", "detection") and _patterns()["goes_on"].match(own, later.end) is not None
        if (goes_on and _patterns()["looked"].search(told)) or _patterns()["state"].search(told):
            return False
    direct = (
        re.match(
            r"\s*(?:頃|ごろ)?(?:に(?!は)|から|より|まで|以降|未明|深夜|夜|朝)(?!、)", own[nearest.end : nearest.end + 4]
        )
        is not None
    )
    if _patterns()["intruder"].search(own, 0, nearest.start) and re.match(r"\s*に(?!は)", own[nearest.end :]):
        direct = True  # 攻撃者は6月7日に、…を悪用して侵入していたことが判明: what they did was done on that day
    if nearest.how in ("range", "set") and _patterns()["stretch"].match(own, nearest.end):
        direct = True
    return clausal and direct


def taken(
    own: str,
    hits: list[triggers.FoundTrigger],
    number: int,
    when: dates.When,
    assigned: list[dates.When | None],
    offered: list[dates.When],
) -> bool:
    """Whether the date belongs to what was found (4月から侵入があったことが分かった), not to the finding."""
    for earlier in range(number - 1, -1, -1):
        before = assigned[earlier]
        if hits[earlier].type not in attack_side() or before is None or before.timex != when.timex:
            continue
        if before.how == "tied" and _patterns()["clausal"].search(own[when.end : hits[number].start]):
            return True  # 侵入が8月25日には始まっていたことが分かった
        if is_object(own, hits, earlier, before, assigned) and own_time(own, offered, hits[earlier], hits, earlier):
            return True
    return False


def announced(
    own: str,
    hits: list[triggers.FoundTrigger],
    number: int,
    offered: list[dates.When],
    assigned: list[dates.When | None],
) -> bool:
    """Whether a step is only told of in an announcement (確認したと発表) and so has no date of its own there.

    One that に ties to the step, and that is not the announcement's, is its own (10日、5月7日に検知した…と発表).
    """
    hit, when = hits[number], assigned[number]
    for place, other in enumerate(hits[number + 1 :], number + 1):
        if other.type not in ("disclosure", "press_report", "notification"):
            continue
        said = assigned[place]
        if when is not None and (said is None or said.timex != when.timex):
            if dates.tied_to(own, when, [(one.start, one.end, one.type) for one in hits]) == number:
                return False
        between = own[hit.end : other.start]
        if any(hit.end <= when.start < other.start for when in offered):
            return False
        return (
            re.search(r"(?:た|る|ます|ました)(?:こと|事|旨)?(?:と|との|という|を|の)[^、。]{0,8}$", between) is not None
            and "。" not in between
        )
    return False


def tied(
    own: str, when: dates.When, hit: triggers.FoundTrigger, hits: list[triggers.FoundTrigger], chronicle: bool
) -> bool:
    """Whether a possible leak is itself dated: the time stands in its clause with no other happening between."""
    if when.how == "carried":
        return chronicle and not any(other.start < hit.start for other in hits)
    if when.how not in ("in_sentence", "range", "from", "until", "set") or when.end > hit.start:
        return when.how in ("tied", "bracket")
    between = own[when.end : hit.start]
    if (
        re.search("容疑は、?[^。]{0,30}$", own[max(0, when.start - 40) : when.start])
        and "。" not in between
        and len(between) <= 160
    ):
        return True  # 逮捕容疑は9月3日ごろ、…に接続し、…を複製した疑い: the charge has its day
    return len(between) <= 40 and not any(when.end <= other.start < hit.start for other in hits)
