"""Les courriels d'un impayé : le rappel, le blocage, la somme réglée. La lettre est jointe."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.courriels import jointe
from beffroi.centre.impayes import lettres
from beffroi.centre.impayes.models import Defaut, LettreDImpaye
from beffroi.socle.fondations.services import ecrire_courriel
from droit.dates import en_toutes_lettres
from formats.sommes import au_centime


def rappel(lettre: LettreDImpaye, *, maintenant: datetime) -> None:
    contribution = lettre.defaut.contribution
    contexte = {
        "reste": au_centime(lettre.reste),
        "echeance": en_toutes_lettres(lettre.defaut.echeance),
        "appel": numero_d_appel(contribution),
    }
    sujet = f"{contribution.nom} : contribution {contribution.exercice.annee}, rappel"
    _ecrire(
        "rappel",
        contribution,
        lettre.reference,
        sujet,
        contexte,
        maintenant,
        pieces=[jointe(lettre.pdf)],
    )


def bloquee(lettre: LettreDImpaye, *, maintenant: datetime) -> None:
    contribution = lettre.defaut.contribution
    contexte = {
        "reste": au_centime(lettre.reste),
        "le": en_toutes_lettres(lettre.recue_le) if lettre.recue_le else "",
    }
    sujet = f"{contribution.nom} : consultations nouvelles arrêtées"
    _ecrire(
        "bloquee",
        contribution,
        lettre.reference,
        sujet,
        contexte,
        maintenant,
        pieces=[jointe(lettre.pdf)],
    )


def reglee(defaut: Defaut, *, debloque: bool, maintenant: datetime) -> None:
    contribution = defaut.contribution
    sujet = f"{contribution.nom} : contribution {contribution.exercice.annee} réglée"
    _ecrire("reglee", contribution, defaut.reference, sujet, {"debloque": debloque}, maintenant)


def _ecrire(
    gabarit: str,
    contribution: Contribution,
    cle: str,
    sujet: str,
    contexte: dict[str, Any],
    maintenant: datetime,
    **reste: Any,
) -> None:
    adresse = contribution.adherent.courriel
    if not adresse:
        return
    commun = {
        "contribution": contribution,
        "page": f"{settings.ADRESSE_PUBLIQUE}/adhesion/{contribution.siret}/impaye/",
        "telephone": lettres.telephone(),
        "service": settings.SERVICE,
    }
    texte = render_to_string(f"impayes/courriels/{gabarit}.txt", {**commun, **contexte})
    ecrire_courriel(
        cle=f"impaye/{gabarit}/{cle}",
        destinataire=adresse,
        sujet=sujet,
        texte=texte,
        maintenant=maintenant,
        **reste,
    )
