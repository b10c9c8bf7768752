"""Other search engines on the same pages: installed apart from the site's environment, and built here."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench" / "search"
PYPI = {"pagefind": "1.5.2", "zensical": "0.0.73"}
NPM = {"pagefind": "1.6.0"}
_TAG = re.compile(r"<[^>]*>")


def stock_site(language: str) -> Path:
    """The staged tree of ``language`` as Material builds it without anything of ours."""
    site = WORK / "stock" / language
    with _stock_config(language) as config:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
        subprocess.run([*command, "--site-dir", str(site)], check=True, capture_output=True)
    return site


@contextmanager
def _stock_config(language: str) -> Iterator[Path]:
    """The configuration of the staged tree without anything of ours, beside the one with it."""
    staged = ROOT / "build" / "stage" / language
    config = yaml.safe_load((staged / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["theme"]["custom_dir"]
    stock = staged / "mkdocs.stock.yml"
    stock.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    yield stock
    stock.unlink()


def page_texts(stock: Path) -> dict[str, str]:
    """The text of every page, by address, as MkDocs extracts it."""
    texts: dict[str, list[str]] = {}
    index = json.loads((stock / "search/search_index.json").read_text(encoding="utf-8"))
    for doc in index["docs"]:
        path = doc["location"].partition("#")[0]
        text = html.unescape(_TAG.sub("\n", f"{doc['title']}\n{doc['text']}"))
        texts.setdefault(path, []).append(text)
    return {path: "\n".join(parts) for path, parts in texts.items()}


def copies(site: Path, times: int) -> Path:
    """The pages of the folder ``site`` ``times`` over; the first copy keeps its addresses."""
    target = WORK / f"x{times}" / site.name
    shutil.rmtree(target, ignore_errors=True)
    for page in sorted(site.rglob("*.html")):
        for number in range(times):
            copy = target / (f"copy{number}" if number else "") / page.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, copy)
    return target


def pagefind_commands() -> dict[str, list[str]]:
    """The Pagefinds that could be installed: name → the command that indexes a site."""
    commands = {}
    python = str(_programs() / "python")
    version = PYPI["pagefind"]
    for binary in ("pagefind-bin-extended", "pagefind-bin"):
        if _succeeds([python, "-m", "pip", "install", "-q", f"pagefind=={version}", f"{binary}=={version}"]):
            commands[f"Pagefind {version} (PyPI)"] = [python, "-m", "pagefind"]
            break
    folder = WORK / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text("{}\n", encoding="utf-8")
    if _succeeds(["npm", "install", "--silent", f"pagefind@{NPM['pagefind']}"], folder):
        commands[f"Pagefind {NPM['pagefind']} (npm)"] = [str(folder / "node_modules/.bin/pagefind")]
    return commands


def zensical_site(language: str) -> Path | None:
    """The same tree as Zensical builds it; None where that cannot be installed."""
    program = _programs()
    wanted = f"zensical=={PYPI['zensical']}"
    if not _succeeds([str(program / "python"), "-m", "pip", "install", "-q", wanted]):
        return None
    target = WORK / "zensical" / language
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _stock_config(language) as config:
        subprocess.run(
            [program / "zensical", "build", "--clean", "-f", config], check=True, capture_output=True
        )
        return Path(shutil.move(config.parent / "site", target))


def with_pagefind(command: list[str], pages: Path, name: str) -> Path:
    """A copy of ``pages`` with Pagefind's index of it."""
    target = WORK / name / pages.parent.name / pages.name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(pages, target)
    selector = ["--root-selector", "article.md-content__inner"]
    subprocess.run([*command, "--site", str(target), *selector], check=True, capture_output=True)
    return target


def _programs() -> Path:
    """Where the programs of an environment for the peers alone stand."""
    environment = WORK / "venv"
    if not environment.is_dir():
        venv.create(environment, with_pip=True)
    return environment / "bin"


def _succeeds(command: list[str], folder: Path | None = None) -> bool:
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
