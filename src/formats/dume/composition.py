"""Composer un DUME :
la demande que l'acheteur publie, puis la réponse qu'une entreprise en fait.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from formats.dates import PARIS
from formats.dume.modele import (
    DEMANDE,
    REPONSE,
    TOUTE_LA_PROCEDURE,
    Critere,
    Dume,
    Emission,
    Groupe,
    Operateur,
    Partie,
    Preuve,
    Propriete,
    Valeur,
)
from formats.dume.taxonomie import EXCLUSION, criteres, par_code

SIMPLIFIE_PERMIS = (
    "DUME simplifié permis : l'opérateur peut déclarer seulement qu'il remplit les critères de "
    "sélection demandés."
)
SIMPLIFIE_REFUSE = (
    "DUME simplifié non permis : l'opérateur renseigne les rubriques des critères de sélection."
)
# Ce que toute réponse dit d'elle-même :
# un groupement, des appuis, des sous-traitants, une petite ou moyenne entreprise.
INFORMATIONS = ("eo-group", "relied", "subco-ent", "sme")
LOTS_VISES = "Lots visés : "
MOTIF_NATIONAL = (
    "Tout autre cas d'exclusion de plein droit du code de la commande publique, "
    "non repris dans les autres rubriques."
)


def ecrire_demande(
    *,
    consultation: str,
    intitule: str,
    objet: str,
    procedure: str,
    acheteur: Partie,
    emission: Emission,
    lots: Sequence[int] = (),
    selection: Mapping[str, Mapping[str, str]] | None = None,
    simplifie: bool = False,
) -> Dume:
    """La demande de l'acheteur.

    `selection` : les critères demandés, par code, et pour chacun ses exigences par type.
    """
    tous_les_lots = tuple(f"LOT-{numero:04}" for numero in lots) or (TOUTE_LA_PROCEDURE,)
    exclusions = [connu.en_critere() for connu in criteres() if connu.famille == EXCLUSION]
    demandes = [
        avec_exigences(par_code()[code].en_critere(lots=tous_les_lots), exigences)
        for code, exigences in (selection or {}).items()
    ]
    return Dume(
        sorte=DEMANDE,
        identifiant=f"DUME-{consultation}",
        uuid=emission.uuid,
        consultation=consultation,
        intitule=intitule,
        emis_le=_ici(emission.le).date().isoformat(),
        emis_a=_ici(emission.le).timetz().isoformat(),
        procedure=procedure,
        notes=(SIMPLIFIE_PERMIS if simplifie else SIMPLIFIE_REFUSE,),
        acheteur=acheteur,
        objet=objet,
        lots=tous_les_lots,
        criteres=(
            *(avec_exigences(critere, {"CAPTION": MOTIF_NATIONAL}) for critere in exclusions),
            *demandes,
            *(par_code()[code].en_critere() for code in INFORMATIONS),
        ),
    )


def ecrire_reponse(
    demande: Dume,
    *,
    operateur: Operateur,
    emission: Emission,
    reponses: Mapping[str, tuple[Valeur, ...]],
    lots: Sequence[str] = (),
    preuves: Iterable[Preuve] = (),
) -> Dume:
    """La réponse d'une entreprise à cette demande.

    Une réponse vise un lot, ou toute la procédure et nomme ses lots.
    """
    vises = tuple(lots)
    unique = vises if len(vises) == 1 else (TOUTE_LA_PROCEDURE,)
    nommes = (f"{LOTS_VISES}{', '.join(vises)}",) if len(vises) > 1 else ()
    references = vises or (TOUTE_LA_PROCEDURE,)
    return replace(
        demande,
        sorte=REPONSE,
        identifiant=f"DUME-R-{demande.consultation}",
        uuid=emission.uuid,
        emis_le=_ici(emission.le).date().isoformat(),
        emis_a=_ici(emission.le).timetz().isoformat(),
        notes=nommes,
        operateur=operateur,
        lots=unique,
        criteres=tuple(replace(c, lots=references) if c.lots else c for c in demande.criteres),
        reponses=dict(reponses),
        preuves=tuple(preuves),
    )


def permet_le_simplifie(demande: Dume) -> bool:
    return SIMPLIFIE_PERMIS in demande.notes


def lots_vises(dume: Dume) -> tuple[str, ...]:
    """Les lots d'une réponse : celui qu'elle vise, ou ceux qu'elle nomme."""
    nommes = [note.removeprefix(LOTS_VISES) for note in dume.notes if note.startswith(LOTS_VISES)]
    return tuple(nommes[0].split(", ")) if nommes else dume.lots


def avec_exigences(critere: Critere, exigences: Mapping[str, str]) -> Critere:
    """Le critère, ses exigences remplies :
    la première de chaque type, un lot pour toute la procédure.
    """
    restantes = {"LOT_IDENTIFIER": TOUTE_LA_PROCEDURE, **exigences}
    return replace(
        critere, groupes=tuple(_remplir(groupe, restantes) for groupe in critere.groupes)
    )


def _remplir(groupe: Groupe, restantes: dict[str, str]) -> Groupe:
    return replace(
        groupe,
        proprietes=tuple(_exiger(propriete, restantes) for propriete in groupe.proprietes),
        groupes=tuple(_remplir(sous, restantes) for sous in groupe.groupes),
    )


def _exiger(propriete: Propriete, restantes: dict[str, str]) -> Propriete:
    if propriete.sorte == "CAPTION" and propriete.libelle == "Texte du motif national":
        return replace(propriete, libelle=restantes.get("CAPTION", propriete.libelle))
    if propriete.sorte != "REQUIREMENT" or propriete.type not in restantes:
        return propriete
    texte = restantes.pop(propriete.type)
    complement = "EUR" if propriete.type == "MINIMUM_AMOUNT" else ""
    return replace(
        propriete, exigence=Valeur(type=propriete.type, texte=texte, complement=complement)
    )


def _ici(emis: datetime) -> datetime:
    """L'heure de Paris, à la seconde, avec son décalage."""
    return emis.astimezone(PARIS).replace(microsecond=0)
