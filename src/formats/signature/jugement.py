"""Conclure : du constat d'une bibliothèque au verdict de la norme et aux
cinq contrôles de l'arrêté.
"""

from dataclasses import dataclass, field
from typing import Any

from formats.dates import jour_et_heure
from formats.signature.certificats import decrire
from formats.signature.confiance import (
    REVOCATIONS,
    JugementDuCertificat,
    Preuves,
    juger_le_certificat,
)
from formats.signature.qualification import Qualification, qualifier
from formats.signature.rapport import Controle, Etat, SignatureVerifiee
from formats.signature.temps import Temps
from formats.signature.verdict import phrase_de

EXPIRATIONS = {"EXPIRED", "OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED", "NOT_YET_VALID"}
FORMATS_ADMIS = {"PAdES", "CAdES", "XAdES"}


@dataclass(frozen=True)
class Constat:
    """Ce qu'une bibliothèque a constaté d'une signature, avant tout jugement sur le certificat.

    `reserve` : ce que la couverture ou le profil interdit de dire valable, avec sa phrase.
    `sans_reproche` : la bibliothèque elle-même ne trouve rien à redire (`bottom_line`), certificat
    compris ; faux tant que le certificat n'est pas sûr.
    """

    format: str
    niveau: str
    disposition: str
    certificat: Any
    intacte: bool
    valide: bool
    temps: Temps
    algorithmes: str
    couverture: str
    couvre_tout: bool
    empreinte_signee: str
    reserve: tuple[str, str] | None = None
    faible: bool = False
    altere: bool = False
    sans_reproche: bool = True
    horodateur: str = ""
    preuves: Preuves = field(default_factory=Preuves)


def conclure(constat: Constat) -> SignatureVerifiee:
    moment = constat.temps.jugee
    jugement = (
        juger_le_certificat(constat.certificat, constat.preuves, moment)
        if moment and constat.intacte and constat.valide
        else JugementDuCertificat("")
    )
    sous_indication, motif = _sous_indication(constat, jugement)
    qualification = qualifier(
        constat.certificat, constat.preuves, None if jugement.probleme else moment
    )
    certificat = decrire(constat.certificat, qualification.phrase)
    return SignatureVerifiee(
        format=constat.format,
        niveau=constat.niveau,
        disposition=constat.disposition,
        sous_indication=sous_indication,
        motif=motif or phrase_de(sous_indication),
        certificat=certificat,
        declaree_le=constat.temps.declaree,
        horodatee_le=constat.temps.horodatee,
        horodateur=constat.horodateur,
        jugee_au=moment,
        revocation=_revocation(jugement),
        couverture=constat.couverture,
        couvre_tout=constat.couvre_tout,
        empreinte_signee=constat.empreinte_signee,
        algorithmes=constat.algorithmes,
        controles=(
            _identite(certificat.signataire),
            _categorie(qualification),
            _format(constat),
            _validite(constat, jugement),
            _integrite(constat),
        ),
    )


def _sous_indication(constat: Constat, jugement: JugementDuCertificat) -> tuple[str, str]:
    """Le premier défaut, du plus certain au moins certain ;
    aucun seulement quand rien n'est laissé de côté.
    """
    temps = constat.temps
    defauts: tuple[tuple[bool, str, str], ...] = (
        (not constat.intacte, "HASH_FAILURE", ""),
        (not constat.valide, "SIG_CRYPTO_FAILURE", ""),
        (constat.faible, "CRYPTO_CONSTRAINTS_FAILURE", ""),
        (constat.reserve is not None, *(constat.reserve or ("", ""))),
        (temps.jugee is None, "NO_POE", ""),
        (bool(jugement.probleme), jugement.probleme, ""),
        (temps.declaration_impossible, "TIMESTAMP_ORDER_FAILURE", HEURE_FAUSSE),
        (temps.prouvee is None, "NO_POE", ""),
        (not jugement.revocation_verifiee, "TRY_LATER", ""),
        (
            not constat.sans_reproche,
            "GENERIC",
            "Un horodatage ou une contrainte jointe à la signature ne se vérifie pas.",
        ),
    )
    return next(((nom, phrase) for touche, nom, phrase in defauts if touche), ("", ""))


