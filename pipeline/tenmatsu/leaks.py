"""The data that a leak claim is about, as short phrases of the document: 個人情報, 取引先の関連情報.

A claim names its data before the trigger (個人情報が流出), behind it (流出した情報は…), or as the topic of its sentence
(…は含まれておらず、流出していない). Lists are cut into their members; the columns of one record (氏名、住所、電話番号)
stay one phrase, and an umbrella word behind its examples (…等のIT関連情報) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tenmatsu.cues import grouped
from tenmatsu.quantities.kinds import attributes, data_kinds

_MOST_TOPICS = 6  # topics of a sentence that are tried; no sentence that people read has more
_REACH = 400  # code points that a list of data may run over; keeps the work linear in a text without full stops
_TAIL = 60  # code points at the end of a list that show whether it is one of data


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    close = r"[」』）)]?"
    cues = grouped("leak-cues")
    count = r"(?:約|最大で?|計|およそ|合計|延べ|[ 　])*[0-9０-９][0-9０-９,，.．万千億 　]*(?:件|人分|名分|人|名|台|枚|通|点|冊|アカウント|GB|TB)(?:分|以上|超|余り)?"
    return {
        "generic": cues["generic"],
        "not_data": cues["not_data"],
        "when": cues["when"],
        "undenied": cues["undenied"],
        "holder": cues["holder"],
        "denial": re.compile(
            rf"(?P<topic>は|も|が|について(?:は)?)、?(?P<place>[^、。がはも]{{0,24}}?)(?P<said>{cues['denial'].pattern})"
        ),
        # what was never there cannot have got out: カード番号は保有しておりません, 口座情報の記載はありません
        "unheld": re.compile(
            rf"(?P<topic>は|も|について(?:は)?|を)、?(?P<place>(?:[^、。がはもを]|(?<=[でに])は){{0,24}}?)(?:{cues['unheld'].pattern})"
            r"|(?P<noted>の(?:記載|記録|登録)(?:は|も)?)、?(?:一切)?(?:ござい|あり)ません"
        ),
        "held": re.compile(r"(?P<topic>は|が|も)、?[^、。がはも]{0,20}?(?:含ま|含ん|入って|収め|記載|あ(?:り|る|っ))"),
        "within": re.compile(r"[^、。はが]{1,20}?(?:の中|のうち)?に(?:は|も)?、?"),
        "gloss": re.compile(rf"(?:[（(][^（()）]*[)）]|{count})$"),
        "count": re.compile(rf"{count}(?:[（(][^（()）]*[)）])?$"),
        # what a year of the books, a span of time or a clause of the doer puts before the data is no part of them
        "ahead": re.compile(
            r"^(?:(?:令和|平成)?[ 　]?[0-9０-９元]{1,4}[ 　]?年度分?の?(?=[^ぁ-ん])"
            r"|[^。「」]{0,80}?(?:にかけて|(?:し|っ|い|ん)[てで](?=[^ぁ-ん])|悪用して))(?P<rest>[^、。].+)$"
        ),
        # a case particle that a noun of data follows at once belongs to the predicate, not to the noun
        "case": re.compile(r"(?<=[^0-9０-９])(?:に|へ|で|から|より|を|が)(?![のはも、])(?=[^ぁ-んに]|お|ご)"),
        "plain": re.compile(r"(?:[^ぁ-ん]|の高い|の|な|や|と|お|ご|など|および|及び|または|ら|に関する|に係る)+$"),
        # ends like a noun of data, with what may stand behind it
        "data": re.compile(rf"(?:{cues['noun'].pattern}){close}(?:など|等|の一部|全て|すべて)?{close}$"),
        "adverb": re.compile(rf"(?:[^、。がはをもにの]{{1,16}}から)?(?:{cues['adverb'].pattern})$"),
        "particle": re.compile(r"(?:に(?:ついて|つきまして)(?:は|も)?|に関して(?:は|も)?|が|は|を|も|の)、?$"),
        # a comma behind a predicate or a case particle begins a new clause; behind a noun it only divides a list
        "clause": re.compile(
            r"。|(?:(?<!写)し|され|せ|て|で|り|おり|おらず|ず|なく|が|ため|ところ|(?<!診断の)(?<!検査の)(?<!検診の)(?<!健診の)結果|た後|際|たこと|により|によって|には|では|とは|から|ほか|一方|また|なお|おいて|ば|と|に|は|も|を|果たし)、|(?:こと|旨|として)(?:は|が|を|も)(?!、)|^[^、。]{0,8}(?:現時点で(?:は)?|これまで(?:に|のところ)?|なお|また|一方)、?"
            r"|(?:件|名|人|分|[)）])[ 　]*\n|\n[ 　]*(?=[・●■※○])"
        ),
        "topic": re.compile(r"(?:(?:について|につきまして|に関して|に関しまして)?(?:は|も)|が)(?:、|(?=[^、。]))"),
        "split": re.compile(
            r"、|や(?!り)|および|及び|または|又は|ならびに|並びに|かつ|・(?!パスワード)|と(?!の|いっ|し|なる|なっ|みら|見ら|は)"
        ),
        "umbrella": re.compile(
            r"(?:(?P<keep>など|等)の?(?=[^、]{0,24}(?:情報|データ|資料|ファイル)$)の?|といった|を含む|をはじめとする)(?P<rest>[^、（()）]{1,28})$"
        ),
        # a clause of handling (公表した, 購入された) says nothing of the data; one of designation (指定した, 係る) names it
        "relative": re.compile(
            r"^.*(?<!指定)(?<!定め)(?<!分類)(?<!含ま)(?<!該当)(?<!に関)(?<!預託)(?<!ハッシュ化)(?<!暗号化)(?:られた|された|した|していた|されていた|いただいた|用いた|いる|した|った|んだ)(?=[^、]+$)"
        ),
        # a verb at the head of the rest wants what stands before it: 社内で|使う資料
        "orphan": re.compile(r"[^ぁ-ん、「（(]{1,3}[ぁ-ん]{0,3}(?:た|る|う|く|ぐ|す|つ|む|ぶ|だ)(?=[^ぁ-ん])"),
        # what leads up to the data and is no part of its name: 不正アクセスによる, 同社のシステムから, 当社は
        "leading": re.compile(
            r"^(?:(?:なく|でなく|ではなく|あるため|も)(?=[^ぁ-ん]|他の|お|ご)|.*(?:に含まれる|に含まれていた|による|によって|により|に伴う|における|において|のうち|から(?!の|[^、]{0,14}まで)|(?<!、)では|には|(?:範囲|場所|サーバー?|システム|端末)に|ところ|は|(?<=[^ま])で(?!定め|指定|管理|保管|保有|利用|使用|取得|き|の)|とみられる)、?"
            r"|(?:あるいは|または|また|なお|さらに|そして|うち)、?|.*(?:障害|攻撃|被害|アクセス|停止)(?:及び|および|と|や|、)|.*(?<![0-9０-９])[ 　](?=[^0-9A-Za-z]{2}))(?P<rest>.{2,})$"
        ),
        "adnominal": re.compile(
            r"^(?:(?:し|さ|せら|せ|れ|ら|え|い|っ)?(?:れ|られ)?(?:た|ていた|ている|する|る)?)"
            r"(?:こと(?:が|を)(?:確認|判明)(?:され|し)た|の?(?:可能性|おそれ|恐れ|疑い|懸念)(?:の|が)(?:ある|あった|高い)|(?:可能性|おそれ|恐れ)を否定できない|が(?:確認され|判明し|認められ)た|と(?:考えられ|み|見)(?:られ)?る)?(?:主な|一部の|全ての|すべての|各)?"
        ),
        "cleft": re.compile(
            r"^(?:(?:し|さ|せ)?(?:れ|られ)?(?:た|ていた)(?:と(?:み|考え)られる|(?:可能性|おそれ|恐れ|疑い)(?:が|の)ある|ことが(?:確認され|判明し)た)?"
            r"|の(?:可能性|おそれ|恐れ|疑い)(?:が|の)ある)の(?:は|が)、?(?=[^、。])"
        ),
        "head": re.compile(r"(?P<head>[^、。は]{1,30}?)(?:として(?:は|、)?|とは|について(?:は)?|は|：|:|[ 　]+|$)、?"),
        "stop": re.compile(
            r"(?:が(?:ある|あ|含|挙|判明)|を含|です|でした|である|であ|で(?=、|$|。)|だ(?:っ|と|。|$)|の(?:[0-9０-９一二三四五六七八九]+)?(?:種|項目|件|点|通り)|となり|とな|。|$|ほとんど|は以下|については)"
        ),
    }


def phrases(sentence_text: str, offset: int, trigger_start: int, trigger_end: int) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the data that a leak trigger in a sentence is said of, in order.

    ``offset`` is where ``sentence_text`` begins in the document; the trigger's and the returned spans are half-open
    code points of the document, and ``text`` is the slice of it. Empty when the sentence names no data.
    """
    begin, stop = trigger_start - offset, trigger_end - offset
    if not 0 <= begin <= stop <= len(sentence_text):
        return []
    found = _before(sentence_text, begin) or _behind(sentence_text, stop) or _topic(sentence_text, begin)
    return [(offset + a, offset + b, sentence_text[a:b]) for a, b in found]


