"""The published folder: files in, hashes out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was written: paths relative to the folder, in order, and their SHA-256."""

    folder: Path
    files: tuple[Path, ...]
    hashes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A folder being filled. Writing the same bytes again leaves the file alone."""

    folder: Path
    hashes: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, content: str | bytes) -> None:
        """Write one file; `name` is its path inside the folder, with forward slashes."""
        raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
        path = self.folder / name
        assert path.resolve().is_relative_to(self.folder.resolve()), name
        if not (path.is_file() and path.read_bytes() == raw):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        self.hashes[name] = hashlib.sha256(raw).hexdigest()

    def close(self, *, fingerprint: str) -> Receipt:
        """Drop what an earlier publication left, write the manifest and hand out the receipt."""
        self._sweep()
        manifest = {"fingerprint": fingerprint, "files": dict(sorted(self.hashes.items()))}
        self.put("manifest.json", json.dumps(manifest, indent=1) + "\n")
        names = sorted(self.hashes)
        return Receipt(
            folder=self.folder, files=tuple(Path(name) for name in names), hashes=dict(sorted(self.hashes.items()))
        )

    def _sweep(self) -> None:
        """Remove files named by the manifest of an earlier publication and not written by this one."""
        manifest = self.folder / "manifest.json"
        if not manifest.is_file():
            return
        for name in _named_files(manifest.read_text("utf-8")):
            path = self.folder / name
            if name not in self.hashes and path.resolve().is_relative_to(self.folder.resolve()):
                path.unlink(missing_ok=True)


def _named_files(manifest: str) -> list[str]:
    try:
        named = json.loads(manifest)["files"]
    except (ValueError, KeyError, TypeError):
        return []
    return [name for name in named if isinstance(name, str)] if isinstance(named, dict) else []
