"""How right the tables are: the definitions of every figure that ``tenmatsu evaluate`` prints.

Gold and system
    Gold is one JSON file a document (``corpus/GUIDE.md`` says what is marked). A gold file belongs to the document whose
    bytes have its ``sha256``; gold without a document is named and passed over. Only documents with gold are scored.
    Documents that ``manifest.json`` beside the gold folder lists as not shipped are the set ``originals``, those that
    it puts in a set ``heldout-N`` had their gold before any rule saw them, all others are ``own``; the sets are never
    mixed in a figure. What a held-out set scored at first look stands in ``CHANGELOG.md``: the rules may have learnt
    from its errors since.

Precision, recall, F1
    P = right / system, R = right / gold, F1 = 2 right / (system + gold), the counts added up over the documents of a set.
    A figure without a denominator is left out. The interval is the 2.5th to the 97.5th percentile of 1,000 resamples of
    documents with replacement, from a fixed seed; with few documents it is wide, and says so rightly.

Matching
    Times, mentions and quantities match when start and end are equal, one to one. Triggers of events (and ``time span
    overlap``) match when the spans overlap: pairs are taken from the largest shared part of both (Jaccard) downwards, each
    span once; ties go to the pair of one type, then to the earlier. A system event without a date that is no
    ``data_leak`` is not scored: the guide lets a program give them. It counts only for the harm below.

Equality
    Dates are strings of EDTF, equal when they are the same after the members of a set (``{a,b}``, ``[a,b]``) are sorted
    and blanks are gone. Names are equal after NFKC and without blanks. An organisation of an event is a set of names
    (``|`` joins them); two names are the same organisation when they are equal, or when gold marks both, in this document,
    as names of one entity. The link of a mention needs the entity's own name.

Documents that print no year (``year_basis`` in the gold)
    Their gold gives the years that another document shows. Read alone they yield ``XXXX``. In such a document, where a gold
    date has a year that no time expression of the document prints, the same date with ``XXXX`` for the year is right as
    well: in ``time value``, in the dates of events and of cards. ``time value (year from linked documents)`` and ``event
    type, date (year from linked documents)`` take the full date alone.

Layers
    time span; time span overlap; time value (span and value); time value, mod; time value (year from linked documents)
    event trigger (overlap); event trigger strict (equal span); event type (trigger overlap and type); event type, date;
    event type, date, org, factuality; event type, date (year from linked documents)
    event org, event factuality given the trigger: right among the matched events, whatever else is right
    attribution given the event: right among the credits (``attributed_to``) that system or gold give matched events
    organisation span; organisation linked (span and entity)
    quantity value (span, min, max, unit); quantity value, of
    incident card: cards with the same victim. incident fields: of the ten other fields of each card, those that agree; an
    empty field agrees with an empty one, all fields of an unmatched card are wrong; lists agree as sets, phrases of leaks
    when one contains the other. incident facts: the same, but a filled field or list item at a time, empty ones not counted
    published: the day of publication, where system or gold give one

Harm
    Of the gold events that are negated, possible or planned, those whose trigger overlaps a system event that is asserted:
    what did not happen, or may not have, stated as fact. Given as a count and a rate, for all and for ``data_leak`` alone.
    ``not overstated`` is one minus the rate, so that floors may only rise. An event that the system does not have states
    nothing and does no harm.
"""