def generic(phrase: str) -> bool:
    """Say whether a phrase names no data in particular: 情報, 一部のデータ, nothing at all."""
    return not phrase or _patterns()["generic"].match(phrase) is not None


def denials(sentence_text: str, offset: int) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the data that a sentence says was not in what got out (…は含まれていない).

    Offsets as for ``phrases``. Questions, conditions and what cannot be excluded deny nothing.
    """
    patterns = _patterns()
    found: list[tuple[int, int]] = []
    for hit in patterns["denial"].finditer(sentence_text):
        if patterns["undenied"].match(sentence_text, hit.end(), hit.end() + 40):
            continue
        found += _members(sentence_text, hit.start("topic"), _inside(sentence_text, hit.start("topic")))
    return [(offset + a, offset + b, sentence_text[a:b]) for a, b in dict.fromkeys(found)]


def unheld(sentence_text: str, offset: int) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the data that a sentence says the victim does not hold (…はお預かりしておりません).

    Offsets as for ``phrases``. Records that were not kept (ログを保存しておらず) leave a question open and deny nothing.
    """
    patterns = _patterns()
    found: list[tuple[int, int]] = []
    for hit in patterns["unheld"].finditer(sentence_text):
        if patterns["undenied"].match(sentence_text, hit.end(), hit.end() + 40):
            continue
        at = hit.start("topic") if hit["topic"] else hit.start("noted")
        found += _members(sentence_text, at, _inside(sentence_text, at))
    kept_out = grouped("leak-cues")["unheld_not"]
    return [
        (offset + a, offset + b, sentence_text[a:b])
        for a, b in dict.fromkeys(found)
        if not kept_out.search(sentence_text[a:b])
    ]


