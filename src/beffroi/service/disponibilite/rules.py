"""Ce que vaut un constat, et ce qu'une annonce doit dire."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from beffroi.service.disponibilite.mots import Sorte
from droit.decision import Decision, Motif
from formats import dates

# L'ouvrier fait sa ronde toutes les vingt secondes : au-delà, il ne donne plus signe de vie.
SILENCE_DE_L_OUVRIER = timedelta(minutes=2)
PERIODE_DU_STOCKAGE = timedelta(minutes=5)
SILENCE_DU_STOCKAGE = timedelta(minutes=15)
COURRIEL_EN_RETARD = timedelta(minutes=15)
# Un jeton par jour, sur la tête publique : deux heures de marge.
JETON_DU_JOUR = timedelta(hours=26)
MARGE_APRES_MAINTENANCE = timedelta(hours=24)
UNE_MINUTE = timedelta(minutes=1)
JOURS_PREVUS = 15
VIE_D_UN_EVENEMENT_MONTRE = timedelta(days=365)
# La place se juge en part et en octets :
# dix pour cent d'un petit disque ne tiennent pas une matinée d'heures limites.
PLACE_A_SURVEILLER, PLACE_EN_DEFAUT = (15, 20 * 10**9), (5, 5 * 10**9)
# Une tâche due se prend en vingt secondes ; au-delà d'une heure, plus personne ne la prendra.
ATTENTE_A_SURVEILLER, ATTENTE_EN_DEFAUT = timedelta(minutes=5), timedelta(hours=1)
ABANDONS_REGARDES = timedelta(days=7)
# Une sauvegarde par jour, et deux heures de marge ; deux jours manqués sont un défaut.
SAUVEGARDE_A_SURVEILLER, SAUVEGARDE_EN_DEFAUT = timedelta(hours=26), timedelta(hours=50)
# Une horloge qui avance un peu n'est pas une sauvegarde à venir.
AVANCE_ADMISE = timedelta(minutes=5)
PERIODE_DE_L_ANTIVIRUS = timedelta(minutes=5)
SILENCE_DE_L_ANTIVIRUS = timedelta(minutes=15)
SIGNATURES_VIEILLES = timedelta(days=7)
# Ce qui vient de se passer :
# assez long pour qu'une erreur isolée n'alarme pas, assez court pour être encore là.
TOUT_A_L_HEURE = timedelta(minutes=15)
UNE_HEURE = timedelta(hours=1)
ERREURS_EN_DEFAUT_POUR_CENT = 5
OCCUPATION_A_SURVEILLER_POUR_CENT = 75
ECHECS_DU_DEHORS = 3
# SQLite n'écrit qu'une chose à la fois. Au-delà d'une demi-minute prise sur une, qui arrive attend
# presque toujours ; et qui attend trente secondes reçoit une panne (`config.base_de_donnees`).
ECRITURE_A_SURVEILLER_POUR_CENT, ECRITURE_EN_DEFAUT_POUR_CENT = 50, 90
ATTENTE_D_ECRIRE_A_SURVEILLER_S, ATTENTE_D_ECRIRE_EN_DEFAUT_S = 5, 15


class Gravite(StrEnum):
    """Ce que vaut un point de la supervision ; l'inconnu n'est ni bon ni mauvais, et se dit."""

    BON = "ok"
    A_SURVEILLER = "attention"
    EN_DEFAUT = "danger"
    INCONNU = "gris"


def est_frais(le: datetime | None, *, maintenant: datetime, silence: timedelta) -> bool:
    return le is not None and maintenant - le <= silence


def plus_grand_ecart_ms(ecarts: Sequence[int]) -> int:
    """Entre deux nœuds, ou entre un nœud et la base, dont l'écart est nul."""
    return max(0, *ecarts) - min(0, *ecarts)


def annonce_possible(
    *, sorte: str, commence_le: datetime, fin_prevue_le: datetime | None
) -> Decision:
    """Une maintenance dit quand elle finit : on s'organise autour d'elle."""
    if sorte == Sorte.MAINTENANCE and fin_prevue_le is None:
        return Decision.refus(
            Motif("Dites quand la maintenance finira : les entreprises s'organisent autour d'elle.")
        )
    if fin_prevue_le is not None and fin_prevue_le <= commence_le:
        return Decision.refus(
            Motif("La fin prévue vient avant le début. Vérifiez les deux heures.")
        )
    return Decision.accord()


def maintenance_possible(
    *, commence_le: datetime, fin_prevue_le: datetime, limites: Sequence[datetime]
) -> Decision:
    """Aucune heure limite pendant la maintenance, ni dans les vingt-quatre heures qui la suivent :
    qui dépose a besoin de nous.

    `limites` : les heures limites connues, dans n'importe quel ordre.
    """
    genantes = sorted(
        limite
        for limite in limites
        if commence_le <= limite <= fin_prevue_le + MARGE_APRES_MAINTENANCE
    )
    if not genantes:
        return Decision.accord()
    libre = premiere_fenetre(depuis=commence_le, duree=fin_prevue_le - commence_le, limites=limites)
    combien = (
        "Une consultation ferme" if len(genantes) == 1 else f"{len(genantes)} consultations ferment"
    )
    return Decision.refus(
        Motif(
            f"{combien} pendant cette maintenance ou dans les 24 heures qui la suivent, "
            f"la première le {dates.jour_et_heure_limite(genantes[0])}. "
            f"Premier moment libre : à partir du {dates.jour_et_heure_limite(libre)}."
        )
    )


