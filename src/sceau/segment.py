"""A segment of the register that an archive carries:
its entries, their tokens, the lines of batches (SPEC.md, section 13).

    read = segment.Segment(log_keys=[log.Verifier(vkey)], qualified_roots=roots)
    read.heads(heads) # first: they say which entries a qualified authority dated
    read.entries(lines, roots=roots)            # one at a time, never whole in memory
    read.batches(lines)
    read.checks()

Nothing is raised, whatever it holds: the first failure of each kind is kept.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cryptography import x509

from sceau import evidence, log, timestamp
from sceau._internal.verification import MALFORMED, Check, Outcome, share
from sceau.errors import Said, SealError, StolenKey, UntrustedAuthority

__all__ = ["Segment"]

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class Segment:
    """What has been read so far.

    `digests`: the SHA-256 that proved entries name; `count`, `proved`: entries read, proved.
    """

    def __init__(
        self, *, log_keys: Sequence[log.Verifier], qualified_roots: Sequence[x509.Certificate] = ()
    ) -> None:
        self._keys, self._qualified_roots = log_keys, qualified_roots
        self.digests: set[str] = set()
        self.count = self.proved = 0
        self._dated = self._stamped = self._lines = 0
        self._heads: set[log.Checkpoint] = set()
        self._batches: set[str] = set()
        self._failures: dict[str, str] = {}
        self._untrusted = ""
        self._doubts: dict[str, str] = {}

    def heads(self, content: bytes) -> None:
        """The checkpoints that a qualified authority dated:
        each is signed by the register, each token is on it.
        """
        self._attempt("qualified_timestamp", lambda: self._read_heads(content))

    def _read_heads(self, content: bytes) -> None:
        for head in json.loads(content):
            note = head["checkpoint"]
            try:
                self._heads.add(log.open_checkpoint(note, self._keys))
            except StolenKey:
                continue  # nothing is proved under it: its token dates nothing
            self._attempt(
                "qualified_timestamp",
                lambda note=note, head=head: self._date(note, head["token"]),  # type: ignore[misc]
            )

    def entries(self, lines: Iterable[bytes], *, roots: Sequence[x509.Certificate]) -> None:
        """Each entry is proved under a signed checkpoint;
        its token, and its qualified one, are on its record.
        """
        self._attempt("entries", lambda: self._read_entries(lines, roots))

    def _read_entries(self, lines: Iterable[bytes], roots: Sequence[x509.Certificate]) -> None:
        for line in lines:
            self.count += 1
            entry = json.loads(line)
            self._attempt("entries", lambda entry=entry: self._prove(entry))  # type: ignore[misc]
            self._attempt("entry_timestamps", lambda entry=entry: self._stamp(entry, roots))  # type: ignore[misc]
            qualified = entry.get("jeton_qualifie")
            if qualified is not None:
                record = entry["contenu"]
                self._attempt("qualified_timestamp", lambda r=record, q=qualified: self._date(r, q))  # type: ignore[misc]

    def _prove(self, entry: dict[str, Any]) -> None:
        if entry["preuve"] is None:
            self._dated += entry.get("jeton_qualifie") is not None
            return
        record = entry["contenu"]
        leaf = log.leaf_hash(log.leaf_data(record.encode(), _bytes(entry["jeton"])))
        checkpoint = log.verify_proof(entry["preuve"], leaf, self._keys)
        self.proved += 1
        self._dated += entry.get("jeton_qualifie") is not None or checkpoint in self._heads
        self.digests |= set(_DIGEST.findall(record))
        self._batches.add(evidence.committed_root(record))

    def _stamp(self, entry: dict[str, Any], roots: Sequence[x509.Certificate]) -> None:
        digest = hashlib.sha256(entry["contenu"].encode()).digest()
        timestamp.verify(_bytes(entry["jeton"]), digest, roots)
        self._stamped += 1

    def _date(self, text: str, token: str) -> None:
        timestamp.verify(
            _bytes(token), hashlib.sha256(text.encode()).digest(), self._qualified_roots
        )

    def batches(self, lines: Iterable[bytes]) -> None:
        """Each line of a batch is under a root that a proved entry commits
        to; entries are read before.
        """
        self._attempt("lines", lambda: self._read_batches(lines))

    def _read_batches(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            evidence.check_line(json.loads(line), self._batches - {""})
            self._lines += 1

    def checks(self) -> list[Check]:
        """The outcome of each kind of check; lines, only when some were read."""
        found = [
            self._check("entries", share(self.proved, self.count)),
            self._check("entry_timestamps", Said("{count} entries", count=self._stamped)),
            self._qualified(),
        ]
        if self._lines or "lines" in self._failures:
            found.append(self._check("lines", Said("{count} lines", count=self._lines)))
        return found

    def _check(self, code: str, detail: str, outcome: Outcome = "ok") -> Check:
        if code in self._failures:
            return Check(code, "failed", self._failures[code])
        if code in self._doubts:
            return Check(code, "not_checked", self._doubts[code])
        return Check(code, outcome, detail)

    def _qualified(self) -> Check:
        """Untrusted only means that no given root judges it:
        each token is then sound in itself, on what it dates.
        """
        if self._untrusted:
            return self._check("qualified_timestamp", self._untrusted, "not_checked")
        if not self._dated:
            return self._check("qualified_timestamp", "not obtained yet", "absent")
        return self._check("qualified_timestamp", share(self._dated, self.count))

    def _attempt(self, code: str, check: Callable[[], None]) -> None:
        try:
            check()
        except UntrustedAuthority as error:
            if code == "qualified_timestamp":
                self._untrusted = self._untrusted or error.said
            else:
                self._failures.setdefault(code, error.said)
        except StolenKey as error:
            self._doubts.setdefault(code, error.said)
        except SealError as error:
            self._failures.setdefault(code, error.said.followed_by(*error.details))
        except MALFORMED:
            self._failures.setdefault(code, "a value is missing or malformed")


def _bytes(token: str) -> bytes:
    return base64.b64decode(token, validate=True)
