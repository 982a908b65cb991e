"""Japanese verbs as rules name them (``盗む/5``, ``漏れる/1``, ``削除/s``), their literal stems and their voice.

A stem is what the automaton finds and what the trigger's span covers: 盗ま 盗み 盗む 盗め 盗も 盗ん of 盗む, 漏れ of
漏れる, the noun of a サ変 verb. What stands behind a stem tells whether it is that verb at all (漏れ in もれなく is not)
and in which voice it stands; the voice often decides the type of an event (削除した and 削除された).

Notation: ``dictionary form/class``. Classes: ``5`` godan, ``1`` ichidan, ``s`` a noun that takes する. An ``n`` behind
``5`` or ``1`` lets the 連用形 stand as a noun too (持ち出しがあった). ``{a|b}`` writes variants: ``{気付|気づ}く/5``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

_ROWS = {
    "う": "わいうえおっ",
    "く": "かきくけこい",
    "ぐ": "がぎぐげごい",
    "す": "さしすせそし",
    "つ": "たちつてとっ",
    "ぬ": "なにぬねのん",
    "ぶ": "ばびぶべぼん",
    "む": "まみむめもん",
    "る": "らりるれろっ",
}
_PLACES = ("5a", "5i", "5u", "5e", "5o", "5t")

# what may follow a stem of each kind; a clause may end behind a 連用形 (…を遮断、…を止め、)
_STOP = r"[、。,\s）)」』・/／]|$"
_CONTINUATIVE = (
    rf"{_STOP}|ま(?:す|し|せ)|つつ|ながら|はじ|始め|続け|終え|終わ|得|かけ|きれ|切れ|にく|づら|やす|がた|そう|たい|たく"
)
# behind a dictionary form: what states or plans the act. Before other nouns it tells of a kind (盗む手口, 盗むもの)
_FINITE = rf"{_STOP}|と|よ|おそれ|恐れ|可能性|状態|予定|方針|こと|旨|の[はをがも]|まで|見込|計画|考え|見通|ほか|など|な[。、ど]|し、"
_GUARDS = {
    "5a": re.compile(r"[れせなずぬんさ]"),
    "5i": re.compile(_CONTINUATIVE),
    "5in": re.compile(rf"{_CONTINUATIVE}|[をがはもにのとで]|等|など|中|後|済"),
    "5u": re.compile(_FINITE),
    "5e": re.compile(r"[るたてなまばず、]|そう"),
    "5o": re.compile(r"う"),
    "5t": re.compile(r"[たてだでち]"),
    "5s": re.compile(rf"[たて]|{_CONTINUATIVE}"),  # し of す verbs is both 連用形 and 音便形
    "5sn": re.compile(rf"[たてをがはもにのとで]|等|など|中|後|済|{_CONTINUATIVE}"),
    "1": re.compile(rf"[たてれよろずぬ]|る(?:{_FINITE})|な[いかくけ]|られ|させ|{_CONTINUATIVE}"),
    "1n": re.compile(
        rf"[たてれよろずぬをがはもにのとで]|る(?:{_FINITE})|な[いかくけ]|られ|させ|等|など|中|後|済|{_CONTINUATIVE}"
    ),
    "s": re.compile(r""),
}

_PASSIVE = re.compile(r"(?:が|を|も)?(?:[^、。]{0,6}(?:行わ|おこなわ|なさ|実施さ)|さ)れ|を?(?:受け|被|こうむ|蒙)")
_CAUSATIVE = re.compile(r"させ")
_POTENTIAL = re.compile(r"(?:が|も|は)?(?:でき|出来|可能|し得|しう)")
_ACTIVE = re.compile(
    r"(?:を|も|は|に)?(?:[^、。]{0,8})(?:し(?!て(?:ほし|欲し))|する|すれ|せ[ずよ]|いた(?:し|だ)|致し|行[いうえっ]|おこな[いうっ]"
    r"|実施|開始|始め|完了|終え|着手|かけ)"
)


@dataclass(frozen=True, slots=True)
class Stem:
    """A literal form with the kind of its verb's stem; kind is "" for a form that is taken as it stands."""

    form: str
    kind: str = ""

    def stands(self, right: str) -> bool:
        """Whether ``right``, the text behind the form, lets it be a form of its verb."""
        return not self.kind or _GUARDS[self.kind].match(right) is not None

    def voice(self, right: str) -> str:
        """Return active, passive, causative, potential or, for a noun without する, noun."""
        kind = self.kind[:2]
        if kind == "5a":
            return "passive" if right.startswith("れ") else "causative" if right.startswith(("せ", "さ")) else "active"
        if kind == "5e":
            return "active" if right.startswith("ば") else "potential"
        if kind in ("1", "1n"):
            return "passive" if right.startswith("られ") else "causative" if right.startswith("させ") else "active"
        if kind in ("s", ""):
            for name, pattern in (
                ("passive", _PASSIVE),
                ("causative", _CAUSATIVE),
                ("potential", _POTENTIAL),
                ("active", _ACTIVE),
            ):
                if pattern.match(right):
                    return name
            return "noun"
        return "active"


def variants(written: str) -> list[str]:
    """Return every spelling of ``written``: 見{付|つ}かる gives 見付かる and 見つかる."""
    parts = re.split(r"\{([^{}]*)\}", written)
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


def stems(written: str) -> list[Stem]:
    """Return the stems of a verb in the notation of this module.

    Raises ValueError for a notation that names no verb.
    """
    word, slash, kind = written.rpartition("/")
    if not slash or kind not in ("5", "5n", "1", "1n", "s"):
        raise ValueError(f"{written!r}: a verb is written 盗む/5, 持ち出す/5n, 漏れる/1, 知らせる/1n or 削除/s")
    found = []
    for spelt in variants(word):
        if kind == "s":
            found.append(Stem(spelt, "s"))
        elif kind[0] == "1":
            if not spelt.endswith("る") or len(spelt) < 2:
                raise ValueError(f"{written!r}: an ichidan verb ends in る")
            found.append(Stem(spelt[:-1], kind))
        else:
            if spelt[-1] not in _ROWS or len(spelt) < 2:
                raise ValueError(f"{written!r}: a godan verb ends in one of {''.join(_ROWS)}")
            found += _godan(spelt, "n" if kind.endswith("n") else "")
    return found


def _godan(verb: str, nominal: str) -> list[Stem]:
    """The six stems of a godan verb; those that coincide (し of す verbs) are one."""
    base, row = verb[:-1], _ROWS[verb[-1]]
    if verb[-1] == "す":
        row = row[:5]
    if verb.endswith(("行く", "いく")) and not verb.endswith(("がいく", "つまずいく")):
        row = f"{row[:5]}っ"  # the one く verb that doubles
    found = []
    for place, kana in zip(_PLACES, row, strict=False):
        kind = place
        if place == "5i":
            kind = ("5s" if verb[-1] == "す" else "5i") + nominal
        found.append(Stem(base + kana, kind))
    return found
