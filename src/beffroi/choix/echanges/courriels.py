"""Ce qui s'écrit d'un courrier : une alerte et un lien, jamais le sujet ni le texte."""

from datetime import datetime

from beffroi.choix.echanges.models import Exemplaire, Retour
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import publieurs
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_a, ecrire_a_chacun


def alerter(
    exemplaire: Exemplaire, personne: Utilisateur, *, rang: int, maintenant: datetime
) -> Courriel:
    consultation = exemplaire.courrier.consultation
    return ecrire_a(
        personne.courriel,
        cle=f"courrier:{exemplaire.reference}:{rang}",
        sujet=(
            f"{'Rappel : u' if rang > 1 else 'U'}n courrier vous attend, "
            f"consultation {consultation.reference}"
        ),
        gabarit="echanges/courriels/alerte.txt",
        contexte={
            "personne": personne,
            "consultation": consultation,
            "page": lien_vers("echanges:fil", exemplaire.fil.reference),
            "rappel": rang > 1,
            "reponse_avant": exemplaire.courrier.reponse_avant,
        },
        maintenant=maintenant,
    )


def annoncer_le_retour(retour: Retour, *, maintenant: datetime) -> None:
    """À qui peut écrire aux entreprises ; ni le nom de celle-ci, ni son texte."""
    consultation, fil = retour.fil.consultation, retour.fil.reference
    ecrire_a_chacun(
        publieurs(consultation.organisme, maintenant),
        cle=f"retour:{retour.reference}:",
        sujet=f"Une entreprise répond à votre courrier, consultation {consultation.reference}",
        gabarit="echanges/courriels/retour.txt",
        contexte={
            "retour": retour,
            "page": lien_vers("echanges:fil_de_l_acheteur", consultation.reference, fil),
        },
        maintenant=maintenant,
    )
