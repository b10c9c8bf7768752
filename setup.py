"""What pyproject.toml cannot express: the package contains folders that lie beside generator/."""

from pathlib import Path

from setuptools import find_packages, setup

FOLDERS = {
    "tebiki.schemas": "schemas",
    "tebiki.site_overrides": "site_overrides",
    "tebiki.browser.build": "browser/build",  # made by 'make': not there in a fresh clone
}
present = {package: folder for package, folder in FOLDERS.items() if Path(folder).is_dir()}

setup(packages=[*find_packages("generator"), *present], package_dir={"": "generator", **present})
