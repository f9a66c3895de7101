"""Settings: the office, its people, funder profiles, papers, backups, and this window. Nothing has to be saved."""

from __future__ import annotations

from typing import Protocol

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.settings_backups import SettingsBackups
from mama_desktop.ui.settings_consents import SettingsConsents
from mama_desktop.ui.settings_form import OFFICE_GROUPS, PAPER_GROUPS, REGISTRATION_GROUPS, SettingsForm
from mama_desktop.ui.settings_profiles import SettingsProfiles
from mama_desktop.ui.settings_rates import SettingsRates
from mama_desktop.ui.settings_sources import SettingsSources
from mama_desktop.ui.settings_staff import SettingsStaff
from mama_desktop.ui.settings_window import SettingsWindow


class _Part(Protocol):
    def refresh(self) -> None: ...


class SettingsPage(Page):
    """`open("", tab)`: office, staff, profiles, sources, registration, consents, papers, rates, backups, window.

    "rates:allowances" is the second table of the rates.
    """

    kinds = frozenset({
        "setting", "staff_member", "funder_profile", "project", "event", "remembered_mapping",
        "consent_text", "consent", "travel_rate", "allowance_rate",
    })  # fmt: skip
    help_topic = "settings"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.set_title(self.say(T("Settings")))
        self.set_about(self.say(T("What you change here is stored at once and can be undone.")))
        self.office = SettingsForm(self, "office", OFFICE_GROUPS)
        self.staff = SettingsStaff(self)
        self.profiles = SettingsProfiles(self)
        self.sources = SettingsSources(self)
        self.registration = SettingsForm(self, "registration", REGISTRATION_GROUPS)
        self.consents = SettingsConsents(self)
        self.papers = SettingsForm(self, "papers", PAPER_GROUPS)
        self.rates = SettingsRates(self)
        self.backups = SettingsBackups(self)
        self.look = SettingsWindow(self)
        self._parts: dict[str, _Part] = {
            "office": self.office, "staff": self.staff, "profiles": self.profiles, "sources": self.sources,
            "registration": self.registration, "consents": self.consents, "papers": self.papers, "rates": self.rates,
            "backups": self.backups, "window": self.look,
        }  # fmt: skip
        self.add_tab("office", self.say(T("Office")), self.office)
        self.add_tab("staff", self.say(T("Staff")), self.staff)
        self.add_tab("profiles", self.say(T("Funder profiles")), self.profiles)
        self.add_tab("sources", self.say(T("Forms")), self.sources)
        self.add_tab("registration", self.say(T("Registration")), self.registration)
        self.add_tab("consents", self.say(T("Consents")), self.consents)
        self.add_tab("papers", self.say(T("Papers")), self.papers)
        self.add_tab("rates", self.say(T("Rates")), self.rates)
        self.add_tab("backups", self.say(T("Backups")), self.backups)
        self.add_tab("window", self.say(T("Window")), self.look)

    def open(self, key: str, view: str) -> None:
        tab, _, part = (view or key).partition(":")
        self.show_tab(tab)
        if tab == "rates" and part:
            self.rates.show_table(part)
        elif tab == "office" and part:
            self.office.form.editor(part).setFocus()

    def new(self) -> None:
        if self.tab == "rates":
            self.rates.current.new()

    def export(self) -> None:
        if self.tab == "rates":
            self.rates.current.export()

    def focus_filter(self) -> None:
        if self.tab == "rates":
            self.rates.current.focus_filter()

    def edit(self) -> None:
        if self.tab == "rates":
            self.rates.current.edit()

    def selection_words(self) -> str:
        return self.rates.current.selection_words() if self.tab == "rates" else ""

    def refresh(self) -> None:
        part = self._parts.get(self.tab)
        if part is not None:
            part.refresh()

    def tab_changed(self, key: str) -> None:
        """A part reads only when it is looked at."""
        self._parts[key].refresh()
