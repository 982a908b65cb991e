"""Incidents across documents: which accounts tell of one affair, what they agree on, and where they contradict each other.

Four verbs: ``account_of`` takes from one document's rows what merging asks of them, ``merge`` assembles incidents from
the accounts of many documents, ``applied`` gives a document's rows the incident ids, and the years that only the other
documents print, and ``touched`` (``tenmatsu.merge.stored``) says which accounts a new one can change. The result depends
on the set of the documents, never on their order.
"""

from tenmatsu.merge.accounts import Account, account_of
from tenmatsu.merge.apply import applied
from tenmatsu.merge.assemble import Merged, merge

__all__ = ["Account", "Merged", "account_of", "applied", "merge"]
