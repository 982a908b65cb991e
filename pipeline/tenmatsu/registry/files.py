"""The official files of organisations, recognised by their content and read row by row.

Two kinds: the corporate numbers of the National Tax Agency (国税庁法人番号公表サイト, 基本3情報ダウンロード, CSV in Unicode or
Shift_JIS: 30 columns in the order of its リソース定義書, no header), whole or of one day; and the code list of EDINET
(EdinetcodeDlInfo.csv: a line that says its date, a header, 13 columns, cp932). Either may be inside its .zip.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from tenmatsu.registry.corporate_number import is_corporate_number

PROCESSES = {
    "01": "新規", "11": "商号又は名称の変更", "12": "国内所在地の変更", "13": "国外所在地の変更", "21": "登記記録の閉鎖等",
    "22": "登記記録の復活等", "71": "吸収合併", "72": "吸収合併無効", "81": "商号の登記の抹消", "99": "削除",
}  # fmt: skip
KINDS = {
    101: "国の機関", 201: "地方公共団体", 301: "株式会社", 302: "有限会社", 303: "合名会社", 304: "合資会社", 305: "合同会社",
    399: "その他の設立登記法人", 401: "外国会社等", 499: "その他",
}  # fmt: skip
CLOSE_CAUSES = {"01": "清算の結了等", "11": "合併による解散等", "21": "登記官による閉鎖", "31": "その他の清算の結了等"}

_COLUMNS = 30
_EDINET_HEADER = "EDINETコード"
_EDINET_NEEDED = ("EDINETコード", "提出者種別", "提出者名", "提出者法人番号")
_WHERE = (
    "give the CSV of the corporate numbers (https://www.houjin-bangou.nta.go.jp/download/) or the code list of EDINET "
    "(EdinetcodeDlInfo.csv), as downloaded"
)


class SourceError(ValueError):
    """A file that is none of the official ones, or is broken; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A recognised file: ``kind`` is nta or edinet, ``dated`` what EDINET's first line says, else empty."""

    path: Path
    kind: str
    sha256: str
    encoding: str
    member: str
    size: int
    dated: str = ""


class Corporation(NamedTuple):
    """One row of the corporate numbers; dates are YYYY-MM-DD or empty, ``number`` has passed its check digit."""

    number: int
    process: str
    correct: str
    update_date: str
    change_date: str
    name: str
    kind: int
    prefecture: str
    city: str
    street: str
    outside: str
    close_date: str
    close_cause: str
    successor: str
    assigned: str
    latest: int
    name_en: str
    furigana: str
    hidden: int


class Filer(NamedTuple):
    """One row of EDINET's code list; ``number`` is None where the list gives none."""

    edinet_code: str
    number: int | None
    name: str
    name_en: str
    kana: str
    address: str
    industry: str
    securities_code: str
    listed: str
    type: str


class Refused(NamedTuple):
    """A row that was left out, and why."""

    line: int
    number: str
    name: str
    reason: str


def recognise(path: Path) -> Source:
    """Return what ``path`` is. Raises SourceError for any other file and OSError for one that cannot be read."""
    if path.is_dir():
        raise SourceError(f"{path}: this is a folder; name the file")
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    member, size = _member(path)
    with _stream(path, member) as stream, _told(path):
        head = stream.read(1 << 20)
    encoding = _encoding(path, head)
    text = head.decode(encoding, "ignore")
    kind, dated = _kind(path, text)
    return Source(path, kind, digest.hexdigest(), encoding, member, size, dated)


def _member(path: Path) -> tuple[str, int]:
    """The CSV inside a zip and its size; the name is empty for a plain file."""
    if not zipfile.is_zipfile(path):
        return "", path.stat().st_size
    with _told(path), zipfile.ZipFile(path) as packed:
        inside = [one for one in packed.infolist() if one.filename.lower().endswith(".csv")]
    if len(inside) != 1:
        there = "no CSV" if not inside else f"{len(inside)} CSV files"
        raise SourceError(f"{path}: this zip holds {there}; unpack it and name the file to import")
    return inside[0].filename, inside[0].file_size


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise SourceError(f"{path}: the zip cannot be read ({error}); download it again") from error


@contextmanager
def _stream(path: Path, member: str) -> Iterator[IO[bytes]]:
    if not member:
        with open(path, "rb") as file:
            yield file
        return
    with _told(path):
        packed = zipfile.ZipFile(path)
    with packed:
        with _told(path):
            opened = packed.open(member)
        with opened:
            yield opened


