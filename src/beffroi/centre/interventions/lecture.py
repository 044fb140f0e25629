"""Lire un tableau d'agents tel qu'un tableur l'enregistre. Sans base."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from formats import tableau_lu
from formats.tableau_lu import Rangee, TableauIllisible

__all__ = ["Ligne", "Tableau", "TableauIllisible", "lire"]
COLONNES: Mapping[str, tuple[str, ...]] = {
    "siret": ("siret", "n_siret", "numero_siret", "siret_de_l_organisme"),
    "nom": ("nom", "nom_de_famille"),
    "prenom": ("prenom", "prenoms"),
    "courriel": ("courriel", "email", "e_mail", "mail", "adresse_electronique"),
    "roles": ("roles", "role", "droits", "profil"),
    "service": ("service", "equipe", "direction"),
    "qualite": ("qualite", "fonction", "titre"),
}
OBLIGATOIRES = ("siret", "courriel", "roles")
ROLES: Mapping[str, tuple[str, ...]] = {
    "redacteur": ("redacteur", "redactrice", "redaction"),
    "valideur": ("valideur", "valideuse", "validation"),
    "ouvreur": ("ouvreur", "ouvreuse", "membre_qui_ouvre", "ouverture"),
    "lecteur": ("lecteur", "lectrice", "lecture"),
    "administrateur": ("administrateur", "administratrice", "admin"),
}
_ABIME = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.I)
_ENTRE_DEUX_ROLES = re.compile(r"[,;/+|\n]| et ")


@dataclass(frozen=True)
class Ligne:
    """Une ligne du tableau : une personne, son organisme, ses rôles ; et ce qui y est déjà faux."""

    numero: int
    siret: str
    courriel: str
    nom: str
    qualite: str
    service: str
    roles: tuple[str, ...]
    erreurs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tableau:
    lignes: Sequence[Ligne]
    ignorees: Sequence[str] = field(default=())


def lire(octets: bytes) -> Tableau:
    """Le tableau, ou une phrase qui dit pourquoi il ne se lit pas."""
    lu = tableau_lu.lire(octets, colonnes=COLONNES, obligatoires=OBLIGATOIRES)
    return Tableau([_ligne(rangee) for rangee in lu.rangees], lu.ignorees)


def _ligne(rangee: Rangee) -> Ligne:
    valeurs = rangee.valeurs
    erreurs = [tableau_lu.TROP_DE_CELLULES] if rangee.deborde else []
    siret = "".join(valeurs.get("siret", "").split())
    if _ABIME.match(siret):
        erreurs.append(
            f"Le tableur a abîmé ce SIRET ({siret}). Mettez la colonne au format texte, "
            "puis recopiez-le."
        )
        siret = ""
    roles, inconnus = _roles(valeurs.get("roles", ""))
    erreurs += [
        (
            f"« {inconnu[:40]} » n'est pas un rôle : rédacteur, valideur, ouvreur, "
            "lecteur ou administrateur."
        )
        for inconnu in inconnus
    ]
    if not roles and not inconnus:
        erreurs.append("Il manque un rôle.")
    return Ligne(
        numero=rangee.numero,
        siret=siret,
        courriel=valeurs.get("courriel", "").lower(),
        nom=" ".join(f"{valeurs.get('prenom', '')} {valeurs.get('nom', '')}".split()),
        qualite=valeurs.get("qualite", ""),
        service=valeurs.get("service", ""),
        roles=roles,
        erreurs=tuple(erreurs),
    )


def _roles(texte: str) -> tuple[tuple[str, ...], list[str]]:
    dits = [dit.strip() for dit in _ENTRE_DEUX_ROLES.split(texte) if dit.strip()]
    reconnus = {dit: tableau_lu.reconnu(dit, ROLES) for dit in dits}
    return tuple(sorted({role for role in reconnus.values() if role})), [
        d for d, role in reconnus.items() if not role
    ]
