"""À qui se fier : les autorités reconnues par l'exploitant, et les listes de révocation qu'il a posées à côté."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

type Asn1 = Any  # ni asn1crypto ni pyHanko ne sont assez typés

SANS_RACINE = "aucune autorité reconnue n'est installée : aucun certificat ne peut être dit sûr"
REVOCATIONS = frozenset({"REVOKED", "REVOKED_NO_POE", "REVOKED_CA_NO_POE"})
OCTETS_D_UN_FICHIER, FICHIERS_LUS = 20_000_000, 500


@dataclass(frozen=True)
class Confiance:
    """Des octets (DER ou PEM), lus seulement dans l'enclos : une liste de révocation peut être hostile, elle aussi."""

    racines: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()

    @property
    def phrase(self) -> str:
        if not self.racines:
            return SANS_RACINE
        listes = len(self.revocations)
        return f"autorités reconnues par l'exploitant : {len(self.racines)} ; listes de révocation : {listes}"


def confiance_du_dossier(normes: Path | None) -> Confiance:
    """`signature/racines` (.pem, .cer, .crt, .der) et `signature/revocations` (.crl) du dossier des fichiers officiels."""
    if normes is None:
        return Confiance()
    dossier = normes / "signature"
    return Confiance(
        racines=_octets(dossier / "racines", {".pem", ".cer", ".crt", ".der"}),
        revocations=_octets(dossier / "revocations", {".crl"}),
    )


def _octets(dossier: Path, suffixes: set[str]) -> tuple[bytes, ...]:
    if not dossier.is_dir():
        return ()
    fichiers = sorted(f for f in dossier.iterdir() if f.suffix.lower() in suffixes and f.is_file())
    return tuple(f.read_bytes() for f in fichiers[:FICHIERS_LUS] if f.stat().st_size <= OCTETS_D_UN_FICHIER)


@dataclass(frozen=True)
class Preuves:
    """Ce qui sert à juger un certificat, déjà lu."""

    racines: tuple[Asn1, ...] = ()
    autres: tuple[Asn1, ...] = ()
    crls: tuple[Asn1, ...] = ()
    ocsps: tuple[Asn1, ...] = ()

    def contexte(self, moment: datetime | None, *, exiger_la_revocation: bool = False) -> Asn1:
        """Jamais de réseau. Sans instant, rien ne sera dit valable. La révocation se lit dans les preuves jointes ou posées."""
        from pyhanko_certvalidator import ValidationContext

        return ValidationContext(
            trust_roots=list(self.racines),
            other_certs=list(self.autres),
            crls=list(self.crls),
            ocsps=list(self.ocsps),
            allow_fetching=False,
            revocation_mode="require" if exiger_la_revocation else "soft-fail",
            retroactive_revinfo=True,
            moment=moment,
            best_signature_time=moment,
        )

    def avec(self, autres: Any = (), crls: Any = (), ocsps: Any = ()) -> "Preuves":
        return Preuves(self.racines, (*self.autres, *autres), (*self.crls, *crls), (*self.ocsps, *ocsps))


def preuves_de(confiance: Confiance) -> Preuves:
    from asn1crypto import crl, pem, x509
    from pyhanko.keys import load_certs_from_pemder_data

    def en_der(octets: bytes) -> bytes:
        return pem.unarmor(octets)[2] if pem.detect(octets) else octets

    racines = tuple(c for octets in confiance.racines for c in load_certs_from_pemder_data(octets))
    assert all(isinstance(une, x509.Certificate) for une in racines)
    return Preuves(racines, crls=tuple(crl.CertificateList.load(en_der(o)) for o in confiance.revocations))


@dataclass(frozen=True)
class JugementDuCertificat:
    """Le défaut trouvé (vide si aucun), si la chaîne mène à une autorité connue, si la révocation est prouvée."""

    probleme: str
    revocation_verifiee: bool = False


def juger_le_certificat(certificat: Asn1, preuves: Preuves, moment: datetime) -> JugementDuCertificat:
    """La chaîne d'abord ; puis, si elle tient, la même en exigeant la preuve que rien n'y est révoqué."""
    probleme = asyncio.run(_probleme(certificat, preuves.contexte(moment)))
    if probleme:
        seul = certificat.self_signed != "no" and all(certificat.sha256 != une.sha256 for une in preuves.racines)
        return JugementDuCertificat("NO_CERTIFICATE_CHAIN_FOUND" if seul else probleme)
    exigence = asyncio.run(_probleme(certificat, preuves.contexte(moment, exiger_la_revocation=True)))
    return JugementDuCertificat(exigence if exigence in REVOCATIONS else "", not exigence)


async def _probleme(certificat: Asn1, contexte: Asn1) -> str:
    from pyhanko.sign.validation.generic_cms import validate_cert_usage
    from pyhanko.sign.validation.status import SignatureStatus

    issue = await validate_cert_usage(
        certificat,
        contexte,
        key_usage_settings=SignatureStatus.default_usage_constraints(),
        paths=contexte.path_builder.async_build_paths_lazy(certificat),
    )
    return issue.error_subindic.standard_name if issue.error_subindic else ""
