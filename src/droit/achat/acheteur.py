"""Qui achète : une personne publique, seule ou avec d'autres."""

from dataclasses import dataclass
from typing import Literal

TypeDAcheteur = Literal["pouvoir adjudicateur", "entité adjudicatrice", "autorité concédante"]


@dataclass(frozen=True, kw_only=True)
class Acheteur:
    """La personne publique qui signe. `code_nuts` :
    où elle est, pour les avis européens (FRE12 : Pas-de-Calais).

    `tribunal`, `contact_du_tribunal` : vides si l'on s'en remet aux tables.
    """

    nom: str
    siret: str
    type_d_acheteur: TypeDAcheteur = "pouvoir adjudicateur"
    collectivite_territoriale: bool = True
    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    code_nuts: str = ""
    courriel: str = ""
    telephone: str = ""
    tribunal: str = ""
    contact_du_tribunal: str = ""
    contact_donnees_personnelles: str = ""
    service_chorus: str = ""

    @property
    def adresse_postale(self) -> str:
        """« Place de la Mairie, 62960 Bomy »."""
        return ", ".join(filter(None, (self.adresse, f"{self.code_postal} {self.ville}".strip())))


@dataclass(frozen=True, kw_only=True)
class GroupementDeCommandes:
    """Plusieurs acheteurs, dont un coordonnateur qui passe le marché (CCP,
    art. L. 2113-6 à L. 2113-8).

    `convention` : celle que tous ont signée. `chacun_execute` : chaque membre suit sa part, une
    fois le marché passé. `organisations` : ceux des membres dont on connaît les coordonnées ; les
    autres n'ont que leur nom.
    """

    coordonnateur: str
    membres: tuple[str, ...] = ()
    convention: str = ""
    chacun_execute: bool = True
    organisations: tuple[Acheteur, ...] = ()
