"""The types of events and what each corresponds to elsewhere, as data (``models/ontology.jsonl``)."""

from __future__ import annotations

from functools import cache

import msgspec

from tenmatsu.knowledge import load


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of event of the annotation guide.

    ``side`` is attack or response. ``attack_tactic`` (MITRE ATT&CK enterprise tactic), ``veris`` (VERIS 1.3 field) and
    ``nist_800_61`` (phase of SP 800-61 revision 2) are null where none fits.
    """

    id: str
    type: str
    side: str
    label_ja: str
    attack_tactic: str | None
    veris: str | None
    nist_800_61: str | None


@cache
def event_types() -> dict[str, EventType]:
    """Return the types of events by name, in the order of the guide."""
    return {one.type: one for one in load("ontology", EventType)}


@cache
def attack_side() -> frozenset[str]:
    """Return the types that happen to the victim; all others are steps of the response."""
    return frozenset(name for name, one in event_types().items() if one.side == "attack")


@cache
def response_side() -> frozenset[str]:
    """Return the types that are steps of the response."""
    return frozenset(event_types()) - attack_side()
