"""Les refus du coffre."""

from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, ServiceIndisponible

CLES_PERDUES = (
    "Les clés ne sont plus en mémoire. Rien n'est perdu : "
    "les personnes présentes tournent de nouveau "
    "leurs clés, et la séance reprend à la même enveloppe."
)

AUTRE_COFFRE = (
    "Le coffre qui devait recevoir les clés s'est arrêté, ou ne répond plus. Vos clés sont les "
    "bonnes, et rien n'est perdu : rechargez la page, et tournez-les de nouveau."
)

AUTRE_NAVIGATEUR = (
    "Le coffre n'ouvre les enveloppes qu'au navigateur d'où les clés ont été tournées. "
    "Continuez dans celui-là. Si vous ne l'avez plus, suspendez la séance (ou abandonnez la "
    "répétition) : les personnes présentes tournent de nouveau leurs clés. Rien n'est perdu."
)


class CleRefusee(RegleEnfreinte):
    """La clé reconstituée n'est pas celle qui est publiée."""

    titre = "Ces clés n'ouvrent pas cette consultation"


class PourUnAutreCoffre(RegleEnfreinte):
    """La graine est scellée pour un coffre qui n'est pas celui-ci, ou qui n'est plus."""

    titre = "Le coffre a changé pendant que vous tourniez les clés"

    def __init__(self, message: str = AUTRE_COFFRE) -> None:
        super().__init__(message)


class CoffreVide(ConflitEtat):
    """Le coffre a perdu les clés : redémarrage, panne ou suspension."""

    titre = "Les clés sont à tourner de nouveau"

    def __init__(self, message: str = CLES_PERDUES) -> None:
        super().__init__(message)


class AutreNavigateur(ConflitEtat):
    """Le coffre tient les clés, mais pour le navigateur qui les a tournées."""

    titre = "Les clés ont été tournées d'un autre navigateur"

    def __init__(self, message: str = AUTRE_NAVIGATEUR) -> None:
        super().__init__(message)


class CoffreInjoignable(ServiceIndisponible):
    """Le processus du coffre ne répond pas."""

    titre = "Le coffre de la séance ne répond pas"

    def __init__(self) -> None:
        super().__init__(
            "Le coffre de la séance ne répond pas. Attendez une minute, puis recommencez."
        )


class CoffreEteint(CoffreInjoignable):
    """Le nœud est là, et n'a pas de coffre : il n'en tient rien."""


class LectureImpossible(Exception):
    """Le stockage tient le scellé, mais ne le rend pas."""


class ScelleNonRendu(ServiceIndisponible):
    """Le stockage ne rend pas un fichier scellé, pour l'instant :
    rien n'en est déduit sur l'enveloppe.
    """

    titre = "Le stockage ne rend pas cette enveloppe"

    def __init__(self, nom: str) -> None:
        super().__init__(
            f"Le stockage ne rend pas « {nom} » pour l'instant. L'enveloppe reste scellée, "
            "rien n'est perdu. "
            "Réessayez dans quelques minutes."
        )
        self.nom = nom
