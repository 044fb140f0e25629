"""The checks of a receipt, one method each;
whatever the archive holds, a check ends in an outcome.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

from cryptography import x509

from sceau import handover, log, timestamp
from sceau._internal.jcs import canonical
from sceau.errors import Said, SealError, StolenKey, UntrustedAuthority

RECORD, TOKEN, QUALIFIED_TOKEN = "depot.json", "depot.tsr", "depot-qualifie.tsr"
PROOF, MANIFESTS = "depot.tlog-proof", "manifeste.json"
LOG_KEY, AUTHORITY_ROOT = "cles/journal.vkey", "cles/horodatage.pem"
HANDOVERS = "cles/releves.json"
RECORD_FORMAT, MANIFEST_FORMAT = "beffroi.depot/1", "beffroi.manifeste/1"
# The register stamps a record with the time that the record gives, cut to the millisecond; its
# tokens claim to be right to the second (section 9). Two seconds cover both, and nothing else.
CLOCK_TOLERANCE = timedelta(seconds=2)
UNKNOWN_FILE = "{name} is not a file of this deposit."
INCOMPARABLE = (
    "{name} cannot be compared: no sealed file of this deposit has its content, "
    "and the archive lacks the manifests that describe the clear ones."
)
IN_TIME_WITHIN = (
    "in time, to within {tolerance} s: the record says {record}, the timestamp {timestamp}"
)
LATE_WITHIN = "late, to within {tolerance} s: the record says {record}, the timestamp {timestamp}"
ON_TWO_SIDES = (
    "The record says {record}, the timestamp {timestamp}: on two sides of the deadline "
    "{deadline}, and more than {tolerance} s apart."
)
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)

NAMES = {
    "archive": "The archive can be read",
    "record": "The record is a deposit record",
    "canonical": "The record is in canonical form",
    "log_key": "The register's key is the published one",
    "authority_root": "The timestamp authority is the published one",
    "key_from_archive": (
        "A key comes from the archive itself: it proves only that the archive agrees with itself"
    ),
    "timestamp": "The timestamp is on this record",
    "received_at": "The record and the timestamp give the same time",
    "deadline": "The record says rightly whether the deposit was in time",
    "qualified_timestamp": "The qualified timestamp is on this record",
    "checkpoint": "The register signed its state",
    "inclusion": "The deposit is in the register",
    "manifest": "The manifests are those the deposit committed to",
    "file": "The file is one of the deposit",
    "contents": "Every file is the one that the timestamped manifest lists",
    "entries": "Each entry is in the register, under a state that it signed",
    "entry_timestamps": "The timestamp of each entry is on its record",
    "lines": "Each line is in a batch that an entry commits to",
}

type Outcome = Literal["ok", "failed", "absent", "not_checked"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the result.

    `code` is stable; `not_checked` says that nothing could be concluded.
    """

    code: str
    outcome: Outcome
    detail: str

    @property
    def name(self) -> str:
        """What is checked, in English."""
        return NAMES[self.code]

    @property
    def ok(self) -> bool:
        """False for a failure only."""
        return self.outcome != "failed"


class NotEstablishedError(SealError):
    """Nothing is wrong, and nothing can be concluded."""