def listed(line_text: str, offset: int) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the data that a line of a list names: the whole line is one noun phrase of data.

    A label before it (項目：), a count behind it and cells that say whose data they are stay out of the phrase; bullets
    within the line (・氏名　・住所) are commas of its text.
    """
    patterns = _patterns()
    body = line_text.rstrip(" 　\r")
    label = grouped("leak-cues")["label"].match(body)
    at = label.end() if label and label.end() < len(body) else 0
    if not 2 <= len(body) - at <= 160 or "。" in body[:-1] or patterns["not_data"].search(body):
        return []
    count = re.search(
        r"[ 　]*(?:(?:件数|人数|対象者?|期間)[：:].*|[：:][ 　]*(?:約|およそ|合計|計|最大|のべ|延べ)?[ 　]*[0-9０-９][^：:、]{0,12})$",
        body,
    )
    start, end = at, count.start() if count and count.start() > at else len(body.rstrip("。"))
    cells = list(re.finditer(r"[^\t　]+(?:　(?=・)[^\t　]+)*", body[at:end]))
    named = [hit for hit in cells if _is_data(hit[0]) or _record(hit[0])]
    if not named:
        return []
    if any(_record(hit[0]) for hit in named):
        named = [hit for hit in named if _record(hit[0])]
    start, end = at + named[0].start(), at + named[-1].end()
    inline = re.sub(r"[ 　]+・", "、", body[start:end]).strip("・ 　")
    if inline != body[start:end].strip("・ 　"):
        return [(offset + start, offset + end, inline)]
    return [
        (offset + a, offset + b, body[a:b])
        for a, b in _trimmed(body, start, end)
        if not patterns["generic"].match(body[a:b])
    ]


def stated(sentence_text: str, offset: int) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the data that a sentence is nothing but the naming of: 氏名、住所、電話番号です。

    Below a heading of leaked data such a sentence is a line of its list. Offsets as for ``phrases``.
    """
    said = grouped("leak-cues")["said_of"].search(sentence_text)
    if said is None or not _record(sentence_text[: said.start()]):
        return []
    return listed(sentence_text[: said.start()], offset)


