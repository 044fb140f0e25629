"""Chaque acte sur l'engagement d'un titulaire, tel que son écran le propose à l'acheteur."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beffroi.contrat.engagements import forms, queries
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.engagements.services import notification, signature
from beffroi.contrat.marches.forms import PreuveForm, SignataireForm
from beffroi.contrat.marches.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.guichet import gestes as guichet


@dataclass(frozen=True)
class Geste(guichet.Geste[Engagement]):
    """`si` : ce que l'engagement doit encore dire."""

    si: Callable[[Engagement], bool]


def _signer(engagement: Engagement, form: Any, par: Utilisateur, le: datetime) -> object:
    return signature.signer(
        engagement=engagement, signature=form.signature(), par=par.acteur, maintenant=le
    )


def _confirmer(engagement: Engagement, form: Any, par: Utilisateur, le: datetime) -> object:
    return signature.confirmer_le_signataire(
        engagement=engagement, dit=form.signataire(), par=par.acteur, maintenant=le
    )


def _recevoir(engagement: Engagement, form: Any, par: Utilisateur, le: datetime) -> object:
    return notification.noter_la_reception(
        engagement=engagement,
        recue_le=form.cleaned_data["le"],
        preuve=form.preuve(),
        par=par.acteur,
        maintenant=le,
    )


def titulaire_a_signer(engagement: Engagement) -> bool:
    return engagement.marche.etat == Etat.A_SIGNER and engagement.titulaire_le is None


def acheteur_a_signer(engagement: Engagement) -> bool:
    """Rien qu'une fois que tous les titulaires ont signé."""
    marche = engagement.marche
    tous = marche.signe_par_le_titulaire_le is not None
    return marche.etat == Etat.A_SIGNER and tous and engagement.acheteur_le is None


def a_confirmer(engagement: Engagement) -> bool:
    avant_l_effet = engagement.marche.etat in (Etat.A_SIGNER, Etat.SIGNE, Etat.TRANSMIS)
    return avant_l_effet and engagement.titulaire_le is not None


def a_recevoir(engagement: Engagement) -> bool:
    marche = engagement.marche
    signe = marche.etat in (Etat.SIGNE, Etat.TRANSMIS)
    return signe and engagement.recue_le is None and not queries.a_transmettre(marche)


GESTES = {
    geste.nom: geste
    for geste in (
        Geste(
            "signature-du-titulaire",
            "Déposer l'acte signé par le titulaire",
            "Garder l'exemplaire signé",
            "L'acte que ce titulaire a signé avec l'outil de son choix. "
            "Une signature électronique est vérifiée à son dépôt, "
            "et le résultat se lit avec la pièce.",
            "L'exemplaire signé est gardé.",
            forms.SigneParLeTitulaireForm,
            _signer,
            titulaire_a_signer,
        ),
        Geste(
            "signature-de-l-acheteur",
            "Déposer l'acte signé par l'acheteur",
            "Garder l'exemplaire signé",
            (
                "L'acte signé des deux parties. Le contrat est conclu quand l'acheteur a signé "
                "celui de chaque titulaire."
            ),
            "L'exemplaire signé est gardé.",
            forms.SigneParLAcheteurForm,
            _signer,
            acheteur_a_signer,
        ),
        Geste(
            "signataire",
            "Confirmer le signataire",
            "Noter ma confirmation",
            "Aucun logiciel ne sait si la personne qui a signé peut engager le titulaire. "
            "Comparez son nom à l'extrait Kbis "
            "ou à une délégation (CCP, annexe 12, art. 5).",
            "Votre confirmation est notée, avec ce que vous avez lu.",
            SignataireForm,
            _confirmer,
            a_confirmer,
        ),
        Geste(
            "reception",
            "Noter la notification reçue",
            "Noter la réception",
            (
                "Notifié par lettre ou en main propre : la date se recopie de la preuve. "
                "Le titulaire est engagé ce jour-là."
            ),
            "La réception est notée.",
            PreuveForm,
            _recevoir,
            a_recevoir,
        ),
    )
}


def gestes_possibles(engagement: Engagement) -> list[Geste]:
    return [geste for geste in GESTES.values() if geste.si(engagement)]
