"""Citations: footnotes that name an article, tables of sources, lines that point to an official release.

A mark in the text (*1, ※1, [1]) leads to its citation, and so to whom the text credits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tenmatsu.records import Citation, Line
from tenmatsu.times.calendar import is_day


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation mention as far as citations need it: span and entity name."""

    start: int
    end: int
    entity: str


# a mark that leads to a footnote: *1 ※1 [1] ［1］ [注釈 1] 注1 （注1） 注1) ¹ †; the figure may be missing where there is one note
_MARK = (
    r"[*＊※]\s?(?P<a>[0-9０-９]{1,2})(?![0-9０-９年月日/])|[\[［](?:注釈?\s?|※\s?)?(?P<b>[0-9０-９]{1,2})[\]］](?![(\w])"
    r"|[(（](?:注釈?|※)\s?(?P<c>[0-9０-９]{1,2})[)）]|(?<![一-龠])注\s?(?P<d>[0-9０-９]{1,2})(?![0-9０-９:：条項])[)）]?"
    r"|(?<![0-9mM])(?P<e>[¹²³⁴⁵⁶⁷⁸⁹]{1,2})|(?P<f>[†‡])"
)
_FIGURES = str.maketrans("０１２３４５６７８９¹²³⁴⁵⁶⁷⁸⁹", "0123456789123456789")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    day = r"((?:19|20)[0-9]{2})\s?[年/.-]\s?([0-9]{1,2})\s?[月/.-]\s?([0-9]{1,2})\s?日?"
    return {
        "date": re.compile(
            rf"[(（]?\s*{day}\s*(?:付け?|掲載|公開|発表|配信|更新|放送|放映)?(?:朝刊|夕刊|電子版|号|面)?\s*[)）]?[\s、,。.]*$"
        ),
        "seen": re.compile(
            rf"[(（\[、,]?\s*(?:最終)?(?:閲覧|参照|アクセス|確認)日?\s*[:：]?\s*{day}\s*[)）\]]?\s*$|[(（\[、,]?\s*{day}\s*(?:に)?(?:最終)?(?:閲覧|参照|アクセス)\s*[)）\]]?\s*$"
        ),
        "short": re.compile(
            r"\s*([0-9]{1,2})(?:/|月)([0-9]{1,2})日?(?:付け?|掲載|公開|発表|配信|更新|放送|放映)?(?:朝刊|夕刊)?\s*$"
        ),
        "number": re.compile(r"\s*([0-9]{1,2})\s*$"),
        "url": re.compile(r"https?://[^\s)）」』、。<>＞]+"),
        "mark": re.compile(_MARK),
        "foot": re.compile(r"[\s>]*(?:" + _MARK + ")"),
        # the quotation is the whole title: words glued to it (「甲」に攻撃か) make it a part of one
        "title": re.compile(
            r"^(?P<who>[^「『。はがをにで]{0,30}?)[\s、,:：]*[「『“\"](?P<title>.+)[」』”\"](?:[\s、,]+(?P<rest>[^「『」』。,、はがをにで]{1,20}))?$"
        ),
        "named": re.compile(
            r"[「『][^。\n]{2,120}(?:お詫び|おわび|お知らせ|ご?報告(?:書)?|について|に関して|経過|報)(?:[(（][^()（）]{1,20}[)）])?[」』]"
        ),
        "quoted": re.compile(
            r"[(（](.{2,30}?)(?:の)?(?:プレスリリース|リリース|記事|公式発表|発表|サイト|ニュース|報道)?より(?:引用|抜粋)[)）]"
        ),
        "credit": re.compile(r"(?:引用元|出典|引用|出所|ソース)\s*[:：]?\s*(.+)$"),
    }


def marks(text: str) -> list[str]:
    """Return the footnote marks in a stretch of text, as their numbers in ASCII digits, in order."""
    return [_number(hit) for hit in _patterns()["mark"].finditer(text)]


def _number(hit: re.Match[str]) -> str:
    """Return the figure of a mark, the sign itself where it has none."""
    return next(group for group in hit.groups() if group).translate(_FIGURES)


