"""Remises en concurrence : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    ConsultationPubliee,
)
from beffroi.contrat.remises_en_concurrence import a_faire, abonnes, preparation, queries
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    abonnes={
        ConsultationPubliee: (abonnes.inviter,),
        ConsultationModifiee: (abonnes.prevenir_d_un_changement,),
        ConsultationDeclareeSansSuite: (abonnes.prevenir_d_une_renonciation,),
    },
    a_faire=(
        DeLaPersonne(
            a_faire.remises_a_honorer,
            apres="depots.gestes_a_verifier",
            s_il_y_a=a_faire.remises_ouvertes,
        ),
    ),
    ports={
        "consultations.Preparation": preparation.PREPARATION,
        "marches.AccordsCadresDesConsultations": queries.accord_cadre_de,
    },
)
