"""Which line of the user's code is being run."""

from __future__ import annotations

import sys
import sysconfig
import threading
from functools import lru_cache
from os.path import normcase
from pathlib import Path
from types import FrameType


def user_line() -> str:
    """Describe the innermost line that is neither ours, the standard library's nor installed.

    Returns:
        A sentence such as "At billing/keys.py:12, in store." that names the thread if it is
        not the main one; "" where there is nothing to say.
    """
    frame = _user_frame()
    thread = threading.current_thread()
    aside = "" if thread is threading.main_thread() else f" (in the thread '{thread.name}')"
    if frame is None:
        return f"It happened in the thread '{thread.name}'." if aside else ""
    code = frame.f_code
    return f"At {_shorten(code.co_filename)}:{frame.f_lineno}, in {code.co_name}{aside}."


def module_being_imported() -> str:
    """Return the file of the user's whose import has led here; "" if it is a function that has."""
    frame = _user_frame()
    if frame is None or frame.f_code.co_name != "<module>":
        return ""
    # What runs as a script has called pytest.
    is_script = frame.f_globals.get("__name__") == "__main__"
    return "" if is_script else _shorten(frame.f_code.co_filename)


def _user_frame() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - inspect's own is slow
    while frame is not None and is_foreign(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


@lru_cache(maxsize=1)
def _roots() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    keys = ("stdlib", "platstdlib", "purelib", "platlib")
    return tuple(
        normcase(f"{root}/") for root in [*(paths[key] for key in keys), Path(__file__).parents[1]]
    )


@lru_cache(maxsize=1024)
def is_foreign(filename: str) -> bool:
    """Tell whether a file is ours, the standard library's, installed, or none at all."""
    # "<frozen runpy>", "<string>": nothing that could be opened.
    return filename.startswith(("<", *_roots())) or normcase(filename).startswith(_roots())


def _shorten(filename: str) -> str:
    try:
        here, path = Path.cwd(), Path(filename)
    except OSError:
        # Somebody has removed the directory; what is to be said is said all the same.
        return filename
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else filename
