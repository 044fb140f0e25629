"""Ce que les écrans de l'annuaire montrent, préparé d'avance."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from beffroi.centre.adherents import queries
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import (
    EtatDeConvention,
    etats_des_conventions,
    presomptions,
)
from beffroi.centre.adherents.rules import EffectifRetenu
from formats.dates import PARIS
from formats.pluriels import compter

ETATS = {
    "actif": ("ok", "Actif"),
    "a_activer": ("cours", "À activer"),
    "sans_siret": ("gris", "SIRET à demander"),
    "repris": ("gris", "Repris par un autre"),
}
EFFECTIFS = {
    "declare": "Déclaré cette année",
    "ancien": "Dernier connu, à redemander",
    "presume": "Présumé d'après la population",
    "inconnu": "Jamais déclaré",
}


@dataclass(frozen=True)
class Ligne:
    """Un adhérent, tel que la liste le montre."""

    adherent: Adherent
    etat: str
    retenu: EffectifRetenu
    convention: EtatDeConvention | None = None
    presomption: str = ""

    @property
    def ton(self) -> str:
        return ETATS[self.etat][0]

    @property
    def mot(self) -> str:
        return ETATS[self.etat][1]

    def effectif(self, annee: int) -> str:
        """Ce qu'on sait de l'effectif de l'année ; vide pour qui compte avec son successeur."""
        if self.etat == "repris":
            return ""
        return "presume" if self.presomption else effectif_de(self.retenu, annee)


@dataclass(frozen=True)
class Filtres:
    """Ce qu'on cherche dans l'annuaire. Une valeur inconnue ne filtre rien."""

    mots: str = ""
    nature: str = ""
    etat: str = ""
    effectif: str = ""

    @classmethod
    def de(cls, demande: QueryDict) -> "Filtres":
        return cls(
            mots=demande.get("q", "").strip()[:200],
            nature=_connu(demande.get("nature", ""), Adherent.Nature.values),
            etat=_connu(demande.get("etat", ""), ETATS),
            effectif=_connu(demande.get("effectif", ""), EFFECTIFS),
        )

    def retient(self, ligne: Ligne, annee: int) -> bool:
        return (
            (not self.nature or ligne.adherent.nature == self.nature)
            and (not self.etat or ligne.etat == self.etat)
            and (not self.effectif or ligne.effectif(annee) == self.effectif)
            and all(mot in _cherchable(ligne.adherent) for mot in plier(self.mots).split())
        )


def _connu(valeur: str, admises: Iterable[str]) -> str:
    return valeur if valeur in admises else ""


def plier(texte: str) -> str:
    """Sans accent ni majuscule : « Béthune » se trouve par « bethune »."""
    return "".join(
        signe
        for signe in unicodedata.normalize("NFD", texte.casefold())
        if not unicodedata.combining(signe)
    )


def _cherchable(adherent: Adherent) -> str:
    return plier(
        " ".join(
            (adherent.nom, adherent.ville, adherent.siren, adherent.siret, adherent.code_commune)
        )
    )


def etat_de(adherent: Adherent) -> str:
    """Où en est l'adhérent, en un mot de la table `ETATS`."""
    if adherent.successeur_id is not None:
        return "repris"
    if adherent.organisme_id is not None:
        return "actif"
    return "a_activer" if adherent.siret else "sans_siret"


def effectif_de(retenu: EffectifRetenu, annee: int) -> str:
    if retenu.agents is None:
        return "inconnu"
    return "declare" if retenu.annee == annee else "ancien"


def annee_de(le: datetime) -> int:
    return le.astimezone(PARIS).year


def lignes(filtres: Filtres, *, le: datetime) -> list[Ligne]:
    """Tout l'annuaire, filtré : le nombre de lectures ne dépend pas du nombre d'adhérents."""
    adherents, annee = (
        list(Adherent.objects.select_related("rattache_a", "successeur")),
        annee_de(le),
    )
    retenus = queries.effectifs_retenus(adherents, annee)
    conventions = etats_des_conventions(adherents, le=le)
    presumes = presomptions_de(adherents, retenus, annee)
    toutes = (
        Ligne(
            adherent,
            etat_de(adherent),
            retenus[adherent.pk],
            conventions.get(adherent.siren),
            presumes.get(adherent.siren, ""),
        )
        for adherent in adherents
    )
    trouvees = (ligne for ligne in toutes if filtres.retient(ligne, annee))
    return sorted(trouvees, key=lambda ligne: (plier(ligne.adherent.nom), ligne.adherent.siren))


def presomptions_de(
    adherents: Iterable[Adherent], retenus: Mapping[int, EffectifRetenu], annee: int
) -> Mapping[str, str]:
    """De ceux qui n'ont rien déclaré et que nul n'a repris, pourquoi ils sont présumés."""
    sans = [
        adherent
        for adherent in adherents
        if retenus[adherent.pk].agents is None and adherent.successeur_id is None
    ]
    return presomptions(sans, annee=annee)


def de_l_effectif(adherent: Adherent, annee: int) -> dict[str, object]:
    """L'effectif retenu d'un adhérent et, s'il n'y en a pas, ce qui se présume."""
    retenu = queries.effectif_retenu(adherent, annee)
    presumes = presomptions_de([adherent], {adherent.pk: retenu}, annee)
    return {"retenu": retenu, "presomption": presumes.get(adherent.siren, "")}


def resume(trouvees: Sequence[Ligne], annee: int) -> str:
    """« 907 adhérents : 887 communes, 20 EPCI. 3 actifs, 12 effectifs déclarés pour 2026. »"""
    actifs = sum(ligne.etat == "actif" for ligne in trouvees)
    declares = sum(ligne.effectif(annee) == "declare" for ligne in trouvees)
    return (
        f"{compter(len(trouvees), 'adhérent')}, dont {compter(actifs, 'actif')}. "
        f"Effectif de {annee} connu pour {declares} d'entre eux."
    )


def par_nature(trouvees: Sequence[Ligne]) -> list[tuple[str, int]]:
    nombres: Mapping[str, int] = Counter(ligne.adherent.nature for ligne in trouvees)
    return [
        (nature.label, nombres[nature.value]) for nature in Adherent.Nature if nombres[nature.value]
    ]


ENTETES = (
    "siren",
    "nom",
    "nature",
    "siret",
    "code_commune",
    "adresse",
    "code_postal",
    "ville",
    "courriel",
    "telephone",
    "rattache_a",
    "etat",
    "effectif_retenu",
    "annee_de_l_effectif",
    "successeur",
    "succede_le",
    "essai",
    "habitants",
    "habitants_au",
    "source_des_habitants",
    "presume",
)


def ligne_de_tableur(ligne: Ligne) -> tuple[str | int, ...]:
    """Une ligne de l'export : les colonnes que l'import relit, puis ce qu'on sait de plus."""
    adherent, retenu = ligne.adherent, ligne.retenu
    return (
        *(getattr(adherent, colonne) for colonne in ENTETES[:10]),
        adherent.rattache_a.siren if adherent.rattache_a else "",
        ligne.mot,
        "" if retenu.agents is None else retenu.agents,
        "" if retenu.annee is None else retenu.annee,
        adherent.successeur.siren if adherent.successeur else "",
        adherent.succede_le.isoformat() if adherent.succede_le else "",
        "oui" if adherent.est_un_essai else "",
        "" if adherent.habitants is None else adherent.habitants,
        adherent.habitants_au.isoformat() if adherent.habitants_au else "",
        adherent.source_des_habitants,
        "oui" if ligne.presomption else "",
    )
