"""Les procédures que la plateforme sait mener, telles que les tables de la loi les décrivent."""

from droit.tables import Procedure, charger

PROCEDURE_ADAPTEE = "procedure_adaptee_ouverte"
# Celles que seules les entreprises invitées connaissent :
# sans avis, hors des listes et des recherches (CCP, art. R. 2162-10).
RESERVEES = ("marche_subsequent",)


def procedure(cle: str) -> Procedure:
    """La ligne des tables. Une clé enregistrée y est toujours : le service l'a vérifiée."""
    return charger().procedures[cle]


def procedures_servies() -> tuple[Procedure, ...]:
    """Celles que l'on peut choisir ;
    les autres existent dans les tables, et disent qu'elles viendront.
    """
    return tuple(
        p for p in charger().procedures.values() if p.axe == "procédure" and p.servie != "plus tard"
    )


def choix() -> list[tuple[str, str]]:
    return [(p.cle, p.libelle) for p in procedures_servies()]


# Ce que chaque document dit aux entreprises.
ROLES_DES_DOCUMENTS = {
    "avis": "Il annonce l'achat à tous et fait courir le délai.",
    "règlement de la consultation": "Il dit comment répondre, et comment les offres seront jugées.",
    "règlement du concours": "Il dit comment répondre, et comment les projets seront jugés.",
    "acte d'engagement": "L'entreprise s'y engage sur son prix ; vous le signez pour conclure.",
    "cahier des clauses administratives": (
        "Il fixe les délais, les paiements, les garanties et les pénalités."
    ),
    "cahier des clauses techniques": "Il décrit ce que vous achetez.",
    "pièce de prix": "Elle fait donner à toutes les entreprises leurs prix sous la même forme.",
    "programme": "Il décrit le besoin auquel les projets répondent.",
    "programme fonctionnel": "Il décrit le besoin, sans imposer la solution.",
    "projet de contrat": "Il dit ce que le futur titulaire devra faire, et à quelles conditions.",
    "lettre de consultation": "Elle décrit le besoin et dit comment répondre.",
}
