"""Ce qu'on sait des signatures d'une consultation,
et le rapport d'un fichier, pour les contextes du dessus.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.seance.ouverture import queries as ouverture
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli
from beffroi.seance.signatures import rules
from beffroi.seance.signatures.confiance import confiance
from beffroi.seance.signatures.models import ConfirmationDuSignataire, VerificationDeSignature
from beffroi.seance.signatures.permissions import ACTES
from beffroi.socle.fondations.taches import attend
from formats.signature import (
    Demande,
    RapportDeSignature,
    SignatureLue,
    SignatureVerifiee,
    pour_le_dossier,
    verifier,
)

TACHE = "beffroi.seance.signatures.taches.verifier_la_consultation"


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation, pour qui lit ses réponses ; 403 sans le rôle de cet acte."""
    consultation = ouverture.consultation_pour(utilisateur, reference, "lire_les_plis", le=le)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def fichier_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> FichierOuvert:
    fichier = ouverture.fichier_ouvert_pour(utilisateur, reference, le=le)
    organisme = fichier.ouverture.seance.consultation.organisme
    exiger_role(habilitation_dans(utilisateur, organisme, le), acte, ACTES)
    return fichier


def verification_de(fichier: FichierOuvert) -> VerificationDeSignature | None:
    """La dernière ; aucune tant que le fichier n'a pas été vérifié."""
    return VerificationDeSignature.objects.filter(fichier=fichier).order_by("-pk").first()


def rapport_de(fichier: FichierOuvert) -> RapportDeSignature | None:
    """Pour les contextes du dessus : le dernier rapport, ou rien.

    Une offre non signée n'est pas un défaut.
    """
    verification = verification_de(fichier)
    return verification.lu if verification else None


def confirmation_de(fichier: FichierOuvert) -> ConfirmationDuSignataire | None:
    """La dernière confirmation, pourvu qu'elle porte sur la dernière vérification."""
    verification = verification_de(fichier)
    return verification.confirmations.order_by("-pk").first() if verification else None


def dernieres_verifications(
    fichiers: Iterable[FichierOuvert],
) -> dict[int, VerificationDeSignature]:
    faites = VerificationDeSignature.objects.filter(
        fichier__in=[fichier.pk for fichier in fichiers]
    )
    return {
        faite.fichier_id: faite for faite in faites.prefetch_related("confirmations__confirmee_par")
    }


def issues_de(consultation: Consultation) -> list[str | None]:
    """De chaque fichier ouvert, ce que sa dernière vérification a trouvé ;
    rien de ceux qui n'en ont pas.
    """
    fichiers = FichierOuvert.objects.filter(
        ouverture__seance__consultation=consultation, ouverture__etat=OuverturePli.Etat.OUVERTE
    )
    dernieres = fichiers.values_list("pk", "verifications__issue").order_by("verifications__pk")
    return list(dict(dernieres).values())


def ouvertures_de(consultation: Consultation) -> list[OuverturePli]:
    return ouverture.fichiers_ouverts(consultation)


def fichiers_de(consultation: Consultation) -> list[FichierOuvert]:
    return [fichier for pli in ouvertures_de(consultation) for fichier in pli.fichiers.all()]


def a_verifier(consultation: Consultation) -> list[FichierOuvert]:
    """Ceux qu'aucune vérification n'a encore lus."""
    fichiers = fichiers_de(consultation)
    faites = dernieres_verifications(fichiers)
    return [fichier for fichier in fichiers if fichier.pk not in faites]


def document_de(fichier: FichierOuvert) -> FichierOuvert | None:
    """Le document que ce fichier signerait à part, dans la même enveloppe."""
    voisins = {voisin.nom: voisin for voisin in fichier.ouverture.fichiers.all()}
    nom = rules.document_signe(fichier.nom, voisins)
    return voisins[nom] if nom else None


def est_en_cours(consultation: Consultation) -> bool:
    """Une vérification demandée, que l'ouvrier n'a pas finie."""
    return attend(TACHE, consultation.reference)


def lire_et_juger(
    nom: str, octets: bytes, *, recu_le: datetime
) -> tuple[tuple[dict[str, Any], ...], bool]:
    """Ce que chaque signature vaut à la réception ;
    et s'il en est une que rien ne lit, qu'une personne jugera.
    """
    rapport = verifier(Demande(nom, octets, existait_le=recu_le), confiance(le=recu_le))
    lisibles = [une for une in rapport.signatures if une.certificat]
    illisibles = bool(rapport.lacune) or len(lisibles) < len(rapport.signatures)
    return tuple(pour_le_dossier(_lue(une)) for une in lisibles), illisibles


def _lue(signature: SignatureVerifiee) -> SignatureLue:
    certificat = signature.certificat
    assert certificat is not None
    return SignatureLue(
        signataire=certificat.signataire,
        emetteur=certificat.emetteur,
        intacte=signature.sous_indication not in {"HASH_FAILURE", "SIG_CRYPTO_FAILURE"},
        couvre_tout=signature.couvre_tout,
        declaree_le=signature.horodatee_le or signature.declaree_le,
        horodatee=signature.horodatee_le is not None,
        certificat_jusqu_au=certificat.valable_au,
        verdict=str(signature.verdict),
        motif=signature.motif,
        categorie=certificat.categorie,
        origine=signature.origine,
    )
