"""L'adhérent accuse réception : un acte, sans lequel rien ne s'efface."""

from datetime import datetime

from django.db import transaction

from beffroi.garde.restitution import rules
from beffroi.garde.restitution.models import Restitution
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def accuser_reception(
    *, restitution: Restitution, empreinte: str, par: Utilisateur, maintenant: datetime
) -> Restitution:
    tenue = verrouiller(restitution)
    exiger(rules.peut_accuser_reception(etat=tenue.etat, empreinte=tenue.sha256, lue=empreinte))
    tenue.etat, tenue.recue_par, tenue.recue_le = Restitution.Etat.RECUE, par, maintenant
    tenue.save(update_fields=["etat", "recue_par", "recue_le"])
    journaliser(
        "restitution.recevoir",
        sujet=tenue.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"sha256": tenue.sha256, "manifeste": tenue.manifeste},
        organisme=tenue.organisme.siret,
    )
    return tenue
