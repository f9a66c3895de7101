"""What has to be known of each group of the preview, in words above its table, and what the button does."""

from __future__ import annotations

from mama_desktop.domain.registrations import TAKES_PLACE
from mama_desktop.domain.text import TN, T, Text, sort_key
from mama_desktop.i18n import Language
from mama_desktop.services.import_draft import Preview

DATES = "dates:"
_MOST_NAMES = 6
# Words, tone, and buttons: what each says, and which answer it is ("whole", "part", "leave", or `DATES` …).
Note = tuple[str, str, list[tuple[str, str]]]


def note(preview: Preview, group: str, speak: Language) -> Note:
    """The words, their tone and the answers to choose from; no words hide the box."""
    match group:
        case "new":
            return _new(preview, speak)
        case "changed":
            return _changed(preview, speak), "info", []
        case "clash":
            return _clash(preview, speak)
        case "party":
            return _party(preview, speak)
        case "withdrawn":
            return _withdrawn(preview, speak)
        case "possible":
            undecided = len(preview.undecided())
            words = TN(
                "{count} row is not decided yet and would stay out.",
                "{count} rows are not decided yet and would stay out.", undecided,
            ) if undecided else T("Everything is decided.")  # fmt: skip
            return speak.say(words), "wait" if undecided else "ok", []
        case "problem" if preview.comparison.group("problem"):
            words = T("These rows stay out unless you tick them. The good rows go in without them.")
            return speak.say(words), "info", []
    return "", "info", []


def all_or_none(preview: Preview, group: str) -> tuple[Text, Text] | None:
    """What two buttons say that decide a whole group at once, the ticking one first; None where one is no choice."""
    if group == "clash" and len(preview.clashes()) > 1:
        return T("Take all from the form"), T("Keep all of ours")
    if group == "withdrawn" and len(preview.comparison.withdrawn) > 1:
        return T("Tick all"), T("Tick none")
    return None


def _new(preview: Preview, speak: Language) -> Note:
    counts, notices = preview.comparison.counts(), [speak.say(words) for words in preview.read.notices]
    if preview.says_nothing_new():
        if preview.has_something_to_do():
            words = T(
                "Everybody in this file is registered already, and nothing changes. Press the button if the program is "
                "to remember what the form said, so that it knows what is new in the next export."
            )
            return "  ".join([speak.say(words), *notices]), "ok", []
        words = T(
            "There is nothing to do: everybody in this file is registered already, and it says nothing new of them. "
            "You may leave."
        )
        return "  ".join([speak.say(words), *notices]), "ok", [(speak.say(T("To the registrations")), "leave")]
    known = TN(
        "{count} row is registered already and stays as it is.",
        "{count} rows are registered already and stay as they are.", counts["unchanged"],
    )  # fmt: skip
    said = [*([speak.say(known)] if counts["unchanged"] else []), *_organisations(preview, speak), *notices]
    return "  ".join(said), "info", _date_answers(preview, speak)


def _organisations(preview: Preview, speak: Language) -> list[str]:
    """Which organisations would be made."""
    rows = [row.source for row in preview.comparison.group("new") if row.source is not None]
    said = {str(row.values.get("organisation") or "") for row in rows}
    new = sorted((name for name in said if preview.organisations.get(name) == ""), key=sort_key)
    if not new:
        return []
    names = ", ".join(new[:_MOST_NAMES]) + (" …" if len(new) > _MOST_NAMES else "")
    return [speak.say(TN("{count} new organisation: {names}.", "{count} new organisations: {names}.", len(new),
                         names=names))]  # fmt: skip


def _date_answers(preview: Preview, speak: Language) -> list[tuple[str, str]]:
    """The other order for each column whose dates read both ways, as `DATES` + column and order."""
    answers = []
    for column in preview.draft.mapping.columns:
        dates = column.dates
        if column.index in preview.draft.left_out or not column.key or dates is None or not dates.example:
            continue
        if dates.ambiguous or dates.answered:
            is_month_next = dates.order == "dmy"
            words = T("“{column}”: month first", column=column.label) if is_month_next else T(
                "“{column}”: day first", column=column.label
            )  # fmt: skip
            answers.append((speak.say(words), f"{DATES}{column.index}:{'mdy' if is_month_next else 'dmy'}"))
    return answers


