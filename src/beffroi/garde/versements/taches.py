"""La ronde des versements."""

from datetime import datetime

from beffroi.garde.versements import ports, queries, rules
from beffroi.garde.versements.services.envois import envoyer, relever
from beffroi.garde.versements.states import Etat
from beffroi.socle.fondations.taches import attend


def suivre(le: datetime) -> None:
    """Redemande ce qui attend une réponse, et reprend l'envoi que la file a fini par laisser."""
    service = ports.service_d_archivage()
    for versement in queries.ouverts(service.voie) if service else ():
        if not rules.est_a_suivre(suivi_le=versement.suivi_le, le=le):
            continue
        tache = envoyer if versement.etat == Etat.A_ENVOYER else relever
        if not attend(tache.module_path, versement.reference):
            tache.enqueue(versement.reference)
