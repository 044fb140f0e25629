"""Examiner une candidature et en décider : pur, chaque réponse avec son article."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from droit.calendrier.heures import PARIS
from droit.calendrier.jours import mois_apres
from droit.citation import Article, Source
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.pieces_de_candidature import Sorte
from droit.tables import Procedure
from formats import dates

INVITATION = Article("CCP", "R. 2144-8")
REJET = Article("CCP", "R. 2181-1")
COMPLETER = Article("CCP", "R. 2144-2")
INCOMPLETE = Article("CCP", "R. 2144-7")
ORDRE = Article("CCP", "R. 2161-4")
PREUVES_DU_SEUL_RETENU = Article("CCP", "R. 2144-4")
PREUVES_AVANT_D_INVITER = Article("CCP", "R. 2144-5")
CHIFFRE_D_AFFAIRES = Article("CCP", "R. 2142-7")
RESERVE = Article("CCP", "L. 2113-12 à L. 2113-16")
OUVERTES = "depouillee"
# Sur quoi la loi permet d'écarter, dans un marché. Une concession a ses propres
# articles : sa base se dit sans eux.
FONDEMENTS: dict[str, Source] = {
    "incomplete": Article("CCP", "R. 2144-7"),
    "capacites": Article("CCP", "R. 2144-7"),
    "exclusion": Article("CCP", "L. 2141-1 à L. 2141-5"),
    "appreciation": Article("CCP", "L. 2141-7 à L. 2141-11"),
    "preuves": Article("CCP", "R. 2144-7"),
    "cumul": Article("CCP", "R. 2142-21"),
    "reserve": RESERVE,
    "nombre": Article("CCP", "R. 2142-17"),
}
# L'appel d'offres ouvert le permet en toutes lettres ;
# une procédure adaptée fixe elle-même ses règles.
OFFRES_D_ABORD = {"appel_offres_ouvert": ORDRE, "procedure_adaptee_ouverte": None}


@dataclass(frozen=True)
class FaitsDExamen:
    """Où en est la procédure au moment de décider.

    `invites` : des candidats retenus le sont déjà.
    """

    etat: str
    invites: bool = False
    fige: Decision = field(default_factory=Decision.accord)


def peut_examiner(*, etat: str) -> Decision:
    """On n'examine que ce que la séance a ouvert, une fois close."""
    if etat == OUVERTES:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Les candidatures ne sont pas encore ouvertes. Ouvrez-les en séance. La séance close, "
            "décidez."
        )
    )


def peut_decider(faits: FaitsDExamen) -> Decision:
    """On décide des candidatures une fois leur séance close,
    et jusqu'à ce que la suite s'appuie sur elles.
    """
    if not faits.fige.favorable:
        return faits.fige
    return Decision.selon(
        *peut_examiner(etat=faits.etat).motifs,
        Motif("Les candidats retenus sont invités : les décisions ne changent plus.", INVITATION)
        if faits.invites
        else None,
    )


def decision_motivee(
    *,
    retenue: bool,
    motif: str,
    base: str = "",
    base_exigee: bool = False,
    manquent: Collection[str] = (),
) -> Decision:
    """Une candidature écartée l'est pour une raison,
    que le candidat peut lire (CCP, art. R. 2181-1).

    Une candidature incomplète qui n'est pas complétée est éliminée :
    l'admettre malgré ce qui manque s'explique (R. 2144-7).
    """
    if retenue:
        return admission_motivee(motif=motif, manquent=manquent)
    return Decision.selon(
        Motif("Dites pourquoi cette candidature n'est pas retenue : le candidat le lira.", REJET)
        if not motif.strip()
        else None,
        Motif("Dites sur quelle base vous l'écartez.", REJET) if base_exigee and not base else None,
        Motif("Cette base n'est pas de celles que la loi donne.", REJET)
        if base and base not in FONDEMENTS
        else None,
    )