def _changed(preview: Preview, speak: Language) -> str:
    if preview.draft.is_own:
        return speak.say(T("This is our own list: what was corrected in it is taken over unless you untick it."))
    if preview.comparison.known_before:
        return speak.say(T(
            "What was changed in the form since it was read before is taken over; what only you have changed stays as "
            "it is."
        ))  # fmt: skip
    return speak.say(
        T("What we did not have is taken over; where we have something else, ours stays unless you tick it.")
    )


def _clash(preview: Preview, speak: Language) -> Note:
    undecided = preview.open_clashes()
    if not undecided:
        return speak.say(T("Everything is decided, and will not be asked again.")), "ok", []
    words = TN(
        "{count} value was changed here and in the form too. Choose which one counts; until then ours stays, and you "
        "will be asked again the next time.",
        "{count} values were changed here and in the form too. Choose which ones count; until then ours stay, and you "
        "will be asked again the next time.", undecided,
    )  # fmt: skip
    return speak.say(words), "wait", []


def _party(preview: Preview, speak: Language) -> Note:
    undecided = preview.open_splits()
    words = TN(
        "{count} group is not decided yet: its people stay on the waiting list; the rest of the file goes in.",
        "{count} groups are not decided yet: their people stay on the waiting list; the rest of the file goes in.",
        undecided,
    ) if undecided else T("Everything is decided.")  # fmt: skip
    return speak.say(words), "wait" if undecided else "ok", []


def _withdrawn(preview: Preview, speak: Language) -> Note:
    say, comparison = speak.say, preview.comparison
    missing = sum(1 for one in comparison.withdrawn if not one.word)
    if comparison.partial and preview.decisions.whole is None:
        words = T(
            "{missing} of the {known} people this form gave before are not in the file. Is it the whole form?",
            missing=speak.number(missing), known=speak.number(comparison.known_before),
        )  # fmt: skip
        return say(words), "wait", [(say(T("Only a part of it")), "part"), (say(T("The whole form")), "whole")]
    if comparison.partial and not preview.decisions.whole:
        return say(T("The file is only a part of the form: nobody is cancelled unless you tick them.")), "ok", []
    said = []
    told = len(comparison.withdrawn) - missing
    if told:
        words = TN("{count} is ticked, because the form’s tool says so.",
                   "{count} are ticked, because the form’s tool says so.", told)  # fmt: skip
        said.append(say(words))
    if missing:
        words = TN(
            "{count} is merely missing in the file: tick if the registration is to be cancelled.",
            "{count} are merely missing in the file: tick those whose registration is to be cancelled.", missing,
        )  # fmt: skip
        said.append(say(words))
    accepted = sum(1 for one in comparison.withdrawn if one.status in TAKES_PLACE)
    if accepted:
        words = TN(
            "{count} has been accepted: cancelling frees the place and whatever is held for that person.",
            "{count} have been accepted: cancelling frees their places and whatever is held for them.", accepted,
        )  # fmt: skip
        said.append(say(words))
    return "  ".join(said), "wait" if accepted or missing else "info", []


def deed(preview: Preview | None) -> Text:
    """What the button does."""
    count = sum(preview.counts()) if preview is not None else 0
    cancelling = preview.cancelling() if preview is not None else 0
    if count and cancelling:
        return T("Import {count}, cancel {cancelled}", count=count, cancelled=cancelling)
    if cancelling:
        return TN("Cancel {count} registration", "Cancel {count} registrations", cancelling)
    if count:
        return TN("Import {count} registration", "Import {count} registrations", count)
    if preview is not None and preview.has_something_to_do():
        if preview.decisions.is_empty():
            return T("Remember what the form said")
        return T("Remember what was decided")
    return T("Nothing to import")
