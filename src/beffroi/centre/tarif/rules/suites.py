"""Ce qui suit l'appel de janvier :
un complément pour qui n'est pas appelé, une régularisation de ce qui était estimé.
"""

from datetime import date

from droit.decision import Decision, Motif


def peut_completer(*, annee: int, dernier_est_emis: bool, a_appeler: int) -> Decision:
    """Un complément à la fois, après l'appel de l'année, pour quelqu'un (ruling 15)."""
    return Decision.selon(
        Motif(
            f"L'appel de {annee} n'est pas émis : ces adhérents y entreront, "
            "ou attendez son émission."
        )
        if not dernier_est_emis
        else None,
        Motif(f"Personne n'est à appeler pour {annee} : chaque effectif déclaré a son appel.")
        if not a_appeler
        else None,
    )


def peut_regulariser(
    *, annee: int, aujourd_hui: date, dernier_est_emis: bool, a_regulariser: int
) -> Decision:
    """Une fois l'année finie : son compte ne bouge plus (rulings 5 et 6)."""
    ouverture = date(annee + 1, 1, 2)
    return Decision.selon(
        Motif(
            f"L'année {annee} se régularise le 2 janvier {annee + 1} au plus tôt : "
            "son compte change encore."
        )
        if aujourd_hui < ouverture
        else None,
        Motif(f"Un appel de {annee} n'est pas émis. Émettez-le d'abord.")
        if not dernier_est_emis
        else None,
        Motif(f"Rien n'est à régulariser pour {annee} : aucun volume n'y était estimé.")
        if not a_regulariser
        else None,
    )
