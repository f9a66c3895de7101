"""Write a revision from what the classes have become: `python -m mama_desktop.store.migrations.make`.

With `--first` the first revision is written anew (only while no workspace exists outside of the office of its makers).
Read what was written before you keep it: a renamed column looks like one lost and one new.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from mama_desktop.store import upgrade
from mama_desktop.store.engine import WRITES, sqlite_engine
from mama_desktop.store.schema import HEAD

_VERSIONS = upgrade.MIGRATIONS / "versions"


def main(arguments: list[str]) -> int:
    from alembic import command

    first = "--first" in arguments
    message = " ".join(a for a in arguments if not a.startswith("-")) or "the present classes"
    if first:
        for old in _VERSIONS.glob("0*.py"):
            old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        engine = sqlite_engine(Path(folder, "empty.mama"), create=True)
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            config = upgrade.config(connection)
            if not first:
                command.upgrade(config, "head")
            number = "0001" if first else f"{int(HEAD) + 1:04}"
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    written = next(_VERSIONS.glob(f"{number}_*.py"))
    text = written.read_text("utf-8")
    # Alembic writes the type of JSONB's text without saying whose Text it is.
    text = re.sub(r"    # ### .*\n", "", text).replace("astext_type=Text()", "astext_type=sa.Text()")
    written.write_text(text, "utf-8")
    sys.stdout.write(f"{written.name} is written; HEAD in store/schema.py must be {number}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
