"""The process that reads in what was dropped on a page: progress goes to its output, a line of JSON each."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from purport.corpus import reading
from purport.errors import PurportError, UsageError
from purport.model.document import Metadata
from purport.read.dates import users_date


def main(store: str, folder: str, told: str) -> None:
    """Read all files in a folder into a store. The names they are kept under are those of the files alone."""

    def say(**said: object) -> None:
        print(json.dumps(said), flush=True)  # noqa: T201 - the output is read by the server

    os.chdir(folder)  # the store keeps where a document was met: a name, and no folder that is gone afterwards
    try:
        known = {name: value for name, value in json.loads(told).items() if value}
        if "published" in known:
            known["published"] = users_date(known["published"])
        todo, _ = reading.jobs(sorted(Path().iterdir()), Metadata(**known))
        summary = reading.read_into(
            Path(store), todo, workers=1, progress=lambda now: say(files=now.files, documents=now.documents)
        )
        say(
            failed=[
                f"{Path(one.path).name}{', ' + one.part if one.part else ''}: {one.reason}" for one in summary.failed
            ]
        )
    except (PurportError, UsageError) as error:
        say(failed=[str(error)])


if __name__ == "__main__":
    main(*sys.argv[1:4])
