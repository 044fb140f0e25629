"""Ce qui s'écrit à qui exerce ses droits, de la réception à la réponse ;
et au centre, quand un compte insiste.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.garde.conformite.models import DemandeDeDroit
from beffroi.garde.conformite.permissions import SECURITE
from beffroi.garde.conformite.rules.securite import REFUS_QUI_INSISTENT
from beffroi.personnes.comptes import liens_signes
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import personnes_en_role
from beffroi.socle.fondations.services import ecrire_courriel
from droit.dates import en_toutes_lettres

_USAGE = "beffroi.conformite.suivre"


def recue(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("recue", demande, "Votre demande sur vos données est reçue", maintenant=maintenant)


def a_confirmer(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire(
        "a_confirmer", demande, "Confirmez votre demande sur vos données", maintenant=maintenant
    )


def prolongee(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire(
        "prolongee",
        demande,
        "Votre demande sur vos données demande plus de temps",
        maintenant=maintenant,
    )


def repondue(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("repondue", demande, "Réponse à votre demande sur vos données", maintenant=maintenant)


def un_compte_insiste(compte: str, *, maintenant: datetime) -> None:
    """À qui tient la sécurité au centre, une fois par jour et par compte.

    Sans centre, l'alerte reste au journal.
    """
    centre = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    page = f"{settings.ADRESSE_PUBLIQUE}{reverse('conformite:journal_de_securite')}?compte={compte}"
    dit = (
        f"Le compte {compte} a demandé {REFUS_QUI_INSISTENT} pages qui ne sont pas à lui en une "
        "heure : elles lui ont été "
        "refusées.\n\nVoyez ce qu'il cherchait, et appelez la personne : "
        f"{page}\n\nSi ce n'est pas elle, retirez ses rôles "
        "et fermez ses séances. Des données ont-elles été lues ? Déclarez une violation."
    )
    for personne in personnes_en_role(centre, SECURITE, maintenant) if centre else []:
        ecrire_courriel(
            cle=f"conformite/insiste/{compte}/{maintenant:%Y%m%d%H%M%S}/{personne.reference}",
            destinataire=personne.courriel,
            sujet="Un compte insiste sur des pages qui lui sont refusées",
            texte=dit,
            maintenant=maintenant,
        )


def _ecrire(gabarit: str, demande: DemandeDeDroit, sujet: str, *, maintenant: datetime) -> None:
    contexte = {
        "demande": demande,
        "avant": en_toutes_lettres(demande.repondre_avant),
        "adresse": settings.ADRESSE_PUBLIQUE
        + reverse("conformite:suivre", args=[jeton_de(demande)]),
        "service": settings.SERVICE,
    }
    ecrire_courriel(
        cle=f"conformite/{gabarit}/{demande.reference}",
        destinataire=demande.courriel,
        sujet=f"[{demande.reference}] {sujet}",
        texte=render_to_string(f"conformite/courriels/{gabarit}.txt", contexte),
        maintenant=maintenant,
    )


def jeton_de(demande: DemandeDeDroit) -> str:
    return liens_signes.jeton_de(demande.reference, usage=_USAGE)


def reference_de(jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=_USAGE)
