"""Ce qui permet d'accuser réception,
de reprendre une archive d'ailleurs (convention, annexe 8, art. 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from droit.citation import Document
from droit.decision import Decision, Motif

ANNEXE = Document("convention, annexe 8, art. 4")


class Part(Enum):
    """Ce qu'une consultation donne à l'archive :
    tout ce qui en est gardé, ou les seuls documents de l'acheteur.
    """

    TOUT = auto()
    DOCUMENTS = auto()


def part_rendue(*, finie: bool, limite_passee: bool, est_parti: bool, sans_noms: bool) -> Part:
    """Finie, tout. Qui part emporte aussi ce qui ne l'est pas,
    quelle que soit la cause (convention, art. 5).

    Jamais avant l'heure limite, qui tient les réponses fermées ;
    ni tant qu'un jury juge sans noms (CCP, art. R. 2162-18).
    """
    return Part.TOUT if finie or (est_parti and limite_passee and not sans_noms) else Part.DOCUMENTS


def peut_accuser_reception(*, etat: str, empreinte: str, lue: str) -> Decision:
    """On accuse réception d'une archive prête, dont on donne le début de l'empreinte :
    on l'a donc eue, entière.
    """
    pas_prete = Motif("Cette archive n'est pas prête, ou sa réception est déjà accusée.")
    autre = Motif(
        (
            "Cette empreinte n'est pas celle de l'archive : le téléchargement est incomplet, "
            "ou c'est un autre fichier."
        ),
        ANNEXE,
    )
    if etat != "etablie":
        return Decision.selon(pas_prete)
    voulue = "".join(lue.split()).lower()
    return Decision.selon(
        None if len(voulue) >= CHIFFRES_LUS and empreinte.startswith(voulue) else autre
    )


CHIFFRES_LUS = 8


def peut_faire_effacer(
    *, etat: str, est_parti: bool, en_cours: int, gels: Iterable[str], nouvelles: int
) -> Decision:
    """Rien ne s'efface avant la réception, ni tant qu'il reste à passer, à garder, à rendre.

    Le visa vient ensuite.
    """
    pas_recue = Motif(
        "L'organisme n'a pas accusé réception de cette archive : rien ne s'efface avant.", ANNEXE
    )
    reste = Motif("La convention n'est pas finie : la plateforme garde ce qui y est passé.", ANNEXE)
    court = Motif(
        "Des procédures sont encore en cours : elles vont à leur terme, puis se rendent.", ANNEXE
    )
    depuis = Motif(
        (
            "Des pièces sont arrivées depuis cette archive : demandez-en une nouvelle, "
            "qui les contient."
        ),
        ANNEXE,
    )
    return Decision.selon(
        None if etat == "recue" else pas_recue,
        None if est_parti else reste,
        court if en_cours else None,
        *[Motif(f"Gelé : {motif}") for motif in gels],
        depuis if nouvelles else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DejaLa:
    """Ce que cette instance sait du SIREN de l'archive."""

    manifestes: frozenset[str] = frozenset()
    cles: frozenset[str] = frozenset()
    sirets: frozenset[str] = frozenset()
    est_l_exploitant: bool = False


def peut_reprendre(
    *, manifeste: str, cle: str, siret: str, la: DejaLa, apportes: Iterable[str] = ()
) -> Decision:
    """Une archive se reprend une fois ;
    un SIREN que l'on connaît sous une autre identité ne se confond pas avec elle.

    `apportes` : le SIRET de chaque archive que celle-ci emporte.
    """
    melee = Motif(
        "Cette archive en emporte une autre, qui n'est pas du même SIRET : "
        "vérifiez d'où vient celle-ci."
    )
    deja = Motif("Cette archive est déjà reprise : rien n'a été ajouté.")
    autre_cle = Motif(
        "Une archive de ce SIREN vient d'une autre plateforme, d'une autre clé : "
        "vérifiez d'où vient celle-ci."
    )
    autre_siret = Motif(
        "Ce SIREN est connu ici sous un autre SIRET : ce n'est peut-être pas le même organisme."
    )
    exploitant = Motif(
        "Ce SIREN est celui de l'exploitant de cette plateforme : "
        "son archive ne se reprend pas ici."
    )
    return Decision.selon(
        deja if manifeste in la.manifestes else None,
        exploitant if la.est_l_exploitant else None,
        autre_cle if la.cles - {cle} else None,
        melee if set(apportes) - {siret} else None,
        autre_siret if la.sirets and siret not in la.sirets else None,
    )
