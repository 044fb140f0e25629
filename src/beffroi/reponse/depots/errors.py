"""Les refus propres au dépôt."""

from beffroi.socle.fondations.erreurs import ConflitEtat, ErreurMetier, LimiteDepassee


class PartieManquante(ConflitEtat):
    """Le fichier n'est pas complet : une partie n'est pas arrivée."""


class FichierInacheve(ConflitEtat):
    """Le dépôt nomme un fichier qui n'est pas entièrement reçu."""


class CleReutilisee(ConflitEtat):
    """Une clé d'idempotence a déjà servi à un autre dépôt."""


class NonScelle(ErreurMetier):
    """Ce qui est reçu n'est pas un fichier scellé au profil de la consultation."""


class LongueurManquante(ErreurMetier):
    """Un envoi sans longueur annoncée ne peut pas être vérifié."""

    statut = 411
    titre = "La longueur de l'envoi manque"


def limite_depassee(message: str, *, limite: str, valeur: int) -> LimiteDepassee:
    """Le refus nomme la limite et sa valeur : aucune n'est cachée."""
    return LimiteDepassee(message, limite={"nom": limite, "valeur": valeur})
