import time
from dataclasses import replace

import pytest

from tenmatsu.merge import account_of, merge
from tenmatsu.merge.contradictions import conflicts
from tenmatsu.merge.evidence import facts_of


def found(*accounts):
    """The contradictions as (field, kind, value_a, value_b, doc_a, doc_b, likely)."""
    cards = [one for account in accounts for one in facts_of(account)]
    return [
        (each.field, each.kind, each.value_a, each.value_b, each.doc_a, each.doc_b, each.likely)
        for each in conflicts("i", cards)
    ]


def dated(account, doc_id, detection, field="detection", kind="detection", **given):
    return account(doc_id, ("架空電機", {field: detection}), told=[(kind, detection)], **given)


def test_two_days_of_one_thing_contradict_each_other(account):
    assert found(dated(account, "a", "2022-05-12"), dated(account, "b", "2022-05-13")) == [
        ("detection", "date", "2022-05-12", "2022-05-13", "a", "b", None)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2022-05-12", "2022-05-12"),
        ("2022-05-12", "2022-05"),
        ("2022-05-12", "2022"),
        ("2022-05-12", "2022-21"),
        ("2022-05-12", "XXXX-05-12"),
        ("2022-05-12", "../2022-05-13"),
        ("2022-05-12", "[2022-05-10..2022-05-15]"),
        ("2022-05", "2022-06"),
        ("2022", "2021-21"),
        ("2022-05-12", "2021"),
        ("2022-05-12", "2021~"),
        ("2022-05-12", "2022-24"),
        ("XXXX-XX-05", "2022-05-06"),
        ("2022-02-30", "2022-02-28"),
    ],
)
def test_what_may_be_one_day_or_is_coarse_on_both_sides_is_no_contradiction(account, one, other):
    assert found(dated(account, "a", one), dated(account, "b", other)) == []


@pytest.mark.parametrize(
    ("one", "other"), [("2022-05-12", "2022-06"), ("XXXX-05-12", "XXXX-05-13"), ("2022-05-12", "XXXX-05-13")]
)
def test_a_day_outside_what_the_other_says(account, one, other):
    assert [each[1] for each in found(dated(account, "a", one), dated(account, "b", other))] == ["date"]


def test_a_year_typed_wrongly(account):
    kind = {"field": "first_intrusion", "kind": "intrusion"}
    assert [
        each[1] for each in found(dated(account, "a", "2000-09-07", **kind), dated(account, "b", "2020-09-07", **kind))
    ] == ["year_typo"]
    assert [
        each[1] for each in found(dated(account, "a", "2019-09-07", **kind), dated(account, "b", "2020-09-07", **kind))
    ] == ["date"]


def test_files_encrypted_on_another_day_contradict_no_break_in(account):
    one = dated(account, "a", "2022-05-10", field="first_intrusion", kind="intrusion")
    assert found(one, dated(account, "b", "2022-05-12", field="first_intrusion", kind="encryption")) == []


def test_a_date_of_the_card_that_no_event_tells_of_has_no_place(account):
    assert found(dated(account, "a", "2022-05-12"), account("b", ("架空電機", {"detection": "2022-05-13"}))) == []


REPORT = {"publisher": "架空電機", "series": "不正アクセス"}


def test_a_series_revises_itself_from_report_to_report(account):
    given = [
        dated(account, doc_id, day, report=number, published=published, **REPORT)
        for doc_id, day, number, published in [
            ("c", "2022-05-12", 1, "2022-05-20"),
            ("b", "2022-05-13", 2, "2022-06-01"),
            ("a", "2022-05-14", 99, "2022-07-01"),
        ]
    ]
    expected = [
        ("detection", "revision", "2022-05-13", "2022-05-14", "b", "a", "2022-05-14"),
        ("detection", "revision", "2022-05-12", "2022-05-13", "c", "b", "2022-05-13"),
    ]
    assert found(*given) == expected
    assert found(*reversed(given)) == expected


def test_reports_are_taken_in_the_order_in_which_they_came_out(account):
    """A first notice without a number, 第2報, and a later notice without a number."""
    given = [
        dated(account, "a", "2022-05-12", published="2022-05-20", **REPORT),
        dated(account, "b", "2022-05-13", report=2, published="2022-06-01", **REPORT),
        dated(account, "c", "2022-05-14", published="2022-07-01", **REPORT),
    ]
    assert [each[2:4] for each in found(*given)] == [("2022-05-12", "2022-05-13"), ("2022-05-13", "2022-05-14")]


def test_later_reports_between_third_and_last(account):
    given = [
        dated(account, "a", "2022-05-12", report=98, published="2022-05-20", **REPORT),
        dated(account, "b", "2022-05-13", report=3, published="2022-06-01", **REPORT),
    ]
    assert [each[2:4] for each in found(*given)] == [("2022-05-12", "2022-05-13")]


def counted(account, doc_id, *counts, **given):
    return account(doc_id, "架空電機", counted=counts, **given)


