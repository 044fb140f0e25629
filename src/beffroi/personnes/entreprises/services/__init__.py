"""Les actes d'une équipe : la fonder, y être reconnu, y inviter, la quitter, la réunir."""

from beffroi.personnes.entreprises.services.adresses import annoncer_l_adresse
from beffroi.personnes.entreprises.services.alarmes import donner_l_alarme
from beffroi.personnes.entreprises.services.demandes import (
    demander_a_rejoindre,
    ecarter,
    reconnaitre,
)
from beffroi.personnes.entreprises.services.departs import (
    detacher_membre,
    finir_l_appartenance,
)
from beffroi.personnes.entreprises.services.equipes import (
    Lieu,
    inscrire_entreprise,
    inscrire_membre,
    presenter,
    reunir,
)
from beffroi.personnes.entreprises.services.invitations import (
    INVITATIONS_PAR_ADRESSE,
    INVITATIONS_PAR_JOUR,
    accepter_l_invitation,
    annuler_l_invitation,
    inviter_un_collegue,
    oublier_les_invitations,
)
from beffroi.personnes.entreprises.services.reouverture import rouvrir_l_equipe
from beffroi.personnes.entreprises.services.reseaux import oublier_les_reseaux

__all__ = [
    "INVITATIONS_PAR_ADRESSE",
    "INVITATIONS_PAR_JOUR",
    "Lieu",
    "accepter_l_invitation",
    "annoncer_l_adresse",
    "annuler_l_invitation",
    "demander_a_rejoindre",
    "detacher_membre",
    "donner_l_alarme",
    "ecarter",
    "finir_l_appartenance",
    "inscrire_entreprise",
    "inscrire_membre",
    "inviter_un_collegue",
    "oublier_les_invitations",
    "oublier_les_reseaux",
    "presenter",
    "reconnaitre",
    "reunir",
    "rouvrir_l_equipe",
]
