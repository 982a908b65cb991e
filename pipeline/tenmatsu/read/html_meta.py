"""What a page says of itself beside its text: title, site, day, in JSON-LD, ``<meta>``, ``<title>`` and ``<time>``.

The day is that of Japan. A time with an offset is an instant: 2024-05-01T16:00:00Z is the 2nd of May in Tokyo, whatever
zone the server keeps. A day or a time without an offset is taken as it stands. Where a system made 00:00 of UTC out of a
bare day, the day in Japan (09:00) is the same. Times of change (dateModified, article:modified_time) say nothing of the
day of publication and are not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from lxml import etree

from tenmatsu.read import limits
from tenmatsu.read.html_inline import lines_of
from tenmatsu.records import About

_JAPAN = timezone(timedelta(hours=9))
_LONGEST = 300  # characters of a title or a name
_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "dc.created",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "published_at",
    "cxenseparse:recs:publishtime",
    "sailthru.date",
    "parsely-pub-date",
    "release_date",
    "date",
)
_ARTICLES = (
    "NewsArticle",
    "ReportageNewsArticle",
    "BlogPosting",
    "Article",
    "TechArticle",
    "Report",
    "LiveBlogPosting",
)


@dataclass(slots=True)
class _Told:
    """What was found, in the order of the page."""

    metas: dict[str, str] = field(default_factory=dict)
    title: str = ""
    headings: list[str] = field(default_factory=list)
    times: list[tuple[str, bool]] = field(default_factory=list)
    linked: list[dict[str, Any]] = field(default_factory=list)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "instant": re.compile(
            r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|z|UTC|GMT|JST|[+-]\d{2}:?\d{2})?)?\s*$"
        ),
        "day": re.compile(r"\s*(\d{4})\s?[年/.-]\s?(\d{1,2})\s?[月/.-]\s?(\d{1,2})(?:\s?日)?(?![0-9])"),
        "compact": re.compile(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6}|T\d{6}Z?)?\s*$"),
        # seconds (or milliseconds) since 1970, as systems for weblogs write them
        "seconds": re.compile(r"([1-3][0-9]{9})(?:[0-9]{3})?"),
        "parts": re.compile(r"\s*(?:[|｜»›«＜<>]|\s[-–—―:：/]\s|::)\s*"),
    }


def day_of(told: str) -> str | None:
    """Return the day in Japan that a time of a page's metadata names (``2024-05-02``), None where it names none."""
    told = told[:60]
    instant = _patterns()["instant"].match(told)
    if instant and instant[7]:
        year, month, day, hour, minute = (int(one) for one in instant.groups()[:5])
        try:
            made = datetime(year, month, day, hour % 24, minute, tzinfo=_zone(instant[7]))
            return made.astimezone(_JAPAN).date().isoformat() if 1990 <= year <= 2100 else None
        except (ValueError, OverflowError):
            return None
    seconds = _patterns()["seconds"].fullmatch(told.strip())
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), _JAPAN).date().isoformat()
    found = _patterns()["day"].match(told) or _patterns()["compact"].match(told)
    if found is None:
        return None
    try:
        made = datetime(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return made.date().isoformat() if 1990 <= made.year <= 2100 else None


def _zone(told: str) -> timezone:
    if told in ("Z", "z", "UTC", "GMT"):
        return timezone.utc
    if told == "JST":
        return _JAPAN
    minutes = int(told[1:3]) * 60 + int(told[-2:])
    return timezone(timedelta(minutes=minutes if told[0] == "+" else -minutes))


def about_of(root: etree._Element) -> About:
    """Return what a page says of its title, its site and the day that it was published."""
    told = _collect(root)
    site = _clean(told.metas.get("og:site_name")) or _publisher(told) or _clean(told.metas.get("application-name"))
    title = _clean(told.metas.get("og:title")) or _headline(told)
    if title is None:
        title, beside = _own_title(told)
        site = site or beside
    published, basis = _published(told)
    return About(_without_site(title, site) if title else None, site, published, basis)


def title_of(root: etree._Element) -> str:
    """Return everything that the page calls its title, to know its heading by: <title> and og:title."""
    told = _collect(root, linked=False)
    return " ".join(filter(None, (told.title, told.metas.get("og:title"))))


def _collect(root: etree._Element, linked: bool = True) -> _Told:
    told = _Told()
    size = 0
    for element in root.iter("meta", "title", "time", "h1", "h2", "h3", "script"):
        tag = element.tag
        if tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = element.get("content")
            if content and content.strip():
                told.metas.setdefault(name.strip().lower()[:60], content.strip()[:1000])
        elif tag == "title":
            told.title = told.title or _text(element)
        elif tag in ("h1", "h2", "h3"):
            if len(told.headings) < 50:
                told.headings.append(_text(element))
        elif tag == "time":
            stated = element.get("datetime") or _text(element)
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
            if not re.search("updat|modif|edit", names) and len(told.times) < 50:
                marked = "pubdate" in element.attrib or "publish" in names
                told.times.append((stated, marked))
        elif linked and (element.get("type") or "").lower() == "application/ld+json":
            source = element.text or ""
            size += len(source)
            if size <= limits.METADATA:
                told.linked += _linked(source)
    return told


def _text(element: etree._Element) -> str:
    """The first words of an element."""
    found: list[str] = []
    size = 0
    for piece in element.itertext():
        found.append(piece)
        size += len(piece) + 1
        if size > 1000:
            break
    return " ".join(lines_of("".join(found)))[:_LONGEST]


def _linked(source: str) -> list[dict[str, Any]]:
    """The objects of a JSON-LD script, those inside lists and @graph too; none for what is no JSON."""
    try:
        # line ends inside strings are common, though JSON knows none
        stack = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    while stack and len(found) < 500:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            found.append(one)
            if isinstance(one.get("@graph"), list):
                stack.extend(reversed(one["@graph"]))
            for inner in ("mainEntity", "mainEntityOfPage"):
                if isinstance(one.get(inner), dict):
                    stack.append(one[inner])
    return found


def _kinds(one: dict[str, Any]) -> list[str]:
    kind = one.get("@type")
    return (
        [kind] if isinstance(kind, str) else [k for k in kind if isinstance(k, str)] if isinstance(kind, list) else []
    )


def _articles(told: _Told) -> Iterator[dict[str, Any]]:
    """The objects that are articles, then pages."""
    for wanted in (_ARTICLES, ("WebPage", "ItemPage")):
        yield from (one for one in told.linked if any(kind in wanted for kind in _kinds(one)))


def _headline(told: _Told) -> str | None:
    return next((title for one in _articles(told) if (title := _clean(one.get("headline")))), None)


def _publisher(told: _Told) -> str | None:
    names = {str(one["@id"]): one.get("name") for one in told.linked if isinstance(one.get("@id"), str)}
    for one in _articles(told):
        publisher = one.get("publisher")
        if isinstance(publisher, list) and publisher:
            publisher = publisher[0]
        if isinstance(publisher, str) and (name := _clean(publisher)):
            return name
        if isinstance(publisher, dict):
            name = _clean(publisher.get("name")) or _clean(names.get(str(publisher.get("@id"))))
            if name:
                return name
    return next((name for one in told.linked if "WebSite" in _kinds(one) and (name := _clean(one.get("name")))), None)


def _published(told: _Told) -> tuple[str | None, str | None]:
    for one in _articles(told):
        stated = one.get("datePublished")
        if isinstance(stated, str) and (day := day_of(stated)):
            return day, "JSON-LD datePublished"
    for name in _METAS:
        if day := day_of(told.metas.get(name, "")):
            return day, f"meta {name}"
    for marked in (True, False):
        for stated, is_marked in told.times:
            if is_marked >= marked and (day := day_of(stated)):
                return day, "time pubdate" if is_marked else "time datetime"
    return None, None


def _own_title(told: _Told) -> tuple[str | None, str | None]:
    """The part of <title> that a heading of the page repeats, and the part at the other end, which names the site."""
    if not told.title:
        return next((_clean(one) for one in told.headings if one), None), None
    parts = [part for part in _patterns()["parts"].split(told.title) if part]
    headings = {"".join(one.split()) for one in told.headings}
    at = next((place for place, part in enumerate(parts) if "".join(part.split()) in headings), None)
    if at is None or len(parts) < 2:
        return _clean(told.title), None
    return _clean(parts[at]), _clean(parts[-1] if at == 0 else parts[0] if at == len(parts) - 1 else parts[-1])


def _without_site(title: str, site: str | None) -> str | None:
    """The title without the name of the site at its head or end."""
    parts = [part for part in _patterns()["parts"].split(title) if part]
    if len(parts) < 2:
        return title
    named = "".join((site or "").split())
    if named:
        for part in (parts[-1], parts[0]):
            if "".join(part.split()) in (named, f"{named}公式サイト"):
                left = title.replace(part, "", 1) if part is parts[0] else title[: title.rindex(part)]
                return left.strip(" \u3000|｜»›«＜<>-–—―:：/") or title
        return title
    # without a name of the site the longest part is the title
    longest = max(parts, key=len)
    return longest if len(longest) * 2 >= len(title) else title


def _clean(told: object) -> str | None:
    """Words on one line; None for nothing. Escapes of JSON may write a half of a surrogate pair, or NUL: no text holds these."""
    if isinstance(told, str) and ("\x00" in told or not told.isascii()):
        told = told.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    plain = " ".join(told.split())[:_LONGEST] if isinstance(told, str) else ""
    return plain or None
