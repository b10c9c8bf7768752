"""A page in a browser that speaks W3C WebDriver (https://www.w3.org/TR/webdriver2/): Firefox and WebKit.

A command has the name that Marionette uses without its prefix ("Navigate"); what sends it is a function.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from patience import SECONDS

#: Sends a command with its parameters; returns the value of the response.
Send = Callable[[str, dict[str, Any]], Any]

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "ArrowDown": "\ue015",
}
# The visible one where several match; content that is laid out later counts as visible.
_VISIBLE = """
  const elements = [...document.querySelectorAll(arguments[0])];
  return elements.find((element) => element.checkVisibility({ visibilityProperty: true })) ?? elements[0] ?? null;
"""


class WebDriverError(Exception):
    """The browser refused a command."""


class DrivenPage:
    """The current tab of a browser. Selectors are CSS."""

    def __init__(self, send: Send) -> None:
        self.send = send

    def open_tab(self) -> None:
        """Open a new tab, and close the one before."""
        handle = self.send("NewWindow", {"type": "tab"})["handle"]
        self.send("CloseWindow", {})
        self.send("SwitchToWindow", {"handle": handle})

    def goto(self, address: str) -> None:
        self.send("Navigate", {"url": address})

    def reload(self) -> None:
        self.send("Refresh", {})

    def back(self) -> None:
        self.send("Back", {})

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window in CSS pixels, its frame included."""
        self.send("SetWindowRect", {"width": width, "height": height})

    def url(self) -> str:
        return str(self.run("return location.href"))

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page; a promise that it returns is awaited."""
        return self.send("ExecuteScript", {"script": script, "args": list(arguments)})

    def wait_for(self, condition: str, *arguments: Any) -> Any:
        """Wait until the expression ``condition`` is true in the page, through navigations; return its value.

        Raises:
            AssertionError: It was not true within ``SECONDS``.
        """
        end = time.monotonic() + SECONDS
        while True:
            try:
                value = self.run(f"return {condition}", *arguments)
            except WebDriverError as error:  # the page is just being replaced
                value, failure = None, f": {error}"
            else:
                failure = ""
            if value:
                return value
            assert time.monotonic() < end, f"never true: {condition} {arguments}{failure}"
            time.sleep(0.03)

    def wait_for_text(self, selector: str, text: str) -> None:
        """Wait until an element for ``selector`` contains ``text``."""
        self.wait_for(
            "[...document.querySelectorAll(arguments[0])].some((element) => element.textContent.includes(arguments[1]))",
            selector,
            text,
        )

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector))

    def count(self, selector: str) -> int:
        return int(self.run("return document.querySelectorAll(arguments[0]).length", selector))

    def is_visible(self, selector: str) -> bool:
        return bool(self.run(f"return (() => {{ {_VISIBLE} }})()?.checkVisibility() ?? false", selector))

    def is_focused(self, selector: str) -> bool:
        return bool(self.run("return document.activeElement.matches(arguments[0])", selector))

    def click(self, selector: str) -> None:
        """Click with the mouse; fails where something else covers the element in the middle of the window."""
        self._click(self._element(selector))

    def choose_option(self, selector: str, value: str) -> None:
        """Choose the option ``value`` of a select element."""
        option = f"{selector} option[value='{value}']"
        self.wait_for("document.querySelector(arguments[0])", option)
        self._click(self._attached(option))

    def type(self, selector: str, text: str) -> None:
        """Type into a field, behind what is already in it; for an input of files, the paths one to a line."""
        self.send("ElementSendKeys", {"id": self._element(selector), "text": text})

    def press(self, *keys: str) -> None:
        """Press keys one after another; "Control+z" holds the first."""
        actions = []
        for chord in keys:
            codes = [KEYS.get(key, key) for key in (chord.split("+") if len(chord) > 1 else [chord])]
            actions += [{"type": "keyDown", "value": code} for code in codes]
            actions += [{"type": "keyUp", "value": code} for code in reversed(codes)]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.send("PerformActions", {"actions": [source]})

    def choose_files(self, selector: str, *files: Path) -> None:
        self.send("ElementSendKeys", {"id": self._attached(selector), "text": "\n".join(map(str, files))})

    def pdf(self) -> bytes:
        return base64.b64decode(self.send("Print", {"background": True}))

    def _click(self, element: str) -> None:
        # WebDriver scrolls no further than to the edge of the window, where messages and bars stand
        self.run(
            "(arguments[0].closest('select') ?? arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })",
            {_ELEMENT: element},
        )
        self.send("ElementClick", {"id": element})

    def _attached(self, selector: str) -> str:
        """Return the id of the first element for ``selector``, whether it can be seen or not."""
        return str(self.run("return document.querySelector(arguments[0])", selector)[_ELEMENT])

    def _element(self, selector: str) -> str:
        self.wait_for(f"(() => {{ {_VISIBLE} }})()?.checkVisibility()", selector)
        return str(self.run(_VISIBLE, selector)[_ELEMENT])
