"""PAdES (ETSI EN 319 142) : les signatures d'un PDF, et ce qui a été ajouté après elles."""

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from formats.signature.cms import a_l_instant_horodate, constat_cms, nomme_son_certificat
from formats.signature.confiance import Preuves
from formats.signature.cosignature import (
    COSIGNE,
    est_d_un_seul_tenant,
    n_ajoute_que_des_signatures,
    seulement_signe_depuis,
)
from formats.signature.jugement import Constat, conclure
from formats.signature.rapport import SignatureVerifiee, illisible
from formats.signature.verdict import ILLISIBLE, HorsProfil

MARQUE = b"/ByteRange"
SIGNATURES_LUES = 20
COMPLETE = "Document complété après signature : ce qui s'affiche n'est pas tout entier signé."
MODIFIE = "Document modifié après signature : ce qui s'affiche n'est pas ce qui a été signé."
CONSERVE = (
    "Des preuves de conservation ont été ajoutées après la signature ; "
    "elles ne sont pas signées par elle."
)
DECOUPE = (
    "La signature ne couvre pas le fichier d'un seul tenant : "
    "ce qui s'affiche peut ne pas être signé."
)


@dataclass(frozen=True)
class _Lecture:
    """Ce que le PDF apporte à toutes ses signatures."""

    octets: bytes
    preuves: Preuves
    existait_le: datetime | None
    conserve: bool
    horodatages: int
    signatures: tuple[Any, ...] = ()


def verifier(
    octets: bytes, preuves: Preuves, existait_le: datetime | None
) -> tuple[SignatureVerifiee, ...]:
    """Une par signature, dans l'ordre où elles ont été mises ; aucune si le PDF n'en a pas."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    if MARQUE not in octets:
        return ()
    try:
        lecteur = PdfFileReader(io.BytesIO(octets))
        if lecteur.encrypted:
            raise HorsProfil(
                "GENERIC",
                "Ce PDF est protégé par un mot de passe : ses signatures ne se vérifient pas.",
            )
        jointes = _preuves_du_pdf(lecteur)
        signatures = lecteur.embedded_regular_signatures
        horodatages = len(lecteur.embedded_timestamp_signatures)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as panne:
        raise HorsProfil(
            "GENERIC", "Ce PDF porte des signatures, et sa structure ne se lit pas."
        ) from panne
    if len(signatures) > SIGNATURES_LUES:
        raise HorsProfil(
            "GENERIC",
            f"Ce PDF porte {len(signatures)} signatures : plus que ce qui se vérifie ici.",
        )
    lecture = _Lecture(
        octets,
        preuves.avec(*jointes),
        existait_le,
        bool(jointes[1] or jointes[2]),
        horodatages,
        tuple(signatures),
    )
    origine = seulement_signe_depuis(lecteur)
    return tuple(replace(_une_signature(lecture, une), origine=origine) for une in signatures)


def _preuves_du_pdf(lecteur: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Ce que le PDF garde pour être vérifié plus tard (DSS, EN 319 142-1, 5.4)."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    try:
        contexte = DocumentSecurityStore.read_dss(lecteur).as_validation_context(
            {"trust_roots": []}
        )
    except NoDSSFoundError:
        return [], [], []
    return list(contexte.certificate_registry), list(contexte.crls), list(contexte.ocsps)


def _une_signature(lecture: _Lecture, signature: Any) -> SignatureVerifiee:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import CMSStructuralError
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        return _conclure(lecture, signature)
    except SignatureValidationError as refus:
        return illisible("PAdES", refus.ades_subindication.standard_name)
    except HorsProfil as refus:
        return illisible("PAdES", refus.sous_indication, refus.phrase)
    except (
        PdfError,
        CMSStructuralError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        return illisible("PAdES", "GENERIC", ILLISIBLE)


def _conclure(lecture: _Lecture, signature: Any) -> SignatureVerifiee:
    from pyhanko.sign.validation import validate_pdf_signature

    preuves = lecture.preuves
    statut = a_l_instant_horodate(
        lambda moment: validate_pdf_signature(
            signature,
            preuves.contexte(moment),
            ts_validation_context=preuves.contexte_du_jeton(lecture.existait_le or moment),
        ),
        lecture.existait_le or signature.self_reported_timestamp,
    )
    couverture, reserve, altere = _couverture(lecture, signature, statut)
    commun = constat_cms(signature.signed_data, statut, preuves, lecture.existait_le)
    return conclure(
        Constat(
            format=_format(signature),
            disposition="dans le PDF",
            couverture=couverture,
            couvre_tout=reserve is None,
            reserve=reserve,
            altere=altere,
            empreinte_signee=_empreinte(lecture.octets, signature),
            **{**commun, "niveau": _niveau(commun["niveau"], lecture)},
        )
    )


def _format(signature: Any) -> str:
    """EN 319 142-1, 6.3 : le sous-filtre le dit, et la signature nomme son certificat."""
    dit = str(signature.sig_object.get("/SubFilter", ""))
    return (
        "PAdES"
        if dit == "/ETSI.CAdES.detached" and nomme_son_certificat(signature.signed_data)
        else "PDF signé (PKCS#7)"
    )


def _couverture(
    lecture: _Lecture, signature: Any, statut: Any
) -> tuple[str, tuple[str, str] | None, bool]:
    """Ce que la signature couvre,
    et pourquoi elle ne peut pas être dite valable si elle ne couvre pas tout.

    Une révision ajoutée peut remplacer tout ce qui s'affiche sans rien invalider : seul un fichier
    entièrement couvert est hors de doute ; ou suivi d'autres signatures, et d'elles seules.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel as Couverture

    octets = lecture.octets
    if statut.coverage == Couverture.ENTIRE_FILE and est_d_un_seul_tenant(
        octets, signature, fin=len(octets)
    ):
        return "Tout le fichier est signé.", None, False
    if statut.coverage < Couverture.ENTIRE_REVISION or statut.coverage == Couverture.ENTIRE_FILE:
        return DECOUPE, ("SIG_CONSTRAINTS_FAILURE", DECOUPE), True
    if not statut.docmdp_ok or statut.modification_level is ModificationLevel.OTHER:
        return MODIFIE, ("SIG_CONSTRAINTS_FAILURE", MODIFIE), True
    rang = next(n for n, une in enumerate(lecture.signatures) if une is signature)
    if n_ajoute_que_des_signatures(octets, signature, list(lecture.signatures[rang + 1 :])):
        return COSIGNE, None, False
    phrase = CONSERVE if statut.modification_level is ModificationLevel.LTA_UPDATES else COMPLETE
    return phrase, ("SIG_CONSTRAINTS_FAILURE", phrase), False


def _empreinte(octets: bytes, signature: Any) -> str:
    bornes = [int(n) for n in signature.byte_range]
    resume = hashlib.sha256()
    for debut, longueur in zip(bornes[::2], bornes[1::2], strict=True):
        resume.update(octets[debut : debut + longueur])
    return resume.hexdigest()


def _niveau(niveau: str, lecture: _Lecture) -> str:
    if lecture.horodatages and lecture.conserve:
        return "B-LTA"
    return "B-LT" if lecture.conserve and niveau == "B-T" else niveau
