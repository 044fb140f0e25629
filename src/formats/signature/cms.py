"""CAdES (ETSI EN 319 122) : une signature CMS qui contient son document, ou qui en est détachée."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from formats import dates
from formats.signature.certificats import nom_commun
from formats.signature.confiance import Preuves
from formats.signature.jugement import Constat, conclure
from formats.signature.rapport import SignatureVerifiee
from formats.signature.temps import Temps
from formats.signature.verdict import ILLISIBLE, HorsProfil

type Asn1 = Any


def verifier(
    octets: bytes, document: bytes | None, preuves: Preuves, existait_le: datetime | None
) -> SignatureVerifiee:
    signee = signee_de(octets)
    contenu = signee["encap_content_info"]["content"]
    enveloppe = contenu.native is not None
    disposition = "enveloppante" if enveloppe else "détachée"
    if not enveloppe and document is None:
        raise HorsProfil("SIGNED_DATA_NOT_FOUND", "")
    lu = bytes(contenu) if enveloppe else document or b""
    statut = a_l_instant_horodate(
        lambda moment: asyncio.run(
            _statut(signee, lu, enveloppe=enveloppe, preuves=preuves, moment=moment)
        ),
        existait_le or _heure_declaree(signee),
    )
    autre = enveloppe and document is not None and document != lu
    return conclure(
        Constat(
            format="CAdES" if nomme_son_certificat(signee) else "CMS simple",
            disposition=disposition,
            couverture="Tout le document donné."
            if not enveloppe
            else "Tout le document contenu dans la signature.",
            couvre_tout=True,
            empreinte_signee=hashlib.sha256(lu).hexdigest(),
            **{
                **constat_cms(signee, statut, preuves, existait_le),
                **({"intacte": False} if autre else {}),
            },
        )
    )


def signee_de(octets: bytes) -> Asn1:
    """La seule signature du fichier ;
    plusieurs signataires, ou autre chose que CMS, sortent du profil.
    """
    from asn1crypto import cms, pem

    try:
        der = pem.unarmor(octets)[2] if pem.detect(octets) else octets
        enveloppe = cms.ContentInfo.load(der, strict=True)
        if enveloppe["content_type"].native != "signed_data":
            raise HorsProfil("GENERIC", "Ce fichier CMS ne porte pas de signature.")
        signee = enveloppe["content"]
        signataires = len(signee["signer_infos"])
    except (ValueError, TypeError) as panne:
        raise HorsProfil("GENERIC", ILLISIBLE) from panne
    if signataires != 1:
        raise HorsProfil(
            "GENERIC", f"Ce fichier compte {signataires} signataires : il ne se vérifie pas ici."
        )
    return signee


async def _statut(
    signee: Asn1, lu: bytes, *, enveloppe: bool, preuves: Preuves, moment: datetime | None
) -> Asn1:
    """pyHanko juge la signature et ses jetons, à l'instant dit, jamais à celui d'aujourd'hui."""
    from pyhanko.sign.validation import generic_cms
    from pyhanko.sign.validation.status import StandardCMSSignatureStatus

    signataire = signee["signer_infos"][0]
    contexte = preuves.contexte(moment)
    if not enveloppe:
        return await generic_cms.async_validate_detached_cms(
            lu,
            signee,
            signer_validation_context=contexte,
            ts_validation_context=preuves.contexte_du_jeton(moment),
        )
    jetons = await generic_cms.collect_timing_info(
        signataire,
        preuves.contexte_du_jeton(moment),
        raw_digest=lambda algorithme: hashlib.new(algorithme, lu).digest(),
    )
    return await generic_cms.async_validate_cms_signature(
        signee,
        status_cls=StandardCMSSignatureStatus,
        validation_context=contexte,
        status_kwargs=jetons,
    )


def _heure_declaree(signee: Asn1) -> datetime | None:
    from pyhanko.sign.validation.generic_cms import extract_self_reported_ts

    return extract_self_reported_ts(signee["signer_infos"][0])


def a_l_instant_horodate(juger: Callable[[datetime | None], Asn1], moment: datetime | None) -> Asn1:
    """Le même jugement, refait à l'heure d'un jeton reconnu s'il en est un, et plus ancien :
    c'est elle qui est prouvée.
    """
    statut = juger(moment)
    jeton = statut.timestamp_validity
    plus_tot = (
        jeton is not None and jeton.trusted and moment is not None and jeton.timestamp < moment
    )
    return juger(jeton.timestamp) if plus_tot else statut


def constat_cms(
    signee: Asn1, statut: Asn1, preuves: Preuves, existait_le: datetime | None
) -> dict[str, Any]:
    """Ce que CAdES et PAdES ont en commun."""
    jeton = statut.timestamp_validity
    probleme = statut.trust_problem_indic.standard_name if statut.trust_problem_indic else ""
    jeton_bon = jeton is not None and jeton.intact and jeton.valid
    return {
        "niveau": niveau_cms(signee, jeton_bon),
        "certificat": statut.signing_cert,
        "intacte": statut.intact,
        "valide": statut.valid,
        "faible": probleme.startswith("CRYPTO_CONSTRAINTS"),
        "temps": Temps(
            statut.signer_reported_dt,
            jeton.timestamp if jeton_bon and jeton.trusted else None,
            existait_le,
        ),
        "horodateur": dire_le_jeton(jeton),
        "algorithmes": f"{statut.md_algorithm}, {statut.pkcs7_signature_mechanism}",
        "sans_reproche": statut.bottom_line,
        "preuves": preuves.avec(certificats_joints(signee), _crls_jointes(signee)),
    }


def dire_le_jeton(jeton: Asn1) -> str:
    if jeton is None:
        return ""
    if not (jeton.intact and jeton.valid):
        return "un jeton d'horodatage est joint, et il n'est pas bon"
    confiance = "horodateur reconnu" if jeton.trusted else "horodateur non reconnu d'ici"
    return (
        f"{nom_commun(jeton.signing_cert.subject)} ({confiance}), "
        f"{dates.jour_et_heure(jeton.timestamp)}"
    )


def certificats_joints(signee: Asn1) -> list[Asn1]:
    return [un.chosen.untag() for un in signee["certificates"] or () if un.name == "certificate"]


def _crls_jointes(signee: Asn1) -> list[Asn1]:
    listes = signee["crls"]
    return [une.chosen for une in listes if une.name == "certificate_list"] if listes.native else []


def _attributs(signee: Asn1, sorte: str) -> set[str]:
    attributs = signee["signer_infos"][0][sorte]
    return {un["type"].native for un in attributs} if attributs.native else set()


def nomme_son_certificat(signee: Asn1) -> bool:
    """EN 319 122-1, 5.2.2 : une signature CAdES nomme son certificat dans ce qu'elle signe."""
    return bool(
        {"signing_certificate", "signing_certificate_v2"} & _attributs(signee, "signed_attrs")
    )


def niveau_cms(signee: Asn1, jeton_bon: bool) -> str:
    joints = _attributs(signee, "unsigned_attrs")
    if {"archive_time_stamp_v3", "0.4.0.1733.2.4"} & joints:
        return "B-LTA"
    if {"revocation_values", "certificate_values"} <= joints:
        return "B-LT"
    return "B-T" if jeton_bon else "B-B"
