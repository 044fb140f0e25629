"""Une lettre recommandée et sa preuve (convention, art. 5) :
ce qui fait courir le préavis, et quand la fin arrive.
"""

from datetime import date

from beffroi.centre.conventions.rules.fin import ART_5, RECU_PAR, Auteur
from droit.calendrier.jours import mois_apres
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

MOIS_D_EXTINCTION = 12
JOURS_DE_REMISE = 30


def preuve_recevable(
    *, par: Auteur, recue: date, effet: date | None, aujourd_hui: date, a_un_fichier: bool
) -> Decision:
    """La date vient de l'avis de réception ou de la preuve électronique, jamais d'un
    clic : elle est donc passée.
    """
    quoi = (
        "la notification de la décision" if par == "impaye" else f"la réception par {RECU_PAR[par]}"
    )
    return Decision.selon(
        Motif(
            f"Le {en_toutes_lettres(recue)} n'est pas encore venu : "
            f"{quoi} se lit sur la preuve de La Poste. Recopiez "
            "la date de l'avis."
        )
        if recue > aujourd_hui
        else None,
        Motif(
            "La lettre aurait été reçue avant que la convention prenne effet. Vérifiez cette date.",
            ART_5,
        )
        if effet is not None and recue < effet
        else None,
        Motif(
            "Joignez la preuve : l'avis de réception, ou celle de l'envoi recommandé électronique.",
            ART_5,
        )
        if not a_un_fichier
        else None,
    )


def copie_recevable(*, le: date, recue: date | None, aujourd_hui: date) -> Decision:
    """La copie aux Archives départementales : une date passée. Son absence n'empêche rien."""
    if le > aujourd_hui:
        return Decision.refus(
            Motif("Cette date est à venir. Notez la copie quand elle sera partie.")
        )
    return Decision.accord()


def presentation_recevable(*, partie: date, presentee: date | None, aujourd_hui: date) -> Decision:
    """Une lettre se présente après être partie, et ce jour est passé."""
    return Decision.selon(
        Motif("La lettre ne se présente pas avant d'être partie. Vérifiez ces deux dates.")
        if presentee is not None and presentee < partie
        else None,
        Motif("Ce jour de présentation est à venir. Notez-le quand la poste l'aura prouvé.")
        if presentee is not None and presentee > aujourd_hui
        else None,
    )


def avertissement_des_archives(*, par: Auteur, copie_le: date | None) -> Motif | None:
    """L'adhérent écrit aussi aux Archives départementales ;
    sans copie, on le dit, et tout suit son cours.
    """
    if par == "adherent" and copie_le is None:
        return Motif(
            "La copie aux Archives départementales n'est pas encore notée. Cela ne bloque rien.",
            ART_5,
        )
    return None


def peut_etre_close(*, fin: date, aujourd_hui: date) -> bool:
    """Le dernier jour court jusqu'à minuit : la convention se clôt le lendemain."""
    return aujourd_hui > fin


def fin_de_l_extinction(fin: date) -> date:
    """Jusqu'où les consultations en cours vont à leur terme : douze mois au plus."""
    return mois_apres(fin, MOIS_D_EXTINCTION)


def etape_de_remise(*, etape: str, faites: dict[str, date | None], en_cours: int) -> Decision:
    """Remettre, faire accuser réception, puis effacer :
    dans cet ordre, et rien d'effacé qui serve encore.
    """
    if etape == "accuse_le" and faites["remis_le"] is None:
        return Decision.refus(
            Motif(
                "L'adhérent accuse réception de ce qui lui a été remis : notez d'abord la remise."
            )
        )
    if etape == "efface_le":
        return Decision.selon(
            Motif("Rien ne s'efface avant que l'adhérent ait accusé réception de la remise.")
            if faites["accuse_le"] is None
            else None,
            Motif(f"Consultations encore en cours : {en_cours}. Rien ne s'efface avant leur terme.")
            if en_cours
            else None,
        )
    return Decision.accord()
