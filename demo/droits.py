"""Les demandes sur ses données de la démonstration : une qui attend, une répondue."""

from datetime import datetime, timedelta

from beffroi.garde.conformite.models import DemandeDeDroit
from beffroi.garde.conformite.services.droits import Saisie, confirmer, demander, repondre
from demo.peuplement import Troupe

ACCES = "Quelles données gardez-vous de mon compte, et depuis quand ?"
ERREUR = "Mon nom s'écrit Duriez, avec un z, sur mon compte."
REPONSE = (
    "Votre nom est corrigé. Les actes déjà inscrits au registre gardent l'ancien : "
    "ils ne se modifient pas."
)


def raconter(troupe: Troupe, *, le: datetime) -> None:
    helene, claire = troupe.personnes["helene"], troupe.personnes["claire"]
    envoyee = demander(
        Saisie(
            DemandeDeDroit.Droit.RECTIFICATION.value,
            ERREUR,
            helene.nom,
            helene.courriel,
            "demo-droit-1",
        ),
        compte=helene,
        maintenant=le - timedelta(days=20),
    )
    corrigee = confirmer(demande=envoyee, maintenant=envoyee.recue_le)
    decision = DemandeDeDroit.Decision.EN_PARTIE.value
    repondre(
        demande=corrigee,
        decision=decision,
        reponse=REPONSE,
        par=claire,
        maintenant=le - timedelta(days=18),
    )
    a_repondre = demander(
        Saisie(
            DemandeDeDroit.Droit.ACCES.value,
            ACCES,
            "Sophie Merlin",
            "sophie.merlin@faitage.example",
            "demo-droit-2",
        ),
        compte=None,
        maintenant=le - timedelta(days=4),
    )
    confirmer(demande=a_repondre, maintenant=a_repondre.recue_le)
