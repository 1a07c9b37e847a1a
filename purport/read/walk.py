"""Which files a user means: the ones named, and those below the folders named, in an order that never changes."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from purport.errors import ReadError

IGNORED = frozenset(
    """.ann .bak .bmp .bz2 .conf .css .db .db-journal .db-shm .db-wal .dll .exe .gif .ico .jpeg .jpg .js
    .lock .log .mov .mp3 .mp4 .parquet .pickle .pkl .png .py .pyc .rar .sh .so .sqlite .sqlite-shm
    .sqlite-wal .svg .tar .tgz .tif .tiff .toml .ttf .wav .webp .woff .woff2 .xz .yaml .yml .7z""".split()
)
"""Suffixes of files that lie beside documents but are none; a file with one is read only when it is named itself."""

FOLDER_LINK = "link to a folder"
IRREGULAR = "broken link, pipe or device"
_ADDRESS = re.compile(r"(?:https?|ftp):/", re.I)

CONFIGURATIONS = frozenset(
    """bower.json composer.json config.json datapackage.json deno.json jsconfig.json manifest.json package-lock.json
    package.json settings.json tsconfig.json""".split()
)
"""Names of files of JSON that are settings of programs; a file with one is read only when it is named itself."""


def ignored(path: Path) -> bool:
    """Whether `path`, found by walking a folder, is left out: it is hidden, has a suffix in `IGNORED` or a name in
    `CONFIGURATIONS`."""
    name = path.name.lower()
    return name.startswith(".") or path.suffix.lower() in IGNORED or name in CONFIGURATIONS or name.endswith(".tar.gz")


def ignored_name(name: str) -> bool:
    """Whether a file that an archive calls `name` ("a/b.txt") would be left out of a folder with the same files."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return hidden or not parts or ignored(Path(parts[-1][-255:]))


def walk(
    paths: Sequence[Path], passed_over: Counter[str] | None = None, own: Collection[str] = frozenset()
) -> Iterator[Path]:
    """The files in `paths` and below the folders in it, each once, sorted bytewise by POSIX path.

    Below a folder, what is hidden, `ignored`, no regular file, or reached through a symlink to a folder is left out.
    All of it that is not hidden is counted in `passed_over`, by its suffix, `FOLDER_LINK` or `IRREGULAR`; but for the
    files of the program itself (its store), whose real paths are `own` and which are left out without a word.
    Raises `ReadError` for a path that is not there or cannot be looked into, before anything is yielded.
    """
    found: dict[str, Path] = {}
    left_out: dict[str, tuple[str, str]] = {}
    for path in paths:
        for file, kind in _below(path) if os.path.isdir(path) else ((_named(path), ""),):  # noqa: PTH112 - never raises
            key = os.path.realpath(file)
            if key in own and file not in paths:
                continue
            if kind:
                left_out[os.path.abspath(file)] = kind, key  # noqa: PTH100 - a link counts by itself
            elif key not in found or _sort_key(file) < _sort_key(found[key]):
                found[key] = file
    if passed_over is not None:
        passed_over.update(kind for kind, key in left_out.values() if key not in found)
    return iter(sorted(found.values(), key=_sort_key))


def _sort_key(path: Path) -> bytes:
    return os.fsencode(path.as_posix())


def _named(path: Path) -> Path:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if _ADDRESS.match(str(path)):
            # A path has lost one of the two slashes.
            address = re.sub(":/+", "://", str(path), count=1)
            how = "save the page in your browser, or with wget, and read the file"
            raise ReadError(f"{address}: purport fetches nothing: {how}") from None
        reason = "is not there" if isinstance(error, FileNotFoundError) else f"cannot be opened ({error})"
        raise ReadError(f"{path}: {reason}; check the path") from None
    if not stat.S_ISREG(mode):
        raise ReadError(f"{path}: is no regular file; save its content to one first")
    return path


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files below a folder that are not hidden, each with its kind where it is left out, else ""."""

    def fail(error: OSError) -> None:
        raise ReadError(f"{error.filename}: the folder cannot be looked into ({error.strerror}); check its permissions")

    for top, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from ((Path(top, name), FOLDER_LINK) for name in folders if Path(top, name).is_symlink())
        for name in files:
            path = Path(top, name)
            if not name.startswith("."):
                yield path, _kind(path)


def _kind(path: Path) -> str:
    if ignored(path):
        return ".tar.gz" if path.name.lower().endswith(".tar.gz") else path.suffix.lower()
    return "" if path.is_file() else IRREGULAR
