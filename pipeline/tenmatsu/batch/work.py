"""What is to be done with every document of a run, as plain data that can be sent to another process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenmatsu.source import Source

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted

# a document in which everything that is loaded on first use is used
_FIRST = "不正アクセスに関するお知らせ\n2020年12月11日\n架空商事株式会社\n当社は10月2日に不正アクセスを検知し、約100件の個人情報が流出した可能性があります。\n"


@dataclass(frozen=True, slots=True)
class Work:
    """How documents are extracted: ``published`` (EDTF) for those that bring no day, GiNZA's parser, and a register's file."""

    published: str | None = None
    ginza: bool = False
    register: Path | None = None

    def opened(self) -> Callable[[Source], Extracted]:
        """Return the function that extracts a document; what it needs is loaded here. It raises nothing.

        Raises RegisterError for a register that cannot be opened.
        """
        from tenmatsu.pipeline import extract_document, unread

        told: dict[str, Any] = {}
        if self.ginza:
            from tenmatsu.parse import GinzaParser

            told["parser"] = GinzaParser()
        if self.register is not None:
            from tenmatsu.registry import Registry

            told["registry"] = Registry(self.register)

        def extracted(source: Source) -> Extracted:
            if source.error is not None:
                return unread(source.path, source.data, source.error)
            declared = {
                name: value for name in ("media_type", "charset") if (value := getattr(source, name)) is not None
            }
            one = extract_document(
                source.data, source.path, published=source.published or self.published, **declared, **told
            )
            if source.title and one.document.status == "ok" and one.document.title is None:
                one = replace(one, document=replace(one.document, title=source.title))
            return one

        return extracted


def warm() -> None:
    """Load the dictionary, the rules and the register that the first document would wait for."""
    Work().opened()(Source("", _FIRST.encode()))
