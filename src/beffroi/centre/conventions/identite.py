"""Qui est le centre : son nom, son siège, son comptable, qui répond de la publication.

Décidé une fois, dans les paramètres du centre ; la convention, l'appel et les mentions légales le
lisent ici, chacun à sa date.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Subquery

from beffroi.centre.conventions import parametres, queries
from beffroi.centre.conventions.models import Convention, ParametreDate
from beffroi.personnes.organismes.models import Organisme
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
    """Le nom que portent ses actes ce jour-là ; vide tant que le centre n'est pas ouvert.

    Une seule lecture : bien des pages d'acheteur l'écrivent.
    """
    decides = ParametreDate.objects.filter(nom="centre", effet_le__lte=le.astimezone(PARIS).date())
    dernier = decides.order_by("-effet_le", "-decide_le", "-pk").values("valeur")[:1]
    centres = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT)
    noms = centres.annotate(decide=Subquery(dernier)).values_list("decide", "nom").first()
    return next(filter(None, noms or ()), "")


def comptable_de(reference: str, centre: Identite) -> tuple[str, ...]:
    """À qui l'adhérent de cette convention paie : celui qu'elle nomme, sinon celui du centre."""
    convention = Convention.objects.filter(reference=reference).first()
    propre = parametres.lignes(convention.comptable) if convention else ()
    return propre or centre.comptable


def _adresse(centre: Organisme) -> str:
    lieu = f"{centre.code_postal} {centre.ville}".strip()
    return ", ".join(part for part in (centre.adresse, lieu) if part)
