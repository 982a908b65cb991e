import pytest

from tenmatsu.merge import fields
from tenmatsu.merge.evidence import facts_of

OWN = {"genre": "press_release", "publisher": "株式会社架空電機"}


@pytest.fixture(scope="module")
def card(facts):
    def made(doc_id, given=None, **more):
        return facts(doc_id, ("架空電機", given or {}), **more)

    return made


def test_the_victims_own_word_goes_before_others(card):
    cards = [
        card("a", {"detection": "2022-05-12"}),
        card("b", {"detection": "2022-05-12"}),
        card("c", {"detection": "2022-05-11"}, **OWN),
    ]
    assert fields.dates(cards)["detection"] == "2022-05-11"
    assert fields.dates(cards[::-1])["detection"] == "2022-05-11"


def test_of_its_own_reports_the_last_stands(card):
    first = card("b", {"detection": "2022-05-12"}, report=1, published="2022-05-20", **OWN)
    second = card("a", {"detection": "2022-05-11"}, report=2, published="2022-06-20", **OWN)
    assert fields.dates([first, second])["detection"] == "2022-05-11"
    assert fields.dates([second, first])["detection"] == "2022-05-11"


def test_a_later_notice_goes_before_an_unnumbered_follow_up_of_before(card):
    follow_up = card("b", {"detection": "2022-05-12"}, report=98, published="2022-05-20", **OWN)
    third = card("a", {"detection": "2022-05-11"}, report=3, published="2022-06-20", **OWN)
    assert fields.dates([follow_up, third])["detection"] == "2022-05-11"


def test_reports_without_a_day_are_ranked_by_their_number(card):
    reports = [card(f"d{9 - at}", {"first_intrusion": f"2022-05-{10 + at}"}, report=at, **OWN) for at in range(1, 4)]
    assert fields.dates(reports)["first_intrusion"] == "2022-05-13"


def test_what_the_victim_noticed_it_noticed_once(card):
    days = ("2022-05-12", "2022-05-12", "2022-06-20")
    reports = [card(f"d{at}", {"detection": day}, report=at + 1, **OWN) for at, day in enumerate(days)]
    assert fields.dates(reports)["detection"] == "2022-05-12"


def test_what_was_denied_at_first_is_not_denied_in_the_end(card):
    first = card("a", {"denied_leak": ("個人情報",)}, report=1, published="2022-05-20", **OWN)
    last = card(
        "b", {"leaked": ("会員情報",), "denied_leak": ("カード番号",)}, report=99, published="2022-08-20", **OWN
    )
    assert fields.claims([first, last]) == {
        "leaked": ("会員情報",),
        "possibly_leaked": (),
        "denied_leak": ("カード番号",),
    }


def test_of_hearsay_what_most_say_stands(card):
    cards = [
        card("a", {"detection": "2022-05-12"}),
        card("b", {"detection": "2022-05-12"}),
        card("c", {"detection": "2022-05-11"}, published="2022-09-01"),
    ]
    assert fields.dates(cards)["detection"] == "2022-05-12"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["XXXX-05-12", "2022-05-12"], "2022-05-12"),
        (["XXXX-05-12", "XXXX-05-12"], "XXXX-05-12"),
        (["2022-05", "2022-05-12"], "2022-05-12"),
        (["2022-05", "2022-05-12", "2022-05-20"], None),
        (["2022", "2021-05-12", "2022"], "2022"),
        (["../2022-05-12", "../2022-05-12", "2022-05-10"], "2022-05-10"),
        ([None, None], None),
        ([None, "2022-24"], "2022-24"),
        (["{2022-05-12,2022-05-14}", None], "{2022-05-12,2022-05-14}"),
        (["[2022-05-12..2022-05-14]", "2022-05-13", "[2022-05-12..2022-05-14]"], "2022-05-13"),
        (["2022-05-12/2022-05-14", None], "2022-05-12/2022-05-14"),
        (["XXXX-XX-05", "XXXX-XX-05"], "XXXX-XX-05"),
        (["none", "2022-13-45"], None),
    ],
)
def test_the_finest_date_that_says_the_same(card, told, expected):
    cards = [card(f"d{at}", {"containment": value}) for at, value in enumerate(told)]
    found = fields.dates(cards)["containment"]
    assert found == fields.dates(cards[::-1])["containment"]
    if expected is not None or not any(told):
        assert found == expected
    else:
        assert found in told


def test_the_first_day_in_public_stands(card):
    cards = [
        card("a", {"disclosure": "2022-06-20"}, **OWN),
        card("b", {"disclosure": "2022-05-20"}),
        card("c", {"disclosure": "2022-05"}),
    ]
    assert fields.dates(cards)["disclosure"] == "2022-05-20"


