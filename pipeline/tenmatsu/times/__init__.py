"""Time expressions: found with what the words alone give, then resolved against an anchor that is named.

Three layers apart from the engine: the vocabulary (``models/time-vocabulary.jsonl``, ``vocabulary``), the
normalisation (``normalise``, ``calendar``, ``edtf``) and the rules (``models/time-rules.jsonl``, ``find``).
"""

from tenmatsu.times.contradictions import Contradiction, contradictions
from tenmatsu.times.find import FoundTime, find
from tenmatsu.times.published import Published, infer_published
from tenmatsu.times.resolve import Resolved, resolve

__all__ = [
    "Contradiction",
    "FoundTime",
    "Published",
    "Resolved",
    "contradictions",
    "find",
    "infer_published",
    "resolve",
]
