import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenmatsu.merge import account_of, merge
from tenmatsu.merge.assemble import Filler
from tenmatsu.merge.days import exact, gap
from tenmatsu.merge.evidence import APART
from tenmatsu.merge.years import LinkedYear

VICTIMS = ("架空電機", "ミナトガワ商会", "乙川物産", None)
DAYS = (
    "2022-05-10",
    "2022-05-12",
    "2022-05",
    "2022-08-20",
    "2021-05-12",
    "XXXX-05-10",
    "XXXX-05-12",
    "XXXX-02-29",
    "XXXX-XX-05",
    "XXXX-12-30/XXXX-01-05",
    "{2022-05-10,2022-05-12}",
    "[2022-05-10..2022-05-12]",
    "2022-05-10/..",
    "2021-21",
    None,
)
FIELD = {
    "detection": "detection",
    "intrusion": "first_intrusion",
    "containment": "containment",
    "disclosure": "disclosure",
}


@st.composite
def accounts(draw, account):
    """Up to eight documents on three victims and a few days, some of them reports of series."""
    found = []
    for at in range(draw(st.integers(1, 8))):
        victims = draw(st.lists(st.sampled_from(VICTIMS), min_size=1, max_size=2, unique=True))
        told = [(kind, day) for kind in FIELD if (day := draw(st.sampled_from(DAYS)))]
        fields = {FIELD[kind]: day for kind, day in told}
        fields["vectors"] = draw(st.sampled_from([("unknown",), ("supply_chain",), ("vpn", "phishing")]))
        counts = draw(
            st.lists(
                st.sampled_from(
                    [(4100, 4100, "person", "leaked"), (250, 250, "file", "leaked"), (None, 9, "person", "affected")]
                ),
                max_size=2,
                unique=True,
            )
        )
        report = draw(st.sampled_from([0, 0, 1, 2, 99]))
        found.append(
            account(
                f"d{at}",
                (victims[0], fields),
                *victims[1:],
                told=told,
                counted=counts,
                leaks=draw(st.lists(st.sampled_from(["asserted", "negated", "possible"]), max_size=2)),
                days=[(10 * n, day, day) for n, (_, day) in enumerate(told)],
                published=draw(st.sampled_from([None, "2022-05-20", "2022-06-20", "[2022-05-01..2022-05-31]"])),
                report=report,
                series="不正アクセス" if report else "",
                publisher=draw(st.sampled_from([None, "株式会社架空電機", "架空日報"])),
                genre=draw(st.sampled_from(["press_release", "news"])),
            )
        )
    return found


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_documents_changes_nothing(account, data):
    told = data.draw(accounts(account))
    mixed = data.draw(st.permutations(told))
    one, other = merge(told), merge(mixed)
    assert one == other
    assert list(one.incidents) == list(other.incidents)
    assert merge([*told, *mixed]) == one
    assert merge(iter(told)) == one


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_what_holds_for_all_documents(account, data):
    told = data.draw(accounts(account))
    whole = merge(told)
    cards = {card.incident_id: (one, card) for one in told for card in one.cards}
    assert set(whole.incident_of) == set(cards)
    assert set(whole.incident_of.values()) == set(whole.incidents) == set(whole.home)
    members = {}
    for card_id, incident_id in whole.incident_of.items():
        members.setdefault(incident_id, []).append(card_id)
    for incident_id, ids in members.items():
        row = whole.incidents[incident_id]
        assert row.incident_id == incident_id
        assert incident_id in ids
        assert whole.home[incident_id] == cards[incident_id][0].doc_id
        assert list(row.documents) == sorted({cards[one][0].doc_id for one in ids})
        assert len(ids) == len({cards[one][0].doc_id for one in ids})  # two cards of one document are two incidents
        assert len({cards[one][1].victim for one in ids}) == 1  # different victims never join
        assert len(ids) == 1 or cards[ids[0]][1].victim is not None
        days = [day for one in ids if exact(day := cards[one][1].detection)]
        assert not days or gap(min(days), max(days)) <= APART
        assert (len(ids) > 1) == bool(row.merged_by)
        assert incident_id not in row.related
        assert all(incident_id in whole.incidents[other].related for other in row.related)
    for each in whole.conflicts:
        assert each.incident_id in whole.incidents
        assert each.doc_a != each.doc_b
        assert {each.doc_a, each.doc_b} <= set(whole.incidents[each.incident_id].documents)
    for doc_id, years in whole.years.items():
        by_id = {day[0]: day for one in told if one.doc_id == doc_id for day in one.days}
        for each in years:
            assert "XXXX" in by_id[each.timex_id][3]
            assert "XXXX" not in each.value
            assert not each.anchor_id.startswith(f"{doc_id}-")


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_documents_of_others_change_nothing(account, data):
    told = data.draw(accounts(account))
    strangers = [
        account("z1", "戊山運輸", told=[("detection", "2022-05-12")]),
        account("z2", "戊山運輸", told=[("detection", "2022-05-12")]),
    ]
    alone, beside = merge(told), merge([*told, *strangers])
    assert {key: beside.incidents[key] for key in alone.incidents} == alone.incidents
    assert [each for each in beside.conflicts if not each.doc_a.startswith("z")] == list(alone.conflicts)
    assert beside.years == alone.years


