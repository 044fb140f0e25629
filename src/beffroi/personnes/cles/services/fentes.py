"""Les façons d'ouvrir une clé : en ajouter une, en retirer une, noter qu'elle a servi."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.cles import queries, rules
from beffroi.personnes.cles.fentes import FenteScellee, Preuve
from beffroi.personnes.cles.models import Fente, IdentiteDeMembre
from beffroi.personnes.cles.preuves import exiger_la_preuve
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


def poser_fente(identite: IdentiteDeMembre, fente: FenteScellee, *, maintenant: datetime) -> Fente:
    exiger(rules.fente_bien_formee(sorte=fente.sorte, contenu=fente.contenu))
    return Fente.objects.create(
        identite=identite,
        sorte=fente.sorte,
        libelle=fente.libelle[:80],
        contenu=fente.contenu,
        parametres=dict(fente.parametres),
        creee_le=maintenant,
        ouverte_le=maintenant if fente.essayee else None,
    )


@transaction.atomic
def ajouter_fente(
    *,
    identite: IdentiteDeMembre,
    fente: FenteScellee,
    preuve: Preuve,
    par: Acteur,
    maintenant: datetime,
) -> Fente:
    """Ajoute une façon d'ouvrir sa clé, par exemple une clé d'accès en plus de la phrase."""
    identite = verrouiller(identite)
    exiger(
        rules.peut_ajouter_une_fente(
            en_place=identite.fentes.count(), retiree=identite.retiree_le is not None
        )
    )
    exiger_la_preuve(preuve)
    posee = poser_fente(identite, fente, maintenant=maintenant)
    if fente.sorte == Fente.Sorte.SECOURS:
        # Un code neuf ne part qu'une fois recopié par la personne : la page l'exige avant l'envoi.
        identite.secours_recopie_le = maintenant
        identite.save(update_fields=["secours_recopie_le"])
    _inscrire("cles.fente_ajoutee", posee, par=par, maintenant=maintenant)
    _prevenir(posee, "ajoutée", maintenant=maintenant)
    return posee


@transaction.atomic
def retirer_fente(*, fente: Fente, par: Acteur, maintenant: datetime) -> IdentiteDeMembre:
    """Efface une façon d'ouvrir sa clé,
    si le code de secours et une ouverture de chaque jour restent.
    """
    identite = verrouiller(fente.identite)
    restantes = [autre.sorte for autre in queries.fentes_essayees(identite) if autre != fente]
    exiger(rules.peut_retirer_une_fente(restantes=restantes))
    # Effacée pour de bon : une phrase lue par un autre ne doit plus rien ouvrir.
    fente.delete()
    _inscrire("cles.fente_retiree", fente, par=par, maintenant=maintenant)
    _prevenir(fente, "retirée", maintenant=maintenant)
    return identite


def noter_l_ouverture(*, fente: Fente, maintenant: datetime) -> Fente:
    """Note que cette façon vient d'ouvrir la clé :
    elle compte, et la personne voit quand elle a servi.
    """
    fente.ouverte_le = maintenant
    fente.save(update_fields=["ouverte_le"])
    return fente


def _inscrire(acte: str, fente: Fente, *, par: Acteur, maintenant: datetime) -> None:
    journaliser(
        acte,
        sujet=fente.identite.utilisateur.reference,
        par=par,
        le=maintenant,
        donnees={
            "empreinte": fente.identite.empreinte,
            "fente": fente.reference,
            "sorte": fente.sorte,
        },
    )


def _prevenir(fente: Fente, participe: str, *, maintenant: datetime) -> None:
    """La personne apprend par un autre chemin que sa clé s'ouvre, ou ne s'ouvre plus, ainsi."""
    personne = fente.identite.utilisateur
    ecrire_a(
        personne.courriel,
        cle=f"fente-{participe}-{fente.reference}",
        sujet=f"Votre clé : une façon de l'ouvrir a été {participe}",
        gabarit="cles/courriels/fente.txt",
        contexte={
            "personne": personne,
            "fente": fente,
            "participe": participe,
            "page": lien_vers("cles:ma_cle"),
        },
        maintenant=maintenant,
    )
