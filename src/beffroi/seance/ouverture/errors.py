"""Les refus propres à l'ouverture."""

from beffroi.socle.fondations.erreurs import ConflitEtat


class EnveloppeEnCours(ConflitEtat):
    """Quelqu'un ouvre déjà cette enveloppe."""

    titre = "Une enveloppe est en cours d'ouverture"

    def __init__(self) -> None:
        super().__init__(
            "Cette enveloppe est déjà en cours d'ouverture. Attendez qu'elle soit lue."
        )