def test_two_figures_for_one_thing(account):
    assert found(
        counted(account, "a", (4100, 4100, "person", "leaked")), counted(account, "b", (5200, 5200, "person", "leaked"))
    ) == [("leaked", "count", "4100", "5200", "a", "b", None)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([(4100, 4100, "person", "leaked")], [(4100, 4100, "person", "leaked")]),
        ([(4100, 4100, "person", "leaked")], [(4000, 4200, "person", "leaked")]),
        ([(4100, 4100, "person", "leaked")], [(4000, 4000, "person", "leaked")]),
        ([(4100, 4100, "person", "leaked")], [(4000, None, "person", "leaked")]),
        ([(4100, 4100, "person", "leaked")], [(5200, 5200, "person", "affected")]),
        ([(4100, 4100, "person", "leaked")], [(5200, 5200, "person", "leaked"), (4100, 4100, "person", "affected")]),
        ([(4100, 4100, "person", "leaked")], [(5200, 5200, "person", "examined")]),
        ([(4100, 4100, "person", "leaked")], [(7, 7, "person", "leaked")]),
        ([(4100, 4100, "person", "leaked")], [(None, 500, "person", "leaked")]),
        ([(4100, 4100, "person", "leaked")], [(5200, 5200, "file", "leaked")]),
    ],
)
def test_figures_that_may_both_be_true(account, one, other):
    assert found(counted(account, "a", *one), counted(account, "b", *other)) == []
    assert found(counted(account, "a", *other), counted(account, "b", *one)) == []


def test_a_figure_that_is_denied_is_none(account):
    one = counted(account, "a", (4100, 4100, "person", "leaked"))
    other = counted(account, "b", (5200, 5200, "person", "leaked"))
    denied = replace(other, counted=(replace(other.counted[0], factuality="negated"),))
    assert len(found(one, other)) == 1
    assert found(one, denied) == []


def test_a_series_revises_a_figure_of_one_role_alone(account):
    one = counted(account, "a", (3000, 3000, "person", "affected"), report=1, **REPORT)
    assert found(one, counted(account, "b", (3412, 3412, "person", "affected"), report=2, **REPORT)) == [
        ("affected", "revision", "3000", "3412", "a", "b", "3412")
    ]
    assert found(one, counted(account, "b", (200, 200, "person", "leaked"), report=2, **REPORT)) == []
    assert found(one, counted(account, "b", (3000, 3000, "person", "affected"), report=2, **REPORT)) == []


def test_one_figure_for_two_things(account):
    one = counted(account, "a", (250, 250, "file", "leaked"))
    assert [each[:4] for each in found(one, counted(account, "b", (250, 250, "person", "leaked")))] == [
        ("unit", "count", "250", "250")
    ]
    both = counted(account, "b", (250, 250, "person", "leaked"), (250, 250, "file", "leaked"))
    assert found(one, both) == []


@pytest.mark.parametrize(("one", "other"), [("record", "person"), ("person", "account"), ("case", "record")])
def test_the_data_of_a_person_are_a_record(account, one, other):
    assert (
        found(counted(account, "a", (250, 250, one, "leaked")), counted(account, "b", (250, 250, other, "leaked")))
        == []
    )


def leaks(account, doc_id, *said, leaked=(), possibly=(), denied=(), **given):
    fields = {"leaked": leaked, "possibly_leaked": possibly, "denied_leak": denied}
    return account(doc_id, ("架空電機", fields), leaks=said, **given)


def test_a_leak_that_one_claims_and_another_denies(account):
    assert found(leaks(account, "a", "negated"), leaks(account, "b", "asserted")) == [
        ("leaked", "claim", "negated", "asserted", "a", "b", None)
    ]
    assert found(
        leaks(account, "a", "negated", denied=("個人情報",)),
        leaks(account, "b", "asserted", leaked=("顧客の個人情報",)),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("possible", "negated"), ("possible", "asserted"), ("asserted", "asserted"), ("negated", "planned")],
)
def test_words_that_do_not_contradict(account, one, other):
    assert found(leaks(account, "a", one), leaks(account, "b", other)) == []


def test_a_denial_of_one_kind_of_data_contradicts_no_leak_of_another(account):
    one = leaks(account, "a", "asserted", leaked=("氏名、メールアドレス",))
    assert found(one, leaks(account, "b", "negated", denied=("クレジットカード情報",))) == []
    series = {"report": 2, **REPORT}
    assert (
        found(
            leaks(account, "b", "negated", denied=("クレジットカード情報",), **{**series, "report": 1}),
            leaks(account, "c", "asserted", leaked=("氏名、メールアドレス",), **series),
        )
        == []
    )


def test_the_surest_claim_of_a_document_is_its_word(account):
    one = leaks(account, "a", "negated", "asserted", leaked=("氏名",), denied=("口座番号",))
    assert found(one, leaks(account, "b", "asserted")) == []


