"""The twelve statistical regions of Slovenia (NUTS 3, division of 2015)."""

from __future__ import annotations

from mama_desktop.domain.base import Choices
from mama_desktop.domain.text import verbatim

# Names are Slovene in every language, as on the statistical office's maps.
REGIONS: Choices = {
    "SI031": verbatim("Pomurska"),
    "SI032": verbatim("Podravska"),
    "SI033": verbatim("Koroška"),
    "SI034": verbatim("Savinjska"),
    "SI035": verbatim("Zasavska"),
    "SI036": verbatim("Posavska"),
    "SI037": verbatim("Jugovzhodna Slovenija"),
    "SI038": verbatim("Primorsko-notranjska"),
    "SI041": verbatim("Osrednjeslovenska"),
    "SI042": verbatim("Gorenjska"),
    "SI043": verbatim("Goriška"),
    "SI044": verbatim("Obalno-kraška"),
}
