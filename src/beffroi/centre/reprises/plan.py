"""Ce que le tableur ferait, comparé à ce que Beffroi sait à cet instant : rien n'est écrit ici.

Prêtes + à corriger + à laisser = lignes lues, toujours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from beffroi.centre.reprises.models import LigneDeReprise
from beffroi.centre.reprises.rules import lignes as regles
from beffroi.centre.reprises.rules.lignes import Connu, Faute, Jugee
from formats.tableau_lu import plier


@dataclass(frozen=True)
class Ligne:
    """Une ligne, son verdict, et si sa copie signée a été trouvée."""

    ligne: LigneDeReprise
    jugee: Jugee
    copie: str = ""

    @property
    def numero(self) -> int:
        return self.ligne.numero

    @property
    def copie_manque(self) -> bool:
        return bool(self.ligne.valeurs.get("copie")) and not self.copie


@dataclass(frozen=True)
class AChoisir:
    """Plusieurs lignes pour un SIREN : une personne choisit celle qui vaut."""

    siren: str
    nom: str
    lignes: Sequence[Ligne]

    @property
    def numeros(self) -> str:
        return ", ".join(str(une.numero) for une in self.lignes)


@dataclass(frozen=True)
class ACorriger:
    """Une faute d'une ligne ; ou un doublon, à départager."""

    ligne: Ligne
    faute: Faute | None = None
    doublon: AChoisir | None = None


@dataclass(frozen=True)
class Plan:
    lues: int
    pretes: Sequence[Ligne]
    fautives: Sequence[Ligne]
    laissees: Sequence[tuple[Ligne, str]]
    doublons: Sequence[AChoisir]
    # Prêtes, mais déjà dans une vague ; et celles qu'une vague a reprises.
    en_vague: Sequence[Ligne] = ()
    reprises: Sequence[Ligne] = ()

    @property
    def a_corriger(self) -> int:
        """En lignes du tableur : deux lignes d'un doublon en font deux."""
        return len(self.fautives) + sum(len(un.lignes) for un in self.doublons)

    @property
    def toutes_pretes(self) -> int:
        return len(self.pretes) + len(self.en_vague) + len(self.reprises)

    @property
    def avec_copie(self) -> int:
        return sum(bool(une.copie) for une in (*self.pretes, *self.en_vague, *self.reprises))

    @property
    def corrections(self) -> list[ACorriger]:
        """Une par faute, dans l'ordre du tableur ; les doublons à la place de leur première."""
        dues = [ACorriger(ligne, faute) for ligne in self.fautives for faute in ligne.jugee.fautes]
        dues += [ACorriger(un.lignes[0], doublon=un) for un in self.doublons]
        return sorted(dues, key=lambda due: due.ligne.numero)


def composer(
    lignes: Sequence[LigneDeReprise],
    connus: Mapping[str, Connu],
    copies: Mapping[str, str],
    *,
    aujourd_hui: date,
) -> Plan:
    """`connus` : ce que l'annuaire sait, par SIREN. `copies` : la clé gardée, par nom plié."""
    jugees = [_juger(ligne, connus, copies, aujourd_hui) for ligne in lignes]
    faites = [une for une in jugees if une.ligne.convention_id]
    libres = [une for une in jugees if not une.ligne.convention_id]
    laissees = [(une, une.ligne.laissee or une.jugee.laisser) for une in libres]
    a_laisser = [(une, pourquoi) for une, pourquoi in laissees if pourquoi]
    restent = [une for une, pourquoi in laissees if not pourquoi]
    doubles = regles.doublons({une.numero: une.jugee.siren for une in restent})
    doublons = [
        AChoisir(siren, groupe[0].jugee.nom, groupe)
        for siren in doubles
        if (groupe := [une for une in restent if une.jugee.siren == siren])
    ]
    seules = [une for une in restent if une.jugee.siren not in doubles]
    justes = [une for une in seules if not une.jugee.fautes]
    return Plan(
        lues=len(lignes),
        pretes=[une for une in justes if une.ligne.vague_id is None],
        en_vague=[une for une in justes if une.ligne.vague_id is not None],
        fautives=[une for une in seules if une.jugee.fautes],
        laissees=a_laisser,
        doublons=doublons,
        reprises=faites,
    )


def _juger(
    ligne: LigneDeReprise,
    connus: Mapping[str, Connu],
    copies: Mapping[str, str],
    aujourd_hui: date,
) -> Ligne:
    siren = regles.siren_ecrit(ligne.valeurs.get("siren", ""))
    jugee = regles.juger(ligne.valeurs, connus.get(siren), aujourd_hui=aujourd_hui)
    if ligne.refus and not jugee.laisser:
        fautes = [*jugee.fautes, Faute("activation", ligne.refus)]
        jugee = Jugee(jugee.siren, jugee.nom, fautes=fautes)
    return Ligne(ligne, jugee, copies.get(nom_de_copie(ligne.valeurs.get("copie", "")), ""))


def nom_de_copie(ecrit: str) -> str:
    """Le nom d'un fichier tel que deux personnes l'écriraient : sans casse, accents ni « .pdf »."""
    return plier(ecrit.removesuffix(".pdf").removesuffix(".PDF"))
