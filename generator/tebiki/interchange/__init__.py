"""Checklists in the formats of other programs: tables for spreadsheet programs, and OSCAL catalogs.

A checklist becomes a ``table.Table`` of texts, with a row for each section, question, field and answer
(``checklist_rows``), and a table becomes the data of a checklist again (``checklist_data``). What a table says of a
checklist that exists already becomes its next version (``next_version``).
"""
