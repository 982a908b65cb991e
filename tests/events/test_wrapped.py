import pytest

from tenmatsu.pipeline import extract_document

MAIL = (
    "不正ログインについて\n\n"
    "　このたび、当社社員の業務用アカウントに外部から何者かが入り込み、取引先の皆さまの情報が閲覧\n"
    "された可能性があることが、昨夜までに行った社内の調べで分かりました。ご心配をおかけします。\n"
)


@pytest.mark.parametrize("text", [MAIL, MAIL.replace("閲覧\nされ", "閲覧され")])
def test_a_break_in_a_verb_hides_no_event(text):
    leaks = [event for event in extract_document(text.encode(), "mail.txt").events if event.type == "data_leak"]
    assert [event.factuality for event in leaks] == ["possible"]
    assert leaks[0].text == text[leaks[0].start : leaks[0].end]
