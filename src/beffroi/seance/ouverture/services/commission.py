"""Constater qui siège à la commission."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture import commission as commissions
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.rules import Commission
from beffroi.seance.ouverture.services.table import exiger_la_presidence, noter
from beffroi.seance.ouverture.states import FINIES
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller


@transaction.atomic
def constater_la_commission(
    *, seance: Seance, commission: Commission | None, par: Utilisateur, maintenant: datetime
) -> Seance:
    """Inscrit qui siège, ou que les services ouvrent seuls ;
    le quorum se constate, il n'empêche rien.
    """
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    if seance.etat in FINIES:
        raise ConflitEtat("Cette séance est finie : son procès-verbal ne change plus.")
    seance.commission = commissions.en_json(commission)
    seance.save(update_fields=["commission"])
    constat = commissions.constater(seance, le=maintenant)
    donnees = {"siege": seance.commission, "quorum": constat.quorum.favorable if constat else None}
    noter("seance.commission", seance=seance, par=par.acteur, le=maintenant, donnees=donnees)
    return seance
