"""À qui se fier : les autorités reconnues par l'exploitant,
et les listes de révocation qu'il a posées à côté.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from formats.dates import jour
from formats.signature.listes_posees import du_fichier
from formats.signature.services_de_confiance import Liste, Service

type Asn1 = Any  # ni asn1crypto ni pyHanko ne sont assez typés

SANS_RACINE = "aucune autorité reconnue n'est installée : aucun certificat ne peut être dit sûr"
REVOCATIONS = frozenset({"REVOKED", "REVOKED_NO_POE", "REVOKED_CA_NO_POE"})
OCTETS_D_UN_FICHIER, FICHIERS_LUS = 20_000_000, 500


@dataclass(frozen=True)
class Confiance:
    """Des octets (DER ou PEM), lus seulement dans l'enclos :
    une liste de révocation peut être hostile, elle aussi.

    `listes` : les listes de confiance posées, déjà vérifiées ;
    une liste périmée à l'instant `le` ne sert pas.
    """

    racines: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()
    listes: bytes = b""
    le: datetime | None = None

    @property
    def phrase(self) -> str:
        dites = [self._dire(liste) for liste in du_fichier(self.listes)]
        if not self.racines and not dites:
            return SANS_RACINE
        revocations = f"listes de révocation : {len(self.revocations)}"
        racines = (
            [f"autorités reconnues par l'exploitant : {len(self.racines)}"] if self.racines else []
        )
        return " ; ".join([*racines, *dites, revocations])

    def _dire(self, liste: Liste) -> str:
        if self.le is None or liste.est_perimee_le(self.le):
            depuis = f" depuis le {jour(liste.jusqu_au)}" if liste.jusqu_au else ""
            return (
                f"liste de confiance {liste.territoire} n° {liste.numero} périmée{depuis} : "
                "elle ne compte plus"
            )
        return f"liste de confiance {liste.territoire} n° {liste.numero} du {jour(liste.emise_le)}"


def confiance_du_dossier(normes: Path | None, *, le: datetime) -> Confiance:
    """`signature/racines` (.pem, .cer, .crt, .der),
    `revocations` (.crl) et `listes` du dossier des fichiers officiels.
    """
    if normes is None:
        return Confiance()
    dossier = normes / "signature"
    return Confiance(
        racines=_octets(dossier / "racines", {".pem", ".cer", ".crt", ".der"}),
        revocations=_octets(dossier / "revocations", {".crl"}),
        listes=b"".join(_octets(dossier / "listes", {".json"})[:1]),
        le=le,
    )


def _octets(dossier: Path, suffixes: set[str]) -> tuple[bytes, ...]:
    if not dossier.is_dir():
        return ()
    fichiers = sorted(f for f in dossier.iterdir() if f.suffix.lower() in suffixes and f.is_file())
    return tuple(
        f.read_bytes() for f in fichiers[:FICHIERS_LUS] if f.stat().st_size <= OCTETS_D_UN_FICHIER
    )


@dataclass(frozen=True)
class ServiceConnu:
    """Une autorité d'une liste en cours, ses certificats déjà lus."""

    service: Service
    certificats: tuple[Asn1, ...]


