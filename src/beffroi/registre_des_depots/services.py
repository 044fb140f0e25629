"""Sceller le registre des dépôts."""

import hashlib
from datetime import datetime

from django.db import transaction

from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.journal.services import journaliser, signer_un_point_de_controle
from beffroi.registre_des_depots import composition, queries, rules
from beffroi.registre_des_depots.models import RegistreScelle
from beffroi.socle.erreurs import exiger
from beffroi.socle.verrous import verrouiller
from formats import registre_des_depots as format_du_registre


@transaction.atomic
def sceller_le_registre(*, consultation: Consultation, par: Utilisateur, maintenant: datetime) -> RegistreScelle:
    """Le premier tirage du registre des dépôts est scellé au journal."""
    exiger(rules.peut_se_montrer(date_limite=consultation.limite, maintenant=maintenant))
    consultation = verrouiller(consultation)
    existant = queries.registre_scelle(consultation)
    if existant is not None:
        return existant
    document = composition.composer(consultation, etabli_le=maintenant)
    sha256 = hashlib.sha256(format_du_registre.csv(document)).hexdigest()
    ecriture = journaliser(
        "registre.scelle",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256_du_csv": sha256, "depots": len(document.lignes)},
    )
    registre = RegistreScelle.objects.create(
        consultation=consultation,
        sha256=sha256,
        nombre=len(document.lignes),
        scelle_le=maintenant,
        ecriture=ecriture.numero,
    )
    # Sans tête signée, le journal public ne montrerait cette écriture qu'à la suivante.
    signer_un_point_de_controle(le=maintenant)
    return registre
