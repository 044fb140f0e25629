"""Ce que l'antivirus a vu à la démonstration :
presque tout est sain, un fichier est retenu, une fausse alerte est levée.
"""

from datetime import datetime, timedelta

from beffroi.seance.antivirus.rules import Constat, Etat
from beffroi.seance.antivirus.services import lever_la_quarantaine, noter_l_analyse
from beffroi.seance.ouverture.models import FichierOuvert, Seance
from demo.peuplement import Troupe

MOTEUR = "ClamAV (démonstration)"
MENACE = "Doc.Macro.Exemple"


def raconter(seance: Seance, troupe: Troupe, *, le: datetime) -> None:
    """Les deux dernières pièces de candidature alertent ;
    la première alerte, vérifiée, était fausse.
    """
    fichiers = list(FichierOuvert.objects.filter(ouverture__seance=seance).order_by("pk"))
    suspects = [f for f in fichiers if f.ouverture.enveloppe.sorte == "candidature"][-2:]
    for rang, fichier in enumerate(fichiers):
        infecte = Constat(Etat.INFECTE, menace=MENACE, moteur=MOTEUR)
        constat = infecte if fichier in suspects else Constat(Etat.SAIN, moteur=MOTEUR)
        noter_l_analyse(fichier=fichier, constat=constat, maintenant=le + timedelta(seconds=rang))
    lever_la_quarantaine(
        fichier=suspects[0],
        motif="Fausse alerte : le service informatique a relu le fichier sur un poste isolé.",
        par=troupe.personnes["helene"],
        maintenant=le + timedelta(hours=1),
    )
