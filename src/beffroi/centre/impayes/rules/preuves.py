"""Une lettre recommandée et sa preuve : d'elle seule viennent les dates (convention, art. 5)."""

from datetime import date

from beffroi.centre.impayes.rules.etapes import ART_5
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif


def preuve_recevable(
    *, recue: date, etablie: date, aujourd_hui: date, a_un_fichier: bool
) -> Decision:
    """Une réception a eu lieu, après que la lettre a été écrite ;
    l'avis, ou la preuve électronique, le montre.
    """
    return Decision.selon(
        Motif(
            f"Le {en_toutes_lettres(recue)} n'est pas encore venu : "
            "recopiez la date de l'avis de réception, ou de la preuve "
            "électronique."
        )
        if recue > aujourd_hui
        else None,
        Motif(
            f"Cette lettre a été établie le {en_toutes_lettres(etablie)} : "
            "elle n'a pas pu être reçue avant."
        )
        if recue < etablie
        else None,
        Motif(
            "Joignez la preuve : l'avis de réception, ou celle de l'envoi recommandé électronique.",
            ART_5,
        )
        if not a_un_fichier
        else None,
    )


def motivee(motif: str) -> Decision:
    """Une décision qui fait grief dit ses raisons."""
    if motif.strip():
        return Decision.accord()
    return Decision.refus(
        Motif("Une décision se motive : écrivez pourquoi, en fait et en droit.", ART_5)
    )


def peut_contester(*, appelee: bool, reste_du: bool, deja: bool, en_cours: bool) -> Decision:
    """L'adhérent conteste une fois en ligne ;
    la bonne foi est présumée, et les délais s'arrêtent jusqu'à la réponse.
    """
    return Decision.selon(
        Motif("Rien n'est dû pour cette contribution.") if not appelee or not reste_du else None,
        Motif("Votre contestation est déjà reçue : le centre de gestion y répond.")
        if en_cours
        else None,
        Motif(
            "Vous avez déjà contesté cette somme, et le centre y a répondu. Pour aller plus loin, "
            "appelez-le ou écrivez-lui."
        )
        if deja and not en_cours
        else None,
    )


def arret_recevable(*, du: date, emise: date, aujourd_hui: date) -> Decision:
    """Le jour où la contestation est arrivée : ni à venir, ni avant l'appel."""
    return Decision.selon(
        Motif("Cette date est à venir. Notez le jour où la contestation est arrivée.")
        if du > aujourd_hui
        else None,
        Motif("Cette date vient avant l'appel : vérifiez-la.") if du < emise else None,
    )
