"""Which time belongs to which trigger: ranges, sets, open ends, what a clause uses up and what carries over.

A trigger takes the nearest time before it in its sentence that no relative clause has used up; behind it only
where a case particle ties the time to it (不正アクセスは2月10日に…). A row, list item or date line dates what follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from tenmatsu.events.ontology import attack_side
from tenmatsu.times.edtf import event_date

# what is said or shown on a day, 1月10日付の報告で
SAID = frozenset(("disclosure", "press_report", "notification", "investigation"))


@dataclass(frozen=True, slots=True)
class When:
    """A date that a sentence offers to its triggers: span of its words, EDTF, the timex it comes from and how."""

    start: int
    end: int
    edtf: str
    timex: int
    how: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "range": re.compile(
            r"\s*(?:(?:\([月火水木金土日]\)|（[月火水木金土日]）)\s*)?(?:から|より|~|〜|～|-|–|—|─|－|/|ー)\s*$"
        ),
        "set": re.compile(r"\s*(?:と|及び|および|並びに|ならびに|・|、|や|、及び|、および)\s*$"),
        "until": re.compile(r"\s*(?:まで(?!に)|迄(?!に)|にかけ)"),
        "by": re.compile(r"\s*(?:までに|迄に)"),
        "from": re.compile(r"\s*(?:以降|以後|から(?!の)|より(?!前)|~|〜|～)"),
        "before": re.compile(r"\s*(?:より前|以前)"),
        "hour": re.compile(r"\s*(?:から|より)(?!前)"),
        "adnominal": re.compile(
            r"(?:し|さ|せ|を?行|を?実施し|を?受け)?(?:れ|っ)?(?:た|ている|ていた|(?:いた|致)?しました)(?!(?:こと|事|ところ|ため|後|のち|際|と|の(?:は|が|を|で)|結果|場合|旨|うえ|上|もの|時点|おそれ|疑い|可能性))(?=[一-龠々ァ-ヶA-Za-z「『【])"
        ),
        "light": re.compile(
            r"(?:発生|行わ|実施|あった|あり|開始|受け|受領|提出|完了|され|行い|行っ|始ま|起き|確認|判明|し(?:た|まし)|発覚)"
        ),
        "tie": re.compile(r"(?:は|が|を|も|の(?:発生|開始|実施|報告|連絡)?(?:は|が|を))、?\s*$"),
        # 悪用された事実は、本日現在、確認されておりません: the denial holds of the day on which it is told
        "denied": re.compile(
            r"(?:(?:さ|ら|せ|し)?れ?た|による|に伴う)?(?:という|との)?(?:事実|形跡|痕跡|被害|こと|事例|報告|情報|事案|兆候)?(?:等|など)?(?:は|が|も)、?\s*$"
        ),
        "as_of_now": re.compile(
            r"(?:の?時点)?(?:で|において|まで(?:に|のところ)?|のところ)?は?、?(?:一切|特に)?(?:確認|認め|検出|発見|見つか|報告|判明|把握|受けて|寄せ|あり|ござ|な[いく])"
        ),
        "bracket": re.compile(r"\s*(?:(?:した|された|し|され)\s*)?[(（]\s*$"),
        "compared": re.compile(r"(?:の(?:もの|とき|時))?と(?:同じ|同様|同一|同日|比)"),
        # 4月1日から9月30日までに購入された…: a period that says whose data are concerned dates nothing (guide, section 2)
        # 令和5年度の申込者: a fiscal year that says which data are meant dates nothing
        "qualifies": re.compile(
            r"(?:の(?!うち|間|末|初め|はじめ|下期|上期|[^、。はがを]{0,10}(?:監査|点検|審査|検査|訓練)(?:で|に|時|の際))|版|分|(?![中内末度])[一-龠ァ-ヶ])"
        ),
        # 12月28日に第1報、1月4日に第2報を公表: two dates share one predicate
        "parallel": re.compile(
            r"\s*(?:に(?:は)?[^、。にをがは]{1,24}(?<![しりれきみえいてび])(?:を|へ|に)?、|付?の第[^、。]{1,8}(?:および|及び|と|、))\s*$"
        ),
        "parallel_last": re.compile(
            r"\s*(?:に(?:は)?[^、。にがは]{1,28}(?:を|に|、|$)|付?の第[^、。]{1,8}(?:で|を|にて|において))"
        ),
        # 20日の催しに申し込んだ方: the day of another occasion
        "occasion": re.compile(
            r"\s*(?:に(?:開い|開催し|行っ|実施し|予定し)(?:た|ている|ていた))?の?(?:催し|[^、。にがをはの]{0,10}(?:講座|講習会?|説明会|研修会|大会|イベント|試験|面接|面談|授業|セミナー|コンサート|総会|選挙|式典|健診|検診|交流会|懇談会))(?:に(?!関)|の|へ|で|を|案内)"
        ),
        "concerned": re.compile(
            r"[^。、]{0,8}(?:まで|間|期間|以前|以降)?(?:の(?:間|期間)?)?(?:中)?に?、?[^。]{0,40}?(?:ご?(?:購入|買い?物|買い求め|お?取引|決済|利用|登録|注文|予約|入力|来店|来場|来院|受診|受講|受験|参加|訪問|契約|応募|申し?込|在籍|入院|通院|送受信|入会|加入|お届け|問い?合わ?せ))(?:を?さ|を?し|い|みの|された|した|いただ|になっ|の)"
        ),
        # 復旧は早くて11月上旬, 研修を、冬季休業中の12月26日に
        "direct_tie": re.compile(
            r"(?:は|が|を)、?(?:(?:早くて|早くとも|早ければ|遅くとも|おおむね|概ね)も?、?|[^、。はがをもにで]{1,8}の)?\s*$"
        ),
        "direct_light": re.compile(
            r"(?:中|内)?(?:まで)?(?:に|から|より)(?:は)?、?(?:順次|すべて|全て)?(?:あ(?:っ|り)|行|実施|受|提出|開始|完了|な(?:さ|っ|る|り)|さ(?:れ)|発生|起き|し(?:た|て|ま)|終え|終わ|終了|済ま|始め)"
            r"|(?:頃|ごろ)?(?:以降)?(?:に|と)な(?:る|り)|(?:の(?:完了|実施|開始|再開|公表|稼働))?(?:を|の)(?:予定|見込|見通し|めど|目途|目標|目指)|とみ(?:ら|て|る)"
        ),
        "and_then": re.compile(
            r"(?:[しりけめきえれいっ]て?|て|たため|たところ|たこと(?:から|により|を受け(?:て)?)|た(?:後|のち)|たうえで|たので)、$"
        ),
        # 改修とWAFの導入を10月末までに終え: what と joins shares the day behind
        "joined": re.compile(r"(?:と|や|及び|および|並びに|ならびに|・)[^、。をがはに]{0,14}"),
        # 個別にご連絡を差し上げ、11月13日までに完了した: the day by which a step was done with
        "went_on": re.compile(
            r"(?:の[^、。はがを]{0,6})?を?(?:差し上げ|行い|進め|実施し|開始し|し|いたし|始め|送り|お送りし|送付し|発送し)(?:て)?、\s*$"
        ),
        "done_by": re.compile(r"\s*まで(?:に|には)、?(?:全て|すべて|順次|一通り)?(?:完了|終え|終わ|終了|済ま)"),
        "relative": re.compile(
            r"(?:を|が)?(?:行(?:っ|われ)|(?:実施|開始|発生|判明|発覚|完了|確認|検知)(?:し|され)|始め(?:られ)?|始まっ|起き|起こっ|分かっ|し|受け|され|あっ|入っ|届い|寄せられ|られ|れ)?た(?:の(?:は|が)、?)?\s*$"
        ),
        "ongoing": re.compile(r"\s*まで\s*(?:の間)?、?(?:継続|実施|行|続)"),
        # 12月24日に公表しましたとおり、…; 2月13日付「…について」にてお知らせした…: the day is that of the earlier notice
        "notice": re.compile(
            r"(?:付け?(?:の|で)?[^、。「」]{0,10}[「『][^「」『』\n]{0,120}[」』](?:[(（][^()（）]{0,40}[)）])?)?[^、。はが]{0,10}(?:お知らせ|公表|発表|ご?報告|ご?案内|ご?連絡|公開|リリース|ご?説明)(?:を)?(?:(?:(?:いた|致)?し|申し上げ)(?:まし)?た|の)(?:とおり|通り|ように|ところ(?:です|であります|でございます)?が|(?<!の)が、|(?<!の)、)"
        ),
        # 5月10日にお知らせいたしました不正アクセス, 5月10日の第1報に記載した漏えい: nor did what its noun names
        "announced": re.compile(
            r"(?:付け?)?(?:の|で|に)?(?:[^、。「」]{0,10}[「『][^「」『』\n]{0,120}[」』](?:[(（][^()（）]{0,40}[)）])?)?[^、。はが]{0,20}?(?:お知らせ|公表|発表|ご?報告|ご?案内|公開|掲載|リリース|ご?説明|お伝え|記載|開示)(?:を)?(?:(?:いた|致)?し|申し上げ|され)(?:て(?:い|お)り)?(?:まし)?た、?(?=[一-龠々ァ-ヶA-Za-z「『])(?!後|際|時|場合|結果|通り|ところ)"
        ),
        # 4月21日付「…について」および5月2日付: two notices of one kind
        "dated_notice": re.compile(
            r"\s*付け?(?:の|で)?(?:[^、。「」]{0,10}[「『][^「」『』\n]{0,120}[」』])?(?:[(（][^()（）]{0,40}[)）])?\s*(?:と|及び|および|並びに|ならびに|・|、|や|、及び|、および)\s*$"
        ),
        # 遅くとも8月25日には: that day or before
        "latest": re.compile(r"(?:遅くとも|おそくとも|遅くても)、?\s*$"),
        # 公表は3月10日。 発表は4月23日だった: the day is the predicate
        "copular": re.compile(
            r"\s*(?:の?(?:夜|朝|昼|未明|夕方?|深夜|早朝|午[前後])|ごろ|頃)?(?:だ(?:った)?(?![けろ])|で(?:ある|した|す|、|あ)|。|、|$|とな(?:った|り|っ))"
        ),
        "subject": re.compile(r"(?:^|[、。のがもは「（(・　\s])$"),
        # 侵入があったのは、修正プログラムが公開される前の12月21日でした
        "cleft": re.compile(
            r"(?:を|が|に)?(?:最初に|初めて|実際に)?(?:行(?:っ|われ)|(?:実施|開始|発生|判明|発覚|完了|確認|検知)?(?:し|され)|始まっ|起き|起こっ|受け|され|あっ|い)?たのは、?[^。]{0,60}$"
        ),
        # 侵入が8月25日には始まっていた
        "said_of": re.compile(
            r"\s*(?:ごろ|頃|未明|深夜|夜|朝)?(?:から|より|まで|以降)?(?:で(?:あり|あって|、)|だったが、|でしたが、|でありますが、)"
        ),
        "begun": re.compile(
            r"\s*(?:ごろ|頃)?には(?:すでに|既に|もう)?(?:始まっ|起き|行われ|発生し|存在し)て(?:い[たる]|おり)"
        ),
        # 1月10日付の報告で, 2月24日の公表時には: the day is that of what is said there, of nothing behind it
        "stated": re.compile(
            r"\s*(?:夜|夕方?|朝|午[前後])?(?:時点)?の(?:公表|発表|会見|記者会見|説明|ご?報告|お知らせ|リリース|プレスリリース)(?:時(?:点)?|資料|文)?(?:で|に)?は"
        ),
        # 10月26日に発生した障害から復旧を進め: the day is that of what its noun names, of nothing behind that
        "occurred": re.compile(
            r"\s*(?:ごろ|頃)?(?:に|から)?(?:[^、。にがはを]{0,10}(?:で|において))?(?:発生|起き|起こ|生じ)(?:し|っ|て(?:い|おり))*(?:まし)?た(?!こと|ため|ところ|後|のち|際|と|の|もの|が|場合|可能性|時|か|。|、)"
        ),
        # 第三者委員会（3月5日設置）の報告: what a bracket says of a noun
        "aside": re.compile(r"[^（）()、。]{0,12}[）)]の"),
        "named": re.compile(r"\s*の[^、。はがを]{0,10}$"),
        "onward": re.compile(r"、(?:以後|以降|それ以降|それ以後)、"),
        "letter": re.compile(r"\s*付け?の[^、。はがを]{0,8}$"),
        "found_that": re.compile(r"(?:し|を(?:行|実施))[^、。]{0,8}(?:たところ|た結果)|(?:調査|解析|精査|分析)の結果"),
    }


_TIED = re.compile(r"\s*(?:頃|ごろ|未明|早朝|夜|朝|夕方)?(?:に|から|より)(?!は|、)")
_CLAUSE = 40  # code points between a time and the happening that a particle ties it to


def tied_to(sentence: str, when: When, triggers: list[tuple[int, int, str]]) -> int | None:
    """Return the place of the trigger that a particle ties a time to (5月7日に感染を検知し), None where none does."""
    if _TIED.match(sentence, when.end) is None:
        return None
    for number, (start, _, _) in enumerate(triggers):
        if start >= when.end:
            # 感染を検知: the time is that of the verb that takes the noun as its object
            between = sentence[when.end : start]
            if "、" in between or len(between) > _CLAUSE:
                return None
            following = triggers[number + 1] if number + 1 < len(triggers) else None
            if following is not None and following[2] in ("detection", "finding"):
                if re.fullmatch("(?:の[^、。]{1,6})?[をに][^、。]{0,6}", sentence[triggers[number][1] : following[0]]):
                    return number + 1
            return number
    return None


def _first(edtf: str) -> str:
    """The first date of an EDTF expression; of an open beginning (../2020-10-02) the end that it has."""
    part = next(part for part in (*edtf.split("/"), edtf) if part not in ("..", ""))
    return part.strip("{}[]").split(",")[0].split("..")[0]


def last(edtf: str) -> str:
    """The last date of an EDTF expression; of an open end (2020-10-02/..) the beginning that it has."""
    part = next(part for part in (*reversed(edtf.split("/")), edtf) if part not in ("..", ""))
    return part.strip("{}[]").split(",")[-1].split("..")[-1]


def whens(
    sentence: str,
    offset: int,
    times: list[tuple[int, int, str, str | None, int]],
    published: str | None,
    base: str | None = None,
) -> list[When]:
    """Return the dates that a sentence offers, in order, ranges and sets joined.

    ``times`` are the DATE and TIME expressions in the sentence as (start, end, value, mod, index) with offsets into the
    document; ``offset`` is where the sentence starts; ``base`` is the date that the row or
    the sentence before gives, from which a lone まで or にかけて runs. ``PRESENT_REF`` takes ``published``; values with XXXX in the
    year are kept, the calendar bounds of such an event stay open.
    """
    patterns = _patterns()
    found: list[When] = []
    skip = -1
    for position, (start, end, value, mod, index) in enumerate(times):
        a, b = start - offset, end - offset
        if index == skip:
            continue
        if "T" in value and mod in ("APPROX", "AFTER", "BEFORE"):
            mod = None  # 午前3時頃, 18時過ぎ leave the day exact
        if value == "PRESENT_REF":
            if published is None:
                continue
            until = patterns["until"].match(sentence[b : b + 8]) is not None and not published.startswith("[")
            found.append(When(a, b, f"../{published}" if until else published, index, "document_date"))
            continue
        if value.startswith(("REF", "PAST", "FUTURE")) or not value:
            continue
        edtf = event_date(value, mod)
        if edtf is None:
            continue
        if patterns["occasion"].match(sentence[b : b + 40]):
            continue
        before = times[position - 1] if position else None
        if before is not None and "T" in value and "T" in before[2]:
            # 6/21 01:42 (6/20 16:42): the clock of another zone dates nothing anew
            if re.fullmatch(r"\s*[(（]\s*", sentence[before[1] - offset : a]) and sentence[b : b + 1] in (")", "）"):
                continue
        if value.startswith("FY") and patterns["qualifies"].match(sentence[b : b + 4]):
            continue
        plain = event_date(value, "APPROX" if mod == "APPROX" else None) or edtf
        right = sentence[b : b + 12]
        if patterns["compared"].match(right):
            continue
        if position + 1 < len(times):
            following = times[position + 1]
            between = sentence[b : following[0] - offset]
            other = event_date(following[2], "APPROX" if following[3] == "APPROX" and "T" not in following[2] else None)
            if other and patterns["range"].match(between) and not following[2].startswith(("P", "REF")):
                tail = sentence[following[1] - offset : following[1] - offset + 60]
                joined = f"{_first(plain)}/{_first(other)}"
                if _first(plain) == _first(other):
                    joined = _first(plain)
                skip = following[4]
                if not patterns["concerned"].match(tail):
                    found.append(When(a, following[1] - offset, joined, index, "range"))
                continue
            noticed = patterns["dated_notice"].match(between) and sentence.startswith("付", following[1] - offset)
            paired = noticed or (patterns["set"].match(between) and between.strip() != "、")
            if other and paired and len(plain) == len(other):
                # 7時台と17時台: twice on one day
                both = plain if plain == other else "{" + f"{plain},{other}" + "}"
                found.append(When(a, following[1] - offset, both, index, "in_sentence" if plain == other else "set"))
                skip = following[4]
                continue
        if any(patterns[end].match(right) for end in ("until", "by", "from", "before")):
            if patterns["concerned"].match(sentence[b : b + 60]):
                continue
        if patterns["by"].match(right) and "T" in value:
            found.append(When(a, b, plain, index, "in_sentence"))
        elif patterns["by"].match(right) or patterns["latest"].search(sentence[max(0, a - 8) : a]):
            found.append(When(a, b, f"../{_first(plain)}", index, "until"))
        elif patterns["until"].match(right):
            previous = _first(found[-1].edtf) if found and not sentence[a:b].endswith(("現在", "今")) else None
            if previous is None and base is not None and not sentence[a:b].endswith(("現在", "今")):
                previous = _first(base)
            if previous and previous not in ("..", _first(plain)):
                found.append(When(a, b, f"{previous}/{_first(plain)}", index, "until"))
            else:
                found.append(When(a, b, f"../{_first(plain)}", index, "until"))
        elif "T" in value and patterns["hour"].match(right):
            found.append(When(a, b, plain, index, "hour"))
        elif patterns["from"].match(right) and not re.match(r"\s*からの", right):
            found.append(When(a, b, f"{_first(plain)}/..", index, "from"))
        elif re.search(r"[~〜～]\s*$", sentence[max(0, a - 2) : a]) and not found:
            found.append(When(a, b, f"../{_first(plain)}", index, "until"))
        else:
            found.append(
                When(
                    a,
                    b,
                    plain if mod in (None, "APPROX", "ON_OR_BEFORE", "EQUAL_OR_MORE") else edtf,
                    index,
                    "in_sentence",
                )
            )
    return found


def assign(
    sentence: str, triggers: list[tuple[int, int, str]], offered: list[When], carried: When | None
) -> list[When | None]:
    """Return for each trigger (start, end, type) of a sentence the date it takes, None when it takes none.

    ``carried`` is the date of the row, list item or date line that the sentence stands in.
    """
    if not offered and carried is None:
        return [None] * len(triggers)
    patterns = _patterns()
    used: dict[int, int] = {}
    spent: set[int] = set()
    named: dict[int, int] = {}
    befallen: set[int] = set()
    for position, when in enumerate(offered):
        stated = patterns["stated"].match(sentence, when.end)
        if stated is not None:
            spent.add(position)
            used[position] = next((n for n, (s, _, _) in enumerate(triggers) if when.end <= s < stated.end()), -1)
            continue
        if sentence.rfind("（", 0, when.start) > sentence.rfind("）", 0, when.start):
            aside = patterns["aside"].match(sentence, when.end)
            if aside is not None and when.how in ("in_sentence", "range"):
                used[position] = next((n for n, (s, _, _) in enumerate(triggers) if when.end <= s < aside.end()), -1)
                continue
        if when.how == "in_sentence" and patterns["occurred"].match(sentence, when.end):
            befallen.add(position)
        for number, (start, end, kind) in enumerate(triggers):
            if start < when.end:
                continue
            between = sentence[when.end : start]
            if len(between) <= 40 and "、" not in between and patterns["adnominal"].match(sentence[end : end + 20]):
                used[position] = number
            elif kind in SAID and patterns["letter"].match(between):
                used[position] = number
                spent.add(position)
            elif kind in SAID and patterns["named"].match(between):
                named[position] = number
            break
    out: list[When | None] = []
    for number, (start, end, _) in enumerate(triggers):
        choice: When | None = None
        for position in range(len(offered) - 1, -1, -1):
            when = offered[position]
            if when.end <= start and position in befallen and triggers[number][2] not in attack_side():
                break
            if when.end <= start and triggers[number][2] in attack_side() and named.get(position, number) != number:
                break  # 4月30日の掲示板への投稿にあったファイルが流出した: the day is that of the posting
            if when.end <= start and used.get(position, number) == number:
                choice = when
                break
            if when.end <= start and position in spent:
                break
        nearest = next((when for when in offered if when.start >= end), None)
        if nearest is not None:
            between = sentence[end : nearest.start]
            other = any(end <= s < nearest.start for s, _, _ in triggers)
            if patterns["bracket"].match(between):
                choice = replace(nearest, how="bracket")
            elif _said_of(sentence, between, nearest, other=other):
                choice = replace(nearest, how="relative")
            elif not other and _tied_behind(sentence, start, between, nearest):
                choice = replace(nearest, how="tied")
            elif choice is None and not other and patterns["went_on"].match(between):
                if patterns["done_by"].match(sentence, nearest.end):
                    choice = replace(nearest, how="tied")
            elif (
                not other
                and patterns["ongoing"].match(sentence[nearest.end : nearest.end + 10])
                and patterns["tie"].match(between)
            ):
                begin = _first(choice.edtf) if choice else (_first(carried.edtf) if carried else "..")
                if nearest.how == "range":
                    begin = _first(nearest.edtf)
                choice = replace(nearest, edtf=f"{begin}/{last(nearest.edtf)}", how="until")
            elif (
                not other
                and patterns["tie"].match(between)
                and (choice is None or choice.how == "carried")
                and not (triggers[number][2] in attack_side() and _established(triggers, number, nearest))
            ):
                if patterns["light"].search(sentence[nearest.end : nearest.end + 60]):
                    choice = replace(nearest, how="tied")
        if nearest is not None and triggers[number][2] in attack_side() and _denied_as_of_now(sentence, end, nearest):
            choice = replace(nearest, how="tied")
        if choice is not None and choice.how == "hour":
            # 14時から会見: a step of that day, 5時からつながりにくい: what may go on
            lasts = triggers[number][2] in attack_side()
            choice = (
                replace(choice, edtf=f"{choice.edtf}/..", how="from") if lasts else replace(choice, how="in_sentence")
            )
        if choice is not None and choice.how == "in_sentence" and "/" not in choice.edtf:
            # 1月31日に停止し、以後、通信は確認されていない: from that day on
            if patterns["onward"].search(sentence, choice.end, start) and not choice.edtf.startswith(("{", "[")):
                choice = replace(choice, edtf=f"{choice.edtf}/..", how="onward")
        if choice is not None and choice.how == "in_sentence":
            choice = _shared(sentence, triggers, offered, choice, start)
        if choice is None and carried is not None:
            choice = carried if not offered or all(when.start > end for when in offered) else None
        if choice is not None and number and used.get(_position(offered, choice)) is None:
            # a relative clause behind another happening (調査が完了した端末から…) keeps no date of the main clause
            if choice.how in ("in_sentence", "carried", "until", "from") and patterns["adnominal"].match(
                sentence[end : end + 20]
            ):
                # 15日に復旧し、流出した情報の…: nor does one that a comma sets off from what the time dates
                since = triggers[number - 1][1]
                apart = since > choice.end and "、" in sentence[since:start]
                if len(sentence[choice.end : start]) > 16 or choice.how == "carried" or apart:
                    choice = None
        if choice is not None and choice.how in ("in_sentence", "carried") and "/" not in choice.edtf:
            step_by_step = sentence.find("順次", choice.end if choice.how == "in_sentence" else 0, start)
            if triggers[number][2] in attack_side():
                step_by_step = -1  # 3時から5時に順次暗号化された: it was over then
            if step_by_step >= 0 and not choice.edtf.startswith(("{", "[")):
                choice = replace(choice, edtf=f"{choice.edtf}/..", how="from")
        if (
            choice is not None
            and re.match(r"(?:継続)?中(?!に)", sentence[end : end + 4])
            and choice.how != "document_date"
            and sentence[max(0, start - 1) : start] in "(（"
        ):
            choice = None
        out.append(choice)
    _same_day_before(sentence, triggers, offered, out)
    for number in range(len(out) - 2, -1, -1):
        behind, mine = out[number + 1], out[number]
        if behind is None or behind.how != "tied" or behind.start < triggers[number + 1][1]:
            continue
        if mine is None or mine.how == "carried":
            if patterns["joined"].fullmatch(sentence, triggers[number][1], triggers[number + 1][0]):
                out[number] = behind
    _said_of_topic(sentence, triggers, out)
    return _after_detection(sentence, triggers, _recalled(sentence, triggers, out))


def _said_of_topic(sentence: str, triggers: list[tuple[int, int, str]], out: list[When | None]) -> None:
    """Take from what follows a day that is said of a topic before it: 侵入は11月30日からであり、件数は…と確定した."""
    for number, (_, end, _) in enumerate(triggers):
        when = out[number]
        if when is None or when.how != "tied" or when.start < end or "は" not in sentence[end : when.start]:
            continue
        if _patterns()["said_of"].match(sentence, when.end):
            for later in range(number + 1, len(triggers)):
                told = out[later]
                if told is not None and told.timex == when.timex and triggers[later][0] > when.end:
                    out[later] = None


def _same_day_before(
    sentence: str, triggers: list[tuple[int, int, str]], offered: list[When], out: list[When | None]
) -> None:
    """Give the day that 同日 takes up to the steps before it: 調べて異常を確認したため、同日6時に遮断した."""
    if not offered or not sentence.startswith(("同日", "その日のうち"), offered[0].start):
        return
    when = offered[0]
    if not _patterns()["and_then"].search(sentence[max(0, when.start - 12) : when.start]):
        return
    for number, (_, end, kind) in enumerate(triggers):
        if end <= when.start and out[number] is None and kind not in attack_side():
            out[number] = replace(when, edtf=last(when.edtf), how="same_day")


def _said_of(sentence: str, between: str, nearest: When, *, other: bool) -> bool:
    """Whether a cleft names the day behind: 侵入があったのは2月12日; with a clause between them where the sentence ends on it."""
    patterns = _patterns()
    if not other and patterns["relative"].match(between):
        return True
    ends = patterns["copular"].match(sentence, nearest.end) and sentence[nearest.end : nearest.end + 1] != "、"
    return bool(ends and patterns["cleft"].match(between))


def _established(triggers: list[tuple[int, int, str]], number: int, nearest: When) -> bool:
    """Whether a finding or saying follows on the time behind (侵入を1月5日に検知): the day is that of the finding."""
    following = triggers[number + 1] if number + 1 < len(triggers) else None
    told = (SAID - {"investigation"}) | {"finding", "detection"}
    return following is not None and following[2] in told and 0 <= following[0] - nearest.end <= 12


def _tied_behind(sentence: str, start: int, between: str, nearest: When) -> bool:
    """Whether a particle ties the time behind to the trigger that starts at ``start``: 不正アクセスは2月10日に…, 公表は3月10日。"""
    patterns = _patterns()
    if not patterns["direct_tie"].match(between):
        return False
    if patterns["begun"].match(sentence, nearest.end) or patterns["direct_light"].match(
        sentence[nearest.end : nearest.end + 20]
    ):
        return True
    predicate = re.fullmatch("[はが]、?", between) and patterns["copular"].match(sentence, nearest.end)
    subject = patterns["subject"].search(sentence[max(0, start - 1) : start])
    return bool(predicate and subject and nearest.how in ("in_sentence", "range"))


def _denied_as_of_now(sentence: str, end: int, when: When) -> bool:
    """Whether a date behind a trigger says as of when it is denied (悪用された事実は、本日現在、確認されておりません)."""
    return (
        sentence[when.start : when.end].endswith(("現在", "本日"))
        and _patterns()["denied"].match(sentence[end : when.start]) is not None
        and _patterns()["as_of_now"].match(sentence[when.end : when.end + 20]) is not None
    )


def _shared(sentence: str, triggers: list[tuple[int, int, str]], offered: list[When], choice: When, start: int) -> When:
    """Join the date with the one before it where both have an object of their own and one predicate closes them."""
    place = _position(offered, choice)
    if place < 1 or len(choice.edtf) != 10:
        return choice
    patterns, before = _patterns(), offered[place - 1]
    between = sentence[before.end : choice.start]
    apart = any(before.end <= s < choice.start for s, _, _ in triggers) or before.edtf == choice.edtf
    if apart or len(before.edtf) != 10 or not patterns["parallel"].fullmatch(between):
        return choice
    if not patterns["parallel_last"].match(sentence[choice.end : start]):
        return choice
    return replace(choice, edtf="{" + f"{before.edtf},{choice.edtf}" + "}", how="set")


def _recalled(sentence: str, triggers: list[tuple[int, int, str]], dates: list[When | None]) -> list[When | None]:
    """What an earlier notice told of (5月2日に公表しましたとおり、…; 5月2日に公表した漏えい) did not happen on its day."""
    patterns = _patterns()
    for number, (start, _, _) in enumerate(triggers):
        told = dates[number]
        if told is None or told.how not in ("in_sentence", "set"):
            continue
        said = patterns["notice"].match(sentence, told.end) or patterns["announced"].match(sentence, told.end)
        if said is not None and said.end() <= start:
            dates[number] = None
    return dates


def _position(offered: list[When], choice: When) -> int:
    return next((i for i, when in enumerate(offered) if when.start == choice.start and when.timex == choice.timex), -1)


def _after_detection(
    sentence: str, triggers: list[tuple[int, int, str]], dates: list[When | None]
) -> list[When | None]:
    """What was found by a later examination, or after てから, lies on or after the day of the first notice."""
    patterns = _patterns()
    for number, (_, end, kind) in enumerate(triggers):
        when = dates[number]
        if kind != "detection" or when is None or "/" in when.edtf or when.edtf.startswith(("{", "[")):
            continue
        since = re.match(r"(?:し|され)?てから|(?:し|され)?た(?:後|のち)|を受けて", sentence[end : end + 8])
        searched = patterns["found_that"].search(sentence, end)
        for later in range(number + 1, len(triggers)):
            other = dates[later]
            if other is None or other.timex != when.timex:
                continue
            if since or (
                searched is not None
                and triggers[later][1] <= len(sentence)
                and _starts_search(sentence, end, triggers[later][0], searched)
            ):
                dates[later] = replace(other, edtf=f"{when.edtf}/..", how="after_detection")
    return dates


def _starts_search(sentence: str, end: int, start: int, searched: re.Match[str]) -> bool:
    return start >= searched.start() - 6 and start > end


def carried_on(when: When) -> When:
    """Return the date as it holds for the next sentence of the same row or item."""
    return replace(when, how="carried")
