"""Décider d'une réponse arrivée hors délai."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture import rules
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.services.preparation import rangs_libres
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    noter,
    place_a_table,
)
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller


@transaction.atomic
def decider_hors_delai(
    *, seance: Seance, pli: Pli, decision: str, motif: str, par: Utilisateur, maintenant: datetime
) -> Seance:
    """L'acheteur admet la réponse, ou la laisse scellée, et dit pourquoi (CCP, art. R. 2151-5)."""
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    place_a_table(seance, par)
    exiger_etat(seance, EtatDeSeance.OUVERTE, EtatDeSeance.SUSPENDUE)
    exiger(rules.decision_hors_delai(decision=decision, motif=motif))
    if OuverturePli.objects.filter(pli=pli).exclude(decision="").exists():
        raise ConflitEtat("La décision est déjà inscrite pour cette réponse.")
    admise = decision == OuverturePli.Decision.ADMISE
    etat = OuverturePli.Etat.SCELLEE if admise else OuverturePli.Etat.ECARTEE
    OuverturePli.objects.bulk_create(
        OuverturePli(
            seance=seance,
            pli=pli,
            enveloppe=enveloppe,
            rang=rang,
            etat=etat,
            decision=decision,
            motif_de_la_decision=motif.strip(),
            decidee_le=maintenant,
        )
        for rang, enveloppe in zip(rangs_libres(seance), pli.enveloppes.all(), strict=False)
    )
    donnees = {"pli": pli.reference, "decision": decision, "motif": motif.strip()}
    noter("pli.decision_hors_delai", seance=seance, par=par.acteur, le=maintenant, donnees=donnees)
    return seance
