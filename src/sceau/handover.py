"""The handover of a register, from its key to the next one (SPEC.md, section 8).

    note = handover.make(head, old, new)           # both keys sign it
    said = handover.read(note)
    keys = handover.follow([log.Verifier(known)], published)

`follow` is for whoever knows one key of a register, of any year: it gives every key that this one
leads to, each with the sizes that it signs.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sceau import log
from sceau._internal.jcs import canonical
from sceau.errors import SealError

__all__ = ["ACT", "FORMAT", "Entry", "Handover", "entries", "follow", "load", "make", "read"]

FORMAT = "beffroi.releve/1"
ACT = "journal.changer_la_cle"


@dataclass(frozen=True, slots=True)
class Handover:
    """What a note says: where the register stood, from which key to which.

    `vouched`: the former key signed it too; a key that is lost does not.
    """

    state: log.Checkpoint
    old: str
    new: str
    vouched: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A handover in the register: the last size of the former key is `index`, the first of the
    new one is `since`. `leaf`: the 64 bytes that the register holds there. `stolen`: the former key
    may be in other hands; its word is worth nothing. `proof`: a tlog-proof of this entry, or "".
    """

    index: int
    since: int
    said: Handover
    leaf: bytes
    stolen: bool
    proof: str = ""


def make(state: log.Checkpoint, old: log.Signer | str, new: log.Signer) -> str:
    """The note; `old` is the public key only, when the secret one is lost."""
    former = old if isinstance(old, str) else old.vkey
    head = state.body().rstrip("\n")
    note = log.sign_note(f"{FORMAT}\n{head}\n{former}\n{new.vkey}\n", new)
    return note if isinstance(old, str) else note + old.sign(note.rpartition("\n\n")[0] + "\n")


def read(note: str) -> Handover:
    """What it says, once the new key signed it; SealError otherwise."""
    lines = note.split("\n")
    if len(lines) < 7 or lines[0] != FORMAT:
        raise SealError("A handover of the register is malformed.")
    state = log.Checkpoint.parse("\n".join([*lines[1:4], ""]))
    old, new = (log.Verifier(line) for line in lines[4:6])
    text, signers = log.open_note(note, [old, new])
    of_the_log = old.name == new.name == state.origin and not (old.is_witness or new.is_witness)
    exact = text.split("\n") == [*lines[:4], old.vkey, new.vkey, ""] and old.vkey != new.vkey
    if new not in signers or not of_the_log or not exact:
        raise SealError("A handover of the register is not signed by the key that takes over.")
    return Handover(state, old.vkey, new.vkey, old in signers)


def entries(published: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The handovers that a register publishes, each after the one before; SealError otherwise."""
    read_ones = [_entry(one) for one in published]
    for before, after in pairwise(read_ones):
        if before.said.new != after.said.old or not before.index < after.index:
            raise SealError("The handovers of the register do not follow one another.")
    return read_ones


def follow(
    known: Sequence[log.Verifier], published: Iterable[Mapping[str, Any]], *, listed: bool = False
) -> list[log.Verifier]:
    """The keys of a register that `known` leads to, with their sizes; `known` itself when this
    register is of none of them. What was known of a key's sizes stays.

    A key leads to the next by the handover that it signed, unless it was known to have ended: its
    heir is then known too. A stolen key leads to nothing after it, and a lost one signed nothing.
    A key leads to the former by the handover that names it, once the register proves that entry
    under a key already followed: nobody signed the sizes that an archive writes there. `listed`:
    the list comes from who keeps the register, or is compared with its leaves; no proof is asked.
    """
    links = entries(published)
    keys = [links[0].said.old, *(link.said.new for link in links)] if links else []
    ours = {key.vkey: key for key in known}
    places = [place for place, key in enumerate(keys) if key in ours]
    if not places:
        return list(known)
    end = max(places)
    while end < len(links) and _hands_over(ours.get(keys[end]), links[end]):
        end += 1
    followed: list[log.Verifier] = []
    for place in range(end, -1, -1):
        here = place in places or place > max(places)
        if here or listed or _is_proved(links[place], followed):
            followed.insert(0, _narrower(ours.get(keys[place]), _ranged(keys, links, place)))
        elif place < min(places):
            break
    return [*(key for key in known if key.vkey not in keys), *followed]


def _hands_over(known: log.Verifier | None, link: Entry) -> bool:
    open_ended = known is None or (known.last is None and not known.stolen)
    return open_ended and link.said.vouched and not link.stolen


def _is_proved(link: Entry, keys: Sequence[log.Verifier]) -> bool:
    try:
        under = log.verify_proof(link.proof, log.leaf_hash(link.leaf), keys)
        return log.Proof.parse(link.proof).index == link.index < under.size
    except SealError:
        return False


def load(content: bytes) -> list[Mapping[str, Any]]:
    """The published handovers, from the file that an archive carries; SealError otherwise."""
    try:
        published = json.loads(content)
    except (ValueError, RecursionError):
        published = None
    if not isinstance(published, list):
        raise SealError("The list of the handovers of the register is malformed.")
    return published


def _ranged(keys: Sequence[str], links: Sequence[Entry], place: int) -> log.Verifier:
    first = links[place - 1].since if place else 0
    if place == len(links):
        return log.Verifier(f"{keys[place]} {first}-")
    ended = links[place]
    return log.Verifier(f"{keys[place]} {first}-{ended.index}{' stolen' * ended.stolen}")


def _narrower(known: log.Verifier | None, followed: log.Verifier) -> log.Verifier:
    """What an archive says never widens what was known before it."""
    return followed if known is None or known.text == known.vkey else known


def _entry(published: Mapping[str, Any]) -> Entry:
    try:
        record, index = published["ecriture"], published["numero"]
        token = base64.b64decode(published["jeton"], validate=True)
        content = json.loads(record)
        data = content["donnees"]
        said, since, stolen = read(data["releve"]), data["depuis"], data["volee"]
        sound = (
            (content["format"], content["acte"]) == (log.PUBLIC_FORMAT, ACT)
            and content["concerne"] == said.state.origin
            and canonical(content) == record.encode()
            and type(index) is int
            and type(since) is int
            and type(stolen) is bool
            and said.state.size < since <= index + 1
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, binascii.Error):
        sound = False
    if not sound:
        raise SealError("The entry of the register is not that of a handover.")
    proof = published.get("preuve")
    leaf = log.leaf_data(record.encode(), token)
    return Entry(index, since, said, leaf, stolen, proof if isinstance(proof, str) else "")
