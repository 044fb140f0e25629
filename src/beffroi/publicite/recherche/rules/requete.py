"""Ce qu'un lecteur cherche, lu dans une adresse et réécrit de même :
une recherche se partage et se garde par son lien.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from urllib.parse import urlencode

from beffroi.publicite.recherche.rules.analyse import mots_pleins, replier

LONGUEUR_MAXIMALE = 200
OUVERTES, CLOSES, SANS_SUITE, TOUTES = "ouvertes", "closes", "sans-suite", "toutes"
ETATS = (OUVERTES, CLOSES, SANS_SUITE, TOUTES)
PREMIERE_ANNEE, DERNIERE_ANNEE = 1990, 2100
_CPV = re.compile(r"([0-9]{2,8})(?:-[0-9])?")
_DEPARTEMENT = re.compile(r"[0-9]{2}|2[AB]|9[78][0-9]")
_SIREN = re.compile(r"[0-9]{9}")
# Le nom d'un critère dans l'adresse, et son champ.
CRITERES = {
    "q": "mots",
    "cpv": "cpv",
    "lieu": "lieu",
    "dep": "departement",
    "acheteur": "acheteur",
    "nature": "nature",
    "procedure": "procedure",
    "avant": "avant",
    "apres": "apres",
    "etat": "etat",
}


@dataclass(frozen=True)
class Recherche:
    """Des mots et des critères ; vide, elle montre tout ce qui est ouvert.

    `avant` et `apres` bornent l'heure limite.
    """

    mots: str = ""
    cpv: str = ""
    lieu: str = ""
    departement: str = ""
    acheteur: str = ""
    nature: str = ""
    procedure: str = ""
    avant: date | None = None
    apres: date | None = None
    etat: str = OUVERTES

    @property
    def est_vide(self) -> bool:
        return self == Recherche()

    @property
    def siren(self) -> str:
        """Le SIREN cherché ; vide quand l'acheteur est cherché par son nom."""
        return self.acheteur if _SIREN.fullmatch(self.acheteur) else ""

    def ecrire(self) -> str:
        """La recherche dans une adresse, toujours dans le même ordre ;
        vide quand rien n'est cherché.
        """
        return urlencode([(critere, str(valeur)) for critere, valeur in self.criteres().items()])

    def criteres(self) -> dict[str, str | date]:
        """Ce qui est demandé, et rien d'autre, par nom de critère."""
        defauts = {champ.name: champ.default for champ in fields(self)}
        valeurs = {critere: getattr(self, champ) for critere, champ in CRITERES.items()}
        return {
            critere: valeur
            for critere, valeur in valeurs.items()
            if valeur != defauts[CRITERES[critere]]
        }

    def sans(self, critere: str) -> "Recherche":
        """La même, un critère de moins."""
        return replace(self, **{CRITERES[critere]: getattr(Recherche(), CRITERES[critere])})


@dataclass(frozen=True)
class Lecture:
    """Une recherche lue, et une phrase pour chaque critère laissé de côté."""

    recherche: Recherche
    ecartes: tuple[str, ...] = ()


@dataclass
class _Lecteur:
    parametres: Mapping[str, str]
    ecartes: list[str] = field(default_factory=list)

    def texte(self, critere: str) -> str:
        # Un caractère de commande ne se cherche pas, et certaines bases le refusent.
        brut = " ".join(
            "".join(c if c.isprintable() else " " for c in self.parametres.get(critere, "")).split()
        )
        if len(brut) > LONGUEUR_MAXIMALE:
            self.ecartes.append(
                f"Seuls les {LONGUEUR_MAXIMALE} premiers caractères de « {brut[:30]}… » sont lus."
            )
        return brut[:LONGUEUR_MAXIMALE].strip()

    def ecarter(self, texte: str, attendu: str) -> str:
        self.ecartes.append(f"« {_court(texte)} » est laissé de côté : {attendu}.")
        return ""

    def des_mots(self, critere: str) -> str:
        texte = self.texte(critere)
        if texte and not mots_pleins(texte):
            return self.ecarter(texte, "aucun mot n'y permet de chercher")
        return texte

    def forme(self, critere: str, motif: re.Pattern[str], attendu: str) -> str:
        texte = self.texte(critere)
        return (
            texte.upper()
            if not texte or motif.fullmatch(texte.upper())
            else self.ecarter(texte, attendu)
        )

    def choix(self, critere: str, connus: Mapping[str, str] | tuple[str, ...], attendu: str) -> str:
        texte = self.texte(critere)
        return texte if not texte or texte in connus else self.ecarter(texte, attendu)

    def jour(self, critere: str) -> date | None:
        texte = self.texte(critere)
        try:
            lu = date.fromisoformat(texte) if texte else None
        except ValueError:
            lu = None
        if texte and (lu is None or not PREMIERE_ANNEE <= lu.year <= DERNIERE_ANNEE):
            self.ecarter(texte, "une date s'écrit comme 2027-01-31")
            return None
        return lu


def lire(
    parametres: Mapping[str, str], *, natures: Mapping[str, str], procedures: Mapping[str, str]
) -> Lecture:
    """La recherche d'une adresse. Ce qui ne se lit pas est dit en une phrase, et laissé de côté."""
    lecteur = _Lecteur(parametres)
    recherche = Recherche(
        mots=lecteur.des_mots("q"),
        cpv=lecteur.forme("cpv", _CPV, "un code CPV commence par deux à huit chiffres").partition(
            "-"
        )[0],
        lieu=lecteur.des_mots("lieu"),
        departement=lecteur.forme(
            "dep", _DEPARTEMENT, "un département s'écrit comme 62, 2A ou 974"
        ),
        acheteur=lecteur.des_mots("acheteur"),
        nature=lecteur.choix("nature", natures, "cette nature d'achat n'existe pas"),
        procedure=lecteur.choix("procedure", procedures, "cette procédure n'existe pas"),
        avant=lecteur.jour("avant"),
        apres=lecteur.jour("apres"),
        etat=lecteur.choix("etat", ETATS, "une consultation est ouverte, close ou sans suite")
        or OUVERTES,
    )
    if recherche.avant and recherche.apres and recherche.avant < recherche.apres:
        lecteur.ecartes.append(
            "La date de fin vient avant la date de début : aucune consultation ne peut convenir."
        )
    return Lecture(recherche, tuple(lecteur.ecartes))


def siren_d_un_nom(texte: str) -> str:
    """Un SIREN tapé avec ses espaces, ou un SIRET : les neuf premiers chiffres."""
    serre = replier(texte).replace(" ", "")
    return serre[:9] if serre.isascii() and serre.isdigit() and len(serre) in (9, 14) else ""


def _court(texte: str) -> str:
    return texte if len(texte) <= 40 else f"{texte[:40]}…"
