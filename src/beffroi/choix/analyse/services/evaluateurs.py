"""Nommer qui évalue, et recevoir de chacun sa déclaration d'absence de conflit d'intérêts."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse.models import Evaluateur
from beffroi.choix.analyse.services.commun import inscrire_au_journal
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import agents_de
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.verrous import verrouiller


@transaction.atomic
def nommer(
    *, consultation: Consultation, personne: Utilisateur, par: Utilisateur, maintenant: datetime
) -> Evaluateur:
    """Charge un agent de l'organisme de noter. Répété, l'acte rend la même charge."""
    consultation = verrouiller(consultation, avec=("organisme",))
    deja = Evaluateur.objects.filter(
        consultation=consultation, utilisateur=personne, retire_le=None
    ).first()
    if deja is not None:
        return deja
    if not agents_de(consultation.organisme, maintenant).filter(utilisateur=personne).exists():
        raise RegleEnfreinte("On ne nomme que des agents de l'organisme.")
    evaluateur = Evaluateur.objects.create(
        consultation=consultation, utilisateur=personne, nomme_le=maintenant, nomme_par=par
    )
    inscrire_au_journal(
        consultation, "nommer", par=par, le=maintenant, donnees=_au_journal(evaluateur)
    )
    return evaluateur


@transaction.atomic
def retirer(
    *, evaluateur: Evaluateur, motif: str, par: Utilisateur, maintenant: datetime
) -> Evaluateur:
    """Lui ôte sa charge. Ses notes restent lisibles, mais ne comptent plus dans la moyenne."""
    evaluateur = verrouiller(evaluateur, avec=("consultation__organisme",))
    if not motif.strip():
        raise RegleEnfreinte("Dites pourquoi cette personne ne note plus : le rapport le répétera.")
    if evaluateur.retire_le:
        raise ConflitEtat("Cette personne ne note déjà plus.")
    evaluateur.retire_le, evaluateur.motif_du_retrait = maintenant, motif.strip()
    evaluateur.save(update_fields=["retire_le", "motif_du_retrait"])
    donnees = {**_au_journal(evaluateur), "motif": evaluateur.motif_du_retrait}
    inscrire_au_journal(
        evaluateur.consultation, "retirer_un_evaluateur", par=par, le=maintenant, donnees=donnees
    )
    return evaluateur


@transaction.atomic
def declarer_sans_conflit(
    *, evaluateur: Evaluateur, par: Utilisateur, maintenant: datetime
) -> Evaluateur:
    """La personne elle-même déclare n'avoir aucun intérêt chez ceux qui ont
    répondu (CCP, art. L. 2141-10).
    """
    evaluateur = verrouiller(evaluateur, avec=("consultation__organisme",))
    if evaluateur.utilisateur_id != par.pk:
        raise RegleEnfreinte("Chacun déclare pour soi.")
    if evaluateur.sans_conflit_le is None:
        evaluateur.sans_conflit_le = maintenant
        evaluateur.save(update_fields=["sans_conflit_le"])
        donnees = _au_journal(evaluateur)
        inscrire_au_journal(
            evaluateur.consultation,
            "declarer_sans_conflit",
            par=par,
            le=maintenant,
            donnees=donnees,
        )
    return evaluateur


def _au_journal(evaluateur: Evaluateur) -> dict[str, object]:
    return {"evaluateur": evaluateur.reference, "personne": evaluateur.utilisateur.reference}
