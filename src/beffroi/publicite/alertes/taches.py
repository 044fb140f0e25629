"""Les rondes des alertes : annoncer ce qui vient de paraître, écrire le résumé de huit heures."""

from datetime import datetime

from beffroi.personnes.abonnements.rules import dernier_resume
from beffroi.publicite.alertes import queries, services

ADRESSES_PAR_RONDE = SUIVIS_PAR_RONDE = 200


def annoncer(le: datetime) -> None:
    """Ronde : rien n'est écrit, et rien n'est retenu, tant que rien n'a paru.

    Puis un courriel par transaction.
    """
    if queries.en_attente().exists():
        services.chercher_qui_les_attend(le=le)
    for suivi in queries.suivis_a_prevenir()[:SUIVIS_PAR_RONDE]:
        services.ecrire_l_alerte(suivi=suivi, maintenant=le)


def envoyer_les_resumes(le: datetime) -> None:
    """Ronde : à partir de huit heures, un courriel par adresse qui a des trouvailles.

    Un retard n'en perd aucune.
    """
    jusqu_a = dernier_resume(le)
    for adresse in queries.adresses_du_resume(jusqu_a)[:ADRESSES_PAR_RONDE]:
        services.ecrire_le_resume(adresse=adresse, jusqu_a=jusqu_a, maintenant=le)
