"""Qui entre : au centre, les rôles de l'annuaire ; chez l'adhérent, ses agents."""

from django.http import HttpRequest, HttpResponse

from beffroi.centre.adherents.models import Effectif
from beffroi.centre.adherents.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import exiger_au_centre, exiger_chez
from beffroi.socle.fondations import chiffrement, horloge
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet.telechargements import a_enregistrer


def au_centre(request: HttpRequest, acte: str) -> Habilitation:
    """L'habilitation chez l'exploitant, si elle permet l'acte ;
    pour les autres, ces pages n'existent pas.
    """
    return exiger_au_centre(request.user, acte, ACTES, horloge.maintenant())


def chez_l_adherent(request: HttpRequest, siret: str, acte: str) -> Habilitation:
    """L'habilitation de la personne dans l'organisme de l'adresse, si elle permet l'acte."""
    return exiger_chez(request.user, siret, acte, ACTES, horloge.maintenant())


def justificatif(effectif: Effectif | None) -> HttpResponse:
    """Le document d'un effectif ; le navigateur l'enregistre, et ne l'exécute jamais chez nous."""
    if effectif is None or not effectif.cle_de_stockage:
        raise Introuvable()
    octets = chiffrement.reprendre(effectif.cle_de_stockage, sha256=effectif.sha256)
    return a_enregistrer(octets, nom=effectif.nom_du_justificatif)
