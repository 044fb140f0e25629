"""Qui est le centre : son nom, son siège, son comptable, qui répond de la publication.

Décidé une fois, dans les paramètres du centre ; la convention, l'appel et les mentions légales le
lisent ici, chacun à sa date.
"""

from dataclasses import dataclass
from datetime import date, datetime

from beffroi.centre.conventions import parametres, queries
from beffroi.centre.conventions.models import Convention
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import nom_de_l_exploitant
from formats.dates import PARIS
from formats.document.modele import Emetteur


@dataclass(frozen=True)
class Identite:
    """Le centre tel que ses actes le nomment ce jour-là. Vide, ce qui n'est pas décidé.

    `comptable`, `hebergeur` : un nom, puis une adresse, une ligne chacun.
    """

    nom: str
    siege: str
    siret: str
    comptable: tuple[str, ...] = ()
    directeur: str = ""
    hebergeur: tuple[str, ...] = ()

    @property
    def emetteur(self) -> Emetteur:
        """L'en-tête d'un acte qui réclame : qui, où, sous quel numéro."""
        return Emetteur(
            self.nom, ", ".join(part for part in (self.siege, f"SIRET {self.siret}") if part)
        )


def identite(centre: Organisme, *, le: date) -> Identite:
    """Les paramètres d'abord ; à défaut, le nom et l'adresse de l'organisme du centre."""
    decides = queries.parametres_en_vigueur(le)
    return Identite(
        nom=decides["centre"] or centre.nom,
        siege=decides["siege_du_centre"] or _adresse(centre),
        siret=centre.siret,
        comptable=parametres.lignes(decides["comptable"]),
        directeur=decides["directeur_de_la_publication"],
        hebergeur=parametres.lignes(decides["hebergeur"]),
    )


def nom_du_centre(*, le: datetime) -> str:
    """Le nom que portent ses actes ce jour-là ; vide tant que le centre n'est pas ouvert."""
    jour = le.astimezone(PARIS).date()
    return queries.parametres_en_vigueur(jour)["centre"] or nom_de_l_exploitant()


def comptable_de(reference: str, centre: Identite) -> tuple[str, ...]:
    """À qui l'adhérent de cette convention paie : celui qu'elle nomme, sinon celui du centre."""
    convention = Convention.objects.filter(reference=reference).first()
    propre = parametres.lignes(convention.comptable) if convention else ()
    return propre or centre.comptable


def _adresse(centre: Organisme) -> str:
    lieu = f"{centre.code_postal} {centre.ville}".strip()
    return ", ".join(part for part in (centre.adresse, lieu) if part)
