"""Une convention signée avant d'entrer ici : ses dates, et ce qui l'annule encore.

Elle garde les dates que ses parties ont écrites ; rien ici n'en vérifie les signatures.
"""

from datetime import date, timedelta

from beffroi.centre.conventions.rules import duree
from droit.calendrier.jours import annees_apres
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

ANNEES_RECONDUITES_AU_PLUS = 30


def signature_d_ailleurs(*, le: date, aujourd_hui: date) -> Decision:
    """Ce qui se reprend a été signé : un jour passé."""
    return Decision.selon(
        Motif("Cette signature est datée de l'avenir. Recopiez la date qui est sur la convention.")
        if le > aujourd_hui
        else None
    )


def deliberation_d_ailleurs(*, prise_le: date, signee_le: date) -> Decision:
    """L'assemblée autorise, puis l'on signe (CGCT, art. L. 2131-1 : un acte exécutoire)."""
    return Decision.selon(
        Motif(
            f"La délibération, du {en_toutes_lettres(prise_le)}, vient après la signature du "
            f"{en_toutes_lettres(signee_le)}. Vérifiez ces deux dates."
        )
        if prise_le > signee_le
        else None
    )


def effet_d_ailleurs(*, effet: date, signee_le: date) -> Decision:
    """Nulle convention n'engage avant d'avoir été signée (convention, art. 5)."""
    return Decision.selon(
        Motif(
            f"Avant la signature du {en_toutes_lettres(signee_le)}. Vérifiez ces deux dates.",
            duree.ART_5,
        )
        if effet < signee_le
        else None
    )


def terme_d_ailleurs(*, effet: date, terme: date) -> Decision:
    """Trois ans, puis des périodes de reconduction : le dernier jour tombe au bout de l'une
    d'elles (convention, art. 5).
    """
    if terme < effet:
        return Decision.refus(Motif("Avant la prise d'effet."))
    if terme < duree.terme(effet):
        attendu = en_toutes_lettres(duree.terme(effet))
        return Decision.refus(
            Motif(
                f"La convention dure trois ans : son premier terme est le {attendu}. Si elle finit "
                "plus tôt, elle a été dénoncée : ne la reprenez pas.",
                duree.ART_5,
            )
        )
    return Decision.accord()


def terme_inattendu(*, effet: date, terme: date) -> str:
    """Ce qui se dit d'un terme qu'aucune reconduction, d'un an ou de trois, ne donne.

    Rien n'en est empêché : les parties ont pu en convenir.
    """
    premier = duree.terme(effet)
    anniversaires = {premier} | {
        annees_apres(premier + timedelta(days=1), n) - timedelta(days=1)
        for n in range(1, ANNEES_RECONDUITES_AU_PLUS)
    }
    if terme in anniversaires:
        return "" if terme == premier else "Reconduite : plus longue que les trois ans de l'art. 5."
    return "Ce dernier jour n'est celui ni des trois ans de l'art. 5, ni d'une reconduction."


def peut_annuler(*, est_venue: bool, a_agi: bool, est_appelee: bool, court: bool) -> Decision:
    """Une reprise s'annule tant que rien ne s'appuie sur elle."""
    return Decision.selon(
        Motif("Une personne de l'adhérent a déjà ouvert son accès.") if est_venue else None,
        Motif("Une consultation existe chez cet adhérent.") if a_agi else None,
        Motif("Un appel de contribution compte déjà cette convention.") if est_appelee else None,
        Motif("Elle a été dénoncée, ou close, depuis.") if not court else None,
    )
