"""Bytes to text: which encoding a text is in, by strict decodes in a fixed order.

A declaration is asked first and believed only where it fits: a page that says UTF-8 and is cp932 fails a strict decode,
one that says Shift_JIS and is UTF-8 gives half-width katakana among rare kanji. Labels are those of the web (WHATWG):
shift_jis is cp932, euc-jp and iso-2022-jp have the signs of NEC and IBM (①, ㈱, 髙). No label reaches Python's own table of
codecs, which holds some that are no encodings of text. Nothing is guessed by statistics of languages: such a guess makes a
text of anything, and another one with the next version.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tenmatsu.read.errors import ReadError

DIRTY = 0.001  # share of characters that may be unreadable in an otherwise clear encoding
_FEW = 2  # as many are forgiven in a short text
_CLEARER = 0.08  # by how much a later encoding must read better than an earlier one
_READABLE = 0.45  # what the characters beyond ASCII must reach at least, see _plausible
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$?\([@BDIJOPQ])")
_ORDER = ("utf-8", "iso2022_jp", "euc_jp", "cp932")
_LABELS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis windows-31j cswindows31j ms932 cp932 ms-kanji",
    "euc_jp": "euc-jp eucjp x-euc-jp x-euc cseucpkdfmtjapanese euc_jp eucjp-win eucjp-ms cp51932 ujis",
    "iso2022_jp": "iso-2022-jp csiso2022jp iso2022jp jis cp50220 cp50221 iso-2022-jp-ms iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3",
    "utf-16-le": "utf-16 utf-16le utf16 ucs-2 unicode",
    "utf-16-be": "utf-16be unicodefffe",
    "utf-32-le": "utf-32 utf-32le",
    "utf-32-be": "utf-32be",
    "cp1252": "iso-8859-1 latin1 latin-1 l1 windows-1252 cp1252 x-cp1252 us-ascii ascii iso8859-1 iso_8859-1",
    "gb18030": "gb2312 gbk gb18030 x-gbk",
    "big5": "big5 big5-hkscs cn-big5 x-x-big5",
    "cp949": "euc-kr ks_c_5601-1987 korean windows-949",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, and how many of its characters are U+FFFD because they could not be read."""

    text: str
    encoding: str
    replaced: int = 0


def codec_of(label: str | None) -> str | None:
    """Return the codec that a declared label (``Shift_JIS``, ``x-euc-jp``) stands for, None for one that is not known."""
    return _labels().get(label.strip().strip("\"'").lower()) if label else None


@cache
def _labels() -> dict[str, str]:
    return {label: codec for codec, labels in _LABELS.items() for label in labels.split()}


