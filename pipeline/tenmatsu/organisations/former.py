"""Names that an organisation had before, where the text says so: 甲（旧社名：乙）, 乙（現甲）, 乙から甲に社名変更."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tenmatsu.organisations.find import FoundOrganisation

_REACH = 60  # code points between a name and what it was called before


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    named = r"(?:社名|商号|名称|会社名|校名|病院名|称)"
    return {
        # between the new name and the old one: （旧社名：, （川崎市、旧, a line below it as well
        "formerly": re.compile(
            rf"\s*[（(](?:[^（）()\n]{{1,24}}[、,，])?\s?(?:旧{named}?|{named}?変更前(?:の{named})?|前身は?)[：:・ は]?[「『]?$"
        ),
        # between the old name and the new one: （現, （現在の, （現社名：
        "now": re.compile(rf"\s*[（(](?:[^（）()\n]{{1,24}}[、,，])?\s?現(?:在の?)?{named}?[：:・ は]?[「『]?$"),
        # the old name, から or より, the new name, に社名を変更
        "from_to": re.compile(r"[」』]?(?:から|より|を)[「『]?$"),
        "renamed": re.compile(rf"[」』]?(?:に|へ|と)(?:{named}(?:を|の)?(?:変更|改称|改め)|改称|改名|{named}変更)"),
        # 乙は2022年4月1日付で甲に社名変更
        "became": re.compile(r"[」』]?は、?[^。、はがを\n]{0,24}?(?:付け?で|に|より|から)、?[「『]?$"),
    }


def former_names(text: str, found: Sequence[FoundOrganisation]) -> list[tuple[int, int]]:
    """Return pairs (old, new) of indexes into ``found`` (sorted by start) that the text says to be one organisation.

    Only a statement beside both names counts: a 旧 before a name whose new one is not there joins nothing.
    """
    patterns = _patterns()
    pairs = []
    for number, name in enumerate(found[:-1]):
        after = found[number + 1]
        between = text[name.end : after.start]
        if len(between) > _REACH:
            continue
        if patterns["formerly"].match(between):
            pairs.append((number + 1, number))
        elif patterns["now"].match(between) or (
            (patterns["from_to"].match(between) or patterns["became"].match(between))
            and patterns["renamed"].match(text, after.end, after.end + 12)
        ):
            pairs.append((number, number + 1))
    return pairs
