"""The same questions as a form of this handbook and as a SurveyJS survey, with the same answers in both."""

from __future__ import annotations

import itertools
import json
import shutil
import uuid
from pathlib import Path

import yaml
from tebiki.reading.load import load
from tebiki.results.checklist_version import checklist_version
from tebiki.results.record import build_record, serialize
from tebiki.upkeep.confirm_translations import confirm

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests/examples/valid/minimal"
SURVEY = ROOT / "bench/forms/survey.js"
CHOICES = {"done": "Yes", "partly": "Partly", "not-done": "No", "not-known": "Don't know"}
SOURCE = {"source": "doc-notice-2026", "place": "9ページ"}
#: Number of questions → number of sections, where these are not sections of ten: the size of OWASP ASVS.
SECTIONS = {345: 80}
# Every fifth question is asked only when the one before it has this answer.
LEADS_ON = "done"


def handbook_with_forms(target: Path, sizes: tuple[int, ...]) -> None:
    """The example handbook in the new folder ``target``, with one checklist of each size and its page."""
    shutil.copytree(EXAMPLE, target)
    config = yaml.safe_load((target / "mkdocs.yml").read_text(encoding="utf-8"))
    section = next(entry["about"] for entry in config["nav"] if isinstance(entry, dict) and "about" in entry)
    answers = [
        {"id": name, "title": _both(title), "role": role}
        for (name, title), role in zip(
            CHOICES.items(), ("positive", "partial", "negative", "open"), strict=True
        )
    ]
    _write(
        target / "checklists/answer-sets/bench.yml", {"kind": "answer-set", "id": "bench", "answers": answers}
    )
    for size in sizes:
        _write(target / f"checklists/bench-{size}/1.0.0.yml", _checklist(size))
        section.append(f"about/bench-{size}.md")
        for language in ("ja", "en"):
            page = target / f"content/pages/about/bench-{size}.{language}.md"
            head = {"title": f"{size} questions", "description": f"{size} questions."}
            if language == "ja":
                head = {"id": f"page-bench-{size}", **head, "audience": ["visitor"], "sources": [SOURCE]}
            text = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
            page.write_text(f"---\n{text}---\n\n![[checklist bench-{size}]]\n", encoding="utf-8")
    _write(target / "mkdocs.yml", config)
    handbook, _problems = load(target)
    confirm(handbook, target, (), everything=True)


def result_file(root: Path, size: int) -> bytes:
    """A result file with the answers of ``answers_of`` to the checklist of that size."""
    handbook, _problems = load(root)
    checklist = next(checklist for checklist in handbook.checklists if checklist.id == f"bench-{size}")
    form = checklist_version(handbook, checklist)
    empty = {"note": "", "evidence": "", "justification": ""}
    answers = {name: {"rev": 1, "value": value, **empty} for name, value in answers_of(size).items()}
    draft = {
        "id": str(uuid.UUID(int=size, version=4)),
        "checklist": {"id": checklist.id, "version": checklist.version, "digest": form.digest},
        "handbook": {"id": handbook.data["id"], "version": handbook.data["version"]},
        "subject": {"label": ""},
        "language": "en",
        "created": "2026-04-01T00:00:00.000Z",
        "updated": "2026-04-01T00:00:00.000Z",
        "answers": answers,
        "orphans": {},
        "actions": [],
    }
    return serialize(build_record(draft, form))


def answers_of(size: int) -> dict[str, str]:
    """Question → answer: four of five are answered."""
    names = list(CHOICES)
    return {f"q{number}": names[number % 3] for number in range(size) if number % 5 != 3}


