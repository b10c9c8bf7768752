"""Hypothesis strategies for edits of the example handbook after which it can still be read."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

CHECKLIST = "checklists/visitor-check/1.0.0.yml"
ANSWERS = "checklists/answer-sets/done-or-not.yml"
_FILES = ("terms", "sources", "roles", "countries", "procedures", "surveys", "principles")

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Cs", "Zl", "Zp")), min_size=1, max_size=12
)
texts = words.map(lambda text: f"文{text}。")
Edit = Callable[[Path], None]


def read(root: Path, file: str) -> Any:
    text = (root / file).read_text(encoding="utf-8")
    return json.loads(text) if text.startswith("{") else yaml.load(text, Loader=_AsWords)


def write(root: Path, file: str, data: Any) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    # JSON is valid YAML and much faster to write
    (root / file).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


class _AsWords(yaml.SafeLoader):
    """Reads dates as strings, as the handbook does."""


_AsWords.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
    for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Draw one edit: a function that changes the handbook in a folder."""
    return draw(
        st.one_of(
            _texts(), _items(), _pages(), _site(), checklist_edits().map(lambda pair: pair[1]),
            st.just(_new_version), st.just(_retire),
        )
    )  # fmt: skip


@st.composite
def _texts(draw: st.DrawFn) -> Edit:
    name, language, text = draw(st.sampled_from(_FILES)), draw(st.sampled_from(["ja", "en"])), draw(texts)
    which, key = draw(st.integers(0, 5)), draw(st.sampled_from(["title", "text"]))

    def edit(root: Path) -> None:
        data = read(root, f"content/{name}.yml")
        data["items"][which % len(data["items"])][key][language] = text
        write(root, f"content/{name}.yml", data)

    return edit


@st.composite
def _items(draw: st.DrawFn) -> Edit:
    """Add, remove, move or re-source an item."""
    name, what = (
        draw(st.sampled_from(_FILES)),
        draw(st.sampled_from(["add", "remove", "sources", "first", "away"])),
    )
    which, number = draw(st.integers(0, 5)), draw(st.integers(1, 99))

    def edit(root: Path) -> None:
        data = read(root, f"content/{name}.yml")
        items = data["items"]
        item = items[which % len(items)]
        if what == "add":
            new = copy.deepcopy(item)
            new["id"] = f"{name}-new-{number}"
            for key in ("definitions", "points", "steps", "duties", "questions"):
                for index, part in enumerate(new.get(key, ())):
                    part["id"] = f"{new['id']}-{index}"
            if all(other["id"] != new["id"] for other in items):
                items.insert(number % (len(items) + 1), new)
        elif what == "sources":
            item["sources"] = [
                {"source": "doc-ordinance", "place": f"第{article}条"} for article in range(1, number % 4 + 2)
            ]
        elif what == "first":
            items.remove(item)
            items.insert(0, item)
        elif len(items) > 1:
            items.remove(item)
            if what == "away":
                other = f"content/{name}-more-{number}.yml"
                others = read(root, other) if (root / other).exists() else {"kind": data["kind"], "items": []}
                others["items"].append(item)
                write(root, other, others)
        write(root, f"content/{name}.yml", data)

    return edit


@st.composite
def _pages(draw: st.DrawFn) -> Edit:
    what, text = draw(st.sampled_from(["body", "title", "move", "translation"])), draw(texts)

    def edit(root: Path) -> None:
        pages = root / "content/pages"
        page = pages / "rules/terms.ja.md"
        if not page.exists():
            page = pages / "elsewhere/terms.ja.md"
        if what == "move":
            (pages / "elsewhere").mkdir(exist_ok=True)
            for file in sorted(page.parent.glob("terms.*.md")):
                file.rename(pages / "elsewhere" / file.name)
        elif what == "translation":
            page.with_name("terms.en.md").unlink(missing_ok=True)
        elif what == "title":
            page.write_text(
                page.read_text(encoding="utf-8").replace("title: 用語", "title: ことば"), encoding="utf-8"
            )
        else:
            with page.open("a", encoding="utf-8") as stream:
                stream.write(f"\n{text}\n")

    return edit