def _record(piece: str) -> bool:
    """Whether a piece lists columns of a record, whatever the last one is: 氏名、住所、保険料段階."""
    columns = attributes()
    parts = re.split(r"[、・/／]|及び|および|[ 　]・", _bare(piece))
    known = 0
    for part in parts:
        kinds = data_kinds(part, 0, len(part))
        known += bool(kinds) and kinds[-1][0] in columns and kinds[-1][1][1] >= len(part) - 2
    return known >= 2 and not re.search(r"(?:する|した|して|です|ます|ません|ください)", piece)


def column(phrase: str) -> bool:
    """Say whether a phrase is nothing but one column of a record: 氏名, ご住所."""
    kinds = data_kinds(phrase, 0, len(phrase))
    return len(kinds) == 1 and kinds[0][0] in attributes() and kinds[0][1][0] <= 2 and kinds[0][1][1] >= len(phrase) - 2


def columns(phrase: str) -> bool:
    """Say whether a phrase begins with a column of a record, and so names nobody whose it is: 氏名、住所."""
    return column(re.split("、|及び|および|や|・", phrase)[0])


def contents(sentence_text: str, offset: int) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the data that a sentence says were in what it is about (名簿には、氏名が記載されていた).

    One phrase a list, as in the sentence; empty where nothing is said to be held, or that it was not.
    """
    cues = grouped("leak-cues")
    for holder in cues["contents"].finditer(sentence_text):
        held = cues["held"].search(sentence_text, holder.end(), holder.end() + _REACH)
        if held is None or "。" in sentence_text[holder.end() : held.start()]:
            continue
        found = _members(sentence_text, held.start(), holder.end())
        if found:
            start, end = found[0][0], found[-1][1]
            return [(offset + start, offset + end, sentence_text[start:end])]
    for held in cues["held"].finditer(sentence_text):
        # without a word for what held it only a list of columns tells that data are meant: 氏名、住所が含まれていた
        found = [one for one in _members(sentence_text, held.start()) if _record(sentence_text[one[0] : one[1]])]
        if found:
            return [(offset + start, offset + end, sentence_text[start:end]) for start, end in found]
    return []


def verdict(cells: Sequence[tuple[int, int]], text: str) -> tuple[str, list[tuple[int, int, str]]] | None:
    """Return what a row of a table says of its data (流出を確認, 漏えいのおそれ, なし) and the data; None where it says nothing.

    ``cells`` are half-open code points of ``text``.
    """
    cues = grouped("leak-cues")
    for start, end in cells:
        said = text[start:end].strip(" 　")
        for kind, group in (
            ("negated", "verdict_none"),
            ("possible", "verdict_possible"),
            ("asserted", "verdict_asserted"),
        ):
            if cues[group].match(said):
                data = [one for a, b in cells if (a, b) != (start, end) for one in listed(text[a:b], a)]
                return (kind, data) if data else None
    return None


def as_denied(text: str, found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return denied data as a text words them: two bare kinds that a conjunction joins are one phrase, a list in commas several.

    口座番号やマイナンバー is one, 口座番号、暗証番号 are two; 氏名、住所及び電話番号 is one.
    """
    pieces: list[tuple[int, int]] = []
    for start, end, phrase in found:
        # columns of a record of somebody's are one phrase; numbers that each open a door of their own are several
        if _JOIN.search(phrase) or "の" in phrase.split("、")[0] or not _keys(phrase):
            pieces.append((start, end))
            continue
        at = start
        for cut in re.finditer("、", phrase):
            if phrase.count("（", 0, cut.start()) == phrase.count("）", 0, cut.start()):
                pieces.append((at, start + cut.start()))
                at = start + cut.end()
        pieces.append((at, end))
    out: list[list[tuple[int, int]]] = []
    for piece in pieces:
        if out and _GAP.fullmatch(text, out[-1][-1][1], piece[0]):
            out[-1].append(piece)
        else:
            out.append([piece])
    spans: list[tuple[int, int]] = []
    for run in out:
        joined = _JOIN.search(text, run[0][0], run[-1][1]) is not None
        if joined and not any(_WEIGHTY.search(text, a, b) for a, b in run):
            spans.append((run[0][0], run[-1][1]))
        else:
            spans += run
    return [(a, b, text[a:b]) for a, b in spans]