def html_charset(data: bytes) -> str | None:
    """Return the label that an HTML page declares: its XML declaration or ``<meta charset>``, in its first 8,192 bytes."""
    head = re.sub(rb"<!--.*?(?:-->|\Z)", b"", data[:8192], flags=re.DOTALL)
    told = re.match(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})", head)
    told = told or re.search(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", head, re.IGNORECASE)
    label = told[1].decode("ascii") if told else None
    # what could be read as ASCII is in no encoding of two bytes a character
    return "utf-8" if label and (codec_of(label) or "").startswith(("utf-16", "utf-32")) else label


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return ``data`` as text.

    ``declared`` is a label from outside (a header, an argument) or from the page itself. A byte order mark goes first and
    is dropped; then the encodings that decode strictly are compared by how far they give Japanese. Where none does, the one
    with the fewest bad bytes is taken, when they are less than 0.1 % of the characters or a cut last one; they become
    U+FFFD and are counted. No surrogate is ever in the text. Raises ReadError for bytes that are no text.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            found = _strict(data[len(mark) :], codec) or _dirty(data[len(mark) :], [codec])
            if found:
                return found
            break
    if b"\x00" in data:
        return _wide(data)
    codecs = _candidates(data, declared)
    found = _best([one for codec in codecs if (one := _strict(data, codec))])
    found = found or _dirty(data, codecs)
    if found is None:
        raise ReadError(_unreadable(data))
    return found


def _candidates(data: bytes, declared: str | None) -> list[str]:
    """The codecs in the order in which they are tried; ISO-2022-JP only, and first, where its escapes are."""
    told = codec_of(declared)
    codecs = [*([told] if told else []), *(one for one in _ORDER if one != told)]
    escaped = _ESCAPE.search(data) is not None
    return sorted((one for one in codecs if escaped or one != "iso2022_jp"), key=lambda one: one != "iso2022_jp")


def _strict(data: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(_CODECS.get(codec, _plain)(data, codec, "strict"), codec)
    except UnicodeDecodeError:
        return None


def _plain(data: bytes, codec: str, errors: str) -> str:
    return data.decode(codec, errors)


def _best(found: list[Decoded]) -> Decoded | None:
    """The first, unless a later one reads clearly better; one that decodes to ASCII alone is UTF-8."""
    best: Decoded | None = None
    score = 0.0
    for one in found:
        if one.text.isascii():
            if one.encoding == "iso2022_jp":
                continue  # escapes of a terminal
            return Decoded(one.text, "utf-8") if best is None else best
        reached = _plausible(one.text)
        if best is None or reached > score + _CLEARER:
            best, score = one, reached
    return best if score >= _READABLE or (best is not None and best.encoding == "utf-8") else None


def _plausible(text: str) -> float:
    """How far the characters beyond ASCII are those of Japanese, from 0 to 1."""
    count = Counter(text[:200_000])
    total = reached = 0.0
    for character, times in count.items():
        if character >= "\x80":
            total += times
            reached += times * _weight(character)
        elif character < " " and character not in "\t\n\r\f\x0b":
            total += times
    return reached / total if total else 1.0


def _weight(character: str) -> float:
    if "\u3000" <= character <= "\u30ff" or "\uff01" <= character <= "\uff60":
        return 1.0
    if "\u4e00" <= character <= "\u9fff":
        return 0.75
    if "\uff61" <= character <= "\uff9f":
        return 0.2
    if character < "\xa0" or character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc"):
        return 0.0
    return 0.6


def _dirty(data: bytes, codecs: list[str]) -> Decoded | None:
    """The text in the encoding that leaves the fewest bytes unread, None where they are too many for each."""
    found: list[tuple[float, int, Decoded]] = []
    for place, codec in enumerate(codecs):
        text = _CODECS.get(codec, _plain)(data, codec, "replace")
        replaced = text.count("\ufffd") - _own(data, codec)
        clear = sum(1 for one in text[:200_000] if one >= "\x80") - replaced
        allowed = max(DIRTY * len(text), min(_FEW, clear / 5))
        if replaced <= allowed and _plausible(text.replace("\ufffd", "")) >= _READABLE:
            found.append((replaced / len(text), place, Decoded(text, codec, replaced)))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _own(data: bytes, codec: str) -> int:
    """How many U+FFFD the source itself has."""
    return data.count("\ufffd".encode(codec)) if codec.startswith("utf") else 0


def _wide(data: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a mark: by which of them gives readable characters. Raises ReadError where none does."""
    found: list[tuple[float, Decoded]] = []
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        one = _strict(data, codec) or (_strict(data[:-1], codec) if len(data) % 2 and codec[4:6] == "16" else None)
        if one and "\x00" not in one.text and (score := _everyday(one.text)) >= 0.9:
            cut = len(data) % 2 if codec[4:6] == "16" else 0
            found.append((score, Decoded(one.text + "\ufffd" * cut, codec, cut)))
    if not found:
        at = data.index(0)
        raise ReadError(f"NUL byte at offset {at}: this is no plain text; convert it to UTF-8 text first")
    return max(found, key=lambda one: one[0])[1]


def _everyday(text: str) -> float:
    """The share of characters that are ASCII, kana, kanji or Japanese punctuation."""
    count = Counter(text[:50_000])
    total = sum(count.values())
    good = sum(
        times
        for one, times in count.items()
        if " " <= one <= "~" or one in "\t\n\r" or (one >= "\x80" and _weight(one) >= 0.75)
    )
    # the other order of bytes makes CJK characters of ASCII, and 〠 of a blank: line ends and blanks tell
    return good / total - (0.0 if any(one in count for one in "\n\u3000 。、") else 0.05) if total else 0.0


def _unreadable(data: bytes) -> str:
    try:
        data.decode("utf-8")
        return "control characters throughout: this is no plain text; convert it to UTF-8 text first"
    except UnicodeDecodeError as error:
        return (
            f"not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start}), nor clearly UTF-16, cp932, EUC-JP or "
            "ISO-2022-JP: convert it first, e.g. iconv -f CP932 -t UTF-8"
        )


# -- the encodings of Japan as the web knows them: the signs of NEC and IBM beside JIS X 0208 ----------------------------


def _pair(first: int, second: int) -> bytes:
    """The two bytes of Shift_JIS for a pair of JIS X 0208 (each 0x21 to 0x7E)."""
    lead = (first - 0x21) // 2 + (0x81 if first < 0x5F else 0xC1)
    if first % 2:
        return bytes((lead, second + (0x1F if second < 0x60 else 0x20)))
    return bytes((lead, second + 0x7E))


def _euc_jp(data: bytes, codec: str, errors: str) -> str:
    """EUC-JP; where Python's codec fails, with the rows of NEC and IBM (cp51932), else as JIS X 0213."""
    try:
        return data.decode("euc_jp")
    except UnicodeDecodeError:
        try:
            return "".join(_euc_runs(data, "strict"))
        except UnicodeDecodeError:
            if errors == "strict":
                return data.decode("euc_jis_2004")
            return "".join(_euc_runs(data, errors))


_EUC = re.compile(
    rb"(?:[\xa1-\xfe]{2})+|(?:\x8e[\xa1-\xdf])+|(?:\x8f[\xa1-\xfe]{2})+|[\x00-\x7f]+|[\x80-\xff]", re.DOTALL
)


def _euc_runs(data: bytes, errors: str) -> Iterator[str]:
    for run in _EUC.finditer(data):
        told = run[0]
        if told[0] < 0x80:
            yield told.decode("ascii")
        elif len(told) == 1:
            yield _bad(data, run.start(), errors)
        elif told[0] == 0x8E:
            yield told[1::2].decode("cp932")
        elif told[0] == 0x8F:
            yield told.decode("euc_jp", errors)
        else:
            pairs = (_pair(told[at] & 0x7F, told[at + 1] & 0x7F) for at in range(0, len(told), 2))
            yield b"".join(pairs).decode("cp932", errors)


def _bad(data: bytes, at: int, errors: str) -> str:
    if errors == "strict":
        raise UnicodeDecodeError("euc_jp", data, at, at + 1, "illegal byte")
    return "\ufffd"


_SHIFT = re.compile(rb"\x1b(?:\([BJIH]|\$[@B]|\$\([@BD])|[\x0e\x0f]")


def _iso2022_jp(data: bytes, codec: str, errors: str) -> str:
    """ISO-2022-JP with half-width katakana and the rows of NEC and IBM (cp50221), else as JIS X 0213."""
    try:
        if b"\x0e" in data:
            raise UnicodeDecodeError("iso2022_jp", data, 0, 1, "katakana behind a shift")
        return data.decode("iso2022_jp")
    except UnicodeDecodeError:
        try:
            return "".join(_iso_runs(data, "strict"))
        except UnicodeDecodeError:
            if errors == "strict":
                return data.decode("iso2022_jp_2004")
            return "".join(_iso_runs(data, errors))


def _iso_runs(data: bytes, errors: str) -> Iterator[str]:
    mode, shifted, at = b"(B", False, 0
    for escape in [*_SHIFT.finditer(data), None]:
        yield _iso_run(data[at : escape.start() if escape else len(data)], b"(I" if shifted else mode, errors)
        if escape:
            if escape[0] in (b"\x0e", b"\x0f"):
                shifted = escape[0] == b"\x0e"
            else:
                mode = escape[0][1:]
            at = escape.end()


def _iso_run(run: bytes, mode: bytes, errors: str) -> str:
    if mode[:1] == b"$":
        # a line end stands outside the pairs even where the writer forgot to say so
        return "".join(_iso_pairs(run, mode, errors))
    if mode == b"(I":
        return bytes(one | 0x80 if 0x21 <= one <= 0x5F else one for one in run).decode("cp932", errors)
    return run.decode("ascii", errors)


def _iso_pairs(run: bytes, mode: bytes, errors: str) -> Iterator[str]:
    for piece in re.finditer(rb"(?:[\x21-\x7e]{2})+|[\x00-\x20]+|[\x21-\xff]", run):
        told = piece[0]
        if told[0] <= 0x20:
            yield told.decode("ascii")
        elif len(told) == 1:
            yield _bad(run, piece.start(), errors)
        elif mode == b"$(D":
            wide = (bytes((0x8F, told[at] | 0x80, told[at + 1] | 0x80)) for at in range(0, len(told), 2))
            yield b"".join(wide).decode("euc_jp", errors)
        else:
            yield b"".join(_pair(told[at], told[at + 1]) for at in range(0, len(told), 2)).decode("cp932", errors)


_STRAY = re.compile("[\x80\xa0\uf8f0-\uf8f3]")  # what Python makes of bytes that are no character of cp932


def _cp932(data: bytes, codec: str, errors: str) -> str:
    """Shift_JIS with the signs of NEC and IBM; 0x80, 0xA0 and 0xFD to 0xFF are no characters of it."""
    text = data.decode("cp932", errors)
    if not _STRAY.search(text):
        return text
    if errors == "strict":
        raise UnicodeDecodeError("cp932", data, 0, 1, "a byte that is no character")
    return _STRAY.sub("\ufffd", text)


_CODECS: dict[str, Callable[[bytes, str, str], str]] = {
    "euc_jp": _euc_jp,
    "iso2022_jp": _iso2022_jp,
    "cp932": _cp932,
}
