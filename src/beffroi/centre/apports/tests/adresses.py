"""Qui entre où : le dossier est à qui a le lien ; l'examen, au gestionnaire du centre."""

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services import Identite, creer_adherent
from beffroi.centre.apports.liens import jeton
from beffroi.centre.apports.services import Saisie, apporter
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.architecture.adresses import Adresse, Monde, publique, reserve_a_l_exploitant

SIREN_D_AUDINCTHUN = "216200535"


def planter(monde: Monde) -> None:
    """La convention d'Audincthun est chez elle, et sa délibération vient d'arriver."""
    le = monde.maintenant
    adherent = Adherent.objects.filter(siren=SIREN_D_AUDINCTHUN).first() or creer_adherent(
        identite=Identite(siren=SIREN_D_AUDINCTHUN, nom="Commune d'Audincthun", nature="commune"),
        par=PLATEFORME,
        maintenant=le,
    )
    convention = gestes.demande(adherent, maintenant=le)
    monde.objets["attendue"] = convention = gestes.envoyee(
        gestes.projet(convention, maintenant=le), maintenant=le
    )
    jour = gestes.date(2025, 6, 2)
    saisie = Saisie(
        "Hélène Delattre", jour, Fichier("deliberation.pdf", gestes.PDF), "2025-12", jour
    )
    monde.objets["apport"] = apporter(
        convention=convention, sorte="deliberation", saisie=saisie, maintenant=le
    )


def par_le_lien(monde: Monde) -> dict[str, str]:
    return {"jeton": jeton(monde.objets["attendue"])}


def sa_piece(monde: Monde) -> dict[str, str]:
    return {
        **par_le_lien(monde),
        "piece": monde.objets["attendue"].pieces.filter(sorte="projet").first().reference,
    }


def apport(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["apport"].reference}


def absent(_: Monde) -> dict[str, str]:
    return {"reference": "AP-22222222"}


CENTRE = reserve_a_l_exploitant()
FAUTE = {"methodes": ("post",)}
ADRESSES = {
    "apports:dossier": Adresse(
        publique(),
        par_le_lien,
        lambda _: {"jeton": "CV-22222222:forge"},
        methodes=("get", "post"),
        par_methode={"post": publique(422)},
        donnees={"sorte": "deliberation"},
    ),
    "apports:piece": Adresse(
        publique(), sa_piece, lambda _: {"jeton": "CV-22222222:forge", "piece": "PC-2"}
    ),
    "apports:examiner": Adresse(CENTRE, apport, absent),
    "apports:fichier": Adresse(CENTRE, apport, absent),
    "apports:retenir": Adresse(reserve_a_l_exploitant(422), apport, absent, **FAUTE),
    "apports:refaire": Adresse(reserve_a_l_exploitant(422), apport, absent, **FAUTE),
}
