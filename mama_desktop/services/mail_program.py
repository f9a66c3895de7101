"""Handing a list of addresses to the mail program: as a link while it fits, else in batches for the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

# Windows hands on links of at most 2,083 characters (INTERNET_MAX_URL_LENGTH); some are lost on the way.
LONGEST_LINK = 1_950
# Mail providers refuse a message to more people at once: 100 is what most of them allow.
LARGEST_BATCH = 100


@dataclass(frozen=True)
class HandedOver:
    """What the mail program gets. link: opens it, empty when the addresses do not fit into one.

    batches: the addresses for the clipboard, ready to be pasted, when there is no link. with_text: whether subject
    and text are in the link (else only the subject is).
    """

    link: str = ""
    batches: tuple[str, ...] = ()
    with_text: bool = False


def hand_over(addresses: Sequence[str], *, subject: str = "", text: str = "", separator: str = ",") -> HandedOver:
    """A link with everybody in the blind copy (one alone is written to directly), or batches of addresses.

    separator: between addresses in the link; Outlook on Windows wants ";". In batches it is always "; ", which every
    program takes.
    """
    found = list(dict.fromkeys(addresses))
    if not found:
        return HandedOver()
    for said in dict.fromkeys((text, "")):
        link = _link(found, subject, said, separator)
        if len(link) <= LONGEST_LINK:
            return HandedOver(link, with_text=bool(said))
    return HandedOver(batches=batches(found))


def batches(addresses: Sequence[str], most: int = LARGEST_BATCH) -> tuple[str, ...]:
    """The addresses in batches of equal size, each as one line."""
    count = -(-len(addresses) // most)
    size = -(-len(addresses) // count) if count else 0
    return tuple("; ".join(addresses[i : i + size]) for i in range(0, len(addresses), size or 1))


def _link(addresses: Sequence[str], subject: str, text: str, separator: str) -> str:
    said = separator.join(quote(address, safe="@") for address in addresses)
    fields = [] if len(addresses) == 1 else [f"bcc={said}"]
    # RFC 6068: line breaks as %0D%0A, spaces never as "+".
    fields += [f"subject={quote(subject, safe='')}"] if subject else []
    fields += [f"body={quote(text.replace(chr(10), chr(13) + chr(10)), safe='')}"] if text else []
    return f"mailto:{said if len(addresses) == 1 else ''}" + (f"?{'&'.join(fields)}" if fields else "")
