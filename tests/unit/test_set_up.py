"""Setting up on a fresh machine: what is installed, what is only named, what is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="about Linux' libraries")


def command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def libraries(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with the commands in `folder` before the system's."""
    return subprocess.run(
        [ROOT / "packaging" / "linux" / "system-libraries"],
        env={"PATH": f"{folder}:{os.environ['PATH']}", "PYTHON": sys.executable},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a folder of commands that make a machine without any library of Qt's."""
    command(tmp_path, "ldconfig", "echo")
    command(tmp_path, "apt-get", f'echo "apt-get $*" >> {tmp_path}/log')
    command(tmp_path, "sudo", "exit 1")
    command(tmp_path, "id", "echo 1000")
    command(tmp_path, "xvfb-run", "")
    command(tmp_path, "xauth", "")
    return tmp_path


def test_what_may_not_be_installed_is_named_in_one_line_to_copy(bare: Path) -> None:
    ended = libraries(bare)
    assert ended.returncode == 1
    assert not (bare / "log").exists()
    line = next(line for line in ended.stderr.splitlines() if "install" in line and "&&" in line)
    assert line.strip().startswith("sudo apt-get update && sudo apt-get install -y")
    assert {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(line.split())


def test_the_superuser_gets_what_is_missing_installed(bare: Path) -> None:
    command(bare, "id", "echo 0")
    assert libraries(bare).returncode == 0
    update, install = (bare / "log").read_text(encoding="utf-8").splitlines()
    assert update == "apt-get update -qq"
    assert "libegl1" in install.split()


def test_sudo_without_a_password_is_used(bare: Path) -> None:
    command(bare, "sudo", '[ "$1" = -n ] && shift && exec "$@"')
    assert libraries(bare).returncode == 0
    assert "libegl1" in (bare / "log").read_text(encoding="utf-8")


def test_nothing_is_installed_where_nothing_is_missing(bare: Path) -> None:
    command(bare, "ldconfig", "sed -nE 's/^(lib.+so[^ ]*) .*/\\t\\1 (x)/p' $0.names")
    script = (ROOT / "packaging" / "linux" / "system-libraries").read_text(encoding="utf-8")
    (bare / "ldconfig.names").write_text(script, encoding="utf-8")
    assert libraries(bare).returncode == 0
    assert not (bare / "log").exists()


def test_ci_runs_exactly_make_test() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "exec make test </dev/null"
