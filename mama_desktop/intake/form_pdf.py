"""A filled-in PDF form to answers, whichever program has filled it in.

Read in a child process only (see `forms_folder`): a broken PDF may eat time and memory.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from pathlib import Path
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.forms import MARK, OF, FormIdentity, identity_of, key_of
from mama_desktop.domain.text import T, clean, clean_lines
from mama_desktop.intake.returned import Answered, Returned

MOST_BYTES = 50 * 2**20
_MOST_FIELDS = 3_000
_LONGEST = 20_000
_DEEPEST = 12
# A language tag within a text (ISO 32000-1, 7.9.2.2).
_ESCAPED = re.compile("\x1b[^\x1b]{0,20}\x1b")
_BUTTON, _WORDS, _LIST = "/Btn", "/Tx", "/Ch"
# What a box that is not ticked is called; every other state is a tick (/Yes, /On, /1 …).
_OFF = frozenset({"", "Off", "off", "OFF"})


def read_form_pdf(path: Path, name: str = "") -> Returned:
    """The answers in a PDF form. Raises OfficeError, in words of the office, for a file that holds none."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    if path.stat().st_size > MOST_BYTES:
        raise OfficeError(T("It is larger than a form can be."))
    try:
        reader = PdfReader(path)
        # Many programs lock what they write for changing only; that is read without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()
        fields = _fields(reader)
        mark = _mark(reader, fields)
        sent = _sent(reader, path)
    except OfficeError:
        raise
    except DependencyError as error:
        raise _locked() from error
    except MemoryError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, RecursionError,
            AssertionError, NotImplementedError) as error:  # fmt: skip
        # pypdf raises many kinds for a broken file.
        raise OfficeError(T("The file is damaged.")) from error
    return _returned(name or path.name, fields, identity_of(mark), sent)


def _returned(name: str, fields: dict[str, Any], identity: FormIdentity | None, sent: dt.datetime | None) -> Returned:
    asked = {name: one for name, one in fields.items() if name != MARK}
    if not asked:
        raise OfficeError(
            T("It has no fields: it was printed anew, photographed or scanned. Enter it by hand, or ask for the file.")
        )
    if identity is None and not {"given_name", "family_name"} <= asked.keys():
        raise OfficeError(T("It is a PDF form, but not one of ours."))
    values: dict[str, Answered] = {}
    labels: dict[str, str] = {}
    for field, one in asked.items():
        _take(field, one, values, labels)
    if not values:
        raise OfficeError(T("The form is empty: nothing was filled in or saved."))
    return Returned(name, identity, values, labels, sent=sent)


def _take(field: str, one: dict[str, Any], values: dict[str, Answered], labels: dict[str, str]) -> None:
    name, _, key = field.partition(OF)
    label = text_of(one["TU"])
    if one["FT"] == _BUTTON:
        states = [_state(state) for state in one["states"]]
        on = next((state for state in states if state not in _OFF), "")
        if key:
            # A box for each choice: the label says question and choice.
            question, _, choice = label.rpartition(": ")
            labels.setdefault(name, question or label)
            labels[f"{name}{OF}{key_of(key)}"] = choice
            if on:
                chosen = values.get(name, ())
                values[name] = (*(chosen if isinstance(chosen, tuple) else ()), key_of(key))
            return
        labels[name] = label
        for state, said in one["labels"].items():
            labels[f"{name}{OF}{key_of(_state(state))}"] = text_of(said).rpartition(": ")[2]
        if on:
            values[name] = "yes" if not one["labels"] else key_of(on)
        return
    labels[name] = label
    words = _words(one["V"])
    if words:
        values[name] = key_of(words) if one["FT"] == _LIST else words


def _fields(reader: Any) -> dict[str, dict[str, Any]]:
    """Every field by its full name: type, value, label, and of a button the states it stands in.

    Only objects of the PDF come out, nothing is decoded yet.
    """
    form = _object(_object(reader.trailer["/Root"]).get("/AcroForm"))
    found: dict[str, dict[str, Any]] = {}
    if form is not None:
        for one in _object(form.get("/Fields")) or ():
            _walk(_object(one), "", {}, found, 0)
    return found


