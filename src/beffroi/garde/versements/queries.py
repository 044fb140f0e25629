"""Lire les versements d'un organisme :
ce qui reste à verser, ce qui attend une réponse, ce qui est pris en charge.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from beffroi.garde.archives import copies
from beffroi.garde.archives.models import Paquet
from beffroi.garde.versements.models import MessageDuService, Versement
from beffroi.garde.versements.permissions import ACTES
from beffroi.garde.versements.ports import Transfert
from beffroi.garde.versements.states import ATTENDUS, VIVANTS, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.fondations.stockage import stockage

LIENS = ("paquet__consultation__organisme", "demande_par", "accuse", "reponse")


def paquet_pour(personne: Utilisateur, reference: str, le: datetime) -> Paquet:
    paquet = (
        Paquet.objects.filter(reference=reference)
        .select_related("consultation__organisme", "demande_par")
        .first()
    )
    if paquet is None:
        raise Introuvable()
    exiger_role(habilitation_dans(personne, paquet.consultation.organisme, le), "verser", ACTES)
    return paquet


def versement_pour(personne: Utilisateur, reference: str, acte: str, le: datetime) -> Versement:
    trouve = Versement.objects.filter(reference=reference).select_related(*LIENS).first()
    if trouve is None:
        raise Introuvable()
    exiger_role(habilitation_dans(personne, trouve.paquet.consultation.organisme, le), acte, ACTES)
    return trouve


def a_verser(organismes: Iterable[Organisme]) -> list[Paquet]:
    """Le dernier paquet établi de chaque consultation dont aucun n'est versé."""
    versees = Versement.objects.filter(etat__in=VIVANTS).values("paquet__consultation")
    etablis = Paquet.objects.filter(etat=Paquet.Etat.ETABLI, consultation__organisme__in=organismes)
    restants = etablis.exclude(consultation__in=versees).select_related("consultation__organisme")
    detruits = copies.lignes_detruites().values("cle_de_stockage")
    derniers: dict[int, Paquet] = {}
    for paquet in restants.exclude(cle_de_stockage__in=detruits).order_by("-demande_le", "-pk"):
        derniers.setdefault(paquet.consultation_id, paquet)
    return list(derniers.values())


def est_detruit(paquet: Paquet) -> bool:
    """Ses octets sont partis sous visa, avec les pièces qu'il copiait."""
    return bool(copies.detruites([paquet.cle_de_stockage]))


def versements_de(organismes: Iterable[Organisme]) -> QuerySet[Versement]:
    return Versement.objects.filter(paquet__consultation__organisme__in=organismes).select_related(
        *LIENS
    )


@prete
def arretes_de(organismes: list[Organisme]) -> QuerySet[Versement]:
    """Ceux qui ont été refusés, ou qui ne sont pas partis."""
    return versements_de(organismes).filter(etat__in=(Etat.REFUSE, Etat.A_ENVOYER))


def a_reprendre(organismes: Iterable[Organisme]) -> list[Versement]:
    """Le dernier versement d'une consultation, s'il est refusé ou si son envoi est arrêté."""
    derniers: dict[int, Versement] = {}
    for versement in versements_de(organismes).order_by("demande_le", "pk"):
        derniers[versement.paquet.consultation_id] = versement
    return [
        un
        for un in derniers.values()
        if un.etat == Etat.REFUSE or (un.etat == Etat.A_ENVOYER and un.arrete)
    ]


def du_paquet(paquet: Paquet) -> QuerySet[Versement]:
    return Versement.objects.filter(paquet=paquet)


def deja_lus(paquet: Paquet) -> set[str]:
    """Les empreintes des messages enregistrés, d'un versement à l'autre :
    un refus ancien ne ferme pas le suivant.
    """
    gardes = du_paquet(paquet).values_list("accuse__sha256", "reponse__sha256")
    return {sha256 for deux in gardes for sha256 in deux if sha256}


def ouverts(voie: str) -> QuerySet[Versement]:
    """Ceux que l'ouvrier a encore à mener par cette voie ;
    ce qui est remis à la main n'est demandé à aucun service.
    """
    return Versement.objects.filter(voie=voie, arrete=False, etat__in={Etat.A_ENVOYER, *ATTENDUS})


def transfert_de(versement: Versement) -> Transfert:
    paquet = versement.paquet
    return Transfert(
        cle=versement.reference,
        identifiant=paquet.reference,
        taille=paquet.taille or 0,
        sha256=versement.sha256,
        ouvrir=lambda: stockage().lire(paquet.cle_de_stockage),
    )


def message(versement: Versement, lequel: str) -> MessageDuService:
    """L'accusé ou la réponse ; un autre nom n'existe pas."""
    trouve = {"accuse.xml": versement.accuse, "reponse.xml": versement.reponse}.get(lequel)
    if trouve is None:
        raise Introuvable()
    return trouve
