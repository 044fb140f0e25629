"""Ce que « Mon entreprise » dit de son niveau."""

from datetime import datetime

from django.urls import reverse

from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.ports import Element, Rubrique
from beffroi.personnes.niveaux import queries


def preuve(membre: Membre, *, le: datetime) -> Rubrique:
    """Ce que l'acheteur lira, et le chemin pour le changer."""
    faits = queries.faits_de_l_equipe(membre, le=le)
    page = reverse("niveaux:preuve")
    return Rubrique(
        code="preuve",
        titre="Ce que l'acheteur saura de vous",
        url=page,
        geste="Prouver votre entreprise",
        elements=(
            Element(
                titre="Votre identité à l'ouverture",
                url=page,
                precision=f"{faits.phrase[:1].upper()}{faits.phrase[1:]}.",
                ton=faits.niveau.ton,
                mot=faits.niveau.mot,
            ),
        ),
    )
