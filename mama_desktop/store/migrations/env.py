"""How Alembic runs here: on the connection it is given, inside the transaction that store/upgrade.py holds."""

from __future__ import annotations

from alembic import context

from mama_desktop.store.schema import METADATA
from mama_desktop.store.upgrade import is_ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_object=is_ours,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
