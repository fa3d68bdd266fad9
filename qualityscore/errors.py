"""The error tree. Everything the package raises on purpose is one of these.

::

    QualityscoreError
    ├── InputError            a page that cannot be read or analysed
    │   ├── DecodeError       bytes that are not text
    │   ├── FetchError        an address that was not fetched
    │   └── LimitExceeded     larger, deeper or slower than `Limits` allows
    ├── ModelError            a model that cannot be used
    │   ├── ModelFormatError  not a model file, or a damaged one
    │   └── ModelVersionError a model made for other signals or another format
    ├── ConfigError           a setting that makes no sense
    ├── SignalError           a signal failed on a page (strict mode only)
    ├── TrainingError         labels from which no honest model can be fitted
    ├── OutputError           an output that cannot be written
    └── MissingExtraError     an optional dependency is not installed
"""

from __future__ import annotations


class QualityscoreError(Exception):
    """Base of every error raised by this package; its text is one line for a user."""


class InputError(QualityscoreError):
    """A page cannot be read or analysed."""


class DecodeError(InputError):
    """The bytes are not text in any encoding that was declared or detected."""


class FetchError(InputError):
    """An address was refused or did not answer with a page.

    Attributes:
        kind: ``refused`` (by the guard), ``robots``, ``redirects``, ``status``, ``type``, ``size``,
            ``time``, ``wait``, ``network`` or ``stopped``.
        status: the HTTP status, 0 if there was none.
    """

    def __init__(self, message: str, kind: str, status: int = 0) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status


class LimitExceeded(InputError):
    """The page is larger, deeper or slower than `Limits` allows."""


class ModelError(QualityscoreError):
    """A model cannot be used."""


class ModelFormatError(ModelError):
    """The file is not a qualityscore model, or it is damaged."""


class ModelVersionError(ModelError):
    """The model was made for another format version or for signals this package lacks."""


class ConfigError(QualityscoreError):
    """A setting or option is wrong; the text says which and what is allowed."""


class SignalError(QualityscoreError):
    """A signal raised on a page; only raised with ``strict=True``."""


class TrainingError(QualityscoreError):
    """The labelled pages cannot give an honest model; the text says why."""


class OutputError(QualityscoreError):
    """An output cannot be written; the text says why and what is left of it."""


class MissingExtraError(QualityscoreError):
    """An optional dependency is missing; the text names the extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed: run  pip install 'qualityscore[{extra}]'")
