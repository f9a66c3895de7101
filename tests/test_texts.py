"""Every text of the program has a whole Slovene translation, with the same placeholders and four plural forms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
OURS = {"T": None, "TN": (1, 2), "TC": ((1, "c"), 2)}
Key = tuple[str | None, str]
PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")
# One Slovene word for each thing; the left word is another one for what is already called the right one.
OTHER_WORDS = {
    r"\bregistracij": "prijava",
    r"\bduplikat": "dvojnik",
    r"\bšablon": "predloga",
    r"\bdelovn\w+ prostor": "zbirka",
    r"\bbackup|\brezervn\w+ kopij": "varnostna kopija",
    r"\bprisotnostn\w+ list|\bpodpisn\w+ list|\blist\w+ navzočih": "lista prisotnosti",
    r"\bparticipant": "udeleženec",
    r"\bfinancier": "financer",
    r"\bundo\b|\bredo\b": "razveljavi, uveljavi",
}


@cache
def catalogue() -> Catalog:
    with (ROOT / "resources/locale/sl.po").open("rb") as file:
        return read_po(file, locale="sl")


@cache
def texts() -> dict[Key, tuple[str, ...]]:
    """Every text in the program: its context and English key, and its forms (one, or singular and plural)."""
    found: dict[Key, tuple[str, ...]] = {}
    keywords = {**DEFAULT_KEYWORDS, **OURS}
    for _file, _line, message, _comments, context in extract_from_dir(
        ROOT / "mama_desktop", method_map=[("**.py", "python")], keywords=keywords
    ):
        forms = (message,) if isinstance(message, str) else tuple(message)
        key = (context, forms[0])
        found[key] = max(forms, found.get(key, ()), key=len)
    return found


def forms_of(message: Message) -> tuple[str, ...]:
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def translation_of(key: Key) -> tuple[str, ...]:
    context, words = key
    message = catalogue().get(words, context)
    return forms_of(message) if message else ()


def translated() -> Iterator[str]:
    """Every Slovene form in the catalogue."""
    for message in catalogue():
        if message.id:
            yield from forms_of(message)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_every_text_is_in_slovene() -> None:
    missing = [key for key in texts() if not all(translation_of(key) or [""])]
    assert not missing, f"{len(missing)} texts have no Slovene translation (collect with `make texts`): {missing[:20]}"


def test_no_translation_is_only_guessed() -> None:
    fuzzy = [message.id for message in catalogue() if message.id and message.fuzzy]
    assert not fuzzy


def test_no_translation_is_left_over() -> None:
    keys = {(m.context, m.id[0] if isinstance(m.id, tuple) else m.id) for m in catalogue() if m.id}
    left_over = sorted(keys - set(texts()), key=str)
    assert not left_over, f"the program no longer says these (`make texts` drops them): {left_over[:20]}"


def test_plurals_have_four_forms() -> None:
    counted = [key for key, forms in texts().items() if len(forms) == 2]
    assert [key for key in counted if len(translation_of(key)) != 4] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    # Every Slovene form needs the number too: the first form also says 101, the second 102.
    different = [
        (key, form)
        for key, forms in texts().items()
        for form in translation_of(key)
        if form and placeholders(form) != placeholders(forms[-1])
    ]
    assert not different


def test_texts_are_literals_and_their_placeholders_are_given() -> None:
    wrong = []
    for path in sorted((ROOT / "mama_desktop").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in OURS:
                wrong += [f"{path.relative_to(ROOT)}:{call.lineno} {why}" for why in faults(call)]
    assert not wrong


def faults(call: ast.Call) -> Iterator[str]:
    """What is wrong with one T(…), TN(…) or TC(…)."""
    assert isinstance(call.func, ast.Name)
    count = 1 if call.func.id == "T" else 2
    literals = [arg.value for arg in call.args[:count] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(literals) != count:
        yield "the text is not a literal, so it cannot be collected"
        return
    given = {keyword.arg for keyword in call.keywords} | ({"count"} if call.func.id == "TN" else set())
    if None in given:  # **values: known only when it runs
        return
    asked = set().union(*map(placeholders, literals))
    if "" in asked or any(name.isdigit() for name in asked):
        yield "a placeholder without a name"
    if asked - given - {""}:
        yield f"nothing is given for {sorted(asked - given)}"


def test_one_slovene_word_for_each_thing() -> None:
    wrong = [
        (form, f"say {ours}")
        for form in translated()
        for other, ours in OTHER_WORDS.items()
        if re.search(other, form.lower())
    ]
    assert not wrong


def test_slovene_punctuation() -> None:
    """Three dots are one character, quotes are »these«, and no space stands before a full stop or comma."""
    assert [form for form in translated() if re.search(r'\.\.\.|"|\w [,;!?]|  ', form)] == []


def test_a_text_keeps_its_outer_spaces_and_its_colon() -> None:
    def edges(text: str) -> tuple[bool, bool, bool, bool]:
        return text[:1].isspace(), text[-1:].isspace(), text.rstrip().endswith(":"), text.rstrip().endswith("…")

    wrong = [
        (key, form)
        for key, forms in texts().items()
        for form in translation_of(key)
        if form and edges(form) != edges(forms[-1])
    ]
    assert not wrong
