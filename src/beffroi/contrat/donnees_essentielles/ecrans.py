"""Ce que les écrans de l'acheteur montrent :
où en est chaque fiche, ce qui reste à faire, avant quand.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.urls import reverse

from beffroi.contrat.donnees_essentielles import contenu, presentation, queries
from beffroi.contrat.donnees_essentielles.models import Canal, FicheDeContrat
from beffroi.contrat.donnees_essentielles.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

PAR_PAGE = 50
MODIFICATION, EXECUTION = "modification", "execution"


class Etat(NamedTuple):
    """Un mot, son ton, et ce qui presse."""

    mot: str
    ton: str
    detail: str = ""


def etat_de(fiche: FicheDeContrat, *, le: datetime) -> Etat:
    if fiche.canal != Canal.PROFIL:
        return Etat("Ailleurs", "gris", fiche.ailleurs or str(Canal(fiche.canal).label))
    if fiche.est_publiee:
        return Etat("Publiée, en partie" if fiche.retenues else "Publiée", "ok")
    avant = queries.echeance(fiche)
    if avant is None:
        return Etat("À publier", "gris", "sans date imposée")
    passee = avant < le.astimezone(PARIS).date()
    dit = f"{'depuis' if passee else 'avant'} le {en_toutes_lettres(avant)}"
    return Etat("En retard" if passee else "À publier", "danger" if passee else "attention", dit)


class Ligne(NamedTuple):
    fiche: FicheDeContrat
    etat: Etat
    montant: str
    conclu_le: str
    url: str


def des_fiches(habilitation: Habilitation, *, page: str, le: datetime) -> dict[str, Any]:
    organisme = habilitation.organisme
    pages = Paginator(queries.fiches_de(organisme), PAR_PAGE).get_page(page)
    voie, ailleurs = queries.canal_de(organisme)
    annees = queries.annees_de_liste(organisme.siren)
    return {
        "organisme": organisme,
        "pages": pages,
        "lignes": [_ligne(fiche, le=le) for fiche in pages],
        "voie": Canal(voie).label,
        "ailleurs": ailleurs,
        "annees": annees,
        "siren": organisme.siren,
        "permis": {acte: permet(habilitation, acte, ACTES) for acte in ACTES},
    }


def _ligne(fiche: FicheDeContrat, *, le: datetime) -> Ligne:
    return Ligne(
        fiche,
        etat_de(fiche, le=le),
        presentation.montant_de(fiche),
        en_toutes_lettres(fiche.conclu_le),
        reverse("donnees_essentielles:fiche", args=(fiche.reference,)),
    )


def d_une_fiche(fiche: FicheDeContrat, permis: dict[str, bool], *, le: datetime) -> dict[str, Any]:
    contrat = contenu.relire(fiche)
    paru = contenu.paru_le(contrat, le.astimezone(PARIS).date())
    noms = [
        (un.id, fiche.noms.get(un.id, {}).get("nom", "")) for un in contenu.titulaires_de(contrat)
    ]
    return {
        "fiche": fiche,
        "etat": etat_de(fiche, le=le),
        "faits": presentation.faits(fiche),
        "noms": noms,
        "defauts": [] if fiche.est_publiee else contenu.defauts(paru),
        "a_relire": [] if fiche.est_publiee else contenu.a_relire(paru),
        "suites": presentation.suites(fiche, fiche.ajouts.all()),
        "retenues": presentation.retenues(fiche),
        "permis": permis,
        "recoit_une_annee": recoit(fiche, EXECUTION),
    }


def recoit(fiche: FicheDeContrat, quoi: str) -> bool:
    """Une fiche publiée reçoit une modification ; une concession, aussi ses années."""
    concession = fiche.sorte == FicheDeContrat.Sorte.CONCESSION
    return fiche.est_publiee and (quoi == MODIFICATION or (quoi == EXECUTION and concession))
