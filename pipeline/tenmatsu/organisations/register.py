"""The register of known organisations: filers of the EDINET list and ``models/organisations.jsonl``.

The look-up works on a folded text, one character for one character (full width to half width, capitals to
small letters), so that offsets stay those of the text itself.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import string
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import ahocorasick_rs
import msgspec

from tenmatsu.knowledge import KnowledgeError, load
from tenmatsu.organisations.patterns import ordinary_words
from tenmatsu.records import Entity

FORMS = (
    "株式会社|有限会社|合同会社|合名会社|合資会社|相互会社|㈱|㈲|\\(株\\)|\\(有\\)|（株）|（有）|"
    "独立行政法人|地方独立行政法人|国立研究開発法人|国立大学法人|公立大学法人|大学共同利用機関法人|"
    "一般社団法人|一般財団法人|公益社団法人|公益財団法人|特定非営利活動法人|NPO法人|社会福祉法人|"
    "医療法人社団|医療法人財団|医療法人|社会医療法人|学校法人|宗教法人|弁護士法人|税理士法人"
)


class KnownOrganisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record of ``models/organisations.jsonl``: an organisation that the EDINET list lacks, or its short forms.

    ``not_before`` lists what makes the name part of a product's (``Google Analytics``) when it follows.
    """

    id: str
    name: str
    kind: str
    name_en: str | None = None
    aliases: list[str] = []
    corporate_number: str | None = None
    not_before: list[str] = []


class _Filer(msgspec.Struct):
    edinet_code: str
    name: str
    name_en: str | None = None
    sec_code: str | None = None
    corporate_number: str | None = None
    industry: str | None = None


class _Snapshot(msgspec.Struct):
    companies: list[_Filer]


@dataclass(frozen=True, slots=True)
class Known:
    """One spelling of a registered organisation.

    ``official`` is true of its whole name with or without the corporate form, ``ordinary`` of a spelling that
    is also a word of the language and does not count without evidence in the text.
    """

    surface: str
    entity_id: str
    official: bool
    ordinary: bool
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """All known spellings in one automaton. Not to be pickled: each process calls ``register()`` for its own."""

    spellings: tuple[tuple[Known, ...], ...]
    entities: dict[str, Entity]
    by_folded: dict[str, tuple[Known, ...]]
    _automaton: Any = field(repr=False)

    def occurrences(self, folded: str) -> list[tuple[int, int, int]]:
        """Return (index into ``spellings``, start, end) for all spellings in a folded text, overlaps included."""
        return self._automaton.find_matches_as_indexes(folded, overlapping=True)

    def find(self, name: str) -> Known | None:
        """Return the spelling that ``name`` is, its corporate form apart, or None."""
        for key in (fold(squeeze(name)), fold(stem(name)), fold(squeeze(stem(name)))):
            for known in self.by_folded.get(key, ()):
                if known.official or not known.ordinary:
                    return known
        return None


@cache
def _folding() -> dict[int, int]:
    table = {0xFF01 + i: 0x21 + i for i in range(94)}
    table.update({ord(c): ord(c.lower()) for c in string.ascii_uppercase})
    table.update({0xFF21 + i: ord("a") + i for i in range(26)})
    table.update(
        {0x3000: 0x20, 0xA0: 0x20, ord("･"): ord("・"), ord("‐"): ord("-"), ord("－"): ord("-"), ord("−"): ord("-")}
    )
    return table


def fold(text: str) -> str:
    """Return ``text`` with each character folded to one character: width and capitals go, length stays."""
    return text.translate(_folding())


@cache
def _form() -> re.Pattern[str]:
    return re.compile(FORMS)


def squeeze(name: str) -> str:
    """Return ``name`` without the blanks that stand between Japanese letters; those between Latin words stay."""
    return re.sub(r"(?<![!-~])[ \u3000\u00a0]+|[ \u3000\u00a0]+(?![!-~])", "", name)


def stem(name: str) -> str:
    """Return ``name`` without its corporate forms and the blanks beside them (株式会社　神戸製鋼所 → 神戸製鋼所)."""
    return _form().sub(" ", name).strip(" \u3000\u00a0")


def entity_id_of(name: str) -> str:
    """Return the stable id of an organisation that no register knows: a digest of its folded name."""
    return "tm:" + hashlib.sha256(likeness(name).encode()).hexdigest()[:12]


def likeness(name: str) -> str:
    """Return what two spellings of one name have in common: no form, blanks, dots, width; 県警 is 県警察."""
    plain = re.sub(r"[ ・\-]+", "", fold(squeeze(stem(name)) or name))
    plain = re.sub("(?<=[市区町村])(?:役所|役場)$", "", plain)
    return re.sub(
        "(?<=[都道府県])警(?:察本部|察)?$", "警察", re.sub("(?<=[都道府県市区町村])教委$", "教育委員会", plain)
    )


_INSTITUTION = re.compile(
    "(?:(?:社会)?医療法人(?:社団|財団)?|(?:準)?学校法人|社会福祉法人|(?:地方)?独立行政法人|国立研究開発法人|(?:国立|公立)大学法人"
    "|(?:一般|公益|特定)?(?:社団|財団)法人|宗教法人)"
    "(?:[^ \u3000]+[ \u3000]+|[^ \u3000]{1,16}?(?:会|学園|学院|学舎|義塾|財団|機構|事業団|協会))"
    "(?P<own>(?![附付]属)[^ \u3000]{2,20}(?<!人)(?:病院|クリニック|医院|診療所|センター|大学校?|学校|高校|幼稚園|保育[園所]|こども園|学園|苑|荘|ホーム|の里|研究所"
    "|博物館|美術館|図書館))"
)


