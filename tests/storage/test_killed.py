"""A process killed at any moment loses no finding that it had stored, and leaves nothing half stored."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.store import Store
from tests.storage.builders import REGISTRY

WRITER = """
import sys
from pathlib import Path
from storage.lock import DataLock
from storage.store import Store, key_of
from tests.storage.builders import REGISTRY, NIGHT, picture, verdict

data, url = Path(sys.argv[1]), sys.argv[2] or None
with DataLock(data), Store.open(data, url) as store:
    made = {"as_of": NIGHT, "program": "p"}
    targets = [("site", f"t{number}") for number in range(2000)]
    run = store.resume_run(REGISTRY, targets=targets, **made)
    run = run or store.begin_run(REGISTRY, started=NIGHT, targets=targets, **made)
    for _, target in store.pending(run.id):
        verdicts = [verdict(target=target, subject=f"http://x/{n}") for n in range(5)]
        evidence = {key_of(each): [picture(f"{target}-{n}")] for n, each in enumerate(verdicts)}
        store.take_in(run.id, target, verdicts, evidence, NIGHT, items=["http://x/1"])
        print(target, flush=True)
"""


def killed_after(folder: Path, url: str | None, seconds: float) -> list[str]:
    """The targets that a writer said it had stored before it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), url or ""], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = [process.stdout.readline().strip()]
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    lines = rest.splitlines(keepends=True)
    return said + [line.strip() for line in lines if line.endswith("\n")]


@pytest.mark.slow
def test_what_was_stored_is_there_after_any_kill(tmp_path: Path, url: str | None) -> None:
    stored: list[str] = []
    for attempt in range(8):
        stored += killed_after(tmp_path, url, 0.02 + 0.037 * attempt)
        with Store.open(tmp_path, url) as store:
            kept: dict[str, int] = {}
            for found in store.findings():
                assert len(found.evidence) == 1
                assert found.sightings == 1
                kept[found.target] = kept.get(found.target, 0) + 1
            assert set(stored) <= kept.keys()
            assert set(kept.values()) == {5}
            (run,) = store.runs()
            assert {each.target for each in store.targets(run.id) if each.state == "done"} == kept.keys()
            assert len(store.outcomes(run.id)) == 5 * len(kept)
            assert store.first_seen(stored[-1]) != {}
            assert store.registry(run.id) == REGISTRY
    assert len(stored) == len(set(stored)), "a target was taken in twice"
