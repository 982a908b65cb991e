"""Finding triggers: the words that name a happening, with their type.

The lexicon is ``models/triggers.jsonl``. Its verbs stand in dictionary form and are spelt out as literal stems
(``tenmatsu.events.conjugation``). An Aho-Corasick automaton finds the literal forms (leftmost, longest); a rule then
looks at what stands before and behind in the sentence, and its senses choose among types, by context and by voice.
Rules of type ``none`` consume look-alikes (感染経路, 不正アクセス禁止法), so that no shorter form fires inside them.

Forms and patterns are compared width-blind: full-width letters and digits as half-width, small ィ ェ as イ エ, one code
point for one. In patterns ``<name>`` stands for the words of a class in ``models/trigger-objects.jsonl``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from tenmatsu.events.conjugation import Stem, stems, variants
from tenmatsu.knowledge import KnowledgeError, load
from tenmatsu.tokenize import Token, compound_after, tokens

# what may be glued behind a verb noun without making another thing of it: 調査開始, 遮断対応, 流出可能性
_LIGHT = re.compile(
    r"(?:中|後|前|済み?|完了|開始|実施|発生|被害|拡大|作業|活動|対応|措置|処理|要請|依頼|行為|受領|受理|提出|懸念|可能性|おそれ|恐れ|疑い|等|など|的|継続|終了|以降|当初|次第|直後|攻撃|対象|状態|予定|見込み?|見通し)+$|(?:可能性|懸念|疑い)|[0-9０-９]"
)


# spellings that are one word to a reader, one code point each, so that offsets hold
_FOLD = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    | {"ィ": "イ", "ェ": "エ"}
)

_UNFOLDED = re.compile("[０-９Ａ-Ｚａ-ｚィェ]")

VOICES = ("active", "passive", "causative", "potential", "noun")


class ObjectClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that one pattern names together: ``<id>`` in a rule's pattern is any of ``words`` (regular expressions)."""

    id: str
    words: list[str]


class Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reading of a trigger: the type it has when ``before``/``after`` match and, if given, ``first`` agrees.

    ``first`` true holds while nothing has been detected yet in the document, false holds after that. ``voice`` names
    the voices of which one must be that of the form; ``unless`` must not occur anywhere before it. Type ``none``:
    this is no trigger after all.
    """

    type: str
    before: str = ""
    after: str = ""
    first: bool | None = None
    forms: list[str] = []
    voice: list[str] = []
    unless: str = ""


class TriggerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of trigger forms of one type; patterns are searched in the sentence before and behind the form.

    ``verbs`` are named in dictionary form with their class (``盗む/5``), ``forms`` as they stand; ``voice`` limits the
    rule to some voices.
    """

    id: str
    type: str
    forms: list[str] = []
    verbs: list[str] = []
    voice: list[str] = []
    before: str = ""
    after: str = ""
    not_before: str = ""
    not_after: str = ""
    senses: list[Sense] = []
    positive: list[str] = []
    negative: list[str] = []


@dataclass(frozen=True, slots=True)
class FoundTrigger:
    """A trigger in a text: half-open span in code points, type before the document is known, rule id."""

    start: int
    end: int
    text: str
    type: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Reading:
    sense: Sense
    forms: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Lexical:
    """A rule with its literal forms."""

    rule: TriggerRule
    stems: dict[str, Stem]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What a rule asks of what stands around its forms."""

    rule: TriggerRule
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    senses: tuple[_Reading, ...]


def fold(text: str) -> str:
    """Return ``text`` with full-width letters and digits, and small ィ ェ, in one spelling; lengths stay."""
    return text.translate(_FOLD) if _UNFOLDED.search(text) else text


@cache
def _classes() -> dict[str, str]:
    return {f"<{group.id}>": f"(?:{'|'.join(group.words)})" for group in load("trigger-objects", ObjectClass)}


def _pattern(written: str, rule: str) -> str:
    """The regular expression of a rule's pattern: classes filled in, spellings folded."""

    def words(match: re.Match[str]) -> str:
        if match[0] not in _classes():
            raise KnowledgeError(f"models/triggers.jsonl, rule {rule}: no class of words {match[0]}")
        return _classes()[match[0]]

    return fold(re.sub(r"(?<!\?)<[a-z_]+>", words, written))


def _behind(pattern: str, rule: str) -> re.Pattern[str] | None:
    if not pattern:
        return None
    written = _pattern(pattern, rule)
    return re.compile(written if written.endswith(("$", "$)")) else f"(?:{written})$")


