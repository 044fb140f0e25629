"""Produire un acte : les faits d'une convention et les paramètres du jour, dans le modèle."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from beffroi.centre.conventions import parametres, queries
from beffroi.centre.conventions.documents.ecriture import ecrire
from beffroi.centre.conventions.documents.faits import FONDEMENTS, LIBELLES, Faits
from beffroi.centre.conventions.documents.modele import Modele, modele
from beffroi.centre.conventions.models import AvenantConvention, Convention
from beffroi.centre.conventions.ports import grille_de_l_annexe
from beffroi.centre.conventions.services.pieces import Fichier
from droit.dates import en_toutes_lettres
from formats.dates import PARIS
from formats.document import Document, Emetteur, odt, pdf

Format = Literal["pdf", "odt"]
Lettre = Literal["denonciation", "retrait", "retrait_archives"]
DE_L_ADHERENT = ("retrait", "retrait_archives")
# Une référence que la ligne couperait se recopie mal.
TRAIT_INSECABLE = "\u2011"
SANS_MOTIF = "La convention ne demande pas que cette décision soit motivée."
RENDUS = {"pdf": pdf, "odt": odt}
ANNEXES = ("donnees_personnelles", "securite", "reversibilite")
NOMS = {
    "convention": "convention",
    "donnees_personnelles": "annexe-2-donnees-personnelles",
    "securite": "annexe-3-securite",
    "reversibilite": "annexe-4-reversibilite",
    "avenant": "avenant",
    "denonciation": "lettre-de-denonciation",
    "retrait": "lettre-de-retrait",
    "retrait_archives": "lettre-aux-archives-departementales",
}
DE_L_EXPLOITANT = (
    "centre",
    "sigle",
    "representant_du_centre",
    "signataire_du_centre",
    "siege_du_centre",
    "ville",
    "archives",
    "archives_adresse",
    "contact_du_centre",
)


def faits(convention: Convention, *, le: date, autres: Mapping[str, str] | None = None) -> Faits:
    """Ce que les actes de cette convention diraient ce jour-là."""
    decides = queries.parametres_en_vigueur(le)
    champs = {nom: decides[nom] for nom in DE_L_EXPLOITANT}
    champs |= {
        "adherent": convention.designation,
        "representant": convention.representant,
        "signataire": convention.signataire,
        "siege": convention.siege,
        "contact_de_l_adherent": convention.contact_donnees,
        "adresse_postale": _adresse(convention) or convention.siege,
        "deliberation": _jour(convention.deliberation_date),
        "fondement": FONDEMENTS[convention.fondement],
        "date_de_l_acte": _jour(convention.date_de_l_acte),
        "reference": convention.reference,
        **(autres or {}),
    }
    return Faits(
        champs,
        visas=parametres.lignes(decides["visas"]),
        comptable=parametres.lignes(convention.comptable or decides["comptable"]),
        tribunal=parametres.lignes(convention.tribunal or decides["tribunal"]),
        # L'adhérent signe le prix dont il sera appelé : la grille qui calcule s'imprime.
        grille=tuple(grille_de_l_annexe(le)) or parametres.grille(decides["grille"]),
    )


def acte(
    nom: str,
    convention: Convention,
    *,
    maintenant: datetime,
    autres: Mapping[str, str] | None = None,
) -> tuple[Modele, Document]:
    """L'acte, et la version du modèle qui l'a donné."""
    retenu = modele(nom)
    dits = faits(convention, le=maintenant.astimezone(PARIS).date(), autres=autres)
    objet = convention.designation or convention.adherent.nom
    return retenu, ecrire(
        retenu, dits, reference=convention.reference, objet=objet, etabli_le=maintenant
    )


def lettre(
    nom: Lettre, convention: Convention, format_: Format, *, motif: str, maintenant: datetime
) -> Fichier:
    """La lettre qui finit la convention, datée du jour.

    Rien n'en est gardé : seule sa preuve de réception compte.
    """
    jour = en_toutes_lettres(maintenant.astimezone(PARIS).date())
    autres = {
        "objet": motif or SANS_MOTIF,
        "date_de_l_acte": jour,
        "reference": convention.reference.replace("-", TRAIT_INSECABLE),
    }
    _, ecrite = acte(nom, convention, maintenant=maintenant, autres=autres)
    if nom in DE_L_ADHERENT:
        ecrite = replace(ecrite, emetteur=_adherent(convention))
    return rendre(nom, convention, ecrite, format_)


def _adherent(convention: Convention) -> Emetteur:
    return Emetteur(convention.designation or convention.adherent.nom, _adresse(convention))


def _adresse(convention: Convention) -> str:
    adherent = convention.adherent
    lieu = f"{adherent.code_postal} {adherent.ville}".strip()
    return ", ".join(filter(None, (adherent.adresse, lieu)))


def de_l_avenant(avenant: AvenantConvention) -> dict[str, str]:
    """Ce qu'un avenant dit de plus que la convention."""
    return {
        "numero": str(avenant.numero),
        "objet": avenant.objet,
        "effet": en_toutes_lettres(avenant.effet_voulu),
    }


def manques(
    convention: Convention,
    *,
    maintenant: datetime,
    noms: tuple[str, ...] = ("convention", *ANNEXES),
) -> dict[str, str]:
    """Ce que ces actes laisseraient en blanc : le champ, et comment le nommer."""
    ecrits = (acte(nom, convention, maintenant=maintenant)[1] for nom in noms)
    return {manque.cible: LIBELLES[manque.cible] for ecrit in ecrits for manque in ecrit.manques()}


def rendre(nom: str, convention: Convention, document: Document, format_: Format) -> Fichier:
    return Fichier(f"{NOMS[nom]}-{convention.reference}.{format_}", RENDUS[format_](document))


def _jour(le: date | None) -> str:
    return en_toutes_lettres(le) if le else ""
