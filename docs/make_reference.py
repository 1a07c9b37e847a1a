"""Write docs/reference.md from the command line's own definition and the types that are exported.

`--check` writes nothing and fails where the page is not what would be written.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer.main

from purport.cli.app import app
from purport.export.formats import EXPORTS
from purport.export.network_rows import EdgeRow, NodeRow
from purport.export.networks import NETWORK_EXPORTS
from purport.lexicons.deeds import QUADS
from purport.lexicons.user_table import COLUMNS as ACTOR_COLUMNS
from purport.model.record import Certainty, Frame, Kind
from purport.model.rows import (
    Actor,
    ActorLink,
    Claim,
    DocumentRow,
    Evidence,
    QuotationTelling,
    Statement,
    StoryDocument,
)
from purport.model.vocabulary import ACTS, TYPES
from purport.read.formats import READERS
from purport.read.options import COLUMNS
from purport.stories.passages import Passage

PAGE = Path(__file__).parent / "reference.md"

MEANING = {
    "id": "the row's name: a hash, the same wherever and whenever the same bytes are read by the same build",
    "document": "the id of its document",
    "source": "the words that name who says it; empty for an unnamed source",
    "act": "what the source does: see the list of speech acts",
    "kind": f"{', '.join(Kind)}: how the words are given",
    "cue": "the words that tell that something is said",
    "content": "the words that are said",
    "chain": "who vouches, outermost first: the outlet, where known, then sources this one lies inside, then its own",
    "outlet": "who published the document",
    "author": "who signed it",
    "published": "the date of publication, ISO 8601, as exact as it is known",
    "title": "the document's title",
    "url": "where it was published",
    "language": "the language, ISO 639-1",
    "path": "the file it was read from; the first by name, where there are several",
    "place": "where in the source it stands, for a person: lines, pages, paragraphs, rows",
    "confidence": "0 to 1, how sure it is to be right",
    "inside": "the id of the statement in whose content this one lies",
    "actor": "the name of whom the source stands for, whatever the source is called there; empty where it has none",
    "source_spans": "where the source stands: [start, end) in code points of the document's text",
    "cue_spans": "where the cue stands",
    "content_spans": "where the content stands",
    "format": "the format it was read as",
    "sha256": "the digest of the bytes it was read from",
    "characters": "the length of its text in code points",
    "analysed": "false where it was kept and not analysed",
    "notes": "what could not be done, and why",
    "attributions": "how many statements were found",
    "paths": "all places where these bytes were met",
    "by": "on whose word a claim stands: the innermost source; of the text's own voice its author, else its outlet",
    "own": "true where the text says it in its own voice",
    "certainty": f"what that voucher holds of the act: {', '.join(Certainty)}",
    "frame": f"how it is put: {', '.join(Frame)}",
    "polarity": "negative where the words of the claim negate the act (`did not fire`), else positive",
    "happened": "certainty, frame and polarity in words, as an answer to “did it happen?”",
    "negation": "the words that negate the act, as they stand",
    "negation_spans": "where those words stand",
    "subject": "who does it, without words that negate",
    "predicate": "the act, without words that negate",
    "object": "whom or what it is done to, without words that negate",
    "further": "its other parts: when, where, how, to whom",
    "times": "when, as ISO 8601 and TIMEX3 have it, as far as it is known",
    "places": "where, with the country's code",
    "endorsed": "true where the wording presupposes what the source says (admitted that)",
    "unsure": "what of it is uncertain: polarity, voucher",
    "by_actor": "the name of whom that source stands for; empty where it is not known",
    "why": "what decided how certain it is: rows of lexicons, modal verbs, negation, ...; empty where nothing did",
    "reporting": "true where it only tells, in the text's own words, that somebody says something",
    "voucher": "the id of the statement it stands in; empty for the text's own voice",
    "subject_spans": "where the subject stands",
    "predicate_spans": "where the predicate stands",
    "object_spans": "where the object stands",
    "name": "what it is called: the neutral name where it is known, else the fullest or most frequent one",
    "type": f"what it is: {', '.join(TYPES)}",
    "known": "the neutral name in the lexicon of actors; empty where it has none there",
    "mentions": "how often it is named",
    "documents": "how many documents name it",
    "statements": "how many statements are its own",
    "hostile": "how many mentions are in words that take a side against it",
    "laudatory": "how many mentions are in words that take a side for it",
    "names": "the other names in use; of an entity all words for it but pronouns, in the order of the text",
    "actor_id": "the id of the actor that the entity is of",
    "reason": "why it is held to be of that actor",
    "holder": "who stands so: of an edge the actor's id, of evidence its name",
    "holder_name": "the name of that actor",
    "target": "to whom: of an edge the actor's id, of evidence its name",
    "target_name": "the name of that actor",
    "sign": "1 for, -1 against, 0 neither (of an edge: or as many documents for as against)",
    "positive": "independent documents that have it for, copies counted once",
    "negative": "independent documents that have it against",
    "neutral": "independent documents that have it neither way, or both alike",
    "steady": "the share of resamples of documents in which the sign is the same",
    "certain": "the share of its ties that are CT+",
    "first": "the first date of publication",
    "last": "the last date of publication",
    "frustrated": "yes where the edge is against the coalitions",
    "ties": "the ids of the stances that it is made of",
    "camp": "the coalition: 0 or 1; which is which says nothing",
    "basis": "what it is read from: a deed, words, a name that takes a side",
    "deed": f"the type of the deed, in PLOVER's sixteen: {', '.join(QUADS)}",
    "words": "the sentence",
    "spans": "where in the document's text what it rests on stands",
}
"""What a column holds; a column that has no row here cannot be documented and fails the making of the page."""

STORIES = {
    "story": "the id of the story, which is another once it has other documents",
    "title": "the title of the document that is most like the others",
    "first": "the first day of publication of its documents",
    "last": "the last day of publication of its documents",
    "document": "the id of a document of it",
    "similarity": "how like the document is to the others, 0 to 1, the mean; 1 where there is no other",
    "follows": "the id of the story that this one goes on from",
}
PASSAGES = {
    "a": "the id of a document",
    "a_start": "the code point at which the passage begins in it",
    "a_end": "the code point behind it",
    "b": "the id of the other document",
    "b_start": "the code point at which the passage begins in that",
    "b_end": "the code point behind it",
    "similarity": "the share of words in common, 0 to 1",
    "first": "the document that had it first, by a credit line or else by date; empty where neither tells",
}
QUOTATIONS = {
    "quotation": "the id of the quotation",
    "first": "the document that had it first; empty where dates do not tell",
    "document": "the id of the document of this telling",
    "start": "the code point at which it begins",
    "end": "the code point behind it",
    "published": "the date of publication, ISO 8601, as exact as it is known",
    "outlet": "who published the document",
    "speaker": "whose words they are",
    "other_speaker": "whether the fullest telling gives them to another",
    "how": "fullest, whole, trimmed or altered",
    "words": "the words, with [-those that the fullest has-] and {+those that stand here instead+}",
}
JSONL = {
    "document": "id, text, outlet, author, title, published, url, language, sha256, format, part, selector, blocks, "
    "map, analysed, notes",
    "attributions": "a list of: id, source, cue, content (each a list of [start, end]), kind, act, inside, holder, "
    "confidence, imputed (only where true: the text says so of the source, which has not said it), reason (of a "
    "block: the layout that makes it the source's)",
    "mentions": "a list of: span [start, end], entity (the id of whom it names), naming (name, description, pronoun), "
    "reason, confidence, tone (hostile, laudatory or empty)",
    "entities": "a list of: id, name (empty for one that is not named), type, names, known (the neutral name in the "
    "lexicon of actors), of (the state or body it belongs to), held (who says what of a contested group)",
    "propositions": "a list of: id, predicate, subject, object (each a list of [start, end]), implied, negation, "
    "polarity, arguments, triples (as strings), triple_spans, certainty, held (by, certainty), endorsed, frame, "
    "voucher, chain, time, place, refers, unsure, confidence, and where there is some reporting, why",
    "stances": "a list of: id, holder (the id of an entity, null for the text's own voice), target, sign, basis, "
    "evidence [start, end], holder_spans, target_spans, voucher, certainty, deed, proposition, confidence",
    "run": "id, version, parts, settings: what made the record",
}
"""The names of JSON Lines, which tests/docs/test_reference.py compares with a real record."""


def reference() -> str:
    """The whole page."""
    lines = [
        "# Reference",
        "",
        "Generated by `make docs`; do not edit. Exit status of every command: 0 all done; 1 some documents failed, or",
        "a store is not sound; 2 the command could not run.",
        "",
        "## Commands",
        "",
    ]
    for name, command in commands().items():
        lines += _command(name, command)
    lines += ["## What is read", "", "| format | files ending in |", "|---|---|"]
    lines += [
        f"| {reader.name} | {', '.join(f'`{suffix}`' if suffix else 'nothing' for suffix in reader.suffixes)} |"
        for reader in READERS
    ]
    lines += [
        "",
        "Of a table or of JSON Lines these columns (keys) are taken, the first that is there, whatever its case;",
    ]
    lines += ["`--column FIELD=COLUMN` names another:", "", "| field | columns |", "|---|---|"]
    lines += [f"| {name} | {', '.join(columns)} |" for name, columns in COLUMNS.items()]
    lines += ["", "## What is written", ""]
    for name, export in EXPORTS.items():
        lines += [f"`--format {name}`: {_prose(inspect.getdoc(export) or '')}", ""]
    lines += ["### Statements (`attributions.csv`, `attributions.parquet`, `statements --format csv|jsonl`)", ""]
    lines += _columns(Statement)
    lines += ["### Claims (`claims.csv`, `claims.parquet`, `claims --format csv|jsonl`)", ""]
    lines += _columns(Claim)
    lines += ["### Documents (`documents.csv`, `documents.parquet`)", "", *_columns(DocumentRow)]
    lines += ["### Actors (`actors.csv`, `actors.parquet`, `actors --format csv|jsonl`)", "", *_columns(Actor)]
    lines += ["### What makes up actors, an entity of a document a row (`links.csv`, `links.parquet`)", ""]
    lines += _columns(ActorLink)
    lines += ["### Stories, a document of one a row (`stories.csv`, `stories.parquet`)", ""]
    lines += _columns(StoryDocument, STORIES)
    lines += ["### Passages that two documents share (`passages.csv|parquet`, `passages --format csv|jsonl`)", ""]
    lines += _columns(Passage, PASSAGES)
    lines += ["### Quotations that travel, a telling a row (`quotations.csv`, `quotations.parquet`)", ""]
    lines += _columns(QuotationTelling, QUOTATIONS)
    lines += ["### Edges of a network (`edges.csv`, `edges.parquet`, `network --format csv|jsonl`)", ""]
    lines += _columns(EdgeRow)
    lines += ["### Actors of a network (`nodes.csv`, `nodes.parquet`)", "", *_columns(NodeRow)]
    lines += ["### The sentences behind an edge (`network --between A B --format csv|jsonl`)", "", *_columns(Evidence)]
    lines += ["### Other files of a network (`network --out DIR --format ...`)", ""]
    lines += [f"- {name}: {_prose(inspect.getdoc(write) or '')}" for name, write in NETWORK_EXPORTS.items()]
    lines += [
        "",
        "### A table of your own actors (`read --actors TABLE`)",
        "",
        "CSV or TSV in UTF-8 with a header; columns, of which the first two must be there:",
        f"{', '.join(ACTOR_COLUMNS)}.",
        "Several values are set apart by `;`. What it says goes over the lexicon that ships.",
        "",
    ]
    lines += [
        "In CSV, spans are written `0-11;15-20`, a chain with ` > ` between its members, other lists with `; `, and"
    ]
    lines += ["what is not known is an empty cell. In Parquet they are lists, and what is not known is null.", ""]
    lines += [
        "### Records (`records.jsonl`)",
        "",
        "One document a line, an object with",
        "",
        "| name | holds |",
        "|---|---|",
    ]
    lines += [f"| {name} | {holds} |" for name, holds in JSONL.items()]
    lines += [
        "",
        "Spans count Unicode code points of `document.text`, from 0, the end not included: Python's",
        "`text[start:end]`.",
    ]
    lines += ["", "## Speech acts", "", *textwrap.wrap(", ".join(sorted(ACTS)) + ".", 116, break_on_hyphens=False)]
    return "\n".join(lines) + "\n"


def _prose(text: str) -> str:
    return " ".join(text.split())


def commands() -> dict[str, Any]:
    """The commands by name, as typer makes them, each with those below it ("actors show"); their classes are click's or
    typer's own, by typer's version."""
    group: Any = typer.main.get_command(app)
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        found[name] = command
        found |= {f"{name} {below}": one for below, one in getattr(command, "commands", {}).items()}
    return found


def _command(name: str, command: Any) -> list[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    told = [f"purport {name}", *(one.metavar for one in arguments)]
    told += [_option(one) for one in options if one.required]
    told += ["[OPTIONS]"] if any(not one.required for one in options) else []
    lines = [f"### purport {name}", "", "    " + " ".join(told), "", _prose(command.help), "", "| | |", "|---|---|"]
    lines += [f"| `{one.metavar}` | {one.help} |" for one in arguments]
    lines += [f"| `{_option(one)}` | {_said(one)} |" for one in options]
    example = (command.epilog or "").removeprefix("Example: ")
    return [*lines, "", *([f"For example: `{example}`", ""] if example else [])]


def _option(one: Any) -> str:
    """An option as it is typed, with its value where it takes one."""
    return str(one.opts[0] if one.is_flag else f"{one.opts[0]} {one.metavar or one.name.upper()}")


def _said(one: Any) -> str:
    said = [one.help]
    if one.required:
        said.append("Required, here or as `PURPORT_STORE`." if one.name == "store" else "Required.")
    elif one.default is not None and not one.is_flag:
        said.append(f"By default `{one.default}`.")
    return " ".join(said)


def _columns(kind: type, meaning: Mapping[str, str] = MEANING) -> list[str]:
    types = {one.name: str(one.type).removesuffix(" | None") for one in fields(kind)}
    shown = {"str": "text", "Kind": "text", "float": "number", "int": "number", "bool": "true or false"}
    lines = ["| column | type | holds |", "|---|---|---|"]
    for name, written in types.items():
        lines.append(f"| {name} | {shown.get(written, 'list')} | {meaning[name]} |")
    return [*lines, ""]


def main() -> int:
    """Write the page, or with `--check` only compare; exit status 1 where it is not up to date."""
    page = reference()
    stale = not PAGE.exists() or PAGE.read_text() != page
    if "--check" in sys.argv[1:]:
        if stale:
            print(f"{PAGE} is not up to date; run make docs", file=sys.stderr)
        return int(stale)
    PAGE.write_text(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
