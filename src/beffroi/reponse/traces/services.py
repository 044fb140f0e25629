"""Relever un cahier : ses traces dans la base, son empreinte au journal, puis le cahier retiré."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from beffroi.reponse.traces import cahier, queries, rules
from beffroi.reponse.traces.limites import details_de
from beffroi.reponse.traces.models import CahierReleve, Nature, Trace
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser
from sceau import evidence

# La longueur de chacune, dans la base.
COLONNES = {
    "nature": 10,
    "reponse": 16,
    "consultation": 30,
    "personne": 20,
    "texte": 500,
    "cause": 80,
    "navigateur": 200,
    "poste": 32,
}


def relever(fichier: Path, *, maintenant: datetime) -> CahierReleve | None:
    """Recopie un cahier fini, et le retire une fois la transaction validée.

    Vide, il n'est que retiré.
    """
    contenu = fichier.read_bytes()
    releve = _inscrire(contenu, maintenant=maintenant) if contenu.strip() else None
    fichier.unlink(missing_ok=True)
    return releve


@transaction.atomic
def _inscrire(contenu: bytes, *, maintenant: datetime) -> CahierReleve:
    """Le même contenu ne s'inscrit qu'une fois :
    un arrêt après la transaction le fait relire, sans le compter deux fois.
    """
    empreinte = hashlib.sha256(contenu).hexdigest()
    deja = CahierReleve.objects.filter(sha256=empreinte).first()
    if deja is not None:
        return deja
    lues = [
        (rang, bornee(ligne))
        for rang, ligne in enumerate(cahier.lignes(contenu))
        if est_lisible(ligne)
    ]
    instants = [datetime.fromisoformat(ligne["le"]) for _, ligne in lues] or [maintenant]
    releve = CahierReleve.objects.create(
        sha256=empreinte,
        racine=evidence.root_of(cahier.textes(contenu)),
        traces=len(lues),
        premiere_le=min(instants),
        derniere_le=max(instants),
        releve_le=maintenant,
        cahier=cahier.en_texte(contenu),
    )
    consultations = queries.consultations_de({ligne["reponse"] for _, ligne in lues})
    Trace.objects.bulk_create(
        _trace(
            releve,
            rang,
            {**ligne, "consultation": consultations.get(ligne["reponse"], ligne["consultation"])},
        )
        for rang, ligne in lues
    )
    donnees = {"sha256": empreinte, "racine": releve.racine, "traces": releve.traces}
    journaliser(
        "tentatives.relever", sujet=empreinte[:16], par=PLATEFORME, le=maintenant, donnees=donnees
    )
    return releve


def est_lisible(ligne: dict[str, Any]) -> bool:
    sujet = ligne.get("reponse") or ligne.get("consultation")
    return ligne.get("nature") in Nature.values and bool(sujet) and bool(ligne.get("le"))


def bornee(ligne: dict[str, Any]) -> dict[str, Any]:
    """Chaque colonne à sa longueur : une ligne démesurée ne retient pas le cahier de tous."""
    courtes = {
        nom: rules.texte_court(ligne.get(nom), longueur) for nom, longueur in COLONNES.items()
    }
    details = ligne.get("details")
    return {
        **ligne,
        **courtes,
        "details": details_de(courtes["nature"], details),
        "details_du_cahier": details,
    }


def _trace(releve: CahierReleve, rang: int, ligne: dict[str, Any]) -> Trace:
    dite = ligne.get("dite_le")
    return Trace(
        releve=releve,
        rang=rang,
        le=datetime.fromisoformat(ligne["le"]),
        dite_le=datetime.fromisoformat(dite) if dite else None,
        details=ligne["details"],
        **{nom: ligne[nom] for nom in COLONNES},
    )
