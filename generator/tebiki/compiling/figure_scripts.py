"""The published figures of a checklist, as a script that its form loads to show one's own answers beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tebiki.model.figure_table import FigureRow
from tebiki.model.handbook import Handbook


def published_checklists(handbook: Handbook) -> set[str]:
    """Return the ids of the checklists of which ``content/figures`` has figures of questions."""
    return {row.checklist for table in handbook.figures for row in table.rows if row.item}


def figure_scripts(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the script of each checklist, which ``browser/tools/figures-view.ts`` loads.

    They are scripts because form pages may fetch nothing. Each adds the rows of a checklist to ``tebikiFigures``:
    round, kind, question, revision, answer, count, whether a part of the count is withheld, and the limit of withholding. Of several tables with
    the same round the last one by name counts.
    """
    for checklist in sorted(published_checklists(handbook)):
        rounds: dict[str, list[FigureRow]] = {}
        for table in sorted(handbook.figures, key=lambda table: table.name):
            rows = [row for row in table.rows if row.checklist == checklist and row.item]
            for round_ in {row.round for row in rows}:
                rounds[round_] = [row for row in rows if row.round == round_]
        data = [
            (row.round, row.kind, row.item, row.rev, row.answer, row.count, row.withheld, row.at_least)
            for round_ in sorted(rounds)
            for row in rounds[round_]
        ]
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        yield (
            f"figures/{checklist}.js",
            f"(globalThis.tebikiFigures??={{}})[{json.dumps(checklist)}]={text};\n",
        )
