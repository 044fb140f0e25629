"""La ligne de l'analyse sur la page de suivi : où l'on en est, et si l'acheteur est attendu."""

from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.achat.consultations.states import Etat
from beffroi.choix.analyse import queries
from beffroi.choix.analyse.ecrans import phrase_de
from beffroi.choix.analyse.queries.lecture import analyse_de


def etape_de_l_analyse(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """Rien tant qu'aucune offre n'est ouverte."""
    cles: list[int | None] = [lot.numero for lot in consultation.lots.all()]
    cles = cles or [None]
    ouverts = [cle for cle in cles if queries.sont_ouvertes(consultation, cle)]
    if not ouverts:
        return None
    analyses = [analyse_de(consultation, cle) for cle in ouverts]
    restent = sum(analyse.rapport is None for analyse in analyses)
    lots = (
        f"{restent} lot{'s' if restent > 1 else ''} à analyser."
        if restent
        else "Tous les rapports sont validés."
    )
    return EtapeApresOuverture(
        nom="Analyse des offres",
        phrase=phrase_de(analyses[0], ouvertes=True) if len(cles) == 1 else lots,
        url=reverse("analyse:accueil", args=(consultation.reference,)),
        geste="Analyser les offres" if restent else "Lire l'analyse",
        attend=bool(restent) and consultation.etat == Etat.DEPOUILLEE,
    )
