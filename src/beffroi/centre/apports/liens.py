"""Le lien qu'une collectivité reçoit :
signé, propre à sa convention, sans compte ni mot de passe.
"""

from django.core import signing

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.states import Etat
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import Introuvable

SEL = "apports.dossier"
# Ensuite, l'adhérent a ses comptes, ou n'est plus attendu : le lien n'ouvre plus rien.
LISIBLE = frozenset({Etat.CHEZ_LA_COLLECTIVITE, Etat.DELIBERATION_RECUE, Etat.SIGNEE})


def lien(convention: Convention) -> str:
    """L'adresse complète à écrire dans un courriel."""
    return lien_vers("apports:dossier", jeton(convention))


def jeton(convention: Convention) -> str:
    """Change à chaque envoi du projet : le lien d'un projet repris n'ouvre plus rien."""
    return _signataire(convention).sign(convention.reference)


def convention_du_lien(jeton_: str) -> Convention:
    """La convention de ce lien.

    Lève `Introuvable` s'il est altéré, ou si elle n'attend plus rien par là.
    """
    reference = jeton_.rpartition(":")[0]
    convention = (
        Convention.objects.filter(reference=reference).select_related("adherent__organisme").first()
    )
    if convention is None or not _est_signe(jeton_, convention):
        raise Introuvable(
            "Ce lien est incomplet, ou un projet plus récent l'a remplacé. "
            "Ouvrez le dernier courriel reçu."
        )
    if convention.etat not in LISIBLE:
        raise Introuvable(
            "Cette convention ne s'échange plus par ce lien : ouvrez votre espace, "
            "ou appelez le centre."
        )
    return convention


def _est_signe(jeton_: str, convention: Convention) -> bool:
    try:
        return _signataire(convention).unsign(jeton_) == convention.reference
    except signing.BadSignature:
        return False


def _signataire(convention: Convention) -> signing.Signer:
    envoi = convention.envoyee_le.isoformat() if convention.envoyee_le else ""
    return signing.Signer(salt=f"{SEL}:{envoi}")