def _walk(node: Any, above: str, inherited: dict[str, Any], found: dict[str, dict[str, Any]], depth: int) -> None:
    if node is None or not hasattr(node, "get") or depth > _DEEPEST or len(found) > _MOST_FIELDS:
        return
    own = text_of(node.get("/T")) if node.get("/T") is not None else ""
    name = ".".join(filter(None, (above, own)))
    known = {key: node.get(key, inherited.get(key)) for key in ("/FT", "/V", "/TU")}
    kids = _object(node.get("/Kids")) or ()
    named = [kid for kid in map(_object, kids) if kid is not None and kid.get("/T") is not None]
    for kid in named:
        _walk(kid, name, known, found, depth + 1)
    if named or not name:
        return
    widgets = [kid for kid in map(_object, kids) if kid is not None] or [node]
    labels = {}
    states = [known["/V"]] if known["/V"] is not None else []
    for widget in widgets:
        state = widget.get("/AS")
        if state is not None and not states:
            states.append(state)
        if widget is not node:
            for its in _object(_looks(widget)) or ():
                if _state(its) not in _OFF:
                    labels[str(its)] = widget.get("/TU")
    states += [widget.get("/AS") for widget in widgets if widget.get("/AS") is not None]
    is_group = widgets[0] is not node and str(_object(known["/FT"])) == _BUTTON
    found[name] = {
        "FT": str(_object(known["/FT"])), "V": _object(known["/V"]), "TU": _object(known["/TU"]),
        "states": [_object(state) for state in states], "labels": labels if is_group else {},
    }  # fmt: skip


def _looks(widget: Any) -> Any:
    looks = _object(widget.get("/AP"))
    return looks.get("/N") if looks is not None else None


def _object(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _state(value: Any) -> str:
    """The state of a button: a name as a rule, a text in the work of some programs."""
    words = text_of(value) if not str(value).startswith("/") else str(value)[1:]
    return words.strip()


def _words(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if hasattr(value, "get_data"):
        # A long text may be kept as a stream.
        value = value.get_data()
    words = text_of(value)[:_LONGEST]
    return clean_lines(words.replace("\r\n", "\n").replace("\r", "\n")) if "\n" in words or "\r" in words else (
        clean(words)
    )  # fmt: skip


def text_of(value: Any) -> str:
    """A text of a PDF in whichever of its encodings: UTF-16 with a mark, UTF-8, PDFDocEncoding; "" for no text."""
    value = _object(value)
    if value is None:
        return ""
    raw = getattr(value, "original_bytes", value)
    if isinstance(raw, str):
        return raw
    if not isinstance(raw, bytes):
        return str(value)
    for mark, code in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                       (codecs.BOM_UTF8, "utf-8")):  # fmt: skip
        if raw.startswith(mark):
            return _ESCAPED.sub("", raw[len(mark) :].decode(code, "replace"))
    try:
        # Some programs write UTF-8 without saying so; hardly any other text happens to be valid UTF-8.
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return value if isinstance(value, str) else raw.decode("cp1250", "replace")


def _mark(reader: Any, fields: dict[str, dict[str, Any]]) -> str:
    """The form's identity: in its hidden field, else among what the file says of itself."""
    hidden = text_of(fields[MARK]["V"]) if MARK in fields else ""
    return hidden or text_of((reader.metadata or {}).get(f"/{MARK}"))


def _sent(reader: Any, path: Path) -> dt.datetime:
    """When the form was last written to: as the file says itself, else as the disk says."""
    about = reader.metadata
    try:
        changed = about.modification_date if about else None
        made = about.creation_date if about else None
    except (ValueError, TypeError):
        changed = made = None
    if changed is not None and changed != made:
        office_time: dt.datetime = changed.astimezone() if changed.tzinfo else changed
        return office_time.replace(tzinfo=None, microsecond=0)
    return dt.datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)  # noqa: DTZ006 - the office's clock


def _locked() -> OfficeError:
    return OfficeError(T("It is protected by a password. Ask for it without one."))
