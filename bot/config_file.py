"""One file of config/ being read: what is there is taken as it should be, and what is not is a fault with its line."""

from __future__ import annotations

import re
from pathlib import Path

from bot.domain.address import Address, AddressError
from bot.domain.finding import Finding
from bot.marked_yaml import MarkedDict, MarkedList, read

_EMAIL = re.compile(r"[^@\s<>,;\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3."""


class ConfigFile:
    """One file being read, and its faults."""

    def __init__(self, path: Path, root: Path) -> None:
        self.name = named(path, root)
        self.data = read(path, root.parent)
        self.findings: list[Finding] = []

    def fault(self, line: int, fault_id: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(self.name, line, fault_id, message, hint))

    def known(self, data: MarkedDict, *keys: str) -> None:
        for key in data:
            if key not in keys:
                self.fault(
                    data.lines[key], "unknown-key", f"there is no key {key!r} here", "one of: " + ", ".join(keys)
                )

    def text(self, data: MarkedDict, key: str, default: str | None = None) -> str:
        value = data.get(key, default)
        if not isinstance(value, str) or not value.strip():
            self.fault(data.lines.get(key, data.line), "missing-key", f"{key}: must hold a text", f"write {key}: ...")
            return ""
        return value.strip()

    def rows(self, data: MarkedDict, key: str, required: bool = False) -> list[MarkedDict]:
        value = data.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, MarkedList) or (required and not value):
            self.fault(data.lines.get(key, data.line), "missing-key", f"{key}: must be a list with at least one item")
            return []
        for item, line in zip(value, value.lines, strict=True):
            if not isinstance(item, MarkedDict):
                self.fault(line, "not-a-mapping", f"each item of {key}: must have keys of its own, not {item!r}")
        return [item for item in value if isinstance(item, MarkedDict)]

    def flag(self, data: MarkedDict, key: str) -> bool:
        value = data.get(key, "false")
        if value not in ("true", "false"):
            self.fault(data.lines[key], "bad-flag", f"{key}: is {value!r}", "write true or false")
        return bool(value == "true")

    def phone(self, data: MarkedDict, key: str) -> str:
        written = self.text(data, key)
        try:
            if written.startswith("+"):
                return Address.parse(written).text
        except AddressError:
            pass
        if written:
            self.fault(data.lines[key], "bad-number", f"{written!r} is no phone number", "write it as +46701740605")
        return written

    def email(self, data: MarkedDict, key: str) -> str:
        written = self.text(data, key)
        if written and (not _EMAIL.fullmatch(written) or len(written) > _LONGEST_EMAIL or not written.isascii()):
            self.fault(
                data.lines[key], "bad-email", f"{written!r} is no e-mail address", "write it as jour@kommunen.example"
            )
        return written

    def number(self, data: MarkedDict, key: str, default: int, least: int, most: int) -> int:
        value = data.get(key)
        if value is None and key not in data:
            return default
        if not isinstance(value, str) or not re.fullmatch(r"\d{1,6}", value) or not least <= int(value) <= most:
            self.fault(
                data.lines[key], "bad-number", f"{key}: is {value!r}", f"write a whole number from {least} to {most}"
            )
            return default
        return int(value)


def named(path: Path, folder: Path) -> str:
    """How a fault names the file: from the configuration's own folder on, when it is below it."""
    return str(path.relative_to(folder.parent)) if path.is_relative_to(folder.parent) else str(path)
