"""Ce que l'archiviste décide :
verser, dire qu'il a remis le paquet lui-même, relancer, abandonner.
"""

from datetime import datetime

from django.db import transaction

from beffroi.garde.archives.models import Paquet
from beffroi.garde.versements import queries, rules
from beffroi.garde.versements.models import Versement
from beffroi.garde.versements.services.envois import envoyer
from beffroi.garde.versements.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def demander_le_versement(
    *, paquet: Paquet, voie: str, par: Utilisateur, maintenant: datetime
) -> Versement:
    """L'ouvrier enverra : un second clic rend le versement qui attend."""
    paquet = verrouiller(paquet)
    attend = queries.du_paquet(paquet).filter(etat=Etat.A_ENVOYER).first()
    if attend:
        return attend
    versement = _ouvrir(paquet, par=par, le=maintenant, voie=voie)
    _inscrire("versement.demander", versement, par=par, le=maintenant)
    envoyer.enqueue(versement.reference)
    return versement


@transaction.atomic
def declarer_la_remise(
    *, paquet: Paquet, remise: str, par: Utilisateur, maintenant: datetime
) -> Versement:
    """L'organisme a remis le paquet lui-même : à qui, quand, comment."""
    paquet = verrouiller(paquet)
    parti = {"etat": Etat.ENVOYE, "remise": remise, "envoye_le": maintenant}
    versement = _ouvrir(paquet, par=par, le=maintenant, voie=Versement.Voie.MAIN, **parti)
    _inscrire("versement.declarer_la_remise", versement, par=par, le=maintenant, remise=remise)
    return versement


@transaction.atomic
def relancer(
    *, versement: Versement, voie: str, par: Utilisateur, maintenant: datetime
) -> Versement:
    """L'envoi se retente, sous le même identifiant, par le service qui est réglé maintenant."""
    changes = {"voie": voie, "panne": "", "arrete": False}
    tenu = franchir(
        versement, "relancer", par=par.acteur, le=maintenant, donnees={"voie": voie}, **changes
    )
    envoyer.enqueue(tenu.reference)
    return tenu


@transaction.atomic
def abandonner(
    *, versement: Versement, motif: str, par: Utilisateur, maintenant: datetime
) -> Versement:
    """Le paquet ne se verse plus par là : il pourra l'être de nouveau.

    Ce qui est pris en charge ne s'abandonne pas.
    """
    exiger(rules.peut_abandonner(motif=motif))
    donnees = {"motif": motif}
    return franchir(
        versement,
        "abandonner",
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
        motif_d_abandon=motif,
    )


def _ouvrir(
    paquet: Paquet, *, par: Utilisateur, le: datetime, voie: str, **parti: object
) -> Versement:
    etats = queries.du_paquet(paquet).values_list("etat", flat=True)
    exiger(
        rules.peut_verser(
            paquet_etabli=paquet.etat == Paquet.Etat.ETABLI,
            detruit=queries.est_detruit(paquet),
            versements=list(etats),
        )
    )
    champs = {
        "paquet": paquet,
        "sha256": paquet.sha256,
        "voie": voie,
        "demande_par": par,
        "demande_le": le,
        **parti,
    }
    return Versement.objects.create(**champs)


def _inscrire(
    acte: str, versement: Versement, *, par: Utilisateur, le: datetime, **donnees: str
) -> None:
    dites = {
        "paquet": versement.paquet.reference,
        "consultation": versement.paquet.consultation.reference,
        "sha256": versement.sha256,
        "voie": versement.voie,
        **donnees,
    }
    siret = versement.organisme_du_journal
    journaliser(
        acte, sujet=versement.reference, par=par.acteur, le=le, donnees=dites, organisme=siret
    )
