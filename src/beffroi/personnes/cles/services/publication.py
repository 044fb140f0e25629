"""Rendre une clé publique au registre :
une écriture que retrouve qui connaît la consultation (ADR 0052).
"""

import json
import secrets
from datetime import datetime

from django.db import transaction

from beffroi.personnes.cles import publiees
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import inscrire
from sceau import key_record, log


@transaction.atomic
def publier_la_cle(
    *, paire: PaireDeCles, consultation: str, par: Acteur, maintenant: datetime
) -> None:
    """Inscrit la clé au registre, en clair pour qui connaît la consultation ; une fois.

    Une clé de l'ancien format n'a que l'écriture de sa naissance (sceau, SPEC §11).
    """
    paire = verrouiller(paire)
    naissance = publiees.naissance_de(paire)
    if naissance is None or publiees.ecriture_publique(paire) or not paire.identite_qui_signe:
        return
    donnees = json.loads(naissance.contenu)["donnees"]
    organisme = paire.organisme.siret
    inscrire(
        key_record.PUBLIC_ACT,
        contenu={
            "format": log.PUBLIC_FORMAT,
            "concerne": consultation,
            "nonce": secrets.token_hex(16),
            "acte": key_record.PUBLIC_ACT,
            "sujet": paire.reference,
            "organisme": organisme,
            "acteur": {"reference": par.reference},
            "le": chainage.instant(maintenant),
            "donnees": {champ: donnees[champ] for champ in publiees.CHAMPS},
        },
        sujet=paire.reference,
        par=par,
        le=maintenant,
        organisme=organisme,
        place_reservee=True,
        signee=True,
    )
