"""Publier à deux : qui a rédigé demande, une autre personne publie,
ou rend le brouillon en disant pourquoi.
"""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations import queries
from beffroi.achat.consultations.courriels import donner_a_voir
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules import publication as rules
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.journal.franchissement import franchir


@transaction.atomic
def soumettre_a_relecture(
    *, consultation: Consultation, par: Utilisateur, maintenant: datetime
) -> Consultation:
    """Passe le brouillon à qui peut le publier ;
    chacune de ces personnes l'apprend par courriel.
    """
    valideurs = queries.autres_publieurs(consultation, maintenant)
    exiger(rules.peut_etre_soumise(valideurs=len(valideurs)))
    consultation = franchir(
        consultation,
        "soumettre",
        par=par.acteur,
        le=maintenant,
        rendue_le=None,
        rendue_par=None,
        motif_du_renvoi="",
    )
    for personne in valideurs:
        donner_a_voir(
            consultation,
            personne,
            cle=_cle("preparer/verifier", consultation, personne, maintenant),
            sujet="À valider",
            phrase=f"{par.nom} vous demande de la relire, puis de la publier ou de la rendre.",
            page="preparer/verifier",
            maintenant=maintenant,
        )
    return consultation


@transaction.atomic
def reprendre_le_brouillon(
    *, consultation: Consultation, par: Utilisateur, motif: str = "", maintenant: datetime
) -> Consultation:
    """Rend le brouillon à qui l'a rédigé.

    La personne elle-même le reprend sans rien dire ; une autre dit pourquoi.
    """
    redacteur, motif = consultation.redigee_par, motif.strip()
    exiger(rules.peut_etre_rendue(redacteur=redacteur.reference, par=par.reference, motif=motif))
    consultation = franchir(
        consultation,
        "reprendre",
        par=par.acteur,
        le=maintenant,
        donnees={"motif": motif},
        rendue_le=maintenant if motif else None,
        rendue_par=par if motif else None,
        motif_du_renvoi=motif,
    )
    if motif:
        donner_a_voir(
            consultation,
            redacteur,
            cle=_cle("preparer", consultation, redacteur, maintenant),
            sujet="À reprendre",
            phrase=f"{par.nom} vous la rend : {motif}",
            page="preparer",
            maintenant=maintenant,
        )
    return consultation


def _cle(page: str, consultation: Consultation, personne: Utilisateur, le: datetime) -> str:
    """L'instant est dans la clé : demandée de nouveau, elle s'annonce de nouveau."""
    return f"validation:{page}:{consultation.reference}:{personne.reference}:{le.isoformat()}"
