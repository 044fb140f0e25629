"""Les champs par lesquels une entreprise se présente, pareils d'un document à l'autre."""

from beffroi.achat.redaction.clauses import Blocs, dire
from beffroi.achat.redaction.faits import Faits
from formats.document import Cases, Formulaire, Tableau, phrase

_MEMBRES = 3  # lignes vides, que l'on peut ajouter


def identite(legende: str) -> Blocs:
    return (
        Formulaire(
            legende,
            (
                "Nom ou dénomination sociale",
                "Adresse",
                "SIRET (ou numéro de TVA, hors de France)",
                "Courriel",
                "Téléphone",
            ),
        ),
    )


def seul_ou_groupement() -> Blocs:
    return (
        dire("Cochez une case :"),
        Cases(
            (
                phrase("l'entreprise répond seule ;"),
                phrase("groupement conjoint ;"),
                phrase("groupement solidaire."),
            )
        ),
    )


def membres() -> Blocs:
    """Les membres d'un groupement, le mandataire en premier."""
    vide = phrase()
    return (
        Tableau(
            legende="En groupement : le mandataire, puis les autres membres",
            entetes=("Entreprise et SIRET", "Adresse", "Ce qu'elle exécute"),
            lignes=((vide, vide, vide),) * _MEMBRES,
            largeurs=(3, 3, 3),
        ),
    )


def lots(faits: Faits, verbe: str) -> Blocs:
    """Les lots auxquels on répond, à cocher ; rien sans lot."""
    if not faits.lots:
        return ()
    choix = tuple(phrase(f"lot {lot.numero} : {lot.intitule}") for lot in faits.lots)
    return (dire(verbe), Cases(choix))
