"""Les procédures en deux temps de la démonstration :
l'une attend ses décisions, l'autre ses offres.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.services import Remise
from beffroi.choix.candidatures.services import Choix
from beffroi.choix.selection.queries import candidatures
from beffroi.choix.selection.services import decider_des_candidatures, inviter
from demo import documents, marches, seances
from demo.personnages import SOCIETES
from demo.peuplement import Troupe
from demo.reponses import repondre, repondre_a_l_invitation
from demo.reprise import prochain_midi

CANDIDATS = (("sophie", "faitage"), ("zoe", "zingueurs"), ("emile", "etoile"))
MOTIF = "Les références de chantiers comparables ne sont pas jointes."
ECOLE = marches.Marche(
    titre="Extension de l'école Jules-Ferry",
    objet=(
        "La commune agrandit l'école de deux classes. Elle choisit d'abord des candidats, "
        "puis lit leurs offres."
    ),
    code_cpv="45214210-5",
    type_de_procedure="appel_offres_restreint",
    articles={"objet": "Deux classes, 180 m².", "délai": "Quatorze mois."},
)
EAU = replace(
    ECOLE,
    titre="Renouvellement du réseau d'eau",
    objet="La commune remplace 2 km de conduites. Elle négocie avec les candidats retenus.",
    code_cpv="45231300-8",
    type_de_procedure="procedure_avec_negociation",
)


def raconter(troupe: Troupe, *, le: datetime) -> None:
    """Les candidatures sont ouvertes dans les deux ;
    dans la seconde, deux candidats sont invités.
    """
    a_decider = candidatures_ouvertes(ECOLE, troupe, limite=le - timedelta(days=4))
    choisir(a_decider, troupe, le=le - timedelta(days=3))
    negociee = candidatures_ouvertes(EAU, troupe, limite=le - timedelta(days=6))
    choisir(negociee, troupe, le=le - timedelta(days=5))
    tour = inviter_les_retenus(negociee, troupe, le=le - timedelta(days=4))
    invitee = tour.invitations.get(destinataire=troupe.personnes["zoe"])
    offre = {
        "acte-engagement.pdf": documents.pdf(
            "Acte d'engagement", "Zingueurs de la Lys", prix="Voir le bordereau."
        )
    }
    repondre_a_l_invitation(
        invitee, troupe, qui="zoe", le=le - timedelta(hours=20), offres={None: offre}
    )


def candidatures_ouvertes(
    marche: marches.Marche, troupe: Troupe, *, limite: datetime
) -> Consultation:
    """Trois candidatures, et la séance qui les a ouvertes."""
    debut = limite - timedelta(days=40)
    consultation = marches.rediger(marche, troupe, le=debut, limite=limite)
    consultation = marches.publier(
        consultation, troupe, ("martine", "helene", "bernard"), le=debut + timedelta(days=1)
    )
    for rang, (qui, chez) in enumerate(CANDIDATS, start=1):
        nom = next(societe.nom for societe in SOCIETES if societe.cle == chez)
        lettre = {
            "lettre-de-candidature.pdf": documents.pdf(
                "Lettre de candidature", nom, objet=consultation.titre
            )
        }
        depose = limite - timedelta(hours=rang)
        repondre(consultation, troupe, qui=qui, chez=chez, le=depose, candidature=lettre, offres={})
    seances.depouiller(
        consultation, troupe, preside="helene", avec="bernard", le=limite + timedelta(hours=5)
    )
    consultation.refresh_from_db()
    return consultation


def choisir(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """Deux candidats retenus ; la troisième entreprise ne l'est pas, et sait pourquoi."""
    choix = [
        Choix(candidature.pli, None, retenue, "" if retenue else MOTIF)
        for candidature in candidatures(consultation)
        for retenue in [candidature.pli.equipe.nom != "Couvertures Belle-Étoile"]
    ]
    decider_des_candidatures(
        consultation=consultation, choix=choix, par=troupe.personnes["martine"], maintenant=le
    )


def inviter_les_retenus(consultation: Consultation, troupe: Troupe, *, le: datetime) -> Tour:
    remise = Remise(date_limite=prochain_midi(le, dans=34))
    return inviter(
        consultation=consultation, remise=remise, par=troupe.personnes["martine"], maintenant=le
    )
