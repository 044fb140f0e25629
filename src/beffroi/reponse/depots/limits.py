"""Les limites d'une réponse : un seul endroit.
Celles qu'on annonce sont celles qu'on applique, à l'octet près.

Un fichier se mesure en clair, tel que la personne le voit sur son disque ;
le sceau ajoute un millième.
"""

from sceau.profile import PART_SIZE, PREFIX_SIZE, part_sizes, sealed_size

GIGAOCTET = 10**9
OCTETS_PAR_REPONSE = 20 * GIGAOCTET
OCTETS_PAR_FICHIER = 10 * GIGAOCTET
FICHIERS_PAR_REPONSE = 10_000
FICHIERS_PAR_PAQUET = 100
OCTETS_D_UN_NOM = 255
OCTETS_D_UN_MANIFESTE = 32 * 1024 * 1024
REPONSES_EN_PREPARATION = 50
JOURS_DE_GARDE_D_UN_BROUILLON = 30

OCTETS_D_UNE_PARTIE = PART_SIZE
OCTETS_DU_PREFIXE = PREFIX_SIZE
# La première partie porte l'entête du sceau en plus.
OCTETS_DE_LA_PLUS_GRANDE_PARTIE = PART_SIZE + PREFIX_SIZE
NOM_DU_MANIFESTE = "manifeste.age"
_CHUNK, _TAG = 65_536, 16


def taille_claire(taille: int) -> int | None:
    """La taille en clair d'un fichier scellé ;
    rien si un fichier scellé ne peut pas avoir cette taille.
    """
    contenu = taille - PREFIX_SIZE
    claire = contenu - _TAG * -(-contenu // (_CHUNK + _TAG))
    return claire if contenu >= _TAG and sealed_size(claire) == taille else None


def tailles_des_parties(taille: int) -> list[int]:
    """Le découpage d'un fichier scellé, partie par partie."""
    return part_sizes(taille)


def annonce() -> dict[str, int]:
    """Les limites telles que l'API et les pages les annoncent."""
    return {
        "octets_par_reponse": OCTETS_PAR_REPONSE,
        "octets_par_fichier": OCTETS_PAR_FICHIER,
        "fichiers_par_reponse": FICHIERS_PAR_REPONSE,
        "fichiers_par_paquet": FICHIERS_PAR_PAQUET,
        "octets_d_un_nom": OCTETS_D_UN_NOM,
        "octets_d_un_manifeste": OCTETS_D_UN_MANIFESTE,
        "reponses_en_preparation": REPONSES_EN_PREPARATION,
        "octets_d_une_partie": OCTETS_D_UNE_PARTIE,
        "octets_du_prefixe": OCTETS_DU_PREFIXE,
        "jours_de_garde_d_un_brouillon": JOURS_DE_GARDE_D_UN_BROUILLON,
    }
