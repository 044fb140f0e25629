"""Le port `candidatures.PreuvesOfficielles`, tant qu'aucun service officiel n'est branché :
il le dit, et quoi faire.
"""

from collections.abc import Sequence
from datetime import datetime

from beffroi.choix.candidatures.ports import PreuveObtenue, ServiceOfficielMuet


class AucunService:
    """Obtenir une preuve d'un service de l'État demande une habilitation,
    que chaque collectivité reçoit à son nom.
    """

    est_branche = False

    def demander(self, siren: str, *, le: datetime) -> Sequence[PreuveObtenue]:
        raise ServiceOfficielMuet(
            "Aucun service officiel n'est branché à cette plateforme. "
            "Demandez les preuves à l'entreprise."
        )


preuves_officielles = AucunService()
