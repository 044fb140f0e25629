"""Préparer une fiche, la corriger,
retenir ce qu'un secret protège, la publier une fois pour toutes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.contrat.donnees_essentielles import contenu, queries, rules
from beffroi.contrat.donnees_essentielles.contenu import Contrat
from beffroi.contrat.donnees_essentielles.models import (
    AjoutAFiche,
    FicheDeContrat,
    MotDeFiche,
    TitulaireDeFiche,
)
from beffroi.contrat.donnees_essentielles.mots import mots_de
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from droit.decision import Motif
from formats.dates import PARIS
from formats.decp.defaut import Defaut

type Noms = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """D'où vient une fiche :
    le contrat et la consultation d'ici, ou le fichier d'un autre logiciel.
    """

    contrat: str = ""
    consultation: str = ""
    champs: Mapping[str, Any] = field(default_factory=dict)


ICI = Provenance()


@transaction.atomic
def preparer_la_fiche(
    *,
    organisme: Organisme,
    contrat: Contrat,
    par: Acteur,
    maintenant: datetime,
    noms: Noms | None = None,
    provenance: Provenance = ICI,
) -> FicheDeContrat:
    """La fiche à relire avant de la publier.

    Rejoué, le même contrat rend la sienne, sans la changer.
    """
    deja = queries.fiche_du_contrat(organisme, contrat)
    if deja is not None:
        return deja
    _exiger_la_forme(contrat)
    fiche = _ecrire(organisme, contrat, noms=noms, provenance=provenance, maintenant=maintenant)
    donnees = {"numero": fiche.numero, "acheteur": fiche.siret_acheteur}
    _journaliser("preparer", fiche, par=par, le=maintenant, donnees=donnees)
    return fiche


def _ecrire(
    organisme: Organisme,
    contrat: Contrat,
    *,
    noms: Noms | None,
    provenance: Provenance,
    maintenant: datetime,
) -> FicheDeContrat:
    voie, ailleurs = queries.canal_de(organisme)
    base, _ = contenu.separer(contrat)
    champs = {
        **contenu.colonnes(contrat),
        "organisme": organisme,
        "nom_acheteur": organisme.nom,
        "contenu": contenu.en_texte(base),
        "noms": {**queries.noms_connus(contrat), **(noms or {})},
        "canal": voie,
        "ailleurs": ailleurs,
        "contrat": provenance.contrat,
        "consultation": provenance.consultation,
        "preparee_le": maintenant,
        **provenance.champs,
    }
    return FicheDeContrat.objects.create(**champs)


@transaction.atomic
def corriger_la_fiche(
    *, fiche: FicheDeContrat, contrat: Contrat, noms: Noms, par: Acteur, maintenant: datetime
) -> FicheDeContrat:
    """Corrige une fiche que rien n'a publiée.

    Une règle enfreinte n'empêche pas de la garder : elle empêche de publier.
    """
    _exiger_la_forme(contrat)
    fiche = verrouiller(fiche)
    exiger(rules.peut_etre_corrigee(publiee=fiche.est_publiee))
    base, _ = contenu.separer(contrat)
    champs = {
        **contenu.colonnes(contrat),
        "contenu": contenu.en_texte(base),
        "noms": {**fiche.noms, **noms},
    }
    for nom, valeur in champs.items():
        setattr(fiche, nom, valeur)
    fiche.save(update_fields=[*champs])
    _journaliser("corriger", fiche, par=par, le=maintenant, donnees={"numero": fiche.numero})
    return fiche


@transaction.atomic
def retenir(
    *, fiche: FicheDeContrat, retenues: Mapping[str, str], par: Acteur, maintenant: datetime
) -> FicheDeContrat:
    """Dit ce qu'un secret protégé, ou l'ordre public,
    empêche de publier, et pourquoi (CCP, art. L. 2196-2).
    """
    fiche = verrouiller(fiche)
    exiger(rules.peut_etre_corrigee(publiee=fiche.est_publiee))
    exiger(rules.peut_retenir(champs=retenues, motifs=retenues.values()))
    fiche.retenues = {champ: motif.strip() for champ, motif in retenues.items()}
    fiche.save(update_fields=["retenues"])
    _journaliser("retenir", fiche, par=par, le=maintenant, donnees={"champs": sorted(retenues)})
    return fiche


@transaction.atomic
def publier_la_fiche(
    *,
    organisme: Organisme,
    marche: Contrat,
    par: Acteur,
    maintenant: datetime,
    canal: str = "",
    ailleurs: str = "",
    noms: Noms | None = None,
    provenance: Provenance = ICI,
) -> FicheDeContrat:
    """Publie les données d'un contrat conclu. Rejoué, rend la fiche déjà publiée.

    Rien n'est écrit si une donnée est fausse : chaque défaut est nommé. `canal` :
    d'office, celui de l'organisme.
    """
    fiche = queries.fiche_du_contrat(organisme, marche)
    if fiche is not None and fiche.est_publiee:
        return fiche
    exiger_sans_defaut(marche)
    if fiche is None:
        fiche = _ecrire(organisme, marche, noms=noms, provenance=provenance, maintenant=maintenant)
    fiche = verrouiller(fiche)
    if fiche.est_publiee:
        return fiche
    if canal:
        fiche.canal, fiche.ailleurs = canal, ailleurs
    _publier(fiche, marche, maintenant=maintenant)
    _journaliser("publier", fiche, par=par, le=maintenant, donnees=_dite(fiche))
    return fiche


@transaction.atomic
def publier_la_preparee(
    *, fiche: FicheDeContrat, par: Acteur, maintenant: datetime
) -> FicheDeContrat:
    """Publie une fiche préparée et relue. Rejoué, ne change rien."""
    fiche = verrouiller(fiche)
    if fiche.est_publiee:
        return fiche
    contrat = contenu.paru_le(contenu.relire(fiche), maintenant.astimezone(PARIS).date())
    exiger_sans_defaut(contrat)
    _publier(fiche, contrat, maintenant=maintenant)
    _journaliser("publier", fiche, par=par, le=maintenant, donnees=_dite(fiche))
    return fiche


def exiger_sans_defaut(contrat: Contrat) -> None:
    _refuser(contrat, contenu.defauts(contrat), "publié")


def _exiger_la_forme(contrat: Contrat) -> None:
    _refuser(contrat, contenu.defauts_de_forme(contrat), "gardé")


def _refuser(contrat: Contrat, trouves: Sequence[Defaut], quoi: str) -> None:
    if trouves:
        motifs = tuple(Motif(str(defaut)) for defaut in trouves)
        raise RegleEnfreinte(
            f"Le contrat {contrat.id} ne peut pas être {quoi} : des données sont à corriger.",
            motifs,
        )


def _publier(fiche: FicheDeContrat, contrat: Contrat, *, maintenant: datetime) -> None:
    """Fige la fiche, nomme ses titulaires, indexe ses mots, garde ce qui s'y ajoute déjà."""
    base, ajouts = contenu.separer(contrat)
    champs = {
        **contenu.colonnes(contrat, retenues=fiche.retenues),
        "contenu": contenu.en_texte(base),
        "canal": fiche.canal,
        "ailleurs": fiche.ailleurs,
        "au_fichier": rules.est_du_fichier(canal=fiche.canal, retenues=fiche.retenues),
        "publiee_le": maintenant,
    }
    for nom, valeur in champs.items():
        setattr(fiche, nom, valeur)
    fiche.save(update_fields=[*champs])
    titulaires = [] if "titulaires" in fiche.retenues else _titulaires(fiche, contrat)
    TitulaireDeFiche.objects.bulk_create(titulaires)
    completer(
        fiche, [(sorte, contenu.fragment(ajout)) for sorte, ajout in ajouts], maintenant=maintenant
    )
    MotDeFiche.objects.bulk_create(
        [MotDeFiche(fiche=fiche, mot=mot) for mot in mots_de(fiche, titulaires)]
    )


