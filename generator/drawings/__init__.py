"""Drawings made at build time: data in one language → SVG that stands in the page."""
