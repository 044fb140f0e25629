"""Ce que l'heure permet : recevoir, retirer, rendre le scellé, rappeler."""

from datetime import datetime, timedelta

from beffroi.achat.consultations.states import Etat
from beffroi.reponse.depots.states import EtatDuPli
from droit.citation import Article
from droit.decision import Decision, Motif
from formats.durees import humaniser

SANS_RECEPTION: dict[str, str] = {
    Etat.BROUILLON: "La consultation n'est pas publiée.",
    Etat.EN_RELECTURE: "La consultation n'est pas publiée.",
    Etat.PROGRAMMEE: "La consultation n'est pas publiée.",
    Etat.SANS_SUITE: (
        "L'acheteur a déclaré cette consultation sans suite : elle ne reçoit plus de réponse."
    ),
    Etat.ARCHIVEE: "Cette consultation est archivée : elle ne reçoit plus de réponse.",
}
RAPPELS = (timedelta(hours=24), timedelta(hours=2), timedelta(minutes=30), timedelta(0))
OUBLI = timedelta(hours=24)


def recevabilite_du_pli(*, recu_le: datetime, date_limite: datetime) -> Decision:
    """Un pli reçu après la date limite est hors délai (CCP, art. R. 2143-2 et R. 2151-5).

    Il est reçu quand même.
    """
    if recu_le <= date_limite:
        return Decision.accord()
    retard = humaniser(recu_le - date_limite)
    return Decision.refus(
        Motif(f"Reçu {retard} après la date limite.", Article("CCP", "R. 2151-5"))
    )


def peut_recevoir_des_plis(*, etat: str) -> Decision:
    """Un profil d'acheteur reçoit aussi hors délai,
    jusqu'à la fin de la procédure (CCP, annexe 7, art. 1, I, 5°).
    """
    motif = SANS_RECEPTION.get(etat)
    return Decision.selon(
        Motif(motif, Article("CCP", "annexe 7, art. 1, I, 5°")) if motif else None
    )


def peut_dire_les_soumissionnaires(*, le: datetime, date_limite: datetime) -> Decision:
    """Avant l'heure, l'acheteur ne sait pas qui a répondu (CCP, art. R. 2132-9)."""
    motif = Motif("L'heure limite n'est pas passée.", Article("CCP", "R. 2132-9"))
    return Decision.selon(motif if le <= date_limite else None)


def decision_motivee(*, motif: str) -> Decision:
    """Ce que l'acheteur décide d'une réponse se motive : un juge le lira."""
    return Decision.selon(None if motif.strip() else Motif("Dites vos raisons."))


def peut_repondre(*, sert_l_acheteur: bool) -> Decision:
    """Qui tient un rôle chez l'acheteur ne répond pas à ses consultations, au moins pas avec le
    compte qui le tient : il apprendrait, avant l'heure, ce qu'il ne doit pas savoir.
    """
    motif = (
        "Vous tenez un rôle chez cet acheteur : avec ce compte, vous ne répondez pas à ses "
        "consultations. Une autre personne de votre équipe peut le faire."
    )
    return Decision.selon(Motif(motif, Article("CCP", "L. 2141-10")) if sert_l_acheteur else None)


def peut_retirer(
    *, le: datetime, date_limite: datetime, etat: str, conteste: bool = False
) -> Decision:
    """Un pli se retire tant que le délai court :
    après, le soumissionnaire est tenu par son offre.
    """
    tardif = Motif(
        "La date limite est passée : la réponse ne se retire plus. Écrivez à l'acheteur.",
        Article("CCP", "R. 2151-6"),
    )
    parti = Motif("Cette réponse est déjà remplacée ou retirée.")
    garde = Motif(
        "Une personne de votre équipe a contesté un retrait ou un remplacement de cette réponse : "
        "elle reste déposée, jusqu'à ce que cette personne revienne sur ce qu'elle a dit."
    )
    return Decision.selon(
        tardif if le > date_limite else None,
        parti if etat != EtatDuPli.DEPOSE else None,
        garde if conteste else None,
    )


def peut_contester(*, le: datetime, date_limite: datetime, geste: str, conteste: bool) -> Decision:
    """« Ce n'est pas moi » se dit tant que le délai court : après, qui a répondu est tenu par ce
    qui est déposé à l'heure limite (CCP, art. R. 2151-6), et l'acheteur seul décide.

    `geste` : le retrait ou le remplacement en cause ; rien si le pli n'a subi ni l'un ni l'autre.
    """
    tardif = Motif(
        "La date limite est passée : ce qui était déposé à cette heure le reste. "
        "Appelez l'assistance, et écrivez à l'acheteur.",
        Article("CCP", "R. 2151-6"),
    )
    rien = Motif("Cette réponse n'est ni retirée, ni remplacée : il n'y a rien à contester.")
    deja = Motif("C'est déjà dit : cette réponse reste déposée.")
    return Decision.selon(
        tardif if le > date_limite else None,
        deja if conteste else None,
        rien if not geste and not conteste else None,
    )


def peut_lever_la_contestation(
    *, le: datetime, date_limite: datetime, la_meme_personne: bool
) -> Decision:
    """Qui a contesté revient sur ce qu'elle a dit, elle seule, tant que le délai court : celui
    qu'elle accuse ne peut pas le faire à sa place.
    """
    tardif = Motif("La date limite est passée : l'acheteur décidera avant d'ouvrir.")
    autre = Motif("Seule la personne qui l'a contesté peut revenir sur ce qu'elle a dit.")
    return Decision.selon(
        tardif if le > date_limite else None, autre if not la_meme_personne else None
    )


def peut_rendre_le_scelle(*, le: datetime, date_limite: datetime | None, etat: str) -> Decision:
    """Avant la date limite, le fichier scellé n'est rendu à personne (CCP,
    art. L. 2132-1 et annexe 7, art. 2).
    """
    tot = Motif(
        "La date limite n'est pas passée : personne ne peut obtenir ce fichier.",
        Article("CCP", "annexe 7, art. 2"),
    )
    retire = Motif("Cette réponse a été retirée par l'entreprise : elle reste scellée.")
    return Decision.selon(
        tot if date_limite is None or le <= date_limite else None,
        retire if etat == EtatDuPli.RETIRE else None,
    )


def depot_materiel_est_date(*, recu_le: datetime, maintenant: datetime) -> Decision:
    """Une copie de sauvegarde ou un échantillon se note avec l'heure où il est
    arrivé (CCP, art. R. 2132-11).
    """
    futur = Motif(
        "L'heure d'arrivée est dans le futur : vérifiez-la.", Article("CCP", "R. 2132-11")
    )
    return Decision.selon(futur if recu_le > maintenant else None)


def instant_du_rappel(*, le: datetime, date_limite: datetime) -> datetime | None:
    """Le rappel dont c'est le tour :
    le dernier instant passé parmi J−24 h, −2 h, −30 min et l'heure limite.

    L'acheteur doit pouvoir établir le bon fonctionnement (CE, 23 septembre 2021, RATP, n° 449250) ;
    l'entreprise, ne pas croire déposé ce qui n'est qu'envoyé.
    """
    passes = [date_limite - avance for avance in RAPPELS if date_limite - avance <= le]
    return max(passes) if passes and le <= date_limite + OUBLI else None
