"""Ce certificat peut-il signer aujourd'hui ? Vérifié avant de signer : après, il est trop tard."""

from datetime import datetime
from typing import Any

from formats.dates import jour
from formats.signature.certificats import nom_commun
from formats.signature.refus_de_signer import RefusDeSigner

type Asn1 = Any
BITS_DE_RSA = 2048


def exiger_qu_il_signe(certificat: Asn1, *, le: datetime) -> None:
    """Lève `RefusDeSigner`.

    L'usage « nonRepudiation » est celui d'un engagement (ETSI EN 319 412-2, 4.3.2).
    """
    nom, du, au = (
        nom_commun(certificat.subject),
        certificat.not_valid_before,
        certificat.not_valid_after,
    )
    if le > au:
        raise RefusDeSigner(
            f"Le certificat de {nom} a expiré le {jour(au)} : sa signature ne vaudrait rien. "
            "Renouvelez-le auprès de "
            "votre autorité, puis recommencez."
        )
    if le < du:
        raise RefusDeSigner(
            f"Le certificat de {nom} ne vaut qu'à partir du {jour(du)} : attendez ce jour, "
            "ou employez-en un autre."
        )
    usages = certificat.key_usage_value
    if usages is None or "non_repudiation" not in usages.native:
        raise RefusDeSigner(
            f"Le certificat de {nom} n'est pas fait pour signer : "
            "il sert à s'identifier ou à chiffrer (son usage "
            "« nonRepudiation » manque). Prenez celui que votre autorité a remis pour la signature."
        )
    cle = certificat.public_key
    if cle.algorithm in {"rsa", "rsassa_pss"} and cle.bit_size < BITS_DE_RSA:
        raise RefusDeSigner(
            f"La clé de {nom} est trop courte ({cle.bit_size} bits) : elle n'est plus sûre. "
            "Renouvelez le certificat."
        )
