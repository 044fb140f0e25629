"""Le questionnaire : une ligne par écran, dans l'ordre où on les lit.

La page et l'API posent les mêmes questions, et lisent les réponses par les mêmes formulaires.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.forms.calendrier import CalendrierForm
from beffroi.achat.preparation.forms.exigences import ExigencesForm
from beffroi.achat.preparation.forms.hors_profil import HorsProfilForm
from beffroi.achat.preparation.forms.jugement import JugementForm
from beffroi.achat.preparation.forms.lots import LotsForm
from beffroi.achat.preparation.forms.montant import MontantForm
from beffroi.achat.preparation.forms.nature import NatureForm
from beffroi.achat.preparation.forms.particularites import ParticularitesForm
from beffroi.achat.preparation.models import Preparation
from beffroi.achat.preparation.queries.questions import adresse_de_la_limite
from beffroi.achat.preparation.rules.dates import dates_proposees
from droit.calendrier.minimum import Circonstances
from droit.en_vigueur import Droit
from formats.dates import PARIS

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


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
        Ecran(
            "achat",
            "nature",
            "Qu'achetez-vous ?",
            "Le régime dépend d'abord de cela.",
            NatureForm,
            "montant",
        ),
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
            (
                "Plusieurs lots laissent répondre les petites entreprises. C'est la règle (CCP, "
                "art. L. 2113-10)."
            ),
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
            (
                "Votre achat a-t-il quelque chose de particulier ? "
                "Ouvrez seulement la ligne qui le concerne. Sinon, passez."
            ),
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


def premier(saisie: QueryDict) -> NatureForm:
    """La question qui fait naître le brouillon."""
    return NatureForm(saisie)


def rempli(
    ecran: Ecran, saisie: QueryDict, consultation: Consultation, *, le: datetime
) -> forms.Form:
    """Le formulaire, rempli de ce qui a été envoyé ;
    une heure limite se juge à l'heure qu'il est.
    """
    if ecran.cle == "calendrier":
        return CalendrierForm(saisie, le=le)
    return _accorde(
        ecran.formulaire(saisie), consultation, queries.preparation_de(consultation), le=le
    )


def repris(
    ecran: Ecran, saisie: QueryDict, consultation: Consultation, *, le: datetime
) -> forms.Form:
    """Le formulaire à lignes, avec ce qui vient d'être tapé et des lignes vides de plus."""
    fabrique: Any = ecran.formulaire
    return _accorde(
        fabrique.reprise(saisie), consultation, queries.preparation_de(consultation), le=le
    )


def _accorde(
    formulaire: forms.Form, consultation: Consultation, preparation: Preparation, *, le: datetime
) -> forms.Form:
    """Ce que le formulaire laisse choisir, et ce qu'il dit,
    suit la nature du contrat et la loi à la date de l'achat.
    """
    if (
        isinstance(formulaire, HorsProfilForm)
        and consultation.nature == consultation.Nature.CONCESSION
    ):
        formulaire.pour_une_concession()
    if isinstance(formulaire, MontantForm | JugementForm | ExigencesForm):
        formulaire.selon(Droit.au(queries.jour_de_reference(preparation, le)))
    return formulaire


def vierge(
    ecran: Ecran, consultation: Consultation, preparation: Preparation, *, le: datetime
) -> forms.Form:
    """Le formulaire, rempli de ce qui est répondu ou proposé."""
    faits = queries.faits_de(
        consultation, preparation, jour=queries.jour_de_reference(preparation, le)
    )
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
        formulaire = ecran.formulaire(initial=fabrique.valeurs(faits, reponses))
    else:
        formulaire = fabrique(
            initial=fabrique.valeurs(faits, reponses), lignes=lignes(faits, reponses)
        )
    return _accorde(formulaire, consultation, preparation, le=le)


class LimiteRefusee(NamedTuple):
    """Une heure limite tapée et refusée :
    elle ne compte pas encore, mais elle n'est pas « non fixée ».
    """

    tapee: str
    raison: str
    url: str

    @property
    def phrase(self) -> str:
        return f"L'heure limite tapée, {self.tapee}, est refusée."


def refus_de_la_limite(preparation: Preparation, *, le: datetime) -> LimiteRefusee | None:
    """L'heure limite tapée que la question refuse,
    telle qu'on la lit, et pourquoi ; rien si elle va.
    """
    saisie = preparation.saisies.get("calendrier")
    if not saisie:
        return None
    form = CalendrierForm(requete_de(saisie), le=le)
    fautifs = [
        form[nom]
        for nom in ("jour_limite", "heure_limite")
        if form[nom].errors and form[nom].value()
    ]
    if not fautifs:
        return None
    jour, heure = (form[nom].value() or "" for nom in ("jour_limite", "heure_limite"))
    lisible = "/".join(reversed(jour.split("-"))) if _ISO.fullmatch(jour) else jour
    tapee = " à ".join(dit for dit in (lisible, heure) if dit)
    return LimiteRefusee(
        tapee, str(fautifs[0].errors[0]), adresse_de_la_limite(preparation.consultation)
    )


def requete_de(saisie: dict[str, list[str]]) -> QueryDict:
    """Une saisie gardée, telle que le formulaire l'avait reçue."""
    requete = QueryDict(mutable=True)
    for nom, valeurs in saisie.items():
        requete.setlist(nom, valeurs)
    return requete
