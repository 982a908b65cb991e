"""Links the organisations of a document to a register that the user imported, and says how sure each link is.

A name is linked when exactly one organisation of the register fits: its whole name with the corporate form, or its name
alone where the text writes none. What the text says of its seat (本社：東京都港区) or corporate number (法人番号) must agree.
Where several fit, none is taken; they are listed. The built-in register knows names and no seats: a link to it is by name
alone, and yields to what the text and the imported register say of a seat or a number.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache

from tenmatsu.organisations.clusters import Cluster
from tenmatsu.organisations.find import FoundOrganisation
from tenmatsu.organisations.patterns import ordinary_words
from tenmatsu.organisations.register import entity_id_of, is_ordinary, register, stem
from tenmatsu.records import Entity
from tenmatsu.registry import Candidate, Organisation, Registry, at_date
from tenmatsu.registry.corporate_number import corporate_number_of
from tenmatsu.registry.names import has_form, key

MOST_CANDIDATES = 20
_MOST_SPELLINGS = 4  # how many full names of one organisation are looked up
_NEAR_LINES = 4  # a profile's 所在地 stands at most that many lines below the name
_NOT_LISTED = ("blog", "police")
_BY_NAME, _UNCHECKED = (
    0.5,
    0.3,
)  # of the built-in register: the name alone, the name and a seat that nothing could check
_STATE = ("国の機関", "地方公共団体")

_NAMES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 "
    "山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 "
    "香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)
_PREFECTURES = tuple(_NAMES.split())


@dataclass(frozen=True, slots=True)
class Seat:
    """Where the text says that an organisation sits: the prefecture, "" when not named, and the words that follow."""

    prefecture: str
    rest: str

    def agrees(self, candidate: Candidate | Organisation) -> bool:
        """Tell whether the registered seat of ``candidate`` can be this one."""
        if self.prefecture and candidate.prefecture != self.prefecture:
            return False
        city = candidate.city
        if not self.rest or not city:
            return bool(self.prefecture)
        # 西多摩郡瑞穂町 is also written 瑞穂町
        for written in (city, city.rsplit("郡", 1)[-1]):
            same = next((at for at, (a, b) in enumerate(zip(self.rest, written, strict=False)) if a != b), None)
            if same is None:
                if len(self.rest) >= len(written):
                    return True
                same = len(self.rest)
            # 横浜市 of 横浜市西区, when the text stops there
            if same >= 2 and written[same - 1] in "市郡" and not _GOES_ON.match(self.rest, same):
                return True
        return False


@dataclass
class _Told:
    """What the text says of one organisation."""

    seats: list[Seat] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)


_HALF_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
_GOES_ON = re.compile("[一-龠々ぁ-んァ-ヶ]")
_ADDRESS = r"(?:〒?\s?[0-9]{3}-?[0-9]{4}\s?)?"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    full = "|".join(_PREFECTURES)
    short = "|".join(one if one == "北海道" else one[:-1] for one in _PREFECTURES)
    prefecture = f"(?:(?P<prefecture>{full})|(?P<short>{short})(?:[・、]|(?=[)\\s。]|$)))"
    city = r"(?P<rest>[一-龠々ぁ-んァ-ヶ]{1,8}[市区町村郡][^\s()、。,「」]{0,12})"
    told = (
        rf"(?:(?:登記上の)?本店所在地|本社所在地|所在地|本社|本店|本部|住所)\s?(?:は|[:：/・、]|が|を)?\s?{_ADDRESS}"
        rf"(?:{prefecture}\s?{city.replace('rest', 'after')}?|{city})"
    )
    bracket = rf"[」』]?\s?\((?:本社|本店|本部)?[:：・、]?\s?{prefecture}\s?{city}?[^()]{{0,40}}\)"
    sits = "に(?:本社|本店|本部)を(?:置く|おく|構える|持つ)"
    before = rf"(?:{prefecture}\s?{city.replace('rest', 'after')}?(?:{sits}|の)|{city}{sits})[「『]?$"
    number = r"(?:法人番号|登録番号)\s?(?:は|[:：/])?\s?\(?(?P<number>T?[0-9][0-9 -]{11,20})"
    return re.compile(told), re.compile(bracket), re.compile(before), re.compile(number)


def _seat(hit: re.Match[str]) -> Seat:
    groups = hit.groupdict()
    prefecture = groups.get("prefecture") or next(
        (one for one in _PREFECTURES if groups.get("short") and one.startswith(groups["short"])), ""
    )
    return Seat(prefecture, groups.get("rest") or groups.get("after") or "")


def told_of(text: str, found: Sequence[FoundOrganisation]) -> dict[int, _Told]:
    """Return what the text says of seats and corporate numbers, by the index of the name that it says it of.

    Behind a name in brackets, before it (東京都港区の…), or in a line of a profile at most four lines below the name.
    """
    told: dict[int, _Told] = {}
    plain = text.translate(_HALF_WIDTH)
    cued, bracket, before, number = _patterns()
    starts = [name.start for name in found]
    for index, name in enumerate(found):
        hit = bracket.match(plain, name.end)
        ahead = before.search(plain, max(0, name.start - 40), name.start)
        for one in (hit, ahead):
            if one:
                told.setdefault(index, _Told()).seats.append(_seat(one))

    breaks = [hit.start() for hit in re.finditer("\n", plain)]

    def owner(at: int) -> int | None:
        """The nearest name before ``at``, or above it within a few lines, but for towns of addresses between."""
        line = bisect_right(breaks, at)
        for index in range(bisect_right(starts, at) - 1, -1, -1):
            above = line - bisect_right(breaks, found[index].end)
            if above > _NEAR_LINES:
                return None
            if not above or found[index].kind != "municipality":
                return index
        return None

    for hit in cued.finditer(plain):
        whose = owner(hit.start())
        if whose is not None and not bracket.match(plain, found[whose].end):
            told.setdefault(whose, _Told()).seats.append(_seat(hit))
    for hit in number.finditer(plain):
        whose, known = owner(hit.start()), corporate_number_of(hit["number"])
        if whose is not None and known:
            told.setdefault(whose, _Told()).numbers.add(known)
    return told


def link(
    text: str,
    found: Sequence[FoundOrganisation],
    groups: Sequence[Cluster],
    registry: Registry | None = None,
    at: str | None = None,
) -> list[Cluster]:
    """Return ``groups`` with the organisations of ``registry`` where exactly one fits, and candidates where several do.

    ``at`` (EDTF) is the day of the document: who did not exist then, or bore another name, does not fit. Groups that
    turn out to be one organisation become one. Without a ``registry`` the links to the built-in register are only judged.
    Raises RegisterError when the register cannot be read.
    """
    told = told_of(text, found)
    linked = []
    with registry.reading() if registry else nullcontext():
        for group in groups:
            entity = group.entity
            if entity.source != "document":
                entity = _built_in(group, found, told, registry, at) if entity.corporate_number else entity
            elif registry and entity.kind not in _NOT_LISTED:
                entity = _entity(group, found, told, registry, at)
            linked.append(group if entity is group.entity else replace(group, entity=entity))
    return _merged(linked)


def _told(group: Cluster, told: dict[int, _Told]) -> tuple[list[Seat], set[str]]:
    """What the text says of a group's seats and corporate numbers."""
    seats = [seat for index in group.members if index in told for seat in told[index].seats]
    return seats, {number for index in group.members if index in told for number in told[index].numbers}


