"""Tables that come from outside: any workbook, text or paste → rows; which heading means which field.

`opening.open_file` or `open_text` → `headings.recognise` → `candidates.candidates`.
"""

from __future__ import annotations
