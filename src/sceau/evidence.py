"""An evidence archive:
files, register entries and lines of batches, verified by anybody, offline (SPEC.md, section 12).

    archive = evidence.build(files, entries, lines,
    stamp=authority.stamp) # or evidence.write, for a big one
    checks = evidence.verify(open("preuve.zip", "rb"), log_keys=[log.Verifier(vkey)], roots=roots)

Nothing in it can change without a check failing: a timestamp covers the manifest, the manifest
covers every file, each entry is proved under a signed state of the register, and each line under
the root that an entry commits to.
"""

import base64
import codecs
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography import x509

from sceau import log, timestamp
from sceau._internal.archive import StreamedArchive, new_entry
from sceau._internal.jcs import canonical
from sceau._internal.verification import Check, Verification, share
from sceau.errors import Said, SealError
from sceau.verdict import Verdict, agrees, conclude

__all__ = [
    "Check",
    "Entry",
    "Line",
    "build",
    "check_line",
    "committed_root",
    "holds_together",
    "is_evidence",
    "line_text",
    "lines_of",
    "root_of",
    "verdict",
    "verify",
    "write",
]

FORMAT = "beffroi.evidence/1"
MANIFEST, TOKEN, ENTRIES, LINES = "manifeste.json", "manifeste.tsr", "ecritures.json", "lignes.json"
HEADS = "tetes.json"
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ITEM_LIMIT_CHARACTERS = 8 << 20
_COMPULSORY = {"archive", "contents", "timestamp", "entries", "lines"}
# The register's key answers for the entries; for the files, only who stamped the manifest does.
_ANCHORS = {"log_key", "authority_root"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the register:
    its canonical record, its token, its proof (C2SP tlog-proof), its qualified token if held.
    """

    record: str
    token: bytes
    proof: str
    qualified: bytes | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a batch: where it stands, and the path to the root that an entry commits to."""

    text: str
    index: int
    size: int
    path: tuple[str, ...]
    root: str


def lines_of(texts: Sequence[str], wanted: Iterable[int]) -> list[Line]:
    """The lines of a batch at the wanted places, each with its path.

    The root of the whole batch is the same in all.
    """
    nodes: dict[tuple[int, int], bytes] = {}
    read: log.Read = lambda level, index: nodes[level, index]  # noqa: E731  the shape `log` asks for
    for place, text in enumerate(texts):
        for level, index, value in log.append_nodes(place, log.leaf_hash(text.encode()), read):
            nodes[level, index] = value
    size, root = len(texts), log.root(len(texts), read).hex()
    return [
        Line(
            texts[place],
            place,
            size,
            tuple(h.hex() for h in log.inclusion(place, size, read)),
            root,
        )
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
    heads: Mapping[str, bytes] | None = None,
) -> bytes:
    """The archive.

    `stamp` gives a token (RFC 3161) on a SHA-256 digest; `heads`:
    the qualified token of each checkpoint.
    """
    target = io.BytesIO()
    write(target, files, entries, lines, stamp=stamp, heads=heads)
    return target.getvalue()


def write(
    target: BinaryIO,
    files: Mapping[str, bytes],
    entries: Iterable[Entry],
    lines: Iterable[Line],
    *,
    stamp: Callable[[bytes], bytes],
    heads: Mapping[str, bytes] | None = None,
) -> None:
    """The same archive, written as it is made: entries and lines are taken one at a time."""
    if {MANIFEST, TOKEN, ENTRIES, LINES, HEADS} & files.keys():
        raise SealError("A file takes the name of a proof.")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        digests = {ENTRIES: _write(archive, ENTRIES, _listed(map(_entry, entries)))}
        digests[LINES] = _write(archive, LINES, _listed(map(_line, lines)))
        if heads:
            held = (
                {"checkpoint": note, "token": _text(token)} for note, token in sorted(heads.items())
            )
            digests[HEADS] = _write(archive, HEADS, _listed(held))
        digests |= {name: _write(archive, name, [files[name]]) for name in sorted(files)}
        manifest = canonical({"format": FORMAT, "files": digests})
        _write(archive, MANIFEST, [manifest])
        _write(archive, TOKEN, [timestamp.response(stamp(hashlib.sha256(manifest).digest()))])


def line_text(line: Line) -> bytes:
    """A line with its path, in canonical JSON."""
    return canonical(_line(line))


def check_line(line: Mapping[str, Any], roots: Collection[str]) -> None:
    """Raises unless this line, as `line_text` writes it,
    is under one of the roots that entries commit to.
    """
    if line["root"] not in roots:
        raise SealError("Line {line} is of a batch that no entry commits to.", line=line["index"])
    path = [bytes.fromhex(step) for step in line["path"]]
    leaf, root = log.leaf_hash(line["text"].encode()), bytes.fromhex(line["root"])
    if not log.verify_inclusion(leaf, line["index"], line["size"], path, root):
        raise SealError("Line {line} is not the one that the entry commits to.", line=line["index"])


def committed_root(record: str) -> str:
    """The root of a batch that a record commits to; empty when it commits to none."""
    return _root(json.loads(record))


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "path": list(line.path)}


