"""The data that a leak claim is about, as short phrases of the document: 個人情報, 取引先の関連情報.

A claim names its data before the trigger (個人情報が流出), behind it (流出した情報は…), or as the topic of its sentence
(…は含まれておらず、流出していない). Lists are cut into their members; the columns of one record (氏名、住所、電話番号)
stay one phrase, and an umbrella word behind its examples (…等のIT関連情報) is left out.
"""

from __future__ import annotations

import re
from functools import cache

from tenmatsu.cues import grouped
from tenmatsu.quantities.kinds import attributes, data_kinds

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
        "held": re.compile(r"(?P<topic>は|が|も)、?[^、。がはも]{0,20}?(?:含ま|含ん|入って|収め|記載|あ(?:り|る|っ))"),
        "within": re.compile(r"[^、。はが]{1,20}?(?:の中|のうち)?に(?:は|も)?、?"),
        "gloss": re.compile(rf"(?:[（(][^（()）]*[)）]|[ 　]?{count})$"),
        "count": re.compile(rf"[ 　]*{count}(?:[（(][^（()）]*[)）])?$"),
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
            r"。|(?:し|され|せ|て|で|り|おり|おらず|ず|なく|が|ため|ところ|結果|た後|際|たこと|により|によって|には|では|とは|から|ほか|一方|また|なお|おいて|ば|と|に|は|も|を|果たし)、|(?:こと|旨|として)(?:は|が|を|も)(?!、)|^[^、。]{0,8}(?:現時点で(?:は)?|これまで(?:に|のところ)?|なお|また|一方)、?"
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
            r"^.*(?<!指定)(?<!定め)(?<!分類)(?<!含ま)(?<!該当)(?<!に関)(?<!預託)(?:られた|された|した|していた|されていた|いただいた|いる|した|った|んだ)(?=[^、]+$)"
        ),
        # a verb at the head of the rest wants what stands before it: 社内で|使う資料
        "orphan": re.compile(r"[^ぁ-ん、「（(]{1,3}[ぁ-ん]{0,3}(?:た|る|う|く|ぐ|す|つ|む|ぶ|だ)(?=[^ぁ-ん])"),
        # what leads up to the data and is no part of its name: 不正アクセスによる, 同社のシステムから, 当社は
        "leading": re.compile(
            r"^(?:.*(?:による|によって|により|に伴う|における|において|のうち|から(?!の|[^、]{0,14}まで)|(?<!、)では|には|(?:範囲|場所|サーバー?|システム|端末)に|ところ|は|(?<=[^ま])で(?!定め|指定|管理|保管|保有|利用|使用|取得|き|の)|とみられる)、?"
            r"|(?:あるいは|または|また|なお|さらに|そして|うち)、?|.*(?:障害|攻撃|被害|アクセス|停止)(?:及び|および|と|や|、)|.*(?<![0-9０-９])[ 　](?=[^0-9A-Za-z]{2}))(?P<rest>.{2,})$"
        ),
        "adnominal": re.compile(
            r"^(?:(?:し|さ|せら|せ|れ|ら|え|い|っ)?(?:れ|られ)?(?:た|ていた|ている|する|る)?)"
            r"(?:こと(?:が|を)(?:確認|判明)(?:され|し)た|の?(?:可能性|おそれ|恐れ|疑い|懸念)(?:の|が)(?:ある|あった|高い)|(?:可能性|おそれ|恐れ)を否定できない|が(?:確認され|判明し|認められ)た|と(?:考えられ|み|見)(?:られ)?る)?(?:主な|一部の|全ての|すべての|各)?"
        ),
        "cleft": re.compile(
            r"^(?:し|さ|せ)?(?:れ|られ)?(?:た|ていた)(?:可能性(?:が|の)ある)?の(?:は|が)、?(?=[^、。])"
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


def listed(line_text: str, offset: int) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the data that a line of a list names: the whole line is one noun phrase of data."""
    body = line_text.rstrip(" 　\r")
    if len(body) < 2 or len(body) > 120 or "。" in body or _patterns()["not_data"].search(body) or not _is_data(body):
        return []
    return [(offset + a, offset + b, body[a:b]) for a, b in _members(body, len(body))]


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
    for hit in (*marked, *(hit for hit in hits if "が" in hit[0])):
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
    """Join neighbours that are columns of one record: 氏名、住所、電話番号."""
    out: list[tuple[int, int]] = []
    columns = attributes()
    was = False
    for start, end in pieces:
        known = data_kinds(sentence, start, end)
        column = bool(known) and known[-1][0] in columns and known[-1][1][1] >= end - 2
        if column and was and out and start - out[-1][1] <= 3:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
        was = column
    return out
