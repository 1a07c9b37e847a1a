from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purport.corpus.reading import Job
from purport.datasets import expanded, parse_share
from purport.datasets.plan import LARGEST, MOST_SHARES, InputDigest, inputs_digest, options_out, plan, shard_name
from purport.errors import UsageError
from purport.model.document import Metadata
from purport.read.options import Options

SIZE = 1000
FOLDER = Path("/no/where")


def jobs(sizes: list[int], ending: str = "txt") -> list[Job]:
    return [Job(f"{FOLDER}/{n:04}.{ending}", size, Metadata(), Options()) for n, size in enumerate(sizes)]


@given(st.lists(st.integers(0, 6000), max_size=80))
def test_every_job_is_in_one_shard_and_in_order(sizes: list[int]) -> None:
    todo = jobs(sizes)
    shards = plan(todo, [], SIZE)
    assert [one.job for inputs in shards for one in inputs] == todo
    assert all(sum(one.job.size for one in inputs) <= LARGEST * SIZE or len(inputs) == 1 for inputs in shards)


@given(st.lists(st.integers(1, 900), min_size=2, max_size=80), st.data())
def test_a_file_more_changes_what_is_beside_it_only(sizes: list[int], data: st.DataObject) -> None:
    todo = jobs(sizes)
    at = data.draw(st.integers(0, len(todo) - 1))
    after = plan(todo, [], SIZE)
    before = plan(todo[:at] + todo[at + 1 :], [], SIZE)
    changed = [inputs for inputs in after if inputs not in before]
    # Where a shard had reached the largest size, the next ones begin elsewhere, up to the next end that a name decides.
    assert len(changed) <= 4


def test_shards_are_of_the_size_that_is_asked_for_on_average() -> None:
    shards = plan(jobs([100] * 5000), [], SIZE)
    assert 400 < len(shards) < 620


def test_a_large_file_of_many_documents_is_split_and_no_other() -> None:
    [one] = plan(jobs([10**7]), [], SIZE)
    assert one[0].job.share == (0, 1)
    shards = plan(jobs([10**7], "zip"), [], SIZE)
    assert [inputs[0].job.share for inputs in shards] == [(n, MOST_SHARES) for n in range(MOST_SHARES)]
    assert len(plan(jobs([3 * LARGEST * SIZE - 1], "jsonl"), [], SIZE)) == 3


def test_names_are_below_the_folder_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    job = Job(str(tmp_path / "a" / "b" / "c.txt"), 1, Metadata(), Options())
    names = [plan([job], paths, SIZE)[0][0].name for paths in ([], [tmp_path], [tmp_path, tmp_path / "a"])]
    assert names == ["c.txt", "a/b/c.txt", "b/c.txt"]


def test_the_name_of_a_shard_tells_its_bytes_its_run_and_how_it_was_read() -> None:
    [inputs] = plan(jobs([10]), [], SIZE)
    told = [plan([Job(one.job.path, 10, Metadata("A"), Options()) for one in inputs], [], SIZE)[0], inputs]
    digests = {inputs_digest(one, [InputDigest(sha256, (0, 0))]) for one in told for sha256 in ("a", "b")}
    options = (Options(), Options("utf-8"), Options(columns=(("text", "body"),)))
    names = {shard_name(run, options_out(one), digest) for run in "xy" for one in options for digest in digests}
    assert len(names) == 2 * 3 * 4
    assert all(len(name) == 32 for name in names)


@pytest.mark.parametrize("told, share", [("1/1", (1, 1)), ("3/64", (3, 64)), ("64/64", (64, 64))])
def test_shares(told: str, share: tuple[int, int]) -> None:
    assert parse_share(told) == share


@pytest.mark.parametrize("told", ["", "1", "/", "0/3", "4/3", "-1/3", "1/-3", "a/b", "1/2/3", "1.5/3", "1/" + "9" * 40])
def test_what_is_no_share_is_refused(told: str) -> None:
    with pytest.raises(UsageError, match="is no share"):
        parse_share(told)


def test_patterns_are_put_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a1.txt", "a2.txt", "b[1].txt", "@x"):
        Path(name).write_text("x")
    Path("list").write_text("a*.txt\n  b[1].txt  \n\n")
    paths = [Path(one) for one in ("@list", "a?.txt", "@x", "none*", "none")]
    told = ["a1.txt", "a2.txt", "b[1].txt", "a1.txt", "a2.txt", "@x", "none*", "none"]
    assert [str(path) for path in expanded(paths)] == told
    with pytest.raises(UsageError, match=r"^gone: the list of paths cannot be read"):
        list(expanded([Path("@gone")]))
