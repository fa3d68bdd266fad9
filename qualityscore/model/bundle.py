"""The model file: one ``.npz`` of plain numbers with its manifest inside. Nothing in it is code."""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qualityscore.errors import ModelFormatError, ModelVersionError
from qualityscore.model.additive import AdditiveModel
from qualityscore.model.lexical import Channel, LexicalModel
from qualityscore.model.thresholds import Thresholds

FORMAT = 1
_MAX_BYTES = 64_000_000
_STREAMS = ("words", "tokens")
# What zip, zlib, numpy and the checks below raise for a file that is damaged or something else;
# RuntimeError covers "encrypted" and, as NotImplementedError, unknown compression.
_DAMAGE = (
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    IndexError,
    OverflowError,
    MemoryError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Model:
    """A fitted model.

    The text part's log-odds are ``intercept + slope * (lexical + sum of text contributions)``; for
    an HTML page ``page_intercept + sum of page contributions`` is added. Both are calibrated, so
    the probability is the logistic function of the sum.

    Attributes:
        lexical: the n-gram part.
        text: additive part over columns that depend on the text alone.
        page: additive part over columns that need HTML.
        slope, intercept, page_intercept: calibration, affine in log-odds.
        thresholds: score thresholds by false-positive rate.
        manifest: everything else there is to know about the model (JSON).
    """

    lexical: LexicalModel
    text: AdditiveModel
    page: AdditiveModel
    slope: float
    intercept: float
    page_intercept: float
    thresholds: Thresholds
    manifest: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Short hash of the model's numbers."""
        return str(self.manifest["id"])

    @property
    def version(self) -> str:
        """Version of the package that fitted it."""
        return str(self.manifest["version"])

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read a model.

        Raises:
            ModelFormatError: missing, damaged, or not a model.
            ModelVersionError: written in another format version.
        """
        try:
            if path.stat().st_size > _MAX_BYTES:
                raise ModelFormatError(f"{path} is too large to be a qualityscore model")
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
                _check_sizes(file, path)
                manifest = json.loads(bytes(file["manifest"]).decode("utf-8"))
                if not isinstance(manifest, dict):
                    raise ValueError("the manifest is no object")
                if manifest.get("format") != FORMAT:
                    raise ModelVersionError(
                        f"{path} has model format {manifest.get('format')}, this version reads {FORMAT}: "
                        "retrain it or install the version of qualityscore that wrote it"
                    )
                return cls._from_arrays({name: file[name] for name in file.files}, manifest)
        except OSError as error:
            raise ModelFormatError(f"cannot read model {path}: {error.strerror or error}") from error
        except _DAMAGE as error:
            raise ModelFormatError(f"{path} is not a qualityscore model") from error

    @classmethod
    def _from_arrays(cls, arrays: Mapping[str, Any], manifest: dict[str, Any]) -> Model:
        channels = tuple(
            Channel(c["stream"], int(c["n"]), arrays[f"keys{i}"], arrays[f"weights{i}"])
            for i, c in enumerate(manifest["channels"])
        )
        for c in channels:
            if c.stream not in _STREAMS or c.keys.dtype != np.uint32 or c.keys.shape != c.weights.shape:
                raise ValueError("malformed channel")
            if c.weights.dtype != np.float32 or not np.isfinite(c.weights).all():
                raise ValueError("malformed weights")
        if not all(math.isfinite(manifest[name]) for name in ("slope", "intercept", "page_intercept")):
            raise ValueError("numbers that are not finite")
        return cls(
            LexicalModel(channels),
            _additive(arrays, "text", manifest["text_columns"]),
            _additive(arrays, "page", manifest["page_columns"]),
            float(manifest["slope"]),
            float(manifest["intercept"]),
            float(manifest["page_intercept"]),
            Thresholds.from_manifest(manifest["thresholds"]),
            manifest,
        )

    def save(self, path: Path) -> None:
        """Write the model; the same numbers give the same bytes."""
        arrays = self._arrays()
        text = json.dumps(self.manifest, sort_keys=True, ensure_ascii=False)
        arrays["manifest"] = np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
        # savez would append .npz to other names; a buffer keeps the caller's path.
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        path.write_bytes(buffer.getvalue())

    def _arrays(self) -> dict[str, Any]:
        arrays: dict[str, Any] = {}
        for i, channel in enumerate(self.lexical.channels):
            arrays[f"keys{i}"] = channel.keys
            arrays[f"weights{i}"] = channel.weights
        for name, part in (("text", self.text), ("page", self.page)):
            arrays[f"{name}_knots"] = part.knots
            arrays[f"{name}_rises"] = part.rises
            arrays[f"{name}_reference"] = part.reference
        return arrays

    def digest(self) -> str:
        """First 12 hex digits of the SHA-256 of all numbers and column names."""
        sha = hashlib.sha256()
        for name, array in sorted(self._arrays().items()):
            sha.update(name.encode())
            sha.update(np.ascontiguousarray(array).tobytes())
        numbers = (self.slope, self.intercept, self.page_intercept, *self.text.columns, *self.page.columns)
        sha.update(repr(numbers).encode())
        return sha.hexdigest()[:12]

    def require(self, columns: Sequence[str]) -> None:
        """Check that every column of the model is measured.

        Raises:
            ModelVersionError: a column is missing.
        """
        missing = sorted({*self.text.columns, *self.page.columns} - set(columns))
        if missing:
            raise ModelVersionError(
                f"model {self.id} needs {len(missing)} columns that this version does not measure "
                f"(first: {missing[0]}): retrain it or install qualityscore {self.version}"
            )


def _additive(arrays: Mapping[str, Any], name: str, columns: list[str]) -> AdditiveModel:
    part = AdditiveModel(
        tuple(columns), arrays[f"{name}_knots"], arrays[f"{name}_rises"], arrays[f"{name}_reference"]
    )
    d = len(columns)
    if (
        part.knots.shape[0] != d
        or part.rises.shape != (d, part.knots.shape[1] - 1)
        or part.reference.shape != (d,)
    ):
        raise ValueError("malformed additive part")
    if not all(np.isfinite(a).all() for a in (part.knots, part.rises, part.reference)):
        raise ValueError("numbers that are not finite")
    return part


def _check_sizes(file: Any, path: Path) -> None:
    """A zip can claim little and unpack to much: look before unpacking."""
    if sum(item.file_size for item in file.zip.infolist()) > 4 * _MAX_BYTES:
        raise ModelFormatError(f"{path} is too large to be a qualityscore model")
