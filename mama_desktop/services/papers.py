"""The office's papers by name: a list of an event becomes a Sheet or a Book; writing it is the sheets' work."""

from __future__ import annotations

from mama_desktop.services.papers_list import LIST, ListOptions, participant_list
from mama_desktop.services.papers_people import SIGN_IN_COLUMNS
from mama_desktop.services.papers_sign_in import SignIn, SignInOptions, SignInSheet, sign_in

__all__ = [
    "LIST", "SIGN_IN_COLUMNS", "ListOptions", "SignIn", "SignInOptions", "SignInSheet", "participant_list", "sign_in",
]  # fmt: skip