def completer(
    fiche: FicheDeContrat, ajouts: Iterable[tuple[contenu.Sorte, str]], *, maintenant: datetime
) -> None:
    """Écrit ces ajouts à la suite des siens ; l'acte qui appelle les journalise."""
    rangs = Counter(AjoutAFiche.objects.filter(fiche=fiche).values_list("sorte", flat=True))
    for sorte, texte in ajouts:
        rangs[sorte] += 1
        AjoutAFiche.objects.create(
            fiche=fiche, sorte=sorte, rang=rangs[sorte], contenu=texte, publie_le=maintenant
        )


def inscrire(
    organisme: Organisme, contrat: Contrat, *, provenance: Provenance, maintenant: datetime
) -> FicheDeContrat:
    """Une fiche écrite et publiée du même pas ; l'acte qui appelle la journalise.

    Préparée ici, elle prend ce contenu.
    """
    fiche = queries.fiche_du_contrat(organisme, contrat)
    if fiche is None:
        fiche = _ecrire(organisme, contrat, noms=None, provenance=provenance, maintenant=maintenant)
    _publier(fiche, contrat, maintenant=maintenant)
    return fiche


def _titulaires(fiche: FicheDeContrat, contrat: Contrat) -> list[TitulaireDeFiche]:
    return [
        TitulaireDeFiche(
            fiche=fiche,
            rang=rang,
            type_identifiant=titulaire.type_identifiant,
            identifiant=titulaire.id,
            groupe=queries.groupe_de(titulaire),
            nom=fiche.noms.get(titulaire.id, {}).get("nom", ""),
            code_postal=fiche.noms.get(titulaire.id, {}).get("code_postal", ""),
        )
        for rang, titulaire in enumerate(contenu.titulaires_de(contrat), 1)
    ]


def _dite(fiche: FicheDeContrat) -> dict[str, Any]:
    return {
        "numero": fiche.numero,
        "acheteur": fiche.siret_acheteur,
        "canal": fiche.canal,
        "retenues": sorted(fiche.retenues),
    }


def _journaliser(
    acte: str, fiche: FicheDeContrat, *, par: Acteur, le: datetime, donnees: Mapping[str, Any]
) -> None:
    journaliser(
        f"donnees_essentielles.{acte}",
        sujet=fiche.reference,
        organisme=fiche.organisme_du_journal,
        par=par,
        le=le,
        donnees=donnees,
    )
