"""Assessment results on the command line: reading, counting, migrating, merging, comparing, reporting.

The browser does the same in ``browser/assessment``; ``tests/vectors`` holds both to one behaviour, and
``docs/result-format.md`` says what it is.
"""
