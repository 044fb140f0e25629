"""Faire effacer ce qui a été rendu : un bordereau, que le visa des archives approuve ; rien n'est détruit ici."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from beffroi.archives import ports
from beffroi.archives.copies import copie, des_paquets
from beffroi.archives.dossier import dossier_de
from beffroi.archives.models import Elimination
from beffroi.archives.services import Rendu, etablir_apres_restitution
from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import NON_PUBLIEES, Consultation
from beffroi.organismes.models import Organisme
from beffroi.organismes.queries import est_parti
from beffroi.restitution import composition, rules
from beffroi.restitution.models import Restitution
from beffroi.socle.erreurs import exiger
from beffroi.socle.stockage import stockage


def faire_effacer(*, restitution: Restitution, par: Utilisateur, maintenant: datetime) -> Elimination:
    """Le bordereau de chaque pièce rendue, à l'empreinte que l'archive en porte."""
    organisme = restitution.organisme
    toutes = composition.consultations_de(organisme)
    finies = [une for une in toutes if composition.est_finie(une, le=maintenant)]
    rendus, nouvelles = _rendus(finies, inventaire_de(restitution), le=maintenant)
    exiger(
        rules.peut_faire_effacer(
            etat=restitution.etat,
            est_parti=est_parti(organisme),
            en_cours=sum(une.etat not in NON_PUBLIEES for une in toutes) - len(finies),
            gels=sorted({motif for une in finies for motif in dossier_de(une).gels}),
            nouvelles=nouvelles,
        )
    )
    rendus += list(_copies(organisme, finies))
    return etablir_apres_restitution(
        organisme=organisme, rendus=rendus, restitution=restitution.reference, par=par, maintenant=maintenant
    )


def inventaire_de(restitution: Restitution) -> dict[str, str]:
    """Par clé de stockage, l'empreinte de chaque pièce que l'archive contient."""
    if not restitution.cle_de_l_inventaire:
        return {}
    with stockage().lire(restitution.cle_de_l_inventaire) as flux:
        lu: dict[str, str] = json.loads(flux.read())
    return lu


def _rendus(
    consultations: list[Consultation], inventaire: Mapping[str, str], *, le: datetime
) -> tuple[list[Rendu], int]:
    """Ce qui est gardé ici et que l'archive contient, chaque clé une fois ; et combien de pièces elle n'a pas."""
    rendus: dict[str, Rendu] = {}
    nouvelles = 0
    for consultation in consultations:
        for piece in ports.pieces_de(consultation, le=le):
            if piece.cle and piece.cle not in inventaire:
                nouvelles += 1
            elif piece.cle:
                sha256 = inventaire[piece.cle]
                rendus.setdefault(piece.cle, Rendu(consultation=consultation, piece=piece, sha256=sha256))
    return list(rendus.values()), nouvelles


def _copies(organisme: Organisme, consultations: Sequence[Consultation]) -> Iterator[Rendu]:
    """Les archives et les paquets qui portent les mêmes octets : les laisser serait ne rien effacer."""
    for une in Restitution.objects.filter(organisme=organisme).exclude(cle_de_stockage="") if consultations else ():
        piece = copie(
            f"Archive rendue {une.reference}",
            une.nom,
            cle=une.cle_de_stockage,
            sha256=une.sha256,
            taille=une.taille,
        )
        yield Rendu(consultation=consultations[0], piece=piece, sha256=piece.sha256)
    for consultation, piece in des_paquets(consultations):
        yield Rendu(consultation=consultation, piece=piece, sha256=piece.sha256)
