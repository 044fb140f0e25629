"""Les écrans des questions : une ligne par écran, dans l'ordre où on les lit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from beffroi.consultations.models import Consultation
from beffroi.preparation import queries
from beffroi.preparation.forms.calendrier import CalendrierForm
from beffroi.preparation.forms.exigences import ExigencesForm
from beffroi.preparation.forms.jugement import JugementForm
from beffroi.preparation.forms.lots import LotsForm
from beffroi.preparation.forms.montant import MontantForm
from beffroi.preparation.forms.nature import NatureForm
from beffroi.preparation.forms.particularites import ParticularitesForm
from beffroi.preparation.models import Preparation
from beffroi.preparation.rules.dates import dates_proposees
from droit.calendrier.minimum import Circonstances
from formats.dates import PARIS


@dataclass(frozen=True)
class Ecran:
    """Une question : son adresse, sa réponse, ses mots, son formulaire, et la page qui suit."""

    cle: str
    question: str
    titre: str
    chapo: str
    formulaire: type[forms.Form]
    suivant: str
    facultatif: bool = False


ECRANS = {
    ecran.cle: ecran
    for ecran in (
        Ecran("achat", "nature", "Qu'achetez-vous ?", "Le régime dépend d'abord de cela.", NatureForm, "montant"),
        Ecran(
            "montant",
            "montant",
            "Combien, sur quelle durée ?",
            "La loi compte tout le besoin, pas la première commande.",
            MontantForm,
            "lots",
        ),
        Ecran(
            "lots",
            "allotissement",
            "En plusieurs lots ?",
            "Plusieurs lots laissent répondre les petites entreprises. C'est la règle (CCP, art. L. 2113-10).",
            LotsForm,
            "criteres",
        ),
        Ecran(
            "criteres",
            "jugement",
            "Comment choisir ?",
            "Des critères annoncés, qui font cent points. Un au moins porte sur l'environnement.",
            JugementForm,
            "calendrier",
        ),
        Ecran(
            "calendrier",
            "calendrier",
            "Pour quand ?",
            "Les dates sont proposées, à l'heure de Paris. Changez celles qui ne vont pas.",
            CalendrierForm,
            "pieces",
        ),
        Ecran(
            "particularites",
            "particularites",
            "Quelque chose de particulier ?",
            "Votre achat a-t-il quelque chose de particulier ? Ouvrez seulement la ligne qui le concerne. Sinon, passez.",
            ParticularitesForm,
            "pieces",
            facultatif=True,
        ),
        Ecran(
            "conditions",
            "exigences",
            "Conditions",
            "Chaque ligne a une valeur d'usage. Ne changez que ce qui est propre à votre achat.",
            ExigencesForm,
            "pieces",
            facultatif=True,
        ),
    )
}


def vierge(ecran: Ecran, consultation: Consultation, preparation: Preparation, *, le: datetime) -> forms.Form:
    """Le formulaire, rempli de ce qui est répondu ou proposé."""
    faits = queries.faits_de(consultation, preparation, le=le)
    reponses = queries.reponses_de(preparation)
    fabrique: Any = ecran.formulaire
    if ecran.cle == "calendrier":
        proposees = dates_proposees(
            consultation.procedure,
            acheteur=consultation.type_d_acheteur,
            aujourdhui=le.astimezone(PARIS).date(),
            envoi=reponses.calendrier.envoi_de_l_avis if reponses.calendrier else None,
            circonstances=Circonstances(electronique=True, hors_profil=reponses.hors_profil),
        )
        valeurs = fabrique.valeurs(faits, reponses, proposees, consultation.ouverture_prevue_le)
        return CalendrierForm(initial=valeurs)
    lignes: Callable[..., list[dict[str, Any]]] | None = getattr(fabrique, "lignes_de", None)
    if lignes is None:
        return ecran.formulaire(initial=fabrique.valeurs(faits, reponses))
    formulaire: forms.Form = fabrique(initial=fabrique.valeurs(faits, reponses), lignes=lignes(faits, reponses))
    return formulaire
