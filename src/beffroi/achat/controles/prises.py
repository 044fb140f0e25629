"""Contrôles : ce que ce contexte branche dans la maison."""

from beffroi.achat.controles import avant_publication, examen
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    ports={
        "consultations.ControlesAvantPublication": avant_publication.ecarts_avant_publication,
        "relectures.Examinateur": examen.examiner,
    },
)
