"""A throw-away PostgreSQL server on loopback, in a folder of its own that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Nothing here outlives the tests, so nothing need survive a crash of the machine."""
_SYSTEM_USER = "postgres"
"""PostgreSQL refuses to run as root; a test run as root starts it as this user."""


class NoPostgres(Exception):
    """PostgreSQL's programs are not on this machine: install the package `postgresql`."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server. `programs` is the folder of initdb and pg_ctl."""

    programs: Path
    folder: Path
    port: int

    def url(self, database: str) -> str:
        """SQLAlchemy's address of one of its databases."""
        return f"postgresql+psycopg://lotsen@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Stops it at once and removes everything."""
        _run(self.folder, self.programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> PostgresServer:
    """Starts a server. Raises NoPostgres."""
    programs = find_programs()
    if programs is None:
        raise NoPostgres("no initdb on the path or in /usr/lib/postgresql/*/bin: install the package postgresql")
    folder = Path(tempfile.mkdtemp(prefix="lotsen-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _SYSTEM_USER)
    server = PostgresServer(programs, folder, _free_port())
    data = folder / "data"
    initdb = (
        programs / "initdb",
        "-D",
        data,
        "-U",
        "lotsen",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    options = f"-p {server.port} -h 127.0.0.1 -k {folder} " + " ".join(f"-c {setting}" for setting in _FAST)
    try:
        _run(folder, *initdb)
        _run(folder, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    except subprocess.CalledProcessError as error:
        log = folder / "log"
        why = log.read_text() if log.exists() else error.stderr
        shutil.rmtree(folder, ignore_errors=True)
        raise RuntimeError(f"PostgreSQL did not start: {why}") from error
    _stop_when_we_are_gone(server)
    return server


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version there is; None when there is none."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    installed = [folder.parent for folder in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda folder: int(folder.parent.name.partition(".")[0]), default=None)


def _stop_when_we_are_gone(server: PostgresServer) -> None:
    """Leaves a process that stops the server when this one ends without having done so (killed, or out of time)."""
    stop = shlex.join(
        [*_as_user(), str(server.programs / "pg_ctl"), "-D", str(server.folder / "data"), "-m", "immediate", "stop"]
    )
    watch = (
        f"while kill -0 {os.getpid()} && [ -d {server.folder} ]; do sleep 1; done; [ ! -d {server.folder} ] || {stop}"
    )
    subprocess.Popen(
        ["sh", "-c", f"{watch}; rm -rf {shlex.quote(str(server.folder))}"],
        cwd=server.folder.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _as_user() -> tuple[str, ...]:
    return ("runuser", "-u", _SYSTEM_USER, "--") if os.geteuid() == 0 else ()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _run(folder: Path, *words: str | Path) -> None:
    """Runs one of PostgreSQL's programs, in a folder that its user may read.

    Its output goes to a file: a pipe would stay open for as long as the server runs.
    """
    with (folder / "output").open("w+") as output:
        done = subprocess.run([*_as_user(), *map(str, words)], cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        if done.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(done.returncode, [str(word) for word in words], stderr=output.read())