def _ahead(pattern: str, rule: str) -> re.Pattern[str] | None:
    return re.compile(_pattern(pattern, rule)) if pattern else None


def _reading(sense: Sense, rule: str) -> _Reading:
    return _Reading(
        sense,
        frozenset(fold(form) for form in sense.forms),
        _behind(sense.before, rule),
        _ahead(sense.after, rule),
        _ahead(sense.unless, rule),
    )


def _stems(rule: TriggerRule) -> dict[str, Stem]:
    """The literal forms of a rule, folded, with the verb stem that each is (none for plain forms)."""
    found = {fold(form): Stem(fold(form)) for written in rule.forms for form in variants(written)}
    try:
        for written in rule.verbs:
            for stem in stems(written):
                found.setdefault(fold(stem.form), Stem(fold(stem.form), stem.kind))
    except ValueError as error:
        raise KnowledgeError(f"models/triggers.jsonl, rule {rule.id}: {error}") from error
    return found


@cache
def _lexicon() -> tuple[_Lexical, ...]:
    out = []
    for rule in load("triggers", TriggerRule):
        unknown = {voice for part in (rule, *rule.senses) for voice in part.voice} - set(VOICES)
        if unknown:
            raise KnowledgeError(f"models/triggers.jsonl, rule {rule.id}: no voice {sorted(unknown)}")
        out.append(_Lexical(rule, _stems(rule)))
    return tuple(out)


@cache
def _compiled(number: int) -> _Compiled:
    """The patterns of a rule, made when one of its forms is first met: a document meets a tenth of the rules."""
    rule = _lexicon()[number].rule
    return _Compiled(
        rule,
        _behind(rule.before, rule.id),
        _ahead(rule.after, rule.id),
        _behind(rule.not_before, rule.id),
        _ahead(rule.not_after, rule.id),
        tuple(_reading(sense, rule.id) for sense in rule.senses),
    )


@cache
def _automaton() -> tuple[Any, tuple[tuple[tuple[int, Stem], ...], ...]]:
    """The automaton over all forms, and for each form the numbers of the rules that own it, in file order, with its stem in each."""
    import ahocorasick_rs

    owners: dict[str, list[tuple[int, Stem]]] = {}
    for number, lexical in enumerate(_lexicon()):
        for form, stem in lexical.stems.items():
            owners.setdefault(form, []).append((number, stem))
    forms = tuple(owners)
    machine = ahocorasick_rs.AhoCorasick(list(forms), matchkind=ahocorasick_rs.MatchKind.Standard)
    return machine, tuple(tuple(owners[form]) for form in forms)


_LOOK = 24  # morphemes that a form and the nouns glued to it may have
WINDOW = 48  # code points of context that a rule may look at on either side; the longest pattern needs 44


def _candidates(text: str) -> list[tuple[int, int, int]]:
    """Every (start, minus its length, number) of a form in ``text``, overlapping ones included, by start, longest first."""
    machine, _ = _automaton()
    return sorted((start, start - end, which) for which, start, end in machine.find_matches_as_indexes(text, True))


@cache
def _status() -> re.Pattern[str]:
    # 多要素認証の導入（5月31日完了）, 端末要件の見直し: 実施済み: the noun closes its statement, when or how far follows
    told = "(?:[0-9]{1,2}[月日年/]|済|予定|完了|実施|中旬|上旬|下旬|年度|順次|継続|中$)"
    return re.compile(
        rf" ?[（(](?=[^（()）]{{0,30}}{told})[^（()）]{{0,36}}[）)] ?(?:$|。|、|/|\n)| ?[（(][^（）()]{{1,20}}[）)]$| ?[:：] ?(?=[^。]{{0,16}}{told})[^。、]{{0,24}}(?:済み?|予定|完了|実施|開始|[0-9][月日])(?:です)?(?:$|。)"
    )


# what is told as a noun with a verb of doing, and may have its time between the two
_CARRIED = ("remediation", "notification", "disclosure", "recovery", "consequence", "mobilisation")


@cache
def _apart() -> re.Pattern[str]:
    # 研修を今年度中に実施します, 訓練を、4月から四半期ごとに行い: a time between a noun and the verb that carries it
    return re.compile(
        r"(?P<case>[をはも])、?(?=[^。、はがを]{0,20}(?:[0-9年月日中度]|毎|順次|四半期|直ちに|速やか))[^。、はがを]{1,24}?(?P<verb>実施|行[いうっわ]|開始|始め|終え|完了|開催|進め|受け)"
    )


