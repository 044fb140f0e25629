"""Prouver une équipe, comme elle le fait : lancer un défi, le signer de l'entreprise, le rendre."""

from functools import cache
from pathlib import Path

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.personnes.niveaux import services
from beffroi.personnes.niveaux.models import Defi, PreuveDEntreprise
from beffroi.personnes.niveaux.rules import SignatureDuDefi
from beffroi.personnes.niveaux.verification import DefiRendu
from formats.signature.tests import listes_d_essai as essai
from formats.signature.tests import pki

SIREN, SIRET, FRERE = "732829320", "73282932000074", "73282932000082"
NUMERO = f"NTRFR-{SIREN}"
# L'heure où tout se rend : juste après la signature, comme pour un dépôt.
LE = pki.RECU_LE
BONNE = SignatureDuDefi(
    sous_indication="",
    phrase="",
    couvre_tout=True,
    qualifie=True,
    emetteur="Autorité d'essai",
    entreprises=(SIREN,),
    listes="liste de confiance FR n° 7",
)


@cache
def _listes() -> bytes:
    return essai.confiance(essai.liste(essai.service())).listes


def poser_les_listes(normes: Path, *revoques: pki.Porteur) -> str:
    """Ce que l'exploitant pose : une liste de confiance lue, une liste de révocation."""
    for nom, octets in (
        ("listes/listes.json", _listes()),
        ("revocations/essai.crl", pki.revocations(*revoques)),
    ):
        fichier = normes / "signature" / nom
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_bytes(octets)
    return str(normes)


def certificat(numero: str = NUMERO, **reglages) -> pki.Porteur:
    return essai.qualifie(numero=numero, **reglages)


def signe(defi: Defi, par: pki.Porteur | None = None) -> bytes:
    return pki.pdf_signe(bytes(defi.document), par=par or certificat())


def rendu(defi: Defi | None, signature: SignatureDuDefi = BONNE) -> DefiRendu:
    """Ce qu'une vérification aurait constaté : la règle décide du reste."""
    return DefiRendu("00" * 32, defi, signature)


def prouver(membre: Membre, *, le=LE) -> PreuveDEntreprise:
    defi = services.lancer_un_defi(membre=membre, maintenant=le)
    return services.relever_le_defi(rendu=rendu(defi), membre=membre, maintenant=le)


def constater(equipe: Equipe, par: Utilisateur, *, le=LE) -> PreuveDEntreprise:
    return services.prouver_sur_pieces(
        equipe=equipe, pieces="Kbis du 3 novembre 2026", par=par, maintenant=le
    )
