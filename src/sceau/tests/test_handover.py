"""From a key of the register to the next: what each signs, and who follows whom."""

import base64
import json

import pytest

from sceau import SealError, handover, log, receipt
from sceau.errors import StolenKey

NAME = "beffroi.example/journal"
FIRST, SECOND, THIRD = (log.Signer(NAME, bytes([n] * 32)) for n in (1, 2, 3))
STATE = log.Checkpoint(NAME, 128, bytes(range(32)))
NOTE = handover.make(STATE, FIRST, SECOND)


def entry(note, *, index, since, stolen=False, **changed):
    record = {
        "format": log.PUBLIC_FORMAT,
        "acte": handover.ACT,
        "concerne": NAME,
        "donnees": {"releve": note, "depuis": since, "volee": stolen},
        **changed,
    }
    token = base64.b64encode(b"token").decode()
    return {"numero": index, "ecriture": receipt.canonical(record).decode(), "jeton": token}


ONE = entry(NOTE, index=384, since=129)
TWO = entry(
    handover.make(log.Checkpoint(NAME, 512, bytes(32)), SECOND, THIRD), index=896, since=513
)


def texts(*known, published=(ONE, TWO)):
    keys = handover.follow([log.Verifier(one) for one in known], published, listed=True)
    return [key.text for key in keys]


ALL = [f"{FIRST.vkey} 0-384", f"{SECOND.vkey} 129-896", f"{THIRD.vkey} 513-"]


def signed(signer, size):
    return log.sign_note(log.Checkpoint(NAME, size, bytes(32)).body(), signer)


def test_both_keys_sign_where_the_register_stood():
    assert handover.read(NOTE) == handover.Handover(STATE, FIRST.vkey, SECOND.vkey, vouched=True)
    assert log.open_note(NOTE, [log.Verifier(FIRST.vkey)])[1][0].vkey == FIRST.vkey


def test_a_lost_key_signs_nothing_and_its_heir_says_so():
    said = handover.read(handover.make(STATE, FIRST.vkey, SECOND))

    assert (said.old, said.vouched) == (FIRST.vkey, False)


@pytest.mark.parametrize("known", [FIRST, SECOND, THIRD])
def test_any_key_of_the_register_leads_to_all_of_them(known):
    assert texts(known.vkey) == ALL


def test_a_key_of_another_register_leads_nowhere():
    other = log.Signer("autre.example/journal", bytes(32)).vkey

    assert texts(other) == [other]
    assert texts(other, FIRST.vkey) == [other, *ALL]


def test_a_register_that_never_changed_its_key_has_the_one_that_is_known():
    assert texts(FIRST.vkey, published=()) == [FIRST.vkey]


@pytest.mark.parametrize("known", [FIRST, SECOND])
def test_nobody_follows_a_key_that_the_former_did_not_name(known):
    lost = entry(handover.make(STATE, FIRST.vkey, SECOND), index=384, since=129)
    found = texts(known.vkey, published=[lost])

    assert found == ALL[:1] + [f"{SECOND.vkey} 129-"] * (known is SECOND)


def test_a_stolen_key_leads_nowhere_and_proves_nothing_alone():
    stolen = entry(NOTE, index=384, since=129, stolen=True)
    assert texts(FIRST.vkey, published=[stolen]) == [f"{FIRST.vkey} 0-384 stolen"]
    keys = handover.follow([log.Verifier(SECOND.vkey)], [stolen], listed=True)

    with pytest.raises(StolenKey):
        log.open_checkpoint(signed(FIRST, 200), keys)
    assert log.open_checkpoint(signed(FIRST, 200), [key.unsuspected() for key in keys]).size == 200
    assert log.open_checkpoint(signed(SECOND, 200), keys).size == 200


@pytest.mark.parametrize(
    ("signer", "size", "holds"),
    [
        (FIRST, 384, True),
        (FIRST, 385, False),
        (SECOND, 128, False),
        (SECOND, 129, True),
        (SECOND, 896, True),
        (SECOND, 897, False),
        (THIRD, 512, False),
        (THIRD, 10_000, True),
    ],
)
def test_each_key_signs_its_sizes_and_no_other(signer, size, holds):
    keys = handover.follow([log.Verifier(SECOND.vkey)], [ONE, TWO], listed=True)

    if holds:
        assert log.open_checkpoint(signed(signer, size), keys).size == size
        return
    with pytest.raises(SealError, match="does not sign this size"):
        log.open_checkpoint(signed(signer, size), keys)


def test_what_an_archive_says_never_widens_what_was_known():
    known = f"{FIRST.vkey} 0-384"
    wide = entry(NOTE, index=1_000_000, since=129)

    assert texts(known, published=[wide])[0] == known


@pytest.mark.parametrize("text", ["0-384", f"{FIRST.vkey} 384", f"{FIRST.vkey} 0-384 lost", ""])
def test_a_key_followed_by_anything_else_is_refused(text):
    with pytest.raises(SealError):
        log.Verifier(text)


