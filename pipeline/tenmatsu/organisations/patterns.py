"""How the names of organisations are built: ``models/organisation-patterns.jsonl`` and the search for them.

A name is found from its tell-tale part (株式会社, 大学, 県警, Co., Ltd.): all of these literals are looked for
at once, then the name is read outwards from the hit, character by character, within a bounded window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import msgspec

from tenmatsu.knowledge import load
from tenmatsu.organisations import edges
from tenmatsu.screen import Screen

LONGEST = 40
_NEAR = 16  # how far a rule's ``before`` looks back


class PatternRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of building a name. ``how`` says what the literals are:

    suffix (the name stands before), prefix (after), form (a corporate form, either side), latin (Inc., Ltd.),
    letter (the literal is the whole name: A社), use (no literal: ``before`` and ``after``, regexes, betray the name), ordinary (``literals`` are names that are common words as well;
    nothing is searched),
    kana (words in hiragana that names begin with and the tokeniser takes apart: みなと, とちぎ),
    tail (words that end names of companies and are no name alone),
    strip (words that stand before a name without being part of it), cut (words that end a name).
    ``stem`` is a regex that the rest of the name must match in full, ``not_stem`` one that it must not,
    ``after`` one that must match where the name ends, ``not_after`` one that must not; ``before`` one that must
    match up to where it begins. ``proper`` asks the
    tokeniser besides: a proper noun must be in the stem (北沢署, not 関係部署).
    """

    id: str
    how: str
    literals: list[str]
    kind: str = "company"
    stem: str = ""
    not_stem: str = ""
    before: str = ""
    after: str = ""
    not_after: str = ""
    proper: bool = False
    positive: list[str] = []
    negative: list[str] = []


@dataclass(frozen=True, slots=True)
class Built:
    """A name that a pattern found: half-open span, kind of organisation, id of the rule."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True)
class _Compiled:
    rule: PatternRule
    stem: re.Pattern[str] | None
    not_stem: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


@cache
def pattern_rules() -> tuple[PatternRule, ...]:
    """Return the rules of ``models/organisation-patterns.jsonl`` in file order."""
    return load("organisation-patterns", PatternRule)


@cache
def ordinary_words() -> frozenset[str]:
    """Return the register's names that are common words as well (イオン is not one of chemistry by itself)."""
    return frozenset(word for rule in pattern_rules() if rule.how == "ordinary" for word in rule.literals)


def _compile(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@cache
def _compiled(number: int) -> _Compiled:
    """The patterns of a rule, made when one of its words is first met."""
    rule = pattern_rules()[number]
    return _Compiled(
        rule,
        _compile(rule.stem),
        _compile(rule.not_stem),
        re.compile(f"(?:{rule.before})\\Z", re.MULTILINE) if rule.before else None,
        _compile(rule.after),
        _compile(rule.not_after),
    )


@cache
def _engine() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[int, ...], ...]]:
    """The automaton over the words of the rules, and for each word the numbers of the rules that have it."""
    slots: dict[str, list[int]] = {}
    for number, rule in enumerate(pattern_rules()):
        if rule.how in ("suffix", "prefix", "form", "latin", "letter"):
            for literal in rule.literals:
                slots.setdefault(literal, []).append(number)
    keys = sorted(slots)
    return ahocorasick_rs.AhoCorasick(keys), tuple(tuple(slots[key]) for key in keys)


def _alternatives(how: str) -> str:
    words = sorted(
        {w for rule in pattern_rules() if rule.how == how for w in rule.literals}, key=lambda w: (-len(w), w)
    )
    return "|".join(map(re.escape, words))


@cache
def tails() -> frozenset[str]:
    """Return the words that end companies' names and name nobody by themselves (物流, ホールディングス)."""
    return frozenset(word for rule in pattern_rules() if rule.how == "tail" for word in rule.literals)


@cache
def trade_words() -> frozenset[str]:
    """Return the words of trade that a company's name ends in and often goes without (運輸, 電力)."""
    return frozenset(
        word for rule in pattern_rules() if rule.id.startswith(("O.group", "O.trade")) for word in rule.literals
    )


@cache
def _kana_heads() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives('kana')})$")


