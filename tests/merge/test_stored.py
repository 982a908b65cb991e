"""A database filled in any way holds the same rows.

``entities`` is apart: an organisation is one row for all documents, and the document loaded last gives it.
"""

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import permutations

import pytest

from tenmatsu.database import Loader
from tenmatsu.merge import account_of, applied, merge, stored
from tenmatsu.pipeline import Extracted, extract_document
from tenmatsu.records import Conflict
from tenmatsu.tables import TABLES, row

COMPARED = (*(table for table in TABLES if table != "entities"), "accounts", "account_names")


def load(path, *given):
    with Loader(path) as loader:
        for one in given:
            loader.add(one)
    return path


def rows(path, tables=COMPARED):
    with closing(sqlite3.connect(path)) as connection:
        return {table: sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}


@pytest.fixture(scope="module")
def given(documents):
    """The documents, one of them with a contradiction of its own about days without a year."""
    news = documents["news"]
    (card,) = news.cards
    doc_id = news.document.doc_id
    own = Conflict(card.card_id, "date", "date", "XXXX-05-10", doc_id, 0, 1, "XXXX-05-12", doc_id, 2, 3, "XXXX-05-12")
    return {**documents, "news": replace(news, conflicts=(own,))}


@pytest.fixture(scope="module")
def expected(given, tmp_path_factory):
    return rows(load(tmp_path_factory.mktemp("all") / "i.db", *given.values()))


def test_it_holds_what_merging_all_at_once_gives(given, expected):
    whole = merge(account_of(one) for one in given.values())
    told = [applied(one, whole) for one in given.values()]
    for table in TABLES:
        if table in ("documents", "entities"):
            continue
        written = [
            tuple(
                json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
                for value in row(table, each).values()
            )
            for one in told
            for each in getattr(one, table)
        ]
        assert expected[table] == sorted(written, key=repr), table
    assert len(expected["incidents"]) == 2
    assert {each[1] for each in expected["conflicts"]} >= {"date", "first_intrusion", "leaked"}


@pytest.mark.parametrize("order", list(permutations(["first", "second", "news", "other"])))
def test_one_by_one_in_any_order(given, expected, tmp_path, order):
    for name in order:
        load(tmp_path / "i.db", given[name])
    assert rows(tmp_path / "i.db") == expected


def test_twice_and_one_of_them_again(given, expected, tmp_path):
    path = load(tmp_path / "i.db", *given.values())
    load(path, *given.values())
    assert rows(path) == expected
    for one in given.values():
        load(path, one)
        assert rows(path) == expected


def test_two_at_a_time_and_a_document_given_twice_at_once(given, expected, tmp_path):
    path = load(tmp_path / "i.db", given["news"], given["other"], given["news"])
    load(path, given["second"], given["first"])
    assert rows(path) == expected


def test_a_document_read_anew_takes_back_what_it_told(given, tmp_path):
    """A first version without times and events: what the others took from it goes, and comes again."""
    first = given["first"]
    bare = Extracted(first.document, texts=first.texts)
    path = load(tmp_path / "i.db", *given.values())
    load(path, bare)
    assert rows(path) == rows(load(tmp_path / "j.db", bare, given["second"], given["news"], given["other"]))
    load(path, first)
    assert rows(path) == rows(load(tmp_path / "k.db", *given.values()))


def test_years_go_with_the_document_that_printed_them(given, tmp_path):
    path = load(tmp_path / "i.db", given["news"])
    alone = rows(path)
    load(path, given["first"])
    assert rows(path)["timexes"] != alone["timexes"]
    load(path, Extracted(given["first"].document))
    found = rows(path)
    for table in ("timexes", "events", "cards", "incidents", "conflicts"):
        assert found[table] == alone[table], table


def test_a_document_that_cannot_be_read_any_more_tells_of_nothing(given, tmp_path):
    """Its bytes are the same and a defect is met: no incident keeps what it told."""
    gone = Extracted(replace(given["first"].document, status="error", error="internal error"))
    path = load(tmp_path / "i.db", given["first"], given["news"])
    load(path, gone, given["other"])
    load(path, given["news"])
    found = rows(path)
    doc_id = given["first"].document.doc_id
    assert all(
        doc_id not in str(each)
        for table in ("incidents", "cards", "accounts", "account_names")
        for each in found[table]
    )
    assert found["timexes"] == rows(load(tmp_path / "j.db", given["news"], given["other"]))["timexes"]


