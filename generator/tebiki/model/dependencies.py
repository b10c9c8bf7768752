"""The order of things that depend on each other, and the circles among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def components(dependencies: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return the strongly connected components of a graph, each after those that it depends on.

    A component of more than one node is a circle or several joined ones. Tarjan's algorithm
    (https://doi.org/10.1137/0201010) in linear time, without recursion.

    Args:
        dependencies: The nodes that each node depends on; those that are no key are left out.
    """
    index: dict[str, int] = {}  # the order in which the nodes are visited
    low: dict[str, int] = {}  # the earliest open node that can be reached
    open_nodes: dict[str, None] = {}  # visited, but not yet in a component; the latest last
    result: list[list[str]] = []
    for root in dependencies:
        path = [] if root in index else [(root, iter(dependencies[root]))]
        while path:
            node, targets = path[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                open_nodes[node] = None
            for target in targets:
                if target in open_nodes:
                    low[node] = min(low[node], index[target])
                elif target not in index and target in dependencies:
                    path.append((target, iter(dependencies[target])))
                    break
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == index[node]:
                    component: list[str] = []
                    while not component or component[-1] != node:
                        component.append(open_nodes.popitem()[0])
                    result.append(component)
    return result


def circles(dependencies: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return the components whose nodes depend on themselves, each with its nodes in any order."""
    return [
        component
        for component in components(dependencies)
        if len(component) > 1 or component[0] in dependencies[component[0]]
    ]
