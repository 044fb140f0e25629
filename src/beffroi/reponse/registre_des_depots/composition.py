"""Le registre des dépôts d'une consultation, prêt pour ses trois formats."""

from datetime import datetime

from django.conf import settings

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots import queries as depots
from formats.registre_des_depots import LigneDuRegistre, Registre


def composer(consultation: Consultation, *, etabli_le: datetime) -> Registre:
    """Le registre à cet instant ; refusé avant l'heure limite."""
    lignes = depots.registre_des_depots(consultation, le=etabli_le)
    return Registre(
        reference=consultation.reference,
        titre=consultation.titre,
        acheteur=consultation.organisme.nom,
        exploitant=settings.SERVICE["exploitant"],
        date_limite=consultation.limite,
        lignes=tuple(ligne(fait) for fait in lignes),
        etabli_le=etabli_le,
    )


def ligne(fait: depots.LigneDuRegistre) -> LigneDuRegistre:
    return LigneDuRegistre(
        ecriture=fait.pli.ecriture if fait.pli else None,
        recepisse=fait.reference,
        recu_le=fait.recu_le,
        entreprise=fait.deposant,
        identifiant=fait.identifiant,
        lots=fait.lots,
        enveloppes=fait.pli.enveloppes.count() if fait.pli else 0,
        fichiers=fait.nombre_de_fichiers,
        octets=fait.taille,
        hors_delai=fait.hors_delai,
        etat=fait.etat,
        remplace=fait.remplace or None,
        support=fait.sorte if fait.pli else f"{fait.sorte} ({fait.preuve})",
        empreinte=empreinte(fait),
    )


def empreinte(fait: depots.LigneDuRegistre) -> str:
    """Le SHA-256 de l'enregistrement du dépôt ; vide pour un dépôt matériel."""
    if fait.pli is None or not hasattr(fait.pli, "accuse"):
        return ""
    return fait.pli.accuse.empreinte.hex()
