from dataclasses import replace
from itertools import permutations

import pytest

from tenmatsu.merge.evidence import ENOUGH, dated, facts_of, family, forbidden, keys, link

DETECTED = ("detection", "2022-05-12")
BROKEN_INTO = ("intrusion", "2022-05-10")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("intrusion", "attack"),
        ("encryption", "attack"),
        ("finding", "detection"),
        ("press_report", "disclosure"),
        ("disclosure", "disclosure"),
        ("containment", "containment"),
        ("recovery", "recovery"),
    ],
)
def test_what_kind_of_day_an_event_marks(kind, expected):
    assert family(kind) == expected


def test_the_same_victim_alone_joins_nothing(facts):
    assert link(facts("a"), facts("b")) is None
    assert link(facts("a", told=[DETECTED]), facts("b", told=[("detection", "2022-05-19")])) is None


def test_one_day_of_one_kind_joins(facts):
    found = link(facts("a", told=[DETECTED]), facts("b", told=[DETECTED]))
    assert found.score == ENOUGH
    assert found.why == ("days 2022-05-12",)
    assert (found.one, found.other) == ("a/架空電機株式会社", "b/架空電機株式会社")


def test_a_link_is_the_same_from_both_sides(facts):
    one = facts("a", told=[DETECTED, BROKEN_INTO], counted=[(250, 250, "file", "leaked")])
    other = facts("b", told=[DETECTED, ("intrusion", "XXXX-05-10")], counted=[(250, 250, "file", "leaked")])
    assert link(one, other) == link(other, one)


def test_a_day_of_another_kind_is_not_enough(facts):
    assert link(facts("a", told=[DETECTED]), facts("b", told=[("disclosure", "2022-05-12")])) is None


def test_one_day_without_a_year_is_not_enough_and_two_are(facts):
    one = facts("a", told=[DETECTED, BROKEN_INTO])
    assert link(one, facts("b", told=[("detection", "XXXX-05-12")])) is None
    found = link(one, facts("b", told=[("detection", "XXXX-05-12"), ("intrusion", "XXXX-05-10")]))
    assert found.why == ("days 2022-05-10, 2022-05-12",)


def test_the_same_day_of_two_years_is_two_days(facts):
    assert link(facts("a", told=[DETECTED]), facts("b", told=[("detection", "2021-05-12")])) is None


def test_a_month_or_a_year_is_not_enough(facts):
    for coarse in ("2022-05", "2022"):
        assert link(facts("a", told=[("detection", coarse)]), facts("b", told=[("detection", coarse)])) is None


def test_a_figure_joins_and_a_small_one_does_not(facts):
    count = (4100, 4100, "person", "leaked")
    found = link(facts("a", counted=[count]), facts("b", counted=[count]))
    assert found.why == ("figures 4100 person",)
    small = (3, 3, "device", "infected")
    assert link(facts("a", counted=[small]), facts("b", counted=[small])) is None
    assert link(facts("a", counted=[count]), facts("b", counted=[(4100, 4100, "file", "leaked")])) is None
    assert link(facts("a", counted=[(None, 4100, "person", "leaked")]), facts("b", counted=[count])) is None


def test_a_planned_day_joins_nothing(facts):
    planned = ("recovery", "2022-06-01", "planned")
    assert link(facts("a", told=[planned]), facts("b", told=[planned])) is None


def test_two_cards_of_one_document_are_two(account):
    one, other = facts_of(account("a", "架空電機株式会社", "株式会社架空電機", told=[DETECTED]))
    assert link(one, other) is None


def test_other_victims_are_others(facts):
    assert link(facts("a", told=[DETECTED]), facts("b", "ミナトガワ商会", told=[DETECTED])) is None


def test_a_card_without_a_victim_is_nobodys(account):
    assert facts_of(account("a", None, told=[DETECTED])) == []


def named(number, name="架空電機株式会社", **fields):
    return name, {"victim_id": number, **fields}


def test_two_corporate_numbers_are_two_organisations(facts):
    one = facts("a", named("jp:1000000000001"), told=[DETECTED, BROKEN_INTO])
    assert link(one, facts("b", named("jp:1000000000002"), told=[DETECTED, BROKEN_INTO])) is None
    assert link(one, facts("b", named("tm:12ab"), told=[DETECTED, BROKEN_INTO])) is not None
    assert link(one, facts("b", named("jp:1000000000001", "カクウ電機"), told=[DETECTED])) is not None


@pytest.mark.parametrize("field", ["detection", "first_intrusion"])
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2022-05-12", "2022-05-12", False),
        ("2022-05-12", "2022-07-11", False),
        ("2022-05-12", "2022-07-12", True),
        ("2022-05-12", "2022-09", False),
        ("2022-05-12", "XXXX-09-12", False),
        ("2022-05-12", None, False),
        ("{2022-05-12,2022-05-13}", "2023-05-12", False),
    ],
)
def test_what_two_cards_date_far_apart_forbids_a_join(facts, field, one, other, expected):
    a, b = facts("a", ("架空電機", {field: one})), facts("b", ("架空電機", {field: other}))
    assert forbidden(a, b) is expected
    assert forbidden(b, a) is expected