@st.composite
def _site(draw: st.DrawFn) -> Edit:
    what, text = draw(st.sampled_from(["mkdocs", "handbook", "omissions", "translations"])), draw(words)

    def edit(root: Path) -> None:
        if what == "mkdocs":
            data = read(root, "mkdocs.yml")
            link = {"icon": "fontawesome/solid/house", "link": "https://www.example.org/", "name": text}
            data["extra"] = {"social": [link]}
            write(root, "mkdocs.yml", data)
        elif what == "translations":
            data = read(root, "content/translations.yml")
            data["units"].pop(next(iter(data["units"])))
            write(root, "content/translations.yml", data)
        elif what == "omissions":
            data = read(root, "content/omissions.yml")
            data["omissions"][f"left-out-{len(text)}"] = f"a reason of its own: {text}"
            write(root, "content/omissions.yml", data)
        else:
            data = read(root, "content/handbook.yml")
            data["publisher"]["en"] = f"The {text} Library"
            data["audiences"].reverse()
            write(root, "content/handbook.yml", data)

    return edit


def _new_version(root: Path) -> None:
    data = read(root, CHECKLIST)
    data["version"] = "1.1.0"
    write(root, "checklists/visitor-check/1.1.0.yml", data)


def _retire(root: Path) -> None:
    if not (root / "content/events.yml").exists():
        return
    data = read(root, "content/events.yml")
    gone = data["items"].pop()
    if not data["items"]:
        (root / "content/events.yml").unlink()
    else:
        write(root, "content/events.yml", data)
    entry = {"kind": "event", "title": gone["title"], "since": "1.3.0", "successors": []}
    write(root, "content/retired.yml", {"kind": "retired", "retired": {gone["id"]: entry}})


def _question(data: Any, which: int) -> Any:
    questions = [item for section in data["sections"] for item in section["items"]]
    return questions[which % len(questions)]


def _changed_question(which: int, change: Callable[[Any], None]) -> Edit:
    def edit(root: Path) -> None:
        data = read(root, CHECKLIST)
        change(_question(data, which))
        write(root, CHECKLIST, data)

    return edit


def _independent_edits(text: str, which: int) -> dict[str, Edit]:
    """Edits of the checklist by name; none of them touches what another changes."""

    def changed(change: Callable[[Any], None]) -> Edit:
        def edit(root: Path) -> None:
            data = read(root, CHECKLIST)
            change(data)
            write(root, CHECKLIST, data)

        return edit

    def answers(root: Path) -> None:
        data = read(root, ANSWERS)
        data["answers"].append({"id": "later", "role": "negative", "title": {"ja": text, "en": text}})
        write(root, ANSWERS, data)

    def new_question(data: Any) -> None:
        new = copy.deepcopy(_question(data, 0)) | {"id": "brand-new", "number": "9"}
        data["sections"][which % 2]["items"].append(new)

    return {
        "title": changed(lambda data: data["title"].update(ja=text)),
        "minutes": changed(lambda data: data.update(minutes=99)),
        "audience": changed(lambda data: data.update(audience="staff")),
        "section": changed(lambda data: data["sections"].append(
            {"id": "more", "title": {"ja": text, "en": text}, "items": [
                copy.deepcopy(_question(data, 0)) | {"id": "in-new-section", "number": "8"}]})),
        "new question": changed(new_question),
        "order": changed(lambda data: data["sections"].reverse()),
        "question": _changed_question(which, lambda question: question["question"].update(ja=text)),
        "comma": _changed_question(which, lambda question: question["help"].update(ja=question["help"]["ja"] + "、")),
        "translation": _changed_question(which, lambda question: question["question"].update(en=text)),
        "rev": _changed_question(which, lambda question: question.update(rev=question["rev"] + 1)),
        "criteria": _changed_question(which, lambda question: question.update(criteria=[{"ja": text, "en": text}] * 2)),
        "na": _changed_question(which, lambda question: question["na"].update(allowed=not question["na"]["allowed"])),
        "evidence": _changed_question(which, lambda question: question["evidence"].update(
            wanted="none" if question["evidence"]["wanted"] == "required" else "required")),
        "when": _changed_question(2, lambda question: question.update(when={"item": "has-card", "is": ["done"]})),
        "office": _changed_question(which, lambda question: question.update(office={"ja": text, "en": text})),
        "sources": _changed_question(which, lambda question: question["sources"].append(
            {"source": "doc-ordinance", "place": text})),
        "retire": _changed_question(2, lambda question: question.update(status="retired")),
        "answers": answers,
    }  # fmt: skip


@st.composite
def checklist_edits(draw: st.DrawFn) -> tuple[str, Edit]:
    """Draw the name of an edit of the checklist and the edit; edits of different names are independent."""
    independent = _independent_edits(draw(texts), draw(st.integers(0, 3)))
    name = draw(st.sampled_from(sorted(independent)))
    return name, independent[name]
