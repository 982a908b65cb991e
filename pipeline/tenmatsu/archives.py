"""Zip archives: their members as documents, named ``FILE.zip!/inner/page.html``; nothing is ever written to disk.

Archives come from strangers. A member's name is only a label here, and one that would lead out of a folder is refused. What
a member unpacks to is bounded, alone and together with the others: a member that breaks a limit, is encrypted or damaged, or
is an archive itself costs itself.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tenmatsu.source import DOCUMENT_BYTES, Source, UnfitError, bounded, cleaned, one_line, shown, too_large

MEMBERS = 100_000
LISTING_BYTES = 16 * 2**20  # of the list of members, which is in memory as a whole: about 100 bytes a member
RATIO = 200  # unpacked bytes a packed byte; deflate ends at 1,032
RATIO_FROM = 2**20  # bytes unpacked: smaller members may be packed better
TOTAL_BYTES = 2**30  # unpacked, of all members together, or
TOTAL_RATIO = 50  # times the bytes of the archive, whichever is more
_NESTED = (".zip", ".7z", ".rar", ".lzh", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".cab")
_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1
_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")


def of_archive(path: Path, suffixes: Sequence[str], tell: Callable[[str], None]) -> Iterator[Source]:
    """Yield the members of the archive that have one of the ``suffixes``, in the order of their names.

    ``tell`` gets a line about members of other kinds. Raises UnfitError where the file is no zip archive that is read here,
    OSError where it cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        _check_listing(file)
        try:
            packed = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, OverflowError) as error:
            raise UnfitError(f"no zip archive ({one_line(error)}): download it again") from error
        with packed:
            infos = packed.infolist()
            if len(infos) > MEMBERS:
                raise UnfitError(
                    f"{len(infos):,} members, and at most {MEMBERS:,} are read: make several archives of it"
                )
            named = sorted(((_name(info), at) for at, info in enumerate(infos)), key=lambda one: (one[0], one[1]))
            left = max(TOTAL_BYTES, TOTAL_RATIO * size)
            other: list[str] = []
            count, before = 0, ""
            copies = 0
            for name, at in named:
                info = infos[at]
                if name.endswith("/") or _hidden(name):
                    continue
                copies = copies + 1 if name == before else 0
                before = name
                label = bounded(f"{shown(path)}!/{_label(name)}") + (f"#{copies + 1}" if copies else "")
                if not name.lower().endswith((*suffixes, *_NESTED)):
                    count += 1
                    other = [*other, name][:3]
                    continue
                reason = _refusal(info, name)
                if reason is None and info.file_size > left:
                    yield Source(
                        label, error="the members before it unpack to more than is read of one archive: split it"
                    )
                    continue
                if reason is not None:
                    yield Source(label, error=reason)
                    continue
                left -= info.file_size
                yield _member(packed, info, label)
    if count:
        few = ", ".join(cleaned(name) for name in other) + (", …" if count > len(other) else "")
        tell(f"{shown(path)}: passed over {count} members that are no documents: {few}")
    if not any(name.lower().endswith((*suffixes, *_NESTED)) for name, _ in named if not _hidden(name)):
        raise UnfitError(
            f"no documents in this archive: it needs members named {', '.join('*' + one for one in suffixes)}"
        )


def _check_listing(file: io.BufferedReader) -> None:
    """Refuse an archive whose list of members is too long to be held, before it is read: zipfile reads all of it."""
    end = file.seek(0, io.SEEK_END)
    tail_at = max(0, end - _END.size - 0xFFFF - _LOCATOR.size)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise UnfitError("no zip archive (its end is missing): download it again")
    length = _END.unpack_from(tail, at)[5]
    if at >= _LOCATOR.size and tail[at - _LOCATOR.size :].startswith(b"PK\x06\x07"):
        place = _LOCATOR.unpack_from(tail, at - _LOCATOR.size)[2]
        file.seek(min(place, end))
        record = file.read(_END64.size)
        if len(record) == _END64.size and record.startswith(b"PK\x06\x06"):
            length = max(_END64.unpack(record)[8], length if length != 0xFFFFFFFF else 0)
        # zipfile looks for the record right before its locator, wherever that says it is
        file.seek(max(0, tail_at + at - _LOCATOR.size - _END64.size))
        record = file.read(_END64.size)
        if len(record) == _END64.size and record.startswith(b"PK\x06\x06"):
            length = max(_END64.unpack(record)[8], length if length != 0xFFFFFFFF else 0)
    file.seek(0)
    if min(length, end) > LISTING_BYTES:
        raise UnfitError(
            f"its list of members has {length:,} bytes, and at most {LISTING_BYTES // 2**20} MiB are read: make several archives of it"
        )


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member: UTF-8 where the archive says so or it is, else cp932, as Windows in Japanese writes it."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAMES:
        # zipfile takes what has no mark for cp437, which has a character for each byte
        raw = name.encode("cp437", "replace")
        for charset in ("utf-8", "cp932"):
            try:
                name = raw.decode(charset)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _hidden(name: str) -> bool:
    """Whether it is one of the files that systems leave in archives: ._page.html, __MACOSX/…"""
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def _label(name: str) -> str:
    """The name as part of a path that leads nowhere else, whoever takes it for one."""
    parts = [cleaned(part).replace(":", "%3A") for part in name.split("/") if part not in ("", ".")]
    return "/".join("%2E%2E" if part == ".." else part for part in parts) or "(no name)"


def _refusal(info: zipfile.ZipInfo, name: str) -> str | None:
    """Why a member is not unpacked, None where it is."""
    if "\x00" in name:
        return "its name holds a NUL byte: is this archive meant to harm? Pack it again"
    if ".." in name.split("/") or name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "its name leads out of the archive: is this archive meant to harm? Pack it again"
    if name.lower().endswith(_NESTED):
        return "an archive within an archive is not read: unpack it and name it"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted: unpack the archive with its password and name the folder"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"it is packed in a way that is not read (method {info.compress_type}): unpack the archive and name the folder"
    if info.file_size > DOCUMENT_BYTES:
        return too_large(info.file_size, "member")
    if info.file_size > RATIO_FROM and info.file_size > RATIO * max(1, info.compress_size):
        return f"{info.compress_size:,} bytes unpack to {info.file_size:,}: it is packed more than {RATIO} times, as documents never are"
    return None


def _member(packed: zipfile.ZipFile, info: zipfile.ZipInfo, label: str) -> Source:
    try:
        with packed.open(info) as file:
            data = file.read(DOCUMENT_BYTES + 1)
            if len(data) <= DOCUMENT_BYTES:
                # the checksum is looked at when the end is met
                file.read(1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        struct.error,
    ) as error:
        return Source(label, error=f"damaged ({one_line(error)}): pack or download the archive again")
    except OSError as error:
        return Source(label, error=f"cannot be read ({error.strerror or error})")
    if len(data) > DOCUMENT_BYTES:
        return Source(label, error=too_large(len(data), "member"))
    return Source(label, data)
