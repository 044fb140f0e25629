"""L'avis national que la loi exige et que rien ne prépare : un point à régler avant de publier.

Le port `AvisDus`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.publication import AVERTISSEMENT, Controle
from beffroi.achat.preparation import queries as preparation
from beffroi.publicite.avis import queries
from beffroi.publicite.avis.models import Avis, Parution
from beffroi.publicite.avis.supports import supports_connus
from droit.en_vigueur import DroitInconnu

Support = Parution.Support


def avis_dus(consultation: Consultation, *, le: datetime) -> list[Controle]:
    """Un avertissement si un avis national est dû sans être prêt. Rien n'empêche de
    publier : il part le jour même.

    L'avis européen, lui, se publie avant : `consultations.AttenteDuJoue` y veille.
    """
    dus = nationaux(supports_connus(queries.supports_dus(consultation, le=le)))
    if not dus:
        return []
    initiaux = [avis for avis in queries.avis_de(consultation) if avis.sorte == Avis.Sorte.INITIAL]
    prets = {Support(parution.support) for avis in initiaux for parution in avis.parutions.all()}
    if any(voie <= prets for voie in (dus, *_autres_voies(consultation, le=le))):
        return []
    phrase, source = _phrase(dus - prets, ecrit=bool(initiaux)), _article(consultation, le=le)
    url = reverse("avis:publicite", args=(consultation.reference,))
    return [Controle(AVERTISSEMENT, phrase, "publicite", source, url=url)]


def nationaux(supports: Iterable[Parution.Support]) -> frozenset[Parution.Support]:
    return frozenset(supports) - {Support.JOUE}


def _autres_voies(consultation: Consultation, *, le: datetime) -> list[frozenset[Parution.Support]]:
    """Ce que la loi permet à la place : un journal d'annonces légales plutôt que le BOAMP."""
    preparee = preparation.preparation_de(consultation)
    try:
        voies = preparation.voies(
            preparee, "publicite", jour=preparation.jour_de_reference(preparee, le)
        )
    except DroitInconnu:
        return []
    return [supports for voie in voies if (supports := nationaux(supports_connus(voie.valeurs)))]


def _phrase(manquants: frozenset[Parution.Support], *, ecrit: bool) -> str:
    ou = " et ".join(str(support.label) for support in Support if support in manquants)
    if ecrit:
        return (
            f"L'avis est écrit, et sa parution n'est pas préparée : {ou}. Préparez-la : "
            "il part le jour même."
        )
    return (
        f"Cet achat doit s'annoncer, et aucun avis n'est écrit : {ou}. "
        "Écrivez-le avant de publier : il part le jour même."
    )


def _article(consultation: Consultation, *, le: datetime) -> str:
    """L'article qui exige l'avis, tel que la proposition le cite."""
    preparee = preparation.preparation_de(consultation)
    try:
        proposition = preparation.proposition_de(
            preparee, jour=preparation.jour_de_reference(preparee, le)
        )
    except DroitInconnu:
        return ""
    raisons = proposition.publicite.pourquoi if proposition else ()
    return str(raisons[0].motif.source or "") if raisons else ""
