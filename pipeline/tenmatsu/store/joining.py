"""Incidents in a database: a document changes the incidents that it touches, and no others.

What merging asks of each document is stored beside its rows (``accounts``), with the spellings of its victims
(``account_names``). Accounts that share a spelling are of one group, and those that share one with these; a group is merged
by itself. Storing documents one by one or all at once, in any order, leaves the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, exists, func, select

from tenmatsu.merge import Account, Merged, merge
from tenmatsu.merge.assemble import DATED, Filler
from tenmatsu.merge.fields import DATES
from tenmatsu.merge.group import name_keys
from tenmatsu.store.convert import stored
from tenmatsu.store.statements import add, change, drop, drop_each, parts, table
from tenmatsu.tables import row
from tenmatsu.times.edtf import bounds

SEEDS = 256  # marked documents whose groups are looked for at once
_ACCOUNTS = 512  # accounts that are merged in one transaction; a larger group is merged by itself


def remember(connection: Connection, account: Account) -> None:
    """Store what merging asks of a document that has nothing stored."""
    add(
        connection,
        table(connection, "accounts"),
        [{"doc_id": account.doc_id, "account": msgspec.json.encode(account)}],
    )
    rows = [{"name": name, "doc_id": account.doc_id} for name in sorted(name_keys(account))]
    add(connection, table(connection, "account_names"), rows)


def mark(connection: Connection, doc_ids: Collection[str]) -> None:
    """Mark documents as ones that are to be merged."""
    pending = table(connection, "pending")
    there = {
        doc_id
        for part in parts(doc_ids)
        for doc_id in connection.scalars(select(pending.c.doc_id).where(pending.c.doc_id.in_(part)))
    }
    add(connection, pending, [{"doc_id": doc_id} for doc_id in sorted(set(doc_ids) - there)])


def marked(connection: Connection) -> int:
    """Return the number of documents that are to be merged."""
    return connection.scalar(select(func.count()).select_from(table(connection, "pending"))) or 0


def neighbours(connection: Connection, doc_id: str) -> set[str]:
    """Return the other documents that share a spelling with one that is stored."""
    return set(connection.scalars(_beside(table(connection, "account_names")), {"doc_id": doc_id}))


def has_neighbours(connection: Connection, doc_id: str) -> bool:
    """Whether another document shares a spelling with one that is stored."""
    return connection.execute(_any_beside(table(connection, "account_names")), {"doc_id": doc_id}).first() is not None


@cache
def _any_beside(spelt: Table) -> Select[str]:
    one: BindParameter[str] = bindparam("doc_id")
    other = spelt.alias()
    return (
        select(spelt.c.name)
        .where(spelt.c.doc_id == one, exists().where(other.c.name == spelt.c.name, other.c.doc_id != one))
        .limit(1)
    )


@cache
def _beside(spelt: Table) -> Select[str]:
    one: BindParameter[str] = bindparam("doc_id")
    own = select(spelt.c.name).where(spelt.c.doc_id == one)
    return select(spelt.c.doc_id).where(spelt.c.name.in_(own), spelt.c.doc_id != one).distinct()


def part_from(connection: Connection, doc_id: str) -> None:
    """Take a document out of its incidents: the others of each stand alone again, and are marked with its neighbours."""
    cards = table(connection, "cards")
    own = select(cards.c.incident_id).where(cards.c.doc_id == doc_id)
    beside = set(
        connection.scalars(
            select(cards.c.doc_id).where(cards.c.incident_id.in_(own), cards.c.doc_id != doc_id).distinct()
        )
    )
    for account in _accounts(connection, beside).values():
        write(connection, {account.doc_id: account}, merge([account]))
    mark(connection, beside | neighbours(connection, doc_id))


def join_some(connection: Connection, at_once: int = SEEDS) -> tuple[int, int]:
    """Merge groups of marked documents anew, of ``at_once`` marks at most.

    Returns the number of marks taken off, 0 when none was left, and how many to ask for the next time: fewer where the groups
    turned out to be large, so that what is looked through for a transaction stays near what is merged in it.
    """
    pending = table(connection, "pending")
    seeds = list(connection.scalars(select(pending.c.doc_id).order_by(pending.c.doc_id).limit(at_once)))
    if not seeds:
        return 0, at_once
    while (groups := _groups(connection, seeds, _ACCOUNTS * 2 if len(seeds) > 1 else None)) is None:
        seeds = seeds[: (len(seeds) + 1) // 2]
        at_once = len(seeds)
    chosen: set[str] = set()
    for group in groups:
        if chosen and len(chosen) + len(group) > _ACCOUNTS:
            break
        chosen |= group
    accounts = _accounts(connection, chosen)
    write(connection, accounts, merge(accounts.values()))
    before = marked(connection)
    drop_each(connection, pending, "doc_id", chosen)
    return before - marked(connection), min(SEEDS, 2 * at_once) if len(chosen) < _ACCOUNTS // 2 else at_once


def _groups(connection: Connection, seeds: Iterable[str], most: int | None) -> list[set[str]] | None:
    """The documents that can change each other, a set a group, in the order of their first ids; None when they are more than ``most``."""
    spelt = table(connection, "account_names")
    by_name: dict[str, str] = {}
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    front = set(seeds)
    parent.update((one, one) for one in front)
    while front:
        if most is not None and len(parent) > most:
            return None
        fresh = set()
        for part in parts(front):
            for name, doc_id in connection.execute(
                select(spelt.c.name, spelt.c.doc_id).where(spelt.c.doc_id.in_(part))
            ):
                if name in by_name:
                    parent[root(doc_id)] = root(by_name[name])
                else:
                    by_name[name] = doc_id
                    fresh.add(name)
        front = set()
        for part in parts(fresh):
            for name, doc_id in connection.execute(select(spelt.c.name, spelt.c.doc_id).where(spelt.c.name.in_(part))):
                if doc_id not in parent:
                    parent[doc_id] = doc_id
                    front.add(doc_id)
                parent[root(doc_id)] = root(by_name[name])
    found: dict[str, set[str]] = {}
    for one in sorted(parent):
        found.setdefault(root(one), set()).add(one)
    return list(found.values())


def _accounts(connection: Connection, doc_ids: Iterable[str]) -> dict[str, Account]:
    kept = table(connection, "accounts")
    return {
        doc_id: msgspec.json.decode(account, type=Account)
        for part in parts(doc_ids)
        for doc_id, account in connection.execute(
            select(kept.c.doc_id, kept.c.account).where(kept.c.doc_id.in_(part)).order_by(kept.c.doc_id)
        )
    }


def write(connection: Connection, accounts: Mapping[str, Account], merged: Merged) -> None:
    """Write what has changed by merging the accounts: incidents, contradictions, ids and years."""
    before = _incident_of(connection, accounts)
    known = {incident_id for incident_id, _ in before.values()} | set(before) | set(merged.incidents)
    gone = _incidents(connection, accounts, merged, known)
    moved = [
        (doc_id, card_id, merged.incident_of.get(card_id, card_id))
        for card_id, (old, doc_id) in before.items()
        if merged.incident_of.get(card_id, card_id) != old
    ]
    for name in ("cards", "events", "measures", "quantities"):
        change(
            connection,
            ["card_id"],
            table(connection, name),
            [{"card_id": card_id, "incident_id": new} for _, card_id, new in moved],
        )
    _between(connection, accounts, merged)
    _own(connection, accounts, merged)
    _years(connection, accounts, merged)
    # cards of documents that are not among the accounts may still be of an incident that these leave
    incidents, cards = table(connection, "incidents"), table(connection, "cards")
    left = ~exists().where(cards.c.incident_id == incidents.c.incident_id)
    for part in parts(gone):
        drop(connection, incidents, incidents.c.incident_id.in_(part), left)


def _incident_of(connection: Connection, doc_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The incident and the document of each card of the documents, as they are stored."""
    cards = table(connection, "cards")
    return {
        card_id: (incident_id, doc_id)
        for part in parts(doc_ids)
        for card_id, incident_id, doc_id in connection.execute(
            select(cards.c.card_id, cards.c.incident_id, cards.c.doc_id).where(cards.c.doc_id.in_(part))
        )
    }


