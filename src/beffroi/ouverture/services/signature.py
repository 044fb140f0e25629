"""Déposer le procès-verbal signé : à côté de celui de la plateforme, jamais à sa place."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.comptes.models import Utilisateur
from beffroi.ouverture import queries, rules
from beffroi.ouverture.models import ProcesVerbal, ProcesVerbalSigne, Seance
from beffroi.ouverture.services.table import noter
from beffroi.socle.erreurs import ConflitEtat, exiger
from beffroi.socle.stockage import nouvelle_cle, stockage
from beffroi.socle.verrous import verrouiller


@transaction.atomic
def signer_le_proces_verbal(
    *, seance: Seance, mode: str, signataires: Sequence[str], flux: BinaryIO, par: Utilisateur, maintenant: datetime
) -> ProcesVerbalSigne:
    """Garde le document signé, son empreinte, et le nom de qui l'a signé ; celui de la plateforme ne change pas."""
    seance = verrouiller(seance)
    scelle: ProcesVerbal | None = queries.proces_verbal_de(seance)
    attendus = queries.signataires_attendus(seance)
    exiger(rules.peut_se_signer(close=scelle is not None, signataires=signataires, attendus=attendus))
    assert scelle is not None  # la règle vient de le dire
    octets = flux.read(rules.OCTETS_D_UN_PROCES_VERBAL_SIGNE + 1)
    sha256 = hashlib.sha256(octets).hexdigest()
    identique = sha256 == scelle.sha256
    exiger(rules.document_signe(debut=octets[:5], taille=len(octets), identique_au_scelle=identique))
    if scelle.signes.filter(sha256=sha256).exists():
        raise ConflitEtat("Ce document signé est déjà déposé.")
    cle = nouvelle_cle("proces-verbaux-signes")
    flux.seek(0)
    stockage().ecrire(cle, flux)
    donnees = {"mode": mode, "signataires": list(signataires), "sha256": sha256, "taille": len(octets)}
    numero = noter("seance.signer", seance=seance, par=par.acteur, le=maintenant, donnees=donnees)
    return ProcesVerbalSigne.objects.create(
        proces_verbal=scelle,
        mode=mode,
        signataires=list(signataires),
        taille=len(octets),
        sha256=sha256,
        cle_de_stockage=cle,
        depose_par=par,
        depose_le=maintenant,
        ecriture=numero,
    )
