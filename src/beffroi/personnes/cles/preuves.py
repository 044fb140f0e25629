"""Prouver que sa clé est ouverte devant soi : la page donne un canari, l'envoi en rend le secret.

Une session volée n'y suffit pas :
elle n'ajoute pas de façon d'ouvrir, et ne remplace pas les parts des autres.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from beffroi.personnes.cles import scellement
from beffroi.personnes.cles.fentes import Preuve
from beffroi.personnes.cles.models import IdentiteDeMembre
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.guichet.scripts import en_base64, octets

CANARI_DE_LA_SESSION = "cles_canari_a_rendre"


def poser_un_canari(request: HttpRequest, identite: IdentiteDeMembre) -> str:
    """Le canari de la page, scellé pour cette clé ;
    la session retient l'empreinte du secret attendu.
    """
    canari = scellement.fabriquer_un_canari(identite.destinataire)
    request.session[CANARI_DE_LA_SESSION] = canari.empreinte
    return en_base64(canari.scelle)


def preuve_rendue(request: HttpRequest, envoi: Mapping[str, Any]) -> Preuve:
    return Preuve(
        clair=octets(envoi, "clair"),
        empreinte_attendue=request.session.get(CANARI_DE_LA_SESSION, ""),
    )


def exiger_la_preuve(preuve: Preuve) -> None:
    if (
        not preuve.empreinte_attendue
        or scellement.empreinte_du_canari(preuve.clair) != preuve.empreinte_attendue
    ):
        raise RegleEnfreinte(
            "Votre clé n'a pas été ouverte sur cette page. Rechargez la page et recommencez."
        )


def oublier_le_canari(request: HttpRequest) -> None:
    """Il a servi."""
    request.session.pop(CANARI_DE_LA_SESSION, None)
