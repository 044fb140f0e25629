"""An evidence archive: files, register entries and lines of batches, verified by anybody, offline (SPEC.md, section 12).

    archive = evidence.build(files, entries, lines, stamp=authority.stamp)
    checks = evidence.verify(open("preuve.zip", "rb"), log_keys=[log.Verifier(vkey)], roots=roots)

Nothing in it can change without a check failing: a timestamp covers the manifest, the manifest covers every file, each
entry is proved under a signed state of the register, and each line under the root that an entry commits to.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from cryptography import x509

from sceau import log, timestamp
from sceau._internal.archive import read_archive, write_archive
from sceau._internal.jcs import canonical
from sceau._internal.verification import Check, Verification
from sceau.errors import SealError

__all__ = ["Check", "Entry", "Line", "build", "is_evidence", "is_valid", "lines_of", "root_of", "verify"]

FORMAT = "beffroi.evidence/1"
MANIFEST, TOKEN, ENTRIES, LINES = "manifeste.json", "manifeste.tsr", "ecritures.json", "lignes.json"
_COMPULSORY = {"archive", "contents", "timestamp", "entries", "lines"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the register: its canonical record, its token, and its proof (C2SP tlog-proof)."""

    record: str
    token: bytes
    proof: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a batch: where it stands, and the path to the root that an entry commits to."""

    text: str
    index: int
    size: int
    path: tuple[str, ...]
    root: str


def lines_of(texts: Sequence[str], wanted: Iterable[int]) -> list[Line]:
    """The lines of a batch at the wanted places, each with its path. The root of the whole batch is the same in all."""
    nodes: dict[tuple[int, int], bytes] = {}
    read: log.Read = lambda level, index: nodes[level, index]  # noqa: E731  the shape `log` asks for
    for place, text in enumerate(texts):
        for level, index, value in log.append_nodes(place, log.leaf_hash(text.encode()), read):
            nodes[level, index] = value
    size, root = len(texts), log.root(len(texts), read).hex()
    return [
        Line(texts[place], place, size, tuple(h.hex() for h in log.inclusion(place, size, read)), root)
        for place in wanted
    ]


def root_of(texts: Sequence[str]) -> str:
    """The root that an entry commits to, in hexadecimal."""
    return lines_of(texts, [0])[0].root if texts else log.EMPTY_ROOT.hex()


def build(
    files: Mapping[str, bytes],
    entries: Sequence[Entry],
    lines: Sequence[Line],
    *,
    stamp: Callable[[bytes], bytes],
) -> bytes:
    """The archive. `stamp` gives a token (RFC 3161) on a SHA-256 digest."""
    contents = {
        ENTRIES: canonical(
            [{"record": e.record, "token": base64.b64encode(e.token).decode(), "proof": e.proof} for e in entries]
        ),
        LINES: canonical([{**asdict(line), "path": list(line.path)} for line in lines]),
    }
    if contents.keys() & files.keys() or {MANIFEST, TOKEN} & files.keys():
        raise SealError("A file takes the name of a proof.")
    contents |= {name: files[name] for name in sorted(files)}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    manifest = canonical({"format": FORMAT, "files": digests})
    token = stamp(hashlib.sha256(manifest).digest())
    return write_archive({MANIFEST: manifest, TOKEN: timestamp.response(token), **contents})


def is_evidence(archive: BinaryIO) -> bool:
    """Whether this archive says it is one; nothing else is verified."""
    try:
        return bool(json.loads(read_archive(archive)[MANIFEST])["format"] == FORMAT)
    except (SealError, LookupError, TypeError, ValueError):
        return False


def verify(
    archive: BinaryIO, *, log_keys: Sequence[log.Verifier] = (), roots: Sequence[x509.Certificate] = ()
) -> list[Check]:
    """Everything that can be said of an evidence archive, line by line; nothing is raised, whatever it holds."""
    try:
        contents = read_archive(archive)
    except SealError as error:
        return [Check("archive", "failed", str(error))]
    verified = _Evidence(contents)
    verified.checks.append(Check("archive", "ok", f"{len(contents)} files"))
    verified.manifest(roots)
    verified.entries(log_keys)
    verified.attempt("lines", verified.check_lines)
    return verified.checks


def is_valid(checks: Iterable[Check]) -> bool:
    """Whether nothing failed and everything compulsory succeeded."""
    checks = list(checks)
    passed = {check.code for check in checks if check.outcome == "ok"}
    return passed >= _COMPULSORY and all(check.ok for check in checks)


class _Evidence(Verification):
    """The checks of one evidence archive."""

    def manifest(self, roots: Sequence[x509.Certificate]) -> None:
        own = self._own("authority_root", "cles/horodatage.pem", timestamp.load_roots)
        self._trust("authority_root", "cles/horodatage.pem", roots, own)
        self.attempt("timestamp", lambda: self._check_manifest_stamp(roots or own))
        self.attempt("contents", self._check_contents)

    def entries(self, keys: Sequence[log.Verifier]) -> None:
        own = self._own("log_key", "cles/journal.vkey", _log_keys)
        self._trust("log_key", "cles/journal.vkey", [key.vkey for key in keys], [key.vkey for key in own])
        self.attempt("entries", lambda: self._check_entries(keys or own))

    def _check_manifest_stamp(self, roots: Sequence[x509.Certificate]) -> str:
        token = timestamp.parse_response(self._file(TOKEN))
        stamp = timestamp.verify(token, hashlib.sha256(self._file(MANIFEST)).digest(), roots)
        return f"{stamp.time.isoformat()}, {stamp.authority}"

    def _check_contents(self) -> str:
        digests = json.loads(self._file(MANIFEST))["files"]
        others = self._files.keys() - digests.keys() - {MANIFEST, TOKEN}
        if others:
            raise SealError(f"{min(others)} is not in the manifest.")
        changed = [name for name, said in digests.items() if hashlib.sha256(self._file(name)).hexdigest() != said]
        if changed:
            raise SealError(f"{min(changed)} is not what the manifest says.")
        return f"{len(digests)} files"

    def _check_entries(self, keys: Sequence[log.Verifier]) -> str:
        entries = json.loads(self._file(ENTRIES))
        for entry in entries:
            data = log.leaf_data(entry["record"].encode(), base64.b64decode(entry["token"], validate=True))
            log.verify_proof(entry["proof"], log.leaf_hash(data), keys)
        return f"{len(entries)} entries"

    def check_lines(self) -> str:
        committed = {_root(json.loads(entry["record"])) for entry in json.loads(self._file(ENTRIES))}
        lines = json.loads(self._file(LINES))
        for line in lines:
            if line["root"] not in committed:
                raise SealError(f"Line {line['index']} is of a batch that no entry commits to.")
            path = [bytes.fromhex(step) for step in line["path"]]
            leaf, root = log.leaf_hash(line["text"].encode()), bytes.fromhex(line["root"])
            if not log.verify_inclusion(leaf, line["index"], line["size"], path, root):
                raise SealError(f"Line {line['index']} is not the one that the entry commits to.")
        return f"{len(lines)} lines"


def _root(record: Any) -> str:
    found = record.get("donnees", {}).get("racine", "")
    return found if isinstance(found, str) else ""


def _log_keys(text: bytes) -> list[log.Verifier]:
    return [log.Verifier(line) for line in text.decode().splitlines() if line]
