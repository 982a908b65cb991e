"""What a count measures: the unit of 件 by its noun, affected, infected, leaked or examined, and the kind of data.

The cues are ``models/quantity-roles.jsonl``, in order of priority. Where a sentence says nothing, a part (うち231件)
takes from its whole, a repeated figure from its first mention, and a list from the section that it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from tenmatsu.knowledge import load
from tenmatsu.quantities.find import FoundQuantity
from tenmatsu.quantities.kinds import data_kinds
from tenmatsu.records import Line


class RoleRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cue for what a count measures: patterns before and after it in the sentence, and on the count's own ``text``.

    ``of`` none measures nothing; a ``weak`` cue yields to the section and to an earlier mention of the same figure.
    """

    id: str
    of: str
    positive: list[str]
    negative: list[str]
    before: str = ""
    after: str = ""
    not_after: str = ""
    text: str = ""
    not_text: str = ""
    weak: bool = False
    units: list[str] = []
    rules: list[str] = []


@dataclass(frozen=True, slots=True)
class ClassifiedQuantity:
    """A count with its unit decided and what it measures; ``measures`` is False where it is no count of the incident.

    ``rule`` joins the counter's rule and the role's. ``data_kind`` is an id of models/data-kinds.jsonl or None.
    """

    start: int
    end: int
    text: str
    min: float | None
    max: float | None
    unit: str
    rule: str
    of: str
    data_kind: str | None
    measures: bool


@dataclass(frozen=True, slots=True)
class _Role:
    rule: RoleRule
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    text: re.Pattern[str] | None
    not_text: re.Pattern[str] | None


