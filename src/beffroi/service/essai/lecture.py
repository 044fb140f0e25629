"""Lire et vérifier une attestation de test, sans base ni réseau :
la note signée, et le PDF qu'elle engage.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from formats.seda import Archive, PaquetIllisible
from sceau import SealError, log

FORMAT = "beffroi.attestation/1"
PAPIER, NOTE, CLE = "attestation.pdf", "attestation.note", "cles/journal.vkey"
SIGNEE = "la note est signée par la clé du registre"
OCTETS_AU_PLUS = 16 << 20
_MAL_FORMEE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Controle(NamedTuple):
    """Un contrôle, une ligne.

    `bon` vaut None quand rien n'était à conclure, mais que cela doit se savoir. Sans `connu`, la
    clé qui sert n'est connue que par l'attestation : elle s'accorde avec elle-même, sans plus.
    """

    quoi: str
    bon: bool | None
    detail: str = ""
    connu: bool = True


def est_une_attestation(flux: BinaryIO) -> bool:
    """Si elle dit en être une ; rien d'autre n'est vérifié."""
    try:
        return NOTE in Archive(flux).noms
    except PaquetIllisible:
        return False


def controler(flux: BinaryIO, *, cles: Sequence[log.Verifier] = ()) -> Iterator[Controle]:
    """La clé, la signature, le PDF. Rien n'est levé, quoi que l'archive contienne."""
    try:
        fichiers = _lire(flux)
    except (PaquetIllisible, ValueError) as refus:
        yield Controle("l'attestation se lit", bon=False, detail=str(refus))
        return
    yield Controle("l'attestation se lit", bon=True, detail=f"{len(fichiers)} pièces")
    connues, dit = _cles(fichiers, cles)
    yield dit
    if not connues and dit.bon is None:
        return
    signe = _texte_signe(fichiers[NOTE], connues)
    if signe is None:
        yield Controle(SIGNEE, bon=False, detail="la signature n'est pas celle de cette clé")
        return
    try:
        format_, contenu, engage, fin = signe.split("\n")
        juste = format_ == FORMAT and fin == ""
        etablie = json.loads(contenu)
        qui = f"{etablie['service']}, le {etablie['etablie_le']}"
    except _MAL_FORMEE:
        yield Controle("la note est celle d'une attestation de test", bon=False)
        return
    yield Controle(SIGNEE, bon=juste, detail=qui)
    empreinte = hashlib.sha256(fichiers[PAPIER]).hexdigest()
    yield Controle(
        "le PDF est celui qui a été signé", bon=engage == f"{PAPIER} {empreinte}", detail=empreinte
    )


def _lire(flux: BinaryIO) -> dict[str, bytes]:
    archive = Archive(flux)
    inattendus = archive.noms.keys() - {PAPIER, NOTE, CLE}
    if archive.defauts or inattendus:
        raise ValueError(
            str(archive.defauts[0])
            if archive.defauts
            else f"{min(inattendus)} n'est pas de l'attestation"
        )
    if sum(archive.noms.values()) > OCTETS_AU_PLUS:
        raise ValueError("cette archive est trop grosse pour une attestation")
    for nom in (PAPIER, NOTE):
        if not archive.est_lisible(nom):
            raise ValueError(f"{nom} manque")
    return {nom: b"".join(archive.blocs(nom)) for nom in archive.noms}


def _cles(
    fichiers: dict[str, bytes], donnees: Sequence[log.Verifier]
) -> tuple[list[log.Verifier], Controle]:
    """Celle que l'on donne fait foi ; celle de l'archive, à défaut, et cela se dit."""
    quoi = "la clé du registre est la bonne"
    try:
        siennes = [
            log.Verifier(ligne) for ligne in fichiers.get(CLE, b"").decode().splitlines() if ligne
        ]
    except (SealError, UnicodeDecodeError):
        return [], Controle(quoi, bon=False, detail=f"{CLE} est abîmé")
    if not donnees and not siennes:
        return [], Controle(
            quoi, None, "l'archive ne la porte pas : donnez-la par --cle", connu=False
        )
    if not donnees:
        dit = "une clé vient de l'attestation elle-même"
        return siennes, Controle(dit, None, CLE, connu=False)
    connues = {cle.vkey for cle in donnees}
    return list(donnees), Controle(
        quoi, bon=all(cle.vkey in connues for cle in siennes), detail=CLE
    )


def _texte_signe(note: bytes, cles: Sequence[log.Verifier]) -> str | None:
    try:
        return log.open_note(note.decode(), cles)[0]
    except (SealError, UnicodeDecodeError):
        return None
