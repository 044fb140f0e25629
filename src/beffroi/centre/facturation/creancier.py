"""Le centre tel que ses factures le nomment : le nom et le siège que ses conventions portent."""

import re
from dataclasses import dataclass
from datetime import date

from beffroi.centre.contributions.models import Exercice
from beffroi.centre.conventions.identite import Identite, identite
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import exploitant
from beffroi.socle.fondations.horloge import maintenant
from formats.dates import PARIS
from formats.facture import Adresse, Partie

# « 1 rue de l'Exemple, 62130 Ville » : la voie, le code postal, la ville.
SIEGE = re.compile(r"^(?P<voie>.+?),?\s+(?P<code_postal>\d{5})\s+(?P<ville>\D.*)$")


@dataclass(frozen=True)
class Creancier:
    """Lu une fois pour toutes les factures d'un exercice.

    `partie` : ce que le XML en dit. `organisme` : celui que l'appel nomme.
    """

    organisme: Organisme
    partie: Partie


def creancier(*, le: date) -> Creancier:
    centre = exploitant()
    dit = identite(centre, le=le)
    partie = Partie(
        nom=dit.nom, siret=dit.siret, adresse=adresse(dit, centre), courriel=centre.courriel
    )
    return Creancier(centre, partie)


def creancier_de(exercice: Exercice) -> Creancier:
    """Celui du jour où l'appel est parti : un nom changé depuis n'y change rien."""
    parti = exercice.emis_le or maintenant()
    return creancier(le=parti.astimezone(PARIS).date())


def adresse(dit: Identite, centre: Organisme) -> Adresse:
    """Le siège décidé, découpé ; s'il ne se découpe pas, l'adresse de l'annuaire."""
    lu = SIEGE.match(dit.siege)
    if lu:
        return Adresse(**lu.groupdict())
    return Adresse(voie=centre.adresse, code_postal=centre.code_postal, ville=centre.ville)