def premiere_fenetre(
    *, depuis: datetime, duree: timedelta, limites: Sequence[datetime]
) -> datetime:
    """Le premier début, `depuis` compris,
    d'une maintenance de cette durée qu'aucune heure limite ne gêne.
    """
    debut = depuis
    for limite in sorted(limites):
        if debut <= limite <= debut + duree + MARGE_APRES_MAINTENANCE:
            debut = limite + UNE_MINUTE
    return debut


def affluence(*, fermetures: int) -> str:
    """Un mot sur ce qui vient : les heures limites attirent le monde."""
    if fermetures == 0:
        return "Calme : aucune heure limite dans les 24 heures."
    if fermetures == 1:
        return "Une consultation ferme dans les 24 heures."
    return f"{fermetures} consultations ferment dans les 24 heures. Déposez avec de la marge."


def gravite_de_la_place(*, libre: int, total: int) -> Gravite:
    """Trop petite en part et en octets :
    le dixième d'un disque de vingt téraoctets laisse du temps.
    """
    part = libre * 100 // total if total else 0
    for (pour_cent, octets), gravite in (
        (PLACE_EN_DEFAUT, Gravite.EN_DEFAUT),
        (PLACE_A_SURVEILLER, Gravite.A_SURVEILLER),
    ):
        if part < pour_cent and libre < octets:
            return gravite
    return Gravite.BON


def gravite_de_la_file(*, attente: timedelta, abandonnees: int) -> Gravite:
    """`attente` : depuis combien de temps la plus ancienne tâche due n'est pas prise."""
    if attente > ATTENTE_EN_DEFAUT:
        return Gravite.EN_DEFAUT
    return Gravite.A_SURVEILLER if attente > ATTENTE_A_SURVEILLER or abandonnees else Gravite.BON


def gravite_de_la_boite(*, attente: timedelta, mis_de_cote: int) -> Gravite:
    """`attente` : depuis quand le plus ancien courriel n'est pas lu.

    Un seul mis de côté est peut-être une demande.
    """
    return Gravite.A_SURVEILLER if attente > COURRIEL_EN_RETARD or mis_de_cote else Gravite.BON


def gravite_de_la_sauvegarde(age: timedelta) -> Gravite:
    """Datée de demain, elle ne dit rien : l'heure de qui l'a faite est fausse."""
    if age < -AVANCE_ADMISE:
        return Gravite.INCONNU
    if age > SAUVEGARDE_EN_DEFAUT:
        return Gravite.EN_DEFAUT
    return Gravite.A_SURVEILLER if age > SAUVEGARDE_A_SURVEILLER else Gravite.BON


def date_des_signatures(moteur: str) -> datetime | None:
    """clamd dit « ClamAV 1.4.1/27468/Sat Nov 23 09:40:00 2026 » ;
    rien si le moteur parle autrement.
    """
    for forme in ("%a %b %d %H:%M:%S %Y", "%a %b %d %Y"):
        with suppress(ValueError):
            return datetime.strptime(moteur.rpartition("/")[2], forme).replace(tzinfo=UTC)
    return None


def gravite_des_erreurs(pour_cent: int | None) -> Gravite:
    if pour_cent is None:
        return Gravite.INCONNU
    if pour_cent >= ERREURS_EN_DEFAUT_POUR_CENT:
        return Gravite.EN_DEFAUT
    return Gravite.A_SURVEILLER if pour_cent else Gravite.BON


def gravite_de_l_occupation(*, en_vol: int, places: int) -> Gravite:
    """Toutes les places prises, la requête suivante attend."""
    if en_vol >= places:
        return Gravite.EN_DEFAUT
    return (
        Gravite.A_SURVEILLER
        if en_vol * 100 >= places * OCCUPATION_A_SURVEILLER_POUR_CENT
        else Gravite.BON
    )


def gravite_de_l_ecriture(*, part_pour_cent: int, attente_s: float) -> Gravite:
    """La plus prise des minutes d'une base SQLite, et la plus longue attente pour y écrire."""
    if part_pour_cent >= ECRITURE_EN_DEFAUT_POUR_CENT or attente_s >= ATTENTE_D_ECRIRE_EN_DEFAUT_S:
        return Gravite.EN_DEFAUT
    if (
        part_pour_cent >= ECRITURE_A_SURVEILLER_POUR_CENT
        or attente_s >= ATTENTE_D_ECRIRE_A_SURVEILLER_S
    ):
        return Gravite.A_SURVEILLER
    return Gravite.BON


def gravite_du_dehors(suite: Sequence[bool]) -> Gravite:
    """Les dernières mesures d'une sonde d'ailleurs, la plus récente à la fin.

    Une seule peut être son réseau, pas le nôtre.
    """
    if not suite:
        return Gravite.INCONNU
    if len(suite) >= ECHECS_DU_DEHORS and not any(suite[-ECHECS_DU_DEHORS:]):
        return Gravite.EN_DEFAUT
    return Gravite.BON if suite[-1] else Gravite.A_SURVEILLER


def pire(gravites: Sequence[Gravite]) -> Gravite:
    """Le défaut l'emporte, puis ce qui est à surveiller,
    puis l'inconnu, qui ne passe jamais pour bon.
    """
    ordre = (Gravite.EN_DEFAUT, Gravite.A_SURVEILLER, Gravite.INCONNU, Gravite.BON)
    return min(gravites, key=ordre.index, default=Gravite.INCONNU)
