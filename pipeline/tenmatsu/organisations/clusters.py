"""Which written names of one document name the same organisation, and its fullest name there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tenmatsu.organisations.find import GROUP_TAILS, FoundOrganisation
from tenmatsu.organisations.former import former_names
from tenmatsu.organisations.register import entity_id_of, likeness, register, stem
from tenmatsu.records import Entity

SUBJECT = re.compile(
    r" ?(?:グループ|広報(?:部|担当|室)?|側|社長|担当者|の担当者|の広報(?:部|担当)?|の(?:追記|発表|説明|公表(?:文|資料)?|声明|告知|リリース|資料|報告書|第[0-9０-９一二三四五六]{1,2}報)(?=[^はが。\n]{0,12}によ)|[（(][^（）()\n]{0,40}[）)]|」|』|】)*"
    r"(?:は|が|では|でも(?!な)|によると|によれば|においては|も(?![う一]))"
)


# コインポート of コインポートジャパン: the same firm, also where the short form acts
_PREFECTURE = re.compile(r"^(?:北海道|東京都|(?:京都|大阪)府|[一-龠]{2,3}県)(?=.)")


_WARD = re.compile(r"^[一-龠]{1,4}市(?=[一-龠]{1,4}区(?:役所)?$)")
_FORCE = re.compile(r"^(?:北海道|東京都|(?:京都|大阪)府|[一-龠]{2,3}県)警?(?:察(?:本部)?)?(?=..+署)")
_FOUNDER = re.compile(r"^[一-龠ァ-ヴー]{0,6}(?:[都道府県市区町村]立|国立)(?=[^大].{3,})")


@dataclass(frozen=True)
class Cluster:
    """The names of one organisation: indexes into the found names, fullest name, and its record."""

    number: int
    members: tuple[int, ...]
    name: str
    entity: Entity


def _without_place(name: FoundOrganisation) -> str:
    """Return a town without its prefecture, a ward without its city, a police station and a school without their founder."""
    if name.kind == "municipality":
        return _WARD.sub("", _PREFECTURE.sub("", name.text))
    if name.kind == "police" and name.text.endswith("署"):
        return _FORCE.sub("", name.text)
    return _FOUNDER.sub("", name.text) if name.kind == "school" else ""


def _key(name: FoundOrganisation) -> str:
    plain = stem(name.text)
    if plain.endswith("社") and name.rule.endswith(("sha", "again", "short")) and len(plain) > 2:
        plain = plain[:-1]
    return likeness(plain)


def _fullness(name: FoundOrganisation) -> tuple[bool, bool, int, int]:
    formed = stem(name.text) != name.text
    return (formed, name.short_for is None and not name.rule.endswith(("sha", ".again")), len(name.text), -name.start)


def clusters(text: str, found: Sequence[FoundOrganisation]) -> list[Cluster]:
    """Group ``found`` by organisation, in order of first mention.

    Names belong together when the text defines one by the other, when the register gives them one id, when
    they are alike without their corporate form, or when a bare short form (日立) is how the only longer name
    of the document that begins with it is cut short.
    """
    parent = list(range(len(found)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(one: int, other: int) -> None:
        a, b = sorted((root(one), root(other)))
        parent[b] = a

    by_span = {(name.start, name.end): index for index, name in enumerate(found)}
    first: dict[str, int] = {}
    towns: dict[str, int] = {}
    for index, name in enumerate(found):
        target = by_span.get(name.short_for) if name.short_for else None
        if target is not None:
            join(index, target)
        # 埼玉県綾瀬川市 and 綾瀬川市: a town with its prefecture and without
        bare = _without_place(name)
        if bare and bare != name.text:
            towns.setdefault(bare, index)
        keys = ["id " + name.organisation] if name.organisation and target is None else ["name " + _key(name)]
        for key in keys:
            if key in first:
                join(index, first[key])
            first.setdefault(key, index)

    for index, name in enumerate(found):
        if name.kind in ("municipality", "police", "school") and name.text in towns:
            join(index, towns[name.text])
    older = set()
    for old, new in former_names(text, found):
        join(old, new)
        older.add(_key(found[old]))
    groups: dict[int, list[int]] = {}
    for index in range(len(found)):
        groups.setdefault(root(index), []).append(index)
    _join_cut_short(text, found, groups, join)
    groups = {}
    for index in range(len(found)):
        groups.setdefault(root(index), []).append(index)
    made = []
    for number, members in enumerate(groups.values()):
        # an organisation goes by the name that it has now
        fullest = max((found[index] for index in members), key=lambda one: (_key(one) not in older, *_fullness(one)))
        made.append(Cluster(number, tuple(members), fullest.text, _entity(found, members, fullest)))
    return made


def _join_cut_short(
    text: str, found: Sequence[FoundOrganisation], groups: dict[int, list[int]], join: Callable[[int, int], None]
) -> None:
    texts = sorted({(found[index].text, root) for root, members in groups.items() for index in members})
    for root, members in groups.items():
        if any(found[index].official or found[index].rule.startswith("O.form") for index in members):
            continue
        acts = any(SUBJECT.match(text, found[index].end) for index in members)
        longer = set()
        for short in {found[index].text for index in members}:
            at = bisect_right(texts, (short, len(found)))
            while at < len(texts) and texts[at][0].startswith(short):
                more = texts[at][0][len(short) :]
                if texts[at][1] != root and (
                    more in GROUP_TAILS or (not acts and len(groups[texts[at][1]]) > len(members))
                ):
                    longer.add(texts[at][1])
                at += 1
        if len(longer) == 1:
            join(longer.pop(), members[0])


def _entity(found: Sequence[FoundOrganisation], members: Sequence[int], fullest: FoundOrganisation) -> Entity:
    book = register()
    known = fullest.organisation
    if known is None:
        ranked = sorted((found[index] for index in members), key=_fullness, reverse=True)
        known = next((name.organisation for name in ranked if name.organisation and name.short_for is None), None)
    if known is not None:
        return book.entities[known]
    return Entity(entity_id_of(fullest.text), fullest.text, None, fullest.kind, None, None, None, None, "document")