def _entity(
    group: Cluster, found: Sequence[FoundOrganisation], told: dict[int, _Told], registry: Registry, at: str | None
) -> Entity:
    spelled, candidates = _candidates(group, found, registry)
    if not candidates:
        return group.entity
    chosen, score, evidence = decide(spelled, candidates, *_told(group, told), at)
    if chosen is None:
        return replace(group.entity, candidates=_listed(candidates), link_score=0.0)
    return _linked(group, chosen, registry, score, evidence)


def _listed(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.corporate_number for one in candidates))[:MOST_CANDIDATES]


def _linked(group: Cluster, chosen: Candidate, registry: Registry, score: float, evidence: tuple[str, ...]) -> Entity:
    entity_id = f"jp:{chosen.corporate_number}"
    built_in = register().entities.get(entity_id)
    if built_in is not None:
        return replace(built_in, link_score=score, link_evidence=evidence)
    known = registry.organisation(chosen.corporate_number)
    name = unicodedata.normalize("NFKC", chosen.name)
    return Entity(
        entity_id, name, (known and known.name_en) or None, group.entity.kind, chosen.corporate_number,
        (known and known.edinet_code) or None, (known and known.securities_code) or None,
        (known and known.industry) or None, "register", (), score, evidence,
    )  # fmt: skip


