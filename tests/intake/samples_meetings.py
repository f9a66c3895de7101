"""Attendance reports as Zoom, Teams and Meet give them, and lists an office writes, with invented people."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
"812 3456 7890",Klub MaMa na spletu,04/02/2020 09:55:00 AM,04/02/2020 12:05:00 PM,pisarna@example.org,130,6

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Maja Zupan,pisarna@example.org,04/02/2020 09:55:00 AM,04/02/2020 12:05:00 PM,130,No,,No
Ana Novak (MC Krško),ana@example.org,04/02/2020 09:58:00 AM,04/02/2020 10:00:00 AM,2,Yes,,Yes
Ana Novak (MC Krško),ana@example.org,04/02/2020 10:00:00 AM,04/02/2020 10:40:00 AM,40,Yes,,No
Ana Novak (MC Krško),ana@example.org,04/02/2020 10:50:00 AM,04/02/2020 12:00:00 PM,70,Yes,,No
iPhone od Ane,,04/02/2020 10:30:00 AM,04/02/2020 10:45:00 AM,15,Yes,,No
Črt Žagar (he/him),,04/02/2020 10:00:00 AM,04/02/2020 12:00:00 PM,120,Yes,,No
Guest,,04/02/2020 10:10:00 AM,04/02/2020 10:20:00 AM,10,Yes,,No
"""
ZOOM_TOTALS = """Name (Original Name),User Email,Total Duration (Minutes),Guest
Ana Novak,ana@example.org,110,Yes
Črt Žagar,,120,Yes
"""
TEAMS = """1. Summary
Meeting title\tKlub MaMa na spletu
Attended participants\t3
Start time\t4/2/20, 9:55:00 AM
End time\t4/2/20, 12:05:10 PM
Meeting duration\t2h 10m 10s
Average attendance time\t1h 40m 2s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Maja Zupan\t4/2/20, 9:55:00 AM\t4/2/20, 12:05:10 PM\t2h 10m 10s\tpisarna@example.org\tpisarna@example.org\tOrganizer
Ana Novak (Unverified)\t4/2/20, 10:00:00 AM\t4/2/20, 12:00:00 PM\t1h 50m 0s\t\t\tPresenter
Žagar, Črt\t4/2/20, 10:00:00 AM\t4/2/20, 10:12:30 AM\t12m 30s\tcrt@example.org\tcrt@example.org\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Maja Zupan\t4/2/20, 9:55:00 AM\t4/2/20, 12:05:10 PM\t2h 10m 10s\tpisarna@example.org\tOrganizer
Ana Novak (Unverified)\t4/2/20, 10:00:00 AM\t4/2/20, 10:40:00 AM\t40m 0s\t\tPresenter
Ana Novak (Unverified)\t4/2/20, 10:50:00 AM\t4/2/20, 12:00:00 PM\t1h 10m 0s\t\tPresenter
Žagar, Črt\t4/2/20, 10:00:00 AM\t4/2/20, 10:12:30 AM\t12m 30s\tcrt@example.org\tAttendee
"""
TEAMS_SL = """1. Povzetek
Naslov sestanka\tKlub MaMa na spletu
Udeleženci\t2
Začetni čas\t2. 04. 2020, 09:55:00
Končni čas\t2. 04. 2020, 12:05:10

2. Udeleženci
Ime\tPrva pridružitev\tZadnji izhod\tTrajanje v sestanku\tE-pošta\tID udeleženca (UPN)\tVloga
Ana Novak\t2. 04. 2020, 10:00:00\t2. 04. 2020, 12:00:00\t1 h 50 min 0 s\tana@example.org\tana@example.org\tUdeleženec
Črt Žagar\t2. 04. 2020, 10:00:00\t2. 04. 2020, 10:12:30\t12 min 30 s\t\t\tUdeleženec
"""
TEAMS_FOREIGN = """1. Yhteenveto
Kokouksen otsikko\tKlub

2. Osallistujat
Nimi\tEnsimmäinen liittyminen\tViimeinen poistuminen\tKesto\tSähköposti\tRooli
Ana Novak\t2.4.2020 10:00:00\t2.4.2020 12:00:00\t1h 50m 0s\tana@example.org\tOsallistuja
Črt Žagar\t2.4.2020 10:00:00\t2.4.2020 10:12:30\t12m 30s\tcrt@example.org\tOsallistuja
"""
TEAMS_OLD = """Full Name\tUser Action\tTimestamp
Maja Zupan\tJoined\t4/2/2020, 9:55:00 AM
Ana Novak\tJoined before\t4/2/2020, 10:00:00 AM
Ana Novak\tLeft\t4/2/2020, 10:40:00 AM
Ana Novak\tJoined\t4/2/2020, 10:50:00 AM
Črt Žagar\tJoined\t4/2/2020, 10:00:00 AM
Črt Žagar\tLeft\t4/2/2020, 10:12:30 AM
Maja Zupan\tLeft\t4/2/2020, 12:00:00 PM
"""
MEET = """First name,Last name,Email,Duration,Time joined,Time exited
Ana,Novak,ana@example.org,1 hr 50 min,10:00 AM,12:00 PM
Črt,Žagar,crt@example.org,12 min,10:00 AM,10:12 AM
"""
LIST = """Priimek;Ime;E-pošta;Organizacija;Prisoten
Novak;Ana;ana@example.org;MC Krško;da
Žagar;Črt;;MC Brežice;x
Kos;Eva;eva@example.org;;ne
Bizjak;Jan;;;
"""
FILES: dict[str, bytes] = {
    "zoom-udelezenci.csv": ZOOM.replace("\n", "\r\n").encode("utf-8-sig"),
    "teams-prisotnost.csv": b"\xff\xfe" + TEAMS.replace("\n", "\r\n").encode("utf-16-le"),
    "teams-prisotnost-sl.csv": b"\xff\xfe" + TEAMS_SL.replace("\n", "\r\n").encode("utf-16-le"),
    "google-meet-prisotnost.csv": MEET.encode(),
    "seznam-prisotnih.csv": LIST.encode("cp1250"),
}


def meet_xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in MEET.splitlines():
        sheet.append(line.split(","))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def write_samples(folder: Path) -> None:
    """The samples that the program brings along (resources/samples)."""
    for name, data in FILES.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_samples(Path(__file__).parents[2] / "resources" / "samples" / "meetings")
