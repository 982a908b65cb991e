"""The types of events and what each corresponds to elsewhere, as data (``models/ontology.jsonl``)."""

from __future__ import annotations

from functools import cache

import msgspec

from tenmatsu.knowledge import load


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of event of the annotation guide.

    ``side`` is attack or response. ``attack_tactic`` (MITRE ATT&CK), ``veris`` (a field of VERIS) and ``nist_800_61`` (a
    phase of SP 800-61) are null where none fits; versions and values: ``models/mapping-sources.jsonl``.
    """

    id: str
    type: str
    side: str
    label_ja: str
    attack_tactic: str | None
    veris: str | None
    nist_800_61: str | None


class MappingSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A vocabulary that the types map to: its name, the version that was read, and the values of it that may be used."""

    id: str
    field: str
    name: str
    version: str
    values: list[str]


@cache
def mapping_sources() -> dict[str, MappingSource]:
    """Return the vocabularies by the field of ``EventType`` that refers to them."""
    return {one.field: one for one in load("mapping-sources", MappingSource)}


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
