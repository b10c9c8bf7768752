"""Three checklists with the size and the structure of lists of others, and none of their texts.

``standard`` is like OWASP ASVS: 345 requirements in 80 sections of 17 chapters, with three levels, one section at a time. ``badge`` is like
the OpenSSF Best Practices badge: 145 criteria, of which some must and some should be met, and many ask for a web
address. ``impact`` is like Canada's Algorithmic Impact Assessment: 295 questions of all kinds, 200 of them with
conditions, and results that follow from the answers.
"""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from tebiki.model.handbook import Handbook
from tebiki.model.positions import YamlList, YamlMap
from tebiki.reading.build_model import build_answer_set, build_checklist
from tebiki.reading.load import load
from tebiki.reading.loaded_files import LoadedEntry
from tebiki.reading.validation import validate
from tebiki.reading.yaml_reader import Document
from tebiki.upkeep.confirm_translations import confirm
from tebiki.writing.yaml_form import yaml_text

Data = dict[str, Any]

SOURCE = {"source": "doc-notice-2026", "place": "9ページ"}
ANSWER_SETS: dict[str, dict[str, str]] = {
    "foreign-met": {
        "met": "positive",
        "unmet": "negative",
        "not-known": "open",
        "not-applicable": "excluded",
    },
    "foreign-yes": {"yes": "positive", "no": "negative"},
    "foreign-kinds": {
        "health": "positive",
        "finance": "positive",
        "housing": "partial",
        "neither": "negative",
    },
}
#: Name → number of questions, sections and conditions.
SIZES = {"standard": (345, 80, 0), "badge": (145, 18, 0), "impact": (295, 13, 200)}


def both(text: str) -> dict[str, str]:
    """The same text in both languages."""
    return {"ja": text, "en": text}


def foreign_lists() -> dict[str, Data]:
    """The data of the first version of each list, by its name."""
    return {"standard": _standard(), "badge": _badge(), "impact": _impact()}


def next_version(first: Data) -> Data:
    """The second version of a list: questions with another meaning, retired, moved, split and new ones."""
    second = copy.deepcopy(first)
    second["version"] = "2.0.0"
    questions = [item for section in second["sections"] for item in section["items"] if "note" not in item]
    decisive = {comparison["item"] for item in questions for comparison in _comparisons(item.get("when", {}))}
    for number, item in enumerate(questions):
        if number % 7 == 0:
            item["rev"] += 1
            item["question"] = both(f"{item['question']['en']} Put in other words that mean more.")
        elif number % 11 == 0 and item["id"] not in decisive:
            item["status"] = "retired"
    last, before = second["sections"][-1]["items"], second["sections"][-2]["items"]
    split = next(
        item for item in reversed(questions) if item["id"] not in decisive and item.get("status") != "retired"
    )
    split["status"] = "retired"
    for half in ("a", "b"):
        part = {key: value for key, value in split.items() if key not in ("status", "number")}
        last.append({**part, "id": f"{split['id']}-{half}", "rev": 2, "replaces": [split["id"]]})
    last.append({"id": "new-in-2", "rev": 1, "question": both("New?"), "sources": [SOURCE]})
    before.append(last.pop(-1))
    return second


def answer_sets() -> list[Data]:
    """The data of the answer sets that the lists use."""
    return [
        {
            "kind": "answer-set",
            "id": name,
            "answers": [{"id": id_, "title": both(id_), "role": role} for id_, role in roles.items()],
        }
        for name, roles in ANSWER_SETS.items()
    ]


def with_foreign_lists(handbook: Handbook) -> Handbook:
    """The handbook with both versions of each list, as if they were read from files."""
    checklists = [data for first in foreign_lists().values() for data in (first, next_version(first))]
    sets = [build_answer_set(_entry("answer-set", data, data["id"])) for data in answer_sets()]
    lists = [
        build_checklist(_entry("checklist", data, f"{data['id']}/{data['version']}")) for data in checklists
    ]
    return replace(
        handbook, checklists=(*handbook.checklists, *lists), answer_sets=(*handbook.answer_sets, *sets)
    )


def _entry(kind: str, data: Data, name: str) -> LoadedEntry:
    document = Document(f"checklists/{name}.yml", _placed(data), (1, 1), marked=data)
    assert [problem for _path, problem in validate(document, kind)] == []
    return LoadedEntry(kind, document, ())


def _placed(data: Any) -> Any:
    """The data as the loader gives it, all of it at the beginning of the file."""
    if isinstance(data, dict):
        mapping = YamlMap()
        mapping.update((key, _placed(value)) for key, value in data.items())
        mapping.positions = dict.fromkeys(data, (1, 1))
        return mapping
    if isinstance(data, list):
        values = YamlList()
        values.extend(map(_placed, data))
        values.positions = [(1, 1)] * len(data)
        return values
    return data


def write_foreign_lists(root: Path, versions: int = 2) -> None:
    """Write the lists, with a page for each, into the copy of the example handbook in ``root``."""
    for data in answer_sets():
        _write(root / f"checklists/answer-sets/{data['id']}.yml", data, "answer-set")
    navigation = root / "mkdocs.yml"
    lines = navigation.read_text(encoding="utf-8").split("\n")
    place = next(index for index, line in enumerate(lines) if "about/visitor-check.md" in line)
    entry = lines[place]
    for name, first in foreign_lists().items():
        for data in (first, next_version(first))[:versions]:
            _write(root / f"checklists/{name}/{data['version']}.yml", data, "checklist")
        lines.insert(place, entry.replace("visitor-check", name))
        for language in ("ja", "en"):
            head = f"title: {name}\ndescription: {name}.\n"
            if language == "ja":
                head = f"id: {name}-page\n{head}audience: [visitor]\neditorial: Holds the form.\n"
            page = root / f"content/pages/about/{name}.{language}.md"
            page.write_text(f"---\n{head}---\n\n![[checklist {name}]]\n", encoding="utf-8")
    navigation.write_text("\n".join(lines), encoding="utf-8")
    confirm(load(root)[0], root, (), everything=True)


