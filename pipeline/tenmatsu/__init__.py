"""tenmatsu reads Japanese disclosures of security incidents and writes normalised tables.

``extract`` is the short way for one text or file, ``Pipeline`` streams many, ``join`` reads many side by side; all are
loaded when first used, so that ``import tenmatsu`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenmatsu._version import __version__

if TYPE_CHECKING:
    from tenmatsu.api import Extraction, Pipeline, extract, join

__all__ = ["Extraction", "Pipeline", "__version__", "extract", "join"]


def __getattr__(name: str) -> Any:
    if name in ("Extraction", "Pipeline", "extract", "join"):
        from tenmatsu import api

        return getattr(api, name)
    raise AttributeError(f"module 'tenmatsu' has no attribute {name!r}")
