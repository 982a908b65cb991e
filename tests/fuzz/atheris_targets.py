"""Coverage-guided fuzzing with atheris: ``python tests/fuzz/atheris_targets.py read -max_total_time=60``.

Targets: ``read`` (the readers, by their own recognition), ``html``, ``pdf``, ``text`` (one reader each) and ``extract`` (the
whole pipeline). What stands behind the target goes to libFuzzer: ``-runs=N``, ``-max_len=N``, a folder of a corpus. atheris
is no dependency of the tests: ``pip install 'tenmatsu[fuzz]'``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

_NAMES = {
    "read": ("a", None),
    "html": ("a.html", "text/html"),
    "pdf": ("a.pdf", "application/pdf"),
    "text": ("a.txt", "text/plain"),
}


def target(name: str) -> Callable[[bytes], None]:
    """Return the function that takes bytes and raises where something that must hold does not. Raises KeyError."""
    from fuzz.invariants import check_rows
    from fuzz.mutate import Made
    from fuzz.readers import through

    from tenmatsu.pipeline import extract_document

    if name == "extract":
        return lambda data: check_rows(extract_document(data, "a.txt"))
    path, media_type = _NAMES[name]

    def reads(data: bytes) -> None:
        through(Made(name, data, path, media_type))

    return reads


def main() -> None:
    """Run the target named first in the arguments."""
    names = [*_NAMES, "extract"]
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        raise SystemExit(f"name a target first: {', '.join(names)}\n\n{__doc__}")
    try:
        import atheris
    except ImportError:
        raise SystemExit("atheris is not installed: pip install 'tenmatsu[fuzz]'") from None
    with atheris.instrument_imports(include=["tenmatsu"]):
        run = target(sys.argv.pop(1))

    def one(data: bytes) -> None:
        run(data)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
