"""Vérifie que ce nœud sert la même plateforme que les autres, et qu'il les joint.

Ses clés, la base, le stockage, l'ouvrier, et le coffre de chaque autre nœud. Code de retour : 0, il
peut servir avec eux ; 1, non, et pourquoi.
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django

COFFRES = {
    "joint": "répond",
    "eteint": "joint ; il se lancera à sa première séance",
    "injoignable": (
        "ne répond pas : vérifiez son adresse, le pare-feu, et que ce nœud a la même clé du service"
    ),
}
SEUL = "aucun autre nœud n'est réglé : une séance ne s'ouvre que par celui-ci."


def arguments(analyseur: ArgumentParser) -> None:
    """Rien à régler."""


def executer(_: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.seance.coffre.coffre import etat_des_coffres
    from beffroi.socle.fondations.horloge import heure_reelle
    from beffroi.socle.noeuds.etat import etat_du_noeud

    etat = etat_du_noeud(le=heure_reelle())
    for partie, bonne in etat.parties.items():
        print(f"{partie} : {'bien' if bonne else 'ne répond pas'}")
    print(f"ouvrier : {'au travail' if etat.ouvrier else 'aucun depuis une minute'}")
    coffres = etat_des_coffres()
    for adresse, dit in coffres.items():
        print(f"coffre {adresse} : {COFFRES[dit]}")
    if not coffres:
        print(SEUL)
    return 0 if etat.pret and "injoignable" not in coffres.values() else 1
