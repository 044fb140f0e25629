"""Lire le registre des dépôts d'une consultation."""

from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots import queries as depots
from beffroi.reponse.registre_des_depots.models import RegistreScelle
from beffroi.reponse.registre_des_depots.permissions import ACTES
from beffroi.socle.fondations import exploitant
from beffroi.socle.journal import tirages
from formats import registre_des_depots as formats
from formats.registre_des_depots import LigneDuRegistre, Registre


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation, pour un acte sur son registre :
    404 si elle est étrangère, 403 sans le rôle.
    """
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def dernier_tirage(consultation: Consultation) -> RegistreScelle | None:
    """Le dernier tirage scellé : c'est lui qui se télécharge."""
    return RegistreScelle.objects.filter(consultation=consultation).order_by("-numero").first()


def tirages_precedents(consultation: Consultation) -> list[RegistreScelle]:
    """Les tirages que d'autres ont suivis, du plus récent au plus ancien."""
    return list(RegistreScelle.objects.filter(consultation=consultation).order_by("-numero")[1:])


def a_change(tirage: RegistreScelle, registre: Registre) -> bool:
    """Le registre d'aujourd'hui n'est plus celui de ce tirage."""
    return tirages.a_change(tirage, formats.csv(registre))


def registre_de(consultation: Consultation, *, etabli_le: datetime) -> Registre:
    """Le registre à cet instant ; refusé avant l'heure limite."""
    lignes = depots.registre_des_depots(consultation, le=etabli_le)
    return Registre(
        reference=consultation.reference,
        titre=consultation.titre,
        acheteur=consultation.organisme.nom,
        exploitant=exploitant.nom(etabli_le),
        date_limite=consultation.limite,
        lignes=tuple(_ligne(fait) for fait in lignes),
        etabli_le=etabli_le,
    )


def _ligne(fait: depots.LigneDuRegistre) -> LigneDuRegistre:
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
        empreinte=_empreinte(fait),
    )


def _empreinte(fait: depots.LigneDuRegistre) -> str:
    """Le SHA-256 de l'enregistrement du dépôt ; vide pour un dépôt matériel."""
    if fait.pli is None or not hasattr(fait.pli, "accuse"):
        return ""
    return fait.pli.accuse.empreinte.hex()
