"""Lire un tableau d'adhérents tel qu'un tableur l'enregistre : séparateur, marque d'ordre, accents de Windows. Sans base."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

OCTETS_AU_PLUS, LIGNES_AU_PLUS = 2_000_000, 5_000
SEPARATEURS = ";,\t"
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
    "epci": ("epci", "ca", "cc", "cu", "metropole", "communaute_de_communes", "communaute_d_agglomeration",
             "communaute_urbaine", "epci_a_fiscalite_propre"),
    "syndicat": ("syndicat", "sivu", "sivom", "syndicat_mixte", "petr"),
    "autre": ("autre", "autre_etablissement", "etablissement_public"),
}  # fmt: skip
_ABIME = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.I)
_APOSTROPHE_DE_TABLEUR = re.compile(r"^'(?=[=+\-@])")


class TableauIllisible(ValueError):
    """Le fichier n'est pas un tableau qu'on sache lire ; la phrase dit quoi faire."""


@dataclass(frozen=True)
class LigneLue:
    """Une ligne du tableau : son numéro dans le fichier, ses valeurs par colonne, ce qui y est déjà faux."""

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
    if len(octets) > OCTETS_AU_PLUS:
        raise TableauIllisible("Ce fichier fait plus de 2 Mo. Coupez-le en plusieurs tableaux.")
    rangs = list(_rangs(_texte(octets)))
    if not rangs:
        raise TableauIllisible("Ce fichier est vide. Sa première ligne doit nommer les colonnes, dont « siren ».")
    (_, entetes), *reste = rangs
    connues = [_colonne(entete) for entete in entetes]
    _exiger_les_colonnes([nom for nom in connues if nom])
    if len(reste) > LIGNES_AU_PLUS:
        raise TableauIllisible(f"Ce tableau a {len(reste)} lignes. La limite est de {LIGNES_AU_PLUS} : coupez-le.")
    ignorees = [entete.strip() for entete, nom in zip(entetes, connues, strict=True) if not nom and entete.strip()]
    lignes = [_ligne(numero, cellules, connues) for numero, cellules in reste]
    return Tableau(lignes, [nom for nom in connues if nom], ignorees)


def _texte(octets: bytes) -> str:
    if octets.startswith(b"PK"):
        raise TableauIllisible("Ce fichier est un classeur. Dans le tableur, enregistrez-le au format CSV.")
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return octets.decode("utf-16", errors="replace")
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    if "\0" in texte:
        raise TableauIllisible("Ce fichier n'est pas un texte. Dans le tableur, enregistrez-le au format CSV.")
    return texte


def _rangs(texte: str) -> list[tuple[int, list[str]]]:
    """Les lignes qui ont une cellule au moins, et leur numéro tel que le tableur l'affiche."""
    premiere = texte.split("\n", 1)[0]
    impose = re.match(r"sep=(.)\r?$", premiere)
    separateur = impose[1] if impose else max(SEPARATEURS, key=premiere.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    try:
        rangs = [(lecteur.line_num, cellules) for cellules in lecteur]
    except csv.Error as erreur:
        raise TableauIllisible("Ce tableau ne se lit pas : un guillemet n'est pas refermé.") from erreur
    return [(numero, cellules) for numero, cellules in rangs[1 if impose else 0 :] if any(map(str.strip, cellules))]


def _colonne(entete: str) -> str:
    """Le nom de la colonne ; vide si l'on ne s'en sert pas."""
    return _reconnu(entete, COLONNES)


def _reconnu(texte: str, noms: Mapping[str, tuple[str, ...]]) -> str:
    cherche = plier(texte)
    return next((nom for nom, ecrits in noms.items() if cherche in ecrits), "")


def plier(texte: str) -> str:
    """« N° SIREN » → « n_siren »."""
    nu = "".join(signe for signe in unicodedata.normalize("NFD", texte.casefold()) if not unicodedata.combining(signe))
    return re.sub(r"[^a-z0-9]+", "_", nu).strip("_")


def _exiger_les_colonnes(connues: list[str]) -> None:
    if OBLIGATOIRE not in connues:
        raise TableauIllisible("La première ligne doit nommer les colonnes, et l'une d'elles « siren ».")
    doubles = sorted({nom for nom in connues if connues.count(nom) > 1})
    if doubles:
        raise TableauIllisible(f"Deux colonnes veulent dire « {doubles[0]} ». N'en gardez qu'une.")


def _ligne(numero: int, cellules: list[str], connues: list[str]) -> LigneLue:
    valeurs = {
        nom: _APOSTROPHE_DE_TABLEUR.sub("", cellule.strip())
        for nom, cellule in zip(connues, cellules, strict=False)
        if nom
    }
    erreurs, inconnues = [], set()
    if any(cellule.strip() for cellule in cellules[len(connues) :]):
        erreurs.append("Cette ligne a plus de cellules que la première : un séparateur est de trop.")
    for nom in ("siren", "siret", "rattache_a"):
        brut = valeurs.get(nom, "")
        if _ABIME.match(brut):
            erreurs.append(
                f"Le tableur a abîmé ce {nom} ({brut}). Mettez la colonne au format texte, puis recopiez-le."
            )
            valeurs[nom] = ""
        elif brut:
            valeurs[nom] = "".join(brut.split())
    if valeurs.get("nature"):
        nature = _reconnu(valeurs["nature"], NATURES)
        if not nature:
            inconnues.add("nature")
            erreurs.append(f"« {valeurs['nature'][:40]} » n'est pas une nature connue : commune, CCAS, caisse des écoles, "
                           "EPCI, syndicat ou autre.")  # fmt: skip
        valeurs["nature"] = nature
    return LigneLue(numero, valeurs, tuple(erreurs), frozenset(inconnues))
