"""Builds the compiled parts of `qualityscore/native`; without a C compiler the package works without them.

``QUALITYSCORE_PURE=1`` leaves them out on purpose.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDER = Path("qualityscore", "native")
# What Cython needs to read arrays: compiled once, not into every part, where it was half of what was compiled.
_SHARED = "views"


class NativeBuildHook(BuildHookInterface):
    """Compiles every ``.pyx`` file beside its source, where it is older than that."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and make a wheel for this platform; a pure one where nothing can be compiled."""
        if self.target_name != "wheel" or os.environ.get("QUALITYSCORE_PURE"):
            return
        try:
            built = _compile(Path(self.root))
        except (Exception, SystemExit) as error:
            self.app.display_warning(f"no compiled parts, pages are scored with Python alone: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].extend(built)


def _compile(root: Path) -> list[str]:
    """Compile all sources; paths of what was built, from the root."""
    before = Path.cwd()
    os.chdir(root)
    try:
        sources = {_SHARED: _FOLDER / f"{_SHARED}.c"}
        sources |= {path.stem: path for path in sorted(_FOLDER.glob("*.pyx"))}
        built = [_FOLDER / f"{name}{sysconfig.get_config_var('EXT_SUFFIX')}" for name in sources]
        if not _fresh(built):
            _build(sources)
        return [path.as_posix() for path in built]
    finally:
        os.chdir(before)


def _fresh(built: list[Path]) -> bool:
    """Whether all are there, and younger than whatever they are made from.

    Cython would ask this of its own files as well, which every build installs anew.
    """
    newest = max(path.stat().st_mtime for path in (*_FOLDER.glob("*.p[xy][dix]"), Path("hatch_build.py")))
    return all(path.is_file() and path.stat().st_mtime >= newest for path in built)


def _build(sources: dict[str, Path]) -> None:
    """Compile what is older than its source, in place, as modules of these names."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    # Fused multiplications would change the last bit of a sum from one processor to the next.
    flags = ["/O2", "/fp:precise"] if sys.platform == "win32" else ["-O2", "-g0", "-ffp-contract=off"]
    modules = cythonize(
        [
            Extension(f"qualityscore.native.{name}", [path.as_posix()], extra_compile_args=flags)
            for name, path in sources.items()
        ],
        build_dir="build/cython",
        shared_utility_qualified_name=f"qualityscore.native.{_SHARED}",
        compiler_directives={
            "language_level": 3,
            "boundscheck": False,
            "wraparound": False,
            "cdivision": True,
        },
    )
    command = build_ext(Distribution({"name": "qualityscore", "ext_modules": modules}))
    command.inplace, command.build_temp, command.parallel = True, "build/objects", os.cpu_count()
    command.ensure_finalized()
    command.run()


if __name__ == "__main__":
    print("\n".join(_compile(Path(__file__).resolve().parent)))
