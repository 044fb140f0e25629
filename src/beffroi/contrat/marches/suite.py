"""Ce que la page de suivi d'une consultation dit de ses contrats."""

from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.choix.attribution.queries import attributions_de
from beffroi.contrat.marches.queries import de_la_consultation
from beffroi.contrat.marches.states import ONT_PRIS_EFFET, Etat

OUVERTES = (
    Consultation.Etat.EN_OUVERTURE,
    Consultation.Etat.DEPOUILLEE,
    Consultation.Etat.ATTRIBUEE,
    Consultation.Etat.ARCHIVEE,
)


def etape(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """Rien tant qu'aucun lot n'est attribué."""
    if consultation.etat not in OUVERTES:
        return None
    attribues = [ligne for ligne in attributions_de(consultation, le=le) if ligne.pli]
    if not attribues:
        return None
    marches = [
        marche for marche in de_la_consultation(consultation) if marche.etat != Etat.ABANDONNE
    ]
    en_vie = sum(marche.etat in ONT_PRIS_EFFET for marche in marches)
    a_ouvrir = len(attribues) - len(marches)
    return EtapeApresOuverture(
        nom="Contrats",
        phrase=_phrase(a_ouvrir=a_ouvrir, a_mener=len(marches) - en_vie, en_vie=en_vie),
        url=reverse("marches:de_la_consultation", args=[consultation.reference]),
        geste="Ouvrir le contrat" if a_ouvrir > 0 else "Voir les contrats",
        attend=a_ouvrir > 0 or en_vie < len(marches),
    )


def _phrase(*, a_ouvrir: int, a_mener: int, en_vie: int) -> str:
    dits = (
        (a_ouvrir, "à ouvrir"),
        (a_mener, "à signer ou à notifier"),
        (en_vie, f"notifié{'s' if en_vie > 1 else ''}"),
    )
    dite = ", ".join(f"{nombre} {quoi}" for nombre, quoi in dits if nombre > 0)
    return f"Contrats : {dite}."
