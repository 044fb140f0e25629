"""Lire un tableur d'effectifs, ou de populations : ses colonnes, ses nombres, ses dates. Sans base.

`siren;agents;date` pour les uns ; `code_commune` ou `siren`, `habitants;date;source` pour les
autres : les noms que l'INSEE donne à ces colonnes se lisent aussi.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from beffroi.centre.adherents import rules
from formats import tableau_lu
from formats.tableau_lu import Rangee

SIREN = ("siren", "n_siren", "numero_siren")
DATE = ("date", "au", "date_de_l_effectif", "constate_le", "date_de_la_population", "millesime")
ANNEE = ("annee", "exercice")
D_EFFECTIFS: Mapping[str, Sequence[str]] = {
    "siren": SIREN,
    "agents": ("agents", "effectif", "effectifs", "nombre_d_agents", "nb_agents"),
    "date": DATE,
    "annee": ANNEE,
}
DE_POPULATIONS: Mapping[str, Sequence[str]] = {
    "siren": SIREN,
    "code_commune": ("code_commune", "code_insee", "insee", "cog", "com", "codgeo", "codcom"),
    "habitants": ("habitants", "population", "population_municipale", "pmun", "p_mun"),
    "date": DATE,
    "annee": ANNEE,
    "source": ("source", "origine"),
}
FORMES_DE_DATE = ("%d/%m/%Y", "%Y-%m-%d")
HABITANTS_AU_PLUS = 5_000_000
LONGUEUR_D_UNE_SOURCE = 120
_ABIME = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.I)
_ESPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True)
class LigneLue:
    """Une ligne : qui elle nomme, le nombre, le jour, l'année, et ce qui y est déjà faux."""

    numero: int
    repere: str
    nombre: int | None
    au: date | None
    annee: int | None
    source: str = ""
    erreurs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lu:
    lignes: Sequence[LigneLue]
    ignorees: Sequence[str] = ()


def lire_des_effectifs(octets: bytes) -> Lu:
    """Le tableau, ou une phrase qui dit pourquoi il ne se lit pas (`TableauIllisible`)."""
    lu = tableau_lu.lire(octets, colonnes=D_EFFECTIFS, obligatoires=("siren", "agents", "date"))
    return Lu([_effectif(rangee) for rangee in lu.rangees], lu.ignorees)


def lire_des_populations(octets: bytes) -> Lu:
    lu = tableau_lu.lire(octets, colonnes=DE_POPULATIONS, obligatoires=("habitants",))
    return Lu([_population(rangee) for rangee in lu.rangees], lu.ignorees)


def _effectif(rangee: Rangee) -> LigneLue:
    erreurs = _debordement(rangee)
    siren = _siren(rangee, erreurs)
    agents, decision = rules.agents_saisis(rangee.valeurs.get("agents", ""))
    erreurs += [motif.texte for motif in decision.motifs]
    au = _jour(rangee.valeurs.get("date", ""), erreurs)
    annee = _annee(rangee.valeurs.get("annee", ""), au, erreurs)
    return LigneLue(rangee.numero, siren, agents, au, annee, erreurs=tuple(erreurs))


def _population(rangee: Rangee) -> LigneLue:
    erreurs = _debordement(rangee)
    code = "".join(rangee.valeurs.get("code_commune", "").split()).upper()
    # Un tableur ôte le zéro qui commence « 01004 ».
    repere = code.zfill(5) if code else _siren(rangee, erreurs)
    brut = _ESPACES.sub("", rangee.valeurs.get("habitants", ""))
    habitants = int(brut) if brut.isascii() and brut.isdigit() and len(brut) < 9 else None
    if habitants is None or habitants > HABITANTS_AU_PLUS:
        erreurs.append(f"« {brut[:20]} » n'est pas un nombre d'habitants : écrivez-le en chiffres.")
    dit, annee = rangee.valeurs.get("date", ""), rangee.valeurs.get("annee", "")
    # Les populations sont celles d'un 1er janvier : l'année seule le dit.
    au = _jour(f"01/01/{annee or dit}" if len(annee or dit) == 4 else dit, erreurs)
    source = rangee.valeurs.get("source", "")[:LONGUEUR_D_UNE_SOURCE]
    return LigneLue(rangee.numero, repere, habitants, au, None, source, tuple(erreurs))


def _debordement(rangee: Rangee) -> list[str]:
    return [tableau_lu.TROP_DE_CELLULES] if rangee.deborde else []


def _siren(rangee: Rangee, erreurs: list[str]) -> str:
    brut = rangee.valeurs.get("siren", "")
    if _ABIME.match(brut):
        erreurs.append(
            f"Le tableur a abîmé ce SIREN ({brut}). Mettez la colonne au format texte, "
            "puis recopiez-le."
        )
        return ""
    siren = _ESPACES.sub("", brut)
    if not siren:
        erreurs.append("Il manque le SIREN.")
    return siren


def _jour(texte: str, erreurs: list[str]) -> date | None:
    nu = texte.strip()
    for forme in FORMES_DE_DATE:
        try:
            return datetime.strptime(nu, forme).date()  # noqa: DTZ007  un jour n'a pas de fuseau
        except ValueError:
            continue
    dit = f"« {nu[:30]} » n'est pas une date" if nu else "Il manque la date"
    erreurs.append(f"{dit} : écrivez-la comme 01/01/2027.")
    return None


def _annee(texte: str, au: date | None, erreurs: list[str]) -> int | None:
    """L'année dont c'est l'effectif au 1er janvier ; sans colonne, celle de la date."""
    if not texte:
        return au.year if au else None
    if texte.isascii() and texte.isdigit() and len(texte) == 4:
        return int(texte)
    erreurs.append(f"« {texte[:20]} » n'est pas une année, comme 2027.")
    return None
