"""Ce qu'un DUME dit, en français :
qui, pour quoi, les exclusions déclarées, les critères, les preuves.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from decimal import Decimal

from formats.dates import PARIS, jour
from formats.dume.composition import SIMPLIFIE_PERMIS, SIMPLIFIE_REFUSE, lots_vises
from formats.dume.modele import (
    ROLES,
    TAILLES,
    TOUTE_LA_PROCEDURE,
    Critere,
    Dume,
    Groupe,
    Partie,
    Valeur,
)
from formats.dume.taxonomie import EXCLUSION, SELECTION, libelles, par_uuid
from formats.sommes import en_euros

CONDITIONS = {"ONTRUE": "si oui", "ONFALSE": "si non"}
# Au-delà, ou avec un exposant, le montant se montre tel qu'il est écrit.
_SOMME = re.compile(r"\d{1,15}(\.\d{1,2}0*)?")
OUI, NON, MUET = "oui", "non", "sans réponse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """Une question et ce qui y est répondu. `retrait` : combien de questions la commandent."""

    question: str
    reponse: str
    retrait: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CritereDit:
    """Un critère, sa première réponse (`etat`), et tout ce qui en est dit."""

    nom: str
    article: str
    etat: str
    exigences: tuple[Ligne, ...] = ()
    lignes: tuple[Ligne, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Un DUME prêt à lire.

    `declarees` : les motifs où l'entreprise dit être ; `muettes` : ceux dont elle ne dit rien.
    """

    sorte: str
    consultation: str
    intitule: str
    objet: str
    emis_le: str
    lots: str
    simplifie: str
    acheteur: tuple[Ligne, ...]
    entreprise: tuple[Ligne, ...]
    exclusions: tuple[CritereDit, ...]
    selection: tuple[CritereDit, ...]
    autres: tuple[CritereDit, ...]
    preuves: tuple[Ligne, ...]

    @property
    def declarees(self) -> tuple[CritereDit, ...]:
        return tuple(critere for critere in self.exclusions if critere.etat == OUI)

    @property
    def muettes(self) -> tuple[CritereDit, ...]:
        return tuple(critere for critere in self.exclusions if critere.etat == MUET)

    def en_dictionnaire(self) -> dict[str, object]:
        return asdict(self)


def resume(dume: Dume) -> Resume:
    return Resume(
        sorte="Réponse d'une entreprise" if dume.est_une_reponse else "Demande d'un acheteur",
        consultation=dume.consultation,
        intitule=dume.intitule,
        objet=dume.objet,
        emis_le=_jour(dume.emis_le),
        lots=_lots(dume),
        simplifie=next(
            (note for note in dume.notes if note in (SIMPLIFIE_PERMIS, SIMPLIFIE_REFUSE)), ""
        ),
        acheteur=_identite(dume.acheteur),
        entreprise=_entreprise(dume),
        exclusions=_famille(dume, EXCLUSION),
        selection=_famille(dume, SELECTION),
        autres=_famille(dume, ""),
        preuves=tuple(Ligne(question=p.emetteur or p.id, reponse=p.adresse) for p in dume.preuves),
    )


def en_lignes(dume: Dume) -> list[str]:
    """Le résumé, pour un terminal : les exclusions d'abord."""
    dit = resume(dume)
    lignes = [
        (
            f"{dit.sorte} : consultation {dit.consultation or 'non dite'}, "
            f"{dit.intitule or dit.objet or 'sans objet'}."
        )
    ]
    lignes += [f"Lots : {dit.lots}.", *([dit.simplifie] if dit.simplifie else [])]
    lignes += ["", "Acheteur", *_puces(dit.acheteur)]
    if not dume.est_une_reponse:
        demandes = ", ".join(critere.nom for critere in dit.selection) or "aucun"
        return [
            *lignes,
            "",
            f"Motifs d'exclusion : {len(dit.exclusions)}.",
            f"Critères demandés : {demandes}.",
        ]
    lignes += ["", "Entreprise", *_puces(dit.entreprise), "", "Motifs d'exclusion"]
    lignes += [
        f"  ! {critere.nom} : l'entreprise déclare être dans ce cas." for critere in dit.declarees
    ]
    lignes += [f"  ? {critere.nom} : aucune déclaration." for critere in dit.muettes]
    if not dit.declarees:
        lignes.append("  L'entreprise ne déclare aucun motif d'exclusion.")
    lignes += [
        "",
        "Critères",
        *[f"  - {critere.nom} : {critere.etat}" for critere in (*dit.selection, *dit.autres)],
    ]
    return lignes


def _puces(lignes: tuple[Ligne, ...]) -> list[str]:
    return [f"  - {ligne.question} : {ligne.reponse}" for ligne in lignes]


