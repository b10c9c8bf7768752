"""From the staged tree to the finished site; begin with ``pipeline``."""
