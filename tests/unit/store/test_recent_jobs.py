"""The list of job files used last is a help and never in the way."""

from __future__ import annotations

import os
from pathlib import Path

from loadline.store.recent_jobs import recent_jobs, remember_job


def test_a_list_that_is_no_text_is_none(tmp_path: Path) -> None:
    file = tmp_path / "recent.json"
    file.write_bytes(b'["\xff"]')
    assert recent_jobs(file) == ()


def test_a_file_whose_name_is_no_text_is_not_remembered_and_the_others_stay(
    tmp_path: Path,
) -> None:
    file, job = tmp_path / "recent.json", tmp_path / "a.toml"
    job.touch()
    remember_job(job, file)
    remember_job(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.toml")), file)
    assert recent_jobs(file) == (job,)
