import msgspec
import pytest

from tenmatsu import knowledge
from tenmatsu.read.words import SectionRule


class Other(msgspec.Struct, forbid_unknown_fields=True):
    id: int


def test_a_record_that_does_not_fit_names_file_and_line():
    with pytest.raises(knowledge.KnowledgeError, match=r"models/layout-sections\.jsonl line 1"):
        knowledge.load("layout-sections", Other)


def test_records_come_in_file_order():
    assert knowledge.load("layout-sections", SectionRule)[0].id == "L.toc"
