"""Lire un tableau d'adhérents : ses colonnes, ses natures, un SIREN que le tableur abîme.

Sans base.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from formats import tableau_lu
from formats.tableau_lu import Rangee, TableauIllisible

__all__ = ["LigneLue", "Tableau", "TableauIllisible", "lire"]
COLONNES: Mapping[str, tuple[str, ...]] = {
    "siren": ("siren", "n_siren", "numero_siren"),
    "nom": ("nom", "denomination", "raison_sociale", "libelle", "adherent", "collectivite"),
    "nature": ("nature", "type", "categorie", "forme"),
    "siret": ("siret", "n_siret", "numero_siret", "siret_du_siege"),
    "code_commune": ("code_commune", "code_insee", "insee", "cog", "code_officiel"),
    "adresse": ("adresse", "voie", "rue"),
    "code_postal": ("code_postal", "cp"),
    "ville": ("ville", "commune", "localite"),
    "courriel": ("courriel", "email", "e_mail", "mail", "adresse_electronique"),
    "telephone": ("telephone", "tel", "n_telephone"),
    "rattache_a": ("rattache_a", "rattachement", "siren_de_rattachement"),
}
OBLIGATOIRE = "siren"
NATURES: Mapping[str, tuple[str, ...]] = {
    "commune": ("commune", "mairie", "ville", "commune_nouvelle"),
    "ccas": ("ccas", "cias", "c_c_a_s", "ccas_ou_cias", "centre_communal_d_action_sociale"),
    "caisse_des_ecoles": ("caisse_des_ecoles", "cde"),
    "epci": (
        "epci",
        "ca",
        "cc",
        "cu",
        "metropole",
        "communaute_de_communes",
        "communaute_d_agglomeration",
        "communaute_urbaine",
        "epci_a_fiscalite_propre",
    ),
    "syndicat": ("syndicat", "sivu", "sivom", "syndicat_mixte", "petr"),
    "autre": ("autre", "autre_etablissement", "etablissement_public"),
}
_ABIME = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.I)


@dataclass(frozen=True)
class LigneLue:
    """Une ligne du tableau :
    son numéro dans le fichier, ses valeurs par colonne, ce qui y est déjà faux.
    """

    numero: int
    valeurs: Mapping[str, str]
    erreurs: tuple[str, ...] = ()
    # Les colonnes remplies de ce qu'on ne reconnaît pas : l'erreur le dit déjà.
    inconnues: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tableau:
    lignes: Sequence[LigneLue]
    colonnes: Sequence[str]
    ignorees: Sequence[str] = field(default=())


def lire(octets: bytes) -> Tableau:
    """Le tableau, ou une phrase qui dit pourquoi il ne se lit pas."""
    lu = tableau_lu.lire(octets, colonnes=COLONNES, obligatoires=(OBLIGATOIRE,))
    return Tableau([_ligne(rangee) for rangee in lu.rangees], lu.colonnes, lu.ignorees)


def _ligne(rangee: Rangee) -> LigneLue:
    valeurs, inconnues = dict(rangee.valeurs), set()
    erreurs = [tableau_lu.TROP_DE_CELLULES] if rangee.deborde else []
    for nom in ("siren", "siret", "rattache_a"):
        brut = valeurs.get(nom, "")
        if _ABIME.match(brut):
            erreurs.append(
                f"Le tableur a abîmé ce {nom} ({brut}). Mettez la colonne au format texte, "
                "puis recopiez-le."
            )
            valeurs[nom] = ""
        elif brut:
            valeurs[nom] = "".join(brut.split())
    if valeurs.get("nature"):
        nature = tableau_lu.reconnu(valeurs["nature"], NATURES)
        if not nature:
            inconnues.add("nature")
            erreurs.append(
                f"« {valeurs['nature'][:40]} » n'est pas une nature connue : commune, CCAS, "
                "caisse des écoles, "
                "EPCI, syndicat ou autre."
            )
        valeurs["nature"] = nature
    return LigneLue(rangee.numero, valeurs, tuple(erreurs), frozenset(inconnues))