class Verification:
    """Runs the checks of one archive and keeps their results."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.checks: list[Check] = []
        self._files = files
        self._record: dict[str, Any] = {}
        self._manifests: list[dict[str, Any]] = []
        self._all_described = False
        self._time: datetime | None = None

    def record(self) -> None:
        """The record must be a deposit record,
        in the only form whose digest is a digest of its meaning.
        """
        self.attempt("record", self._read_record)
        self.attempt("canonical", self._check_canonical)

    def timestamps(
        self, roots: Sequence[x509.Certificate], qualified: Sequence[x509.Certificate]
    ) -> None:
        """The local token is compulsory;
        the qualified one comes later, and only from its own roots.
        """
        own = self._own("authority_root", AUTHORITY_ROOT, timestamp.load_roots)
        self._trust("authority_root", AUTHORITY_ROOT, roots, own)
        self.attempt("timestamp", lambda: self._check_timestamp(roots or own))
        self.attempt("received_at", self._check_times)
        self.attempt("deadline", self._check_deadline)
        if QUALIFIED_TOKEN in self._files:
            self.attempt(
                "qualified_timestamp", lambda: str(self._stamp(QUALIFIED_TOKEN, qualified))
            )
        else:
            self._add("qualified_timestamp", "absent", "this copy holds none")

    def register(self, keys: Sequence[log.Verifier]) -> None:
        """The deposit's leaf, under a state of the register that its key signed."""
        judges = self.log_keys(keys)
        self.attempt("checkpoint", lambda: self._check_checkpoint(judges))
        self.attempt("inclusion", self._check_inclusion)

    def log_keys(self, given: Sequence[log.Verifier]) -> Sequence[log.Verifier]:
        """The keys that judge: the given ones and those that the archive's handovers lead to from
        them; its own, and that is said, when none is given.
        """
        own = self._own("log_key", LOG_KEY, _log_keys)
        published = self._own("log_key", HANDOVERS, handover.load)
        try:
            keys = handover.follow(given or own, published)
        except SealError as error:
            self._add("log_key", "failed", error.said)
            return given or own
        known = [key.vkey for key in keys] if given else []
        self._trust("log_key", LOG_KEY, known, [key.vkey for key in own])
        return keys

    def manifests(self) -> None:
        """Only the depositor's own copy has them."""
        if MANIFESTS in self._files:
            self.attempt("manifest", self._check_manifests)
        else:
            self._add("manifest", "absent", "only the copy saved by the depositor has them")

    def files(self, paths: Iterable[Path]) -> None:
        """The depositor's own files, clear or sealed, found by their
        content: names may have changed.
        """
        for path in paths:
            self.attempt("file", partial(self._check_file, path))

    def attempt(self, code: str, check: Callable[[], str]) -> None:
        """Run a check; its text is the detail of a success."""
        try:
            self._add(code, "ok", check())
        except UntrustedAuthority as error:
            self._add(
                code, "not_checked" if code == "qualified_timestamp" else "failed", _explain(error)
            )
        except (NotEstablishedError, StolenKey) as error:
            self._add(code, "not_checked", _explain(error))
        except SealError as error:
            self._add(code, "failed", _explain(error))
        except OSError as error:
            self._add(code, "failed", _of_the_system(error))
        except MALFORMED:
            self._add(code, "failed", "a value is missing or malformed")

    def _add(self, code: str, outcome: Outcome, detail: str) -> None:
        self.checks.append(Check(code, outcome, detail))

    def _file(self, name: str) -> bytes:
        if name not in self._files:
            raise SealError("{name} is missing.", name=name)
        return self._files[name]

    def _own[K](self, code: str, name: str, load: Callable[[bytes], list[K]]) -> list[K]:
        try:
            return load(self._files[name]) if name in self._files else []
        except (SealError, *MALFORMED):
            self._add(code, "failed", Said("{name} is malformed", name=name))
            return []

    def _trust[K](self, code: str, name: str, given: Sequence[K], own: Sequence[K]) -> None:
        """A key given by the caller is trusted;
        the archive's own is only used, and said so, without one.
        """
        if not given:
            self._add("key_from_archive", "not_checked", name)
        elif own and not set(own) <= set(given):
            self._add(code, "failed", Said("{name} is not among the given ones", name=name))
        else:
            self._add(code, "ok", name)

    def _read_record(self) -> str:
        record = json.loads(self._file(RECORD))
        if record["format"] != RECORD_FORMAT:
            raise SealError("The record is of another format.")
        self._record = record
        return str(record["recepisse"])

    def _check_canonical(self) -> str:
        if canonical(self._record) != self._file(RECORD):
            raise SealError("The record is not canonical JSON.")
        return "RFC 8785"

    def _stamp(self, name: str, roots: Sequence[x509.Certificate]) -> "_Stamp":
        digest = hashlib.sha256(self._file(RECORD)).digest()
        stamp = timestamp.verify(timestamp.parse_response(self._file(name)), digest, roots)
        return _Stamp(stamp.time, stamp.authority)

    def _check_timestamp(self, roots: Sequence[x509.Certificate]) -> str:
        stamp = self._stamp(TOKEN, roots)
        self._time = stamp.time
        return str(stamp)

    def _check_times(self) -> str:
        if self._time is None:
            raise SealError("The timestamp could not be read.")
        received = self._received()
        if abs(self._time - received) > CLOCK_TOLERANCE:
            self._refuse_two_sides(self._time)
            raise SealError(
                "The record says {record}, the timestamp {timestamp}.",
                record=received.isoformat(),
                timestamp=self._time.isoformat(),
            )
        return received.isoformat()

    def _check_deadline(self) -> str:
        """Two times around the deadline decide nothing, unless a clock's own error explains them:
        both are then said.
        """
        received, limit = self._received(), self._limit()
        late = received > limit
        if self._record["hors_delai"] is not late:
            raise SealError("The record contradicts its own times.")
        if self._time is None or not self._on_two_sides(self._time):
            return "late" if late else "in time"
        if abs(self._time - received) > CLOCK_TOLERANCE:
            self._refuse_two_sides(self._time)
        return Said(
            LATE_WITHIN if late else IN_TIME_WITHIN,
            tolerance=CLOCK_TOLERANCE.seconds,
            record=received.isoformat(),
            timestamp=self._time.isoformat(),
        )

    def _received(self) -> datetime:
        return _instant(self._record["recu_le"])

    def _limit(self) -> datetime:
        return _instant(self._record["date_limite"])

    def _on_two_sides(self, stamped: datetime) -> bool:
        return (stamped > self._limit()) is not (self._received() > self._limit())

    def _refuse_two_sides(self, stamped: datetime) -> None:
        """Which of the two is right decides whether the deposit was in time, and the archive does
        not say.
        """
        if self._on_two_sides(stamped):
            raise NotEstablishedError(
                ON_TWO_SIDES,
                record=self._received().isoformat(),
                timestamp=stamped.isoformat(),
                deadline=self._limit().isoformat(),
                tolerance=CLOCK_TOLERANCE.seconds,
            )

    def _check_checkpoint(self, keys: Sequence[log.Verifier]) -> str:
        checkpoint = log.open_checkpoint(self._proof().checkpoint, keys)
        return Said("{origin}, {count} entries", origin=checkpoint.origin, count=checkpoint.size)

    def _check_inclusion(self) -> str:
        proof = self._proof()
        checkpoint = log.Checkpoint.parse(proof.checkpoint)
        token = timestamp.parse_response(self._file(TOKEN))
        leaf = log.leaf_hash(log.leaf_data(self._file(RECORD), token))
        if not log.verify_inclusion(
            leaf, proof.index, checkpoint.size, proof.path, checkpoint.root
        ):
            raise SealError(
                "The proof does not lead from this deposit to the root of the checkpoint."
            )
        return Said("entry {index}", index=proof.index)

    def _proof(self) -> log.Proof:
        return log.Proof.parse(self._file(PROOF).decode())

    def _check_manifests(self) -> str:
        content = json.loads(self._file(MANIFESTS))
        manifests = content if isinstance(content, list) else [content]
        envelopes = {envelope["engagement"]: envelope for envelope in self._record["enveloppes"]}
        for manifest in manifests:
            if manifest["format"] != MANIFEST_FORMAT:
                raise SealError("A manifest is of another format.")
            envelope = envelopes.pop(hashlib.sha256(canonical(manifest)).hexdigest(), None)
            if envelope is None:
                raise SealError("A manifest is not one that the deposit committed to.")
            _check_roots(manifest, envelope)
        self._manifests, self._all_described = manifests, not envelopes
        return Said(
            "{count} manifests, {missing} missing", count=len(manifests), missing=len(envelopes)
        )

    def _check_file(self, path: Path) -> str:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        clear = {
            f["sha256"]: f["nom"] for manifest in self._manifests for f in manifest["fichiers"]
        }
        envelopes = self._record["enveloppes"]
        sealed = {
            f["sha256"]: f["nom"] for e in envelopes for f in (*e["fichiers"], e["manifeste"])
        }
        if digest in clear:
            return Said("{name}: clear content of {content}", name=path.name, content=clear[digest])
        if digest in sealed:
            return Said(
                "{name}: sealed content of {content}", name=path.name, content=sealed[digest]
            )
        if not self._all_described:
            raise NotEstablishedError(INCOMPARABLE, name=path.name)
        raise SealError(UNKNOWN_FILE, name=path.name)


