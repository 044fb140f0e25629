"""Faire effacer ce qui a été rendu : un bordereau, que le visa des archives approuve ; rien n'est détruit ici."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from beffroi.archives import ports
from beffroi.archives.copies import des_dossiers, des_paquets
from beffroi.archives.dossier import dossier_de
from beffroi.archives.models import Elimination
from beffroi.archives.services import Rendu, etablir_apres_restitution
from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import NON_PUBLIEES, Consultation
from beffroi.organismes.models import Organisme
from beffroi.organismes.queries import est_parti
from beffroi.restitution import composition, rules
from beffroi.restitution.models import Restitution
from beffroi.restitution.queries import inventaire_de
from beffroi.socle.erreurs import exiger


def faire_effacer(*, restitution: Restitution, par: Utilisateur, maintenant: datetime) -> Elimination:
    """Le bordereau de chaque pièce rendue, brouillons compris, à l'empreinte que l'archive en porte."""
    organisme = restitution.organisme
    toutes = composition.consultations_de(organisme)
    finies = [une for une in toutes if composition.est_finie(une, le=maintenant)]
    brouillons = [une for une in toutes if une.etat in NON_PUBLIEES]
    rendus, nouvelles = _rendus([*finies, *brouillons], inventaire_de(restitution), le=maintenant)
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


def _rendus(
    consultations: list[Consultation], inventaire: Mapping[str, str], *, le: datetime
) -> tuple[list[Rendu], int]:
    """Ce qui est gardé ici et que l'archive contient, chaque clé une fois ; et combien de pièces elle n'a pas."""
    rendus: dict[str, Rendu] = {}
    nouvelles = 0
    for consultation in consultations:
        for piece in composition.gardees_de(consultation, le=le):
            if piece.cle and piece.cle not in inventaire:
                nouvelles += 1
            elif piece.cle:
                sha256 = inventaire[piece.cle]
                rendus.setdefault(piece.cle, Rendu(consultation=consultation, piece=piece, sha256=sha256))
    return list(rendus.values()), nouvelles


def _copies(organisme: Organisme, consultations: Sequence[Consultation]) -> Iterator[Rendu]:
    """Les archives et les paquets qui portent les mêmes octets : les laisser serait ne rien effacer."""
    for rendue in ports.archives_rendues(organisme) if consultations else ():
        yield Rendu(consultation=consultations[0], piece=rendue.piece, sha256=rendue.piece.sha256)
    for consultation, piece in (*des_paquets(consultations), *des_dossiers(consultations)):
        yield Rendu(consultation=consultation, piece=piece, sha256=piece.sha256)
