"""Who "I" is in a signed text: whoever signs it, never the one talked about last."""

from __future__ import annotations

from pathlib import Path

from purport import Record, read, read_text

SPEECH = (
    "Chancellor Reth says that we are thieves. I will not answer her in kind. I say to her that I mourn the dead. "
    'Denk said: "I saw it."'
)


def _named(record: Record) -> dict[str, set[str]]:
    """For each entity by name the pronouns of the first person that are it."""
    names = {one.id: one.name for one in record.entities}
    found: dict[str, set[str]] = {}
    for one in record.mentions:
        words = one.span.of(record.document.text)
        if words in ("I", "her"):
            found.setdefault(names[one.entity], set()).add(words)
    return found


def test_who_is_told_to_be_the_author(tmp_path: Path) -> None:
    path = tmp_path / "speech.txt"
    path.write_text(SPEECH, "utf-8")
    assert _named(read(path, author="Orla Valk", language="en")) == {
        "Orla Valk": {"I"},
        "Reth": {"her"},
        "Denk": {"I"},
    }


def test_a_byline() -> None:
    record = read_text("The price of silence\n\nOpinion by Orla Valk\n\n" + SPEECH, language="en")
    named = _named(record)
    assert "I" in named["Orla Valk"]
    assert named["Reth"] == {"her"}
