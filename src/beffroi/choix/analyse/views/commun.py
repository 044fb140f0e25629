"""Ce que chaque page de l'analyse résout d'abord :
la consultation, le lot, le droit, et si rien n'est encore à voir.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.choix.analyse import queries
from beffroi.choix.analyse.permissions import ACTES
from beffroi.choix.analyse.queries.lecture import Analyse, LigneDOffre, analyse_de
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant


@dataclass(frozen=True)
class Ici:
    """Un lot, pour la personne qui regarde."""

    consultation: Consultation
    lot: Lot | None
    numero: int
    peut_conduire: bool

    @property
    def cle(self) -> int | None:
        return self.lot.numero if self.lot else None

    @property
    def adresse(self) -> tuple[str, int]:
        return self.consultation.reference, self.numero


def ici(request: HttpRequest, reference: str, numero: int, acte: str = "lire_l_analyse") -> Ici:
    """Un objet étranger répond comme un objet absent ; sans le rôle, c'est dit."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, acte, le=le)
    habilitation = habilitation_dans(request.user, consultation.organisme, le)
    lot = queries.lot_de(consultation, numero)
    return Ici(consultation, lot, numero, permet(habilitation, "conduire_l_analyse", ACTES))


def ouvert(
    request: HttpRequest, reference: str, numero: int, acte: str = "lire_l_analyse"
) -> tuple[Ici, Analyse]:
    """La même, une fois la séance close : avant, la page n'existe pas."""
    place = ici(request, reference, numero, acte)
    if not queries.sont_ouvertes(place.consultation, place.cle):
        raise Introuvable()
    return place, analyse_de(place.consultation, place.cle)


def ligne_nommee(analyse: Analyse, offre: str) -> LigneDOffre:
    ligne = analyse.ligne(offre)
    if ligne is None:
        raise Introuvable()
    return ligne


def page(request: HttpRequest, gabarit: str, place: Ici, **contexte: Any) -> HttpResponse:
    fautive = any(isinstance(form, forms.Form) and form.errors for form in contexte.values())
    contexte = {
        "ici": place,
        "consultation": place.consultation,
        "lot": place.lot,
        "numero": place.numero,
        "peut_conduire": place.peut_conduire,
        **contexte,
    }
    return render(request, f"analyse/{gabarit}.html", contexte, status=422 if fautive else 200)
