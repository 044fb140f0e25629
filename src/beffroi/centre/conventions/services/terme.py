"""Le terme approche, puis passe : la convention se reconduit sans qu'on écrive (ruling 21)."""

from datetime import datetime
from typing import cast

from django.db import transaction

from beffroi.centre.conventions import queries
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.rules import duree
from beffroi.centre.conventions.states import Etat
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.franchissement import franchir
from formats.dates import PARIS


@transaction.atomic
def suivre_le_terme(*, convention: Convention, maintenant: datetime) -> Convention:
    """Six mois avant, elle est à renouveler ;
    le terme passé, elle court de nouveau, selon ce que l'exploitant a décidé.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    le, terme = maintenant.astimezone(PARIS).date(), convention.terme
    if terme is None:
        return convention
    if convention.etat == Etat.ACTIVE and duree.alerte_due(terme, le=le) is not None:
        return franchir(
            convention,
            "approcher_du_terme",
            par=PLATEFORME,
            le=maintenant,
            donnees={"terme": terme.isoformat()},
        )
    if convention.etat in (Etat.A_RENOUVELER, Etat.ACTIVE) and le > terme:
        return _reconduire(convention, maintenant=maintenant)
    return convention


def _reconduire(convention: Convention, *, maintenant: datetime) -> Convention:
    assert convention.terme is not None
    le = maintenant.astimezone(PARIS).date()
    reconduite = cast(duree.Reconduite, queries.parametres_en_vigueur(le)["duree_reconduite"])
    suivant = duree.terme_apres(convention.terme, reconduite=reconduite)
    if convention.etat == Etat.ACTIVE:
        convention = franchir(convention, "approcher_du_terme", par=PLATEFORME, le=maintenant)
    donnees = {"reconduite": reconduite, "terme": suivant.isoformat() if suivant else ""}
    return franchir(
        convention, "reconduire", par=PLATEFORME, le=maintenant, donnees=donnees, terme=suivant
    )
