"""Un transfert d'archives, tel que le bordereau le décrit. Ce qui manque est vide.

La forme : un `Bordereau` a des `Groupe` (chacun, les fichiers d'un même document) et un arbre
d'`Unite` ; une unité nomme les groupes qu'elle décrit. Source : SEDA 2.1 (SIAF, juin 2018), type
`ArchiveTransfer` ; 2.2 et 2.3 portent les mêmes éléments.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from formats.seda.versions import D_OFFICE

SHA_512 = "SHA-512"


class SortFinal(StrEnum):
    """Ce que deviennent les archives au bout de leur durée d'utilité
    administrative (`FinalAction`).
    """

    CONSERVER = "Keep"
    DETRUIRE = "Destroy"


class Niveau(StrEnum):
    """Le niveau de description (`DescriptionLevel`)."""

    FONDS = "Fonds"
    SOUS_FONDS = "Subfonds"
    CLASSE = "Class"
    COLLECTION = "Collection"
    SERIE = "Series"
    SOUS_SERIE = "Subseries"
    GROUPE_DE_DOSSIERS = "RecordGrp"
    SOUS_GROUPE = "SubGrp"
    DOSSIER = "File"
    PIECE = "Item"
    AUTRE = "OtherLevel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Ce qu'est un fichier.

    `puid` : l'identifiant PRONOM (« fmt/18 »), vide quand rien ne l'établit.
    """

    nom: str = ""
    mime: str = ""
    puid: str = ""

    @property
    def est_identifie(self) -> bool:
        return bool(self.puid)


NON_IDENTIFIE = Format(nom="Non identifié")


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """Une règle du référentiel du service d'archives (« APP-00012 »),
    et la date dont elle court.
    """

    identifiant: str
    debut: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dua:
    """La durée d'utilité administrative (`AppraisalRule`) :
    ses règles, et le sort final au bout.
    """

    sort: SortFinal
    regles: tuple[Regle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gestion:
    """Ce qui gouverne une unité et celles qu'elle contient :
    sa DUA, sa communicabilité (`AccessRule`).
    """

    dua: Dua | None = None
    communicabilite: tuple[Regle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objet:
    """Un fichier du paquet (`BinaryDataObject`). `uri` :
    son chemin dans l'archive, « content/ID12.pdf ».

    `empreinte` (hexadécimale) et `taille` se laissent vides à l'écriture d'un paquet : elles
    sont alors mesurées. Données, elles sont comparées à ce qui passe. `usage` :
    « BinaryMaster_1 », l'original.
    """

    id: str
    uri: str
    nom: str
    empreinte: str = ""
    algorithme: str = SHA_512
    taille: int | None = None
    format: Format = NON_IDENTIFIE
    modifie_le: datetime | None = None
    usage: str = "BinaryMaster_1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """Les fichiers d'un même document (`DataObjectGroup`) :
    l'original, une copie de consultation.
    """

    id: str
    objets: tuple[Objet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renvoi:
    """Une place de l'arbre tenue par une unité décrite ailleurs (`ArchiveUnitRefId`)."""

    id: str
    vers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unite:
    """Une unité d'archives :
    ce qu'elle est, ce qu'elle contient, les groupes (leurs `id`) qu'elle décrit.
    """

    id: str
    titre: str
    niveau: Niveau | None = None
    description: str = ""
    sorte: str = ""
    reference_du_producteur: str = ""
    reference_du_systeme: str = ""
    langue: str = ""
    mots_cles: tuple[str, ...] = ()
    cree_le: date | None = None
    transmis_le: date | None = None
    envoye_le: date | None = None
    recu_le: date | None = None
    enregistre_le: date | None = None
    debut: date | None = None
    fin: date | None = None
    gestion: Gestion | None = None
    unites: tuple["Unite", ...] = ()
    renvois: tuple[Renvoi, ...] = ()
    groupes: tuple[str, ...] = ()

    def parcours(self) -> Iterator["Unite"]:
        """Elle, puis toutes celles qu'elle contient, dans l'ordre du bordereau."""
        yield self
        for unite in self.unites:
            yield from unite.parcours()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bordereau:
    """Un transfert (`ArchiveTransfer`).

    `gestion` vaut pour toutes les unités, sauf celles qui en disent une autre.
    """

    identifiant: str
    date: datetime
    service_d_archives: str
    service_versant: str
    service_producteur: str
    accord: str = ""
    profil: str = ""
    commentaire: str = ""
    groupes: tuple[Groupe, ...] = ()
    unites: tuple[Unite, ...] = ()
    gestion: Gestion | None = None
    version: str = D_OFFICE

    def objets(self) -> Iterator[Objet]:
        for groupe in self.groupes:
            yield from groupe.objets

    def toutes_les_unites(self) -> Iterator[Unite]:
        for unite in self.unites:
            yield from unite.parcours()

    def mesure(self, mesures: dict[str, Objet]) -> "Bordereau":
        """Le même, où chaque objet est celui qui a été mesuré sous le même `id`."""
        groupes = tuple(
            replace(groupe, objets=tuple(mesures.get(objet.id, objet) for objet in groupe.objets))
            for groupe in self.groupes
        )
        return replace(self, groupes=groupes)