def _incidents(
    connection: Connection, accounts: Mapping[str, Account], merged: Merged, known: Collection[str]
) -> set[str]:
    """Insert and change incidents; return those that are no more."""
    place = {card.incident_id: at for account in accounts.values() for at, card in enumerate(account.cards)}
    wanted: dict[str, dict[str, Any]] = {
        key: {
            **stored("incidents", row("incidents", one)),
            "home": merged.home[key],
            "position": place[key],
        }
        for key, one in merged.incidents.items()
    }
    return _replace(connection, "incidents", "incident_id", known, wanted)


def _replace(
    connection: Connection, name: str, key: str, known: Collection[str], wanted: Mapping[str, Mapping[str, Any]]
) -> set[str]:
    """Insert the wanted rows that are missing and change those that are otherwise; return the keys that none has."""
    whole = table(connection, name)
    found = {
        values[key]: dict(values)
        for part in parts(known)
        for values in connection.execute(select(whole).where(whole.c[key].in_(part))).mappings()
    }
    other = [one for at, one in wanted.items() if at in found and found[at] != one]
    change(connection, [key], whole, other)
    add(connection, whole, [one for at, one in wanted.items() if at not in found])
    return set(found) - set(wanted)


def _between(connection: Connection, accounts: Mapping[str, Account], merged: Merged) -> None:
    """The contradictions between documents, each in the document of its first place, after those of its own."""
    whole = table(connection, "conflicts")
    place = {account.doc_id: len(account.disputed) for account in accounts.values()}
    wanted = {}
    for one in merged.conflicts:
        at = (one.doc_a, place[one.doc_a])
        place[one.doc_a] += 1
        wanted[at] = {**stored("conflicts", row("conflicts", one)), "position": at[1]}
    found = {
        (values["doc_a"], values["position"]): dict(values)
        for part in parts(accounts)
        for values in connection.execute(
            select(whole).where(whole.c.doc_a.in_(part), whole.c.doc_b != whole.c.doc_a)
        ).mappings()
    }
    for at in sorted(set(found) - set(wanted)):
        drop(connection, whole, whole.c.doc_a == at[0], whole.c.position == at[1])
    change(
        connection,
        ["doc_a", "position"],
        whole,
        [one for at, one in sorted(wanted.items()) if at in found and found[at] != one],
    )
    add(connection, whole, [one for at, one in sorted(wanted.items()) if at not in found])