@cache
def _strip() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives('strip')}|[0-9０-９]+[年月日時分台件名人社](?:間|頃|付)?|[・&.\\-ー'])+")


@cache
def _cut() -> re.Pattern[str]:
    return re.compile(_alternatives("cut"))


_NAME = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９一-龠々〆髙﨑ヶァ-ヴー・&＆.．'’!！\\-"
_LEFT = re.compile(f"[{_NAME}]")
_RIGHT = re.compile(f"[{_NAME}]+")
_HIRAGANA = re.compile("[ぁ-ゖゝゞー]+")
_KANA_NAME = re.compile(
    "(?!(?:です|でした|である|であり|では|でも|での|でき|への|には|にて|によ|にお|につ|にも|にし|とし|とな|とい|との|とは|とも|など|から|まで|より|および|ほか"
    "|または|ならび|のよ|のた|のみ|のほ|を|はじ|だっ|だけ|だと|がん?あ|もし))"
    "(?P<name>[ぁ-ゖゝゞー]{2,}?)(?:は|が|の|を|に|と|へ|で|も|でも|にも|では|には|への|での|からの|から|より|および|など|さま|にて|です|である|による|において|における|について|によると)?$"
)
_INNER_KANA = re.compile(
    "(?!および|ほか|など|ならび|また|だけ|いわ|いう|いい|あて|あり|ある)[^はがをにのでとへもやかよしさすれるきりわ\\W\\d一-龠ァ-ヴーA-Za-z][ぁ-ゖ]{1,3}(?=[一-龠ァ-ヴ])"
)
_NO_KANA_STEM = re.compile(
    ".*(?:[のなるたをはがにでてもへれ]|から|まで|より|など|および|ならび|また|なお|さらに|ただし|しかし|もし|ほか|ため|すべく|ですが|ません|ます|です|した|ない|あり|ごと)"
)
_LATIN_WORDS = re.compile(
    r"(?:[A-Z][\w&.'’\-]*|&|and|of)(?: (?:[A-Z][\w&.'’\-]*|&|and|of|\([A-Z][A-Za-z ]{1,18}\))){0,6},?\s?$", re.ASCII
)
_LATIN_BEFORE = re.compile(r"(?<![\w@./:-])(?:[A-Z][A-Za-z0-9&.'’\-]* ){1,5}$", re.ASCII)
_LATIN_MORE = re.compile(r"(?: [A-Z][\w&.'’\-]*){1,4}", re.ASCII)
_CAPITALS = re.compile(r"[A-Z]{2,8}(?![A-Za-z])", re.ASCII)
_UNIT = re.compile(
    f"[ \u3000]{{1,2}}[{_NAME}ぁ-ん]{{2,24}}?(?:病院|クリニック|医院|診療所|医療センター|大学|短期大学|高等学校|中学校|小学校|幼稚園|専門学校)(?![{_NAME}])"
)
_ALONE = re.compile(r"(?![^\n]*(?:お知らせ|お詫び|について|報告))[ぁ-ん一-龠々ァ-ヴーA-Za-z]{2,20}(?=[ \u3000]*\n)")
# 株式会社まなびとも⏎代表取締役: what could be a particle is part of a name that a title or the end of a block follows
_SIGNED = re.compile(
    r"(?![^\n]*(?:知らせ|詫び|わび|について|報告|願い|案内|関する|対する|おける|不正|障害|被害|漏|流出))"
    r"[ぁ-ん一-龠々ァ-ヴーA-Za-z]{2,20}(?=[ \u3000]*\n[ \u3000]*\n"
    r"|[ \u3000]*\n[ \u3000]*(?:代表|取締役|理事|社長|会長|院長|学長)[一-龠・]{0,12}[ \u3000]"
    r"|[ \u3000]+(?:代表取締役|代表理事|代表社員|代表執行役|取締役|理事長|社長|会長))"
)
_BRANCH = re.compile("[一-龠ァ-ヴー]{1,8}?(?:支店|営業所|支社|支部|工場|事業所)")
_KANA_LINKED = re.compile(
    "[ぁ-ゖー]{2,8}の(?:[里家森園丘風会杜郷村]|[一-龠]{2,4}(?:機構|協会|財団|基金|会))(?![一-龠ァ-ヴー])"
)
_LINKED = re.compile("の(?:[里家森園丘風会杜郷輪樹木星])(?![一-龠ァ-ヴー](?<![及並又]))")
_WHOLE = re.compile("..(?:高等学校|中学校|小学校|大学|病院|銀行)\\Z")
_FORM = re.compile("(?:株式|有限|合同|合名|合資|相互)会社")
_SPACE = " \u3000\u00a0"


def _leftwards(text: str, at: int) -> int:
    """Return where the run of name characters that ends at ``at`` begins, leading words that are no name shed."""
    begin = at
    floor = max(0, at - LONGEST)
    while begin > floor and _LEFT.match(text, begin - 1):
        begin -= 1
    if text[begin - 1 : begin] == "が" and text[begin : begin + 1] == "丘" and _LEFT.match(text, max(0, begin - 2)):
        # 県立桜が丘高等学校: が丘 is part of the name of a place
        begin -= 1
        while begin > floor and _LEFT.match(text, begin - 1):
            begin -= 1
    begin = _over_latin(text, begin, floor)
    if begin > 0 and "ぁ" <= text[begin - 1] <= "ゖ":
        wider = _over_hiragana(text, begin, at, floor)
        if wider is None:
            return at
        begin = wider
    dot = text.rfind("・", begin, at)
    if dot > begin and (_FORM.search(text, begin, dot) or _WHOLE.search(text, begin, dot)):
        begin = dot + 1  # 株式会社青葉・北斗株式会社, 青葉高等学校・青葉中学校 name two
    shed = _strip().match(text, begin, at)
    return shed.end() if shed and shed.end() <= at else begin


def _over_latin(text: str, begin: int, floor: int) -> int:
    """ABC Systems株式会社: Latin words with capitals go on to the left over single blanks."""
    first = text[begin : begin + 1]
    if not (first.isascii() and first.isupper()):
        return begin
    words = _LATIN_BEFORE.search(text, floor, begin)
    return words.start() if words else begin


def _over_hiragana(text: str, begin: int, at: int, floor: int) -> int | None:
    """Return where a name begins that hiragana stands before; None when it is cut and nothing shows where."""
    known = _kana_heads().search(text, max(floor, begin - 8), begin)
    if known:
        whole = edges.begin_of(text, begin, at)
        word = known.start() if whole is None else min(whole, known.start())
        while word > floor and text[known.start() - 1] == "立" and _LEFT.match(text, word - 1):
            word -= 1
        return word
    word = begin
    while word > floor and "ぁ" <= text[word - 1] <= "ゖ":
        word -= 1
    run = text[word:begin]
    if run == "け" and text[word - 1 : word] == "付":
        return begin  # 3月12日付け東都新聞
    # 県立みなと高等学校, 東かがわ市: 立, or a point of the compass that nothing else leads
    compass = text[word - 1 : word] in tuple("東西南北上中下新大小") and not _LEFT.match(text, max(0, word - 2))
    founded = word > 1 and (text[word - 1] == "立" or compass)
    free = founded or word == 0 or not _LEFT.match(text, word - 1)
    plain = 2 <= len(run) <= 6 and not _NO_KANA_STEM.fullmatch(run)
    if free and plain and not edges.is_grammar(text, word, begin):
        while founded and word > floor and _LEFT.match(text, word - 1):
            word -= 1
        return word if founded else edges.past_grammar(text, word, begin)
    return edges.begin_of(text, begin, at)


def _rightwards(text: str, at: int) -> int:
    """Return where the name that begins at ``at`` ends: name characters up to a particle, a cut word or a sign."""
    run = _RIGHT.match(text, at, at + LONGEST)
    end = run.end() if run else at
    if end == at:
        kana = _HIRAGANA.match(text, at, at + 12)
        if not kana:
            return at
        end = kana.end()
        particle = text[end - 1] in "はがをにでのもへや" or kana[0] in ("と", "から", "より", "まで", "など")
        latin = None if particle else _CAPITALS.match(text, end)
        if latin:
            return latin.end()  # 株式会社とよさとICT: no particle of the sentence stands before capitals
        alone = _KANA_NAME.match(text, at, end)
        if alone is None:
            end = edges.end_of(text, at, at)
            if end == at:
                return at
        elif alone.end("name") < end:
            return max(alone.end("name"), edges.end_of(text, at, at))
        else:
            more = _RIGHT.match(text, end, at + LONGEST)
            end = more.end() if more else end
    elif text[end - 1].isascii() and text[end - 1].isalnum():
        more = _LATIN_MORE.match(text, end)
        end = more.end() if more else end
    if _HIRAGANA.match(text, end):
        wider = edges.end_of(text, at, end)
        # 株式会社アクメくらしガス: hiragana inside the name, neither particle nor ending, between its other letters
        inner = _INNER_KANA.match(text, end) if end - at >= 2 and wider == end else None
        more = _RIGHT.match(text, inner.end(), at + LONGEST) if inner else None
        end = more.end() if more else wider
    second = _FORM.search(text, at, end)
    dot = text.find("・", at, second.start()) if second else -1
    if dot > at:
        end = dot
    stop = _cut().search(text, at + 1, end)
    if stop:
        end = stop.start()
    while end > at and text[end - 1] in "・&＆.．'’!！-":
        end -= 1
    return end


def _over_tail(text: str, stop: int) -> int:
    """株式会社 丸の内 商店: a blank and a word that only ends names go with the name before them."""
    if text[stop : stop + 1] not in tuple(_SPACE):
        return stop
    word = _RIGHT.match(text, stop + 1, stop + 1 + LONGEST)
    return word.end() if word and word.group() in tails() else stop


def _opens_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _fits(found: _Compiled, text: str, stem: str, end: int) -> bool:
    if stem in tails() and found.rule.how in ("form", "suffix"):
        return False  # 物流株式会社: what is left of a name whose head nothing shows
    if not stem or (found.stem and not found.stem.fullmatch(stem)):
        return False
    if found.not_stem and found.not_stem.fullmatch(stem):
        return False
    if found.after and not found.after.match(text, end):
        return False
    return not (found.not_after and found.not_after.match(text, end))


def _span(found: _Compiled, text: str, start: int, end: int) -> tuple[int, int] | None:
    how = found.rule.how
    if how in ("suffix", "form"):
        begin = _leftwards(text, start)
        # アクメ商会 株式会社: a blank before the form, and nothing that could be a name after it
        apart = begin == start and how == "form" and start > 0 and text[start - 1] in _SPACE
        if apart and not _RIGHT.match(text, end) and not _HIRAGANA.match(text, end + 1):
            again = _leftwards(text, start - 1)
            line = text.rfind("\n", max(0, again - LONGEST), again) + 1
            begin = again if not text[line:again].strip() else start
        if how == "form" and text[start - 1 : start] == "・" and _RIGHT.match(text, end):
            begin = start  # データセンター事業者・株式会社X: the dot parts what X is from its name
        if text[begin:start] in tails() and text[begin - 1 : begin] in tuple(_SPACE):
            begin = _leftwards(text, begin - 1)
        if found.rule.proper and begin < start and not edges.holds_proper(text, begin, start):
            return None
        if found.before and not found.before.search(text, max(0, begin - _NEAR), begin):
            return None
        if begin < start and _fits(found, text, text[begin:start].strip(), end):
            if how == "form":
                branch = _BRANCH.match(text, end)
                end = branch.end() if branch else end
            return begin, end
    if how in ("prefix", "form"):
        begin = end
        while begin < len(text) and begin < end + 2 and text[begin] in _SPACE:
            begin += 1
        stop = _rightwards(text, begin)
        if stop > begin:
            stop = _over_tail(text, stop)
            # 社会福祉法人ひかりの里: only a form before the name shows that の is part of it
            linked = _KANA_LINKED.match(text, begin) or (_LINKED.match(text, stop) if how == "prefix" else None)
            stop = max(stop, linked.end()) if linked else stop
            # a line of its own ends the name, not a letter that could be a particle (コープほのさと)
            alone = how == "prefix" and _opens_line(text, start) and _ALONE.match(text, begin)
            stop = max(stop, alone.end()) if alone else stop
            signed = _SIGNED.match(text, begin) if _HIRAGANA.match(text, stop) and _opens_line(text, start) else None
            stop = max(stop, signed.end()) if signed else stop
        if stop > begin and _fits(found, text, text[begin:stop], stop):
            unit = _UNIT.match(text, stop) if how == "prefix" else None
            return start, unit.end() if unit else stop
    if how == "latin":
        if (start and text[start - 1] not in " ,.\u3000") or (
            end < len(text) and text[end].isascii() and text[end].isalnum()
        ):
            return None
        words = _LATIN_WORDS.search(text, max(0, start - 80), start)
        if words and words.group().strip(" ,"):
            return words.start(), end
    if how == "letter":
        before = text[start - 1] if start else ""
        # a city's name is cut off by any letter before it, A社 by Latin ones alone
        latin = text[start] <= "z" or "Ａ" <= text[start] <= "ｚ"
        joined = before.isascii() and before.isalnum() if latin else bool(before and _LEFT.match(before))
        if before and joined and before not in "都道府県・":
            return None
        return (start, end) if _fits(found, text, text[start:end], end) else None
    return None


def built_names(text: str) -> Iterator[Built]:
    """Yield the names that the patterns find in ``text``; spans may overlap and nest."""
    automaton, slots = _engine()
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        for number in slots[index]:
            found = _compiled(number)
            span = _span(found, text, start, end)
            if span:
                yield Built(span[0], span[1], found.rule.kind, found.rule.id)


@cache
def _uses() -> tuple[tuple[PatternRule, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            rule,
            re.compile(f"(?:{rule.before})(?P<name>{rule.stem})(?={rule.after})", re.MULTILINE),
            re.compile(rule.not_stem),
        )
        for rule in pattern_rules()
        if rule.how == "use"
    )


@cache
def _uses_screen() -> Screen:
    return Screen(pattern for _, pattern, _ in _uses())


def used_as_names(text: str) -> Iterator[Built]:
    """Yield names that no part of theirs betrays but their use: who announces, a subsidiary that is introduced."""
    uses = _uses()
    for number in _uses_screen().possible(text):
        rule, pattern, not_stem = uses[number]
        for hit in pattern.finditer(text):
            if rule.proper and not edges.unknown_name(text, *hit.span("name")):
                continue
            if not not_stem.fullmatch(hit["name"]):
                yield Built(hit.start("name"), hit.end("name"), rule.kind, rule.id)
