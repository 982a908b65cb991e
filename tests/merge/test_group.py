import random
import time

import pytest

from tenmatsu.merge.group import NEIGHBOURS, groups, name_keys

DAY = ("detection", "2022-05-12")
OTHER_DAY = ("detection", "2023-02-01")


def shape(accounts):
    return sorted(sorted(one.id for one in group.cards) for group in groups(accounts))


def test_each_card_is_in_one_group(account):
    given = [account(f"d{at}", told=[DAY if at % 2 else OTHER_DAY]) for at in range(6)]
    assert shape(given) == [
        [f"d{at}/架空電機株式会社" for at in (0, 2, 4)],
        [f"d{at}/架空電機株式会社" for at in (1, 3, 5)],
    ]


def test_nothing_gives_nothing(account):
    assert groups([]) == []
    assert groups([account("a", None, told=[DAY])]) == []


def test_a_third_document_joins_what_two_do_not_share(account):
    a = account("a", told=[DAY])
    b = account("b", counted=[(4100, 4100, "person", "leaked")])
    assert len(shape([a, b])) == 2
    c = account("c", told=[DAY], counted=[(4100, 4100, "person", "leaked")])
    assert len(shape([a, b, c])) == 1


def recurring(account):
    """Two incidents on the same days of two years, and a page that prints no year."""
    days = [("detection", "{}-05-12"), ("recovery", "{}-05-20")]

    def one(doc_id, year, *more):
        told = [(kind, day.format(year)) for kind, day in days]
        return account(doc_id, ("架空電機", {"detection": f"{year}-05-12"}), told=[*told, *more])

    return one


def test_a_page_that_fits_two_incidents_alike_is_of_neither(account):
    one = recurring(account)
    assert shape([one("a", "2021"), one("b", "2022"), one("c", "XXXX")]) == [
        ["a/架空電機"],
        ["b/架空電機"],
        ["c/架空電機"],
    ]
    more = [one("a", "2021"), one("b", "2022"), one("c", "XXXX"), one("d", "2021"), one("e", "XXXX")]
    assert shape(more) == [["a/架空電機", "d/架空電機"], ["b/架空電機"], ["c/架空電機"], ["e/架空電機"]]


def test_one_more_day_decides_between_two_incidents(account):
    one = recurring(account)
    given = [
        one("a", "2021"),
        one("b", "2022", ("containment", "2022-05-14")),
        one("c", "XXXX", ("containment", "XXXX-05-14")),
    ]
    assert shape(given) == [["a/架空電機"], ["b/架空電機", "c/架空電機"]]


def test_a_page_between_two_incidents_does_not_make_them_one(account):
    one = recurring(account)
    given = [
        one("a", "2021", ("notification", "2021-05-14")),
        one("b", "2022", ("containment", "2022-05-15")),
        one("c", "XXXX", ("notification", "XXXX-05-14")),
        one("d", "XXXX", ("containment", "XXXX-05-15")),
    ]
    assert shape(given) == [["a/架空電機", "c/架空電機"], ["b/架空電機", "d/架空電機"]]


@pytest.mark.parametrize("field", ["detection", "first_intrusion"])
def test_far_days_of_one_field_stay_apart_over_any_number_of_documents(account, field):
    """Each may be linked to the next: the whole is measured."""
    days = ["2022-01-01", "2022-02-15", "2022-04-01", "2022-05-15"]
    given = [
        account(f"d{at}", ("架空電機", {field: day}), told=[("recovery", "2022-07-01")]) for at, day in enumerate(days)
    ]
    for found in shape(given):
        told = [days[int(one[1])] for one in found]
        assert max(told) == min(told) or (max(told), min(told)) in {
            ("2022-02-15", "2022-01-01"),
            ("2022-04-01", "2022-02-15"),
            ("2022-05-15", "2022-04-01"),
        }


def test_a_long_dwell_is_no_other_incident(account):
    """A page that tells only of the break-in and one that tells only of the detection half a year later."""
    told = [("recovery", "2022-06-01"), ("disclosure", "2022-06-20")]
    given = [
        account("a", ("架空電機", {"first_intrusion": "2021-11-02"}), told=told),
        account("b", ("架空電機", {"detection": "2022-05-12"}), told=told),
    ]
    assert len(shape(given)) == 1


def test_two_cards_of_one_document_stay_two_also_through_a_third(account):
    days = {"first_intrusion": "2022-05-10", "detection": "2022-05-12"}
    two = account("a", "架空電機", ("架空電機販売", days), told=[DAY])
    other = account("b", ("架空電機", days), told=[DAY], names=["架空電機販売"])
    assert shape([two, other]) == [["a/架空電機"], ["a/架空電機販売", "b/架空電機"]]


def test_two_corporate_numbers_stay_two_also_through_a_third(account):
    def one(doc_id, number, *more):
        fields = {"victim_id": number} if number else {}
        return account(doc_id, ("架空電機", fields), told=[DAY, ("recovery", "2022-06-01"), *more])

    a, b = one("a", "jp:1000000000001"), one("b", "jp:1000000000002")
    assert shape([a, b, one("c", None)]) == [["a/架空電機"], ["b/架空電機"], ["c/架空電機"]]
    shared = ("containment", "2022-05-14")
    assert shape([one("a", "jp:1000000000001", shared), b, one("c", None, shared)]) == [
        ["a/架空電機", "c/架空電機"],
        ["b/架空電機"],
    ]


def test_every_link_lies_within_its_group(account):
    given = [account(f"d{at}", told=[DAY if at % 2 else OTHER_DAY]) for at in range(6)]
    for group in groups(given):
        ids = {one.id for one in group.cards}
        assert group.links
        assert all({one.one, one.other} <= ids for one in group.links)


def test_the_order_changes_nothing(account):
    given = [
        account(
            f"d{at}",
            ("架空電機", {"detection": f"2022-{at % 9 + 1:02d}-12"}),
            told=[("recovery", f"2022-0{at % 4 + 1}-01")],
        )
        for at in range(20)
    ]
    expected = groups(given)
    for seed in range(5):
        mixed = random.Random(seed).sample(given, len(given))
        assert groups(mixed) == expected


def test_many_pages_on_one_day_are_one_incident_in_little_time(account):
    given = [account(f"d{at:04d}", told=[DAY]) for at in range(2000)]
    began = time.process_time()
    (group,) = groups(given)
    assert time.process_time() - began < 5
    assert len(group.cards) == 2000
    assert len(group.links) <= NEIGHBOURS * 2000


def test_the_names_of_an_account(account):
    assert name_keys(account("a", "架空電機", ("乙川物産", {"victim_id": "jp:1"}))) == {"架空電機", "乙川物産", "jp:1"}
    assert name_keys(account("a", None)) == frozenset()
