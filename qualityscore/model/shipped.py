"""Where the shipped model lies: beside the package in a wheel, in ``models/`` in a checkout."""

from __future__ import annotations

from pathlib import Path

from qualityscore.errors import ModelFormatError

NAME = "qualityscore-en.npz"


def shipped_model_path() -> Path:
    """Path of the shipped model.

    Raises:
        ModelFormatError: the installation lacks it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_models", package.parent / "models"):
        if (folder / NAME).is_file():
            return folder / NAME
    raise ModelFormatError("this installation lacks its model: reinstall qualityscore")
