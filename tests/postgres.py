"""A temporary PostgreSQL cluster for the tests: made where the server's binaries are present, on a socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_FASTER = "fsync=off,synchronous_commit=off,full_page_writes=off,max_connections=40,shared_buffers=32MB,jit=off"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max((p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None)


@contextmanager
def cluster() -> Iterator[str]:
    """A running server; gives the address of its database `postgres`. Everything is gone afterwards."""
    where = binaries()
    assert where is not None
    # A socket's path may have 100 characters only.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        # initdb refuses root.
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "check": True, "cwd": folder, "user": user}
        subprocess.run(
            [where / "initdb", "-D", data, "-U", "mama", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"],
            **quiet,  # type: ignore[call-overload]  # one set of options for all three calls
        )
        options = " ".join(f"-c {setting}" for setting in _FASTER.split(","))
        options += f" -c unix_socket_directories={folder} -c listen_addresses="
        subprocess.run([where / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield f"postgresql://mama@/postgres?host={quote(folder)}"
        finally:
            subprocess.run([where / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **quiet)  # type: ignore[call-overload]