def find(sentence: str, detected: bool = False) -> list[FoundTrigger]:
    """Return the triggers of one sentence in order, none inside another; offsets are into ``sentence``.

    ``detected`` tells whether the document has already shown that the incident was noticed; it decides between
    detection and finding where a rule asks for it.
    """
    found: list[FoundTrigger] = []
    row: list[Token] | None = None
    at = 0
    folded = fold(sentence)
    owners = _automaton()[1]
    for start, minus, which in _candidates(folded):
        if start < at:
            continue
        end = start - minus
        left, right = folded[max(0, start - WINDOW) : start], folded[end : end + WINDOW]
        if right[:1] in " （(:：" and _status().match(right):
            right = f"。{right}"
        near: str | None = None
        for number, stem in owners[which]:
            compiled = _compiled(number)
            if not _applies(compiled, stem, left, right):
                if compiled.rule.type not in _CARRIED:
                    continue
                if near is None:
                    near = _without_time(right)
                if not near or not _applies(compiled, stem, left, near):
                    continue
            if compiled.rule.type == "none":
                at = end
                break
            if not _alone(stem, folded, end):
                if row is None:
                    row = tokens(sentence)
                if not _whole(row, stem, start, end):
                    continue
            kind = _sense(compiled, stem, left, right, detected)
            if kind == "none":
                continue
            found.append(FoundTrigger(start, end, sentence[start:end], kind, compiled.rule.id))
            if kind == "detection":
                detected = True
            at = end
            break
    return found


def _without_time(right: str) -> str:
    """What stands behind a noun without the time between it and the verb that carries it, "" where there is none."""
    apart = _apart().match(right) if right[:1] in "をはも" else None
    return f"{apart['case']}{right[apart.start('verb') :]}" if apart else ""


# the one noun of the lexicon that words of the dictionary go on from in hiragana: 増え蔓延る
_GOES_ON = ("蔓延",)


def _alone(stem: Stem, folded: str, end: int) -> bool:
    """Whether ``_whole`` holds for a noun whatever the morphemes are, because of what stands right behind it.

    No word of unidic-lite holds such a form, with letters on either side, where hiragana, a comma or a full stop follows
    a letter that is none; words that it does not know are of one script. And neither of these is glued to a noun.
    """
    if (stem.kind and stem.kind != "s") or "ぁ" <= stem.form[-1] <= "ん" or stem.form in _GOES_ON:
        return False
    behind = folded[end : end + 1]
    return "ぁ" <= behind <= "ん" or behind in "、。"


def _whole(row: list[Token], stem: Stem, start: int, end: int) -> bool:
    """Whether the form is a word here, neither a part of another nor glued to a noun that makes another thing of it.

    障害 in 障害者 is a part of one dictionary word, 流出 in 流出し is not. Looks only at the tokens from the form on.
    """
    at = bisect_right(row, start, key=lambda token: token.start) - 1
    if at < 0:
        at = 0
    if stem.kind and stem.kind != "s" and row and row[at].start != start:
        return False  # 抜か of 見抜かれ
    if row and row[at].start < start and row[at].end > end:
        return False
    glued = compound_after(row[at : at + _LOOK], end)
    return not glued or bool(_LIGHT.match(glued)) or "ぁ" <= glued[0] <= "ん"


def _applies(compiled: _Compiled, stem: Stem, left: str, right: str) -> bool:
    """Whether a rule's conditions hold around a form; those that look at one place are asked before those that search."""
    return (
        stem.stands(right)
        and (compiled.after is None or compiled.after.match(right) is not None)
        and (compiled.not_after is None or compiled.not_after.match(right) is None)
        and (not compiled.rule.voice or stem.voice(right) in compiled.rule.voice)
        and (compiled.before is None or compiled.before.search(left) is not None)
        and (compiled.not_before is None or compiled.not_before.search(left) is None)
    )


def _sense(compiled: _Compiled, stem: Stem, left: str, right: str, detected: bool) -> str:
    for reading in compiled.senses:
        sense = reading.sense
        if reading.forms and stem.form not in reading.forms:
            continue
        if sense.voice and stem.voice(right) not in sense.voice:
            continue
        if sense.first is not None and sense.first == detected:
            continue
        if reading.unless is not None and reading.unless.search(left):
            continue
        if (reading.before is None or reading.before.search(left)) and (
            reading.after is None or reading.after.match(right)
        ):
            return sense.type
    return compiled.rule.type
