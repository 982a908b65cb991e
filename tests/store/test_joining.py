"""A database filled in any way holds the same rows, and they are those of merging all documents at once."""

import random
from dataclasses import replace
from itertools import permutations

import pytest
from sqlalchemy import create_engine, text

from tenmatsu.merge import account_of, applied, merge
from tenmatsu.pipeline import Extracted
from tenmatsu.records import Conflict
from tenmatsu.store import Store, joining
from tenmatsu.store.engines import reading
from tenmatsu.tables import TABLES, row

_EARLIER = """メール誤送信に関するお知らせ

2019年3月8日
株式会社アオバネ精機

当社の従業員が、2019年3月4日にお客様宛ての電子メールを誤送信し、2019年3月5日に判明しました。
"""


def test_rows_are_those_of_merging_all_at_once_in_canonical_order(given, url, load, told):
    load(url, *given.values())
    ordered = sorted(given.values(), key=lambda one: one.document.path)
    whole = merge(account_of(one) for one in ordered)
    for name in TABLES:
        found = told(url)[name]
        if name == "entities":
            named = dict.fromkeys(entity.entity_id for one in ordered for entity in one.entities)
            assert [each["entity_id"] for each in found] == list(named)
            continue
        expected = [
            row(name, each)
            for one in ordered
            for each in ((one.document,) if name == "documents" else getattr(applied(one, whole), name))
        ]
        assert found == expected, name
        assert all(list(a) == list(b) for a, b in zip(found, expected, strict=True))
    assert len(told(url)["incidents"]) == 2
    assert {each["field"] for each in told(url)["conflicts"]} >= {"date", "first_intrusion", "leaked"}


def test_one_by_one_in_any_order(given, fresh, kind, load, held):
    orders = list(permutations(given))
    expected = held(load(fresh(), *given.values()))
    for order in random.Random(1).sample(orders, 8 if kind == "sqlite" else 3):
        url = fresh()
        for name in order:
            load(url, given[name])
        assert held(url) == expected, order


def test_twice_and_one_of_them_again(given, url, load, held):
    expected = held(load(url, *given.values()))
    assert held(load(url, *given.values())) == expected
    for one in given.values():
        assert held(load(url, one, version="2")) == expected


def test_two_at_a_time_and_a_document_given_twice_at_once(given, fresh, load, held):
    url = load(fresh(), given["news"], given["other"], given["news"])
    load(url, given["second"], given["first"])
    assert held(url) == held(load(fresh(), *given.values()))


def test_a_document_read_anew_takes_back_what_it_told(given, fresh, load, held):
    """A first version without times and events: what the others took from it goes, and comes again."""
    first = given["first"]
    bare = Extracted(first.document, texts=first.texts)
    url = load(fresh(), *given.values())
    load(url, bare, version="2")
    assert held(url) == held(load(fresh(), bare, given["second"], given["news"], given["other"]))
    load(url, first)
    assert held(url) == held(load(fresh(), *given.values()))


def test_years_go_with_the_document_that_printed_them(given, fresh, load, held):
    url = load(fresh(), given["news"])
    alone = held(url)
    load(url, given["first"])
    assert held(url)["timexes"] != alone["timexes"]
    with Store(url) as store:
        assert store.remove(["first.txt", "never.txt"]) == 1
        store.join()
    assert held(url) == alone


def test_a_document_that_cannot_be_read_any_more_tells_of_nothing(given, fresh, load, held):
    gone = Extracted(replace(given["first"].document, status="error", error="internal error"))
    url = load(fresh(), given["first"], given["news"])
    load(url, gone, given["other"], version="2")
    assert held(url) == held(load(fresh(), gone, given["news"], given["other"]))
    with Store(url) as store:
        assert next(store.ledger()) == ("first.txt", gone.document.sha256 + "2", "error")


def test_before_they_are_joined_documents_stand_by_themselves(given, fresh, load, held, told):
    """Whoever looks meanwhile, or after a kill, finds whole documents; the next join merges them."""
    url, expected = fresh(), held(load(fresh(), *given.values()))
    with Store(url) as store:
        for one in given.values():
            store.put(one, "1")
    assert len(told(url)["incidents"]) == 4
    assert held(url)["pending"]
    load(url)
    assert held(url) == expected


def test_joining_goes_on_where_it_was_stopped(given, fresh, monkeypatch, load, held, read, made):
    monkeypatch.setattr(joining, "_ACCOUNTS", 1)
    earlier = read(_EARLIER, "earlier.txt")
    others = [made(at, f"株式会社{name}", 1) for at, name in enumerate(["乙川物産", "カナメ通商"] * 2)]
    expected = held(load(fresh(), earlier, *given.values(), *others))
    url, steps = fresh(), []

    def stop(done, total):
        steps.append((done, total))
        raise KeyboardInterrupt

    with Store(url) as store:
        for one in (*others, *given.values(), earlier):
            store.put(one, one.document.sha256 + "1")
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                store.join(stop)
        store.join(lambda done, total: steps.append((done, total)))
    assert held(url) == expected
    assert len(steps) == 3
    assert steps[0][1] > steps[1][1] > steps[2][1]
    assert steps[-1][0] == steps[-1][1]