def watched(path, *given):
    """The ids of the incidents, and the number of rows of each table, that a load writes or deletes."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE seen (what TEXT, id TEXT)")
        for table, key in (
            ("incidents", "incident_id"),
            ("cards", "card_id"),
            ("events", "event_id"),
            ("timexes", "timex_id"),
            ("conflicts", "doc_a"),
        ):
            for what, side in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                connection.execute(
                    f"CREATE TRIGGER t_{table}_{what} AFTER {what} ON {table} BEGIN "
                    f"INSERT INTO seen VALUES ('{table}', {side}.{key}); END"
                )
        connection.commit()
    load(path, *given)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT what, id FROM seen").fetchall()
    return {table: [key for what, key in found if what == table] for table in {what for what, _ in found}}


def test_incidents_that_a_document_does_not_touch_are_not_written(given, tmp_path):
    path = load(tmp_path / "i.db", given["first"], given["other"])
    (other,) = given["other"].cards
    before = rows(path)
    written = watched(path, given["news"])
    ids = {key for keys in written.values() for key in keys}
    assert given["first"].cards[0].card_id in ids
    assert other.card_id not in ids
    assert not any(str(key).startswith(given["other"].document.doc_id) for key in ids)
    assert {each for each in rows(path)["incidents"] if other.card_id in each} == {
        each for each in before["incidents"] if other.card_id in each
    }


EARLIER = """メール誤送信に関するお知らせ

2019年3月8日
株式会社アオバネ精機

当社の従業員が、2019年3月4日にお客様宛ての電子メールを誤送信し、2019年3月5日に判明しました。
"""


def test_another_incident_of_the_same_victim_is_not_written_either(given, read, tmp_path):
    earlier = read(EARLIER)
    path = load(tmp_path / "i.db", given["first"], earlier)
    written = watched(path, given["second"])
    (card,) = earlier.cards
    assert card.card_id not in written["incidents"]
    assert card.card_id not in written["cards"]
    assert not any(key.startswith(earlier.document.doc_id) for key in written["events"])


def test_what_others_know_of_a_document_is_written_once(given, tmp_path):
    path = load(tmp_path / "i.db", *given.values())
    written = watched(path, given["other"])
    (other,) = given["other"].cards
    assert set(written["incidents"]) == {other.card_id}
    assert set(written["cards"]) == {other.card_id}


def test_a_year_that_stays_is_not_written_again(given, tmp_path):
    path = load(tmp_path / "i.db", *given.values())
    written = watched(path, given["second"])
    doc_id = given["news"].document.doc_id
    assert not any(key.startswith(doc_id) for table in ("timexes", "events") for key in written[table])


def test_two_cards_of_one_document_keep_their_own_contradictions(read, tmp_path):
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
    path = load(tmp_path / "i.db", replace(one, conflicts=own))
    load(
        path,
        read(
            "不正アクセスについて\n\n2024年4月20日\n株式会社乙川物産\n\n2024年4月1日、当社のサーバーに侵入されました。当社は2024年4月2日に検知しました。\n"
        ),
    )
    with closing(sqlite3.connect(path)) as connection:
        found = dict(connection.execute("SELECT start_a, incident_id FROM conflicts WHERE doc_a = doc_b"))
        of = dict(connection.execute("SELECT card_id, incident_id FROM cards"))
    assert found == {0: of[a.card_id], 1: of[b.card_id]}


def made(number, victim, day):
    text = f"不正アクセスについて（{number}）\n\n2022年6月{number % 28 + 1}日\n{victim}\n\n当社は、2022年5月{day}日にサーバーへの不正アクセスを検知しました。\n"
    return extract_document(text.encode(), f"{number}.txt")


def test_many_documents_in_several_loads(tmp_path):
    names = [f"株式会社{name}" for name in ("アオバネ精機", "ミナトガワ商会", "乙川物産", "カナメ通商", "丙野電機")]
    many = [made(at, names[at % 5], at % 3 + 1) for at in range(30)]
    expected = rows(load(tmp_path / "all.db", *many))
    assert 5 <= len(expected["incidents"]) <= 15
    mixed = random.Random(7).sample(many, len(many))
    for at in range(0, 30, 4):
        load(tmp_path / "i.db", *mixed[at : at + 4])
    assert rows(tmp_path / "i.db") == expected


def test_the_accounts_that_a_document_can_change(given, tmp_path):
    path = load(tmp_path / "i.db", *given.values())
    with closing(sqlite3.connect(path)) as connection:
        ids = {name: one.document.doc_id for name, one in given.items()}
        assert set(stored.touched(connection, [ids["first"]])) == {ids["first"], ids["second"], ids["news"]}
        assert set(stored.touched(connection, [ids["other"]])) == {ids["other"]}
        assert stored.touched(connection, ["none"]) == {}
        assert stored.touched(connection, []) == {}


def test_every_look_up_uses_an_index(given, tmp_path):
    """Nothing is searched for through a whole table of events or times, however many documents there are."""
    path = load(tmp_path / "i.db", given["first"], given["other"])
    statements = []
    connect = sqlite3.connect

    with pytest.MonkeyPatch.context() as patch:

        def traced(*args, **more):
            connection = connect(*args, **more)
            connection.set_trace_callback(statements.append)
            return connection

        patch.setattr(sqlite3, "connect", traced)
        load(path, given["news"])
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                plan = [each[3] for each in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
                assert not [step for step in plan if step.startswith("SCAN") and "SUBQUERY" not in step], (
                    statement,
                    plan,
                )
