"""The command line.

Nothing here imports numpy or the scorer before a command needs it, so that ``--help`` is quick.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit."""
    import os

    # The matrices of a page are small: threads cost more than they save, and workers have cores of their own.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from qualityscore.cli.app import app
    from qualityscore.cli.console import prepare_streams

    prepare_streams()
    app(prog_name="qualityscore")
