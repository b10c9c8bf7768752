"""Makes a larger handbook: the content of this one several times over, under new ids."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml
from tebiki.model.handbook import Handbook
from tebiki.model.placement import place_items
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep.confirm_translations import confirm

_ONLY_ONCE = ("handbook.yml", "translations.yml", "omissions.yml", "retired.yml")


def repeat(root: Path, target: Path, times: int) -> None:
    """Copy the handbook in ``root`` to ``target`` with its items and pages ``times`` over.

    Checklists stay single: their forms do not grow with the number of pages. The copies' pages
    stand in sections of their own inside the sections of the originals.
    """
    shutil.rmtree(target, ignore_errors=True)
    for folder in ("content", "checklists"):
        shutil.copytree(root / folder, target / folder, symlinks=False)
    config = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    handbook, _problems = load(root)
    head = yaml.safe_load((root / "content/handbook.yml").read_text(encoding="utf-8"))
    nav = config["nav"]
    for number in range(2, times + 1):
        _copy(handbook, root, target, number)
        section = f"copy-{number}"
        head["sections"].append({"id": section, "title": dict.fromkeys(handbook.languages, f"{number}")})
        for entry in config["nav"]:
            if isinstance(entry, dict):
                inside = next(iter(entry.values()))
                pages = [page for page in inside if isinstance(page, str)]
                copies = [f"{section}/{page}" for page in pages if not _stands_once(handbook, page)]
                inside.append({section: copies})
    listed = set(_pages(nav))
    for page in sorted((target / "content/pages").rglob("*.md")):
        name = page.relative_to(target / "content/pages").as_posix()
        if f"{name.rsplit('.', 2)[0]}.md" not in listed:
            page.unlink()
    config["nav"] = nav
    (target / "mkdocs.yml").write_text(
        yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    text = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    (target / "content/handbook.yml").write_text(text, encoding="utf-8")
    larger, problems = load(target)
    confirm(larger, target, (), everything=True)
    larger, problems = load(target)
    problems = [*problems, *check(larger)]
    if problems:
        raise SystemExit(f"the repeated handbook is not in order: {problems[0].line}")


def _pages(nav: list[object]) -> list[str]:
    pages: list[str] = []
    for entry in nav:
        if isinstance(entry, str):
            pages.append(entry)
        elif isinstance(entry, dict):
            pages += _pages(next(iter(entry.values())))
    return pages


def _stands_once(handbook: Handbook, path: str) -> bool:
    page = next(page for page in handbook.pages if f"{page.path}.md" == path)
    return any("![[checklist" in body or "![[report" in body for body in page.body.values())


def _copy(handbook: Handbook, root: Path, target: Path, number: int) -> None:
    placement = place_items(handbook)
    ids = {item.id for item in handbook.items} | {page.id for page in handbook.pages}
    ids |= {part.id for item in handbook.items for part in item.parts}
    forms = {page.id for page in handbook.pages if _stands_once(handbook, f"{page.path}.md")}
    ids -= forms | {"home"}
    # a single word such as "strategy" is an id only where an id is expected
    word = re.compile(r"(?<![a-z0-9-])[a-z0-9]+(?:-[a-z0-9]+)+(?![a-z0-9-])")
    marked = re.compile(r"(?<=id: )[a-z0-9]+$|(?<=\[\[)[a-z0-9]+(?=[\]|])", re.MULTILINE)

    def copied(match: re.Match[str]) -> str:
        return f"{match[0]}-x{number}" if match[0] in ids else match[0]

    def renamed(text: str) -> str:
        text = marked.sub(copied, word.sub(copied, text))
        # areas are listed in the handbook's own file, which is not copied, and may be called like a term
        return re.sub(rf"(\barea: [a-z-]+)-x{number}\b", r"\1", text)

    for path in sorted((root / "content").rglob("*")):
        name = path.relative_to(root / "content").as_posix()
        if not path.is_file() or name in _ONLY_ONCE or name.startswith("changes/"):
            continue
        text = path.read_text(encoding="utf-8")
        if name.startswith("pages/"):
            text = re.sub(
                r"^!\[\[(?:list|matrix) ([a-z-]+)\]\]$",
                lambda match: "\n\n".join(f"![[{item_id}]]" for item_id in placement.listed[match[1]]),
                text,
                flags=re.MULTILINE,
            )
            name = f"pages/copy-{number}/{name.removeprefix('pages/')}"
        else:
            name = f"copy-{number}/{name}"
            text = text.replace("$schema=../../", "$schema=../../../")
        copy = target / "content" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(renamed(text), encoding="utf-8")