HEURE_FAUSSE = "L'heure déclarée vient après celle où le fichier était déjà là : elle est fausse."


def _revocation(jugement: JugementDuCertificat) -> str:
    if jugement.probleme in REVOCATIONS:
        return "révoqué"
    return (
        "vérifiée, par les preuves jointes ou installées"
        if jugement.revocation_verifiee
        else "non vérifiée"
    )


def _identite(signataire: str) -> Controle:
    phrase = (
        f"« {signataire} » d'après le certificat. "
        "Une personne confirme qu'il peut engager l'entreprise."
    )
    return Controle("identite", "Identité du signataire", Etat.A_CONFIRMER, phrase)


def _categorie(qualification: Qualification) -> Controle:
    """CCP, annexe 12, art. 2 : une signature avancée, d'un certificat qualifié."""
    etat = Etat.CONFORME if qualification.est_qualifie else Etat.NON_VERIFIE
    return Controle(
        "categorie", "Catégorie du certificat", etat, f"Le certificat {_est(qualification.phrase)}."
    )


def _est(phrase: str) -> str:
    return f"est {phrase}" if phrase.startswith("qualifié") else phrase


def _format(constat: Constat) -> Controle:
    nom = "Format de la signature"
    if constat.format in FORMATS_ADMIS:
        niveau = f", niveau {constat.niveau}" if constat.niveau else ""
        return Controle(
            "format", nom, Etat.CONFORME, f"{constat.format}{niveau}, {constat.disposition}."
        )
    phrase = (
        f"{constat.format} : l'arrêté ne nomme que XAdES, CAdES et PAdES. "
        "À vous de voir si vous l'admettez."
    )
    return Controle("format", nom, Etat.A_CONFIRMER, phrase)


def _validite(constat: Constat, jugement: JugementDuCertificat) -> Controle:
    """Ni expiré ni révoqué à la date de signature.

    Hors de ses dates, il l'est, même d'une autorité inconnue.
    """
    nom, moment, temps = "Certificat ni expiré ni révoqué", constat.temps.jugee, constat.temps
    if moment is None:
        return Controle("validite", nom, Etat.NON_VERIFIE, "La date de signature n'est pas connue.")
    du, au = constat.certificat.not_valid_before, constat.certificat.not_valid_after
    quand = (
        f"le {jour_et_heure(moment)} "
        f"({'date prouvée' if temps.prouvee else 'date déclarée, que rien ne prouve'})"
    )
    if not du <= moment <= au or jugement.probleme in EXPIRATIONS:
        return Controle("validite", nom, Etat.DEFAUT, f"Hors de ses dates de validité {quand}.")
    if jugement.probleme in REVOCATIONS:
        return Controle("validite", nom, Etat.DEFAUT, f"Révoqué {quand}.")
    if not jugement.revocation_verifiee:
        return Controle(
            "validite", nom, Etat.NON_VERIFIE, f"Dans ses dates {quand} ; révocation non vérifiée."
        )
    etat = Etat.CONFORME if temps.prouvee else Etat.NON_VERIFIE
    return Controle("validite", nom, etat, f"Dans ses dates et non révoqué {quand}.")


def _integrite(constat: Constat) -> Controle:
    nom = "Intégrité du document"
    if not constat.intacte or not constat.valide:
        phrase = phrase_de("HASH_FAILURE" if not constat.intacte else "SIG_CRYPTO_FAILURE")
        return Controle("integrite", nom, Etat.DEFAUT, phrase)
    if constat.altere:
        return Controle("integrite", nom, Etat.DEFAUT, constat.couverture)
    if not constat.couvre_tout or constat.reserve or constat.faible:
        motif = constat.reserve[1] if constat.reserve else "Un algorithme employé n'est plus sûr."
        return Controle("integrite", nom, Etat.NON_VERIFIE, motif)
    return Controle("integrite", nom, Etat.CONFORME, f"Document intact. {constat.couverture}")
