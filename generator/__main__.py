"""``python -m generator`` is the same as ``tebiki``."""

from generator.cli import main

main(prog_name="tebiki")
