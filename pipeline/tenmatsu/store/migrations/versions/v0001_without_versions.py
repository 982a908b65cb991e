"""The tables of the time before versions; those that are there already are left as they are."""

import sqlalchemy as sa
from alembic import op

from tenmatsu.store.migrations.earlier import KEYS, TABLES

revision = "0001"
down_revision = None

_TYPES = {"str": sa.Text, "int": sa.Integer, "float": sa.REAL, "strs": sa.Text}


def upgrade() -> None:
    """Make what is missing."""
    there = set(sa.inspect(op.get_bind()).get_table_names())
    for table, columns in TABLES.items():
        if table not in there:
            op.create_table(table, *(sa.Column(name, _TYPES[kind]()) for name, kind in columns.items()))
            key = KEYS.get(table, "doc_id")
            op.create_index(f"{table}_{key}", table, [key])
    if "accounts" not in there:
        op.create_table(
            "accounts",
            sa.Column("doc_id", sa.Text, primary_key=True),
            sa.Column("account", sa.LargeBinary, nullable=False),
        )
    if "account_names" not in there:
        op.create_table(
            "account_names",
            sa.Column("name", sa.Text, primary_key=True),
            sa.Column("doc_id", sa.Text, primary_key=True),
        )