def _keys(phrase: str) -> bool:
    return any(
        kind in ("card_part", "bank_part", "login", "my_number") for kind, _ in data_kinds(phrase, 0, len(phrase))
    )


_WEIGHTY = re.compile("重要|機密|の高い|機微")
_JOIN = re.compile("および|及び|や(?!り)|または|又は|ならびに|並びに")
_GAP = re.compile("(?:など|等)?(?:、|および|及び|や|または|又は|ならびに|並びに)")


def _inside(sentence: str, end: int) -> int:
    """The place behind the thing that something is said to be in (流出した情報に|カード番号は), 0 without one."""
    floor = max(0, end - _REACH)
    for hit in _patterns()["holder"].finditer(sentence, floor, end):
        if (
            hit.end() < end
            and _is_data(sentence[hit.end() : end])
            and _patterns()["plain"].fullmatch(sentence, hit.end(), end)
        ):
            floor = hit.end()
    return floor


def _before(sentence: str, end: int) -> list[tuple[int, int]]:
    """The noun phrase right before the trigger, adverbials passed over: 個人情報が外部に|流出."""
    patterns = _patterns()
    at = end
    for _ in range(3):
        left = sentence[max(0, at - 40) : at]
        hit = patterns["adverb"].search(left)
        if hit and hit.start() < hit.end():
            at -= len(left) - hit.start()
        hit = patterns["particle"].search(sentence[max(0, at - 8) : at])
        if hit:
            at -= hit.end() - hit.start()
            break
        if sentence[at - 1 : at] == "、":
            at -= 1
    return _members(sentence, at)


def _behind(sentence: str, at: int) -> list[tuple[int, int]]:
    """流出した主な情報は、X、Y等のZである; 流出した可能性のある企業機密は."""
    patterns = _patterns()
    tail = re.sub(r"[（(][^（()）]*[)）]", lambda gloss: "○" * len(gloss[0]), sentence[at : at + _REACH])
    lead = patterns["adnominal"].match(sentence[at : at + 60])
    if lead is None:
        return []
    start = at + lead.end()
    held = patterns["within"].match(sentence, start)
    if held and patterns["holder"].search(held[0]):
        verdict = patterns["held"].search(sentence, held.end(), min(len(sentence), held.end() + _REACH))
        if verdict is None or patterns["denial"].match(sentence, verdict.start()):
            return []
        return _members(sentence, verdict.start(), held.end())
    cleft = patterns["cleft"].match(sentence[at : at + 20])
    if cleft:
        start = at + cleft.end()
        stop = patterns["stop"].search(tail, start - at)
        return _members(sentence, at + stop.start(), start) if stop else []
    head = patterns["head"].match(sentence, start, min(len(sentence), start + 40))
    if head is None:
        return []
    name = head["head"]
    if not patterns["data"].search(name):
        return []
    if "が" in name and patterns["data"].search(name[: name.index("が")]):
        # 漏えいした情報が悪用されたとの報告は: what got out is the subject of a clause of its own
        return _members(sentence, start + name.index("が"), start)
    if not patterns["generic"].match(name) and "ファイル" not in name:
        return _members(sentence, head.end("head"), start)
    stop = patterns["stop"].search(tail, head.end() - at)
    return _members(sentence, at + stop.start(), head.end()) if stop else []


