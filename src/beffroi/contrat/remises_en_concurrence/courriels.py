"""Ce qui s'écrit aux titulaires :
l'invitation, la même pour tous et au même instant, puis ce qui change.
"""

from datetime import datetime

from beffroi.achat.consultations.models import EntrepriseInvitee
from beffroi.contrat.remises_en_concurrence import liens
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.socle.fondations.services import ecrire_a
from formats import dates


def lettre(remise: RemiseEnConcurrence) -> list[str]:
    """Le besoin, les critères, l'heure limite (CCP, art. R. 2162-10)."""
    consultation, accord = remise.consultation, remise.accord_cadre
    return [
        (
            f"{consultation.organisme.nom} vous consulte, "
            f"comme titulaire de l'accord-cadre {accord.numero} : {accord.objet}."
        ),
        f"Ce qui est demandé : {consultation.titre}.",
        remise.besoin,
        f"Critères, tels que l'accord-cadre les fixe : {remise.criteres}",
        f"Date et heure limites de remise des offres : {dates.jour_et_heure(consultation.limite)}.",
        "L'offre se remet ici, scellée, en français. Personne ne la lit avant l'heure limite ; "
        "l'heure qui compte est celle "
        "du serveur.",
    ]


def ecrire_l_invitation(
    remise: RemiseEnConcurrence, invitee: EntrepriseInvitee, *, le: datetime
) -> None:
    ecrire_a(
        invitee.courriel,
        cle=f"remise:{remise.reference}:{invitee.siret}",
        sujet=f"Invitation à remettre une offre : {remise.consultation.titre}",
        gabarit="remises_en_concurrence/courriels/invitation.txt",
        contexte={"lettre": lettre(remise), "page": liens.adresse_de(remise, invitee)},
        maintenant=le,
    )


def ecrire_un_changement(
    remise: RemiseEnConcurrence, invitee: EntrepriseInvitee, *, quoi: str, sujet: str, le: datetime
) -> None:
    consultation = remise.consultation
    ecrire_a(
        invitee.courriel,
        cle=f"remise:{remise.reference}:{invitee.siret}:{le.isoformat()}",
        sujet=f"{sujet} : {consultation.titre}",
        gabarit="remises_en_concurrence/courriels/changement.txt",
        contexte={
            "consultation": consultation,
            "quoi": quoi,
            "page": liens.adresse_de(remise, invitee),
        },
        maintenant=le,
    )
