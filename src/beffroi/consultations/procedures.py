"""Les procédures que la plateforme sait mener, telles que les tables de la loi les décrivent."""

from droit.tables import Procedure, charger

PROCEDURE_ADAPTEE = "procedure_adaptee_ouverte"


def procedure(cle: str) -> Procedure:
    """La ligne des tables. Une clé enregistrée y est toujours : le service l'a vérifiée."""
    return charger().procedures[cle]


def procedures_servies() -> tuple[Procedure, ...]:
    """Celles que l'on peut choisir ; les autres existent dans les tables, et disent qu'elles viendront."""
    return tuple(p for p in charger().procedures.values() if p.axe == "procédure" and p.servie != "plus tard")


def choix() -> list[tuple[str, str]]:
    return [(p.cle, p.libelle) for p in procedures_servies()]
