"""The columns of a form in a workbook: under which names they come back, and what may stand in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mama_desktop.domain.forms import OF, ascii_name
from mama_desktop.sheets.form import Form, FormField
from mama_desktop.sheets.sheet import Words
from mama_desktop.sheets.workbook_look import letter_of
from mama_desktop.sheets.workbook_values import tidy

# More choices than these get one cell of words instead of a column each.
MOST_COLUMNS = 12
LISTS = "lists"
_LONGEST_PROMPT = 250


@dataclass(frozen=True)
class FormColumn:
    """One column: the name under which its cells come back, and what may stand in them."""

    name: str
    heading: str
    field: FormField
    width: float
    prompt: str
    allowed: tuple[str, ...] = ()
    # Of several columns that answer one question: the question, which stands over them together.
    over: str = ""


def columns_of(form: Form) -> Iterator[FormColumn]:
    yes, no = _line(form.words.yes), _line(form.words.no)
    for one in form.fields():
        label = one.label.line + (" *" if one.required else "")
        notes = [words.line for words in (one.only_if, one.help) if words.first]
        if one.kind == "file":
            continue
        if one.kind == "choices" and len(one.choices) <= MOST_COLUMNS:
            for choice in one.choices:
                said = choice.words.line
                prompt = _prompt([*notes, form.words.several_of.line])
                name = f"{one.name}{OF}{ascii_name(choice.key)}"
                yield FormColumn(name, said, one, max(14.0, _longest_word(said) * 1.2 + 3.0), prompt, (yes,), label)
            continue
        allowed: tuple[str, ...] = ()
        if one.kind == "choice":
            allowed = tuple(choice.words.line for choice in one.choices)
        elif one.kind == "choices":
            notes += [form.words.several_of.line, "; ".join(choice.words.line for choice in one.choices)]
        elif one.kind == "bool":
            allowed = (yes, no)
        elif one.kind == "tick":
            allowed = (yes,)
        elif one.kind == "agree":
            allowed = (_line(form.words.agree), _line(form.words.disagree))
        elif one.kind == "date":
            notes.append(form.words.date_hint.line)
        yield FormColumn(one.name, label, one, _width(one, label, allowed), _prompt(notes), allowed)


def _line(words: Words) -> str:
    return words.line


def _width(one: FormField, label: str, allowed: Sequence[str]) -> float:
    usual = {"long-text": 44.0, "date": 14.0, "number": 12.0, "bool": 12.0, "tick": 22.0, "email": 28.0, "phone": 18.0}
    longest = max(map(len, allowed), default=0) + 5.0
    return min(
        44.0, max(usual.get(one.kind, 20.0), _longest_word(label) + 3.0, min(longest, 34.0), min(30.0, len(label) / 3))
    )


def _longest_word(words: str) -> int:
    return max(map(len, words.split()), default=0)


def _prompt(notes: Sequence[str]) -> str:
    said = "\n".join(notes)
    return said if len(said) <= _LONGEST_PROMPT else said[: _LONGEST_PROMPT - 1].rstrip() + "…"


def add_lists(workbook: Any, columns: Sequence[FormColumn]) -> dict[tuple[str, ...], str]:
    """The choices, each list in a column of a hidden sheet: Excel takes no more than 255 characters otherwise."""
    page = workbook.create_sheet(LISTS)
    page.sheet_state = "hidden"
    found: dict[tuple[str, ...], str] = {}
    for column in columns:
        if not column.allowed or column.allowed in found:
            continue
        letter = letter_of(len(found) + 1)
        for row, words in enumerate(column.allowed, 1):
            cell = page[f"{letter}{row}"]
            cell.value, cell.data_type = tidy(words), "s"
        found[column.allowed] = f"{LISTS}!${letter}$1:${letter}${len(column.allowed)}"
    page.protection.sheet = True
    return found


def add_checks(
    page: Any, form: Form, columns: Sequence[FormColumn], lists: dict[tuple[str, ...], str], first: int, most: int
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(columns, 2):
        letter = letter_of(place)
        cells = f"{letter}{first}:{letter}{first + most - 1}"
        kind = column.field.kind
        check: Any = None
        if column.allowed:
            check = DataValidation("list", formula1=f"={lists[column.allowed]}", allow_blank=True)
            check.errorStyle = "stop"
            check.error = form.words.one_of.line
        elif kind == "date":
            check = DataValidation("date", operator="between", formula1="DATE(1900,1,1)", formula2="DATE(2100,12,31)")
            check.errorStyle = "warning"
            check.error = _prompt([form.words.date_hint.line])
        elif kind == "number":
            check = DataValidation("decimal", operator="between", formula1="-1000000000", formula2="1000000000")
            check.errorStyle = "stop"
        elif kind == "email":
            check = DataValidation("custom", formula1=f'ISNUMBER(FIND("@",{letter}{first}))')
            check.errorStyle = "warning"
        elif column.prompt:
            check = DataValidation()
        if check is None:
            continue
        check.allow_blank = True
        if column.prompt:
            check.prompt, check.showInputMessage = column.prompt, True
            check.promptTitle = _short(column.field.label.first)
        check.showErrorMessage = check.type is not None
        check.errorTitle = _short(column.field.label.first)
        check.add(cells)
        page.add_data_validation(check)


def _short(words: str) -> str:
    """Excel takes 32 characters for the title of a message."""
    return words if len(words) <= 31 else words[:30].rstrip() + "…"
