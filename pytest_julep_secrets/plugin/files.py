"""Files that a run was told to write, gone through once more when all has been written.

For what was written before a value was known, and by whom no net is put out.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

# Options of pytest, pytest-reportlog, pytest-html and pytest-json-report that name a file.
_OPTIONS: Final = ("xmlpath", "report_log", "htmlpath", "json_report_file", "log_file", "debug")


def redact_files(config: pytest.Config, redact: Callable[[str], str]) -> None:
    """Redact every file that an option names; what is clean is not touched.

    Workers of xdist write none: their options are the controller's.
    """
    if hasattr(config, "workerinput"):
        return
    for named in _paths(config):
        try:
            # Behind a link, and only what is a file: a pipe would never end.
            path = named.resolve()
            if not path.is_file() or named.as_posix().startswith(("/dev/", "/proc/")):
                continue
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            safe = redact(text)
            if safe != text:
                _replace(path, safe.encode("utf-8", "surrogateescape"))
        except OSError:
            # It is not there, or not ours to read.
            continue


def _paths(config: pytest.Config) -> Iterator[Path]:
    for option in _OPTIONS:
        name = getattr(config.option, option, None)
        if isinstance(name, str) and name:
            yield config.invocation_params.dir / name
    # Without pytest's plugin for logging there is no such option.
    if config.pluginmanager.has_plugin("logging") and config.getini("log_file"):
        yield config.rootpath / config.getini("log_file")


def _replace(path: Path, text: bytes) -> None:
    """Write a file anew, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
