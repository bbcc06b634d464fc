"""How the help of the command looks: on a terminal of 80 columns and on a wider one."""

from __future__ import annotations

import argparse
import textwrap


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Shows texts as they are written, and wraps those of options between words only."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        # The name of an option in it would be broken at its hyphens.
        return textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False)
