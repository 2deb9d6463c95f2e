"""Passwords whose hashes take no time, for tests that sign in often."""

from __future__ import annotations

import argon2
import pytest

from bot.services import passwords


def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody's"))
