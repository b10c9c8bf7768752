"""Characters that some programs do not show are written out."""

import pytest
from tebiki.model.portable_text import portable_text


@pytest.mark.parametrize(
    ("text", "portable"),
    [
        ("Ⅱ－４（１）", "II－４（１）"),
        ("① 研修", "(1) 研修"),
        ("㈱図書館", "(株)図書館"),
        ("100㎡、№7", "100m2、No7"),
        ("20分野「図」", "20分野「図」"),
    ],
)
def test_only_machine_dependent_characters_are_replaced(text: str, portable: str) -> None:
    assert portable_text(text) == portable