def test_many_documents_in_several_loads(fresh, load, held, made):
    names = [f"株式会社{name}" for name in ("アオバネ精機", "ミナトガワ商会", "乙川物産", "カナメ通商", "丙野電機")]
    many = [made(at, names[at % 5], at % 3 + 1) for at in range(30)]
    expected = held(load(fresh(), *many))
    assert 5 <= len(expected["incidents"]) <= 15
    mixed = random.Random(7).sample(many, len(many))
    url = fresh()
    for at in range(0, 30, 4):
        load(url, *mixed[at : at + 4])
    assert held(url) == expected
    with Store(url) as store:
        assert store.remove(one.document.path for one in many[10:]) == 20
        store.join()
    assert held(url) == held(load(fresh(), *many[:10]))


def test_two_cards_of_one_document_keep_their_own_contradictions(url, load, told, read):
    """Contradictions of a document follow the card that they are about, whatever incident it comes to."""
    one = read(
        "・【乙川物産】2024年4月1日、フィッシングメールから侵入された。\n・【甲山商事】2024年5月1日、VPN機器の脆弱性を突かれて侵入された。\n"
    )
    a, b = one.cards
    doc_id = one.document.doc_id
    own = tuple(
        Conflict(card.card_id, "date", "date", "2024-04-01", doc_id, at, at + 1, "2024-05-01", doc_id, 9, 10, None)
        for at, card in enumerate((a, b))
    )
    load(url, replace(one, conflicts=own))
    load(
        url,
        read(
            "不正アクセスについて\n\n2024年4月20日\n株式会社乙川物産\n\n2024年4月1日、当社のサーバーに侵入されました。当社は2024年4月2日に検知しました。\n",
            "u.txt",
        ),
    )
    found = told(url)
    of = {each["card_id"]: each["incident_id"] for each in found["cards"]}
    own_rows = [each for each in found["conflicts"] if each["doc_a"] == each["doc_b"]]
    assert {each["start_a"]: each["incident_id"] for each in own_rows} == {0: of[a.card_id], 1: of[b.card_id]}
    assert len(set(of.values())) == 2


# what is written is watched by triggers, in SQLite alone: the statements are the same everywhere
_WATCHED = (
    ("incidents", "incident_id"), ("cards", "card_id"), ("events", "event_id"), ("timexes", "timex_id"), ("conflicts", "doc_a"),
)  # fmt: skip


def watched(load, url, *documents, version="1"):
    """The ids of the rows of some tables that a load writes or deletes."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE seen (what TEXT, id TEXT)"))
        for table, key in _WATCHED:
            for what, side in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                connection.execute(
                    text(
                        f"CREATE TRIGGER t_{table}_{what} AFTER {what} ON {table} BEGIN "
                        f"INSERT INTO seen VALUES ('{table}', {side}.{key}); END"
                    )
                )
    load(url, *documents, version=version)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT what, id FROM seen")).all()
    engine.dispose()
    return {table: [key for what, key in found if what == table] for table, _ in _WATCHED}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_incidents_that_a_document_does_not_touch_are_not_written(given, url, load):
    load(url, given["first"], given["other"])
    (other,) = given["other"].cards
    written = watched(load, url, given["news"])
    ids = {key for keys in written.values() for key in keys}
    assert given["first"].cards[0].card_id in ids
    assert other.card_id not in ids
    assert not any(str(key).startswith(given["other"].document.doc_id) for key in ids)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_another_incident_of_the_same_victim_is_not_written_either(given, url, load, read):
    earlier = read(_EARLIER, "earlier.txt")
    load(url, given["first"], earlier)
    written = watched(load, url, given["second"])
    (card,) = earlier.cards
    assert card.card_id not in written["incidents"]
    assert card.card_id not in written["cards"]
    assert not any(key.startswith(earlier.document.doc_id) for key in written["events"])


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_year_that_stays_is_not_written_again(given, url, load):
    load(url, given["first"], given["news"])
    written = watched(load, url, given["second"])
    doc_id = given["news"].document.doc_id
    assert not any(key.startswith(doc_id) for table in ("timexes", "events") for key in written[table])


def test_the_groups_of_documents_that_can_change_each_other(given, url, load):
    load(url, *given.values())
    ids = {name: one.document.doc_id for name, one in given.items()}
    affair, alone = {ids["first"], ids["second"], ids["news"]}, {ids["other"]}
    with Store(url) as store, reading(store._engine) as connection:
        assert joining._groups(connection, [ids["first"]], None) == [affair]
        assert joining._groups(connection, [ids["other"]], None) == [alone]
        assert sorted(map(sorted, joining._groups(connection, ids.values(), 4))) == sorted(map(sorted, [affair, alone]))
        assert joining._groups(connection, [], None) == []
        assert joining._groups(connection, ids.values(), 3) is None


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_every_look_up_uses_an_index(given, url, load):
    """Nothing is searched for through a whole table of rows, however many documents there are."""
    import sqlite3

    load(url, given["first"], given["other"])
    statements = []
    connect = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:

        def traced(*args, **more):
            connection = connect(*args, **more)
            connection.set_trace_callback(statements.append)
            return connection

        patch.setattr(sqlite3, "connect", traced)
        patch.setattr(sqlite3.dbapi2, "connect", traced)
        load(url, given["news"])
        load(url, given["first"], version="2")
    looked = [one for one in statements if one.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))]
    assert len(looked) > 20
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        for statement in looked:
            if "pending" in statement or "sqlite_master" in statement or "alembic" in statement:
                continue
            plan = [each[3] for each in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
            scans = [step for step in plan if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"]
            assert not [step for step in scans if "SUBQUERY" not in step], (statement, plan)
    connection.close()