def _topic(sentence: str, end: int) -> list[tuple[int, int]]:
    """…の重要な情報は、アクセス可能な範囲に含まれておらず、|流出 — the topic stands further ahead."""
    hits = list(_patterns()["topic"].finditer(sentence, max(0, end - _REACH), end))
    # the last topic in は or も; where none is data, the first subject in が
    marked = [hit for hit in reversed(hits) if "が" not in hit[0]]
    subjects = [hit for hit in hits if "が" in hit[0]]
    for hit in (*marked[:_MOST_TOPICS], *subjects[:_MOST_TOPICS]):
        members = _members(sentence, hit.start())
        if members:
            return members
    return []


def _members(sentence: str, end: int, floor: int = 0) -> list[tuple[int, int]]:
    """The members of the list of data nouns that ends at ``end``, each cut to its phrase; [] when it is no data."""
    patterns = _patterns()
    start = floor = max(floor, end - _REACH)
    if not _is_data(sentence[max(floor, end - _TAIL) : end]):
        return []
    for hit in patterns["clause"].finditer(sentence, floor, end):
        if hit.end() < end:
            start = hit.end()
    start = max(start, _unmatched(sentence, start, end))
    pieces: list[tuple[int, int]] = []
    at = start
    depth, seen = 0, start
    for cut in patterns["split"].finditer(sentence, start, end):
        depth += sum((mark in "「（(") - (mark in "」）)") for mark in sentence[seen : cut.start()])
        seen = cut.start()
        inside = depth > 0
        if not inside and cut.end() < end and _is_data(sentence[at : cut.start()]):
            if cut[0] in ("と", "・", "や") and not _is_data(sentence[cut.end() : end]):
                continue
            pieces.append((at, cut.start()))
            at = cut.end()
        elif cut[0] == "、" and not inside:
            pieces, at = [], cut.end()
    pieces.append((at, end))
    if not _is_data(sentence[pieces[-1][0] : end]):
        return []
    trimmed: list[tuple[int, int]] = []
    if len(pieces) > 1:
        # 等 of a list stands for more members, it is no part of the last one
        last, closing = pieces[-1]
        umbrella = patterns["umbrella"].search(sentence[last:closing])
        if umbrella and umbrella["keep"] and _is_data(sentence[last : last + umbrella.start()]):
            pieces[-1] = (last, last + umbrella.start())
    for a, b in pieces:
        for one in _trimmed(sentence, a, b):
            if "\n" in sentence[a : one[0]].strip():
                trimmed.clear()  # what stands on the line above is another item
            if one[0] < one[1] and not patterns["generic"].match(sentence[one[0] : one[1]]):
                trimmed.append(one)
    return _as_records(sentence, [t for t in trimmed if not patterns["not_data"].search(sentence[t[0] : t[1]])])


def _bare(piece: str) -> str:
    """The piece without a closing gloss or count: カード情報（2,318件）, ファイル250件."""
    piece = piece.strip(" 　\n")
    for _ in range(2):
        piece = _patterns()["gloss"].sub("", piece)
    return piece


def _is_data(piece: str) -> bool:
    piece = _bare(piece)
    if len(piece) < 2:
        return False
    if _patterns()["data"].search(piece):
        return True
    known = data_kinds(piece, max(0, len(piece) - 16), len(piece))
    return bool(known) and known[-1][1][1] >= len(piece.removesuffix("など").removesuffix("等"))


