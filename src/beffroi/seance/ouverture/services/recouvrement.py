"""Le recours aux gardiens pour ouvrir : la séance les appelle, et chacun le sait."""

from datetime import datetime

from beffroi.achat.consultations.services import OUVRIR, Recours, recourir_aux_gardiens
from beffroi.seance.ouverture import queries
from beffroi.seance.ouverture.models import Seance
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.journal.acteurs import Acteur


def annoncer_le_recouvrement(*, seance: Seance, par: Acteur, maintenant: datetime) -> None:
    """Leur place à la table leur ouvre la séance, et elle seule."""
    places = seance.participants.filter(gardien=True).select_related("utilisateur")
    recours = Recours(
        motif=OUVRIR,
        demande=seance.demande_ecrite,
        gardiens=[place.utilisateur for place in places if place.utilisateur],
        adresse=lien_vers("ouverture:seance", seance.reference),
        interlocuteur=f"Préside la séance : {seance.presidee_par}",
        sujet=seance.reference,
        cle=seance.reference,
    )
    seuil = queries.seuil_de(seance)
    recourir_aux_gardiens(
        consultation=seance.consultation,
        recours=recours,
        seuil=seuil,
        par=par,
        maintenant=maintenant,
    )
