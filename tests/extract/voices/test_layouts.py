"""Layouts of many kinds, each found by what recurs in it: columns, codes, parts, forms, letters, marks, leads; and what
is seen and not resolved, which is somebody's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from purport.extract.voices.coded import coded
from purport.extract.voices.examinations import examinations
from purport.extract.voices.forms import forms
from purport.extract.voices.grids import in_columns
from purport.extract.voices.leads import leads, replies
from purport.extract.voices.legends import legend
from purport.extract.voices.letters import letters
from purport.extract.voices.nets import unresolved
from purport.extract.voices.parts import in_parts
from purport.extract.voices.signed import signed
from purport.extract.voices.voice import Voice
from purport.model.document import Block, Document
from purport.read.files import read_bytes

Kind = Callable[[str, Sequence[Block]], list[Voice]]


def read(text: str, name: str = "x.txt") -> tuple[str, Sequence[Block]]:
    document = next(iter(read_bytes(text.encode(), name)))
    assert isinstance(document, Document)
    return document.text, document.blocks


def told(kind: Kind, text: str, name: str = "x.txt") -> list[tuple[str, str]]:
    text, blocks = read(text, name)
    return [
        (
            " … ".join(s.of(text) for s in one.source),
            " ".join(" ".join(s.of(text) for s in one.content).split()),
        )
        for one in kind(text, blocks)
    ]


def columns(text: str, blocks: Sequence[Block]) -> list[Voice]:
    return in_columns(text, legend(text, blocks))


def codes(text: str, blocks: Sequence[Block]) -> list[Voice]:
    return coded(text, blocks, legend(text, blocks))


def parts(text: str, blocks: Sequence[Block]) -> list[Voice]:
    return in_parts(text, blocks, legend(text, blocks))


SEL, KOLL = "The mine was closed in May.", "It has been open since June."
LAYOUTS: dict[str, tuple[Kind, str, str, list[tuple[str, str]]]] = {
    "columns below names": (
        columns,
        "x.txt",
        (
            "Runa Sel,                 |  Kai Koll,\nsmith of Orrin            |  the mine's own clerk\n"
            "                          |\nThe mine was              |  It has been\n"
            "closed in May.            |  open since June.\n"
            "Nobody has been there.    |  We go there every day.\n"
        ),
        [("Runa Sel", f"{SEL} Nobody has been there."), ("Kai Koll", f"{KOLL} We go there every day.")],
    ),
    "names in the left margin": (
        columns,
        "x.txt",
        (
            f"Chair         The mine was closed in\n              May.\n\nMr Koll       {KOLL}\n\n"
            "Mrs Sel       I have seen it shut.\n\nMr Koll       Not in June.\n"
        ),
        [("Chair", SEL), ("Mr Koll", KOLL), ("Mrs Sel", "I have seen it shut."), ("Mr Koll", "Not in June.")],
    ),
    "initials in the right margin": (
        columns,
        "x.txt",
        (
            "Present   Runa Sel   (RS)   Orrin\n          Kai Koll   (KK)   Tolm\n\n"
            "1.1   The mine was closed\n      in May.                        RS\n\n"
            "1.2   It has been open\n      since June.                    KK\n\n"
            "1.3   Not for us.                     RS\n"
        ),
        [("Runa Sel", SEL), ("Kai Koll", KOLL), ("Runa Sel", "Not for us.")],
    ),
    "notes in a margin": (
        columns,
        "x.txt",
        (
            "red     Runa Sel, minister\ngreen   Kai Koll, the mine\n\n"
            "The mine has been empty since the flood.   (red)\n"
            "                                           The mine was closed\n"
            "                                           in May.\n\n"
            "The gate is new and was paid for twice.    (green)\n"
            "                                           It has been open\n"
            "                                           since June.\n"
        ),
        [("Runa Sel", SEL), ("Kai Koll", KOLL)],
    ),
    "testimony of one": (
        columns,
        "x.txt",
        (
            "Deponent:  Runa Sel, smith\n\nPage      Subject      Testimony\n"
            "12:04     The mine     The mine was closed\n                       in May.\n"
            "13:01     The gate     It has been open\n                       since June.\n"
            "17:20     Objection    (colloquy of counsel)\n"
        ),
        [("Runa Sel", SEL), ("Runa Sel", KOLL)],
    ),
    "numbers in brackets": (
        codes,
        "x.txt",
        (
            f"At the table\n\n   1   Runa Sel, mayor\n   2   Kai Koll, the mine\n\n(1)  {SEL}\n\n"
            f"(2)  {KOLL}\n\n(1)  Not for us.\n"
        ),
        [("Runa Sel", SEL), ("Kai Koll", KOLL), ("Runa Sel", "Not for us.")],
    ),
    "notes behind answers": (
        codes,
        "x.md",
        f"# Answers\n\n{SEL}[^1]\n\n{KOLL}[^2]\n\n[^1]: Runa Sel, editor\n[^2]: Kai Koll, owner\n",
        [("Runa Sel", SEL), ("Kai Koll", KOLL)],
    ),
    "places in a picture": (
        codes,
        "x.txt",
        (
            "From left to right: Runa Sel, 58, porter; and Kai Koll, 23, miner.\n\nFirst from left\n\n"
            f"{SEL}\n\nFar right\n\n{KOLL}\n"
        ),
        [("Runa Sel", SEL), ("Kai Koll", KOLL)],
    ),
    "parts of a form": (
        parts,
        "x.txt",
        (
            "Complainant    Mrs Runa Sel, Orrin\nAuthority      Orrin Water Board\n\n"
            f"PART A    for the complainant\n\n{SEL}\n\nPART B    for the authority\n\n{KOLL}\n"
        ),
        [("Mrs Runa Sel", SEL), ("Orrin Water Board", KOLL)],
    ),
    "whose opinion it is": (
        parts,
        "x.md",
        (
            f"# The mine\n\nText of the treaty.\n\n## Reservation by Upper Orrin\n\n{SEL}\n\n"
            f"## Opinion of the Tolm Council\n\n{KOLL}\n"
        ),
        [("Upper Orrin", SEL), ("Tolm Council", KOLL)],
    ),
    "forms": (
        forms,
        "x.txt",
        (
            f"Your name     Runa Sel\nSent          4 May\n\n1  Please give reasons\n   {SEL}\n\n"
            f"Your name     Kai Koll\nSent          5 May\n\n1  Please give reasons\n   {KOLL}\n"
        ),
        [("Runa Sel", SEL), ("Kai Koll", KOLL)],
    ),
    "letters": (
        letters,
        "x.md",
        (
            f"# Two letters\n\nDear Kai,\n\n{SEL}\n\nYours, Runa Sel\n\nDear Runa,\n\n{KOLL}\n\n"
            "Yours, Kai Koll\n\nBoth live in Orrin.\n"
        ),
        [("Runa Sel", SEL), ("Kai Koll", KOLL)],
    ),
    "examination": (
        examinations,
        "x.txt",
        (
            f"Mr. RUNA SEL, smith, called in and examined\n\n41. What of the mine? -- {SEL}\n\n"
            f"42. And since? -- {KOLL}\n"
        ),
        [("", "What of the mine?"), ("Mr. RUNA SEL", SEL), ("", "And since?"), ("Mr. RUNA SEL", KOLL)],
    ),
    "names in bold letters": (
        leads,
        "x.md",
        (f"# Explanations of vote\n\n**Orrin** — {SEL}\n\n**Tolm** — {KOLL}\n\n**Free Marches** — Nobody asked us.\n"),
        [("Orrin", SEL), ("Tolm", KOLL), ("Free Marches", "Nobody asked us.")],
    ),
    "whose reply it is": (
        replies,
        "x.md",
        f"*Authors' reply:* {SEL}\n",
        [("Authors", SEL)],
    ),
    "who is below words in marks": (
        signed,
        "x.md",
        f"The mine is old.\n\n*{SEL}*\nRuna Sel, smith\n",
        [("Runa Sel", f"*{SEL}*")],
    ),
    "who is in the line above words in marks": (
        signed,
        "x.txt",
        (f'Photo 1. The gate at noon. Sergeant Runa Sel.\n"{SEL}"\n\nPhoto 2. The yard. Captain Kai Koll.\n"{KOLL}"\n'),
        [("Sergeant Runa Sel", f'"{SEL}"'), ("Captain Kai Koll", f'"{KOLL}"')],
    ),
    "who closes a section": (
        signed,
        "x.md",
        (f"# Report\n\n# Findings\n\nThe roof fell.\n\n# Minority note\n\n{SEL}\n\nRuna Sel\n\nMember for Orrin\n"),
        [("Runa Sel", SEL)],
    ),
    "signatures far to the right": (
        signed,
        "x.txt",
        (
            f"{SEL}\n                                                  Runa Sel\n\n{KOLL}\n"
            "                                                  a taxpayer\n"
        ),
        [("Runa Sel", SEL), ("a taxpayer", KOLL)],
    ),
    "in a box": (
        unresolved,
        "x.txt",
        (
            f"3  WHAT HAPPENED\n  +----------------------------------+\n  | {SEL}      |\n"
            "  +----------------------------------+\n"
        ),
        [("", SEL)],
    ),
    "kinds of people": (
        unresolved,
        "x.txt",
        f"F, 45, Orrin\n  {SEL}\n\nMan, 19, student\n  {KOLL}\n",
        [("F, 45, Orrin", SEL), ("Man, 19, student", KOLL)],
    ),
    "times of a recording": (
        unresolved,
        "x.txt",
        f"Recording 7\n\n00:00   {SEL}\n\n00:07   {KOLL}\n\n01:15   [clock]\n\n01:18   I saw it.\n",
        [("", SEL), ("", KOLL), ("", "I saw it.")],
    ),
    "posts": (
        leads,
        "x.txt",
        f"@RunaSel: {SEL}\n\n@kai.koll: {KOLL}\n",
        [("@RunaSel", SEL), ("@kai.koll", KOLL)],
    ),
    "numbered heads": (
        unresolved,
        "x.txt",
        (
            "Notes\n\nPTT-1    0:38    incoming    Runa Sel\n----------------------------------------\n"
            f"{SEL}\n\nPTT-2    0:40    incoming    withheld\n----------------------------------------\n"
            f"{KOLL}\n"
        ),
        [("Runa Sel", SEL), ("", KOLL)],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_whose_words_stand_in_a_layout(layout: str) -> None:
    kind, name, text, wanted = LAYOUTS[layout]
    assert told(kind, text, name) == wanted


ORDINARY = {
    "news with run-in headings": (
        f"# The mine\n\n**Background** — {SEL} Nobody went there.\n\n"
        "**Tax Reform** — The tax was raised in June. It is high.\n\nThe council meets on Monday.\n"
    ),
    "a table of figures": (
        "Year     Tons     Share of the mine\n2030     120      forty of a hundred\n2031     140      fifty\n"
    ),
    "a treaty": ("Article 1\nThe bells are rung at noon.\n\nArticle 2\nNo bell is rung at night.\n"),
    "footnotes that cite": (
        "The mine was closed.[^1]\n\nIt is open.[^2]\n\n[^1]: Runa Sel, Mines, 1987, p. 4\n"
        "[^2]: Kai Koll, Ore, 1990, p. 9\n"
    ),
    "agenda": ("10.00    Mayor Sel      Opening\n10.30    Kai Koll       The mine\n11.00    Ask Vane       Lunch\n"),
}
KINDS = (columns, codes, parts, forms, letters, examinations, leads, signed, unresolved)


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_ordinary_text_is_nobody_elses(kind: Kind, text: str) -> None:
    assert not told(kind, text, "x.md" if "**" in text or "[^" in text else "x.txt")
