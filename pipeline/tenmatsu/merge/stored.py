"""Incidents in a database: a new document changes the incidents that it touches, and no others.

What merging asks of each document is stored beside its rows (the table ``accounts``), with the spellings of its victims
(``account_names``). The accounts that share a spelling with a new one, and those that share one with these, are merged
anew; all others stay as they are. Loading documents one by one, or all at once, in any order, leaves the same rows.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from tenmatsu.merge.accounts import Account
from tenmatsu.merge.assemble import DATED, Filler, Merged, merge
from tenmatsu.merge.fields import DATES
from tenmatsu.merge.group import name_keys
from tenmatsu.tables import Row, row
from tenmatsu.times.edtf import bounds

_AT_ONCE = 500  # values in one statement; SQLite takes 999 in its older versions

TABLES = (
    'CREATE TABLE IF NOT EXISTS "accounts" ("doc_id" TEXT PRIMARY KEY, "account" BLOB NOT NULL) WITHOUT ROWID',
    'CREATE TABLE IF NOT EXISTS "account_names" ("name" TEXT, "doc_id" TEXT, PRIMARY KEY ("name", "doc_id")) WITHOUT ROWID',
    'CREATE INDEX IF NOT EXISTS "account_names_doc_id" ON "account_names" ("doc_id")',
    'CREATE INDEX IF NOT EXISTS "cards_card_id" ON "cards" ("card_id")',
    'CREATE INDEX IF NOT EXISTS "cards_incident_id" ON "cards" ("incident_id")',
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
    """Take away what a document told, as its rows are about to be replaced; return the documents that it may have changed."""
    old = 'SELECT incident_id FROM "cards" WHERE doc_id = ?'
    names = 'SELECT name FROM "account_names" WHERE doc_id = ?'
    beside = {
        other
        for (other,) in connection.execute(
            f'SELECT doc_id FROM "cards" WHERE incident_id IN ({old}) '
            f'UNION SELECT doc_id FROM "account_names" WHERE name IN ({names})',
            (doc_id, doc_id),
        )
    }
    connection.execute(f'DELETE FROM "conflicts" WHERE incident_id IN ({old}) AND doc_b <> doc_a', (doc_id,))
    connection.execute(f'DELETE FROM "incidents" WHERE incident_id IN ({old})', (doc_id,))
    for table in ("account_names", "accounts"):
        connection.execute(f'DELETE FROM "{table}" WHERE doc_id = ?', (doc_id,))
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
    """Merge anew what the documents touch and write what has changed: incidents, contradictions, ids and years.

    ``values`` turns a row of a table into the values that the database stores.
    """
    accounts = touched(connection, doc_ids)
    if not accounts:
        return
    merged = merge(accounts.values())
    before = _incident_of(connection, accounts)
    known = {incident_id for incident_id, _ in before.values()} | set(before) | set(merged.incidents)
    incidents = [values(row("incidents", incident)) for incident in merged.incidents.values()]
    _replace(connection, "incidents", "incident_id IN ({})", known, incidents)
    conflicts = [values(row("conflicts", conflict)) for conflict in merged.conflicts]
    _replace(connection, "conflicts", "doc_a IN ({}) AND doc_b <> doc_a", accounts, conflicts)
    for card_id, (old, doc_id) in before.items():
        new = merged.incident_of.get(card_id, card_id)
        if new != old:
            for table in ("cards", "events", "measures", "quantities"):
                connection.execute(
                    f'UPDATE "{table}" SET incident_id = ? WHERE doc_id = ? AND card_id = ?', (new, doc_id, card_id)
                )
    for account in accounts.values():
        _years(connection, account, merged)


def _replace(
    connection: sqlite3.Connection, table: str, where: str, values: Iterable[str], rows: Iterable[Sequence[object]]
) -> None:
    """Leave those of the rows ``where`` that are among ``rows``, delete the others, and insert what is missing."""
    missing = Counter(tuple(one) for one in rows)
    gone = []
    for part in _parts(values):
        for rowid, *found in connection.execute(
            f'SELECT rowid, * FROM "{table}" WHERE {where.format(_marks(part))}', part
        ):
            if missing[tuple(found)] > 0:
                missing[tuple(found)] -= 1
            else:
                gone.append((rowid,))
    connection.executemany(f'DELETE FROM "{table}" WHERE rowid = ?', gone)
    for one in missing.elements():
        connection.execute(f'INSERT INTO "{table}" VALUES ({_marks(one)})', one)


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


def _marks(part: Sequence[object]) -> str:
    return ", ".join("?" * len(part))


def _incident_of(connection: sqlite3.Connection, doc_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The incident and the document of each card of the documents, as they are stored."""
    return {
        card_id: (incident_id, doc_id)
        for part in _parts(doc_ids)
        for card_id, incident_id, doc_id in connection.execute(
            f'SELECT card_id, incident_id, doc_id FROM "cards" WHERE doc_id IN ({_marks(part)})', part
        )
    }


def _years(connection: sqlite3.Connection, account: Account, merged: Merged) -> None:
    """Write the years that the other documents give to this one's dates, or take them away where they no longer do."""
    linked = merged.years.get(account.doc_id, ())
    full = Filler(linked)
    found = {one.timex_id: (one.value, "linked_document", one.anchor_id) for one in linked}
    for timex_id, value, anchor, anchor_id in account.open_days:
        _set(
            connection,
            "timexes",
            dict(zip(("value", "anchor", "anchor_id"), found.get(timex_id, (value, anchor, anchor_id)), strict=True)),
            {"doc_id": account.doc_id, "timex_id": timex_id},
        )
    for event_id, date in account.open:
        filled = full(date)
        begin, end = bounds(filled)
        _set(
            connection,
            "events",
            {"date": filled, "date_begin": begin, "date_end": end},
            {"doc_id": account.doc_id, "event_id": event_id},
        )
    for card_id, start, against, field, value_a, value_b, likely in account.disputed:
        _set(
            connection,
            "conflicts",
            {
                "incident_id": merged.incident_of.get(card_id, card_id),
                "value_a": full(value_a),
                "value_b": full(value_b),
                "likely": full(likely),
            },
            {"doc_a": account.doc_id, "doc_b": account.doc_id, "start_a": start, "start_b": against, "field": field},
        )
    for card in account.cards:
        if any("XXXX" in (getattr(card, field) or "") for field in DATES):
            now = merged.cards.get(card.incident_id, card)
            _set(
                connection,
                "cards",
                {field: getattr(now, field) for field in DATED},
                {"doc_id": account.doc_id, "card_id": card.incident_id},
            )


def _set(connection: sqlite3.Connection, table: str, values: Mapping[str, object], where: Mapping[str, object]) -> None:
    """Set columns of the rows that have other values there; the rows that have these are not written."""
    same = " AND ".join(f"{name} IS ?" for name in values)
    connection.execute(
        f'UPDATE "{table}" SET {", ".join(f"{name} = ?" for name in values)} '
        f"WHERE {' AND '.join(f'{name} = ?' for name in where)} AND NOT ({same})",
        (*values.values(), *where.values(), *values.values()),
    )
