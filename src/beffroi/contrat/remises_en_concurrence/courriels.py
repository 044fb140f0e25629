"""Ce qui s'écrit aux titulaires :
l'invitation, la même pour tous et au même instant, puis ce qui change.
"""

from datetime import datetime

from django.conf import settings

from beffroi.achat.consultations.models import EntrepriseInvitee
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.socle.fondations.services import ecrire_courriel
from formats import dates


def adresse_de(remise: RemiseEnConcurrence) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}/remises-en-concurrence/{remise.reference}/"


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
    lignes = [
        *lettre(remise),
        "",
        f"Lire le dossier et répondre : {adresse_de(remise)}",
        *_signature(),
    ]
    ecrire_courriel(
        cle=f"remise:{remise.reference}:{invitee.siret}",
        destinataire=invitee.courriel,
        sujet=f"Invitation à remettre une offre : {remise.consultation.titre}",
        texte="\n".join(lignes),
        maintenant=le,
    )


def ecrire_un_changement(
    remise: RemiseEnConcurrence, invitee: EntrepriseInvitee, *, quoi: str, sujet: str, le: datetime
) -> None:
    lignes = [
        f"Consultation : {remise.consultation.reference}, {remise.consultation.titre}.",
        quoi,
        "",
        f"Votre invitation : {adresse_de(remise)}",
        *_signature(),
    ]
    ecrire_courriel(
        cle=f"remise:{remise.reference}:{invitee.siret}:{le.isoformat()}",
        destinataire=invitee.courriel,
        sujet=f"{sujet} : {remise.consultation.titre}",
        texte="\n".join(lignes),
        maintenant=le,
    )


def _signature() -> list[str]:
    service = settings.SERVICE
    return [
        "",
        f"{service['exploitant']}",
        f"Assistance : {service['telephone']}, {service['horaires']}",
    ]
