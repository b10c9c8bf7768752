"""Tebiki compiles a policy handbook from YAML and Markdown into a static site, in any languages.

Read ``site/pipeline.py`` first: it calls the steps in order. ``docs/architecture.md`` has the map.
"""

__version__ = "0.1.0"