@cache
def _roles() -> tuple[_Role, ...]:
    def made(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern) if pattern else None

    return tuple(
        _Role(rule, *map(made, (rule.before, rule.after, rule.not_after, rule.text, rule.not_text)))
        for rule in load("quantity-roles", RoleRule)
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    # the nouns that 件 counts; the last one in a compound is its head, and メール in メールアドレス is none
    nouns = "|".join(
        (
            r"(?P<account>(?:ユーザー?)?アカウント(?:情報)?|ユーザー?ID|ログインID|口座(?!番号|情報|名義)|会員(?!情報|の))",
            r"(?P<record>情報|データ|カード|メールアドレス|アドレス|氏名|住所|履歴|番号|クレカ|レコード|名簿|宛先|明細|申込(?!書|フォーム|画面|サイト|者)|注文(?!書)|予約(?!者|画面|サイト|システム|サービス|客|ページ)|(?:管理|一覧)表|一覧|台帳|リスト(?!型|攻撃))",
            r"(?P<message>メール(?!センター|サーバ|フォーム|ソフト|システム)|メッセージ|SMS|ショートメッセージ|送信)",
            r"(?P<file>ファイル|文書|書類|資料|帳票|(?:見積|注文|請求|仕様|納品|設計)書|図面|申込書|画像|写真|議事録|契約書)",
            r"(?P<other>大量アクセス|アクセス数|(?<!不正)アクセス(?!権|制限|ログ|キー|情報|先|者)|ログイン試行|試行|ページビュー|リクエスト)",
            r"(?P<case>(?:フォーム|サイト|ページ)(?=[ 　]*$)|(?:閲覧|ダウンロード)(?=(?:件数|回数|数)?(?:は|が|を)|$)|申し?出|不正アクセス|アクセス|事案|事件|事故|被害|攻撃|侵入|ログイン|不正利用|不正送金|送金|問い?合わせ|電話(?!番号|帳|機)|相談|苦情|インシデント|(?:漏えい|漏洩|流出)(?!し|さ|件数|の(?:可能性|おそれ|恐れ|疑い))|感染)",
        )
    )
    return {
        "noun": re.compile(nouns),
        "part": re.compile(r"(?:うち|(?<![案国以社院市区県館構])内(?=、)|内訳)[^。]{0,40}$"),
        # a sentence that goes on about the count before it: of a part once (このうち), of every member (内訳は)
        "onward": re.compile(r"[ 　・(（※]*(?:(?P<all>(?:その)?内訳)|(?:この|その)?うち|(?:この|その)内)"),
        "breakdown": re.compile(r"内訳[^。]{0,16}[。：:]?[ 　]*$"),
        "portion": re.compile(r"分は[^。0-9０-９]{0,20}$"),
        # what a heading says of the counts below it: data seen by others, data that lay where others might have seen them
        "heading": re.compile(
            r"(?P<leaked>閲覧された|持ち出された|窃取された|引き出された"
            r"|(?:漏えい|漏洩|流出)(?:した(?!暗号資産|仮想通貨|資産|資金)|の(?:可能性|おそれ|恐れ|疑い)|が(?:確認|判明|懸念|疑われ)))"
            r"|(?P<affected>閲覧(?:が)?(?:可能|でき)|公開され|(?:保存|保管|格納|記録|収録|記載)され|(?:紛失|亡失|誤廃棄)した|盗難(?:に遭|被害)|所在が?不明)"
        ),
        "subheading": re.compile(r"[ 　]*(?:[(（][0-9０-９一二三四五ア-オ]{1,2}[)）]|[①-⑳]|[ア-オ][ 　．.])"),
        "lost": re.compile(r"(?:流出|被害|盗|不正(?:送金|出金|利用))[^。]{0,12}(?:額|内訳|規模|資産|状況)"),
        "happened": re.compile(
            r"(?:の|にわたる|に上る)?[^、。ぁ-ん]{0,4}不正|の[^、。]{0,4}(?:閲覧|読み出し|参照|送金|出金|引き出し)|に(?:わた|及)"
        ),
        "happening": re.compile(r"(?:閲覧|試行|読み出し|送金)[^。、]{0,10}$"),
        "total": re.compile(r"合計|総計|計|累計|合わせて|あわせて"),
        # the next member of a list of counts: 氏名1,000件、住所500件
        "list": re.compile(r"(?:、|・|と|や|及び|および|並びに|ならびに)[^、。はがをにで0-9０-９]{0,24}"),
        "figures": re.compile(r"[0-9０-９]{2,}|[0-9０-９][件人名台社]"),
        # 第三者に閲覧されたおそれがある。この中に、参加者186名の氏名が含まれ: what stands in what was seen was seen
        "among": re.compile(r"[ 　・]*(?:この(?:中|うち|内)|その(?:中|うち|内)|これら)"),
        # the status that another cell of the row gives: 漏えいを確認, 流出の可能性, 漏えいの痕跡なし
        "status": re.compile(
            r"(?:漏えい|漏洩|流出|閲覧|持ち出し)(?:を確認|の(?:可能性|おそれ|恐れ|痕跡)|した|が確認|なし|あり|された|懸念)"
        ),
        # the head of a column of counts
        "counted": re.compile(
            r"(?:漏えい|漏洩|流出|閲覧|持ち出し|窃取|感染|影響|被害|対象)[^、。]{0,10}(?:件数|人数|台数|数)$"
        ),
        "of_above": re.compile(r"(?:上記|前記|上)?の?うち"),
        "that": re.compile(r"(?:その|この|当該|上記|同)$"),
        "lead": re.compile(
            r"(?:流出|漏えい|漏洩|閲覧|窃取|持ち出)(?![^。]{0,40}(?:て(?:い|お)(?:な|りま?せ|らず|ま?せ)|ありませ|ございませ|ない(?![^。]{0,4}可能)))[^。]{0,60}[。：:]?[ 　]*$"
        ),
        "scope": re.compile(r"(?:対象|該当|件数|人数|内訳|宛先|影響)[^。]{0,30}$"),
        "leak_told": re.compile(
            r"(?:流出|漏えい|漏洩|閲覧(?!でき|可能|が可能)|窃取|持ち出|盗ま|抜き取)(?![^。]{0,24}(?:ない|なかった|ません|おらず))[^。]{0,40}。"
        ),
    }


_LEAK_WORDS = "流出|漏えい|漏洩|漏れ|個人情報|閲覧"

# what each figure (min, max, unit) measured at its first mention
_Figures = dict[tuple[float | None, float | None, str], str]

_BESIDE = 6  # letters that a cell may have beside its count (計, 分, 程度)
_OF_DATA = ("leaked", "leaked_possible")
_ONWARD = 200  # code points from a count to the sentence that breaks it down
_LIST = 40  # items that a list may have above a count; keeps the work linear
_WIDEST = 24  # columns of a table that people read; keeps the work linear
_DEFAULT = "R.default."  # what a count measures where nothing in sight says it
_COUNTED = frozenset(("record", "file", "message", "account"))
UNMEASURED = frozenset(("plan", "contact", "advice", "history", "glossary"))
LEAKABLE = frozenset(("person", "record", "account", "file", "message", "byte", "organisation"))


def classify(
    text: str, found: Sequence[FoundQuantity], spans: Sequence[tuple[int, int]], lines: Sequence[Line]
) -> list[ClassifiedQuantity]:
    """Return ``found`` in order with unit, role and kind of data.

    ``spans`` are the sentences as half-open spans, in order; ``lines`` gives the sections and may be empty. All
    offsets are code points of ``text``.
    """
    starts = [start for start, _ in spans]
    line_starts = [line.start for line in lines]
    out: list[ClassifiedQuantity] = []
    first: _Figures = {}
    items: dict[float, str] = {}
    for one in found:
        begin, stop = _sentence(text, spans, starts, one)
        number = bisect_right(line_starts, one.start) - 1
        line = lines[number] if lines and number >= 0 else None
        if line is not None and line.role == "label":
            begin = line.start  # the label is a cell of its own: 送信件数　268件
        section = line.section if line is not None else ""
        label = _row_label(text, line, one) if line is not None else ""
        whole = _row_whole(out, label, line, one) if label and line is not None else _whole(text, out, one, begin)
        unit = one.unit
        if one.rule == "Q.part.native" and whole is not None:
            unit = whole.unit
        if one.rule == "Q.times" and (
            _patterns()["happened"].match(text, one.end)
            or _patterns()["happening"].search(text, begin, one.start)
            or _patterns()["happening"].search(label)
            or (whole is not None and whole.unit == "case")
        ):
            unit = "case"  # 回 of views and transfers counts happenings; of a bare number it has no unit
        if unit == "item":
            unit = (
                whole.unit
                if whole and whole.rule.startswith("Q.item")
                else _row_unit(text, line, one, label)
                if label and line is not None
                else item_unit(text, one.start, one.end, begin, stop)
            )
            # a figure that comes again counts what it counted first, where its own sentence names nothing
            figure = one.max or one.min or 0
            if unit == "case" and not label and line is not None and line.role == "row":
                beside = out[-1] if out and out[-1].start >= line.start else None
                unit = beside.unit if beside is not None and beside.rule.startswith("Q.item") else unit
            if unit == "case" and (label or _named_unit(text, one.start, one.end, begin, stop) is None):
                unit = items.get(figure, unit)
            if figure >= 10:
                items.setdefault(figure, unit)
            if unit == "case" and (
                section in _OF_DATA or _headed(text, lines, line, "record") == ("leaked", "R.heading")
            ):
                unit = "record"  # 件数：… in a list of what got out
        of, rule, weak = _role(text, one, unit, begin, stop, label)
        if one.rule == "Q.card":
            of, rule, weak = _card_role(text, one)
        if (
            whole is not None
            and of != "none"
            and (whole.unit == unit or (whole.start < begin and {whole.unit, unit} <= LEAKABLE))
            and not (rule and of == "other" and not rule.endswith("denominator") and not rule.startswith(_DEFAULT))
            and not (rule and (whole.rule.endswith("denominator") or (whole.of == "examined" and not weak)))
            and not (_DEFAULT in whole.rule and rule and not weak)
        ):
            of, rule, weak = (whole.of if whole.measures else "none"), "R.whole", not whole.measures
        elif (not rule or weak) and label and line is not None and _told_in_row(text, line, one, unit):
            of, rule, weak = "leaked", "R.status", False
        elif not rule or weak:
            line_start = line.start if line is not None else begin
            of, rule = (
                _context(text, out, first, one, unit, section, begin, line_start)
                or _headed(text, lines, line, unit)
                or (of, rule)
            )
            open_yet = not rule or rule.startswith(_DEFAULT)
            if open_yet and unit in LEAKABLE and line is not None and _listed(text, lines, number, one):
                of, rule, weak = "leaked", "R.lead", False
            if (not rule or weak) and line is not None:
                broken = _broken_down(text, lines, number, out, unit)
                if broken is not None:
                    of, rule, weak = broken, "R.whole", False
            weak = weak and rule not in (
                "R.section",
                "R.repeated",
                "R.gloss",
                "R.portion",
                "R.heading",
                "R.context",
                "R.total",
                "R.list",
            )
        if section in UNMEASURED and rule != "R.card" and (section != "plan" or weak or not rule):
            of, rule = "none", "R.none.section"
        measures = bool(rule) and of != "none"
        kind = _kind(text, one, begin, stop) if measures and of in ("leaked", "affected") else None
        if measures:
            first.setdefault((one.min, one.max, unit), of)
        out.append(
            ClassifiedQuantity(
                one.start,
                one.end,
                one.text,
                one.min,
                one.max,
                unit,
                f"{one.rule}/{rule}" if rule else one.rule,
                of if measures else "other",
                kind,
                measures,
            )
        )
    return _denominators(text, out)


def _sentence(text: str, spans: Sequence[tuple[int, int]], starts: list[int], one: FoundQuantity) -> tuple[int, int]:
    at = bisect_right(starts, one.start) - 1
    if at >= 0 and spans[at][1] >= one.end:
        return spans[at]
    return text.rfind("\n", 0, one.start) + 1, (text.find("\n", one.end) + 1 or len(text) + 1) - 1


def _row_label(text: str, line: Line, one: FoundQuantity) -> str:
    """What the row of a table says of a count that fills a cell: its first cell with words, "" where there is none."""
    if line.role != "row" or len(line.cells) < 2:
        return ""
    place = line.cell_at(one.start, one.end)
    if not place:
        return ""
    cell = line.cells[place]
    if (one.start - cell.start) + (cell.end - one.end) > _BESIDE:
        return ""
    words = (text[c.start : c.end].strip() for c in line.cells[: min(place, _WIDEST)])
    label = next((word for word in words if word and not _patterns()["figures"].search(word)), "")
    # 会社名 | 漏えい件数: what the rows name is told of, what their column counts stands in its head
    if label and _patterns()["counted"].search(cell.header) and not _patterns()["counted"].search(label):
        label = f"{label} {cell.header}"
    return f"{label} " if label else ""


def _row_words(text: str, line: Line, one: FoundQuantity) -> str:
    """The cells before a count in its row, for the noun that it counts: 区分, 見積書, 412件."""
    place = line.cell_at(one.start, one.end) or 0
    return " ".join(text[c.start : c.end].strip() for c in line.cells[: min(place, _WIDEST)])


def _row_unit(text: str, line: Line, one: FoundQuantity, label: str) -> str:
    """The unit of 件 in a cell: by the row's label, where that names no thing by the cells between."""

    def by(words: str) -> str:
        return item_unit(
            f"{words} {one.text}", len(words) + 1, len(words) + 1 + len(one.text), 0, len(words) + 1 + len(one.text)
        )

    hit = _patterns()["noun"].search(label)
    named = hit is not None and hit.lastgroup != "case"  # 流出を確認 is a verdict, the next cell says on what
    own = named or _patterns()["counted"].search(label.strip()) is not None
    return by(label.strip() if own else _row_words(text, line, one))


def _told_in_row(text: str, line: Line, one: FoundQuantity, unit: str) -> bool:
    """Whether another cell of the row says that the data got out, or did not (漏えいを確認, 漏えいのおそれ)."""
    place = line.cell_at(one.start, one.end)
    others = (text[c.start : c.end] for at, c in enumerate(line.cells[:_WIDEST]) if at != place)
    return unit in LEAKABLE and any(_patterns()["status"].search(words) for words in others)


def _row_whole(out: list[ClassifiedQuantity], label: str, line: Line, one: FoundQuantity) -> ClassifiedQuantity | None:
    """The count that a row breaks down (上記のうち…, うち…): the last of the rows above of that unit."""
    if not _patterns()["of_above"].match(label):
        return None
    for other in reversed(out[-2 * _LIST :]):
        if line.start - other.end > 3 * _ONWARD:
            return None
        if other.start < line.start and other.measures and (one.unit in ("item", other.unit)):
            return other
    return None


def _role(text: str, one: FoundQuantity, unit: str, begin: int, stop: int, label: str = "") -> tuple[str, str, bool]:
    left, right = text[max(begin, one.start - 120) : one.start], text[one.end : min(stop, one.end + 120)]
    if label:
        left, right = label, ""
    for role in _roles():
        rule = role.rule
        if rule.rules and one.rule not in rule.rules:
            continue
        if rule.units and unit not in rule.units and one.unit not in rule.units:
            continue
        if (
            (role.before is None or role.before.search(left))
            and (role.after is None or role.after.search(right))
            and (role.not_after is None or not role.not_after.search(right))
            and (role.text is None or role.text.search(one.text))
            and (role.not_text is None or not role.not_text.search(one.text))
        ):
            return rule.of, rule.id, rule.weak
    return "other", "", True


def _context(
    text: str,
    out: list[ClassifiedQuantity],
    first: _Figures,
    one: FoundQuantity,
    unit: str,
    section: str,
    begin: int,
    line_start: int,
) -> tuple[str, str] | None:
    """What the place says where the sentence does not: a gloss, the section, an earlier mention, the paragraph."""
    patterns = _patterns()
    last = out[-1] if out else None
    if last is not None and last.measures and last.start >= begin and one.start - last.end <= 12:
        gap = text[last.end : one.start]
        if re.match(r"[(（][^()（）]*$", gap):
            return last.of, "R.gloss"
    if last is not None and last.measures and last.start >= begin and last.unit == unit:
        if patterns["total"].match(one.text) and one.start - last.end <= 12:
            return last.of, "R.total"
        if patterns["list"].fullmatch(text, last.end, one.start):
            return last.of, "R.list"
    if unit in LEAKABLE and section in _OF_DATA:
        return "leaked", "R.section"
    if patterns["portion"].search(text[max(begin, one.start - 40) : one.start]):
        for other in reversed(out):
            if one.start - other.end >= 2 * _ONWARD:
                break
            if other.measures and other.unit == unit:
                return other.of, "R.portion"
    # small figures meet by chance, large ones do not
    if (one.max or one.min or 0) >= 10:
        earlier = first.get((one.min, one.max, unit))
        if earlier is not None:
            return earlier, "R.repeated"
    if unit in LEAKABLE and patterns["scope"].search(text[max(begin, one.start - 60) : one.start]):
        told = text[max(line_start, begin - 160) : begin]
        if patterns["leak_told"].search(told):
            return "leaked", "R.context"
    if unit in LEAKABLE and patterns["among"].match(text, begin):
        if patterns["leak_told"].search(text[max(line_start, begin - 160) : begin]):
            return "leaked", "R.context"
    return None


def _headed(text: str, lines: Sequence[Line], line: Line | None, unit: str) -> tuple[str, str] | None:
    """What the heading above a count says of it (閲覧された情報, 保存されていた個人情報)."""
    number = line.heading if line is not None else 0
    if line is not None and number == line.number > 1:
        number = lines[line.number - 2].heading  # an item that looks like a heading stands below the one before it
    if not number or unit not in (*LEAKABLE, "yen"):
        return None
    head = lines[number - 1]
    if unit != "yen" and _patterns()["subheading"].match(text, head.start, head.end):
        above = _above(text, lines, number)
        if above is not None and not _patterns()["heading"].search(text, head.start, min(head.end, head.start + 60)):
            head = above
    if unit == "yen":
        lost = _patterns()["lost"].search(text, head.start, min(head.end, head.start + 60))
        return ("affected", "R.heading") if lost else None
    hit = _patterns()["heading"].search(text, head.start, min(head.end, head.start + 60))
    return (hit.lastgroup or "affected", "R.heading") if hit else None


def _above(text: str, lines: Sequence[Line], number: int) -> Line | None:
    """The heading that a subheading ((2) カード情報) stands below (2. 漏えいの可能性がある情報)."""
    for line in reversed(lines[max(0, number - _LIST) : number - 1]):
        if line.role == "heading" and not _patterns()["subheading"].match(text, line.start, line.end):
            return line
    return None


def _lead(lines: Sequence[Line], number: int) -> Line | None:
    """The line that a list stands below, seen from one of its items."""
    at = number - 1
    while at >= 0 and number - at <= _LIST and lines[at].role in ("item", "label", "blank"):
        at -= 1
    return lines[at] if at >= 0 else None


def _broken_down(text: str, lines: Sequence[Line], number: int, out: list[ClassifiedQuantity], unit: str) -> str | None:
    """What the whole measures that a list breaks down (6,200人が…。内訳は次のとおりです, then an item a part)."""
    if lines[number].role not in ("item", "label"):
        return None
    lead = _lead(lines, number)
    if lead is None or not _patterns()["breakdown"].search(text, max(lead.start, lead.end - 40), lead.end):
        return None
    for other in reversed(out[-2 * _LIST :]):
        if other.start < lead.end and other.measures:
            return other.of if other.unit == unit and lead.end - other.end < _ONWARD else None
    return None


def _listed(text: str, lines: Sequence[Line], number: int, one: FoundQuantity) -> bool:
    """Whether a count stands in an item that names data, below a sentence that says data got out."""
    line = lines[number]
    if line.role not in ("item", "label") or not data_kinds(text, line.content, one.start):
        return False
    lead = _lead(lines, number)
    return (
        lead is not None
        and lead.role == "paragraph"
        and _patterns()["lead"].search(text, max(lead.start, lead.end - 120), lead.end) is not None
    )


def _card_role(text: str, one: FoundQuantity) -> tuple[str, str, bool]:
    label = text[text.rfind("\n", 0, one.start) + 1 : one.start]
    if re.search("漏えい|漏洩|流出", label):
        return "leaked", "R.card", False
    return ("infected" if "感染" in label else "affected"), "R.card", False


def item_unit(text: str, start: int, end: int, begin: int, stop: int) -> str:
    """Return the unit of 件 at ``text[start:end]`` by the noun it counts, within the sentence ``begin:stop``.

    The noun behind の comes first, then the nearest before the count, then what follows.
    """
    return _named_unit(text, start, end, begin, stop) or "case"


def _named_unit(text: str, start: int, end: int, begin: int, stop: int) -> str | None:
    """The unit of 件 as ``item_unit`` reads it, None where no noun in sight says it."""
    patterns = _patterns()
    left, right = text[max(begin, start - 40) : start], text[end : min(stop, end + 40)]
    hits = list(patterns["noun"].finditer(left))
    if hits and hits[-1].end() == len(left) and (hits[-1].lastgroup or "") in _COUNTED:
        # 個人情報1万件の流出: the noun at the count, not the happening behind it; 会員1万件分のアドレス counts what follows
        share = re.match(r"の([^、。をがはにで（(]{1,12})", right) if text[end - 1] == "分" else None
        named = patterns["noun"].search(share[1]) if share else None
        if hits[-1].lastgroup != "account" or named is None or named.lastgroup != "record":
            return hits[-1].lastgroup or "record"
    after = re.match(r"[^ぁ-ん、。\d]{0,2}の([^、。をがはにで（(]{1,24})", right)
    if after:
        hits = list(patterns["noun"].finditer(after[1]))
        # 3件の情報漏えい: the case, 3件の情報の漏えい: the information
        head = hits[0] if hits and "の" in after[1][hits[0].end() :][:1] else (hits[-1] if hits else None)
        if head is not None:
            return head.lastgroup or "record"
    if hits:
        return hits[-1].lastgroup or "record"
    hit = patterns["noun"].search(right)
    if hit is not None and (hit.lastgroup or "") in _COUNTED:
        return hit.lastgroup or "record"
    if re.search(_LEAK_WORDS, text[max(begin, start - 200) : min(stop, end + 200)]):
        return "record"
    # 対象となる可能性のある件数は、最大で約78万件です: a number of its own counts what the sentence before was about
    if re.search(r"(?:件数|対象|人数)[^。]{0,24}$", left):
        line = text.rfind("\n\n", max(0, begin - 160), begin) + 1
        if re.search(_LEAK_WORDS, text[max(line, begin - 160) : begin]):
            return "record"
    return None


def _whole(text: str, out: list[ClassifiedQuantity], one: FoundQuantity, begin: int) -> ClassifiedQuantity | None:
    """The count that this one is a part of (250件…うち231件), in its sentence, or takes up again (その2件)."""
    if not out:
        return None
    last = out[-1]
    patterns = _patterns()
    if (last.min, last.max) == (one.min, one.max) and patterns["that"].search(text[max(0, one.start - 4) : one.start]):
        return last if one.start - last.end < 120 else None
    onward = patterns["onward"].match(text, begin)
    if onward is not None and onward.end() <= one.start < begin + _ONWARD:
        ahead = next((other for other in reversed(out) if other.start < begin), None)
        if ahead is not None and begin - ahead.end < _ONWARD:
            if last.start < begin:
                return last
            if onward["all"] and ahead.measures:
                return ahead
    if last.start < begin:
        return None
    return last if patterns["part"].search(text[max(last.end, one.start - 60) : one.start]) else None


def _kind(text: str, one: FoundQuantity, begin: int, stop: int) -> str | None:
    before = data_kinds(text, max(begin, one.start - 40), one.start)
    if before and one.start - before[-1][1][1] <= 6:
        return before[-1][0]
    # the breakdown in brackets names the kinds of its own counts
    tail = re.sub(r"[（(][^（()）]*[)）]?", lambda gloss: " " * len(gloss[0]), text[one.end : min(stop, one.end + 60)])
    after = data_kinds(tail, 0, len(tail))
    if after:
        return after[0][0]
    return before[-1][0] if before else None


def _denominators(text: str, out: list[ClassifiedQuantity]) -> list[ClassifiedQuantity]:
    """A whole of unknown role (サーバ31台のうち23台) measures the incident as other when its part does."""
    fixed = list(out)
    for index, one in enumerate(out[:-1]):
        follower = out[index + 1]
        unknown = not one.measures or _DEFAULT in one.rule
        if unknown and follower.measures and "none" not in one.rule:
            gap = text[one.end : follower.start]
            if len(gap) <= 12 and re.match(r"(?:の|、)?(?:うち|内|中)", gap):
                fixed[index] = replace(one, measures=True, of="other", rule=f"{one.rule}/R.other.whole")
    return fixed
