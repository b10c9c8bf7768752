"""``python -m tebiki`` is the same as ``tebiki``."""

from tebiki.cli.main import main

main(prog_name="tebiki")