def _built_in(
    group: Cluster,
    found: Sequence[FoundOrganisation],
    told: dict[int, _Told],
    registry: Registry | None,
    at: str | None,
) -> Entity:
    """The organisation that the built-in register found by its name, or another, or none where the text speaks against it."""
    entity = group.entity
    number = entity.corporate_number or ""
    seats, numbers = _told(group, told)
    candidates: list[Candidate] = []
    filed = None
    if registry:
        spelled, candidates = _candidates(group, found, registry, key(entity.name))
        filed = registry.organisation(number)
        chosen, score, evidence = decide(spelled, candidates, seats, numbers, at)
        if chosen and (seats or numbers or chosen.corporate_number == number):
            return _linked(group, chosen, registry, score, evidence)
    fitting = [one for one in candidates if all(seat.agrees(one) for seat in seats)]
    if numbers:
        holds = number in numbers
    elif seats and filed:
        # two of one name in one place: nothing tells which
        holds = all(seat.agrees(filed) for seat in seats) and len({one.corporate_number for one in fitting}) < 2
    else:
        holds = True
    if not holds:
        return Entity(
            entity_id_of(group.name), group.name, None, entity.kind, None, None, None, None, "document",
            _listed(candidates), 0.0,
        )  # fmt: skip
    if numbers or (seats and filed):
        return replace(
            entity, link_score=1.0 if numbers else 0.8, link_evidence=("name", "number" if numbers else "seat")
        )
    others = _listed(candidates) if any(one.corporate_number != number for one in candidates) else ()
    by = ("name", "built-in", "seat unchecked") if seats else ("name", "built-in")
    return replace(entity, candidates=others, link_score=_UNCHECKED if seats else _BY_NAME, link_evidence=by)


def _candidates(
    group: Cluster, found: Sequence[FoundOrganisation], registry: Registry, only: str | None = None
) -> tuple[str, list[Candidate]]:
    """The fullest spelling in the text that the register knows, and whom it may mean there.

    With ``only`` no spelling counts but those with a corporate form and those of that key: no short form.
    """
    # a shorter name without a form may be that of the group or of a parent: X of Xホールディングス株式会社
    formed = {found[index].text for index in group.members if has_form(found[index].text)} - {group.name}
    for spelled in [group.name, *sorted(formed, key=lambda one: (-len(one), one))][:_MOST_SPELLINGS]:
        if len(stem(spelled)) < 2 or not (only is None or has_form(spelled) or key(spelled) == only):
            continue
        candidates = [one for one in registry.look_up(spelled) if has_form(spelled) or _of_kind(one, group.entity.kind)]
        if candidates:
            return spelled, candidates
    return group.name, []


def _of_kind(candidate: Candidate, kind: str | None) -> bool:
    """Tell whether a name without a form can be the candidate's: a town is no company that is called like it."""
    if kind == "municipality":
        return candidate.kind == "地方公共団体"
    if kind == "authority":
        return candidate.kind in ("国の機関", "その他の設立登記法人", "その他", "")
    return candidate.kind not in _STATE or kind == "body"


def decide(
    spelled: str, candidates: Sequence[Candidate], seats: Sequence[Seat], numbers: set[str], at: str | None
) -> tuple[Candidate | None, float, tuple[str, ...]]:
    """Return the one candidate that fits what the text says, how sure that is, and by what; None when not exactly one.

    The rank of the evidence: the number 1.0, whole name and seat 0.95, whole name 0.9, name and seat 0.8, name 0.6.
    """
    formed = has_form(spelled)
    named = [one for one in (at_date(candidates, at) if at else candidates) if one.whole or not formed or numbers]
    if numbers:
        fitting = [one for one in named if one.corporate_number in numbers]
    else:
        fitting = [one for one in named if all(seat.agrees(one) for seat in seats)]
    if len({one.corporate_number for one in fitting}) != 1:
        return None, 0.0, ()
    chosen = fitting[0]
    if not (formed or seats or numbers) and is_ordinary(spelled, ordinary_words()):
        return None, 0.0, ()
    by = ["name+form" if formed and chosen.whole else "name"]
    by += [chosen.basis] if chosen.basis in ("former", "english") else []
    if numbers:
        return chosen, 1.0, (*by, "number")
    by += ["seat"] if seats else []
    by += ["unique"] if len({one.corporate_number for one in named}) == 1 else []
    return chosen, (0.95 if formed else 0.8) if seats else (0.9 if formed else 0.6), tuple(by)


def _merged(groups: Sequence[Cluster]) -> list[Cluster]:
    """Make one group of those that were linked to one id, under the fuller of their names; all numbered anew."""
    linked = {group.entity.entity_id for group in groups if group.entity.link_evidence}
    by_id: dict[str, list[Cluster]] = {}
    for group in groups:
        by_id.setdefault(group.entity.entity_id, []).append(group)
    made: list[Cluster] = []
    for group in groups:
        same = by_id[group.entity.entity_id] if group.entity.entity_id in linked else [group]
        if same[0] is not group:
            continue
        members = tuple(sorted(index for one in same for index in one.members))
        fullest = max(same, key=lambda one: (has_form(one.name), len(one.name)))
        made.append(Cluster(len(made), members, fullest.name, fullest.entity))
    return made
