"""Which files a user means: the ones named, and those below the folders named, in an order that never changes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from purport.errors import ReadError

IGNORED = frozenset(
    """.ann .bak .bmp .bz2 .conf .css .db .db-journal .db-shm .db-wal .dll .exe .gif .ico .jpeg .jpg .js
    .json .lock .log .mov .mp3 .mp4 .parquet .pickle .pkl .png .py .pyc .rar .sh .so .sqlite .sqlite-shm
    .sqlite-wal .svg .tar .tgz .tif .tiff .toml .ttf .wav .webp .woff .woff2 .xz .yaml .yml .7z""".split()
)
"""Suffixes of files that lie beside documents but are none; a file with one is read only when it is named itself."""


def ignored(path: Path) -> bool:
    """Whether `path`, found by walking a folder, is left out: it is hidden or has a suffix in `IGNORED`."""
    return path.name.startswith(".") or path.suffix.lower() in IGNORED or path.name.lower().endswith(".tar.gz")


def ignored_name(name: str) -> bool:
    """Whether a file that an archive calls `name` ("a/b.txt") would be left out of a folder with the same files."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return hidden or not parts or ignored(Path(parts[-1][-255:]))


def walk(paths: Sequence[Path]) -> Iterator[Path]:
    """The files in `paths` and below the folders in it, each once, sorted bytewise by POSIX path.

    Below a folder, what is hidden, `ignored`, no regular file, or reached through a symlink to a folder is left out.
    Raises `ReadError` for a path that is not there or cannot be looked into, before anything is yielded.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _below(path) if path.is_dir() else (_named(path),):
            key = os.path.realpath(file)
            if key not in found or _sort_key(file) < _sort_key(found[key]):
                found[key] = file
    return iter(sorted(found.values(), key=_sort_key))


def _sort_key(path: Path) -> bytes:
    return os.fsencode(path.as_posix())


def _named(path: Path) -> Path:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = "is not there" if isinstance(error, FileNotFoundError) else f"cannot be opened ({error})"
        raise ReadError(f"{path}: {reason}; check the path") from None
    if not stat.S_ISREG(mode):
        raise ReadError(f"{path}: is no regular file; save its content to one first")
    return path


def _below(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise ReadError(f"{error.filename}: the folder cannot be looked into ({error.strerror}); check its permissions")

    for top, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(top, name)
            if not ignored(path) and path.is_file():
                yield path
