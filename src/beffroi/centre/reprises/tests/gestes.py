"""Un tableur de conventions signées ailleurs, et de quoi le mener jusqu'au bout."""

import io
import zipfile
from datetime import datetime
from typing import Any

from stdnum import luhn

from beffroi.centre.reprises import queries
from beffroi.centre.reprises.models import LigneDeReprise, Reprise, Vague
from beffroi.centre.reprises.services import depot, vagues
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.dates import PARIS

SIRET_DU_CENTRE = "28620001900011"
ENTETES = (
    "SIREN;Nom;Signée le;Prise d'effet;Dernier jour;Effectif;Contact;Courriel;"
    "Nom du fichier de la copie;Observations"
)
PDF = b"%PDF-1.7 une convention signee "


def siret(rang: int) -> str:
    """Un SIRET de clé juste, celui d'une commune inventée."""
    siren = f"2162{rang:04d}"
    debut = f"{siren}{luhn.calc_check_digit(siren)}0001"
    return debut + luhn.calc_check_digit(debut)


def ligne(rang: int, **autres: str) -> str:
    """Une ligne juste ; chaque cellule peut être remplacée."""
    cellules = {
        "siren": siret(rang),
        "nom": f"Commune de Champ-{rang}",
        "signee_le": "10/06/2026",
        "effet": "01/07/2026",
        "dernier": "30/06/2029",
        "effectif": "12",
        "contact": f"Camille Fictif-{rang}",
        "courriel": f"mairie{rang}@champ.example",
        "copie": f"champ-{rang}.pdf",
        "observations": "à rappeler le mardi",
        **autres,
    }
    return ";".join(cellules.values())


def tableur(*lignes: str) -> bytes:
    return "\r\n".join([ENTETES, *lignes]).encode()


def zip_de(**fichiers: bytes) -> io.BytesIO:
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w") as archive:
        for nom, octets in fichiers.items():
            archive.writestr(f"{nom.replace('_', '-')}.pdf", octets)
    flux.seek(0)
    return flux


def centre() -> Organisme:
    return Organisme.objects.filter(role="exploitant").first() or creer_organisme(
        nom="Centre de gestion",
        siret=SIRET_DU_CENTRE,
        role="exploitant",
        par=PLATEFORME,
        maintenant=LUNDI,
    )


def gestionnaire(nom: str = "Benoît Roussel") -> Utilisateur:
    qui = avec_second_facteur(personne(nom))
    habiliter(
        organisme=centre(),
        utilisateur=qui,
        roles={"gestionnaire"},
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    return qui


def deposee(par: Utilisateur, *lignes: str, le: datetime = LUNDI) -> Reprise:
    return depot.deposer(
        nom="conventions.csv",
        octets=tableur(*(lignes or (ligne(1), ligne(2)))),
        par=par,
        maintenant=le,
    )


def plan(reprise: Reprise, *, le: datetime = LUNDI) -> Any:
    return queries.apercu(reprise, aujourd_hui=le.astimezone(PARIS).date())


def composee(reprise: Reprise, par: Utilisateur, *, premieres: int = 100) -> Vague:
    return vagues.composer(
        reprise=reprise,
        nom="les premières",
        le=LUNDI.astimezone(PARIS).date(),
        premieres=premieres,
        par=par,
        maintenant=LUNDI,
    )


def activee(reprise: Reprise, par: Utilisateur, *, premieres: int = 100) -> Vague:
    """Composée, lancée, et l'ouvrier a tout fait."""
    vague = composee(reprise, par, premieres=premieres)
    vagues.activer(vague=vague, par=par, maintenant=LUNDI)
    vider_la_file(limite=1 + len(vague.lignes.all()) // vagues.PAR_LOT)
    vague.refresh_from_db()
    return vague


def premiere(reprise: Reprise) -> LigneDeReprise:
    return LigneDeReprise.objects.filter(reprise=reprise).order_by("numero")[0]