def _trimmed(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut leading clauses and umbrella words: 防衛省が指定した秘密等 stays, 本サイトで購入されたお客様のX gives X."""
    patterns = _patterns()
    umbrella = patterns["umbrella"].search(sentence[start:end])
    if umbrella and umbrella.start() > 1 and _is_data(sentence[start : start + umbrella.start()]):
        keep = umbrella.end("keep") if umbrella["keep"] else umbrella.start()
        end = start + keep
    while start < end and sentence[start] in " 　・-*※「『（(" and not _closed(sentence[start:end]):
        start += 1
    while start < end and sentence[end - 1] in " 　":
        end -= 1
    piece = sentence[start:end]
    for broken in re.finditer(r"\n[ 　]*", piece):
        # a line that names data and ends is another item; a short one was not wrapped
        line = sentence[sentence.rfind("\n", 0, start + broken.start()) + 1 : start + broken.start()]
        if len(line) <= 15 or (_is_data(piece[: broken.start()]) and _is_data(piece[broken.end() :])):
            if len(piece) - broken.end() >= 2:
                return _trimmed(sentence, start + broken.end(), end)
    outline = re.match(r"[0-9０-９]{1,2}[.．、)）]?[ 　]+(?=[^0-9０-９])|(?:影響|被害|対象|範囲)[：:][ 　]*", piece)
    if outline:
        start, piece = start + outline.end(), piece[outline.end() :]
    tag = re.match(r"[【〔\[][^】〕\]]{1,20}[】〕\]]", piece) or re.match("[【〔]", piece)
    if tag:
        start, piece = start + tag.end(), piece[tag.end() :]
    gloss = re.search(r"[（(][^（()）]*[0-9０-９][^（()）]*[)）]$", piece)
    if gloss and _is_data(piece[: gloss.start()]):
        end, piece = start + gloss.start(), piece[: gloss.start()]
    for _ in range(2):
        lead = patterns["leading"].match(piece)
        if lead and _is_data(lead["rest"]) and not _opens(lead["rest"]) and not patterns["orphan"].match(lead["rest"]):
            start, piece = start + lead.start("rest"), lead["rest"]
    for _ in range(2):
        ahead = patterns["ahead"].match(piece)
        if ahead and _is_data(ahead["rest"]) and not _opens(ahead["rest"]):
            start, piece = start + ahead.start("rest"), ahead["rest"]
    known = data_kinds(sentence, start, end)
    relative = patterns["relative"].match(piece)
    if relative and known and known[-1][1][1] >= end - 2 and not _opens(piece[relative.end() :]):
        start += relative.end()
    start, end = _noun_phrase(sentence, start, end)
    while start < end and sentence[start] in " 　【〔":
        start += 1
    return [(start, end)] if end - start >= 2 else []


def _noun_phrase(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Cut what belongs to the predicate (同日夜に, 社内で) and a count behind: the rest is data and whose it is."""
    patterns = _patterns()
    lead = patterns["when"].match(sentence[start:end])
    if lead and lead.end() < end - start:
        start += lead.end()
    count = patterns["count"].search(sentence[start:end])
    if count and count.start() > 1:
        end = start + count.start()
    for hit in reversed(list(patterns["case"].finditer(sentence, start, end))):
        rest = sentence[hit.end() : end]
        if not _opens(rest) and patterns["plain"].fullmatch(rest) and _is_data(rest):
            return hit.end(), end
    return start, end


def _opens(piece: str) -> bool:
    """Whether a cut at this place went through a bracket."""
    return any(piece.count(right) > piece.count(left) for left, right in ("（）", "()", "「」", "『』", "【】"))


def _closed(piece: str) -> bool:
    return (
        (piece[0] == "「" and "」" in piece)
        or (piece[0] == "『" and "』" in piece)
        or (piece[0] in "（(" and piece[-1] in "）)")
    )


def _unmatched(sentence: str, start: int, end: int) -> int:
    """The place behind the last bracket of ``sentence[start:end]`` that is opened and not closed."""
    stack: list[int] = []
    for at in range(start, end):
        if sentence[at] in "（(「『":
            stack.append(at + 1)
        elif sentence[at] in "）)」』" and stack:
            stack.pop()
    return stack[-1] if stack else start


def _as_records(sentence: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join neighbours that are columns of one record: 氏名、住所、電話番号, and what closes such a list (、契約内容)."""
    out: list[tuple[int, int]] = []
    columns = attributes()
    run = 0
    for start, end in pieces:
        known = data_kinds(sentence, start, end)
        column = bool(known) and known[-1][0] in columns and known[-1][1][1] >= end - 2
        closes = run >= 2 and end - start <= 12 and not _THING.search(sentence, start, end)
        if out and start - out[-1][1] <= 3 and ((column and run) or closes):
            out[-1] = (out[-1][0], end)
            run += 1
        else:
            out.append((start, end))
            run = int(column)
    return out


_THING = re.compile("本文|情報|データ|ファイル|図面|資料|機密|文書|コード|メール$|名簿|ログ")
