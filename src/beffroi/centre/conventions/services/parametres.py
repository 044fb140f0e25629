"""Décider d'un paramètre : une ligne de plus, datée, avec la délibération qui la fonde."""

from datetime import date, datetime

from django.db import transaction

from beffroi.centre.conventions.models import ParametreDate
from beffroi.centre.conventions.parametres import PARAMETRES, valeur_recevable
from beffroi.centre.conventions.ports import grille_de_l_annexe
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import exploitant
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte, exiger
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def decider(
    *,
    nom: str,
    valeur: str,
    effet_le: date,
    deliberation: str,
    par: Utilisateur,
    maintenant: datetime,
) -> ParametreDate:
    """La valeur vaut à partir de ce jour ;
    celles d'avant restent, et ce qu'elles ont produit ne change pas.
    """
    if nom not in PARAMETRES:
        raise Introuvable()
    exiger(valeur_recevable(nom, valeur))
    if nom == "grille" and grille_de_l_annexe(effet_le):
        raise RegleEnfreinte(
            "Une grille est adoptée : c'est elle que l'annexe 1 imprime, et qui calcule. Pour en "
            "changer, adoptez-en une autre dans les contributions."
        )
    decide = ParametreDate.objects.create(
        nom=nom,
        valeur=valeur.strip(),
        effet_le=effet_le,
        deliberation=deliberation.strip(),
        decide_par=par,
        decide_le=maintenant,
    )
    journaliser(
        "parametre.decider",
        sujet=nom,
        organisme=exploitant().siret,
        par=par.acteur,
        le=maintenant,
        donnees={
            "valeur": decide.valeur,
            "effet_le": effet_le.isoformat(),
            "deliberation": decide.deliberation,
        },
    )
    return decide
