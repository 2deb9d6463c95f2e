"""Every module of the conversation can be imported first, so that no two of them wait for each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EACH_IN_A_PROCESS_OF_ITS_OWN = """
import importlib, os, sys
import numpy, phonenumbers, sqlalchemy, yaml  # what takes time, once
failed = False
for name in sys.stdin.read().split():
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except (ImportError, AttributeError) as error:
            print(f"{name}: {error}")
            os._exit(1)
        os._exit(0)
    failed |= os.waitpid(child, 0)[1] != 0
sys.exit(failed)
"""


def _modules() -> list[str]:
    files = sorted(
        file.relative_to(ROOT)
        for top in ("bot/domain", "bot/engine", "bot/flows", "bot/services")
        for file in (ROOT / top).rglob("*.py")
    )
    return [".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files]


@pytest.mark.slow
def test_every_module_can_be_the_first() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", EACH_IN_A_PROCESS_OF_ITS_OWN],
        input="\n".join(_modules()),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
