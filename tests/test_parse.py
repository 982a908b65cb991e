"""GiNZA is asked about what the rules leave open, together and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenmatsu import parse
from tenmatsu.parse import Asked, GinzaParser
from tenmatsu.pipeline import extract_document

SENTENCES = ["架空商事は端末を隔離した。", "サーバーを停止したのは委託先の甲情報システムだった。", "被害はなかった。"]
DOCUMENTS = Path(__file__).resolve().parents[1] / "corpus" / "documents"


class Counting:
    """The model, with the number of texts that it was given in each way."""

    def __init__(self, model):
        self.model, self.alone, self.together = model, [], []

    def __call__(self, text):
        self.alone.append(text)
        return self.model(text)

    def pipe(self, texts):
        self.together.append(list(texts))
        return self.model.pipe(texts)


@pytest.fixture
def model(monkeypatch):
    made = Counting(parse._model("ja_ginza"))
    monkeypatch.setattr(parse, "_model", lambda name: made)
    return made


def test_what_was_parsed_together_is_answered_alike(model):
    together, alone = GinzaParser(), GinzaParser()
    together.prepare([*SENTENCES, SENTENCES[0]])
    for sentence in SENTENCES:
        for start in range(0, len(sentence) - 1, 3):
            assert together.subject(sentence, start, start + 2) == alone.subject(sentence, start, start + 2)
    assert model.together == [SENTENCES]
    assert model.alone == SENTENCES  # each once, by the parser that was not prepared
    together.prepare(SENTENCES)
    assert len(model.together) == 1


def test_no_more_is_kept_than_said(model, monkeypatch):
    monkeypatch.setattr(parse, "_KEPT", 2)
    parser = GinzaParser()
    parser.prepare(SENTENCES)
    assert list(parser._parsed) == SENTENCES[1:]


def test_what_is_too_long_or_no_text_is_not_parsed(model):
    parser = GinzaParser()
    parser.prepare(["あ" * (parse.LONGEST + 1), "\x00"])
    assert parser.subject("あ" * (parse.LONGEST + 1), 0, 1) is None
    assert parser.subject("隔離\x00した", 0, 2) is None
    assert model.together == model.alone == []


def test_a_document_asks_about_its_open_sentences_at_once(model):
    for path in sorted(DOCUMENTS.glob("*.txt")):
        asked = Asked()
        extract_document(path.read_bytes(), "", parser=asked)
        if len(set(asked.sentences)) > 2:
            break
    extract_document(path.read_bytes(), "", parser=GinzaParser())
    assert model.together == [list(dict.fromkeys(asked.sentences))]
    assert model.alone == []
