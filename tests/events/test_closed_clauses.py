"""A denial holds for its own clause; what is not yet known is told as it stands; labels in brackets are labels."""

from tenmatsu.pipeline import extract_document


def _events(text: str) -> list[tuple[str, str, str, str | None]]:
    found = extract_document(text.encode(), "a.txt").events
    return [(event.text, event.type, event.factuality, event.date) for event in found]


def test_denial_further_on_is_not_of_a_verb_that_has_closed_its_clause() -> None:
    text = "2025年5月2日　甲山市\n\n■経過\n・5月1日　調査員が袋のないことに気付き、経路を捜索（発見できず）。\n"
    assert ("気付き", "detection", "asserted", "2025-05-01") in _events(text)


def test_not_yet_known_is_a_finding_denied_on_its_day() -> None:
    text = "2025年5月2日\n甲山食品株式会社\n\n不正アクセスを受けました。5月2日現在も全容の把握には至っておりません。\n"
    assert ("把握", "finding", "negated", "2025-05-02") in _events(text)


def test_looking_that_found_nothing_is_no_finding() -> None:
    text = "2025年5月2日\n甲山食品株式会社\n\n5月2日現在、不正アクセスは確認されていません。\n"
    assert not [event for event in _events(text) if event[1] == "finding"]


def test_bracketed_labels_name_what_their_value_dates_or_counts() -> None:
    text = "【発生時期】2021年1月\n【公表日】2021年2月15日\n【漏えい人数】3,065名（可能性を含む）\n\n■概要\n　甲乙健診センターは情報を保管していた。\n"
    found = _events(text)
    assert ("発生", "intrusion", "asserted", "2021-01") in found
    assert ("公表", "disclosure", "asserted", "2021-02-15") in found
    assert ("漏えい", "data_leak", "possible", None) in found


def test_bracketed_tag_before_a_sentence_is_no_label() -> None:
    text = "【発生時期】のご説明は次のとおりです\n\n　甲乙健診センターは情報を保管していた。\n"
    assert not _events(text)


def test_what_was_left_undone_is_a_slip_that_happened() -> None:
    text = "2025年5月2日\n甲山食品株式会社\n\n2021年4月、委託先の担当者が公開の設定を元に戻さないまま引き渡しました。\n"
    assert ("戻さ", "error", "asserted", "2021-04") in _events(text)


def test_report_that_is_only_quoted_is_no_step() -> None:
    text = "2025年5月2日\n甲山食品株式会社\n\n5月1日の中間報告によりますと、侵入は4月でした。5月2日に専門会社から中間報告を受けました。\n"
    assert [event[0] for event in _events(text) if event[1] == "notification"] == ["中間報告"]
