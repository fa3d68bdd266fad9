"""The model file: one ``.npz`` of plain numbers with its manifest inside. Nothing in it is code."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qualityscore.errors import ModelFormatError, ModelVersionError
from qualityscore.model import checks
from qualityscore.model.additive import AdditiveModel
from qualityscore.model.kinds import KindModel
from qualityscore.model.lexical import LexicalModel
from qualityscore.model.spread import Spread
from qualityscore.model.thresholds import Thresholds

FORMAT = 3
# A page whose letters are capitals less often than this has lost them, by whatever hand.
CAPITALS, CASELESS_BELOW = "capital_share.letters", 0.005
_CASELESS = "caseless_"
_MAX_BYTES = 64_000_000
# What zip, zlib, numpy and the checks below raise for a file that is damaged or something else;
# RuntimeError covers "encrypted" and, as NotImplementedError, unknown compression.
_DAMAGE = (
    AttributeError,
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
        spread: refits on resampled networks, for the interval of a score; ``None`` if there are none.
        kinds: which kind of farm page it is; ``None`` if the model was not taught kinds.
        caseless: the same kind of model fitted on pages without capitals, for pages that have less
            than `CASELESS_BELOW` of them; ``None`` if there is none. Its thresholds and manifest are
            this model's, it has neither kinds nor a ``caseless`` of its own.
    """

    lexical: LexicalModel
    text: AdditiveModel
    page: AdditiveModel
    slope: float
    intercept: float
    page_intercept: float
    thresholds: Thresholds
    manifest: Mapping[str, Any]
    spread: Spread | None = None
    kinds: KindModel | None = None
    caseless: Model | None = None

    @property
    def id(self) -> str:
        """Short hash of the model's numbers."""
        return str(self.manifest["id"])

    @property
    def version(self) -> str:
        """Version of the package that fitted it."""
        return str(self.manifest["version"])

    @property
    def prevalence(self) -> float:
        """Share of farm pages among those that calibrated the score, in 0-1."""
        return float(self.manifest["prevalence"])

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
        if not isinstance(manifest["version"], str):
            raise ValueError("no version")
        if not 0 < checks.number(manifest["prevalence"]) < 1:
            raise ValueError("prevalence out of range")
        model = cls._weights(arrays, manifest, manifest)
        if manifest.get("caseless") is not None:
            own = {name[len(_CASELESS) :]: a for name, a in arrays.items() if name.startswith(_CASELESS)}
            caseless = cls._weights(own, manifest["caseless"], manifest)
            model = dataclasses.replace(model, caseless=caseless)
        model = dataclasses.replace(model, kinds=checks.kinds(arrays, manifest))
        if manifest["id"] != model.digest():
            raise ValueError("the numbers are not those that the id names")
        return model

    @classmethod
    def _weights(cls, arrays: Mapping[str, Any], told: Mapping[str, Any], manifest: dict[str, Any]) -> Model:
        """Weights and calibration as ``told`` describes them; thresholds and the rest of the manifest."""
        channels = tuple(
            checks.channel(spec, arrays[f"keys{i}"], arrays[f"weights{i}"])
            for i, spec in enumerate(told["channels"])
        )
        text = checks.additive(arrays, "text", checks.names(told["text_columns"]))
        page = checks.additive(arrays, "page", checks.names(told["page_columns"]))
        return cls(
            LexicalModel(channels),
            text,
            page,
            checks.number(told["slope"]),
            checks.number(told["intercept"]),
            checks.number(told["page_intercept"]),
            Thresholds.from_manifest(manifest["thresholds"]),
            manifest,
            checks.spread(arrays, text, page),
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
        if self.spread is not None:
            for name in ("text", "page", "lexical", "intercept", "page_intercept"):
                arrays[f"spread_{name}"] = getattr(self.spread, name)
        if self.kinds is not None:
            for name in ("knots", "rises", "reference", "intercepts"):
                arrays[f"kind_{name}"] = getattr(self.kinds, name)
        if self.caseless is not None:
            arrays |= {_CASELESS + name: array for name, array in self.caseless._arrays().items()}
        return arrays

    def described(self) -> dict[str, Any]:
        """What the manifest says so that the arrays can be read."""
        return {
            "channels": [{"stream": c.stream, "n": c.n} for c in self.lexical.channels],
            "text_columns": list(self.text.columns),
            "page_columns": list(self.page.columns),
            "slope": self.slope,
            "intercept": self.intercept,
            "page_intercept": self.page_intercept,
            "caseless": None if self.caseless is None else self.caseless.described(),
        }

    def digest(self) -> str:
        """First 12 hex digits of the SHA-256 of all numbers and names that decide a result."""
        sha = hashlib.sha256()
        for name, array in sorted(self._arrays().items()):
            sha.update(f"{name} {array.dtype} {array.shape}".encode())
            sha.update(np.ascontiguousarray(array).tobytes())
        rest = {
            **self.described(),
            "prevalence": self.prevalence,
            "kinds": None if self.kinds is None else [list(self.kinds.names), list(self.kinds.columns)],
            "thresholds": self.thresholds.to_manifest(),
        }
        sha.update(json.dumps(rest, sort_keys=True).encode())
        return sha.hexdigest()[:12]

    def require(self, columns: Sequence[str]) -> None:
        """Check that every column of the model is measured.

        Raises:
            ModelVersionError: a column is missing.
        """
        needed = {*self.text.columns, *self.page.columns}
        if self.kinds is not None:
            needed |= set(self.kinds.columns)
        if self.caseless is not None:
            needed |= {*self.caseless.text.columns, *self.caseless.page.columns, CAPITALS}
        missing = sorted(needed - set(columns))
        if missing:
            raise ModelVersionError(
                f"model {self.id} needs {len(missing)} columns that this version does not measure "
                f"(first: {missing[0]}): retrain it or install qualityscore {self.version}"
            )


def _check_sizes(file: Any, path: Path) -> None:
    """A zip can claim little and unpack to much: look before unpacking."""
    if sum(item.file_size for item in file.zip.infolist()) > 4 * _MAX_BYTES:
        raise ModelFormatError(f"{path} is too large to be a qualityscore model")
