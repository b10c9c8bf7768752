"""The rules on the handbook as a whole, each in a module of its own.

Rules on the form of single files are in ``reading``, where the files are read.
"""

from collections.abc import Callable, Iterator

from tebiki.model.diagnostics import Diagnostic
from tebiki.model.handbook import Handbook
from tebiki.rules import (
    advice_and_defaults,
    answer_specs,
    broken_link,
    cell_without_date,
    conditions,
    contradiction_one_sided,
    decision_paths,
    duplicate_id,
    figure_sum,
    figure_without_denominator,
    figures,
    fill_in,
    form_templates,
    headings,
    machine_dependent_character,
    markdown_in_html,
    markdown_limits,
    navigation,
    overlays,
    page_files,
    page_only_markdown,
    page_status,
    past_plan,
    placement,
    question_basis,
    quotation,
    replaces,
    review_dates,
    section_groups,
    site_overrides,
    superseded_unsaid,
    takes_from,
    text_ending,
    translation_missing,
    translation_stale,
    unknown_reference,
    unread_markdown,
    unsafe_html,
    words,
)

Check = Callable[[Handbook], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    answer_specs.check,
    decision_paths.check,
    duplicate_id.check,
    unknown_reference.check,
    unread_markdown.check,
    overlays.check_ids,
    overlays.check_references,
    overlays.check_colour,
    figure_sum.check,
    figures.check,
    form_templates.check_mappings,
    form_templates.check_forms,
    navigation.check,
    placement.check,
    headings.check,
    machine_dependent_character.check,
    translation_missing.check,
    translation_stale.check,
    review_dates.check,
    site_overrides.check,
    fill_in.check,
    contradiction_one_sided.check,
    figure_without_denominator.check,
    cell_without_date.check,
    superseded_unsaid.check,
    quotation.check,
    markdown_limits.check,
    unsafe_html.check,
    broken_link.check,
    page_files.check_missing,
    page_files.check_alternative_texts,
    page_files.check_unused,
    page_only_markdown.check,
    markdown_in_html.check,
    text_ending.check,
    conditions.check_cycles,
    conditions.check_dead_ends,
    advice_and_defaults.check,
    replaces.check,
    takes_from.check,
    takes_from.check_circles,
    question_basis.check,
    section_groups.check,
    past_plan.check,
    page_status.check,
    words.check,
)


def check(handbook: Handbook) -> list[Diagnostic]:
    """Run every rule, and return all diagnostics in the order of the files.

    Without the handbook's languages no text can be judged, and ``load`` has reported the reason.
    """
    if not handbook.languages:
        return []
    diagnostics = {diagnostic for rule in CHECKS for diagnostic in rule(handbook)}
    # an institution cannot confirm the translations of the upstream handbook
    return sorted(
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.severity == "error" or not diagnostic.place.upstream
    )
