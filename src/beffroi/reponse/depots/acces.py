"""Qui peut toucher à une réponse :
les personnes de l'équipe qui la fait, et le jeton qui survit à leur session.

Le jeton nomme la réponse et la personne. Il est signé, jamais gardé, et meurt avec le compte, avec
l'appartenance à l'équipe, quand le mot de passe ou l'adresse de la personne change, ou quand on
change le sel de la réponse. Le récépissé nomme ainsi toujours la personne qui a agi.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.queries import (
    agit_pour,
    collegues_a_prevenir,
    equipes_de,
    personnes_de,
)
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import roles_tenus
from beffroi.reponse.depots import rules
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.socle.fondations.horloge import maintenant
from droit.decision import Decision

SEL = "beffroi.depots.jeton"


@dataclass(frozen=True)
class Porteur:
    """Une personne qui agit sur une réponse précise, par le jeton de cette réponse."""

    utilisateur: Utilisateur
    brouillon: BrouillonDeReponse


def reponses_de(utilisateur: Utilisateur) -> QuerySet[BrouillonDeReponse]:
    """Les réponses sur lesquelles une personne agit : celles de ses équipes, et nulle autre.

    Qui s'inscrit à 11:41 pour 12:00 a fondé la sienne : elle dépose, sans attendre personne.
    """
    if not utilisateur.est_actif:
        return BrouillonDeReponse.objects.none()
    return reponses_d_un_compte_actif(utilisateur, maintenant())


def reponses_d_un_compte_actif(
    utilisateur: Utilisateur, le: datetime
) -> QuerySet[BrouillonDeReponse]:
    """Les mêmes ; qui appelle a regardé si le compte l'est."""
    siennes = BrouillonDeReponse.objects.filter(equipe__in=equipes_de(utilisateur))
    siennes = siennes.exclude(consultation__organisme__in=organismes_servis(utilisateur, le))
    return siennes.select_related("consultation__organisme", "equipe", "invitation__tour__cle")


def agit_sur(utilisateur: Utilisateur, reponse: BrouillonDeReponse) -> bool:
    """Cette réponse est de `reponses_de` : le même jugement, sans rien relire de l'achat.

    Chaque partie envoyée le demande, et n'a besoin que de sa réponse.
    """
    if not utilisateur.est_actif:
        return False
    if not agit_pour(utilisateur, reponse.equipe_id):
        return False
    servis = organismes_servis(utilisateur, maintenant()).values_list("organisme", flat=True)
    return not servis or reponse.consultation.organisme_id not in servis


def organismes_servis(utilisateur: Utilisateur, le: datetime) -> QuerySet[Habilitation, Any]:
    """Les acheteurs chez qui la personne tient un rôle :
    avec ce compte, elle n'est pour eux d'aucune entreprise.
    """
    return roles_tenus(utilisateur, le).values("organisme")


def peut_repondre(utilisateur: Utilisateur, consultation: Consultation) -> Decision:
    servis = organismes_servis(utilisateur, maintenant())
    servi = servis.filter(organisme=consultation.organisme_id)
    return rules.peut_repondre(sert_l_acheteur=servi.exists())


def plis_de(utilisateur: Utilisateur) -> QuerySet[Pli]:
    """Les plis sur lesquels une personne agit : elle les voit, les compte, les remplace."""
    if not utilisateur.est_actif:
        return Pli.objects.none()
    return plis_a_un_compte_actif(utilisateur, maintenant())


def plis_a_un_compte_actif(utilisateur: Utilisateur, le: datetime) -> QuerySet[Pli]:
    """Les mêmes ; qui appelle a regardé si le compte l'est."""
    siens = Pli.objects.filter(equipe__in=equipes_de(utilisateur))
    return siens.exclude(consultation__organisme__in=organismes_servis(utilisateur, le))


def plis_lisibles(utilisateur: Utilisateur) -> QuerySet[Pli]:
    """Et ceux qu'elle a déposés elle-même avant de quitter l'équipe : son récépissé lui reste."""
    if not utilisateur.est_actif:
        return Pli.objects.none()
    return plis_lisibles_d_un_compte_actif(utilisateur, maintenant())


def plis_lisibles_d_un_compte_actif(utilisateur: Utilisateur, le: datetime) -> QuerySet[Pli]:
    """Les mêmes ; qui appelle a regardé si le compte l'est."""
    siens = Q(equipe__in=equipes_de(utilisateur)) | Q(depose_par=utilisateur)
    return Pli.objects.filter(siens).exclude(
        consultation__organisme__in=organismes_servis(utilisateur, le)
    )


def personnes_a_prevenir(brouillon: BrouillonDeReponse) -> list[Utilisateur]:
    """Qui a commencé la réponse ;
    si cette personne est partie, ses collègues prennent la suite.
    """
    if personnes_de(brouillon.equipe).filter(utilisateur=brouillon.commence_par_id).exists():
        return [brouillon.commence_par]
    return collegues_a_prevenir(brouillon.equipe)


def jeton_de_reponse(brouillon: BrouillonDeReponse, utilisateur: Utilisateur) -> str:
    """Le jeton d'une personne pour une réponse : il ne vaut que pour elle et que pour celle-ci."""
    contenu = {
        "r": brouillon.reference,
        "u": utilisateur.reference,
        "s": brouillon.sel_du_jeton,
        "a": acces_de(utilisateur),
    }
    return signing.Signer(salt=SEL).sign_object(contenu)


def acces_de(utilisateur: Utilisateur) -> str:
    """Par quoi cette personne entre aujourd'hui : qui reprend un compte y éteint les jetons
    qu'un autre y avait pris. L'empreinte du mot de passe porte son sel : rien n'en remonte.
    """
    entree = f"{utilisateur.password}/{utilisateur.courriel}"
    return hashlib.sha256(entree.encode()).hexdigest()[:16]


def porteur_du_jeton(jeton: str) -> Porteur | None:
    """La personne et la réponse que ce jeton désigne, s'il vaut encore."""
    try:
        contenu = signing.Signer(salt=SEL).unsign_object(jeton)
    except (signing.BadSignature, ValueError):
        return None
    if not isinstance(contenu, dict) or set(contenu) != {"r", "u", "s", "a"}:
        return None
    utilisateur = Utilisateur.objects.filter(reference=contenu["u"], est_actif=True).first()
    if utilisateur is None or contenu["a"] != acces_de(utilisateur):
        return None
    brouillon = BrouillonDeReponse.objects.filter(
        reference=contenu["r"], sel_du_jeton=contenu["s"]
    ).first()
    if brouillon is None or not agit_sur(utilisateur, brouillon):
        return None
    return Porteur(utilisateur, brouillon)


def equipes_des_deposants(plis: Sequence[Pli]) -> dict[str, frozenset[str]]:
    """Pour chaque pli, les équipes dont était qui l'a déposé, à l'instant où il est arrivé."""
    personnes = {pli.depose_par_id for pli in plis}
    appartenances = Membre.objects.filter(utilisateur__in=personnes).select_related("equipe")
    des_siennes = defaultdict(list)
    for membre in appartenances.prefetch_related("equipe__reunies"):
        des_siennes[membre.utilisateur_id].append(membre)
    return {
        pli.reference: frozenset({pli.equipe.reference}).union(
            *(membre.agissait_pour(pli.recu_le) for membre in des_siennes[pli.depose_par_id])
        )
        for pli in plis
    }
