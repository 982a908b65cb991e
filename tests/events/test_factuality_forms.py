"""Ways to assert, deny, doubt, plan and ask, one a row: the trigger stands in 〔〕. The sentences are the project's own."""

import csv
from pathlib import Path

import pytest

from tenmatsu.events.factuality import judge

TABLE = Path(__file__).with_name("factuality-forms.tsv")


def _rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("sentence", "kind", "value"), _rows())
def test_form(sentence, kind, value):
    start, end = sentence.index("〔"), sentence.index("〕") - 1
    plain = sentence.replace("〔", "").replace("〕", "")
    assert judge(plain, start, end, kind=kind, headline=not plain.endswith(("。", "？"))).value == value
