"""Décrire un certificat : qui, par qui, jusqu'à quand, et ce qu'il déclare de sa catégorie."""

from typing import Any

from formats.signature.numeros import numeros_du_sujet
from formats.signature.rapport import Certificat

type Asn1 = Any  # asn1crypto n'est pas typé

# Annexe 12 du CCP, art. 2 : signature avancée reposant sur un certificat qualifié.
# Se déclarer qualifié n'est pas l'être.
NON_VERIFIE = "statut qualifié non vérifié"
SORTES = {"qct_esign": "de signature", "qct_eseal": "de cachet", "qct_web": "de site internet"}


def decrire(certificat: Asn1, categorie: str = "") -> Certificat:
    return Certificat(
        signataire=nom_commun(certificat.subject),
        organisation=_champ(certificat.subject, "organization_name"),
        sujet=net(certificat.subject.human_friendly),
        emetteur=nom_commun(certificat.issuer),
        numero=f"{certificat.serial_number:x}",
        empreinte=certificat.sha256.hex(),
        valable_du=certificat.not_valid_before,
        valable_au=certificat.not_valid_after,
        categorie=categorie or f"{declaration(certificat)} ; {NON_VERIFIE}",
        numeros=tuple(net(un) for un in numeros_du_sujet(certificat.subject.native)),
    )


def declaration(certificat: Asn1) -> str:
    """Ce que le certificat dit de lui-même (QcStatements, ETSI EN 319 412-5)."""
    enonces = _enonces(certificat)
    if "qc_compliance" not in enonces:
        return "ne se déclare pas qualifié"
    sortes = [
        SORTES.get(sorte, "d'une sorte inconnue")
        for sorte in enonces.get("qc_type") or ("qct_esign",)
    ]
    dispositif = ", clé dans un dispositif sécurisé (QSCD)" if "qc_sscd" in enonces else ""
    return f"se déclare qualifié, {' et '.join(sortes)}{dispositif}"


def est_de_signature(certificat: Asn1) -> bool:
    """Il se déclare qualifié, pour signer (EN 319 412-5, 4.2.1 et 4.2.3)."""
    enonces = _enonces(certificat)
    return "qc_compliance" in enonces and "qct_esign" in (enonces.get("qc_type") or ("qct_esign",))


def politiques(certificat: Asn1) -> set[str]:
    portees = certificat.certificate_policies_value
    return {une["policy_identifier"].dotted for une in portees} if portees is not None else set()


def _enonces(certificat: Asn1) -> dict[str, Any]:
    from pyhanko.sign.ades.qualified_asn1 import get_qc_statements

    return {
        enonce["statement_id"].native: enonce["statement_info"].native
        for enonce in get_qc_statements(certificat)
    }


def nom_commun(nom: Asn1) -> str:
    """Le nom commun, ou tout le nom s'il n'en a pas."""
    return _champ(nom, "common_name") or net(nom.human_friendly)


def _champ(nom: Asn1, champ: str) -> str:
    valeur = nom.native.get(champ)
    return net(" ".join(valeur) if isinstance(valeur, list) else valeur or "")


def net(texte: object) -> str:
    """Borné, sans caractère nul ni retour à la ligne : c'est un inconnu qui l'a écrit."""
    return " ".join(str(texte).replace("\0", "").split())[:300]
