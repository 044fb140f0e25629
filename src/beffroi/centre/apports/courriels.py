"""Les courriels d'un apport : c'est reçu, c'est à refaire."""

from datetime import datetime

from beffroi.centre.apports.liens import lien
from beffroi.centre.apports.models import Apport
from beffroi.socle.fondations.services import ecrire_a


def _ecrire(gabarit: str, apport: Apport, *, sujet: str, maintenant: datetime) -> None:
    convention = apport.convention
    ecrire_a(
        convention.courriel,
        cle=f"apport:{gabarit}:{apport.reference}",
        sujet=f"Convention {convention.reference} : {sujet}",
        gabarit=f"apports/courriels/{gabarit}.txt",
        contexte={"apport": apport, "convention": convention, "lien": lien(convention)},
        maintenant=maintenant,
    )


def recu(apport: Apport, *, maintenant: datetime) -> None:
    quoi = (
        "votre délibération est arrivée"
        if apport.sorte == "deliberation"
        else "votre exemplaire signé est arrivé"
    )
    _ecrire("recu", apport, sujet=quoi, maintenant=maintenant)


def a_refaire(apport: Apport, *, maintenant: datetime) -> None:
    _ecrire("a_refaire", apport, sujet="un fichier à renvoyer", maintenant=maintenant)
