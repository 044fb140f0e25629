"""Établir une preuve, la révoquer ; ce qui vaut encore, et combien de temps."""

from datetime import datetime, timedelta

from droit.decision import Decision, Motif

# Un certificat qualifié se délivre pour trois ans au plus : une preuve ne dure pas davantage.
DUREE_D_UNE_PREUVE = timedelta(days=3 * 365)
RAPPEL_AVANT_LA_FIN = timedelta(days=30)
DUREE_D_UN_DEFI = timedelta(days=7)
DUREE_D_UN_CODE = timedelta(days=30)
ESSAIS_D_UN_CODE = 5


def peut_relever(
    *,
    la_meme_equipe: bool,
    releve_le: datetime | None,
    expire_le: datetime,
    maintenant: datetime,
) -> Decision:
    """Un défi ne sert qu'à l'équipe qui l'a demandé, une fois, et à temps."""
    if not la_meme_equipe:
        return Decision.refus(
            Motif(
                "Ce défi est celui d'une autre équipe. Demandez le vôtre, signez-le, "
                "et rendez-le ici."
            )
        )
    if releve_le:
        return Decision.refus(
            Motif("Ce défi a déjà servi : il ne prouve qu'une fois. Demandez-en un autre.")
        )
    if maintenant >= expire_le:
        return Decision.refus(
            Motif("Ce défi a expiré : il valait sept jours. Demandez-en un autre, et signez-le.")
        )
    return Decision.accord()


def peut_etablir(*, en_cours: bool, habitee: bool, precision: str) -> Decision:
    """Le centre constate sur pièces, et dit lesquelles ; une équipe vide se rouvre d'abord."""
    return Decision.selon(
        Motif("Dites quelles pièces vous avez vues, et leur date.") if not precision else None,
        Motif("Cette équipe est déjà prouvée par ce moyen. Révoquez d'abord, si c'est à refaire.")
        if en_cours
        else None,
        None
        if habitee
        else Motif("Personne n'est plus dans cette équipe. Rouvrez-la plutôt à une personne."),
    )


def peut_revoquer(*, revoquee: bool, motif: str) -> Decision:
    return Decision.selon(
        Motif("Cette preuve est déjà révoquée.") if revoquee else None,
        None if motif else Motif("Dites pourquoi : l'équipe le lira."),
    )


def peut_demander_une_lettre(*, francaise: bool, en_cours: bool, prouvee: bool) -> Decision:
    """Sirene ne connaît que les établissements français ; une lettre à la fois."""
    if not francaise:
        return Decision.refus(
            Motif("Sirene ne connaît que les établissements en France. Prenez un autre moyen.")
        )
    if prouvee:
        return Decision.refus(Motif("Votre équipe est déjà prouvée par ce moyen."))
    if en_cours:
        return Decision.refus(Motif("Une lettre est déjà demandée. Attendez-la, ou appelez-nous."))
    return Decision.accord()


def peut_taper_le_code(
    *, imprimee: bool, expire_le: datetime | None, essais_manques: int, maintenant: datetime
) -> Decision:
    """Un code vaut trente jours et cinq essais."""
    if not imprimee or expire_le is None:
        return Decision.refus(Motif("Aucune lettre n'est encore partie pour votre équipe."))
    if maintenant >= expire_le:
        return Decision.refus(
            Motif("Ce code a expiré : il valait trente jours. Demandez une autre lettre.")
        )
    if essais_manques >= ESSAIS_D_UN_CODE:
        return Decision.refus(
            Motif(f"Ce code a été mal tapé {ESSAIS_D_UN_CODE} fois. Demandez une autre lettre.")
        )
    return Decision.accord()
