"""La répétition, telle que les vues du code et des clés la mènent (`ouverture.views.cles`)."""

from beffroi.seance.ouverture.services import code
from beffroi.seance.ouverture.views.cles import Ceremonie
from beffroi.seance.repetition import ecrans, queries, services
from beffroi.seance.repetition.models import Repetition

REPETITION = Ceremonie[Repetition](
    trouver=queries.repetition_pour,
    pour_regarder="voir_la_repetition",
    pour_presider="repeter",
    etat=lambda table, utilisateur, le: ecrans.Tableau(table, utilisateur).dialogue(),
    verifier=lambda seance, maintenant: seance,
    confirmer=code.confirmer_le_code,
    remettre=services.remettre_sa_part,
    tourner=services.tourner_les_cles,
)
