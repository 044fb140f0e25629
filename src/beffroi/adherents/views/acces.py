"""Qui entre : au centre, les rôles de l'annuaire ; chez l'adhérent, ses agents."""

from django.http import HttpRequest, HttpResponse

from beffroi.adherents.models import Effectif
from beffroi.adherents.permissions import ACTES
from beffroi.guichet import chiffrement
from beffroi.guichet.telechargements import a_enregistrer
from beffroi.organismes.models import Habilitation
from beffroi.organismes.permissions import exiger_role
from beffroi.organismes.queries import habilitation_d_exploitant, habilitation_par_siret
from beffroi.socle import horloge
from beffroi.socle.erreurs import Introuvable


def au_centre(request: HttpRequest, acte: str) -> Habilitation:
    """L'habilitation chez l'exploitant, si elle permet l'acte ; pour les autres, ces pages n'existent pas."""
    habilitation = habilitation_d_exploitant(request.user, horloge.maintenant())
    exiger_role(habilitation, acte, ACTES)
    return habilitation


def chez_l_adherent(request: HttpRequest, siret: str, acte: str) -> Habilitation:
    """L'habilitation de la personne dans l'organisme de l'adresse, si elle permet l'acte."""
    habilitation = habilitation_par_siret(request.user, siret, horloge.maintenant())
    exiger_role(habilitation, acte, ACTES)
    return habilitation


def justificatif(effectif: Effectif | None) -> HttpResponse:
    """Le document d'un effectif ; le navigateur l'enregistre, et ne l'exécute jamais chez nous."""
    if effectif is None or not effectif.cle_de_stockage:
        raise Introuvable()
    octets = chiffrement.reprendre(effectif.cle_de_stockage, sha256=effectif.sha256)
    return a_enregistrer(octets, nom=effectif.nom_du_justificatif)
