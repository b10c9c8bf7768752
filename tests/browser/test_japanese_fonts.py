"""Chromium has a font for Japanese: otherwise every test of widths and every picture shows empty boxes."""

from __future__ import annotations

from playwright.sync_api import Page

# U+FFFF is no character, so every font draws its glyph for missing characters.
_PIXELS = """(text) => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const context = canvas.getContext('2d');
  context.font = '48px sans-serif';
  context.fillText(text, 8, 52);
  return [...context.getImageData(0, 0, 64, 64).data].join();
}"""


def test_japanese_does_not_render_as_boxes(page: Page) -> None:
    signs = ("研", "究", "あ", "ア", "、", "\uffff")
    pixels = {sign: page.evaluate(_PIXELS, sign) for sign in signs}
    assert len(set(pixels.values())) == len(signs), "no Japanese font: install fonts-noto-cjk, then run again"
