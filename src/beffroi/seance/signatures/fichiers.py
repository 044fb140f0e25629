"""Les signatures d'un fichier qui arrive, lues et jugées :
pour les contextes du dessus, qui gardent leurs propres fichiers.
"""

from datetime import datetime
from typing import Any

from beffroi.seance.signatures.confiance import confiance
from formats.signature import Demande, SignatureLue, SignatureVerifiee, pour_le_dossier, verifier


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