def test_nothing_became_public_before_it_happened(card):
    cards = [
        card("a", {"first_intrusion": "2022-05-10", "disclosure": "2022-05-20"}, **OWN),
        card("b", {"first_intrusion": "2022-05-10", "disclosure": "2012-05-20"}),
    ]
    assert fields.dates(cards)["disclosure"] == "2022-05-20"
    assert (
        fields.dates([card("a", {"first_intrusion": "2022-05-10", "disclosure": "2012-05-20"})])["disclosure"]
        == "2012-05-20"
    )


def test_the_card_that_came_first(card):
    cards = [
        card("a", published="2022-06-01"),
        card("b", published="2022-05-20"),
        card("c"),
        card("d", published="[2022-05-19..2022-06-30]"),
    ]
    assert fields.first(cards).account.doc_id == "d"
    assert fields.first(cards[:3][::-1]).account.doc_id == "b"
    assert fields.first([card("b"), card("a")]).account.doc_id == "a"


def test_words_of_all_cards_the_best_first(card):
    cards = [card("a", {"vectors": ("phishing",)}), card("b", {"vectors": ("vpn", "phishing")}, **OWN), card("c")]
    assert fields.words(cards, "vectors") == ("vpn", "phishing")
    assert fields.words(cards[2:], "vectors") == ("unknown",)


def test_the_last_report_says_what_became_of_a_thing(card):
    first = card("a", {"denied_leak": ("個人情報",)}, report=1, published="2022-05-20", **OWN)
    last = card("b", {"leaked": ("お客様の個人情報",)}, report=99, published="2022-07-20", **OWN)
    assert fields.claims([first, last]) == {"leaked": ("お客様の個人情報",), "possibly_leaked": (), "denied_leak": ()}
    assert fields.claims([last, first]) == fields.claims([first, last])


def test_another_thing_stays_denied(card):
    first = card("a", {"denied_leak": ("クレジットカード情報",)}, **OWN)
    assert fields.claims([first, card("b", {"leaked": ("氏名、住所",)})]) == {
        "leaked": ("氏名、住所",),
        "possibly_leaked": (),
        "denied_leak": ("クレジットカード情報",),
    }


def test_what_one_document_tells_apart_stays_apart(card):
    said = {
        "leaked": ("個人情報",),
        "possibly_leaked": ("取引先の個人情報",),
        "denied_leak": ("クレジットカード番号を含む個人情報",),
    }
    assert fields.claims([card("a", said)]) == said
    assert fields.claims([card("a", said, **OWN), card("b", {"leaked": ("個人情報",)})]) == said


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("お客様の氏名", "お客様氏名", True),
        ("個人情報", "顧客の個人情報", True),
        ("氏名", "氏名", True),
        ("氏名", "役員氏名", False),
        ("氏名", "住所", False),
        ("サーバー", "サーバ", True),
        ("すべて", "すべて", True),
    ],
)
def test_two_ways_to_write_a_kind_of_data(one, other, expected):
    assert fields.alike(one, other) is expected
    assert fields.alike(other, one) is expected


def test_facts_of_two_cards_are_ranked_by_their_own_victim(account):
    own, other = facts_of(account("a", "架空電機", "乙川物産", **OWN))
    assert fields.rank(own) > fields.rank(other)


def test_what_a_later_report_notices_is_not_how_it_came_to_light(card):
    first = card("a", {"detection": "2022-05-07"}, report=1, published="2022-05-10", **OWN)
    second = card("b", {"detection": "2022-05-15"}, report=2, published="2022-05-20", **OWN)
    assert fields.dates([first, second])["detection"] == "2022-05-07"
    assert fields.dates([second, first])["detection"] == "2022-05-07"


def test_a_finding_of_a_later_report_is_no_revision_of_the_detection(card):
    seen = (("detection", "2022-05-07"),)
    first = card("a", {"detection": "2022-05-07"}, told=seen, report=1, published="2022-05-10", **OWN)
    found = (("finding", "2022-05-09"),)
    second = card("b", {"detection": "2022-05-09"}, told=found, report=2, published="2022-05-20", **OWN)
    assert fields.dates([first, second])["detection"] == "2022-05-07"
    before = (("detection", "2022-05-06"),)
    third = card("c", {"detection": "2022-05-06"}, told=before, report=3, published="2022-06-20", **OWN)
    assert fields.dates([first, second, third])["detection"] == "2022-05-06"


def test_the_day_goes_before_the_month_that_it_lies_in(card):
    own = card("a", {"first_intrusion": "2022-04"}, report=1, published="2022-05-10", **OWN)
    assert fields.dates([own, card("b", {"first_intrusion": "2022-04-17"})])["first_intrusion"] == "2022-04-17"
    assert fields.dates([own, card("b", {"first_intrusion": "2022-03-17"})])["first_intrusion"] == "2022-04"
