"""« Ce n'est pas moi » d'un fait de l'équipe : l'équipe et l'assistance l'apprennent aussitôt."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.entreprises.alarmes import Alarme
from beffroi.personnes.entreprises.courriels import ecrire_a_l_equipe
from beffroi.personnes.entreprises.events import AlarmeDonnee
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def donner_l_alarme(*, alarme: Alarme, maintenant: datetime) -> bool:
    """Prévient qui peut y remédier, et ne change rien : la personne dite a peut-être raison d'être
    là. Faux si quelqu'un l'avait déjà dit de ce fait.
    """
    membre = verrouiller(alarme.membre, avec=("equipe", "utilisateur"))
    ecrite = ecrire_a_l_equipe(
        membre.equipe,
        cle=alarme.cle,
        sujet=f"Ce n'est pas moi : {alarme.fait.en_clair} de {membre.utilisateur.nom}",
        gabarit="alarme",
        contexte={"alarme": alarme, "le": maintenant},
        aussi=(alarme.personne,),
        maintenant=maintenant,
    )
    if not ecrite:
        return False
    journaliser(
        "membre.alarme",
        sujet=membre.reference,
        par=alarme.personne.acteur,
        le=maintenant,
        donnees={"fait": alarme.fait.value},
    )
    evenements.publier(AlarmeDonnee(alarme=alarme, le=maintenant))
    return True
