"""The configuration of Sveltia CMS for a handbook (https://sveltiacms.app/), as Decap CMS reads it too.

Its schema comes with the package ``@sveltia/cms``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tebiki.editor.fields import Choices, FieldMaker
from tebiki.locales import words
from tebiki.locales.reference import localized_schema
from tebiki.model.content_file import FILES_FOLDER
from tebiki.model.handbook import Handbook

#: The name of the collections of pages, before their folder.
PAGES = "pages"
_CHECKLISTS = "checklists"
_CONTENT = "content"
_HANDBOOK = "handbook"
#: Key of a schema → the list of the handbook's own file that its values are in.
_LISTS = {"owner": "owners", "audience": "audiences", "area": "areas", "comparison": "comparisons"}
#: Key of a schema → the kind of the items that it names.
_REFERENCES = {
    "source": "source", "supersedes": "source", "actor": "role", "actors": "role", "declared_by": "role",
    "measures": "measure",
}  # fmt: skip


def configuration(handbook: Handbook) -> dict[str, Any]:
    """Return the configuration of the editor.

    Args:
        handbook: A handbook without errors, with ``editor`` in its own file.
    """
    return _Configuration(handbook).make()


def backend(editor: Mapping[str, str]) -> dict[str, Any]:
    """Return where the editor reads and writes the files: a host of repositories, signed in to with a token."""
    roots = {"github": "/api/v3", "gitlab": "/api/v4"}
    address = editor.get("address", "").rstrip("/")
    return {
        "name": editor["host"],
        "repo": editor["repository"],
        "branch": editor["branch"],
        **({"api_root": address + roots[editor["host"]]} if address else {}),
        "auth_methods": ["token"],
    }


class _Configuration:
    """Makes the configuration for one handbook."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._language = handbook.languages[0]
        self._words = words(self._language, "editor")
        self._files = _files_by_kind(handbook)
        names = {entry["code"]: entry["name"] for entry in handbook.data["languages"]}
        self._fields = FieldMaker(names, self._choices(), self._schema, self._words)

    def _schema(self, name: str) -> dict[str, Any]:
        return localized_schema(name, self._language)

    def make(self) -> dict[str, Any]:
        return {
            "backend": backend(self._handbook.data["editor"]),
            "publish_mode": "editorial_workflow",
            "media_folder": f"{_CONTENT}/{FILES_FOLDER}",
            "public_folder": f"/{FILES_FOLDER}",
            "show_preview_links": False,
            "editor": {"preview": False},
            "slug": {"encoding": "ascii"},
            "i18n": {
                "structure": "multiple_files",
                "locales": list(self._handbook.languages),
                "default_locale": self._language,
            },
            "output": {"omit_empty_optional_fields": True},
            "collections": [*self._pages(), *self._items(), *self._checklists(), *self._own_file()],
        }

    def _pages(self) -> Iterator[dict[str, Any]]:
        """A collection for each folder of pages: an editor shows the files of one folder, not of those in it."""
        folders: dict[str, list[Any]] = {}
        for page in self._handbook.pages:
            place = page.body_at.get(self._language)
            if place and not place.upstream:
                folders.setdefault(posixpath.dirname(page.path), []).append(page.head.data)
        translated = self._schema("page-translation")["properties"]
        for folder, heads in sorted(folders.items()):
            fields = self._fields.fields("page", heads)
            body = {"name": "body", "label": self._words["body"], "widget": "text", "required": False}
            yield {
                "name": collection_name(PAGES, folder),
                "label": posixpath.join(self._words["pages"], folder),
                "folder": posixpath.join(_CONTENT, PAGES, folder).rstrip("/"),
                "create": True,
                "extension": "md",
                "format": "yaml-frontmatter",
                "slug": "{{id}}",
                "i18n": True,
                "fields": [
                    *({**field, "i18n": field["name"] in translated} for field in fields),
                    {**body, "i18n": True},
                ],
            }

    def _items(self) -> Iterator[dict[str, Any]]:
        """A collection for each kind of entries and folder with files of it."""
        for (kind, folder), files in self._files.items():
            schema = self._schema(kind)
            title = schema["title"]
            yield {
                "name": self._collection(kind, folder),
                "label": title if self._is_only_folder(kind) else f"{title} ({folder})",
                "description": schema["description"],
                "folder": folder,
                "create": False,
                "delete": False,
                "extension": "yml",
                "format": "yaml",
                "identifier_field": "kind",
                "slug": "{{kind}}",
                "summary": "{{slug}}",
                "filter": {"field": "kind", "value": kind},
                "fields": self._fields.fields(kind, list(files.values())),
            }

    def _checklists(self) -> Iterator[dict[str, Any]]:
        """The present version of each checklist: earlier ones stay as they were published."""
        checklists = [
            checklist for checklist in self._handbook.current_checklists if not checklist.head.at.upstream
        ]
        schema = self._schema("checklist")
        if checklists:
            yield {
                "name": _CHECKLISTS,
                "label": schema["title"],
                "description": schema["description"],
                "files": [
                    {
                        "name": checklist.id,
                        "label": checklist.head.data["title"][self._language],
                        "file": checklist.head.at.file,
                        "format": "yaml",
                        "fields": self._fields.fields("checklist", [checklist.head.data]),
                    }
                    for checklist in checklists
                ],
            }

    def _own_file(self) -> Iterator[dict[str, Any]]:
        """The handbook's own file; that of an institution's handbook is ``overlay.yml``, which is no content."""
        if not self._handbook.overlay:
            schema = self._schema(_HANDBOOK)
            file = {
                "name": _HANDBOOK,
                "label": schema["title"],
                "file": self._handbook.at.file,
                "format": "yaml",
                "fields": self._fields.fields(_HANDBOOK, [self._handbook.data]),
            }
            yield {
                "name": _HANDBOOK,
                "label": schema["title"],
                "description": schema["description"],
                "files": [file],
            }

    def _choices(self) -> dict[str, Choices]:
        data = self._handbook.data
        choices = {
            key: Choices(options=[(entry["id"], entry["title"][self._language]) for entry in data[name]])
            for key, name in _LISTS.items()
            if data.get(name)
        }
        plain: Mapping[str, Iterable[str]] = {
            "status": self._handbook.statuses,
            "document": self._handbook.document_kinds,
            "answer_set": (answer_set.id for answer_set in self._handbook.answer_sets),
            "quoted": self._handbook.languages,
        }
        choices.update({key: Choices([(value, value) for value in values]) for key, values in plain.items()})
        for key, kind in _REFERENCES.items():
            if self._is_only_folder(kind):
                (folder,) = (folder for other, folder in self._files if other == kind)
                label = f"items.*.title.{self._language}"
                choices[key] = Choices((), self._collection(kind, folder), "items.*.id", (label,))
        return choices

    def _is_only_folder(self, kind: str) -> bool:
        return sum(other == kind for other, _folder in self._files) == 1

    def _collection(self, kind: str, folder: str) -> str:
        return kind if self._is_only_folder(kind) else collection_name(kind, folder)


def _files_by_kind(handbook: Handbook) -> dict[tuple[str, str], dict[str, Any]]:
    """Kind and folder → file → its data, of the handbook's own files with entries."""
    files: dict[tuple[str, str], dict[str, Any]] = {}
    for item in handbook.items:
        if not item.at.upstream:
            folder = files.setdefault((item.kind, posixpath.dirname(item.at.file)), {})
            folder.setdefault(item.at.file, {"kind": item.kind, "items": []})["items"].append(item.data)
    for answer_set in handbook.answer_sets:
        if not answer_set.at.upstream:
            folder = files.setdefault(("answer-set", posixpath.dirname(answer_set.at.file)), {})
            folder[answer_set.at.file] = answer_set.data
    return dict(sorted(files.items()))


def collection_name(name: str, folder: str) -> str:
    """Return the name of the collection of the files in ``folder``, which the addresses of the editor hold."""
    return "--".join((name, *folder.split("/"))) if folder else name
