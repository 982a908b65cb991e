from tenmatsu.tokenize import bunsetsu, compound_after, tokens


def test_tokens_quote_the_sentence_blanks_left_out():
    sentence = "昨年 6 月 28 日、不正アクセスを検知。😀"
    row = tokens(sentence)
    assert all(sentence[t.start : t.end] == t.surface for t in row)
    assert "".join(t.surface for t in row) == sentence.replace(" ", "")


def test_a_compound_shows_its_head():
    row = tokens("感染拡大防止のため")
    assert compound_after(row, 4) == "防止"
    assert compound_after(tokens("端末が感染した"), 5) == ""


def test_bunsetsu_cover_the_sentence_in_order():
    sentence = "ネットワークを停止させた"
    spans = bunsetsu(tokens(sentence))
    assert [sentence[a:b] for a, b in spans] == ["ネットワークを", "停止させた"]