def _own(connection: Connection, accounts: Mapping[str, Account], merged: Merged) -> None:
    """The contradictions of each document with itself: they go with their card, and take the years that others print."""
    wanted = {}
    for account in accounts.values():
        full = Filler(merged.years.get(account.doc_id, ()))
        for at, (card_id, _, _, _, value_a, value_b, likely) in enumerate(account.disputed):
            wanted[account.doc_id, at] = {
                "incident_id": merged.incident_of.get(card_id, card_id) or None,
                "value_a": full(value_a),
                "value_b": full(value_b),
                "likely": full(likely),
            }
    _set(connection, "conflicts", ("doc_a", "position"), wanted)


def _years(connection: Connection, accounts: Mapping[str, Account], merged: Merged) -> None:
    """Write the years that the other documents give to one's dates, or take them away where they no longer do."""
    timexes: dict[tuple[Any, ...], dict[str, Any]] = {}
    events: dict[tuple[Any, ...], dict[str, Any]] = {}
    cards: dict[tuple[Any, ...], dict[str, Any]] = {}
    for account in accounts.values():
        linked = merged.years.get(account.doc_id, ())
        full = Filler(linked)
        found = {one.timex_id: (one.value, "linked_document", one.anchor_id) for one in linked}
        for timex_id, *standing in account.open_days:
            values = found.get(timex_id, standing)
            timexes[timex_id,] = dict(zip(("value", "anchor", "anchor_id"), values, strict=True))
        for event_id, date in account.open:
            filled = full(date)
            begin, end = bounds(filled)
            events[event_id,] = stored("events", {"date": filled, "date_begin": begin, "date_end": end})
        for card in account.cards:
            if any("XXXX" in (getattr(card, field) or "") for field in DATES):
                now = merged.cards.get(card.incident_id, card)
                cards[card.incident_id,] = stored("cards", {field: getattr(now, field) for field in DATED})
    _set(connection, "timexes", ("timex_id",), timexes)
    _set(connection, "events", ("event_id",), events)
    _set(connection, "cards", ("card_id",), cards)


def _set(
    connection: Connection, name: str, keys: tuple[str, ...], wanted: Mapping[tuple[Any, ...], Mapping[str, Any]]
) -> None:
    """Set columns of the rows that have other values there; the rows that have these are not written."""
    if not wanted:
        return
    whole = table(connection, name)
    columns = list(next(iter(wanted.values())))
    chosen = [whole.c[column] for column in (*keys, *columns)]
    changed = []
    for part in parts({key[0] for key in wanted}):
        for values in connection.execute(select(*chosen).where(whole.c[keys[0]].in_(part))):
            key, there = tuple(values[: len(keys)]), dict(zip(columns, values[len(keys) :], strict=True))
            if key in wanted and wanted[key] != there:
                changed.append({**dict(zip(keys, key, strict=True)), **wanted[key]})
    change(connection, keys, whole, changed)
