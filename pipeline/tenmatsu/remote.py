"""Documents that lie elsewhere: folders and files named by a URL (s3://bucket/notices/), through fsspec.

Each file is brought here when its turn comes and is gone when it is read, so a bucket of any size needs the room of one
file. Everything else is as for files of this machine: kinds, archives, batches, limits, errors.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from tenmatsu import inputs
from tenmatsu.source import Source, cleaned, one_line, too_large

_URL = re.compile(r"(?i)[a-z][a-z0-9+.-]+://.")
# an archive or a batch holds many documents; what is larger than this is brought here by other means
_LARGEST = 8 * 2**30  # bytes


def is_url(name: str) -> bool:
    """Say whether ``name`` names something by a scheme: s3://, gs://, memory:// and what else fsspec knows."""
    return _URL.match(name) is not None


class RemoteError(ValueError):
    """A URL that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at a URL; ``system`` is the fsspec file system that it lies in, ``key`` its name there."""

    url: str
    system: Any
    key: str
    size: int


def planned(plan: inputs.Plan, urls: Sequence[str]) -> inputs.Plan:
    """Return the plan with the files of ``urls`` too. Raises RemoteError as ``files`` does."""
    found = tuple(files(urls))
    single = all(PurePosixPath(one.key).name.lower().endswith(inputs.DOCUMENTS) for one in found)
    count = plan.documents + len(found) if single and plan.documents is not None else None
    return replace(plan, remote=found, documents=count)


def files(urls: Sequence[str]) -> Iterator[RemoteFile]:
    """Yield the files of URLs in the order given, those of a folder sorted by name, each once.

    In a folder, as on a disk, documents and archives count; what begins with a dot does not. Raises RemoteError for a scheme
    that nothing here can read, and for what is not there or may not be read.
    """
    seen: set[str] = set()
    for url in urls:
        for one in _files(url):
            if one.url not in seen:
                seen.add(one.url)
                yield one


def _files(url: str) -> Iterator[RemoteFile]:
    try:
        import fsspec
    except ImportError:
        raise RemoteError(f"{url}: reading from other machines needs fsspec: pip install 'tenmatsu[remote]'") from None
    scheme = url.split("://", 1)[0]
    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise RemoteError(f"{url}: {one_line(error)}") from error
    try:
        if not system.exists(root):
            raise RemoteError(f"{url}: no such file or folder: check the name")
        found = system.find(root, detail=True)
    except RemoteError:
        raise
    except Exception as error:  # every service has its own errors, and none of them is ours
        raise RemoteError(f"{url}: cannot be listed ({type(error).__name__}: {one_line(error)})") from error
    alone = list(found) == [root] or list(found) == [root.rstrip("/")]
    for key in sorted(found):
        path = PurePosixPath(key)
        if not alone and (
            any(part.startswith(".") for part in path.parts[len(PurePosixPath(root).parts) :])
            or not path.name.lower().endswith(inputs.DOCUMENTS + inputs.ARCHIVES)
        ):
            continue
        yield RemoteFile(
            f"{scheme}://{key.lstrip('/') if scheme != 'file' else key}", system, key, int(found[key].get("size") or 0)
        )


def documents(file: RemoteFile, tell: Callable[[str], None]) -> Iterator[Source]:
    """Yield the documents of one file, each named by the URL (``URL#3``, ``URL!/inner.html``); errors come as their ``error``."""
    name = cleaned(file.url)
    if file.size > _LARGEST:
        yield Source(name, error=too_large(file.size))
        return
    with tempfile.TemporaryDirectory(prefix="tenmatsu-") as folder:
        place = Path(folder) / f"document{PurePosixPath(file.key).suffix.lower()}"
        try:
            file.system.get_file(file.key, str(place))
        except Exception as error:  # as above
            yield Source(name, error=f"cannot be read ({type(error).__name__}: {one_line(error)})")
            return
        shown = inputs.shown(place)
        for one in inputs.of_file(place, lambda line: tell(line.replace(shown, name))):
            yield replace(one, path=name + one.path.removeprefix(shown))