def test_a_series_changes_its_word(account):
    one = leaks(account, "a", "negated", report=1, **REPORT)
    assert found(one, leaks(account, "b", "possible", report=2, **REPORT)) == [
        ("leaked", "revision", "negated", "possible", "a", "b", "possible")
    ]


def test_cards_of_one_incident_and_no_others(account):
    one, other = facts_of(
        account("a", "架空電機", "乙川物産", told=[("detection", "2022-05-12")], counted=[(250, 250, "file", "leaked")])
    )
    assert conflicts("i", [one, other]) == []
    assert conflicts("i", [one]) == []


def test_places_and_an_order_of_their_own(account):
    given = [
        dated(account, f"d{at}", f"2022-05-{10 + at}", counted=[(1000 * (at + 1), 1000 * (at + 1), "person", "leaked")])
        for at in range(4)
    ]
    cards = [one for account in given for one in facts_of(account)]
    told = conflicts("i", cards)
    assert told == conflicts("i", cards[::-1])
    assert len(told) == 12
    for each in told:
        assert each.incident_id == "i"
        assert each.doc_a != each.doc_b
        assert each.end_a > each.start_a >= 0
        assert each.end_b > each.start_b >= 0


def test_many_pages_on_one_incident_are_compared_in_little_time(account):
    given = [
        dated(
            account, f"d{at:03d}", "2022-05-12", counted=[(100 * n, 100 * n, "person", "leaked") for n in range(1, 20)]
        )
        for at in range(300)
    ]
    cards = [one for account in given for one in facts_of(account)]
    began = time.process_time()
    assert conflicts("i", cards) == []
    assert time.process_time() - began < 5


def test_both_places_are_quoted(documents):
    """From texts: the second report finds an earlier break-in and a leak."""
    whole = merge(account_of(documents[name]) for name in ("first", "second"))
    text_of = {documents[name].document.doc_id: documents[name].text for name in ("first", "second")}
    told = {
        (each.field, each.kind): (
            text_of[each.doc_a][each.start_a : each.end_a],
            text_of[each.doc_b][each.start_b : each.end_b],
            each.likely,
        )
        for each in whole.conflicts
    }
    assert told == {
        ("first_intrusion", "revision"): ("2022年5月10日", "2022年4月28日", "2022-04-28"),
        ("leaked", "revision"): ("流出", "流出", "asserted"),
    }


def test_what_a_later_report_notices_contradicts_no_day_of_the_first_notice(account):
    own = {"genre": "press_release", "publisher": "株式会社架空電機"}
    first = dated(account, "a", "2022-05-07", report=1, published="2022-05-10", **own)
    assert not found(first, dated(account, "b", "2022-05-15", report=2, published="2022-05-20", **own))
    assert found(first, dated(account, "b", "2022-05-06", report=2, published="2022-05-20", **own))


PAGE = "{day}\n{name}\n\nサーバーへの不正アクセスについて（{number}）\n\n{body}\n"


def revised(read, *reports):
    accounts = [
        account_of(read(PAGE.format(day=day, name=name, number=number, body=body)))
        for day, name, number, body in reports
    ]
    return [(one.field, one.kind, one.value_a, one.value_b) for one in merge(accounts).conflicts]


FIRST = (
    "2024年5月10日",
    "株式会社青嶺製菓",
    "第1報",
    "当社は5月7日、サーバーへの不正アクセスを検知しました。サーバーには個人情報約1,200件が保存されていました。情報の流出は確認されておりません。",
)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (
            "第1報では個人情報の件数を約1,200件とお知らせしましたが、正しくは1,850件でしたので、訂正いたします。",
            "1,850件",
        ),
        ("第1報で約1,200件とした個人情報の件数は、正しくは980件でした。", "980件"),
        ("個人情報の件数を1,200件から980件に訂正いたします。", "980件"),
    ],
)
def test_a_count_that_tells_what_it_corrects_is_a_revision_of_those_affected(read, said, count):
    second = (
        "2024年5月20日",
        "株式会社青嶺製菓",
        "第2報",
        f"当社は5月7日に検知した不正アクセスを調査しています。{said}",
    )
    assert revised(read, FIRST, second) == [("affected", "revision", "約1,200件", count)]


def test_a_firm_that_changed_its_name_goes_on_revising_its_word(read):
    second = (
        "2024年5月20日",
        "株式会社青嶺製菓",
        "第2報",
        "当社は5月7日に検知した不正アクセスについて、5月8日にサーバーを停止しました。個人情報の流出の可能性は否定できません。",
    )
    last = (
        "2024年8月20日",
        "青嶺フーズ株式会社（旧社名：株式会社青嶺製菓）",
        "最終報",
        "当社は5月7日に検知した不正アクセスについて、5月8日にサーバーを停止しました。個人情報が流出したことを確認しました。",
    )
    assert set(revised(read, FIRST, second, last)) == {
        ("leaked", "revision", "negated", "possible"),
        ("leaked", "revision", "possible", "asserted"),
    }
