"""Une demande passée par le serveur frontal : ce qui en était attendu, ce qui en est arrivé, ce que
le public en reçoit.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


class Etat(StrEnum):
    """Ce que vaut une ligne : le mot qui se lit."""

    JUSTE = "Juste"
    A_REVOIR = "À revoir"
    MANQUE = "Manque"
    SANS_OBJET = "Sans objet"
    NON_MESURE = "Non mesuré"


TONS = {Etat.JUSTE: "ok", Etat.A_REVOIR: "attention", Etat.MANQUE: "danger"}
A_ECRIRE = frozenset({Etat.A_REVOIR, Etat.MANQUE})
Avis = tuple[Etat, str]


@dataclass(frozen=True)
class Attendu:
    """Ce que les réglages de la plateforme disent du dehors."""

    adresse: str
    frontaux: int

    @property
    def est_en_https(self) -> bool:
        return self.adresse.startswith("https://")

    @property
    def hote(self) -> str:
        return urlsplit(self.adresse).netloc

    @property
    def port(self) -> int:
        parties = urlsplit(self.adresse)
        return parties.port or PORTS.get(parties.scheme, 0)


@dataclass(frozen=True)
class Arrivee:
    """Ce qu'une demande portait en arrivant à la plateforme ; vide : rien n'est arrivé."""

    hote: str = ""
    protocole: str = ""
    visiteurs: str = ""
    demande: str = ""
    port: str = ""
    liaison: str = ""


@dataclass(frozen=True)
class Dehors:
    """Ce que le public en reçoit ; None : cela n'a pas été mesuré."""

    hsts: str | None = None
    csp: str | None = None
    nom_choisi: bool | None = None
    dialogue: str | None = None
    tls: str | None = None
    # Le statut d'un envoi de 13 Mo ; 0 : la liaison a été coupée avant la fin.
    debordement: int | None = None
    envoi_retenu: bool | None = None