def admission_motivee(*, motif: str, manquent: Collection[str]) -> Decision:
    if not manquent or motif.strip():
        return Decision.accord()
    return Decision.refus(
        Motif(
            (
                f"Il manque : {', '.join(manquent)}. Faites compléter, "
                "ou dites pourquoi vous l'admettez sans cela."
            ),
            INCOMPLETE,
        )
    )


def fondement(base: str, *, concession: bool) -> Source | None:
    """L'article qui permet d'écarter, à dire avec le motif."""
    return None if concession else FONDEMENTS.get(base)


def examen_dit(*, verdict: str, note: str) -> Decision:
    """« Insuffisante » ne s'explique pas tout seul : l'entreprise et le contrôle liront la note."""
    if verdict == "insuffisante" and not note.strip():
        return Decision.refus(Motif("Dites ce qui ne suffit pas : la note le garde."))
    return Decision.accord()


def peut_demander(
    *,
    etat: str,
    avant: datetime,
    maintenant: datetime,
    en_cours: Iterable[datetime],
    sans_piece: Collection[str],
) -> Decision:
    """Compléter ou préciser, dans un délai identique pour tous (CCP, art. R. 2144-2)."""
    autres = sorted({moment for moment in en_cours if moment != avant})
    return Decision.selon(
        *peut_examiner(etat=etat).motifs,
        Motif("Le dernier moment pour répondre est passé. Donnez-en un autre.")
        if avant <= maintenant
        else None,
        Motif(
            (
                f"Une demande court déjà jusqu'au {dates.jour_et_heure(autres[0])}. "
                "Donnez le même délai à tous."
            ),
            COMPLETER,
        )
        if autres
        else None,
        Motif(f"Dites quelle pièce demander à : {', '.join(sans_piece)}.") if sans_piece else None,
    )


def peut_choisir_l_ordre(*, procedure: Procedure, ordre: str, etat: str) -> Decision:
    """En appel d'offres ouvert,
    l'acheteur peut examiner les offres avant les candidatures (CCP, art. R. 2161-4).
    """
    return Decision.selon(
        *peut_examiner(etat=etat).motifs,
        Motif(
            f"« {procedure.libelle} » : la candidature s'examine avant l'offre. "
            "L'ordre ne se choisit qu'en appel d'offres ouvert et en procédure adaptée.",
            ORDRE,
        )
        if ordre == "offres" and procedure.cle not in OFFRES_D_ABORD
        else None,
    )


def preuves_a_demander(*, en_deux_temps: bool, deja_a: Collection[str], a: str) -> Decision:
    """Les preuves ne se demandent qu'à l'entreprise que l'on va retenir (CCP,
    art. R. 2144-4), ou avant d'inviter (-5).
    """
    autres = [nom for nom in deja_a if nom != a]
    if en_deux_temps or not autres:
        return Decision.accord()
    return Decision.accord(
        Motif(
            f"Vous avez déjà demandé ces preuves à : {', '.join(autres)}. "
            "Elles ne se demandent qu'à l'entreprise que vous allez retenir.",
            PREUVES_DU_SEUL_RETENU,
        )
    )


def fin_de_validite(sorte: str, datee_du: date) -> date | None:
    """Jusqu'à quand une preuve vaut, quand un texte le dit :
    l'attestation sociale, six mois (CT, art. D. 8222-5).
    """
    if sorte != "sociale":
        return None
    try:
        mois = Droit.au(datee_du).valeur(Sorte.VIGILANCE.fiche.age).entier
    except DroitInconnu:
        return None
    return mois_apres(datee_du, mois)


def preuve_recevable(
    *, datee_du: date, valable_jusqu_au: date | None, maintenant: datetime
) -> Decision:
    """Une preuve a une date passée, et vaut encore le jour où elle est faite."""
    jour = maintenant.astimezone(PARIS).date()
    return Decision.selon(
        Motif(f"Cette preuve est datée du {en_toutes_lettres(datee_du)}, un jour à venir.")
        if datee_du > jour
        else None,
        Motif("Elle cesse de valoir avant sa date.")
        if valable_jusqu_au and valable_jusqu_au < datee_du
        else None,
    )
