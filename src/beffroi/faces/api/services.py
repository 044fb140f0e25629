"""Faire une fois ce qu'un logiciel demande deux fois."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.faces.api.models import ActeParCle
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller


@transaction.atomic
def une_seule_fois(
    *, par: Utilisateur, cle: str, demande: Any, acte: Callable[[], str], maintenant: datetime
) -> str:
    """Fait l'acte et retient la référence qu'il rend ;
    la même clé la redonne, et la clé d'une autre demande est refusée.
    """
    verrouiller(par)
    empreinte = hashlib.sha256(json.dumps(demande, sort_keys=True).encode()).hexdigest()
    deja = ActeParCle.objects.filter(utilisateur=par, cle=cle).first()
    if deja is not None:
        if deja.demande != empreinte:
            raise ConflitEtat(
                "Cette clé a déjà servi pour une autre demande. "
                "Donnez-en une neuve à chaque demande."
            )
        return deja.sujet
    sujet = acte()
    ActeParCle.objects.create(
        utilisateur=par, cle=cle, demande=empreinte, sujet=sujet, le=maintenant
    )
    return sujet
