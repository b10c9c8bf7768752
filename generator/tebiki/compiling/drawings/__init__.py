"""Figures drawn from the data of the handbook: a module with one public function for each kind of figure.

Each takes an item in one language and returns a ``Drawing``, whose boxes and edges tests can measure;
``decision_path``, whose boxes are lists, returns its SVG. The templates put a table or a list with the same content
beside every figure.
"""

from tebiki.compiling.drawings.decision_path import decision_path
from tebiki.compiling.drawings.responsibility_map import responsibility_map
from tebiki.compiling.drawings.swimlane import actors, swimlane
from tebiki.compiling.drawings.tiers import tiers

__all__ = ["actors", "decision_path", "responsibility_map", "swimlane", "tiers"]
