"""A PostgreSQL with PostGIS of the tests' own: made for a run, on 127.0.0.1 at a port of its own, and thrown away after it.

    def test_something(postgis):                     # the fixture of tests/conftest.py
        with postgis.database() as name:
            postgis.psql("SELECT postgis_version()", database=name)

Nothing of a server that is there already is touched. As root the server runs as the user postgres, which Debian's package
makes: PostgreSQL refuses root. Where it cannot be started the tests that ask for it are skipped, with the reason.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ADMIN = "dba"
"""The cluster's superuser."""
_TEMPLATE = "with_postgis"
_AS_MADE = ("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
_BRING = "make postgis brings it"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "30",
    "max_prepared_transactions": "5",
    "shared_buffers": "64MB",
    "max_wal_size": "2GB",
    "log_statement": "all",  # so that a test can look for what must not be logged
    "log_min_duration_statement": "-1",
    "jit": "off",
    "fsync": "off",  # thrown away: only a machine that loses its power could tell
}


def server_programs() -> tuple[str, str]:
    """(folder of the newest server that has PostGIS, "") or ("", why there is none)."""
    found = sorted(
        (float(path.parts[-3]), path.parent)
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if (Path("/usr/share/postgresql") / path.parts[-3] / "extension" / "postgis.control").is_file()
    )
    if not found:
        return "", f"no PostgreSQL with PostGIS here: {_BRING}"
    if not any(map(importlib.util.find_spec, ("psycopg", "psycopg2"))):
        return "", f"neither psycopg nor psycopg2 here: {_BRING}"
    if os.geteuid() == 0 and not _postgres():
        return "", "PostgreSQL does not run as root, and there is no user postgres"
    return str(found[-1][1]), ""


def _postgres() -> dict[str, Any]:
    """How a program is run as the user postgres where we are root; {} where we are not, or there is no such user."""
    if os.geteuid() != 0:
        return {}
    import pwd

    try:
        who = pwd.getpwnam("postgres")
    except KeyError:
        return {}
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": [], "env": {**os.environ, "HOME": who.pw_dir}}


@dataclass
class Cluster:
    """A running server. `psql` is the real client; `target` what the plugin is given."""

    programs: Path
    folder: Path
    port: int
    settings: dict[str, str]
    server: subprocess.Popen[bytes]
    _made: list[str] = field(default_factory=list)

    def target(self, database: str, user: str = ADMIN) -> str:
        return f"host=127.0.0.1 port={self.port} dbname={database} user={user}"

    def psql(self, *commands: str, database: str = "postgres", user: str = ADMIN, stop: bool = True) -> str:
        """What psql says to some commands, one after the other in one session: rows and errors, unaligned."""
        program = [str(self.programs / "psql"), "-X", "-A", "-t", "-q", "-v", f"ON_ERROR_STOP={int(stop)}"]
        steps = [part for command in commands for part in ("-c", command)]
        done = subprocess.run(
            [*program, "-d", self.target(database, user), *steps],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
        )
        if stop and done.returncode:
            raise AssertionError(done.stdout)
        return done.stdout.strip()

    @contextmanager
    def database(self) -> Iterator[str]:
        """A new database with PostGIS, dropped at the end."""
        name = f"ia_{len(self._made)}"
        self._made.append(name)
        if len(self._made) == 1:  # to make PostGIS in each database takes seconds
            self.psql(f"CREATE DATABASE {_TEMPLATE}")
            self.psql("CREATE EXTENSION postgis", database=_TEMPLATE)
        self.psql(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY file_copy")
        try:
            yield name
        finally:
            self.psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @property
    def log(self) -> str:
        """All that the server has written."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Let a server that was stopped run again, at the same port."""
        self.server = _run(self.programs, self.folder, self.port, self.settings)
        _wait(self)

    def stop(self) -> None:
        self.server.send_signal(signal.SIGINT)  # "fast": does not wait for its clients
        try:
            self.server.wait(30)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait(30)


@contextmanager
def started(**settings: str) -> Iterator[Cluster]:
    """A cluster of its own, with `settings` beside those of every test; skips where none can be had."""
    programs, why = server_programs()
    if why:
        pytest.skip(why)
    made = ["initdb", "-U", ADMIN, *_AS_MADE]
    with _server(Path(programs), made, {**_SETTINGS, **settings}) as cluster:
        yield cluster


@contextmanager
def copied(of: Cluster) -> Iterator[Cluster]:
    """A streaming copy of a running cluster, which can only be read (a hot standby); skips where none can be made."""
    if not (of.programs / "pg_basebackup").is_file():
        pytest.skip("no pg_basebackup here, which makes the read-only copy of a server")
    made = ["pg_basebackup", "-d", of.target("postgres"), "-c", "fast", "-X", "stream", "-R", "--no-sync"]
    with _server(of.programs, made, of.settings) as copy:
        yield copy


def in_step(of: Cluster, copy: Cluster) -> None:
    """Wait until a copy has all that its server has written."""
    written = of.psql("SELECT pg_current_wal_lsn()")
    for _ in range(300):
        if copy.psql(f"SELECT pg_last_wal_replay_lsn() >= '{written}'") == "t":
            return
        time.sleep(0.1)
    raise AssertionError("the copy does not come up with its server")


@contextmanager
def _server(programs: Path, made: list[str], settings: dict[str, str]) -> Iterator[Cluster]:
    """A server on the data that a program makes."""
    # Not pytest's folder: what is root's alone the user postgres cannot enter.
    folder = Path(tempfile.mkdtemp(prefix="postgis-"))
    cluster = None
    try:
        cluster = _start(programs, folder, made, settings)
        yield cluster
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, folder: Path, making: list[str], settings: dict[str, str]) -> Cluster:
    how = _postgres()
    if how:
        os.chown(folder, how["user"], how["group"])
    made = subprocess.run(
        [str(programs / making[0]), "-D", str(folder / "data"), *making[1:]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        **how,
    )
    if made.returncode:
        pytest.skip(f"no cluster can be made here: {made.stdout.strip().splitlines()[-1]}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cluster = Cluster(programs, folder, port, settings, _run(programs, folder, port, settings))
    _wait(cluster)
    return cluster


def _run(programs: Path, folder: Path, port: int, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    # The server ends with the tests, even where they are killed.
    leash = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    command = [*leash, str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), *options]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_postgres())


def _wait(cluster: Cluster) -> None:
    ready = [str(cluster.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(cluster.port)]
    for _ in range(300):
        if cluster.server.poll() is not None:
            pytest.skip(f"PostgreSQL does not start here: {_last_word(cluster.log)}")
        if subprocess.run(ready).returncode == 0:
            return
        time.sleep(0.1)
    cluster.stop()
    pytest.skip("PostgreSQL did not come up within half a minute")


def _last_word(log: str) -> str:
    words = re.findall(r"(?:FATAL|ERROR): +(.*)", log)
    return words[-1] if words else "it does not say why"
