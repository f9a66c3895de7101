"""What kind of place a folder is: a disk of this computer, a network drive, or a folder a cloud service copies."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "davfs", "fuse.sshfs", "fuse.rclone",
    "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.smbnetfs", "9p", "afpfs", "webdav", "ceph", "glusterfs", "fuse.glusterfs",
})  # fmt: skip
# Folders as the services name them, also with an office's name behind ("OneDrive - Mreža").
_CLOUD = {
    "OneDrive": re.compile(r"^onedrive(\s*[-–].*)?$", re.I),
    "Dropbox": re.compile(r"^dropbox(\s*\(.*\))?$", re.I),
    "Google Drive": re.compile(r"^(google ?drive|googledrive-.*|my drive|moj disk|drivefs)$", re.I),
    "iCloud": re.compile(r"^(icloud ?drive|com~apple~clouddocs)$", re.I),
}
_DRIVE_REMOTE = 4


def cloud_service(path: Path) -> str:
    """The service that copies the folder of `path` (OneDrive, Dropbox, Google Drive, iCloud), or an empty string."""
    for part in path.absolute().parts[:-1]:
        for name, pattern in _CLOUD.items():
            if pattern.match(part):
                return name
    return ""


def is_network_drive(path: Path, mounts: str | None = None) -> bool:
    """Whether the file lies on another computer. `mounts`: the content of /proc/mounts, read when not given."""
    if sys.platform == "win32":
        return _is_remote_on_windows(path)
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:  # macOS: no such list; its network volumes lie here.
            return path.absolute().parts[:2] == ("/", "Volumes") and os.path.ismount(Path(*path.absolute().parts[:3]))
    here = path.absolute().resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), fields[1]))
        if (here == point or point in here.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind in _NETWORK


def on_same_disk(first: Path, second: Path) -> bool:
    """Whether both lie on one device (a partition counts as one); a folder yet to be made as its parent."""
    return _existing(first).stat().st_dev == _existing(second).stat().st_dev


def _existing(path: Path) -> Path:
    path = path.absolute()
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _is_remote_on_windows(path: Path) -> bool:
    import ctypes

    drive = path.absolute().drive
    if drive.startswith("\\\\"):
        return True
    windll: Any = getattr(ctypes, "windll")  # noqa: B009 - known to mypy on Windows only
    return bool(windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)
