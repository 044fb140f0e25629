"""Ce qui s'écrit d'un courrier : une alerte et un lien, jamais le sujet ni le texte."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.choix.echanges.models import Exemplaire, Retour
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import publieurs
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_courriel


def alerter(
    exemplaire: Exemplaire, personne: Utilisateur, *, rang: int, maintenant: datetime
) -> Courriel:
    consultation = exemplaire.courrier.consultation
    page = _adresse("echanges:fil", exemplaire.fil.reference)
    contexte = {
        "personne": personne,
        "consultation": consultation,
        "page": page,
        "rappel": rang > 1,
    }
    contexte["reponse_avant"] = exemplaire.courrier.reponse_avant
    return ecrire_courriel(
        cle=f"courrier:{exemplaire.reference}:{rang}",
        destinataire=personne.courriel,
        sujet=(
            f"{'Rappel : u' if rang > 1 else 'U'}n courrier vous attend, "
            f"consultation {consultation.reference}"
        ),
        texte=render_to_string("echanges/courriels/alerte.txt", contexte),
        maintenant=maintenant,
    )


def annoncer_le_retour(retour: Retour, *, maintenant: datetime) -> None:
    """À qui peut écrire aux entreprises ; ni le nom de celle-ci, ni son texte."""
    consultation = retour.fil.consultation
    page = _adresse("echanges:fil_de_l_acheteur", consultation.reference, retour.fil.reference)
    for personne in publieurs(consultation.organisme, maintenant):
        ecrire_courriel(
            cle=f"retour:{retour.reference}:{personne.reference}",
            destinataire=personne.courriel,
            sujet=f"Une entreprise répond à votre courrier, consultation {consultation.reference}",
            texte=render_to_string(
                "echanges/courriels/retour.txt",
                {"personne": personne, "retour": retour, "page": page},
            ),
            maintenant=maintenant,
        )


def _adresse(nom: str, *arguments: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse(nom, args=arguments)}"
