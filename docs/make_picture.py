"""Write docs/demo.svg: the first statements of `purport show` for one of the examples, as a terminal shows them.

`--check` writes nothing and fails where the picture is not what would be drawn. The picture names a font and fetches
none.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

import purport
from docs.blocks import ROOT
from purport.cli.printing import print_document

PICTURE = Path(__file__).parent / "demo.svg"
SHOWN = ROOT / "examples" / "corpus" / "halyard" / "halyard-bridge.txt"
WIDTH = 104
LINES = 32
_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def picture() -> str:
    """The SVG."""
    recorder = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    kept = io.StringIO()
    record = purport.read(
        SHOWN,
        outlet="Halyard Wire",
        title="Shells hit bridge in Sorrel valley, Ardania says; Velmark denies firing",
        published="2031-03-04",
    )
    screen = Console(  # the very output of `purport show`, cut to a screen
        width=WIDTH, file=kept, force_terminal=True, color_system="truecolor", highlight=False, soft_wrap=False
    )
    print_document(record, out=screen)
    from rich.text import Text

    recorder.print(Text("$ purport show --store demo.db halyard-bridge.txt\n"))
    shown = Text.from_ansi(kept.getvalue()).wrap(recorder, WIDTH)
    for line in shown[:LINES]:
        recorder.print(line)
    recorder.print(Text("..."))
    svg = recorder.export_svg(title="purport", theme=DIMMED_MONOKAI, unique_id="purport")
    return _FONT.sub("", svg)


def main() -> int:
    """Write the picture, or with `--check` only compare; exit status 1 where it is not up to date."""
    drawn = picture()
    if "--check" in sys.argv[1:]:
        return int(PICTURE.read_text() != drawn)
    PICTURE.write_text(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
