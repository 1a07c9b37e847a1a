from __future__ import annotations

from pathlib import Path

import purport
from purport.export import notebook

HOSTILE = 'Mara Denk said: "<script>alert(1)</script> & the dam is safe." She denied that <b>it</b> had failed.'


def test_a_record_is_its_text_with_statements_marked_and_escaped() -> None:
    told = notebook.record(purport.read_text(HOSTILE, language="en"))
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    assert 'title="Mara Denk: assert"' in told
    assert "denied" in told


def test_notebooks_find_what_they_look_for(example_store: Path) -> None:
    record = purport.read_text("Mara Denk denied it.", language="en")
    assert "Mara Denk" in record._repr_html_()  # type: ignore[attr-defined]
    with purport.open(example_store) as corpus:
        statements, actors, network = corpus.statements(), corpus.actors(), corpus.network()
        shown = statements._repr_html_()
        assert shown.count("<tr>") == notebook.ROWS + 1
        assert f"<p>{len(statements):,} statements, the first 10</p>" in shown
        assert "Mara Denk" in actors._repr_html_()
        assert "claims" in corpus.claims()._repr_html_()
        assert network._repr_html_().startswith("<svg")  # type: ignore[attr-defined]
        assert repr(statements) == f"<Statements: {len(statements)} rows>"


def test_long_cells_are_cut() -> None:
    told = notebook.table({"words": ["x" * 500]}, 1, "rows")
    assert "x" * 119 + "…" in told
    assert "x" * 121 not in told
