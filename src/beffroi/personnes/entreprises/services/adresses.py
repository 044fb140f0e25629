"""L'adresse d'un compte change : chaque équipe de la personne l'apprend, et l'ancienne adresse."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import queries
from beffroi.personnes.entreprises.alarmes import Fait
from beffroi.personnes.entreprises.courriels import avec_le_lien, ecrire_a_l_equipe


@transaction.atomic
def annoncer_l_adresse(*, utilisateur: Utilisateur, ancienne: str, maintenant: datetime) -> None:
    """Qui prend un compte en change l'adresse : ses collègues, eux, lisent toujours la leur."""
    for membre in queries.membres_de(utilisateur):
        ecrire_a_l_equipe(
            membre.equipe,
            cle=f"adresse/{membre.reference}/{maintenant.isoformat()}",
            sujet=f"L'adresse de {utilisateur.nom} vient de changer",
            gabarit="adresse",
            contexte={"membre": membre, "ancienne": ancienne},
            ailleurs={ancienne: utilisateur},
            propre=avec_le_lien(membre, Fait.ADRESSE),
            maintenant=maintenant,
        )
