"""Joindre les copies signées d'un ZIP : chacune est gardée, ou refusée avec sa phrase."""

import hashlib
import io
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.centre.conventions.queries import empreintes_au_dossier, empreintes_produites
from beffroi.centre.reprises import archive, queries
from beffroi.centre.reprises.archive import Entree
from beffroi.centre.reprises.models import CopieDeReprise, Reprise
from beffroi.centre.reprises.plan import nom_de_copie
from beffroi.centre.reprises.rules.copies import copie_recevable
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.pieces.rules import octets_recevables
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision
from formats.illisible import Illisible

DEBUT_LU = 1_024


@dataclass(frozen=True)
class Vue:
    """Ce que l'on sait d'un fichier sans garder ses octets."""

    nom: str
    taille: int
    sha256: str
    debut: bytes
    refus: str


@dataclass(frozen=True)
class Jointes:
    gardees: int
    refusees: int


def joindre(*, reprise: Reprise, flux: BinaryIO, par: Utilisateur, maintenant: datetime) -> Jointes:
    """Lit le ZIP deux fois : pour tout juger, puis pour garder ce qui se garde.

    Une archive abîmée ne garde rien.
    """
    try:
        vues = [_vue(entree) for entree in archive.lire(flux)]
        refus = _juger(reprise, vues)
        flux.seek(0)
        return _garder(reprise, flux, vues, refus, par=par, maintenant=maintenant)
    except Illisible as illisible:
        raise RegleEnfreinte(str(illisible)) from illisible


def _vue(entree: Entree) -> Vue:
    recevable = octets_recevables(nom=entree.nom, octets=entree.octets)
    return Vue(
        entree.nom,
        len(entree.octets),
        entree.sha256,
        entree.octets[:DEBUT_LU],
        entree.refus or _phrase(recevable),
    )


def _phrase(decision: Decision) -> str:
    return "" if decision.favorable else decision.motifs[0].texte


def _juger(reprise: Reprise, vues: Collection[Vue]) -> list[str]:
    """Un refus par fichier, vide pour qui se garde, dans l'ordre du ZIP."""
    fois = Counter(vue.sha256 for vue in vues)
    produites = empreintes_produites(fois.keys())
    au_dossier = empreintes_au_dossier(fois.keys())
    gardees = queries.copies_gardees(reprise)
    ici = {copie.sha256: nom for nom, copie in gardees.items()}
    refus, noms = [], set()
    for vue in vues:
        nom = nom_de_copie(vue.nom)
        dit = vue.refus or _phrase(
            copie_recevable(
                debut=vue.debut,
                fois=fois[vue.sha256],
                produite=vue.sha256 in produites,
                deja_au_dossier=vue.sha256 in au_dossier,
                deja_ici=ici.get(vue.sha256, nom) != nom,
            )
        )
        if not dit and nom in noms:
            dit = "Un autre fichier du ZIP porte ce nom : un seul peut être la copie."
        noms.add(nom)
        refus.append(dit)
    return refus


@transaction.atomic
def _garder(
    reprise: Reprise,
    flux: BinaryIO,
    vues: list[Vue],
    refus: list[str],
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> Jointes:
    reprise = verrouiller(reprise)
    deja = queries.copies_gardees(reprise)
    CopieDeReprise.objects.filter(reprise=reprise).exclude(refus="").delete()
    copies = []
    for vue, dit, entree in zip(vues, refus, archive.lire(flux), strict=True):
        ancienne = deja.get(nom_de_copie(vue.nom))
        if not dit and ancienne is not None:
            if ancienne.sha256 == vue.sha256:
                continue
            ancienne.delete()
        cle = "" if dit else _ranger(entree, vue)
        copies.append(
            CopieDeReprise(
                reprise=reprise,
                nom=vue.nom,
                nom_plie=nom_de_copie(vue.nom),
                taille=vue.taille,
                sha256=vue.sha256,
                cle_de_stockage=cle,
                refus=dit,
                jointe_le=maintenant,
            )
        )
    CopieDeReprise.objects.bulk_create(copies, batch_size=200)
    jointes = Jointes(sum(not dit for dit in refus), sum(bool(dit) for dit in refus))
    journaliser(
        "reprise.joindre_les_copies",
        sujet=reprise.reference,
        par=par.acteur,
        le=maintenant,
        donnees={
            "gardees": jointes.gardees,
            "refusees": jointes.refusees,
            "sha256": sorted(copie.sha256 for copie in copies if not copie.refus),
        },
    )
    return jointes


def _ranger(entree: Entree, vue: Vue) -> str:
    if hashlib.sha256(entree.octets).hexdigest() != vue.sha256:
        raise RegleEnfreinte("Ce ZIP a changé pendant sa lecture. Redéposez-le.")
    cle = nouvelle_cle("reprise")
    stockage().ecrire(cle, io.BytesIO(entree.octets))
    return cle
