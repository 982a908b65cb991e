"""Time expressions: found with what the words alone give, then resolved against an anchor that is named.

The package can be used alone, without the rest of tenmatsu:

>>> from tenmatsu import times
>>> text = "昨年12月28日午後8時頃に侵入され、8時半に検知した。翌日、県警に相談した。3月末までに再開する予定。"
>>> found = times.find(text)
>>> [(one.text, one.type, one.value_raw, one.mod) for one in found[:2]]
[('昨年12月28日午後8時頃', 'TIME', 'REF:year-1-12-28T20:00', 'APPROX'), ('8時半', 'TIME', 'XXXX-XX-XXT08:30', None)]
>>> all(text[one.start : one.end] == one.text for one in found)
True

``find`` gives what the words say: ``value_raw`` is what ISO-TimeML calls ``valueFromSurface``, underspecified where the
words are (notation: ``tenmatsu.times.normalise``). Every ``FoundTime`` and every row of the table ``timexes`` has it
beside the resolved ``value``, for readers who resolve by other rules. ``resolve`` fills it in from an anchor, and says
which; without a date of publication nothing is invented:

>>> resolved = times.resolve(found, text, published="2024-01-10")
>>> [(one.value, one.anchor) for one in resolved]  # doctest: +NORMALIZE_WHITESPACE
[('2023-12-28T20:00', 'document_date'), ('2023-12-28T20:30', 'previous_mention'),
 ('2023-12-29', 'previous_mention'), ('2024-03', 'context_year')]
>>> [one.value for one in times.resolve(found, text)]
['XXXX-12-28T20:00', 'XXXX-12-28T20:30', 'XXXX-12-29', 'XXXX-03']

``event_date`` gives a value and its mod as an EDTF date, ``bounds`` the calendar days that such a date covers:

>>> times.event_date("2024-03", "ON_OR_BEFORE"), times.bounds("2024-03/..")
('../2024-03', ('2024-03-01', None))

``contradictions`` tells where what is printed is at odds with the calendar or with itself:

>>> text = "2024年2月15日(水)に検知した。"
>>> found = times.find(text)
>>> [(one.kind, one.value, one.other) for one in times.contradictions(found, times.resolve(found, text), text)]
[('weekday', '2024-02-15 水', '2024-02-15 木')]

Inside are three layers apart from the engine: the vocabulary (``models/time-vocabulary.jsonl``, ``vocabulary``), the
normalisation (``normalise``, ``calendar``, ``edtf``) and the rules (``models/time-rules.jsonl``, ``find``).
"""

from tenmatsu.times.contradictions import Contradiction, contradictions
from tenmatsu.times.edtf import bounds, event_date
from tenmatsu.times.find import FoundTime, find
from tenmatsu.times.published import Published, infer_published
from tenmatsu.times.resolve import Resolved, resolve

__all__ = [
    "Contradiction",
    "FoundTime",
    "Published",
    "Resolved",
    "bounds",
    "contradictions",
    "event_date",
    "find",
    "infer_published",
    "resolve",
]
