"""Le fil de sécurité : chaque trace, en une ligne de JSON sur la sortie d'erreur.

Un collecteur (journald, rsyslog, un agent) l'emporte vers un autre système : qui entrerait ici et
effacerait la table n'effacerait pas ce qui en est déjà parti.
"""

import json
import logging

from django.conf import settings
from django.db import transaction

from beffroi.garde.conformite.models import TraceDeSecurite

FIL = logging.getLogger("beffroi.securite")


def suivre(trace: TraceDeSecurite) -> None:
    """Une fois la trace acquise : ce qui se défait n'a pas eu lieu."""
    if settings.FIL_DE_SECURITE:
        transaction.on_commit(lambda: FIL.info(ligne(trace)))


def ligne(trace: TraceDeSecurite) -> str:
    """Rien que la table n'ait. JSON tient sur une ligne : aucun champ n'en fait une de plus."""
    return json.dumps(
        {
            "beffroi": "securite",
            "le": trace.le.isoformat(),
            "fait": trace.fait,
            "compte": trace.compte,
            "objet": trace.objet,
            "precision": trace.precision,
            "adresse": trace.adresse,
            "logiciel": trace.logiciel,
        },
        ensure_ascii=True,
    )