SERIES = {"series": "不正アクセス", "publisher": "架空電機", "genre": "press_release"}


def test_reports_of_a_series_are_joined(facts):
    one = facts("a", published="2022-05-13", report=1, **SERIES)
    assert link(one, facts("b", published="2022-06-20", report=2, **SERIES)).why == ("reports of one series",)
    assert link(one, facts("b", published="2022-06-20", report=0, **SERIES)) is not None
    assert link(one, facts("b", published="2023-07-20", report=2, **SERIES)) is None
    assert link(one, facts("b", report=2, **{**SERIES, "series": "誤送信"})) is None
    assert link(one, facts("b", report=2, **{**SERIES, "publisher": "架空日報"})) is None
    assert (
        link(facts("a", report=1, **{**SERIES, "series": ""}), facts("b", report=2, **{**SERIES, "series": ""})) is None
    )


def test_notices_without_a_number_are_no_series(facts):
    assert link(facts("a", **SERIES), facts("b", **SERIES)) is None


def test_a_series_may_find_an_earlier_break_in_and_is_no_other_detection(facts):
    def report(doc_id, number, **fields):
        return facts(doc_id, ("架空電機", fields), report=number, **SERIES)

    assert link(report("a", 1, first_intrusion="2022-05-10"), report("b", 2, first_intrusion="2021-11-02")) is not None
    assert link(report("a", 1, detection="2022-05-12"), report("b", 1, detection="2022-12-01")) is None


def test_two_notices_of_one_day_are_not_one_incident_for_that(facts):
    shown = ("disclosure", "2022-05-20")

    def notice(doc_id, *told, **fields):
        return facts(doc_id, ("架空電機", fields), told=[shown, *told])

    slip = notice("a", ("detection", "2022-05-02"), detection="2022-05-02", vectors=("human_error",))
    assert link(slip, notice("b", detection="2022-05-18", vectors=("vpn",))) is None
    assert link(slip, notice("b", detection="2022-05-18")) is None
    assert link(slip, notice("b", vectors=("vpn",))) is None
    assert link(slip, notice("b")) is not None
    same = ("detection", "2022-05-02")
    assert link(slip, notice("b", same, detection="2022-05-02", vectors=("vpn",))) is not None


def test_an_earlier_affair_told_in_passing_joins_nothing(facts):
    one = facts("a", ("架空電機", {"detection": "2022-05-12"}), told=[DETECTED, ("intrusion", "2019-03-01")])
    assert ("attack", "2019-03-01") not in one.days
    assert link(one, facts("b", ("架空電機", {"detection": "2019-03-02"}), told=[("intrusion", "2019-03-01")])) is None


def test_a_card_without_an_exact_day_keeps_the_days_that_it_tells_of(facts):
    one = facts("a", ("架空電機", {"detection": "2022-05"}), told=[BROKEN_INTO])
    assert ("attack", "2022-05-10") in one.days


def test_a_card_is_looked_up_by_its_names_with_its_days_figures_and_series(facts):
    one = facts("a", told=[DETECTED], counted=[(4100, 4100, "person", "leaked")], names=["架空"], report=1, **SERIES)
    assert keys(one) == sorted(
        (name, tail) for name in ("架空電機", "架空") for tail in ("05-12", "4100 person", "不正アクセス")
    )


def test_cards_that_can_be_joined_share_a_key(facts):
    pairs = [
        (facts("a", told=[DETECTED]), facts("b", told=[DETECTED])),
        (facts("a", told=[DETECTED, BROKEN_INTO]), facts("b", told=[("detection", "../2022-05-12"), BROKEN_INTO])),
        (facts("a", report=1, **SERIES), facts("b", report=2, **SERIES)),
        (facts("a", report=1, **SERIES), facts("b", report=0, **SERIES)),
    ]
    for one, other in pairs:
        assert link(one, other) is not None
        assert set(keys(one)) & set(keys(other))


def test_the_day_that_tells_a_card_from_others(facts):
    assert dated(facts("a", ("架空電機", {"detection": "2022-05-12", "first_intrusion": "2022-05-10"}))) == "2022-05-12"
    assert dated(facts("a", ("架空電機", {"detection": "2022-05", "first_intrusion": "2022-05-10"}))) == "2022-05-10"
    assert dated(facts("a", ("架空電機", {"detection": "XXXX-05-12"}))) is None


def test_what_joins_two_cards_is_told_alike_in_whatever_order_their_days_come(facts):
    days = [
        ("attack", "2023-12-28"),
        ("attack", "2023-12-28/2024-01-09"),
        ("finding", "2024-01-09"),
        ("finding", "2024-01"),
    ]
    one, other = facts("d1"), facts("d2")
    told = {
        link(replace(one, days=tuple(given)), replace(other, days=tuple(against)))
        for given in permutations(days)
        for against in permutations(days)
    }
    assert len(told) == 1
    assert None not in told
