"""Ce que la convention laisse ouvert, et ce que l'exploitant en a décidé.

Un exploitant qui décide autrement change une valeur, avec la délibération qui la fonde ; aucune règle ne change.
"""

from dataclasses import dataclass
from typing import Literal

BorneCommune = Literal["tranche_inferieure", "tranche_superieure"]
ATroisCentCinquanteAgents = Literal["gratuit", "payant"]
Prorata = Literal["jours", "mois_entame"]
ProrataDeSortie = Literal["avoir", "aucun"]


@dataclass(frozen=True)
class Parametres:
    """Les choix de l'exploitant pour la contribution ; d'office, ceux qui lisent le contrat en faveur de l'adhérent.

    - `borne_commune` : à quelle tranche va un nombre que deux tranches nomment (150, 250). Dans le doute, le contrat
      s'interprète contre le créancier (code civil, art. 1190).
    - `a_350_agents` : la grille dit « moins de 350 » et « plus de 350 » ; à 350, elle ne dit rien.
    - `prorata` : une année incomplète se compte en jours, ou en douzièmes dont tout mois commencé est dû.
    - `prorata_sortie` : qui part en cours d'année a un avoir, ou n'en a pas.
    """

    borne_commune: BorneCommune = "tranche_inferieure"
    a_350_agents: ATroisCentCinquanteAgents = "gratuit"
    prorata: Prorata = "jours"
    prorata_sortie: ProrataDeSortie = "avoir"


D_OFFICE = Parametres()