@dataclass(frozen=True, slots=True)
class _Stamp:
    time: datetime
    authority: str

    def __str__(self) -> str:
        return f"{self.time.isoformat()}, {self.authority}"


def _check_roots(manifest: dict[str, Any], envelope: dict[str, Any]) -> None:
    """Each sealed file that a manifest describes must be one that the receipt lists."""
    listed = {file["racine"] for file in envelope["fichiers"]}
    if any(file["racine"] not in (None, *listed) for file in manifest["fichiers"]):
        raise SealError("A manifest describes a file that the receipt does not list.")


def _log_keys(text: bytes) -> list[log.Verifier]:
    return [log.Verifier(line) for line in text.decode().splitlines() if line]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _explain(error: SealError) -> Said:
    return error.said.followed_by(*error.details)


def _of_the_system(error: OSError) -> Said:
    if isinstance(error, FileNotFoundError):
        return Said("No such file or directory: {path}", path=error.filename)
    return Said("{reason}: {path}", reason=error.strerror, path=error.filename)


def share(some: int, count: int) -> Said:
    """How many of the entries: one sentence for the only one, for all, for a part."""
    if some < count:
        return Said("{some} of {count} entries", some=some, count=count)
    return Said("1 of 1 entries") if count == 1 else Said("{count} of {count} entries", count=count)
