"""Ce que les statistiques du centre comptent et que d'autres, au-dessus d'elles, savent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from beffroi.service.pilotage.mesures import Promise
from beffroi.socle.fondations.ports import port


@port("pilotage.DemandesPromises")
def demandes_promises(*, debut: datetime, fin: datetime) -> Sequence[Promise]:
    """Les demandes d'assistance reçues de `debut` à `fin`, exclu, et leur première réponse ;
    une demande fusionnée dans une autre n'en fait qu'une.
    """


@port("pilotage.EcransMontres")
def ecrans_montres(*, debut: datetime, fin: datetime) -> Sequence[timedelta | None]:
    """Combien de temps chaque écran a été montré ; rien de celui qui l'est encore."""
