"""The differences between two states of a handbook, and the rules for releasing it.

``state`` turns a handbook into entries that can be compared, ``compare`` finds the changes between two states (with
``field_diff`` and ``word_diff``), and ``render`` writes them as text, Markdown, HTML or JSON. ``checklist_change``
classifies the changes of a checklist by ``change_rules``, ``change_log`` writes the record that the site shows, and ``release`` refuses
changes that break a promise to readers.
"""
