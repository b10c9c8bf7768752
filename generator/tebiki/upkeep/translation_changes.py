"""Changes of the original since a translation was confirmed.

``content/translations.yml`` contains a fingerprint of the original text, not the text. The text is in the history of
git, and the fingerprint identifies it: a text with another fingerprint never counts as the one that was translated.
So no text is stored twice, and the record has one line for each unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tebiki.history.render import shorten
from tebiki.history.word_diff import Segment, word_diff
from tebiki.model.handbook import Handbook, WordDiffs
from tebiki.model.message import Message
from tebiki.model.translation_units import translation_states, translation_units, unit_texts
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError
from tebiki.reading.load import load
from tebiki.upkeep.confirm_translations import RECORD

Texts = Mapping[str, str]  # the texts of a translation unit by path


@dataclass(frozen=True)
class TranslationChange:
    """The changes of the original of a translation unit.

    Attributes:
        words: Path and word diff of each text that changed.
        unknown: The reason if the changes are not known; otherwise empty.
    """

    words: WordDiffs = ()
    unknown: Message | str = ""


def translation_changes(
    handbook: Handbook, root: Path, stale: list[str], language: str
) -> dict[str, TranslationChange]:
    """Compare the originals of stale translations with the originals that were translated.

    Args:
        handbook: The handbook.
        root: The folder of the handbook, in a git repository.
        stale: The ids of the translation units.
        language: The language of the translations.

    Returns:
        The changes by id of the unit.
    """
    current = {unit_id: dict(texts) for unit_id, texts, _at in unit_texts(handbook, handbook.languages[0])}
    changes: dict[str, TranslationChange] = {}
    history: _History | None = None
    for unit_id in stale:
        fingerprint = handbook.translations.get(unit_id, {}).get(language)
        if fingerprint is None:
            changes[unit_id] = TranslationChange(unknown=Message("upkeep.texts.never-confirmed"))
            continue
        try:
            history = history or _History(root)
            translated = history.texts(unit_id, fingerprint)
        except GitError as error:
            changes[unit_id] = TranslationChange(unknown=error.message)
            continue
        changes[unit_id] = TranslationChange(tuple(_word_diffs(translated, current[unit_id])))
    return changes


def original_changes(handbook: Handbook, root: Path) -> dict[str, WordDiffs]:
    """Return what has changed in the originals of stale translations, as far as the history of git knows it.

    Args:
        handbook: The handbook.
        root: The folder of the handbook, in a git repository.

    Returns:
        "LANGUAGE/ID" → the path of each text that changed with its word diff, in which equal text is shortened.
    """
    return {
        key: tuple((path, tuple(shorten(segments))) for path, segments in change.words)
        for key, change in changes_of_stale(handbook, root).items()
        if change.words
    }


def changes_of_stale(handbook: Handbook, root: Path) -> dict[str, TranslationChange]:
    """Return the changes for every stale translation of the handbook in the folder ``root``, by "LANGUAGE/ID"."""
    changes: dict[str, TranslationChange] = {}
    for language in handbook.languages[1:]:
        states = translation_states(handbook, language)
        stale = [unit for unit, state in states.items() if state == "stale"]
        of_language = translation_changes(handbook, root, stale, language)
        changes |= {f"{language}/{unit}": change for unit, change in of_language.items()}
    return changes


def _word_diffs(old: Texts, new: Texts) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    for path in dict.fromkeys([*old, *new]):
        before, after = old.get(path, ""), new.get(path, "")
        if before != after:
            yield path, tuple(word_diff(before, after))


class _History:
    """The originals in the history of git, read once for each commit."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._repository = Repository(root)
        self._read: dict[str, dict[str, tuple[str, Texts]]] = {}

    def texts(self, unit_id: str, fingerprint: str) -> Texts:
        """Return the texts of a unit.

        Args:
            unit_id: The id of the unit.
            fingerprint: The fingerprint of the texts.

        Raises:
            GitError: No commit has texts with this fingerprint.
        """
        for commit in self._candidates(fingerprint):
            unit = self._units_at(commit).get(unit_id)
            if unit and unit[0] == fingerprint:
                return unit[1]
        hint = (
            Message("upkeep.texts.shallow")
            if self._repository.shallow
            else Message("upkeep.texts.not-committed")
        )
        raise GitError(Message("upkeep.texts.not-in-history", hint=hint))

    def _candidates(self, fingerprint: str) -> Iterator[str]:
        # what has been read costs nothing, and many translations are confirmed in one commit
        yield from list(self._read)
        # the last commit mostly still has them, otherwise the commit that recorded the fingerprint
        yield "HEAD"
        yield from self._repository.commits_changing(fingerprint, RECORD)

    def _units_at(self, commit: str) -> dict[str, tuple[str, Texts]]:
        if commit not in self._read:
            with self._repository.tree_at(commit) as folder:
                # the parts that can be read are enough
                handbook, _diagnostics = load(folder, base=self._root)
            fingerprints = {unit.id: unit.fingerprint for unit in translation_units(handbook)}
            texts = unit_texts(handbook, handbook.languages[0]) if handbook.languages else ()
            self._read[commit] = {
                unit_id: (fingerprints[unit_id], dict(pairs)) for unit_id, pairs, _place in texts
            }
        return self._read[commit]
