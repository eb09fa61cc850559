"""Four days of the soak (`make soak` rehearses a month)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import Fault
from tests.operate.soak import run_soak, show


@pytest.mark.hard
@pytest.mark.timeout(600)
def test_days_of_the_scheduler_with_faults(tmp_path: Path, fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    soak = run_soak(tmp_path, days=4, seed=1)
    with capsys.disabled():
        show(soak)
    sums = soak.sums
    fault("troubles of every kind in four days", soak.faults.total(), len(sums.lost), len(sums.twice))
    assert soak.failures == []
    assert any(name.startswith("kill -9") for name in soak.faults)
    assert soak.jobs.keys() >= {"central", "ministries", "provinces", "media", "alerts", "backup", "tidy"}
    assert sums.packs
    assert sums.published == 4 * 8 * 3
