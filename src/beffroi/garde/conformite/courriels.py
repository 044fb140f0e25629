"""Ce qui s'écrit à qui exerce ses droits, de la réception à la réponse ;
et au centre, quand un compte insiste.
"""

from datetime import datetime

from beffroi.garde.conformite.models import DemandeDeDroit
from beffroi.garde.conformite.permissions import SECURITE
from beffroi.garde.conformite.rules.securite import REFUS_QUI_INSISTENT
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import personnes_en_role
from beffroi.socle.fondations import liens_signes
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a, ecrire_a_chacun
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
    ecrire_a_chacun(
        personnes_en_role(centre, SECURITE, maintenant) if centre else [],
        cle=f"conformite/insiste/{compte}/{maintenant:%Y%m%d%H%M%S}/",
        sujet="Un compte insiste sur des pages qui lui sont refusées",
        gabarit="conformite/courriels/insiste.txt",
        contexte={
            "compte": compte,
            "refus": REFUS_QUI_INSISTENT,
            "page": f"{lien_vers('conformite:journal_de_securite')}?compte={compte}",
        },
        maintenant=maintenant,
    )


def _ecrire(gabarit: str, demande: DemandeDeDroit, sujet: str, *, maintenant: datetime) -> None:
    ecrire_a(
        demande.courriel,
        cle=f"conformite/{gabarit}/{demande.reference}",
        sujet=f"[{demande.reference}] {sujet}",
        gabarit=f"conformite/courriels/{gabarit}.txt",
        contexte={
            "demande": demande,
            "avant": en_toutes_lettres(demande.repondre_avant),
            "adresse": lien_vers("conformite:suivre", jeton_de(demande)),
        },
        maintenant=maintenant,
    )


def jeton_de(demande: DemandeDeDroit) -> str:
    return liens_signes.jeton_de(demande.reference, usage=_USAGE)


def reference_de(jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=_USAGE)
