"""The files around a handbook: settings of git and of editors, workflows, README, schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from tebiki import __version__, resources
from tebiki.locales.reference import localized_schema_file
from tebiki.reading.schema import schema_names
from tebiki.resources import SCHEMAS, STARTER_PROJECT, read_resource, resource_names
from tebiki.upkeep.project_record import PACKAGE, RECORD, ProjectRecord, fingerprint
from tebiki.upkeep.starter import LANGUAGES, fill_in

#: The schema that chooses one of the others by the kind of a file.
CHOICE = "files.json"


def project_files(
    languages: Sequence[str], package: str, values: Mapping[str, str], site_file: str
) -> dict[str, str]:
    """Return the path and the text of every file around a handbook, the record of them included.

    Args:
        languages: The codes of the languages of the handbook.
        package: What pip installs the generator from.
        values: ``id`` and ``title`` of the handbook.
        site_file: The file that has the address of the site.
    """
    installed = package.replace("{version}", __version__)
    values = {**values, "package": installed, "site_file": site_file}
    files = dict(_project_texts(languages, values))
    files |= schema_files("schemas", languages[0])
    record = ProjectRecord(__version__, package, {name: fingerprint(text) for name, text in files.items()})
    return {**files, RECORD: record.text()}


def schema_files(folder: str, language: str) -> dict[str, str]:
    """Return the schemas, for editors that complete and check while one types, as files in ``folder``.

    Editors show titles and descriptions: they are in ``language``, or English where the generator has none in it.
    """
    texts = {f"{folder}/{name}.schema.json": localized_schema_file(name, language) for name in schema_names()}
    return {f"{folder}/{CHOICE}": read_resource(SCHEMAS, CHOICE), **texts}


def _project_texts(languages: Sequence[str], values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files in ``starter/project``: settings, workflows, and a README in each language."""
    for name in resource_names(STARTER_PROJECT):
        if not name.startswith("README."):
            text = read_resource(STARTER_PROJECT, name)
            yield re.sub(r"(^|/)dot_", r"\1.", name), fill_in(text, values)
    written = [code for code in languages if code in LANGUAGES] or [LANGUAGES[0]]
    for code in written:
        text = read_resource(STARTER_PROJECT, f"README.{code}.md")
        yield "README.md" if code == written[0] else f"README.{code}.md", fill_in(text, values)


def default_package() -> str:
    """Return what pip can install this version from: where it was installed from, or the name of the package.

    pip records the address of a wheel in ``direct_url.json`` (PEP 610), in a folder beside the package (PEP 376).
    """
    # importlib.metadata would find it too, but takes a tenth of ``tebiki init`` to import
    record = resources.PACKAGE.with_name(f"tebiki-{__version__}.dist-info") / "direct_url.json"
    try:
        address = str(json.loads(record.read_text(encoding="utf-8")).get("url", ""))
    except (OSError, ValueError):
        address = ""
    if address.startswith("https://") and address.endswith(".whl") and PACKAGE.fullmatch(address):
        return address.replace(__version__, "{version}")
    return "tebiki=={version}"
