"""Ce que les pages montrent d'une signature : un ton, un mot, un signe ;
jamais une couleur seule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.achat.consultations.models import Consultation
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.signatures import queries
from beffroi.seance.signatures.models import ConfirmationDuSignataire, VerificationDeSignature
from formats.signature import Etat

TEINTES = {"vert": ("ok", ""), "orange": ("attention", "alerte"), "rouge": ("danger", "stop")}
ETATS = {
    Etat.CONFORME: ("ok", ""),
    Etat.DEFAUT: ("danger", "stop"),
    Etat.NON_VERIFIE: ("attention", "alerte"),
    Etat.A_CONFIRMER: ("attention", "personne"),
}
PAS_ENCORE = ("gris", "Pas encore vérifié", "info")
NON_SIGNE = ("gris", "Non signé", "")


@dataclass(frozen=True)
class LigneDeFichier:
    fichier: FichierOuvert
    ton: str
    mot: str
    signe: str
    phrase: str
    signataires: str
    confirmation: ConfirmationDuSignataire | None
    est_verifie: bool


@dataclass(frozen=True)
class Enveloppe:
    titre: str
    lignes: Sequence[LigneDeFichier]


def enveloppes(consultation: Consultation) -> list[Enveloppe]:
    """Chaque enveloppe ouverte, ses fichiers, et ce qu'on sait de leurs signatures."""
    ouvertures = queries.ouvertures_de(consultation)
    faites = queries.dernieres_verifications([f for o in ouvertures for f in o.fichiers.all()])
    return [
        Enveloppe(
            f"{ouverture.pli.equipe.nom}, {ouverture.enveloppe.get_sorte_display().lower()}",
            [_ligne(fichier, faites.get(fichier.pk)) for fichier in ouverture.fichiers.all()],
        )
        for ouverture in ouvertures
    ]


def _ligne(fichier: FichierOuvert, faite: VerificationDeSignature | None) -> LigneDeFichier:
    ton, mot, signe = marque(faite)
    rapport = faite.lu if faite else None
    signataires = (
        [s.certificat.signataire for s in rapport.signatures if s.certificat] if rapport else []
    )
    confirmations = list(faite.confirmations.all()) if faite else []
    return LigneDeFichier(
        fichier=fichier,
        ton=ton,
        mot=mot,
        signe=signe,
        phrase=rapport.phrase if rapport and rapport.est_signe else "",
        signataires=", ".join(dict.fromkeys(signataires)),
        confirmation=confirmations[-1] if confirmations else None,
        est_verifie=faite is not None,
    )


def marque(faite: VerificationDeSignature | None) -> tuple[str, str, str]:
    """Le mot d'abord ; la couleur le souligne."""
    if faite is None:
        return PAS_ENCORE
    if not faite.est_signe:
        return NON_SIGNE
    ton, signe = TEINTES[faite.lu.teinte]
    return ton, faite.get_issue_display(), signe


def signatures_montrees(faite: VerificationDeSignature) -> list[dict[str, object]]:
    """Chaque signature du rapport, avec ses contrôles marqués."""
    return [
        {
            "signature": signature,
            "verdict": signature.verdict.en_francais,
            "ton": TEINTES[signature.teinte][0],
            "signe": TEINTES[signature.teinte][1],
            "controles": [(controle, *ETATS[controle.etat]) for controle in signature.controles],
        }
        for signature in faite.lu.signatures
    ]