OTHER = log.Signer("autre.example/journal", bytes([9] * 32))


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("128", "129"),
        log.sign_note(NOTE.rpartition("\n\n")[0] + "\n", FIRST),
        log.sign_note(NOTE.rpartition("\n\n")[0] + "\n", THIRD),
        handover.make(STATE, FIRST, OTHER),
        handover.make(STATE, OTHER, SECOND),
        handover.make(STATE, FIRST, FIRST),
        log.sign_note(f"{NOTE.rpartition('\n\n')[0]}\nmore\n", SECOND),
        log.sign_note(STATE.body(), SECOND),
        "",
    ],
    ids=["changed", "old only", "third", "other new", "other old", "same", "more", "head", "empty"],
)
def test_a_note_that_the_new_key_did_not_sign_as_it_is_is_refused(note):
    with pytest.raises(SealError):
        handover.read(note)


@pytest.mark.parametrize(
    "published",
    [
        [entry(NOTE, index=384, since=128)],
        [entry(NOTE, index=384, since=386)],
        [entry(NOTE, index=384, since=129, acte="essai")],
        [entry(NOTE, index=384, since=129, concerne="2026-0142")],
        [entry(NOTE, index=384, since=129, format="beffroi.ecriture/1")],
        [{**ONE, "ecriture": ONE["ecriture"] + " "}],
        [{**ONE, "numero": "384"}],
        [{**ONE, "jeton": "?"}],
        [{}],
        [TWO, ONE],
        [ONE, {**TWO, "numero": 384}],
        [ONE, ONE],
    ],
)
def test_published_handovers_that_do_not_hold_are_refused(published):
    with pytest.raises(SealError):
        handover.follow([log.Verifier(FIRST.vkey)], published)


@pytest.mark.parametrize("content", [b"{}", b"", b"\xff", b"[" * 100_000])
def test_a_file_that_is_not_a_list_is_refused(content):
    with pytest.raises(SealError):
        handover.load(content)


def test_the_file_of_an_archive_is_read():
    assert handover.entries(handover.load(json.dumps([ONE, TWO]).encode()))[1].since == 513


def test_two_heirs_of_the_same_key_never_make_one_register():
    """A thief who holds the former key names another heir: the two cannot follow one another."""
    forged = entry(handover.make(STATE, FIRST, THIRD), index=640, since=129)

    with pytest.raises(SealError, match="do not follow"):
        handover.follow([log.Verifier(FIRST.vkey)], [ONE, forged])


class Tree:
    """A register of 600 leaves that holds handovers where they say, and its proofs."""

    def __init__(self, *held):
        self.nodes = {}
        leaves = {one.index: one.leaf for one in handover.entries(held)}
        for place in range(600):
            leaf = log.leaf_hash(leaves.get(place, bytes(64)))
            for level, index, value in log.append_nodes(place, leaf, self.read):
                self.nodes[level, index] = value

    def read(self, level, index):
        return self.nodes[level, index]

    def proved(self, one, signer):
        head = log.Checkpoint(NAME, 600, log.root(600, self.read)).body()
        path = tuple(log.inclusion(one["numero"], 600, self.read))
        return one | {
            "preuve": log.Proof(one["numero"], path, log.sign_note(head, signer)).encode()
        }


def offline(known, *published):
    return [key.text for key in handover.follow([log.Verifier(known)], published)]


def test_offline_a_key_leads_back_only_by_an_entry_that_the_register_proves():
    tree = Tree(ONE)

    assert offline(SECOND.vkey, tree.proved(ONE, SECOND)) == [ALL[0], f"{SECOND.vkey} 129-"]
    assert offline(FIRST.vkey, ONE) == [ALL[0], f"{SECOND.vkey} 129-"]
    assert offline(SECOND.vkey, ONE) == [f"{SECOND.vkey} 129-"]


def test_offline_a_thief_cannot_write_the_sizes_of_the_stolen_key():
    """The genuine note is public; the entry around it, and its proof, are the thief's."""
    wide = entry(NOTE, index=500, since=129)
    tree = Tree(wide)

    assert offline(SECOND.vkey, tree.proved(wide, FIRST)) == [f"{SECOND.vkey} 129-"]
    moved = Tree(ONE).proved(ONE, SECOND) | {"numero": 500}
    assert offline(SECOND.vkey, moved) == [f"{SECOND.vkey} 129-"]


def test_the_heir_of_a_key_known_to_have_ended_is_known_too():
    """A thief who holds the former key signs a handover to themselves."""
    forged = entry(handover.make(STATE, FIRST, THIRD), index=384, since=129)
    known = [log.Verifier(text) for text in (ALL[0], f"{SECOND.vkey} 129-")]

    for listed in (True, False):
        found = handover.follow(known, [forged], listed=listed)
        assert [key.text for key in found] == [f"{SECOND.vkey} 129-", ALL[0]]


def test_offline_a_stolen_key_proves_no_entry():
    stolen = entry(
        handover.make(log.Checkpoint(NAME, 512, bytes(32)), SECOND, THIRD),
        index=550,
        since=513,
        stolen=True,
    )
    tree = Tree(ONE, stolen)
    last = tree.proved(stolen, THIRD)

    assert offline(THIRD.vkey, tree.proved(ONE, SECOND), last)[0].startswith(SECOND.vkey)
    assert offline(THIRD.vkey, tree.proved(ONE, THIRD), last)[0] == ALL[0]
