"""Une violation toute prête : un centre, son juriste, son technicien, une commune."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from beffroi.garde.violations.models import Violation
from beffroi.garde.violations.services.declaration import Faits, declarer
from beffroi.garde.violations.services.suites import notifier_la_cnil
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI

HEURE = timedelta(hours=1)
SUE = LUNDI - HEURE
FAITS = Faits(
    titre="Un ordinateur volé",
    connue_le=SUE,
    commencee_le=None,
    confidentialite=True,
    integrite=False,
    disponibilite=False,
    responsable=True,
    sous_traitant=True,
    nature="Volé dans une voiture.",
    personnes="Agents",
    nombre_de_personnes=None,
    donnees="Nom, téléphone",
    nombre_d_enregistrements=None,
    consequences="Des courriels trompeurs.",
    mesures="Accès révoqués.",
    risque="risque",
    raison_du_risque="Des coordonnées professionnelles.",
)


def violation(
    par: Utilisateur, *, le: datetime = LUNDI, cle: str = "v", **autres: Any
) -> Violation:
    return declarer(faits=replace(FAITS, **autres), cle=cle, par=par, maintenant=le)


def notifiee(
    violation: Violation, par: Utilisateur, *, le: datetime, motif: str = "", cle: str = "n"
) -> None:
    notifier_la_cnil(
        violation=violation,
        faite_le=le,
        texte="Tout ce qui est su.",
        numero="",
        motif_du_retard=motif,
        cle=cle,
        par=par,
        maintenant=le,
    )
