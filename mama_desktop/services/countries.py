"""Which country somebody means, in whatever language they wrote it."""

from __future__ import annotations

from functools import lru_cache

from mama_desktop.domain.text import clean, words_of

# How people write a country besides its names in the dictionaries.
_OTHER_WORDS = {
    "AT": ("aut",), "BA": ("bih", "bosna"), "BE": ("bel",), "CZ": ("ceska", "ceska republika", "czech republic"),
    "DE": ("deu",), "EE": ("est",), "FI": ("fin",), "GB": ("uk", "anglija", "england", "scotland", "skotska"),
    "HR": ("cro", "hrv"), "HU": ("hun",), "IT": ("ita",), "MK": ("makedonija", "macedonia"),
    "NL": ("nizozemska", "holland", "holandija", "the netherlands"), "PT": ("prt",), "RS": ("srb",), "SE": ("swe",),
    "SI": ("slo", "svn", "rs slovenija"), "TR": ("turkey",), "US": ("usa", "zda"), "XK": ("kosovo",),
}  # fmt: skip
_LANGUAGES = "sl en hr de it hu sv et fi pt nl fr es pl cs sk".split()
# Territories of CLDR that are no country.
_NO_COUNTRY = frozenset({"ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"})


def country_of(words: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country's name or abbreviation (sl, en and 14 more languages), else ""."""
    words = clean(words)
    if len(words) == 2 and words.upper() in _codes():
        return words.upper()
    return _names().get(" ".join(words_of(words)), "")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(_names().values())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
                names.setdefault(" ".join(words_of(name)), code)
    return {**names, **{words: code for code, others in _OTHER_WORDS.items() for words in others}}