def _encoding(path: Path, head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for encoding in ("utf-8", "cp932"):
        try:
            # the block may end inside a character
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return encoding
    raise SourceError(f"{path}: neither UTF-8 nor Shift_JIS; {_WHERE}")


def _kind(path: Path, text: str) -> tuple[str, str]:
    lines = text.splitlines()[:3]
    if not lines or not "".join(lines).strip():
        raise SourceError(f"{path}: the file is empty; {_WHERE}")
    if lines[0].lstrip().startswith("<"):
        raise SourceError(f"{path}: this is XML or a web page; {_WHERE}")
    try:
        rows = list(csv.reader(lines))
    except csv.Error as error:
        raise SourceError(f"{path}: no CSV ({error}); {_WHERE}") from error
    for row in rows:
        if row and _header(row[0]) == _EDINET_HEADER:
            missing = [name for name in _EDINET_NEEDED if name not in [_header(cell) for cell in row]]
            if missing:
                raise SourceError(
                    f"{path}: a code list of EDINET without the column {missing[0]}; download EdinetcodeDlInfo.csv again"
                )
            return "edinet", _day(" ".join(rows[0]))
    for row in rows:
        if len(row) == _COLUMNS and (_THIRTEEN.fullmatch(row[1]) or row[1] == "corporateNumber"):
            return "nta", ""
    shown = lines[0][:40] + ("…" if len(lines[0]) > 40 else "")
    raise SourceError(f"{path}: not a file of organisations that is known here (it begins with {shown!r}); {_WHERE}")


_THIRTEEN = re.compile("[0-9]{13}")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _header(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().lstrip("\ufeff")


def _day(text: str) -> str:
    hit = re.search("([0-9]{4})[年/-]([0-9]{1,2})[月/-]([0-9]{1,2})", unicodedata.normalize("NFKC", text))
    return f"{hit[1]}-{int(hit[2]):02}-{int(hit[3]):02}" if hit else ""


class _Counted(io.RawIOBase):
    """A stream that tells how many bytes were taken from it."""

    def __init__(self, stream: IO[bytes], told: Callable[[int], None]) -> None:
        self._stream, self._told = stream, told

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._told(len(data))
        return len(data)


def _rows(source: Source, told: Callable[[int], None]) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of its last line. Raises SourceError where the file breaks off or is no CSV."""
    with _stream(source.path, source.member) as stream:
        buffered = io.BufferedReader(_Counted(stream, told), 1 << 20)  # type: ignore[type-var]
        reader = csv.reader(io.TextIOWrapper(buffered, source.encoding, newline=""))
        try:
            for row in reader:
                if row:
                    yield reader.line_num, row
        except (csv.Error, UnicodeDecodeError) as error:
            why = error.reason if isinstance(error, UnicodeDecodeError) else error
            raise SourceError(
                f"{source.path}: line {reader.line_num + 1} cannot be read ({why}); download the file again"
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise SourceError(f"{source.path}: the zip breaks off ({error}); download it again") from error


def corporations(
    source: Source, refuse: Callable[[Refused], None], told: Callable[[int], None]
) -> Iterator[Corporation]:
    """Yield the rows of a file of corporate numbers; rows that are left out go to ``refuse``, bytes read to ``told``.

    A row is left out when it has not 30 columns, when its number fails its check digit, when it has no name, and when
    a code or a date in it is none.
    """
    for line, row in _rows(source, told):
        if len(row) != _COLUMNS:
            refuse(Refused(line, row[1] if len(row) > 1 else "", "", f"{len(row)} columns in place of {_COLUMNS}"))
            continue
        number, process, name, latest = row[1], row[2], row[6].strip(), row[23]
        if not is_corporate_number(number):
            if number != "corporateNumber":
                refuse(Refused(line, number, name, "the check digit of the number is wrong"))
            continue
        reason = _unfit(row, process, name, latest)
        if reason:
            refuse(Refused(line, number, name, reason))
            continue
        yield Corporation(
            int(number), process, row[3], row[4], row[5], name, int(row[8]), row[9], row[10], row[11], row[16],
            row[18], row[19], row[20], row[22], int(latest), row[24].strip(), row[28], row[29] == "1",
        )  # fmt: skip


def _unfit(row: list[str], process: str, name: str, latest: str) -> str:
    if process not in PROCESSES:
        return f"the process {process!r} is not known"
    if not name and process != "99":
        return "no name"
    if latest not in ("0", "1"):
        return f"latest is {latest!r} in place of 0 or 1"
    if not row[8].isdecimal():
        return f"the kind {row[8]!r} is no code"
    for date in (row[4], row[5], row[18]):
        if date and not _DATE.fullmatch(date):
            return f"{date!r} is no date"
    return "" if row[4] else "no date of the update"


class _Cells(NamedTuple):
    """The cells of a row by the names of their columns."""

    at: dict[str, int]
    row: list[str]

    def get(self, name: str) -> str:
        place = self.at.get(name)
        return self.row[place].strip() if place is not None and place < len(self.row) else ""


def filers(source: Source, refuse: Callable[[Refused], None], told: Callable[[int], None]) -> Iterator[Filer]:
    """Yield the rows of EDINET's code list but those of persons; rows with a wrong number go to ``refuse``."""
    at: dict[str, int] = {}
    for line, row in _rows(source, told):
        if not at:
            if _header(row[0]) == _EDINET_HEADER:
                at = {_header(cell).replace("(", "").replace(")", ""): place for place, cell in enumerate(row)}
            continue
        cell = _Cells(at, row).get
        code, number, name = cell("EDINETコード"), cell("提出者法人番号"), cell("提出者名")
        if not re.fullmatch("[A-Z][0-9]{5}", code) or not name:
            refuse(Refused(line, number, name, f"{code!r} is no code of EDINET" if name else "no name"))
            continue
        if number and not is_corporate_number(number):
            refuse(Refused(line, number, name, "the check digit of the number is wrong"))
            continue
        if cell("提出者種別").startswith("個人"):
            continue
        yield Filer(
            code, int(number) if number else None, name, cell("提出者名英字"), cell("提出者名ヨミ"), cell("所在地"),
            cell("提出者業種"), cell("証券コード"), cell("上場区分"), cell("提出者種別"),
        )  # fmt: skip