def test_nothing_gives_nothing():
    whole = merge([])
    assert (whole.incidents, whole.conflicts, whole.incident_of) == ({}, (), {})


def test_one_document_stays_as_it_was(documents):
    for extracted in documents.values():
        whole = merge([account_of(extracted)])
        assert list(whole.incidents.values()) == sorted(extracted.incidents, key=lambda one: one.incident_id)


def test_a_series_and_the_news_are_one_incident(documents):
    whole = merge(account_of(one) for one in documents.values())
    assert len(whole.incidents) == 2
    row = next(one for one in whole.incidents.values() if len(one.documents) == 3)
    (first,) = documents["first"].incidents
    assert row.incident_id == first.incident_id  # the account that came first
    assert (row.first_intrusion, row.detection, row.containment, row.disclosure) == (
        "2022-04-28",
        "2022-05-12",
        "2022-05-12",
        "2022-05-13",
    )
    assert (row.dwell_days, row.containment_days, row.disclosure_days) == ("14", "0", "1")
    assert any("reports of one series" in each for each in row.merged_by)


PROVIDER = """不正アクセスについて

2024年6月3日
株式会社カワベ印刷

当社は、2024年5月30日に当社のサーバーがランサムウェアに感染したことを検知しました。2024年5月30日に当該サーバーを遮断しました。
"""
CLIENT = """委託先における個人情報の漏えいについて

2024年7月9日
ミドリノ信用組合

当組合は、印刷業務の委託先である株式会社カワベ印刷のサーバーが不正アクセスを受け、当組合のお客様の氏名が漏えいしたことを、2024年6月3日に確認しました。
2024年5月30日、株式会社カワベ印刷は自社のサーバーがランサムウェアに感染したことを検知し、同社は同日に当該サーバーを遮断しました。
2024年6月3日、当組合は同社とのデータ連携を停止しました。
"""
LIST = """今週のインシデント

・【甲山商事】2024年5月1日、委託先のサーバーを経由して不正アクセスを受けた。
・【乙川物産】2024年5月2日、フィッシングメールから侵入された。
・【丙野電機】2024年5月3日、VPN機器の脆弱性を突かれて侵入された。
"""


def test_a_page_that_lists_affairs_links_none(read):
    whole = merge([account_of(read(LIST))])
    assert len(whole.incidents) == 3
    assert all(one.related == () for one in whole.incidents.values())


def test_a_providers_incident_and_its_clients_are_two_and_linked(read):
    provider, client = read(PROVIDER), read(CLIENT)
    whole = merge([account_of(provider), account_of(client)])
    by_victim = {one.victim: one for one in whole.incidents.values()}
    assert set(by_victim) == {"株式会社カワベ印刷", "ミドリノ信用組合"}
    one, other = by_victim["株式会社カワベ印刷"], by_victim["ミドリノ信用組合"]
    assert len(one.documents) == 2
    assert other.documents == (client.document.doc_id,)
    assert (one.related, other.related) == ((other.incident_id,), (one.incident_id,))


def test_actors_are_named_where_the_documents_agree(account):
    def one(doc_id, actor):
        return account(
            doc_id,
            ("架空電機", {"attributed_actor": actor, "detection": "2022-05-12"}),
            told=[("detection", "2022-05-12")],
        )

    def actor(*told):
        (row,) = merge(told).incidents.values()
        return row.attributed_actor

    assert actor(one("a", None), one("b", "LockBit")) == "LockBit"
    assert actor(one("a", "BlackCat"), one("b", "LockBit")) is None


