"""Ce qu'une vérification conclut,
dans les mots d'ETSI EN 319 102-1 (article 5.1.3), et ce qu'on en dit en français.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """Les trois issues de la norme. Seule la première est une bonne nouvelle."""

    REUSSIE = "TOTAL-PASSED"
    INDETERMINEE = "INDETERMINATE"
    ECHEC = "TOTAL-FAILED"

    @property
    def en_francais(self) -> str:
        return _EN_FRANCAIS[self]


_EN_FRANCAIS = {
    Verdict.REUSSIE: "Signature valable",
    Verdict.INDETERMINEE: "Signature à examiner",
    Verdict.ECHEC: "Signature non valable",
}

# Les sous-indications qui font échouer ; toute autre laisse la question ouverte.
ECHECS = frozenset(
    {"FORMAT_FAILURE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE", "REVOKED", "NOT_YET_VALID"}
)

PHRASES = {
    "": "Tout ce qui se vérifie seul l'a été, sans défaut.",
    "FORMAT_FAILURE": "La signature ne respecte pas sa norme : elle n'a pas pu être lue.",
    "HASH_FAILURE": (
        "Le document n'est pas celui qui a été signé : il a changé depuis, ou c'en est un autre."
    ),
    "SIG_CRYPTO_FAILURE": "La signature n'est pas celle du certificat joint.",
    "REVOKED": "Le certificat était révoqué à la date de signature.",
    "NOT_YET_VALID": "Le certificat n'était pas encore valable à la date de signature.",
    "SIG_CONSTRAINTS_FAILURE": (
        "La signature ne couvre pas tout ce que l'on lit, ou pas comme il faut."
    ),
    "CHAIN_CONSTRAINTS_FAILURE": (
        "Le certificat n'est pas fait pour signer, ou sa chaîne ne le permet pas."
    ),
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": "La chaîne du certificat n'a pas pu être vérifiée.",
    "CRYPTO_CONSTRAINTS_FAILURE": (
        "Un algorithme employé n'est plus sûr (SHA-1, MD5 ou clé trop courte)."
    ),
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": (
        "Un algorithme employé n'est plus sûr, et rien ne prouve qu'il l'était alors."
    ),
    "EXPIRED": "Le certificat avait expiré quand la signature a été faite.",
    "OUT_OF_BOUNDS_NO_POE": (
        "Le certificat n'était pas valable à la date prouvée ; "
        "rien ne prouve qu'il ait signé avant."
    ),
    "OUT_OF_BOUNDS_NOT_REVOKED": (
        "Le certificat a expiré sans être révoqué ; rien ne prouve qu'il ait signé avant."
    ),
    "REVOKED_NO_POE": "Le certificat a été révoqué, et rien ne prouve qu'il ait signé avant.",
    "REVOKED_CA_NO_POE": (
        "Une autorité de la chaîne a été révoquée, et rien ne prouve que la signature soit d'avant."
    ),
    "NO_SIGNING_CERTIFICATE_FOUND": (
        "Le certificat du signataire manque, ou n'est pas celui que la signature nomme."
    ),
    "NO_CERTIFICATE_CHAIN_FOUND": (
        "Document intact. Le certificat ne remonte à aucune autorité connue d'ici."
    ),
    "NO_POE": (
        "Rien ne prouve quand la signature a été faite : ni horodatage reconnu, "
        "ni date de réception donnée."
    ),
    "TRY_LATER": (
        "Document intact, autorité connue. Que le certificat n'ait pas été révoqué n'a "
        "pas pu être vérifié."
    ),
    "SIGNED_DATA_NOT_FOUND": (
        "La signature est séparée de son document, et le document n'a pas été donné."
    ),
    "GENERIC": "La signature sort de ce qui se vérifie ici avec certitude.",
}


# Ce que nos bibliothèques ne lisent pas n'est pas pour autant un faux : le doute reste un doute.
ILLISIBLE = (
    "La signature n'a pas pu être lue : elle ne respecte pas sa norme, "
    "ou en emploie une partie rare."
)

AUTRE_DOCUMENT = (
    "La signature couvre ce que contient son propre fichier, et non le document donné à part."
)


def verdict_de(sous_indication: str) -> Verdict:
    if not sous_indication:
        return Verdict.REUSSIE
    return Verdict.ECHEC if sous_indication in ECHECS else Verdict.INDETERMINEE


def phrase_de(sous_indication: str) -> str:
    return PHRASES.get(sous_indication, PHRASES["GENERIC"])


class HorsProfil(Exception):
    """Ce fichier sort de ce qui se vérifie :
    pourquoi, dans les mots de la norme et dans les nôtres.
    """

    def __init__(self, sous_indication: str, phrase: str) -> None:
        self.sous_indication = sous_indication
        self.phrase = phrase
        super().__init__(f"{sous_indication} : {phrase}")
