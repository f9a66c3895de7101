"""The places of the window in their order, each page imported when it is first seen: that keeps the start short."""

from __future__ import annotations

import importlib
from typing import Any

from mama_desktop.domain.text import T
from mama_desktop.ui.main_window import MakePage, Place
from mama_desktop.ui.page import Page


def _later(module: str, name: str) -> MakePage:
    """The page class of a module of this folder, imported by its first use."""

    def make(*around: Any) -> Page:
        page: Page = getattr(importlib.import_module(f"mama_desktop.ui.{module}"), name)(*around)
        return page

    return make


PLACES = (
    Place("today", "sun", T("Today"), _later("today_page", "TodayPage")),
    Place("events", "people-group", T("Events"), _later("events_page", "EventsPage")),
    Place("people", "user", T("People"), _later("people_page", "PeoplePage")),
    Place("organisations", "building", T("Organisations"), _later("organisations_page", "OrganisationsPage")),
    Place("projects", "folder-open", T("Projects"), _later("projects_page", "ProjectsPage")),
    Place("transport", "van-shuttle", T("Transport"), _later("transport.transport_page", "TransportPage")),
    Place("history", "clock-rotate-left", T("History"), _later("history_page", "HistoryPage"), at_bottom=True),
    Place("settings", "gear", T("Settings"), _later("settings_page", "SettingsPage"), at_bottom=True),
    # Pages of one record, and of one piece of work.
    Place("event", "people-group", T("Event"), _later("event_page", "EventPage"), under="events"),
    Place("new-event", "plus", T("Add an event"), _later("new_event_page", "NewEventPage"), under="events"),
    Place("import", "file-import", T("Import registrations"), _later("import_page", "ImportPage"), under="events"),
    Place(
        "add-to-event", "user-plus", T("Add to the event"), _later("add_to_event_page", "AddToEventPage"),
        under="events",
    ),
    Place("key-in", "keyboard", T("Key in attendance"), _later("key_in_page", "KeyInPage"), under="events"),
    Place(
        "import-list", "file-import", T("Import a list"), _later("import_list_page", "ImportListPage"),
        under="organisations",
    ),
    Place(
        "online-attendance", "video", T("Report of an online meeting"),
        _later("online_attendance_page", "OnlineAttendancePage"), under="events",
    ),
    Place("consents", "file-signature", T("Consents"), _later("consents_page", "ConsentsPage"), under="events"),
    Place("letters", "envelope", T("Letters"), _later("letters_page", "LettersPage"), under="events"),
    Place(
        "duplicates", "user-group", T("Duplicates"), _later("duplicates_page", "DuplicatesPage"), under="people",
        in_find=True,
    ),
    Place("person", "user", T("Person"), _later("person_page", "PersonPage"), under="people"),
    Place("groups", "users", T("Working groups"), _later("groups_page", "GroupsPage"), under="people", in_find=True),
    Place("working_group", "users", T("Working group"), _later("group_page", "GroupPage"), under="people"),
    Place("organisation", "building", T("Organisation"), _later("organisation_page", "OrganisationPage"),
          under="organisations"),
    Place("project", "folder-open", T("Project"), _later("project_page", "ProjectPage"), under="projects"),
    Place("trip", "bus", T("Trip"), _later("transport.trip_page", "TripPage"), under="events"),
    Place("vehicle", "van-shuttle", T("Vehicle"), _later("transport.vehicle_page", "VehiclePage"), under="transport"),
    Place("carrier", "building", T("Carrier"), _later("transport.carrier_page", "CarrierPage"), under="transport"),
    Place("travel_order", "file-signature", T("Travel order"), _later("expenses.order_page", "OrderPage"),
          under="transport"),
    Place("travel_claim", "file-invoice", T("Claim for travel costs"), _later("expenses.claim_page", "ClaimPage"),
          under="transport"),
    Place("first-start", "flag", T("Welcome"), _later("first_start", "FirstStartPage"), under="today"),
    Place(
        "restore", "clock-rotate-left", T("Restore from a backup"), _later("restore_page", "RestorePage"),
        under="settings",
    ),
)  # fmt: skip
