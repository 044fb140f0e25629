"""Ce que des personnes sans compte inscrivent au registre des retraits.

Rien n'y retient un téléchargement (CCP, art. R. 2132-2) : au-delà, il est servi, et compté avec
les autres au lieu d'avoir sa ligne.
"""

from beffroi.socle.budgets.rules import Budget

PERSONNES_NOMMEES = Budget(
    acte="retraits.etre_averti",
    par_reseau=100,
    en_tout=1000,
    sinon="Téléchargez sans vous nommer, ou connectez-vous.",
)
# Toute une ville sort parfois par une seule adresse, le jour où un dossier paraît.
TELECHARGEMENTS = Budget(acte="retraits.telecharger", par_reseau=300, en_tout=3000)