def _lots(dume: Dume) -> str:
    lots = [lot for lot in lots_vises(dume) if lot != TOUTE_LA_PROCEDURE]
    return (
        ", ".join(lot.removeprefix("LOT-").lstrip("0") or lot for lot in lots)
        or "toute la procédure"
    )


def _identite(partie: Partie) -> tuple[Ligne, ...]:
    adresse = " ".join(
        mot for mot in (partie.rue, partie.code_postal, partie.ville, partie.pays) if mot
    )
    dits = (
        ("Nom", partie.nom),
        ("Identifiant", partie.identifiant),
        ("Adresse", adresse),
        ("Site", partie.site),
        ("Contact", partie.contact),
        ("Courriel", partie.courriel),
        ("Téléphone", partie.telephone),
    )
    return tuple(Ligne(question=nom, reponse=valeur) for nom, valeur in dits if valeur)


def _entreprise(dume: Dume) -> tuple[Ligne, ...]:
    operateur = dume.operateur
    if operateur is None:
        return ()
    dits = [
        ("Rôle", ROLES.get(operateur.role, operateur.role)),
        ("Groupement", operateur.groupement),
        ("Taille", TAILLES.get(operateur.taille, operateur.taille)),
        *(
            ("Représentée par", ", ".join(filter(None, (f"{r.prenom} {r.nom}", r.qualite))))
            for r in operateur.representants
        ),
    ]
    return (
        *_identite(operateur.partie),
        *(Ligne(question=nom, reponse=valeur) for nom, valeur in dits if valeur),
    )


def _famille(dume: Dume, famille: str) -> tuple[CritereDit, ...]:
    """Les critères de cette famille ; sans famille, tout le reste, critères inconnus compris."""
    dits = []
    for critere in dume.criteres:
        connu = par_uuid().get(critere.uuid)
        sienne = connu.famille if connu and connu.famille in (EXCLUSION, SELECTION) else ""
        if sienne == famille:
            dits.append(_critere(dume, critere))
    return tuple(dits)


def _critere(dume: Dume, critere: Critere) -> CritereDit:
    connu = par_uuid().get(critere.uuid)
    lignes = tuple(_lignes(dume, critere.groupes, 0))
    exigences = tuple(
        Ligne(question=libelles().get(p.id, p.libelle), reponse=_valeur(p.exigence))
        for p in critere.proprietes()
        if p.exigence is not None and p.type != "LOT_IDENTIFIER" and p.exigence.texte
    )
    return CritereDit(
        nom=connu.nom if connu else critere.nom or critere.code,
        article=connu.article if connu else critere.article,
        etat=_etat(dume, critere, lignes),
        exigences=exigences,
        lignes=lignes,
    )


def _etat(dume: Dume, critere: Critere, lignes: tuple[Ligne, ...]) -> str:
    """La première réponse par oui ou non ; sinon, qu'il y a une réponse, ou qu'il n'y en a pas."""
    connu = par_uuid().get(critere.uuid)
    if connu is not None:
        premiere = dume.reponse(connu.premiere_question().id)
        if premiere is not None and premiere.type == "INDICATOR":
            return _valeur(premiere)
    return "renseigné" if lignes else MUET


def _lignes(dume: Dume, groupes: tuple[Groupe, ...], retrait: int) -> list[Ligne]:
    dites = []
    for groupe in groupes:
        for propriete in groupe.proprietes:
            question = libelles().get(propriete.id, propriete.libelle) or propriete.id
            dites += [
                Ligne(question=question, reponse=_valeur(valeur), retrait=retrait)
                for valeur in dume.reponses.get(propriete.id, ())
            ]
        dites += _lignes(dume, groupe.groupes, retrait + (groupe.condition != "ON*"))
    return dites


def _valeur(valeur: Valeur) -> str:
    if valeur.type == "INDICATOR":
        return {"true": OUI, "1": OUI, "false": NON, "0": NON}.get(valeur.texte, valeur.texte)
    if valeur.type == "DATE":
        return _jour(valeur.texte)
    if valeur.type == "PERIOD":
        return f"du {_jour(valeur.texte)} au {_jour(valeur.complement)}"
    if valeur.type.endswith("AMOUNT"):
        return _montant(valeur)
    return valeur.texte


def _montant(valeur: Valeur) -> str:
    if valeur.complement in ("EUR", "") and _SOMME.fullmatch(valeur.texte):
        return en_euros(Decimal(valeur.texte))
    return f"{valeur.texte} {valeur.complement}".strip()


def _jour(texte: str) -> str:
    """« mardi 9 décembre 2025 » ; ce qui n'est pas une date se montre tel quel."""
    try:
        return jour(datetime.combine(date.fromisoformat(texte[:10]), time(12), PARIS))
    except (ValueError, OverflowError):
        return texte
