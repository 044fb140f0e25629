"""Ce qu'on cherche parmi les contrats, lu dans une adresse et réécrit de même :
une recherche se partage par son lien.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

LONGUEUR_MAXIMALE = 200
PREMIERE_ANNEE, DERNIERE_ANNEE = 1990, 2100
_CPV = re.compile(r"([0-9]{2,8})(?:-[0-9])?")
# Le nom d'un critère dans l'adresse, et ce que la page en dit.
CRITERES = {
    "q": "mots",
    "acheteur": "acheteur",
    "titulaire": "titulaire",
    "cpv": "cpv",
    "lieu": "lieu",
    "annee": "annee",
    "de": "minimum",
    "a": "maximum",
}


@dataclass(frozen=True)
class Criteres:
    """Vide, elle montre tout.

    `acheteur` et `titulaire` : un nom, un SIREN ou un SIRET ; `lieu` : un nom ou un code.
    """

    mots: str = ""
    acheteur: str = ""
    titulaire: str = ""
    cpv: str = ""
    lieu: str = ""
    annee: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def dits(self) -> dict[str, str]:
        """Ce qui est demandé, et rien d'autre, par nom de critère."""
        defauts = {champ.name: champ.default for champ in fields(self)}
        valeurs = {critere: getattr(self, champ) for critere, champ in CRITERES.items()}
        return {
            nom: str(valeur) for nom, valeur in valeurs.items() if valeur != defauts[CRITERES[nom]]
        }

    def ecrire(self) -> str:
        return urlencode(self.dits())

    def sans(self, critere: str) -> "Criteres":
        champ = CRITERES[critere]
        return replace(self, **{champ: getattr(Criteres(), champ)})


@dataclass
class Lecture:
    """Des critères lus, et une phrase pour chacun de ceux laissés de côté."""

    parametres: Mapping[str, str]
    ecartes: list[str] = field(default_factory=list)

    def lire(self) -> Criteres:
        criteres = Criteres(
            mots=self._texte("q"),
            acheteur=self._texte("acheteur"),
            titulaire=self._texte("titulaire"),
            cpv=self._cpv(),
            lieu=self._texte("lieu"),
            annee=self._annee(),
            minimum=self._montant("de"),
            maximum=self._montant("a"),
        )
        du, au = criteres.minimum, criteres.maximum
        if du is not None and au is not None and du > au:
            self.ecartes.append(
                "Le montant le plus haut est en dessous du plus bas : il est laissé de côté."
            )
            criteres = replace(criteres, maximum=None)
        return criteres

    def _texte(self, nom: str) -> str:
        return " ".join(self.parametres.get(nom, "").replace("\0", "").split())[:LONGUEUR_MAXIMALE]

    def _cpv(self) -> str:
        ecrit = self._texte("cpv")
        lu = _CPV.fullmatch(ecrit)
        if ecrit and lu is None:
            self.ecartes.append(
                f"« {ecrit} » n'est pas un code CPV : de deux à huit chiffres, comme 4526."
            )
        return lu[1] if lu else ""

    def _annee(self) -> int | None:
        ecrit = self._texte("annee")
        if not ecrit:
            return None
        annee = int(ecrit) if ecrit.isascii() and ecrit.isdecimal() and len(ecrit) == 4 else 0
        if PREMIERE_ANNEE <= annee <= DERNIERE_ANNEE:
            return annee
        self.ecartes.append(f"« {ecrit} » n'est pas une année.")
        return None

    def _montant(self, nom: str) -> Decimal | None:
        ecrit = self._texte(nom)
        if not ecrit:
            return None
        propre = re.sub(r"[\s€]", "", ecrit).replace(",", ".")
        try:
            montant = Decimal(propre)
        except InvalidOperation:
            montant = Decimal(-1)
        if montant.is_finite() and 0 <= montant < 10**13:
            return montant.quantize(Decimal("0.01")) if montant % 1 else Decimal(int(montant))
        self.ecartes.append(f"« {ecrit} » n'est pas un montant en euros.")
        return None
