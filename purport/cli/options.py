"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[Path, typer.Option("--store", metavar="FILE", help="The store, one file.")]
Unsure = Annotated[
    float, typer.Option(min=0, max=1, help="Statements less sure than this are kept, and marked as unsure.")
]
OUTLET = "Only what this outlet published."