def sections_of(size: int) -> list[range]:
    """The numbers of the questions of each section; no two sections differ by more than one."""
    count = SECTIONS.get(size, size // 10)
    bounds = [size * index // count for index in range(count + 1)]
    return [range(first, end) for first, end in itertools.pairwise(bounds)]


def bare_pages(folder: Path, size: int) -> None:
    """The form of a built page in ``folder`` without Material's page around it: ``bare`` as it is, ``plain`` without its script."""
    page = (folder / f"bench-{size}.html").read_text(encoding="utf-8")
    styles = "".join(
        f'<link rel="stylesheet" href="../assets/bundles/{name}.css">' for name in ("site", "form")
    )
    form = page[page.index('<div class="tf-checklist"') : page.index("</tebiki-checklist>")]
    start = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>{size} questions</title>{styles}
        <body data-md-color-scheme="default"><article class="md-content__inner md-typeset">{form}</article>"""
    script = '<script src="../assets/bundles/checklist.js"></script>'  # at the end, as in the built page
    (folder / f"bare-{size}.html").write_text(start + script, encoding="utf-8")
    (folder / f"plain-{size}.html").write_text(start, encoding="utf-8")


def survey_page(folder: Path, size: int) -> None:
    """The page of the survey in ``folder``, beside its scripts."""
    pages = [
        {
            "type": "panel",
            "name": f"s{numbers[0]}",
            "title": f"Section {index}",
            "elements": [part for number in numbers for part in _question(number)],
        }
        for index, numbers in enumerate(sections_of(size), 1)
    ]
    model = {
        "elements": pages,
        "showProgressBar": True,
        "progressBarType": "questions",
        "showQuestionNumbers": True,
        "textUpdateMode": "onTyping",  # as our form does, so that what was typed is not lost with the tab
    }
    script = SURVEY.read_text(encoding="utf-8")
    call = f"showSurvey({json.dumps(model)}, {json.dumps(answers_of(size))});"
    page = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>{size} questions</title>
      <link rel="stylesheet" href="survey-core.min.css"><script src="survey.core.min.js"></script>
      <script src="survey-js-ui.min.js"></script><body><div id="survey"></div><script>{script}{call}</script>"""
    (folder / f"{size}.html").write_text(page, encoding="utf-8")


def _question(number: int) -> list[dict[str, object]]:
    """The elements that hold what one of our questions holds: answer, note and evidence."""
    choices = [{"value": name, "text": title} for name, title in CHOICES.items()]
    question: dict[str, object] = {
        "type": "radiogroup",
        "name": f"q{number}",
        "title": _title(number),
        "description": _help(number),
        "choices": choices,
        "showCommentArea": True,
        "commentText": "Note",
    }
    evidence: dict[str, object] = {
        "type": "comment",
        "name": f"q{number}-evidence",
        "title": "Evidence (optional)",
        "description": "Name the document, or where it is kept.",
        "rows": 1,
    }
    if number % 5 == 4:
        question["visibleIf"] = evidence["visibleIf"] = f"{{q{number - 1}}} = '{LEADS_ON}'"
    return [question, evidence]


def _checklist(size: int) -> dict[str, object]:
    def item(number: int) -> dict[str, object]:
        when = {"when": {"item": f"q{number - 1}", "is": [LEADS_ON]}} if number % 5 == 4 else {}
        return {
            "id": f"q{number}",
            "rev": 1,
            "number": str(number + 1),
            "question": _both(_title(number)),
            "help": _both(_help(number)),
            "evidence": {"wanted": "none"},
            "na": {"allowed": False},
            "sources": [SOURCE],
            **when,
        }

    return {
        "kind": "checklist",
        "id": f"bench-{size}",
        "version": "1.0.0",
        "title": _both(f"{size} questions"),
        "text": _both("Questions to measure with."),
        "audience": "visitor",
        "minutes": 3,
        "answer_set": "bench",
        "sources": [SOURCE],
        "sections": [
            {
                "id": f"s{numbers[0]}",
                "title": _both(f"Section {index}"),
                "items": [item(number) for number in numbers],
            }
            for index, numbers in enumerate(sections_of(size), 1)
        ],
    }


def _title(number: int) -> str:
    return f"Is what belongs to point {number + 1} done, and does everybody know of it?"


def _help(number: int) -> str:
    return f"Point {number + 1} is done when somebody has looked at it this year."


def _both(text: str) -> dict[str, str]:
    return {"ja": text, "en": text}


def _write(file: Path, data: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")  # JSON is YAML
