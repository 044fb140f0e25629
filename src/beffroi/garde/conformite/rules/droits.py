"""Ce qu'une demande sur ses données doit dire, et ce qu'on peut en faire (RGPD, art. 12)."""

from datetime import date, timedelta

from beffroi.socle.budgets.rules import Budget
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

OUVERTES_AU_PLUS = 5
# Qui n'a pas cliqué en sept jours n'a sans doute rien demandé.
VIE_SANS_CONFIRMATION = timedelta(days=7)
# Un inconnu peut taper l'adresse d'un autre : au-delà, plus aucun courriel n'y part de la journée.
LIENS_PAR_JOUR = 3
# La demande, puis son clic ou son oubli : deux lignes au registre.
DEMANDES_D_INCONNUS = Budget(
    acte="conformite.exercer",
    par_reseau=5,
    en_tout=30,
    lignes=2,
    sinon="Connectez-vous, ou écrivez au délégué à la protection des données.",
)
# Le temps d'un recours ; au-delà, le registre garde l'acte, sans nom ni texte.
VIE_APRES_LA_REPONSE = timedelta(days=730)


def recevable(*, texte: str) -> Decision:
    """Une demande dit quelque chose."""
    return Decision.selon(
        None if texte.strip() else Motif("Dites ce que vous demandez : une phrase suffit.")
    )


def peut_compter(*, deja_ouvertes: int) -> Decision:
    """Au-delà de cinq ouvertes, c'est la même qui se répète (art. 12, § 5).
    Seules comptent celles que l'adresse a confirmées : un inconnu n'use pas le droit d'un autre.
    """
    return Decision.selon(
        None
        if deja_ouvertes < OUVERTES_AU_PLUS
        else Motif(
            f"Vous avez déjà {OUVERTES_AU_PLUS} demandes en cours. Attendez leur réponse, "
            "ou appelez-nous."
        ),
    )


def peut_prolonger(*, le: date, avant: date, deja: bool) -> Decision:
    """Deux mois de plus, une fois, dits à la personne dans le premier mois (art. 12, § 3)."""
    return Decision.selon(
        Motif("Cette demande est déjà prolongée : elle ne peut l'être qu'une fois.")
        if deja
        else None,
        None
        if le <= avant
        else Motif(f"Le premier mois a fini le {en_toutes_lettres(avant)} : répondez maintenant."),
    )
