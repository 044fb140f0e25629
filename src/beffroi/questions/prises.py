"""Questions et réponses : ce que ce contexte branche dans la maison."""

from beffroi.questions import a_faire, taches
from beffroi.questions.permissions import ACTES
from beffroi.socle.a_faire import DesConsultations
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.effacer,),
    a_faire=(DesConsultations(a_faire.questions_a_repondre, apres="avis.avis_prets", permis=("repondre", ACTES)),),
)
