"""La ligne de l'analyse sur la page de suivi : où l'on en est, et si l'acheteur est attendu."""

from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.achat.consultations.queries import lots_lus
from beffroi.achat.consultations.states import Etat
from beffroi.choix.analyse import queries
from beffroi.choix.analyse.ecrans import phrase_de
from beffroi.choix.analyse.queries.lecture import analyse_de


def etape_de_l_analyse(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """Rien tant qu'aucune offre n'est ouverte."""
    cles: list[int | None] = [lot.numero for lot in lots_lus(consultation)]
    cles = cles or [None]
    ouverts = queries.lots_ouverts(consultation).intersection(cles)
    if not ouverts:
        return None
    restent = len(ouverts - queries.lots_valides(consultation))
    if len(cles) == 1 and restent:
        phrase = phrase_de(analyse_de(consultation, cles[0]), ouvertes=True)
    elif restent:
        phrase = f"{restent} lot{'s' if restent > 1 else ''} à analyser."
    else:
        phrase = "Le rapport est validé." if len(cles) == 1 else "Tous les rapports sont validés."
    return EtapeApresOuverture(
        nom="Analyse des offres",
        phrase=phrase,
        url=reverse("analyse:accueil", args=(consultation.reference,)),
        geste="Analyser les offres" if restent else "Lire l'analyse",
        attend=bool(restent) and consultation.etat == Etat.DEPOUILLEE,
    )
