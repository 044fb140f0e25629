"""Ce qu'une signature de défi prouve : un certificat qualifié, bon à cet instant, de l'entreprise.

Règlement (UE) n° 910/2014, art. 28 et annexe I : l'autorité a contrôlé le numéro qu'elle inscrit.
Une liste de confiance dit si le certificat est qualifié ; sans elle, rien ne s'établit.
"""

from collections.abc import Collection
from dataclasses import dataclass

from droit.decision import Decision, Motif

ADRESSE_DU_CENTRE = (
    "Un autre moyen existe : montrer des pièces au centre de gestion, "
    "ou recevoir un code par la poste."
)
REVOQUEES = frozenset({"REVOKED", "REVOKED_NO_POE", "REVOKED_CA_NO_POE"})
HORS_DE_SES_DATES = frozenset(
    {"EXPIRED", "NOT_YET_VALID", "OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED"}
)
INCONNUES = frozenset({"NO_CERTIFICATE_CHAIN_FOUND", "CERTIFICATE_CHAIN_GENERAL_FAILURE"})


@dataclass(frozen=True)
class SignatureDuDefi:
    """Ce que la vérification a constaté, en valeurs nues.

    `sous_indication` : celle d'EN 319 102-1, vide si rien ne manque. `entreprises` : celles que le
    certificat nomme. `listes` : ce à quoi l'on se fie ici.
    """

    sous_indication: str
    phrase: str
    couvre_tout: bool
    qualifie: bool
    emetteur: str
    entreprises: Collection[str]
    listes: str


def certificat_prouve(signature: SignatureDuDefi, *, entreprise: str) -> Decision:
    """Le premier défaut, du plus certain au moins certain ; chacun sa phrase."""
    motif = (
        _de_l_entreprise(signature, entreprise)
        if not (defaut := _de_la_signature(signature))
        else defaut
    )
    return Decision.selon(motif)


def _de_la_signature(signature: SignatureDuDefi) -> Motif | None:
    trouvee = signature.sous_indication
    if trouvee in REVOQUEES:
        return Motif(
            "Le certificat est révoqué : il ne prouve plus rien. Signez d'un certificat en cours."
        )
    if trouvee in HORS_DE_SES_DATES:
        return Motif(
            "Le certificat a expiré, ou n'est pas encore valable. Signez d'un certificat en cours."
        )
    if trouvee in INCONNUES:
        return Motif(
            f"Non établi : l'autorité « {signature.emetteur} » n'est sur aucune liste de confiance "
            f"installée ici ({signature.listes}). {ADRESSE_DU_CENTRE}"
        )
    if trouvee == "TRY_LATER":
        return Motif(
            "Non établi : rien ici ne dit si ce certificat a été révoqué. Joignez la preuve de "
            f"révocation à la signature (niveau B-LT), ou réessayez demain. {ADRESSE_DU_CENTRE}"
        )
    if trouvee:
        return Motif(f"Non établi : {signature.phrase} Signez de nouveau le défi, tel quel.")
    if not signature.couvre_tout:
        return Motif("La signature ne couvre pas tout le défi. Signez-le de nouveau, tel quel.")
    return None


def _de_l_entreprise(signature: SignatureDuDefi, entreprise: str) -> Motif | None:
    if not signature.qualifie:
        return Motif(
            f"Non établi : aucune liste de confiance installée ici ({signature.listes}) ne dit "
            f"qualifié, pour signer, ce certificat de « {signature.emetteur} ». {ADRESSE_DU_CENTRE}"
        )
    if not signature.entreprises:
        return Motif(
            "Ce certificat ne porte le numéro d'aucune entreprise : il dit qui vous êtes, non pour "
            f"qui vous agissez. Signez de celui de l'entreprise. {ADRESSE_DU_CENTRE}"
        )
    if set(signature.entreprises) != {entreprise}:
        portes = ", ".join(sorted(signature.entreprises))
        return Motif(
            f"Ce certificat est celui d'une autre entreprise ({portes}) : votre équipe dit "
            f"{entreprise}. Signez du vôtre, ou changez d'équipe."
        )
    return None
