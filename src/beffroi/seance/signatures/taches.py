"""Vérifier les signatures d'une consultation, hors de la requête :
chaque fichier, dans un processus borné.
"""

from django.tasks import task

from beffroi.achat.consultations.queries import publiee
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.ports import surveillance_des_fichiers
from beffroi.seance.signatures import queries, services
from beffroi.seance.signatures.confiance import confiance
from beffroi.seance.signatures.models import VerificationDeSignature
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from formats.signature import Confiance, Demande, RapportDeSignature, verifier
from formats.signature.verification import OCTETS_LUS, TROP_GROS

SIGNABLES = (".pdf", ".xml", ".p7m", ".p7s", ".asice", ".asics")


@task()
def verifier_la_consultation(reference: str) -> None:
    """Tout ce qui n'a pas été vérifié ; reprise, la tâche ne recommence pas ce qui est fait."""
    for fichier in queries.a_verifier(publiee(reference)):
        if not _est_retenu(fichier):
            verifier_le_fichier(fichier)


def _est_retenu(fichier: FichierOuvert) -> bool:
    """Ni la signature, ni le document qu'elle signe à part, ne se lisent en quarantaine."""
    lus = [fichier, *filter(None, [queries.document_de(fichier)])]
    return any(etat.retenu for etat in surveillance_des_fichiers(lus, le=maintenant()).values())


def verifier_le_fichier(fichier: FichierOuvert) -> VerificationDeSignature:
    """La réception, que le récépissé prouve, est l'instant où le fichier était déjà signé."""
    document = queries.document_de(fichier)
    le = maintenant()
    rapport = (
        _trop_gros(fichier)
        if _pese(fichier, document)
        else verifier(_demande(fichier, document), confiance(le=le))
    )
    return services.noter_la_verification(
        fichier=fichier, document=document, rapport=rapport, maintenant=le
    )


def _pese(fichier: FichierOuvert, document: FichierOuvert | None) -> bool:
    return fichier.taille + (document.taille if document else 0) > OCTETS_LUS


def _trop_gros(fichier: FichierOuvert) -> RapportDeSignature:
    """Rien n'est lu : un fichier qui pourrait être signé reste à vérifier ailleurs,
    les autres ne le sont pas.
    """
    lacune = TROP_GROS if fichier.nom.lower().endswith(SIGNABLES) else ""
    return RapportDeSignature(
        nom=fichier.nom,
        empreinte=fichier.sha256,
        taille=fichier.taille,
        lacune=lacune,
        confiance=Confiance().phrase,
    )


def _demande(fichier: FichierOuvert, document: FichierOuvert | None) -> Demande:
    return Demande(
        nom=fichier.nom,
        octets=_octets(fichier),
        document=_octets(document) if document else None,
        nom_du_document=document.nom if document else "",
        existait_le=fichier.ouverture.pli.recu_le,
    )


def _octets(fichier: FichierOuvert) -> bytes:
    with stockage().lire(fichier.cle_de_stockage) as flux:
        return flux.read()
