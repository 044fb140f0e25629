"""« À faire », dit aux notifications : la même liste, dans le même ordre."""

import hashlib
from datetime import datetime

from beffroi.faces.portail.a_faire import taches_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.rappels.ports import Attendu
from beffroi.socle.fondations.a_faire import SANS_ECHEANCE, AFaire


def ce_qui_attend(personne: Utilisateur, *, le: datetime) -> list[Attendu]:
    """Deux gestes de même page et de même nom n'en font qu'un."""
    attendus = [_attendu(tache, le=le) for tache in taches_de(personne, le=le)]
    return list({attendu.cle: attendu for attendu in reversed(attendus)}.values())[::-1]


def _attendu(tache: AFaire, *, le: datetime) -> Attendu:
    return Attendu(
        cle=hashlib.sha256(f"{tache.url} {tache.geste}".encode()).hexdigest()[:32],
        titre=tache.titre,
        detail=tache.detail,
        page=tache.url,
        quand=tache.quand,
        # « Dès que possible » n'est pas une date :
        # la page le place à l'instant, un agenda ne le peut pas.
        echeance=None if tache.echeance in (le, SANS_ECHEANCE) else tache.echeance,
    )
