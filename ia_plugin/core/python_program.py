"""Where the program of this Python is, for work that another process shall do."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Optional


def python_program() -> Optional[str]:
    """Path of the interpreter; None where there is none.

    In QGIS on Windows ``sys.executable`` is QGIS itself, which would open another window; Python's own program lies beside its library.

    >>> os.path.basename(python_program()).lower().startswith("python")
    True
    """
    if Path(sys.executable or "").stem.lower().startswith("python"):
        return sys.executable
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    names = ("python3.exe", "python.exe") if os.name == "nt" else (f"bin/{version}", "bin/python3")
    found = (Path(sys.exec_prefix) / name for name in names)
    return next((str(path) for path in found if path.is_file()), None)
