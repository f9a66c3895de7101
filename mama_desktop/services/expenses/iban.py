"""Bank accounts: an IBAN checked and said in words, the bank's code where it is known, written for people, masked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text

if TYPE_CHECKING:
    from schwifty import IBAN

# A Slovene account: bank and branch 5 digits, account 8, check 2; its IBAN begins with SI56 always, because the whole
# number's remainder by 97 is fixed (ISO 7064, Bank of Slovenia's rules of accounts).
_SLOVENE = re.compile(r"^\d{15}$")
_SLOVENE_BEGINNING = "SI56"
_HIDDEN = "••••"


@dataclass(frozen=True)
class Account:
    """A checked account. `iban` without spaces, as kept; bic and bank are "" where the list of banks has none."""

    iban: str
    bic: str = ""
    bank: str = ""
    country: str = ""
    in_sepa: bool = True


def account_of(words: str) -> Account:
    """The account somebody wrote, with spaces, hyphens or in lower case; OfficeError, in words, when it is none."""
    iban = compact(words)
    if _SLOVENE.match(iban):
        _refuse_without_country(iban)
    checked = _checked(iban)
    bic = checked.bic
    return Account(
        iban=str(checked),
        bic=_short(str(bic)) if bic else "",
        bank=checked.bank_name or "",
        country=checked.country_code,
        in_sepa=bool(checked.in_sepa_zone),
    )


def compact(words: str) -> str:
    """As it is kept: capital letters and digits, nothing between them; "IBAN" or "TRR" before it goes."""
    plain = re.sub(r"[^0-9A-Za-z]", "", words).upper()
    return re.sub(r"^(IBAN|TRR)(?=\w)", "", plain)


def grouped(iban: str) -> str:
    """As it is written: SI56 1910 0000 0123 438."""
    plain = compact(iban)
    return " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def masked(iban: str) -> str:
    """As it is shown where it need not be read: SI56 •••• 3438; nothing of what is too short for an account."""
    plain = compact(iban)
    if not plain:
        return ""
    return f"{plain[:4]} {_HIDDEN} {plain[-4:]}" if len(plain) >= 15 else _HIDDEN


def _short(bic: str) -> str:
    # XXX stands for the bank's head office; most forms have room for eight.
    return bic.removesuffix("XXX") if len(bic) == 11 else bic


def _refuse_without_country(number: str) -> None:
    written = _SLOVENE_BEGINNING + number
    try:
        _checked(written)
    except OfficeError as error:
        raise _wrong_digits() from error
    raise OfficeError(
        T("The country is missing at the beginning of the account."),
        todo=T("Write it with {beginning}: {iban}", beginning=_SLOVENE_BEGINNING, iban=grouped(written)),
    )


def _checked(iban: str) -> IBAN:
    # The list of banks and countries takes a quarter of a second to load.
    from schwifty import IBAN
    from schwifty.exceptions import InvalidBBANChecksum, InvalidChecksumDigits, InvalidLength, SchwiftyException

    if not iban:
        raise OfficeError(T("There is no account number."), todo=_example())
    if not re.match(r"^[A-Z]{2}\d{2}", iban):
        raise OfficeError(
            T("This is no IBAN: it begins with two letters of the country and two digits."), todo=_example()
        )
    try:
        return IBAN(iban, validate_bban=True)
    except InvalidLength as error:
        raise OfficeError(
            T("The account has too few or too many characters."),
            todo=T("Compare it with the bank card or the contract."),
        ) from error
    except (InvalidChecksumDigits, InvalidBBANChecksum) as error:
        raise _wrong_digits() from error
    except SchwiftyException as error:
        raise OfficeError(
            T("There is no such account: the letters and digits do not suit its country."),
            todo=T("Compare it with the bank card or the contract."),
        ) from error


def _wrong_digits() -> OfficeError:
    return OfficeError(
        T("A digit of the account is wrong: its check digits do not agree."),
        todo=T("Compare it with the bank card or the contract."),
    )


def _example() -> Text:
    return T("A Slovene account is written like this: {example}", example="SI56 1910 0000 0123 438")
