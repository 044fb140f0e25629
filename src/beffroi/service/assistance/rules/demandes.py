"""Ce qu'une demande doit dire, et ce qu'on peut en faire."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from beffroi.socle.budgets.rules import Budget
from droit.decision import Decision, Motif

OUVERTES_AU_PLUS = 20
# Sous cinq, un nombre de personnes désigne presque quelqu'un : il ne se publie pas seul.
PERSONNES_AU_MOINS = 5
PIECES_PAR_COURRIEL = 10
OCTETS_JOINTS = 20 * 1024 * 1024
# Une boucle que rien n'annonce écrit vite :
# au-delà, la demande reste, et rien ne lui répond d'office.
REPONSES_PAR_HEURE = 10
# Nulle personne n'en écrit un par minute ; au-delà, le courriel est mis de côté, et se compte.
COURRIELS_PAR_HEURE = 60
COURRIELS_EN_HUIT_HEURES = 64
# Ce que les personnes sans compte écrivent au centre, toutes ensemble.
DEMANDES_D_INCONNUS = Budget(acte="assistance.ecrire", par_reseau=10, en_tout=60, lignes=1)
SUITES_PAR_LIEN = Budget(acte="assistance.suivre", par_reseau=10, en_tout=60, lignes=1, par="lien")
# Au-delà, un courriel attend sa place dans la boîte ; il n'est ni perdu, ni mis de côté.
COURRIELS_RECUS = Budget(
    acte="assistance.courriel",
    par_reseau=COURRIELS_EN_HUIT_HEURES,
    en_tout=2 * COURRIELS_EN_HUIT_HEURES,
    pendant=timedelta(hours=8),
    lignes=1,
    par="expéditeur",
)
# Deux ans : le temps d'un recours, et de compter une année entière après l'autre.
VIE_APRES_LA_FIN = timedelta(days=730)


def recevable(*, texte: str, deja_ouvertes: int) -> Decision:
    """Vide, elle ne dit rien ; au-delà de vingt ouvertes, c'est la même qui se répète."""
    return Decision.selon(
        None if texte.strip() else Motif("Dites ce qui se passe : une phrase suffit."),
        None
        if deja_ouvertes < OUVERTES_AU_PLUS
        else Motif(
            f"Vous avez déjà {OUVERTES_AU_PLUS} demandes ouvertes. "
            "Écrivez la suite dans l'une d'elles, ou appelez-nous."
        ),
    )


def courriel_de_trop(*, recus_en_une_heure: int, recus_en_huit_heures: int = 0) -> Decision:
    """Au-delà de soixante en une heure, ou de soixante-quatre en huit, une adresse n'écrit plus
    dans la file : ses courriels attendent un regard, et laissent leur place aux autres.
    """
    return Decision.selon(
        None
        if recus_en_une_heure < COURRIELS_PAR_HEURE
        else Motif(
            f"Cette adresse a écrit {COURRIELS_PAR_HEURE} courriels en une heure : "
            "celui-ci est mis de côté."
        ),
        None
        if recus_en_huit_heures < COURRIELS_EN_HUIT_HEURES
        else Motif(
            f"Cette adresse a écrit {COURRIELS_EN_HUIT_HEURES} courriels en huit heures : "
            "celui-ci est mis de côté."
        ),
    )


def peut_fusionner(
    *, reference: str, dans: str, cible_ouverte: bool, meme_personne: bool
) -> Decision:
    """Deux demandes de la même personne sur le même sujet se suivent ensemble ;
    celle qui reste est ouverte.
    """
    return Decision.selon(
        Motif("Une demande ne se fusionne pas avec elle-même.") if reference == dans else None,
        None
        if cible_ouverte
        else Motif(f"La demande {dans} est close : choisissez-en une qui est ouverte."),
        # La personne lit le fil de celle qui reste : jamais celui d'une autre.
        None
        if meme_personne
        else Motif(f"La demande {dans} n'est pas de la même personne : elle ne doit pas la lire."),
    )


def part_tenue(*, tenues: int, dues: int) -> int | None:
    """La part, en pour cent, des premières réponses données à temps ;
    rien s'il n'y en avait aucune.
    """
    return None if dues == 0 else 100 * tenues // dues


def motif_recevable(*, motif: str, permis: Collection[str]) -> Decision:
    """Un motif est de la catégorie où la demande est rangée, ou n'est pas dit."""
    return Decision.selon(
        None
        if not motif or motif in permis
        else Motif(
            "Ce motif n'est pas de la catégorie de cette demande. Rangez-la, "
            "ou choisissez-en un autre."
        )
    )


@dataclass(frozen=True)
class Publiables:
    """Ce qui se publie d'une catégorie : les motifs montrés, et le reste, fondu en un nombre."""

    montres: Sequence[tuple[str, int]]
    autres: int = 0
    masques: bool = False


def motifs_publiables(demandes: Mapping[str, Sequence[str]]) -> Publiables:
    """De chaque motif, qui a demandé, une fois par demande. Un motif de moins de cinq personnes se
    fond dans « autres » ; s'il y serait seul reconnaissable, le plus petit des autres l'y rejoint,
    et si rien n'y suffit, rien ne se montre.
    """
    montres = sorted(demandes, key=lambda motif: (-len(set(demandes[motif])), motif))
    autres = [motif for motif in montres if len(set(demandes[motif])) < PERSONNES_AU_MOINS]
    montres = [motif for motif in montres if motif not in autres]
    while autres and montres and _personnes(demandes, autres) < PERSONNES_AU_MOINS:
        autres.append(montres.pop())
    if autres and _personnes(demandes, autres) < PERSONNES_AU_MOINS:
        return Publiables([], masques=True)
    reste = sum(len(demandes[motif]) for motif in autres)
    return Publiables([(motif, len(demandes[motif])) for motif in montres], reste)


def _personnes(demandes: Mapping[str, Sequence[str]], motifs: Collection[str]) -> int:
    return len({personne for motif in motifs for personne in demandes[motif]})


def pieces_gardees(tailles: Sequence[int]) -> int:
    """Combien des fichiers joints, dans leur ordre, tiennent dans la limite :
    dix, vingt mégaoctets en tout.
    """
    total = 0
    for rang, taille in enumerate(tailles[:PIECES_PAR_COURRIEL]):
        total += taille
        if total > OCTETS_JOINTS:
            return rang
    return min(len(tailles), PIECES_PAR_COURRIEL)


def ce_qui_manque(*, jointes: int, gardees: int) -> str:
    """La phrase que lit l'agent quand des fichiers n'ont pas été
    gardés ; vide, si tous l'ont été.
    """
    if jointes == gardees:
        return ""
    return (
        f"Ce courriel avait {jointes} fichiers joints ; {gardees} ont été gardés. "
        f"La limite est de {PIECES_PAR_COURRIEL} fichiers et "
        f"{OCTETS_JOINTS // 1024**2} Mo en tout. "
        "Demandez le reste à la personne."
    )
