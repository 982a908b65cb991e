"""Incidents across documents: which accounts tell of one affair, what they agree on, and where they contradict each other.

Three verbs: ``account_of`` takes from one document's rows what merging asks of them, ``merge`` assembles incidents from
the accounts of many documents, and ``applied`` gives a document's rows the incident ids, and the years that only the other
documents print. The result depends on the set of the documents, never on their order. How a database keeps accounts, and which
of them a new one can change: ``tenmatsu.store.joining``.
"""

from tenmatsu.merge.accounts import Account, account_of
from tenmatsu.merge.apply import applied
from tenmatsu.merge.assemble import Merged, merge

__all__ = ["Account", "Merged", "account_of", "applied", "merge"]
