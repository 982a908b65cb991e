"""Incidents in a database: a new document changes the incidents that it touches, and no others.

What merging asks of each document is stored beside its rows (the table ``accounts``), with the spellings of its victims
(``account_names``). The accounts that share a spelling with a new one, and those that share one with these, are merged
anew; all others stay as they are. Loading documents one by one, or all at once, in any order, leaves the same rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import msgspec

from tenmatsu.merge.accounts import Account
from tenmatsu.merge.assemble import Filler, Merged, filled_card, merge
from tenmatsu.merge.group import name_keys
from tenmatsu.tables import Row, row
from tenmatsu.times.edtf import bounds

_AT_ONCE = 500  # values in one statement; SQLite takes 999 in its older versions

TABLES = (
    'CREATE TABLE IF NOT EXISTS "accounts" ("doc_id" TEXT PRIMARY KEY, "account" BLOB NOT NULL) WITHOUT ROWID',
    'CREATE TABLE IF NOT EXISTS "account_names" ("name" TEXT, "doc_id" TEXT, PRIMARY KEY ("name", "doc_id")) WITHOUT ROWID',
    'CREATE INDEX IF NOT EXISTS "account_names_doc_id" ON "account_names" ("doc_id")',
    'CREATE INDEX IF NOT EXISTS "cards_card_id" ON "cards" ("card_id")',
    'CREATE INDEX IF NOT EXISTS "conflicts_incident_id" ON "conflicts" ("incident_id")',
)


def remember(connection: sqlite3.Connection, account: Account) -> None:
    """Store what merging asks of a document, in place of what an earlier run stored."""
    connection.execute('DELETE FROM "account_names" WHERE doc_id = ?', (account.doc_id,))
    connection.execute(
        'INSERT OR REPLACE INTO "accounts" VALUES (?, ?)', (account.doc_id, msgspec.json.encode(account))
    )
    connection.executemany(
        'INSERT INTO "account_names" VALUES (?, ?)', [(name, account.doc_id) for name in sorted(name_keys(account))]
    )


def forget(connection: sqlite3.Connection, doc_id: str) -> set[str]:
    """Take away the incidents of a document whose rows are about to be replaced; return the documents that told of them."""
    old = 'SELECT incident_id FROM "cards" WHERE doc_id = ?'
    beside = {
        other for (other,) in connection.execute(f'SELECT doc_id FROM "cards" WHERE incident_id IN ({old})', (doc_id,))
    }
    connection.execute(f'DELETE FROM "conflicts" WHERE incident_id IN ({old}) AND doc_b <> doc_a', (doc_id,))
    connection.execute(f'DELETE FROM "incidents" WHERE incident_id IN ({old})', (doc_id,))
    return beside


def touched(connection: sqlite3.Connection, doc_ids: Collection[str]) -> dict[str, Account]:
    """Return the accounts that the documents can change, themselves included, by doc_id."""
    found: dict[str, Account] = {}
    seen: set[str] = set()
    front = set(doc_ids)
    while front:
        new = _accounts(connection, front)
        found |= new
        fresh = {name for account in new.values() for name in name_keys(account)} - seen
        seen |= fresh
        front = {
            doc_id
            for part in _parts(fresh)
            for (doc_id,) in connection.execute(
                f'SELECT DISTINCT doc_id FROM "account_names" WHERE name IN ({_marks(part)})', part
            )
        } - set(found)
    return found


def join(connection: sqlite3.Connection, doc_ids: Collection[str], values: Callable[[Row], Sequence[object]]) -> None:
    """Merge anew what the documents touch and write it: incidents, contradictions, ids and years.

    ``values`` turns a row of a table into the values that the database stores.
    """
    accounts = touched(connection, doc_ids)
    if not accounts:
        return
    merged = merge(accounts.values())
    here = sorted(accounts)
    before = _incident_of(connection, here)
    _drop(connection, here, set(before.values()) | set(before) | set(merged.incidents))
    for incident in merged.incidents.values():
        _insert(connection, "incidents", values(row("incidents", incident)))
    for conflict in merged.conflicts:
        _insert(connection, "conflicts", values(row("conflicts", conflict)))
    connection.executemany(
        'UPDATE "cards" SET incident_id = ? WHERE card_id = ?',
        [(incident_id, card_id) for card_id, incident_id in merged.incident_of.items()],
    )
    for table in ("events", "measures"):
        connection.executemany(
            f'UPDATE "{table}" SET incident_id = '
            f'(SELECT incident_id FROM "cards" WHERE "cards".card_id = "{table}".card_id) '
            "WHERE doc_id = ? AND card_id IS NOT NULL",
            [(doc_id,) for doc_id in here],
        )
    for card_id, old in before.items():
        connection.execute(
            'UPDATE "conflicts" SET incident_id = ? WHERE incident_id = ? AND doc_a = ? AND doc_b IS doc_a',
            (merged.incident_of.get(card_id, card_id), old, _doc_of(accounts, card_id)),
        )
    for account in accounts.values():
        _years(connection, account, merged)


def _accounts(connection: sqlite3.Connection, doc_ids: Iterable[str]) -> dict[str, Account]:
    return {
        doc_id: msgspec.json.decode(stored, type=Account)
        for part in _parts(doc_ids)
        for doc_id, stored in connection.execute(
            f'SELECT doc_id, account FROM "accounts" WHERE doc_id IN ({_marks(part)})', part
        )
    }


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    whole = sorted(values)
    for at in range(0, len(whole), _AT_ONCE):
        yield whole[at : at + _AT_ONCE]


def _marks(part: Sequence[str]) -> str:
    return ", ".join("?" * len(part))


def _incident_of(connection: sqlite3.Connection, doc_ids: Sequence[str]) -> dict[str, str]:
    return {
        card_id: incident_id
        for part in _parts(doc_ids)
        for card_id, incident_id in connection.execute(
            f'SELECT card_id, incident_id FROM "cards" WHERE doc_id IN ({_marks(part)})', part
        )
    }


def _doc_of(accounts: dict[str, Account], card_id: str) -> str:
    return next(
        account.doc_id for account in accounts.values() if any(card.incident_id == card_id for card in account.cards)
    )


def _drop(connection: sqlite3.Connection, doc_ids: Sequence[str], incidents: Collection[str]) -> None:
    for part in _parts(incidents):
        connection.execute(f'DELETE FROM "incidents" WHERE incident_id IN ({_marks(part)})', part)
    for part in _parts(doc_ids):
        connection.execute(f'DELETE FROM "conflicts" WHERE doc_a IN ({_marks(part)}) AND doc_b <> doc_a', part)


def _insert(connection: sqlite3.Connection, table: str, values: Sequence[object]) -> None:
    connection.execute(f'INSERT INTO "{table}" VALUES ({_marks(["?"] * len(values))})', values)


def _years(connection: sqlite3.Connection, account: Account, merged: Merged) -> None:
    """Write the years that the other documents give to this one's dates, or take them away where they no longer do."""
    found = {one.timex_id: one for one in merged.years.get(account.doc_id, ())}
    full = Filler(merged.years.get(account.doc_id, ()))
    for timex_id, _, _, value, _ in account.days:
        if "XXXX-" in value:
            one = found.get(timex_id)
            if one is not None:
                new = (one.value, "linked_document", one.anchor_id, timex_id)
                connection.execute("UPDATE timexes SET value = ?, anchor = ?, anchor_id = ? WHERE timex_id = ?", new)
            else:
                connection.execute(
                    "UPDATE timexes SET value = ?, anchor = 'none', anchor_id = NULL "
                    "WHERE timex_id = ? AND anchor = 'linked_document'",
                    (value, timex_id),
                )
    for event_id, date in account.open:
        filled = full(date)
        connection.execute(
            "UPDATE events SET date = ?, date_begin = ?, date_end = ? WHERE event_id = ?",
            (filled, *bounds(filled), event_id),
        )
    for start, field, value_a, value_b, likely in account.disputed:
        connection.execute(
            "UPDATE conflicts SET value_a = ?, value_b = ?, likely = ? "
            "WHERE doc_a = ? AND doc_b IS doc_a AND start_a = ? AND field = ?",
            (full(value_a), full(value_b), full(likely), account.doc_id, start, field),
        )
    for card in merged_cards(account, merged):
        connection.execute(
            "UPDATE cards SET first_intrusion = ?, detection = ?, containment = ?, disclosure = ?, dwell_days = ?, "
            "containment_days = ?, disclosure_days = ? WHERE card_id = ?",
            card,
        )


def merged_cards(account: Account, merged: Merged) -> Iterator[tuple[str | None, ...]]:
    """Yield the dates and delays of an account's cards with the years of the others, and their ids."""
    years = merged.years.get(account.doc_id, ())
    for card in account.cards:
        one = filled_card(card, years)
        yield (
            one.first_intrusion,
            one.detection,
            one.containment,
            one.disclosure,
            one.dwell_days,
            one.containment_days,
            one.disclosure_days,
            card.incident_id,
        )
