"""Les dates d'un appel : quand il s'ouvre, part, se conteste, se paie."""

from datetime import date, timedelta

from beffroi.centre.tarif.rules.parametres import D_OFFICE, Parametres
from beffroi.centre.tarif.rules.volume import annee_de_l_appel
from droit.citation import Article
from droit.decision import Decision, Motif

JOURS_POUR_CONTESTER = 30
JOURS_POUR_PAYER = 30
JOURS_POUR_APPELER_UNE_ADHESION = 30
# La créance naît de la convention (art. 4), un marché entre acheteurs publics : quasi-régie ou
# coopération (CCP, art. L. 2511-1 à L. 2511-6). Le titre qui les régit étend à eux les délais de
# paiement (art. L. 2521-1 et R. 2521-2) : trente jours depuis la demande reçue (art. R. 2192-10).
DELAI_DE_PAIEMENT = Article("CCP", "R. 2192-10")
ETENDU_A_LA_QUASI_REGIE = Article("CCP", "R. 2521-2")
FONDEMENT_DU_DELAI = "convention, art. 4 ; CCP, art. R. 2521-2 et R. 2192-10"


def ouverture(exercice: int, parametres: Parametres = D_OFFICE) -> date:
    return date(annee_de_l_appel(exercice, parametres), 1, 2)


def envoi_au_plus_tard(exercice: int, parametres: Parametres = D_OFFICE) -> date:
    return date(annee_de_l_appel(exercice, parametres), 1, 31)


def declaration_attendue(annee: int) -> date:
    """Ce jour-là, un effectif qui n'est pas déclaré se rappelle à l'adhérent (ruling 4b)."""
    return date(annee, 1, 2)


def peut_rappeler_l_effectif(annee: int, *, aujourd_hui: date) -> Decision:
    if aujourd_hui >= declaration_attendue(annee):
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"L'effectif de {annee} se déclare jusqu'au 2 janvier {annee} : rien à rappeler avant."
        )
    )


def appel_au_plus_tard(effet: date) -> date:
    """Une adhésion en cours d'année s'appelle dans les trente jours de son effet."""
    return effet + timedelta(days=JOURS_POUR_APPELER_UNE_ADHESION)


def limite_de_l_appel(exercice: int, effet: date, parametres: Parametres = D_OFFICE) -> date:
    """Le 31 janvier, ou trente jours après l'effet d'une adhésion plus tardive :
    le dernier des deux jours (ruling 15).
    """
    return max(envoi_au_plus_tard(exercice, parametres), appel_au_plus_tard(effet))


def contestation_jusqu_au(notifie: date, emis: date) -> date:
    """Le dernier jour pour contester un compte :
    le courriel ne part qu'à l'émission, le délai ne court pas avant (15b).
    """
    return max(notifie, emis) + timedelta(days=JOURS_POUR_CONTESTER)


def echeance(recu: date) -> date:
    """Le dernier jour pour payer un appel reçu ce jour-là (CCP, art. R. 2521-2 et R. 2192-10)."""
    return recu + timedelta(days=JOURS_POUR_PAYER)


def peut_ouvrir(exercice: int, *, aujourd_hui: date, parametres: Parametres = D_OFFICE) -> Decision:
    """Les comptes d'une année se figent quand elle est finie : le 2 janvier au plus tôt."""
    jour = ouverture(exercice, parametres)
    if aujourd_hui >= jour:
        return Decision.accord()
    return Decision.refus(
        Motif(f"L'appel {exercice} s'ouvre le 2 janvier {jour.year} au plus tôt.")
    )


def peut_contester(*, notifie: date | None, emis: date | None, aujourd_hui: date) -> Decision:
    """Dès que le compte est figé, et trente jours depuis l'émission ;
    contester n'arrête pas l'appel.
    """
    if notifie is None:
        return Decision.refus(
            Motif("Le compte de cette année n'est pas encore notifié : il change encore.")
        )
    if emis and aujourd_hui > contestation_jusqu_au(notifie, emis):
        return Decision.refus(
            Motif(
                "Les trente jours pour contester ce compte sont passés. "
                "Écrivez au centre de gestion."
            )
        )
    return Decision.accord()
