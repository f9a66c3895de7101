"""Sample files of the tools for events: Eventbrite, pretix, Indico, SALTO."""

from __future__ import annotations

from typing import Any

from tests.intake.people import PEOPLE
from tests.intake.writing import FOLDER, write_book, write_csv


def eventbrite() -> None:
    head = (
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,"
        "Order Type,Currency,"
        "Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,Home Address 1,"
        "Home Address 2,"
        "Home City,Home State,Home Zip,Home Country,Cell Phone,Dietary requirements"
    ).split(",")
    rows: list[list[Any]] = [head]
    for number, person in enumerate(PEOPLE[24:38]):
        status = {4: "Refunded", 8: "Not Attending", 2: "Checked In"}.get(number, "Attending")
        rows.append([
            9100200300 + number // 2, f"2020-02-{number + 1:02} 10:11:12", person.given, person.family,
            person.email, 1, "",
            "Free entry", 770100 + number, "", "Eventbrite Completed", "EUR", "0.00", "0.00", "0.00", "0.00", status,
            person.street, "", person.town, "", person.postal_code, person.country_code, person.phone,
            ("", "Vegan", "No pork")[number % 3],
        ])  # fmt: skip
    write_csv("eventbrite-attendees.csv", rows)


def pretix() -> None:
    """Headings repeat: first of the attendee, then of the invoice."""
    head = (
        "Event slug,Order code,Position ID,Status,Email,Phone number,Order date,Order time,Product,Variation,"
        "Price,Tax rate,"
        "Tax rule,Tax value,Attendee name,Attendee name: Given name,Attendee name: Family name,Attendee email,"
        "Company,Address,"
        "ZIP code,City,Country,State,Voucher,Pseudonymization ID,Order comment,Date of birth,Workshop – Logbook,"
        "Workshop – Participation,Company,Invoice address name,Address,ZIP code,City,Country,State,VAT ID,"
        "Sales channel,"
        "Order locale,Payment providers"
    ).split(",")
    rows: list[list[Any]] = [head]
    for number, person in enumerate(PEOPLE[22:36]):
        status = {5: "canceled", 9: "pending", 11: "expired"}.get(number, "paid")
        rows.append([
            "smart-youth-work", f"Q{number // 2:03}XA", number % 2 + 1, status, "orders@example.org", person.phone,
            f"2020-01-{number + 10}", "11:22:33", "Participant", "", "0.00", "0.00", "", "0.00", person.name,
            person.given,
            person.family, person.email, person.centre_name, person.street, person.postal_code, person.town,
            person.country_code, "", "", f"PSN{number:04}", "", person.birth_date.isoformat(),
            ("Yes", "No")[number % 2], "No",
            "Invoice payer Ltd.", "Office", "Invoice street 1", "1000", "Ljubljana", "SI", "", "", "web", "en", "free",
        ])  # fmt: skip
    write_csv("pretix-positions.csv", rows)
    write_book(FOLDER / "pretix-positions.xlsx", {"Order positions": rows})


def indico() -> None:
    rows: list[list[Any]] = [[
        "ID", "Name", "Email Address", "Affiliation", "Position", "Phone Number", "Accommodation",
        "Accommodation (Arrival)", "Accommodation (Departure)", "Registration date", "Registration state", "Checked in",
    ]]  # fmt: skip
    for number, person in enumerate(PEOPLE[24:34]):
        rows.append([
            number + 1, person.name, person.email, person.centre_name, person.function_en, person.phone, "Hostel",
            "2020-06-10", "2020-06-13", f"2020-02-{number + 3:02}T09:00:00",
            "Withdrawn" if number == 3 else "Completed", "No",
        ])  # fmt: skip
    write_csv("indico-registrations.csv", rows)
    short = [[p.given, p.family, p.centre_name, p.function_en, p.phone, p.email] for p in PEOPLE[22:32]]
    write_csv("indico-import.csv", short)


def salto() -> None:
    rows: list[list[Any]] = [[
        "First Name", "Family Name", "Gender", "Country of residence", "Primary email", "Primary phone",
        "Name of the organisation", "Address of the organisation", "Role in the organisation", "OID",
        "Why do you want to take part?",
    ]]  # fmt: skip
    for number, person in enumerate(PEOPLE[22:38]):
        rows.append([
            person.given, person.family, {"f": "female", "m": "male"}[person.sex] if number != 5 else "other",
            person.country,
            person.email, person.phone, person.centre_name, f"{person.street}, {person.postal_code} {person.town}",
            person.function_en, f"E1012{number:04}", "I would like to learn from other centres and share what we do.",
        ])  # fmt: skip
    write_book(FOLDER / "salto-applications.xlsx", {"Applications": rows})
