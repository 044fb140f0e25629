"""Relire les clés publiées :
celle que la base montre est-elle celle que le journal a vue naître ?
"""

import json
from collections.abc import Iterator

from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.publiees import CHAMPS
from beffroi.socle.journal import chainage
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import Constat
from sceau import SealError, key_record

REPETES = ("empreinte", "destinataire", "politique", "seuil")


def relire_les_cles() -> Iterator[Constat]:
    """Une clé changée après coup lirait tout : chaque paire est comparée à son écriture."""
    fautes = 0
    for faute, sujet in publications_fautives():
        fautes += 1
        yield Constat(faute, bon=False, ou=f"journal, {sujet}")
    for paire in PaireDeCles.objects.order_by("pk").iterator(chunk_size=200):
        for faute in fautes_de(paire):
            fautes += 1
            yield Constat(faute, bon=False, ou=f"cles_pairedecles, {paire.reference}")
    if not fautes:
        yield Constat(
            f"clés publiées, conformes au journal : {PaireDeCles.objects.count()}", bon=True
        )


def fautes_de(paire: PaireDeCles) -> Iterator[str]:
    naissance = Ecriture.objects.filter(acte="cles.paire_deposee", sujet=paire.reference).first()
    if naissance is None:
        yield "cette clé n'est pas au journal"
        return
    donnees = json.loads(naissance.contenu)["donnees"]
    for champ in REPETES:
        if donnees["cle"][champ] != getattr(paire, champ):
            yield f"« {champ} » diffère du journal"
    if (
        chainage.canonique(donnees["cle"]) != paire.enregistrement
        or donnees["signature"] != paire.signature
    ):
        yield "l'enregistrement signé diffère du journal"
    if donnees["membres"] and not _est_connue(donnees["cle_de_signature"], avant=naissance.numero):
        yield "elle n'est signée par aucune personne dont le journal a vu naître la clé"
    try:
        cle, signature = bytes.fromhex(donnees["cle_de_signature"]), bytes.fromhex(paire.signature)
        key_record.check_signature(json.loads(paire.enregistrement), key=cle, signature=signature)
    except (SealError, ValueError):
        yield "la signature de la clé n'est pas valable"


def publications_fautives() -> Iterator[tuple[str, str]]:
    """Une clé publiée est une clé née ici, telle qu'elle est née, pour cette consultation."""
    for publiee in Ecriture.objects.filter(acte=key_record.PUBLIC_ACT).iterator(chunk_size=200):
        contenu = json.loads(publiee.contenu)
        naissance = Ecriture.objects.filter(acte=key_record.ACT, sujet=publiee.sujet).first()
        nees = json.loads(naissance.contenu)["donnees"] if naissance else {}
        if any(contenu["donnees"].get(champ) != nees.get(champ) for champ in CHAMPS):
            yield "cette clé publiée n'est pas celle que le journal a vue naître", publiee.sujet
        elif contenu.get("concerne") != nees["cle"]["consultation"]:
            yield "cette clé est publiée pour une autre consultation", publiee.sujet


def _est_connue(cle_de_signature: str, *, avant: int) -> bool:
    """Qui tient la base peut signer d'une clé à lui, non d'une clé née avant la paire."""
    naissances = Ecriture.objects.filter(acte="cles.identite_creee", numero__lt=avant)
    return naissances.filter(contenu__contains=f'"cle_de_signature":"{cle_de_signature}"').exists()
