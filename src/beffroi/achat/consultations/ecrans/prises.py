"""Les écrans des consultations : ce qu'ils branchent dans la maison."""

from beffroi.achat.consultations.ecrans import a_montrer
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(ecrans_a_montrer=(Rangee(a_montrer.consultation, apres=""),))