def _date(body: str) -> tuple[str | None, str]:
    """Return the date of a cited work and the words before it; the day on which it was read is no date of it."""
    patterns = _patterns()
    body = patterns["seen"].sub("", patterns["url"].sub("", body).rstrip(" ,、　<>＜＞()（）")).rstrip()
    hit = patterns["date"].search(body)
    if hit and is_day(int(hit[1]), int(hit[2]), int(hit[3])):
        return f"{int(hit[1]):04d}-{int(hit[2]):02d}-{int(hit[3]):02d}", body[: hit.start()].rstrip(" ,、　")
    hit = patterns["short"].search(body)
    if hit:
        month, day = hit[1], hit[2]
        if not is_day(2000, int(month), int(day)):
            return None, body
        return f"XXXX-{int(month):02d}-{int(day):02d}", body[: hit.start()].rstrip(" ,、　")
    return None, body


def _parts(words: str) -> tuple[str | None, str]:
    """Return who published a cited work and its title: 甲紙「題」, 「題」甲紙, or 題,甲紙."""
    hit = _patterns()["title"].match(words)
    if hit and not _balanced_inside(hit["title"]):
        return None, words
    if hit:
        who = (hit["who"] or hit["rest"] or "").strip(" \u3000、,:：")
        return who or None, hit["title"]
    return None, words.split(",")[0]


def _balanced_inside(title: str) -> bool:
    """Whether the brackets inside a quoted title close again, so that its own are the outermost."""
    depth = 0
    for character in title:
        depth += (character in "「『") - (character in "」』")
        if depth < 0:
            return False
    return depth == 0


def _publisher(names: list[Named], start: int, end: int, *, last: bool) -> str | None:
    inside = [name for name in names if start <= name.start and name.end <= end]
    if not inside:
        return None
    return inside[-1].entity if last else inside[0].entity


def _named(text: str, names: list[Named], line: Line, who: str) -> str:
    """Return the organisation that the words beside a quoted title name, the words themselves where none is known."""
    inside = [name for name in names if line.content <= name.start and name.end <= line.end]
    return next((name.entity for name in inside if text[name.start : name.end] in who), who)


def is_citation(body: str) -> bool:
    """Whether a footnote's body names an article (title, publisher, date) and tells nothing itself."""
    date, title = _date(body.strip())
    title = title.strip()
    if _patterns()["named"].fullmatch(title) and _balanced_inside(title[1:-1]):
        return True  # ※1「不正アクセスについて」: a title and no word more
    return bool(_patterns()["url"].search(body)) or (
        date is not None
        and ("," in title or "、" in title or "，" in title or "「" in title or not title.endswith("。"))
    )


def find(doc_id: str, text: str, lines: tuple[Line, ...], names: list[Named]) -> list[Citation]:
    """Return the citations of a document in order of place; ``names`` are its organisation mentions."""
    patterns = _patterns()
    found: list[Citation] = []
    number: str | None = None
    publisher: str | None = None
    start = 0
    for line in lines:
        body = text[line.content : line.end].strip()
        if not body:
            continue
        if line.role == "footnote" and is_citation(body):
            mark = patterns["foot"].match(text, line.start)
            date, rest = _date(body)
            who, title = _parts(rest)
            found.append(
                _row(
                    doc_id,
                    _number(mark) if mark else None,
                    line.start,
                    line.end,
                    _named(text, names, line, who) if who else _publisher(names, line.content, line.end, last=True),
                    title,
                    date,
                    body,
                )
            )
        elif line.role == "source":
            if patterns["number"].fullmatch(body):
                number, publisher, start = body.strip(), None, line.start
                continue
            date, title = _date(body)
            if date is None and number is not None and publisher is None:
                publisher = _publisher(names, line.content, line.end, last=False) or re.sub(r"^【[^】]*】", "", body)
                continue
            head = _publisher(names, line.content, line.end, last=False)
            if number is not None:
                found.append(_row(doc_id, number, start, line.end, publisher or head, title.strip(), date, body))
                number, publisher = None, None
            elif date is not None or "http" in body or head:
                found.append(_row(doc_id, None, line.content, line.end, head, title.strip(), date, body))
        elif line.role == "byline":
            quoted = patterns["quoted"].search(body) or patterns["credit"].search(body)
            if quoted:
                name = _publisher(names, line.start, line.end, last=False) or quoted[1].strip("《》 　")
                found.append(_row(doc_id, None, line.start, line.end, name, None, None, body))
    return found


def _row(
    doc_id: str,
    mark: str | None,
    start: int,
    end: int,
    publisher: str | None,
    title: str | None,
    date: str | None,
    body: str,
) -> Citation:
    url = _patterns()["url"].search(body)
    return Citation(
        doc_id, f"{doc_id}-c{start}", mark, start, end, publisher, title or None, date, url[0] if url else None
    )
