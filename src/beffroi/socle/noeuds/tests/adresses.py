"""Qui entre où : un répartiteur n'a pas de compte."""

from tests.architecture.adresses import Adresse, Monde, publique


def planter(monde: Monde) -> None:
    """Rien : un nœud est toujours là."""


ADRESSES = {"noeuds:sante": Adresse(publique()), "noeuds:pret": Adresse(publique())}