@dataclass(frozen=True)
class Preuves:
    """Ce qui sert à juger un certificat, déjà lu."""

    racines: tuple[Asn1, ...] = ()
    autres: tuple[Asn1, ...] = ()
    crls: tuple[Asn1, ...] = ()
    ocsps: tuple[Asn1, ...] = ()
    services: tuple[ServiceConnu, ...] = ()

    def _ancres(self, moment: datetime | None, sorte: str) -> list[Asn1]:
        """Celles de l'exploitant,
        et celles à qui une liste en cours accordait ce service à cet instant.
        """
        accordes = [
            s
            for s in self.services
            if moment and s.service.sorte == sorte and s.service.est_accorde_le(moment)
        ]
        return [
            *self.racines,
            *(certificat for connu in accordes for certificat in connu.certificats),
        ]

    def contexte(
        self,
        moment: datetime | None,
        *,
        exiger_la_revocation: bool = False,
        sorte: str = "certificats",
    ) -> Asn1:
        """Jamais de réseau.

        Sans instant, rien ne sera dit valable.
        La révocation se lit dans les preuves jointes ou posées.
        """
        from pyhanko_certvalidator import ValidationContext

        from formats.signature.algorithmes import Politique, Verificateur

        return ValidationContext(
            algorithm_usage_policy=Politique(),
            signature_validator=Verificateur(),
            trust_roots=self._ancres(moment, sorte),
            other_certs=list(self.autres),
            crls=list(self.crls),
            ocsps=list(self.ocsps),
            allow_fetching=False,
            revocation_mode="require" if exiger_la_revocation else "soft-fail",
            retroactive_revinfo=True,
            moment=moment,
            best_signature_time=moment,
        )

    def contexte_du_jeton(self, moment: datetime | None) -> Asn1:
        """Le même, pour juger un horodatage : ce sont d'autres autorités."""
        return self.contexte(moment, sorte="horodatage")

    def avec(self, autres: Any = (), crls: Any = (), ocsps: Any = ()) -> "Preuves":
        return Preuves(
            self.racines,
            (*self.autres, *autres),
            (*self.crls, *crls),
            (*self.ocsps, *ocsps),
            self.services,
        )


def preuves_de(confiance: Confiance) -> Preuves:
    from asn1crypto import crl, pem, x509
    from pyhanko.keys import load_certs_from_pemder_data

    def en_der(octets: bytes) -> bytes:
        return pem.unarmor(octets)[2] if pem.detect(octets) else octets

    racines = tuple(c for octets in confiance.racines for c in load_certs_from_pemder_data(octets))
    assert all(isinstance(une, x509.Certificate) for une in racines)
    en_cours = [
        une
        for une in du_fichier(confiance.listes)
        if confiance.le and not une.est_perimee_le(confiance.le)
    ]
    services = tuple(
        ServiceConnu(service, tuple(x509.Certificate.load(der) for der in service.certificats))
        for liste in en_cours
        for service in liste.services
    )
    crls = tuple(crl.CertificateList.load(en_der(o)) for o in confiance.revocations)
    return Preuves(racines, crls=crls, services=services)


@dataclass(frozen=True)
class JugementDuCertificat:
    """Le défaut trouvé (vide si aucun),
    si la chaîne mène à une autorité connue, si la révocation est prouvée.
    """

    probleme: str
    revocation_verifiee: bool = False


def juger_le_certificat(
    certificat: Asn1, preuves: Preuves, moment: datetime
) -> JugementDuCertificat:
    """La chaîne d'abord ;
    puis, si elle tient, la même en exigeant la preuve que rien n'y est révoqué.
    """
    probleme = asyncio.run(probleme_de_chaine(certificat, preuves.contexte(moment)))
    if probleme:
        seul = certificat.self_signed != "no" and certificat.sha256 not in {
            une.sha256 for une in preuves.racines
        }
        return JugementDuCertificat("NO_CERTIFICATE_CHAIN_FOUND" if seul else probleme)
    exigence = asyncio.run(
        probleme_de_chaine(certificat, preuves.contexte(moment, exiger_la_revocation=True))
    )
    return JugementDuCertificat(exigence if exigence in REVOCATIONS else "", not exigence)


async def probleme_de_chaine(certificat: Asn1, contexte: Asn1) -> str:
    from pyhanko.sign.validation.generic_cms import validate_cert_usage
    from pyhanko.sign.validation.status import SignatureStatus

    issue = await validate_cert_usage(
        certificat,
        contexte,
        key_usage_settings=SignatureStatus.default_usage_constraints(),
        paths=contexte.path_builder.async_build_paths_lazy(certificat),
    )
    return issue.error_subindic.standard_name if issue.error_subindic else ""
