"""Makes resources/samples/: one file of each shape the office receives, with invented people and real faults.

Run it as `python -m tests.intake.make_samples`; LibreOffice makes the old .xls and the .ods. Texts and workbooks come
out the same every time.
"""

from __future__ import annotations

from tests.intake import samples_forms, samples_lists, samples_tools
from tests.intake.writing import FOLDER


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for make in (
        samples_forms.klub_mama,
        samples_forms.google_english,
        samples_forms.google_slovene,
        samples_forms.microsoft_english,
        samples_forms.microsoft_slovene,
        samples_forms.one_ka,
        samples_tools.eventbrite,
        samples_tools.pretix,
        samples_tools.indico,
        samples_tools.salto,
        samples_lists.own_list,
        samples_lists.old_text,
        samples_lists.pasted,
        samples_lists.binary,
        samples_lists.converted,
    ):
        make()


if __name__ == "__main__":
    main()
