"""Rappeler aux adhérents l'effectif qu'ils n'ont pas déclaré."""

from datetime import datetime

from django.db import transaction

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.effectifs import cle_du_rappel, non_declares
from beffroi.centre.tarif.rules.dates import peut_rappeler_l_effectif
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS


@transaction.atomic
def rappeler(*, annee: int, par: Utilisateur, maintenant: datetime) -> int:
    """Un courriel à chacun de ceux qui manquent, un par jour au plus ;
    rend combien ont une adresse (ruling 4b).
    """
    jour = maintenant.astimezone(PARIS).date()
    exiger(peut_rappeler_l_effectif(annee, aujourd_hui=jour))
    ecrits = [une for une in non_declares(annee) if une.adherent.courriel]
    for une in ecrits:
        ecrire_a(
            une.adherent.courriel,
            cle=cle_du_rappel(annee, une.adherent.siren, jour),
            sujet=f"{une.adherent.nom} : votre effectif au 1er janvier {annee}",
            gabarit="contributions/courriels/effectif.txt",
            contexte={"une": une, "annee": annee, "page": _page(une.adherent)},
            maintenant=maintenant,
        )
    donnees = {"annee": annee, "rappels": len(ecrits)}
    journaliser(
        "effectifs.rappeler", sujet="effectifs", par=par.acteur, le=maintenant, donnees=donnees
    )
    return len(ecrits)


def _page(adherent: Adherent) -> str:
    """Sa page, s'il a un accès ; sinon, il répond au centre de gestion."""
    if adherent.organisme is None:
        return ""
    return lien_vers("adherents:declarer", adherent.siret)
