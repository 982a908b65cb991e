"""What a document's rows depend on, as one short text: equal fingerprints, equal rows, so that nothing is done twice.

They depend on the bytes, on what is said of them from outside (by the suffix of the name, too), on the code and the rules, and on the packages that read and cut
up text. Anything that may change a row is in; that some changes in it change none costs a run, the other way round costs trust.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from tenmatsu.batch.work import Work
from tenmatsu.read.kinds import told_by_name
from tenmatsu.source import Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from tenmatsu.registry import Registry

_PACKAGES = ("dateparser", "fugashi", "msgspec", "unidic-lite", "ahocorasick_rs", "japan-finance-codes", "jpholiday", "lxml", "trafilatura", "selectolax", "pypdfium2")  # fmt: skip
_PARSERS = ("spacy", "ginza", "ja-ginza")


@cache
def code() -> str:
    """Return the digest of the package's code and rules (hexadecimal)."""
    digest = hashlib.sha256()
    for name, data in _files(resources.files("tenmatsu"), ""):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _files(folder: Traversable, place: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir() and one.name != "__pycache__":
            found += _files(one, f"{place}{one.name}/")
        elif one.name.endswith((".py", ".jsonl")):
            found.append((place + one.name, one.read_bytes()))
    return found


@cache
def packages(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return name and version of those of the packages that are installed."""
    found = []
    for name in names:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return tuple(found)


def identity(ginza: bool = False) -> str:
    """Return the digest of code, rules, packages and Unicode: where it is the same, the same documents have the same rows."""
    used = packages(_PACKAGES + (_PARSERS if ginza else ()))
    return hashlib.sha256(json.dumps([code(), used, unicodedata.unidata_version]).encode()).hexdigest()


def register_identity(registry: Registry) -> list[str]:
    """Return what tells a register from another: the digests of the files that it was made from."""
    return sorted(f"{one.sha256} {one.dated}" for one in registry.sources())


class Keys:
    """Gives the fingerprint of each document of a run."""

    def __init__(self, work: Work) -> None:
        """Look once at all that the documents of the run have in common. Raises RegisterError for a broken register."""
        register: list[str] = []
        if work.register is not None:
            from tenmatsu.registry import Registry

            with Registry(work.register) as registry:
                register = register_identity(registry)
        self._published = work.published
        self._common = [identity(work.ginza), register, work.ginza]

    def of(self, source: Source) -> str:
        """Return the fingerprint of a document, 64 hexadecimal digits; of one without bytes it is that of the reason."""
        if source.error is not None and not source.data:
            told: list[object] = ["unread", source.error]
        else:
            told = [
                *self._common,
                hashlib.sha256(source.data).hexdigest(),
                source.error,
                source.published or self._published,
                source.media_type,
                source.charset,
                source.title,
                # where the bytes leave open what they are
                told_by_name(source.path),
            ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()
