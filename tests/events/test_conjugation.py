import pytest

from tenmatsu.events.conjugation import Stem, stems, variants


def _forms(written):
    return [stem.form for stem in stems(written)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("盗む/5", ["盗ま", "盗み", "盗む", "盗め", "盗も", "盗ん"]),
        ("抜く/5", ["抜か", "抜き", "抜く", "抜け", "抜こ", "抜い"]),
        ("塞ぐ/5", ["塞が", "塞ぎ", "塞ぐ", "塞げ", "塞ご", "塞い"]),
        ("奪う/5", ["奪わ", "奪い", "奪う", "奪え", "奪お", "奪っ"]),
        ("消す/5", ["消さ", "消し", "消す", "消せ", "消そ"]),
        ("入る/5", ["入ら", "入り", "入る", "入れ", "入ろ", "入っ"]),
        ("行く/5", ["行か", "行き", "行く", "行け", "行こ", "行っ"]),
        ("漏れる/1", ["漏れ"]),
        ("削除/s", ["削除"]),
        ("{気付|気づ}く/5", [f"{a}{b}" for a in ("気付", "気づ") for b in "かきくけこい"]),
    ],
)
def test_a_verb_is_spelt_out_as_its_stems(written, expected):
    assert _forms(written) == expected


@pytest.mark.parametrize("written", ["盗む", "盗む/6", "漏れた/1", "る/1", "書類/5", "む/5"])
def test_what_names_no_verb_is_refused(written):
    with pytest.raises(ValueError, match="verb"):
        stems(written)


def test_variants_are_every_spelling():
    assert variants("{見つ|見付}か{る|った}") == ["見つかる", "見つかった", "見付かる", "見付かった"]
    assert variants("サーバ{ー|}") == ["サーバー", "サーバ"]


@pytest.mark.parametrize(
    ("written", "text", "voice"),
    [
        ("盗む/5", "盗んだ", "active"),
        ("盗む/5", "盗み、", "active"),
        ("盗む/5", "盗まれた", "passive"),
        ("盗む/5", "盗ませた", "causative"),
        ("盗む/5", "盗める状態", "potential"),
        ("盗む/5", "盗めば", "active"),
        ("見る/1", "見られた", "passive"),
        ("止める/1", "止めた", "active"),
        ("止める/1", "止めさせた", "causative"),
        ("削除/s", "削除した", "active"),
        ("削除/s", "削除を行った", "active"),
        ("削除/s", "削除に着手", "active"),
        ("削除/s", "削除された", "passive"),
        ("削除/s", "削除が行われた", "passive"),
        ("攻撃/s", "攻撃を受けた", "passive"),
        ("停止/s", "停止させた", "causative"),
        ("閲覧/s", "閲覧できる状態", "potential"),
        ("閲覧/s", "閲覧可能", "potential"),
        ("停止/s", "停止。", "noun"),
        ("停止/s", "停止中", "noun"),
    ],
)
def test_what_follows_a_stem_tells_its_voice(written, text, voice):
    stem = max((stem for stem in stems(written) if text.startswith(stem.form)), key=lambda stem: len(stem.form))
    right = text[len(stem.form) :]
    assert stem.stands(right)
    assert stem.voice(right) == voice


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("漏れる/1", "漏れなく"[:2] + "ずに"[1:]),
        ("盗む/5", "盗む手口"),
        ("盗む/5", "盗むため"),
        ("盗む/5", "盗み癖"),
        ("見る/1", "見本"),
        ("調べる/1", "調べ物"),
        ("知らせる/1", "知らせる機能"),
    ],
)
def test_other_words_and_kinds_of_things_are_no_act(written, text):
    found = [stem for stem in stems(written) if text.startswith(stem.form)]
    assert found
    assert not any(stem.stands(text[len(stem.form) :]) for stem in found)


def test_a_noun_from_a_verb_needs_to_be_asked_for():
    assert any(stem.stands("があった") for stem in stems("持ち出す/5n") if stem.form == "持ち出し")
    assert not any(stem.stands("があった") for stem in stems("持ち出す/5") if stem.form == "持ち出し")


def test_a_plain_form_always_stands():
    assert Stem("流出").stands("何でも")
