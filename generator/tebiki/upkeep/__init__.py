"""Maintenance of a handbook: dependencies, translations, coverage of sources, new entries and overlays."""
