"""L'avis rendu s'écrit à qui l'a demandé : personne ne revient chaque heure voir s'il est là."""

from datetime import datetime

from beffroi.achat.relectures.models import Relecture
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a


def avis_rendu(relecture: Relecture, *, maintenant: datetime) -> None:
    personne = relecture.demandee_par
    consultation = relecture.consultation
    ecrire_a(
        personne.courriel,
        cle=f"relecture/rendue/{relecture.reference}",
        sujet=f"Avis rendu, {relecture.get_avis_display().lower()} : {consultation.titre}",
        gabarit="relectures/courriels/avis_rendu.txt",
        contexte={
            "personne": personne,
            "relecture": relecture,
            "commentaires": relecture.commentaires.count(),
            "page": lien_vers("relectures:avis", consultation.reference, relecture.reference),
        },
        maintenant=maintenant,
    )