def _write(file: Path, data: Data, kind: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml_text(data, kind), encoding="utf-8")


def _checklist(name: str, sections: list[Data], **more: Any) -> Data:
    head = {
        "kind": "checklist",
        "id": name,
        "version": "1.0.0",
        "title": both(name),
        "text": both(f"Like {name}."),
    }
    rest = {"audience": "visitor", "minutes": 240, "answer_set": "foreign-met", "sources": [SOURCE]}
    return {**head, **rest, **more, "sections": sections}


def _question(name: str, number: str, **more: Any) -> Data:
    question = {
        "id": name,
        "rev": 1,
        "number": number,
        "question": both(f"Is requirement {number} fulfilled?"),
    }
    return {**question, **more, "sources": [SOURCE]}


def _level(name: str) -> Data:
    return {"id": name, "title": both(name), "text": both(f"What {name} means.")}


def _standard() -> Data:
    sections: list[Data] = []
    for index in range(80):
        chapter, part = index % 17 + 1, index // 17 + 1
        size = 5 if index < 25 else 4
        items = [
            _question(
                f"v{chapter}-{part}-{number}",
                f"{chapter}.{part}.{number}",
                level=f"L{1 + (index + number) % 3}",
                help=both(f"Requirement {chapter}.{part}.{number} in detail."),
            )
            for number in range(1, size + 1)
        ]
        title = both(f"Chapter {chapter}, section {part}")
        group = both(f"Chapter {chapter}")
        sections.append({"id": f"v{chapter}-{part}", "title": title, "group": group, "items": items})
    sections.sort(key=lambda section: int(section["id"][1:].partition("-")[0]))
    return _checklist(
        "standard", sections, paging="sections", levels=[_level(name) for name in ("L1", "L2", "L3")]
    )


def _badge() -> Data:
    levels = ("must", "should", "suggested")
    sections: list[Data] = []
    for index in range(18):
        items: list[Data] = []
        for number in range(1, 9 + (index == 0)):
            name, level = f"{index + 1}-{number}", levels[(index + number) % 3]
            if number % 8 == 0:
                answer = {"type": "text", "format": "url", "answer_set": "foreign-met"}
                items.append(_question(f"b{name}", name, level=level, answer=answer, required=True))
            else:
                evidence = {"wanted": "required", "for": ["met"], "examples": [both("A web address")]}
                items.append(
                    _question(f"b{name}", name, level=level, required=level == "must", evidence=evidence)
                )
        if index % 6 == 0:
            items.insert(
                0, {"id": f"b{index + 1}-note", "note": both("What follows asks for web addresses.")}
            )
        sections.append({"id": f"b{index + 1}", "title": both(f"Group {index + 1}"), "items": items})
    return _checklist("badge", sections, levels=[_level(name) for name in levels])


def _impact() -> Data:
    chance = random.Random(2026)
    kinds: list[Data | None] = [
        None,
        {"type": "choice", "answer_set": "foreign-yes"},
        {"type": "choices", "answer_set": "foreign-kinds"},
        {"type": "number", "minimum": 0},
        {"type": "long-text"},
    ]
    sections: list[Data] = []
    asked: list[tuple[str, Data | None]] = []
    for number in range(295):
        if number % 23 == 0:
            sections.append(
                {"id": f"i{len(sections) + 1}", "title": both(f"Part {len(sections) + 1}"), "items": []}
            )
        spec = kinds[number % 5]
        question = _question(f"i-{number + 1}", str(number + 1), help=both(f"About point {number + 1}."))
        if spec:
            question["answer"] = spec
        if number >= 95:
            question["when"] = _condition(asked, chance)
        asked.append((question["id"], spec))
        sections[-1]["items"].append(question)
    results = [
        {"id": f"level-{number}", "title": both(f"Measures of level {number} apply"), "when": _condition(asked, chance), "sources": [SOURCE]}
        for number in range(1, 5)
    ]  # fmt: skip
    return _checklist("impact", sections, results=results)


def _condition(asked: list[tuple[str, Data | None]], chance: random.Random) -> Data:
    parts = [_comparison(*chance.choice(asked[:95])) for _part in range(chance.choice((1, 1, 2, 3)))]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return {chance.choice(("all", "any")): parts}
    return {"all": [{"any": parts[:2]}, parts[2]]}


def _comparison(name: str, spec: Data | None) -> Data:
    match spec and spec["type"]:
        case "number":
            return {"item": name, "at_least": 3}
        case "long-text":
            return {"item": name, "answered": True}
        case "choices":
            return {"item": name, "is": ["health", "housing"]}
        case "choice":
            return {"item": name, "is": ["yes"]}
    return {"item": name, "is_not": ["unmet"]}


def _comparisons(condition: Data) -> list[Data]:
    if not condition:
        return []
    parts = condition.get("all") or condition.get("any")
    return [inner for part in parts for inner in _comparisons(part)] if parts else [condition]
