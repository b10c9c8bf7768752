"""What changed between two states of a handbook: read, compared, told, recorded, and judged before a release.

``git`` reads a state out of the history, ``tree`` makes comparable entries of it, ``compare`` finds the
changes and ``apply`` takes them over; ``tell`` writes them down. ``checklist_change`` says how large the
change of a checklist is, ``change_log`` keeps the record that the site shows, and ``release`` refuses
what would break a promise to readers.
"""
