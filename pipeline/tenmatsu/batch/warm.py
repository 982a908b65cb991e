"""Importing this module loads all that extraction needs, which is why nothing but the fork server may import it.

The fork server, from which worker processes are forked, can be told nothing but the names of modules to import. What it has
loaded each worker has from its first moment, and shares the memory of.
"""

from tenmatsu.batch.work import warm

warm()
