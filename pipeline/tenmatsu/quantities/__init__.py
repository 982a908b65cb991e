"""Counts and amounts: find them (``find``), say what they count (``classify``), name the data (``data_kinds``), rows."""

from tenmatsu.quantities.classify import ClassifiedQuantity, classify
from tenmatsu.quantities.find import FoundQuantity, find
from tenmatsu.quantities.kinds import DataKind, attributes, data_kinds
from tenmatsu.quantities.rows import rows

__all__ = ["ClassifiedQuantity", "DataKind", "FoundQuantity", "attributes", "classify", "data_kinds", "find", "rows"]
