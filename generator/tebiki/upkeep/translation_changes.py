"""What changed in the original since a translation was confirmed.

``content/translations.yml`` keeps a fingerprint, not the text. The text is in git's history, where the
fingerprint proves it: a text that does not give the recorded fingerprint is never taken for the one that
was translated. So nothing is stored twice, and the record stays one line a piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tebiki.history.word_diff import Segment, word_diff
from tebiki.model.handbook import Handbook
from tebiki.model.translation_units import translation_units, unit_texts
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError
from tebiki.reading.load import load
from tebiki.upkeep.confirm_translations import RECORD

Texts = Mapping[str, str]  # path inside the piece → text


@dataclass(frozen=True)
class TranslationChange:
    """The words that changed in one piece: (path, pieces); or, in ``unknown``, why they cannot be told."""

    words: tuple[tuple[str, tuple[Segment, ...]], ...] = ()
    unknown: str = ""


def translation_changes(
    handbook: Handbook, root: Path, stale: list[str], language: str
) -> dict[str, TranslationChange]:
    """For each of the ``stale`` pieces, how its original differs from the one its ``language`` was made from."""
    now = {unit_id: dict(texts) for unit_id, texts, _at in unit_texts(handbook, handbook.languages[0])}
    found: dict[str, TranslationChange] = {}
    history: _History | None = None
    for unit_id in stale:
        fingerprint = handbook.translations.get(unit_id, {}).get(language)
        if fingerprint is None:
            found[unit_id] = TranslationChange(unknown="it was never confirmed")
            continue
        try:
            history = history or _History(root)
            then = history.texts(unit_id, fingerprint)
        except GitError as error:
            found[unit_id] = TranslationChange(unknown=str(error))
            continue
        found[unit_id] = TranslationChange(tuple(_changed(then, now[unit_id])))
    return found


def _changed(then: Texts, now: Texts) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    for path in dict.fromkeys([*then, *now]):
        old, new = then.get(path, ""), now.get(path, "")
        if old != new:
            yield path, tuple(word_diff(old, new))


class _History:
    """The originals that git's history holds, read once for each commit."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._repository = Repository(root)
        self._read: dict[str, dict[str, tuple[str, Texts]]] = {}

    def texts(self, unit_id: str, fingerprint: str) -> Texts:
        """The texts of the piece with this fingerprint. Raises GitError where no commit has them."""
        # mostly the last commit still has them; otherwise the one that wrote the fingerprint down
        candidates = ["HEAD", *self._repository.commits_changing(fingerprint, RECORD)]
        for commit in candidates:
            found = self._at(commit).get(unit_id)
            if found and found[0] == fingerprint:
                return found[1]
        hint = (
            "run git fetch --unshallow"
            if self._repository.shallow
            else "it was confirmed without being committed"
        )
        raise GitError(f"the text that was translated is not in the history: {hint}")

    def _at(self, commit: str) -> dict[str, tuple[str, Texts]]:
        if commit not in self._read:
            with self._repository.tree_at(commit) as folder:
                then, _problems = load(folder, base=self._root)  # what can be read of it is enough
            units = {unit.id: unit.fingerprint for unit in translation_units(then)}
            texts = unit_texts(then, then.languages[0]) if then.languages else ()
            self._read[commit] = {unit_id: (units[unit_id], dict(pairs)) for unit_id, pairs, _at in texts}
        return self._read[commit]