def _entry(entry: Entry) -> dict[str, str]:
    qualified = {} if entry.qualified is None else {"qualified": _text(entry.qualified)}
    return {"record": entry.record, "token": _text(entry.token), "proof": entry.proof, **qualified}


def _text(token: bytes) -> str:
    return base64.b64encode(token).decode()


def _bytes(token: str) -> bytes:
    return base64.b64decode(token, validate=True)


def _listed(values: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """The canonical list of these values, one at a time."""
    yield b"["
    for rank, value in enumerate(values):
        yield b"," * bool(rank) + canonical(value)
    yield b"]"


def _write(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(new_entry(name), "w") as stream:
        for block in blocks:
            digest.update(block)
            stream.write(block)
    return digest.hexdigest()


def is_evidence(archive: BinaryIO) -> bool:
    """Whether this archive says it is one; nothing else is verified."""
    try:
        return bool(json.loads(StreamedArchive(archive)[MANIFEST])["format"] == FORMAT)
    except (SealError, LookupError, TypeError, ValueError):
        return False


def verify(
    archive: BinaryIO,
    *,
    log_keys: Sequence[log.Verifier] = (),
    roots: Sequence[x509.Certificate] = (),
    qualified_roots: Sequence[x509.Certificate] = (),
    files: Iterable[Path] = (),
) -> list[Check]:
    """Everything that can be said of an evidence archive, line by line;
    nothing is raised, whatever it holds.

    `qualified_roots` judge the qualified tokens, and nothing else does: under none of them, a sound
    one is `not_checked`. `files` are other documents: each must be in the archive, or be named, by
    its SHA-256, in one of its entries.
    """
    try:
        contents = StreamedArchive(archive)
    except SealError as error:
        return [Check("archive", "failed", error.said)]
    verified = _Evidence(contents, files)
    verified.checks.append(Check("archive", "ok", Said("{count} files", count=len(contents))))
    verified.manifest(roots)
    verified.entries(log_keys)
    verified.qualified(qualified_roots)
    verified.attempt("lines", verified.check_lines)
    verified.documents()
    return verified.checks


def holds_together(checks: Iterable[Check]) -> bool:
    """Whether nothing failed and everything compulsory succeeded.

    Under the archive's own keys, that is agreeing with itself, and no more: see `verdict`.
    """
    return agrees(checks, compulsory=_COMPULSORY)


def verdict(checks: Iterable[Check]) -> Verdict:
    """What can be concluded: intact only under a key of the register and an authority known from
    elsewhere.
    """
    return conclude(checks, compulsory=_COMPULSORY, anchors=_ANCHORS)


class _Evidence(Verification):
    """The checks of one evidence archive, never whole in memory."""

    def __init__(self, archive: StreamedArchive, documents: Iterable[Path]) -> None:
        super().__init__(archive)
        self._archive = archive
        self._documents = list(documents)
        self._known: set[str] = set()
        self._roots: set[str] = set()
        self._dated = self._count = 0

    def manifest(self, roots: Sequence[x509.Certificate]) -> None:
        own = self._own("authority_root", "cles/horodatage.pem", timestamp.load_roots)
        self._trust("authority_root", "cles/horodatage.pem", roots, own)
        self.attempt("timestamp", lambda: self._check_manifest_stamp(roots or own))
        self.attempt("contents", self._check_contents)

    def entries(self, keys: Sequence[log.Verifier]) -> None:
        judges = self.log_keys(keys)
        self.attempt("entries", lambda: self._check_entries(judges))

    def _check_manifest_stamp(self, roots: Sequence[x509.Certificate]) -> str:
        token = timestamp.parse_response(self._file(TOKEN))
        stamp = timestamp.verify(token, hashlib.sha256(self._file(MANIFEST)).digest(), roots)
        return f"{stamp.time.isoformat()}, {stamp.authority}"

    def _check_contents(self) -> str:
        digests = json.loads(self._file(MANIFEST))["files"]
        others = self._files.keys() - digests.keys() - {MANIFEST, TOKEN}
        if others:
            raise SealError("{name} is not in the manifest.", name=min(others))
        changed = [name for name, said in digests.items() if self._digest(name) != said]
        if changed:
            raise SealError("{name} is not what the manifest says.", name=min(changed))
        self._known |= set(digests.values())
        return Said("{count} files", count=len(digests))

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        for block in self._archive.blocks(name):
            digest.update(block)
        return digest.hexdigest()

    def _check_entries(self, keys: Sequence[log.Verifier]) -> str:
        heads = {log.Checkpoint.parse(note) for note, _ in self._heads()}
        for entry in _items(self._archive.blocks(ENTRIES)):
            data = log.leaf_data(entry["record"].encode(), _bytes(entry["token"]))
            checkpoint = log.verify_proof(entry["proof"], log.leaf_hash(data), keys)
            self._roots.add(committed_root(entry["record"]))
            if self._documents:
                self._known |= set(_DIGEST.findall(entry["record"]))
            self._dated += "qualified" in entry or checkpoint in heads
            self._count += 1
        return Said("{count} entries", count=self._count)

    def qualified(self, roots: Sequence[x509.Certificate]) -> None:
        """A qualified token comes later, on an entry or on the checkpoint that covers
        it: none yet is no failure.

        Nothing is said of the tokens of entries that are not proved.
        """
        if not any(check.code == "entries" and check.ok for check in self.checks):
            return
        if self._dated:
            self.attempt("qualified_timestamp", lambda: self._check_qualified(roots))
        else:
            self._add("qualified_timestamp", "absent", "not obtained yet")

    def _check_qualified(self, roots: Sequence[x509.Certificate]) -> str:
        own = (
            (e["record"], e["qualified"])
            for e in _items(self._archive.blocks(ENTRIES))
            if "qualified" in e
        )
        for text, token in (*self._heads(), *own):
            timestamp.verify(_bytes(token), hashlib.sha256(text.encode()).digest(), roots)
        return share(self._dated, self._count)

    def _heads(self) -> list[tuple[str, str]]:
        """Each checkpoint that a qualified authority dated, as it was signed, and its token."""
        found = json.loads(self._file(HEADS)) if HEADS in self._files else []
        return [(head["checkpoint"], head["token"]) for head in found]

    def check_lines(self) -> str:
        count = 0
        for line in _items(self._archive.blocks(LINES)):
            check_line(line, self._roots)
            count += 1
        return Said("{count} lines", count=count)

    def documents(self) -> None:
        """Each document given, found by its digest in what was proved above."""
        for path in self._documents:
            self.attempt("file", lambda path=path: self._check_document(path))  # type: ignore[misc]

    def _check_document(self, path: Path) -> str:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest not in self._known:
            raise SealError("{name} is not a document of this archive.", name=path.name)
        return Said("{name}: named by this archive", name=path.name)


def _items(blocks: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The objects of a canonical JSON list, one at a time:
    the only text kept is that of the one being read.
    """
    decode, read = codecs.getincrementaldecoder("utf-8")().decode, json.JSONDecoder().raw_decode
    text, place, before, closed = "", 0, "[", False
    for block in blocks:
        text, place = text[place:] + decode(block), 0
        if len(text) > _ITEM_LIMIT_CHARACTERS:
            raise SealError("An item of the archive is too big to be read.")
        while place < len(text) and not closed:
            closed = (text[place] == "]" and before == ",") or (
                text.startswith("[]", place) and before == "["
            )
            if closed:
                place += 1 if before == "," else 2
                break
            if text[place] != before:
                raise ValueError
            try:
                item, place = read(text, place + 1)
            except ValueError:
                break  # cut: the rest is in the next block
            yield item
            before = ","
    if not closed or place < len(text):
        raise ValueError


def _root(record: Any) -> str:
    found = record.get("donnees", {}).get("racine", "")
    return found if isinstance(found, str) else ""
