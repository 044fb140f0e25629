"""Ce que l'exploitant décide, par son nom :
ce que c'est, ce qu'il peut valoir, ce qui vaut d'office.
"""

from dataclasses import dataclass

from beffroi.centre.conventions.documents.faits import LigneDeGrille
from droit.decision import Decision, Motif

COLONNES_DE_LA_GRILLE = 4


@dataclass(frozen=True)
class Parametre:
    """`choix` : les seules valeurs admises. `d_office` : ce qui vaut tant que rien n'est décidé."""

    nom: str
    libelle: str
    aide: str = ""
    choix: tuple[tuple[str, str], ...] = ()
    d_office: str = ""
    lignes: bool = False
    # Un nombre, entre ces bornes.
    bornes: tuple[int, int] | None = None

    def en_clair(self, valeur: str) -> str:
        """La valeur telle qu'une personne la lit : d'un choix, son libellé."""
        return dict(self.choix).get(valeur, valeur)


PARAMETRES = {
    parametre.nom: parametre
    for parametre in (
        Parametre(
            "centre", "Nom du centre de gestion", "Tel que la convention l'écrit, sans article."
        ),
        Parametre("sigle", "Sigle du centre", "Par exemple Cdg62."),
        Parametre(
            "representant_du_centre",
            "Qui représente le centre",
            "Par exemple : son Président, Prénom NOM.",
        ),
        Parametre(
            "signataire_du_centre", "Qualité du signataire du centre", "Par exemple : Le Président."
        ),
        Parametre("siege_du_centre", "Siège du centre", "L'adresse, sur une ligne."),
        Parametre("ville", "Ville où l'acte est fait"),
        Parametre("archives", "Direction des Archives départementales", "Avec son département."),
        Parametre(
            "archives_adresse",
            "Adresse postale des Archives départementales",
            "Sur une ligne : la lettre recommandée de qui se retire leur est adressée aussi "
            "(convention, art. 5).",
        ),
        Parametre(
            "archives_courriel",
            "Courriel de l'archiviste",
            "Qui tient un compte à cette adresse, confirmée, lit quelles conventions finissent, et "
            "ce qui en est remis. Rien d'autre ne s'ouvre.",
        ),
        Parametre(
            "contact_du_centre",
            "Contact pour les données personnelles",
            "Un courriel ou une adresse.",
        ),
        Parametre(
            "visas",
            "Visas des délibérations du centre",
            "Une ligne par visa, ponctuation comprise.",
            lignes=True,
        ),
        Parametre(
            "comptable",
            "Service de gestion comptable",
            "Son nom, puis son adresse, une ligne chacun.",
            lignes=True,
        ),
        Parametre(
            "tribunal",
            "Tribunal administratif",
            "Son nom, puis son adresse, une ligne chacun.",
            lignes=True,
        ),
        Parametre(
            "grille",
            "Grille imprimée en annexe 1",
            (
                "Tant qu'aucune grille n'est adoptée dans les contributions. Une tranche par "
                "ligne : tranche | consultations | moins de 350 agents | plus de 350 agents."
            ),
            lignes=True,
        ),
        Parametre(
            "directeur_de_la_publication",
            "Directeur de la publication",
            "Son prénom et son nom : les mentions légales le nomment "
            "(loi n° 2004-575 du 21 juin 2004, art. 1-1).",
        ),
        Parametre(
            "hebergeur",
            "Hébergeur du service",
            "Son nom, son adresse, puis son téléphone, une ligne chacun. Si le centre héberge "
            "lui-même, les siens.",
            lignes=True,
        ),
        Parametre(
            "duree_reconduite",
            "Durée après la troisième année",
            "La convention se reconduit sans qu'on écrive.",
            choix=(
                ("indeterminee", "Sans terme"),
                ("1", "Un an, puis un an"),
                ("3", "Trois ans, puis trois ans"),
            ),
            d_office="indeterminee",
        ),
        Parametre(
            "jours_avant_relance",
            "Jours de l'échéance au rappel d'un impayé",
            "Le rappel part au plus tôt ce nombre de jours après l'échéance.",
            d_office="30",
            bornes=(8, 365),
        ),
        Parametre(
            "jours_apres_relance",
            "Jours du rappel à la mise en demeure",
            "Le temps de payer, ou de contester, avant une lettre recommandée.",
            d_office="15",
            bornes=(8, 365),
        ),
        Parametre(
            "jours_en_demeure",
            "Jours qu'une mise en demeure laisse pour payer",
            "De la réception, ou de la première présentation, lue sur la preuve.",
            d_office="30",
            bornes=(8, 365),
        ),
    )
}


def valeur_recevable(nom: str, valeur: str) -> Decision:
    """Une valeur admise, et qui se lit."""
    parametre = PARAMETRES[nom]
    if not valeur.strip():
        return Decision.refus(Motif("Donnez une valeur."))
    if parametre.choix and valeur not in dict(parametre.choix):
        return Decision.refus(Motif("Choisissez l'une des valeurs proposées."))
    if parametre.bornes and not _entre(valeur.strip(), parametre.bornes):
        return Decision.refus(
            Motif("Écrivez un nombre de jours, de {} à {}.".format(*parametre.bornes))
        )
    if nom == "grille":
        return _grille_recevable(valeur)
    return Decision.accord()


def _entre(valeur: str, bornes: tuple[int, int]) -> bool:
    return (
        valeur.isascii()
        and valeur.isdecimal()
        and len(valeur) <= 3
        and bornes[0] <= int(valeur) <= bornes[1]
    )


def _grille_recevable(valeur: str) -> Decision:
    for rang, ligne in enumerate(lignes(valeur), start=1):
        cellules = [cellule.strip() for cellule in ligne.split("|")]
        if len(cellules) != COLONNES_DE_LA_GRILLE or not all(cellules):
            return Decision.refus(
                Motif(
                    f"Ligne {rang} : il faut quatre valeurs séparées par « | » : "
                    "Tranche 1 | Moins de 50 | Gratuit | 250 €."
                )
            )
    return Decision.accord()


def lignes(valeur: str) -> tuple[str, ...]:
    return tuple(ligne.strip() for ligne in valeur.splitlines() if ligne.strip())


def grille(valeur: str) -> tuple[LigneDeGrille, ...]:
    """Les tranches, telles que l'annexe les imprime."""
    return tuple(
        LigneDeGrille(*(cellule.strip() for cellule in ligne.split("|")))
        for ligne in lignes(valeur)
    )
