"""L'appel en un lot, préparé pour l'écran : le tri, les exceptions, ce qui partira, ce qu'il faut
importer. Un nombre constant de lectures.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from beffroi.centre.adherents.models import ImportDEffectifs
from beffroi.centre.adherents.queries import dernier_import_applique
from beffroi.centre.contributions import tri
from beffroi.centre.contributions.calcul import Bareme
from beffroi.centre.contributions.forms import DecisionsForm
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.conventions.identite import identite
from beffroi.centre.tarif.rules.prorata import annee_entiere
from beffroi.personnes.organismes.queries import exploitant
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

EXCEPTIONS_MONTREES = 50


def a_l_ecran(
    request: HttpRequest,
    exercice: Exercice,
    lignes: Sequence[Contribution],
    bareme: Bareme,
    form: DecisionsForm,
) -> dict[str, Any]:
    """Rien avant que l'aperçu soit calculé : les exceptions ne se connaissent pas encore."""
    if exercice.simule_le is None:
        return {}
    pourquoi = request.GET.get("pourquoi", "")[:100]
    trouvees = tri.exceptions(lignes, pourquoi)
    montrees = trouvees[:EXCEPTIONS_MONTREES]
    cochees = form.cochees(une.reference for une in montrees)
    jours = annee_entiere(exercice.annee).jours
    return {
        "tri": tri.trier(lignes, bareme.tarif, bareme.parametres),
        "seuil_de_presomption": bareme.parametres.presomption,
        "sortes": tri.sortes(lignes),
        "pourquoi": pourquoi,
        "exceptions": [
            tri.exception_a_l_ecran(une, cochees=cochees, jours=jours) for une in montrees
        ],
        "exceptions_ensuite": len(trouvees) - len(montrees),
        "valider_attend": exercice.etat == Exercice.Etat.SIMULE
        and any(une.est_a_verifier for une in lignes),
        "decide_ici": exercice.etat == Exercice.Etat.SIMULE,
        **_ce_qui_partira(exercice),
    }


def _ce_qui_partira(exercice: Exercice) -> dict[str, Any]:
    if exercice.simule_le is None or exercice.grille is None:
        return {}
    centre = exploitant()
    jour = (exercice.emis_le or exercice.simule_le).astimezone(PARIS).date()
    qui = identite(centre, le=jour)
    return {
        "creancier": qui.emetteur.nom,
        "payer_a": qui.comptable[0] if qui.comptable else "",
        "grille_du": en_toutes_lettres(exercice.grille.deliberee_le),
        "dernier_import": dernier_import_applique(ImportDEffectifs.Sorte.EFFECTIFS),
    }
