"""Components of a graph of dependencies, held against reachability found step by step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tebiki.model.dependencies import circles, components

NODES = "abcdefg"
graphs = st.dictionaries(st.sampled_from(NODES), st.sets(st.sampled_from(NODES), max_size=3))


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    """The nodes that ``start`` depends on, directly or further back."""
    visited: set[str] = set()
    waiting = [start]
    while waiting:
        new = (graph.get(waiting.pop(), set()) & graph.keys()) - visited
        visited |= new
        waiting += new
    return visited


@given(graphs)
def test_components_hold_what_depends_on_each_other_after_what_it_depends_on(
    graph: dict[str, set[str]],
) -> None:
    result = components(graph)
    assert sorted(node for component in result for node in component) == sorted(graph)
    before: set[str] = set()
    for component in result:
        members = set(component)
        for node in component:
            mutual = {other for other in reachable(graph, node) if node in reachable(graph, other)}
            assert members == mutual | {node}
            assert reachable(graph, node) <= before | members
        before |= members


@given(graphs)
def test_circles_hold_the_nodes_that_depend_on_themselves(graph: dict[str, set[str]]) -> None:
    on_circle = {node for circle in circles(graph) for node in circle}
    assert on_circle == {node for node in graph if node in reachable(graph, node)}


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {str(number): {str(number + 1)} for number in range(20_000)}
    assert [component[0] for component in components(chain)] == [
        str(number) for number in reversed(range(20_000))
    ]
