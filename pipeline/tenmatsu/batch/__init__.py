"""Batches of documents: worker processes, what need not be done again, and tables that are always of one state."""
