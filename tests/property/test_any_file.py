"""Whatever stands in a file: diagnostics or a handbook, never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from english import english
from example_handbook import MINIMAL, copy_minimal
from hypothesis import given
from hypothesis import strategies as st
from random_seeds import examples
from random_yaml import changed, trees
from tebiki.compiling.compile import compile_language
from tebiki.locales.messages import message_text
from tebiki.model.diagnostics import RULES
from tebiki.model.diagnostics_output import OUTPUT_FORMATS, format_diagnostics
from tebiki.model.message import Message
from tebiki.model.translation_units import stale_units
from tebiki.reading.load import load
from tebiki.reading.schema import schema_names
from tebiki.reading.schema_errors import schema_errors
from tebiki.reading.validation import validate
from tebiki.reading.yaml_reader import Document, read_yaml
from tebiki.rules import check

FILES = sorted(path.relative_to(MINIMAL).as_posix() for path in MINIMAL.rglob("*") if path.is_file())
YAML_FILES = [file for file in FILES if file.endswith(".yml")]
PAGES = ["content/pages/index.ja.md", "content/pages/rules/terms.en.md"]
CHECKLIST = "checklists/visitor-check/1.0.0.yml"


def valid(file: str) -> Any:
    """The data of a YAML file of the example handbook, or the head of a page."""
    text = (MINIMAL / file).read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---\n")[1] if file.endswith(".md") else text)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield copy_minimal(tmp_path_factory.mktemp("loader") / "minimal")


def japanese(message: Message | str) -> str:
    return message_text(message, "ja")


def judge(root: Path, file: str, content: bytes) -> None:
    """Load and check the handbook with ``content`` in ``file``; compile it where nothing is wrong."""
    (root / file).write_bytes(content)
    try:
        handbook, problems = load(root)
        problems = sorted({*problems, *check(handbook)})
        for problem in problems:
            assert problem.rule in RULES
            assert problem.message
            assert problem.place.line >= 1
            assert problem.place.column >= 1
        for output_format in OUTPUT_FORMATS:
            format_diagnostics(problems, output_format, japanese).encode()
        lines = format_diagnostics(problems, "text", english).splitlines()
        assert len([line for line in lines if not line.startswith("  ")]) == len(problems)
        if all(problem.severity == "warning" for problem in problems):
            for language in handbook.languages:
                stage = root / "build" / language
                compile_language(
                    handbook, root, stage, language, handbook.languages, stale_units(handbook, language)
                )
    finally:
        (root / file).write_bytes((MINIMAL / file).read_bytes())


def dumped(data: Any) -> bytes:
    return yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass")


def as_page(data: Any) -> bytes:
    return b"---\n" + dumped(data) + b"---\n\n## A {#a}\n\n[[loan]]\n"


@given(file=st.sampled_from(FILES), content=st.binary(max_size=200))
@examples(5)
def test_any_bytes(root: Path, file: str, content: bytes) -> None:
    judge(root, file, content)


@given(data=st.data(), file=st.sampled_from(FILES), put_in=st.binary(max_size=4))
@examples(10)
def test_any_bytes_inside_a_good_file(root: Path, data: st.DataObject, file: str, put_in: bytes) -> None:
    raw = (MINIMAL / file).read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 20)))
    judge(root, file, raw[:start] + put_in + raw[end:])


@given(file=st.sampled_from(YAML_FILES), tree=trees)
@examples(10)
def test_any_tree(root: Path, file: str, tree: Any) -> None:
    judge(root, file, dumped(tree))


@given(data=st.data(), file=st.sampled_from(YAML_FILES), extra=trees)
@examples(5)
def test_any_tree_under_the_right_kind(root: Path, data: st.DataObject, file: str, extra: Any) -> None:
    kind = valid(file).get("kind", "mkdocs")
    key = data.draw(st.sampled_from(sorted(valid(file))))
    judge(root, file, dumped({"kind": kind, key: extra}))


@pytest.mark.parametrize("file", YAML_FILES)
@given(data=st.data())
@examples(1)
def test_any_change_of_a_good_file(root: Path, file: str, data: st.DataObject) -> None:
    judge(root, file, dumped(data.draw(changed(valid(file)))))


@given(file=st.sampled_from(PAGES), tree=trees)
@examples(4)
def test_any_tree_as_the_head_of_a_page(root: Path, file: str, tree: Any) -> None:
    judge(root, file, as_page(tree))


@pytest.mark.parametrize("file", PAGES)
@given(data=st.data())
@examples(3)
def test_any_change_of_the_head_of_a_page(root: Path, file: str, data: st.DataObject) -> None:
    judge(root, file, as_page(data.draw(changed(valid(file)))))


marks = st.sampled_from(
    ["[[loan]]", "[[lone]]", "[[loan|x]]", "![[contact-desk]]", "![[list term]]", "![[matrix country]]", "[[",
     "![[compare loan reservation]]", "![[checklist visitor-check]]", "![[matrix term]]", "## A {#a}", "## B",
     "# C {#c}", "```", "\n", " ", "<script>", "{{ 1 }}", "{% raw %}", "&amp;", "]]", "|", "\t", "---\n"]
)  # fmt: skip


@given(file=st.sampled_from(PAGES), parts=st.lists(st.one_of(marks, st.text(max_size=5)), max_size=12))
@examples(10)
def test_any_text_of_a_page(root: Path, file: str, parts: list[str]) -> None:
    head = (MINIMAL / file).read_text(encoding="utf-8").split("---\n")[1]
    judge(root, file, f"---\n{head}---\n{''.join(parts)}".encode("utf-8", "surrogatepass"))


questions = st.sampled_from(["has-card", "address-current", "returns-in-time", "stamps-card", "lost"])
answers = st.lists(
    st.sampled_from(["done", "partly", "unsure", "not-applicable", "lost"]), min_size=1, unique=True
)
conditions: st.SearchStrategy[Any] = st.recursive(
    st.fixed_dictionaries({"item": questions, "is": answers}),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=4)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=4)}),
    ),
    max_leaves=25,
)


@given(conditions=st.lists(st.one_of(st.none(), conditions), min_size=4, max_size=4))
@examples(10)
def test_any_conditions(root: Path, conditions: list[Any]) -> None:
    data = valid(CHECKLIST)
    items = [item for section in data["sections"] for item in section["items"]]
    for item, condition in zip(items, conditions, strict=True):
        item.pop("when", None)
        if condition:
            item["when"] = condition
    judge(root, CHECKLIST, dumped(data))


@given(data=st.data(), file=st.sampled_from([*YAML_FILES, *PAGES]))
@examples(20)
def test_the_quick_and_the_thorough_check_of_a_schema_agree(data: st.DataObject, file: str) -> None:
    """``validate`` asks a fast library first whether there is anything to report."""
    content = data.draw(st.one_of(changed(valid(file)), trees))
    document = read_yaml(dumped(content).decode("utf-8", "replace"), file)
    if isinstance(document, Document):
        kind = str(valid(file).get("kind", "mkdocs" if file == "mkdocs.yml" else "page"))
        assert kind in schema_names()
        thorough = bool(list(schema_errors(document.data, kind)))
        assert bool(list(validate(document, kind))) is thorough