def institution(name: str) -> str | None:
    """Return the own name of what a corporation runs, where ``name`` is both: 医療法人社団青葉会 みなと病院 gives みなと病院."""
    hit = _INSTITUTION.fullmatch(name)
    return hit["own"] if hit else None


_KATAKANA = re.compile(r"[ァ-ヶー]+")
_HIRAGANA = re.compile(r"[ぁ-んー]+")
_ASCII = re.compile(r"[!-~ ]+")


def is_ordinary(name: str, words: frozenset[str]) -> bool:
    """Tell whether a filer's short name is too short or too common a word to count by itself."""
    if name in words or len(name) < 3 or _HIRAGANA.fullmatch(name):
        return True
    if _KATAKANA.fullmatch(name):
        return len(name) < 4
    if _ASCII.fullmatch(name):
        # a word of small letters, or one with a single capital, is as likely English as a name
        return len(name) < 4 or name[1:].islower() or len(re.sub(r"[^A-Za-z]", "", name)) < 3
    return False


_NAMED_BODY = re.compile(
    "銀行|公庫|金庫|組合|法人|インク|リミテッド|カンパニー|コーポレーション|ピーエルシー|機構|会社|連合会|インコーポレ"
    "|アーゲー|ホールディング|アクツィエン|グループ|Inc|Ltd|Corp|PLC|LLC",
    re.IGNORECASE,
)
_SHED = re.compile(
    r"[・\s](?:インク|リミテッド|ピーエルシー|アーゲー|カンパニー|コーポレーション|インコーポレイテッド|インコーポレーテッド|エルエルシー)$"
)


def _half(name: str) -> str:
    """Half-width letters for the full-width ones of the EDINET list, capitals kept."""
    return name.translate({0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20})


def _filers() -> list[_Filer]:
    # The package's own loader compares its date with the clock and warns; the snapshot is read as data instead.
    try:
        packed = resources.files("japan_finance_codes").joinpath("_data", "company_registry.json.gz").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise KnowledgeError("the register of filers is missing: install japan-finance-codes >= 0.2") from error
    return msgspec.json.decode(gzip.decompress(packed), type=_Snapshot).companies


def _variants(name: str) -> set[str]:
    """Spellings of one name: with and without middle dots and hyphens, and with a blank where scripts meet."""
    found = {name}
    if "・" in name:
        found.add(name.replace("・", ""))
        found.add(name.replace("・", " "))
    if not name.isascii():
        spaced = re.sub(r"(?<=[A-Za-z0-9])(?=[ぁ-んァ-ヶ一-龠])|(?<=[ぁ-んァ-ヶ一-龠])(?=[A-Za-z])", " ", name)
        found.add(spaced)
    return found


@cache
def register() -> Register:
    """Return the register, built on first use (a fifth of a second).

    Raises KnowledgeError when the data of japan-finance-codes or ``models/organisations.jsonl`` cannot be read.
    """
    words = ordinary_words()
    entities: dict[str, Entity] = {}
    table: dict[str, dict[str, Known]] = {}
    owners: dict[str, str] = {}

    def add(surface: str, entity_id: str, official: bool, ordinary: bool, not_before: tuple[str, ...] = ()) -> None:
        if len(surface) < 2:
            return
        for variant in _variants(surface):
            slot = table.setdefault(fold(variant), {})
            known = slot.get(entity_id)
            if known is None or (known.ordinary and not ordinary) or (official and not known.official):
                slot[entity_id] = Known(
                    variant, entity_id, official or bool(known and known.official), ordinary, not_before
                )

    for filer in _filers():
        name = _half(filer.name)
        bare = stem(name)
        if bare == name and not _NAMED_BODY.search(name):
            continue  # a person, a country or a city of the EDINET list
        plain = squeeze(bare) if not bare.isascii() else bare
        entity_id = f"jp:{filer.corporate_number}" if filer.corporate_number else entity_id_of(name)
        whole = squeeze(name)
        entities[entity_id] = Entity(
            entity_id, whole, filer.name_en, "company", filer.corporate_number, filer.edinet_code, filer.sec_code,
            filer.industry, "edinet",
        )  # fmt: skip
        owners.setdefault(fold(plain), entity_id)
        add(plain, entity_id, True, is_ordinary(plain, words))
        shed = _SHED.sub("", plain)
        if shed != plain:
            add(shed, entity_id, False, is_ordinary(shed, words))

    for known in load("organisations", KnownOrganisation):
        plain = stem(known.name)
        entity_id = owners.get(fold(squeeze(plain)), "")
        if not entity_id:
            entity_id = f"jp:{known.corporate_number}" if known.corporate_number else known.id
        filed = entities.get(entity_id)
        entities[entity_id] = Entity(
            entity_id, known.name if filed is None else filed.name, known.name_en or (filed.name_en if filed else None),
            known.kind, filed.corporate_number if filed else known.corporate_number,
            filed.edinet_code if filed else None, filed.securities_code if filed else None,
            filed.industry if filed else None, "edinet" if filed else "tenmatsu",
        )  # fmt: skip
        barred = tuple(fold(word) for word in known.not_before)
        # a short form that is listed by hand counts by itself; a whole name that is a common word does not
        add(plain, entity_id, True, plain in words, barred)
        for alias in known.aliases:
            add(alias, entity_id, stem(alias) == plain, False, barred)

    # where two filers share a short name, one that is listed by hand owns it
    keys = sorted(table)
    spellings = tuple(tuple(sorted(table[key].values(), key=lambda one: (one.ordinary, one.entity_id))) for key in keys)
    return Register(spellings, entities, dict(zip(keys, spellings, strict=True)), ahocorasick_rs.AhoCorasick(keys))
