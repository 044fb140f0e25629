"""Le rapport de vérification : ce qui a été lu, vérifié, et ce qui ne l'a pas été."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from formats.signature.verdict import ILLISIBLE, Verdict, phrase_de, verdict_de


class Etat(StrEnum):
    """Où en est un contrôle. « À confirmer » : seule une personne peut conclure."""

    CONFORME = "conforme"
    DEFAUT = "défaut"
    NON_VERIFIE = "non vérifié"
    A_CONFIRMER = "à confirmer"


@dataclass(frozen=True)
class Controle:
    """Un des cinq contrôles que l'article 5 de l'arrêté du 22 mars 2019 (CCP,
    annexe 12) exige au moins.
    """

    cle: str
    nom: str
    etat: Etat
    phrase: str


@dataclass(frozen=True)
class Certificat:
    """Le certificat du signataire, tel qu'il se décrit."""

    signataire: str
    organisation: str
    sujet: str
    emetteur: str
    numero: str
    empreinte: str
    valable_du: datetime
    valable_au: datetime
    categorie: str
    # Les numéros d'entreprise que l'autorité y a mis, tels qu'ils sont écrits (`numeros`).
    numeros: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignatureVerifiee:
    """Une signature : de qui, de quoi, quand, et ce qu'on peut en conclure."""

    format: str
    niveau: str
    disposition: str
    sous_indication: str
    motif: str
    certificat: Certificat | None = None
    declaree_le: datetime | None = None
    horodatee_le: datetime | None = None
    horodateur: str = ""
    jugee_au: datetime | None = None
    revocation: str = "non vérifiée"
    couverture: str = ""
    couvre_tout: bool = False
    empreinte_signee: str = ""
    algorithmes: str = ""
    controles: tuple[Controle, ...] = ()
    # D'un PDF : l'adresse de la table de sa première révision,
    # si seules des signatures la suivent (`cosignature`).
    origine: int | None = None

    @property
    def verdict(self) -> Verdict:
        return verdict_de(self.sous_indication)

    @property
    def teinte(self) -> str:
        """Vert : rien ne manque à ce qui se vérifie seul.

        Rouge : un défaut certain. Orange : tout le reste.
        """
        etats = {controle.etat for controle in self.controles if controle.cle != "identite"}
        if self.verdict is Verdict.REUSSIE and self.couvre_tout and etats == {Etat.CONFORME}:
            return "vert"
        integrite = next(
            (controle.etat for controle in self.controles if controle.cle == "integrite"), None
        )
        return "rouge" if self.verdict is Verdict.ECHEC or integrite is Etat.DEFAUT else "orange"


@dataclass(frozen=True)
class RapportDeSignature:
    """Ce qui a été vérifié d'un fichier. `lacune` : pourquoi rien n'a pu en être dit."""

    nom: str
    empreinte: str
    taille: int
    signatures: tuple[SignatureVerifiee, ...] = ()
    lacune: str = ""
    document: str = ""
    empreinte_du_document: str = ""
    existait_le: datetime | None = None
    confiance: str = ""
    outils: tuple[str, ...] = ()

    @property
    def est_signe(self) -> bool:
        return bool(self.signatures or self.lacune)

    @property
    def verdict(self) -> Verdict | None:
        """Le moins bon de tous ; aucun si le fichier n'est pas signé."""
        dits = {signature.verdict for signature in self.signatures} | (
            {Verdict.INDETERMINEE} if self.lacune else set()
        )
        return next(
            (un for un in (Verdict.ECHEC, Verdict.INDETERMINEE, Verdict.REUSSIE) if un in dits),
            None,
        )

    @property
    def phrase(self) -> str:
        if self.lacune:
            return self.lacune
        if not self.signatures:
            return "Ce fichier ne porte pas de signature électronique."
        pire = next(une for une in self.signatures if une.verdict is self.verdict)
        return pire.motif or phrase_de(pire.sous_indication)

    @property
    def teinte(self) -> str:
        teintes = {signature.teinte for signature in self.signatures} | (
            {"orange"} if self.lacune else set()
        )
        return next((une for une in ("rouge", "orange", "vert") if une in teintes), "")


def pour_json(rapport: RapportDeSignature) -> dict[str, Any]:
    """Le rapport en dictionnaire pour JSON, verdicts compris ; les instants en ISO 8601."""
    dit = _plat(asdict(rapport))
    dit["verdict"] = str(rapport.verdict or "")
    dit["phrase"] = rapport.phrase
    for ecrite, lue in zip(dit["signatures"], rapport.signatures, strict=True):
        ecrite["verdict"], ecrite["teinte"] = str(lue.verdict), lue.teinte
    return dict(dit)


def depuis_json(dit: dict[str, Any]) -> RapportDeSignature:
    """L'inverse de `pour_json` ; ce qui se calcule n'est pas relu, mais recalculé."""
    lu: RapportDeSignature = _relire(RapportDeSignature, dit)
    signatures = tuple(_signature(une) for une in dit["signatures"])
    return replace(lu, signatures=signatures, outils=tuple(dit["outils"]))


def _signature(dit: dict[str, Any]) -> SignatureVerifiee:
    lue: SignatureVerifiee = _relire(SignatureVerifiee, dit)
    controles = tuple(Controle(**{**un, "etat": Etat(un["etat"])}) for un in dit["controles"])
    certificat = _certificat(dit["certificat"]) if dit["certificat"] else None
    return replace(lue, controles=controles, certificat=certificat)


def _certificat(dit: dict[str, Any]) -> Certificat:
    lu: Certificat = _relire(Certificat, dit)
    return replace(lu, numeros=tuple(lu.numeros))


def illisible(format_: str, sous_indication: str, phrase: str = "") -> SignatureVerifiee:
    """Une signature dont rien de sûr ne se dit : à examiner, jamais déclarée fausse."""
    if verdict_de(sous_indication) is not Verdict.INDETERMINEE:
        sous_indication, phrase = "GENERIC", phrase or ILLISIBLE
    return SignatureVerifiee(format_, "", "", sous_indication, phrase or phrase_de(sous_indication))


_INSTANTS = {"existait_le", "declaree_le", "horodatee_le", "jugee_au", "valable_du", "valable_au"}


def _relire(sorte: Any, dit: dict[str, Any]) -> Any:
    connus = {champ.name for champ in fields(sorte)}
    return sorte(
        **{
            cle: datetime.fromisoformat(valeur) if cle in _INSTANTS and valeur else valeur
            for cle, valeur in dit.items()
            if cle in connus
        }
    )


def _plat(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: _plat(v) for cle, v in valeur.items()}
    if isinstance(valeur, (list, tuple)):
        return [_plat(v) for v in valeur]
    return valeur.isoformat() if isinstance(valeur, datetime) else valeur
