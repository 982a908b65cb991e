"""The tables that the program wrote before they had a version: into SQLite, without keys between them."""

from __future__ import annotations

from collections.abc import Mapping


def _read(told: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Columns and their kinds; a column without a kind is a text."""
    parts = {table: [column.partition(":") for column in columns.split()] for table, columns in told.items()}
    return {table: {name: kind or "str" for name, _, kind in columns} for table, columns in parts.items()}


TABLES: Mapping[str, Mapping[str, str]] = _read(
    {
        "documents": (
            "doc_id path sha256 media_type encoding title publisher genre report published "
            "published_basis characters:int status error "
        ),
        "timexes": ("doc_id timex_id start:int end:int text type value value_raw mod anchor anchor_id rule "),
        "events": (
            "doc_id event_id incident_id start:int end:int text type date date_begin date_end timex_id "
            "org org_id factuality attributed_to system sentence_start:int sentence_end:int rule "
            "confidence:float cue dated_by org_by org_rule card_id "
        ),
        "mentions": ("doc_id mention_id start:int end:int text kind entity entity_id rule "),
        "entities": (
            "entity_id name name_en kind corporate_number edinet_code securities_code industry source "
            "candidates:strs link_score:float link_evidence:strs "
        ),
        "quantities": (
            "doc_id quantity_id start:int end:int text min:float max:float unit of data_kind factuality "
            "event_id rule card_id incident_id "
        ),
        "citations": ("doc_id citation_id mark start:int end:int publisher title date url "),
        "incidents": (
            "incident_id title victim victim_id vectors:strs root_causes:strs first_intrusion detection "
            "containment disclosure attributed_actor leaked:strs possibly_leaked:strs denied_leak:strs "
            "dwell_days containment_days disclosure_days documents:strs evidence:strs related:strs "
            "merged_by:strs "
        ),
        "cards": (
            "incident_id title victim victim_id vectors:strs root_causes:strs first_intrusion detection "
            "containment disclosure attributed_actor leaked:strs possibly_leaked:strs denied_leak:strs "
            "dwell_days containment_days disclosure_days documents:strs evidence:strs related:strs "
            "merged_by:strs card_id doc_id "
        ),
        "conflicts": (
            "incident_id field kind value_a doc_a start_a:int end_a:int value_b doc_b start_b:int end_b:int likely "
        ),
        "measures": ("doc_id incident_id start:int end:int text phase status org measure_id card_id "),
        "texts": ("doc_id text "),
        "blocks": ("doc_id block_id start:int end:int kind page:int place "),
    }
)
KEYS = {"entities": "entity_id", "incidents": "incident_id", "conflicts": "doc_a"}  # the column indexed; else doc_id