def test_a_victim_bears_its_fullest_name_and_its_number(account):
    told = [("detection", "2022-05-12"), ("recovery", "2022-06-01")]
    (row,) = merge(
        [account("a", ("架空電機", {"victim_id": "jp:1"}), told=told), account("b", "株式会社架空電機", told=told)]
    ).incidents.values()
    assert (row.victim, row.victim_id) == ("株式会社架空電機", "jp:1")


def test_no_delay_from_a_mere_possibility(account):
    def delays(how):
        told = [("intrusion", "2022-05-10", how), ("detection", "2022-05-12"), ("containment", "2022-05-13/2022-05-14")]
        fields = {"first_intrusion": "2022-05-10", "detection": "2022-05-12", "containment": "2022-05-13"}
        (row,) = merge([account(doc_id, ("架空電機", fields), told=told) for doc_id in "ab"]).incidents.values()
        return row.dwell_days, row.containment_days

    assert delays("asserted") == ("2", "1")
    assert delays("possible") == (None, "1")


def test_no_delay_from_a_mere_possibility_when_a_year_is_filled(account):
    def delay(how):
        told = [("intrusion", "XXXX-05-10", how), ("detection", "XXXX-05-12")]
        days = [(0, "XXXX-05-10", "XXXX-05-10"), (10, "XXXX-05-12", "XXXX-05-12")]
        own = account(
            "a", ("架空電機", {"first_intrusion": "XXXX-05-10", "detection": "XXXX-05-12"}), told=told, days=days
        )
        full = [(kind, day.replace("XXXX", "2022")) for kind, day, *_ in told]
        other = account("b", ("架空電機", {}), told=full, days=[(0, "2022-05-10", ""), (10, "2022-05-12", "")])
        card = merge([own, other]).cards["a/架空電機"]
        assert (card.first_intrusion, card.detection) == ("2022-05-10", "2022-05-12")
        return card.dwell_days

    assert delay("asserted") == "2"
    assert delay("possible") is None


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("XXXX-10-02", "2020-10-02"),
        ("XXXX-01-05", "2021-01-05"),
        ("XXXX-12-30/XXXX-01-05", "2020-12-30/2021-01-05"),
        ("XXXX-11", "2020-11"),
        ("XXXX-11~", "2020-11~"),
        ("../XXXX-10-02", "../2020-10-02"),
        ("XXXX-10-09", "XXXX-10-09"),
        ("XXXX-10", "XXXX-10"),
        ("XXXX-11-09", "XXXX-11-09"),
        ("XXXX-03-10", "XXXX-03-10"),
        ("XXXX-XX-05", "XXXX-XX-05"),
        ("2019-10-02", "2019-10-02"),
        (None, None),
        ("", ""),
    ],
)
def test_dates_take_the_years_of_their_own_days(edtf, expected):
    """10月3日 told of in two years stays open, and so does a day that nothing dates in a month that something does."""
    values = ["2020-10-02", "2020-12-30", "2021-01-05T13:00", "2020-11", "2020-03-10", "2021-03-10"]
    assert Filler([LinkedYear(f"t{at}", value, "x") for at, value in enumerate(values)])(edtf) == expected


def test_no_years_change_nothing():
    assert Filler([])("XXXX-10-02") == "XXXX-10-02"


def test_a_day_of_no_year_is_not_made_from_its_months(account):
    """29 February beside a day of a year that has none."""
    own = account(
        "a",
        ("架空電機", {"detection": "XXXX-02-20", "containment": "XXXX-02-29"}),
        told=[("detection", "XXXX-02-20"), ("recovery", "XXXX-02-25"), ("containment", "XXXX-02-29")],
        days=[(0, "XXXX-02-20", ""), (10, "XXXX-02-25", ""), (20, "XXXX-02-29", "")],
    )
    other = account(
        "b",
        told=[("detection", "2021-02-20"), ("recovery", "2021-02-25")],
        days=[(0, "2021-02-20", ""), (9, "2021-02-25", "")],
    )
    other = replace(other, cards=(replace(other.cards[0], victim="架空電機"),), names=own.names)
    card = merge([own, other]).cards["a/架空電機"]
    assert (card.detection, card.containment, card.containment_days) == ("2021-02-20", "XXXX-02-29", None)


def test_many_documents_are_merged_in_little_time(account):
    told = [
        account(
            f"d{at:05d}",
            f"架空{at % 1000}電機",
            told=[("detection", f"2022-05-{at % 28 + 1:02d}")],
            days=[(0, "2022-05-12", ""), (10, "XXXX-05-13", "")],
        )
        for at in range(4000)
    ]
    began = time.process_time()
    merge(told)
    assert time.process_time() - began < 10
